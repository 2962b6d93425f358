"""Glyphs: the class of every code point of the original texts, looked up once a batch, and where the rare ones stand.

Typography is read from the text as it was given, before any fold.  Nearly all of it is letters, digits and single
spaces; what is left, some five code points in a hundred, is all that the typography features look at.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from detector.batchtext import Batch, kept
from detector.characters import LOOKALIKE_POINTS
from detector.families.measure import Measured, ones

LOWER, UPPER, DIGIT, SPACE, LINE, STOP, QUOTE, DASH, OTHER, ODD_SPACE, HIDDEN, LOOKALIKE, FULL_WIDTH, FOREIGN, EDGE = (
    range(15)
)
"""Classes of code points: up to UPPER a Latin letter, up to SPACE plain text, from LINE on worth a look."""

_GIVEN = {
    LINE: "\n\r\v\f\x85\u2028\u2029",
    STOP: ".,!?;:",
    QUOTE: "'\"\u2018\u2019\u201c\u201d",
    DASH: "-\u2013\u2014\u2015",
    ODD_SPACE: "\t\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))),
    HIDDEN: "\u061c\u180e\ufeff"
    + "".join(map(chr, [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206F)])),
    EDGE: "\0",
    SPACE: " ",
}
# The dotless i is a letter of Turkish names in English news, far more often than a disguise.
_DISGUISES = sorted(LOOKALIKE_POINTS - {ord("\u0131")})


def _class_of(point: int) -> int:
    """The class of a code point below U+2000 by its general category."""
    category = unicodedata.category(chr(point))
    latin = point < 0x250 or 0x1E00 <= point < 0x1F00
    if category == "Nd":
        return DIGIT
    if category[0] != "L":
        return OTHER
    if not latin:
        return FOREIGN
    return UPPER if category == "Lu" else LOWER


def _class_table() -> np.ndarray:
    table = np.full(0x10000, OTHER, np.uint8)
    table[:0x2000] = [_class_of(point) for point in range(0x2000)]
    table[0x3040:0xD800] = FOREIGN
    table[0xF900:0xFB00] = FOREIGN
    table[0xFF01:0xFF5F] = FULL_WIDTH
    table[_DISGUISES] = LOOKALIKE
    for number, characters in _GIVEN.items():
        table[[ord(character) for character in characters]] = number
    return table


def _among(*classes: int) -> np.ndarray:
    """A boolean table over classes."""
    return np.isin(np.arange(EDGE + 1), classes)


_CLASS = _class_table()
_BEYOND = np.full(2, EDGE, np.uint8)
_BEHIND_STOP = _among(SPACE, LINE, EDGE, QUOTE)
_WORD_END = _among(LOWER, UPPER, DIGIT, QUOTE, OTHER)


@dataclass(frozen=True, eq=False)
class Glyphs:
    """Classes of all P code points of a batch, and the K places worth a look."""

    classes: np.ndarray  # (P + 2,) uint8; the two behind the last are EDGE, so that a look ahead stays inside
    at: np.ndarray  # (K,) places among the code points whose class is LINE or above
    point: np.ndarray  # (K,) uint32, the code points there
    starts: np.ndarray  # (N,) where each article begins

    @cached_property
    def kind(self) -> np.ndarray:
        """(K,) the class at each place."""
        return self.classes.take(self.at)

    @cached_property
    def before(self) -> np.ndarray:
        """(K,) the class of the code point before each place."""
        return self.classes.take(self.at - 1)

    @cached_property
    def after(self) -> np.ndarray:
        """(K,) the class of the code point behind each place."""
        return self.classes.take(self.at + 1)

    @cached_property
    def stops(self) -> tuple[np.ndarray, np.ndarray]:
        """Places of full stops, commas and the like that end a word, and which of them have a space before them."""
        classes = self.classes
        at = self.where((self.kind == STOP) & _BEHIND_STOP[self.after])
        before = classes[at - 1]
        spaced = (before == SPACE) & (classes[at + 1] != QUOTE) & (classes[at + 2] != STOP) & _WORD_END[classes[at - 2]]
        use = spaced | _WORD_END[before]
        return at[use], spaced[use]

    def where(self, mask: np.ndarray) -> np.ndarray:
        """The places at which a mask over K is true."""
        return self.at[mask]

    def article(self, at: np.ndarray) -> np.ndarray:
        """The article in which each place lies."""
        return np.searchsorted(self.starts, at, "right") - 1


@kept
def glyphs(batch: Batch) -> Glyphs:
    """The glyphs of a batch, looked up once."""
    points = batch.tokens.points
    classes = np.concatenate([batch.tokens.given.look_up(_CLASS), _BEYOND])
    at = np.flatnonzero(classes[:-2] >= LINE)
    return Glyphs(classes, at, points.take(at), batch.tokens.starts)


def counted(batch: Batch, first: np.ndarray, last: np.ndarray) -> Measured:
    """The number of ranges of code points in each article."""
    article = np.searchsorted(batch.tokens.starts, first, "right") - 1
    value = np.bincount(article, minlength=batch.size).astype(float)
    return Measured(value, first, last, ones(len(first)), raw=True)
