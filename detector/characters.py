"""Every code point folded to one byte, so that text can be handled as arrays.

Published corpora, editors and copy-paste differ in quotes, dashes, spaces and accents far more than writers do, and a
model that sees them learns where a text was stored instead of who wrote it.  The fold keeps letters (without accents),
digits and ASCII punctuation, gives each kind of dash, ellipsis and foreign letter one byte, and drops what nobody sees.
One code point becomes at most one byte, so a position in the folded text is a position in the caller's text.
"""

from __future__ import annotations

import string
import unicodedata
from dataclasses import dataclass

import numpy as np

DROPPED, EDGE, DASH, ELLIPSIS, FOREIGN, SYMBOL = 0, 0x1D, 0x16, 0x17, 0x18, 0x19
"""Bytes for: unseen characters, the start of an article, a dash, "...", a letter of another script, any other sign."""

# Cyrillic and Greek letters that print like Latin ones; genuine text in those scripts abstains on its function words.
_LOOKALIKES = dict(
    zip(
        "АВЕЅІЈКМНОРСТХаеорсухіјѕԁԛԝһΑΒΕΖΗΙΚΜΝΟΡΤΥΧοѵ\u0131\u0261",
        "ABESIJKMHOPCTXaeopcyxijsdqwhABEZHIKMNOPTYXovig",
        strict=True,
    )
)
_SIGNS = {
    "'": "\u2018\u2019\u201a\u201b\u2032\u00b4\u02bc\u02b9\u2039\u203a`",
    '"': "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb",
    "-": "\u2010\u2011\u2043",
    chr(DASH): "\u2012\u2013\u2014\u2015\u2212",
    chr(ELLIPSIS): "\u2026",
    "\n": "\n\r\v\f\x85\u2028\u2029",
    " ": "\t\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))),
    # Markdown and bullets are delivery, not prose: a third of one corpus carries them and another has none left.
    chr(DROPPED): "*#_~|\u2022\u25cf\u25aa\u00ad\ufeff",
}
_SIZE = 0x20000
_LETTERS = np.frombuffer(string.ascii_uppercase.encode() + string.ascii_lowercase.encode(), np.uint8)


def _fold_one(point: int) -> int:
    """The byte for a code point below U+3000, by its compatibility decomposition and its general category."""
    character = chr(point)
    category = unicodedata.category(character)
    expanded = unicodedata.normalize("NFKD", character)
    if "!" <= expanded[:1] <= "~" and (category[0] in "LN" or len(expanded) == 1):
        return ord(expanded[0])
    if category[0] in "MC":  # combining marks, controls, zero-width and directional marks
        return DROPPED
    return FOREIGN if category[0] == "L" else SYMBOL


def _fold_table() -> np.ndarray:
    table = np.full(_SIZE, SYMBOL, np.uint8)
    table[:0x3000] = [_fold_one(point) for point in range(0x3000)]
    table[0x3000:0xD800] = FOREIGN
    table[0xF900:0xFB00] = FOREIGN
    table[0xFE00:0xFE10] = DROPPED  # variation selectors
    table[0xFF01:0xFF5F] = np.arange(0x21, 0x7F)  # full-width forms
    table[0x1D400:0x1D6A4] = np.resize(_LETTERS, 0x1D6A4 - 0x1D400)  # mathematical alphabets
    table[0x1D7CE:0x1D800] = np.resize(np.arange(ord("0"), ord("9") + 1), 50)
    for latin, others in _SIGNS.items():
        table[[ord(other) for other in others]] = ord(latin)
    for other, latin in _LOOKALIKES.items():
        table[ord(other)] = ord(latin)
    table[[0x20, ord("ß"), ord("æ"), ord("ø"), ord("Ø"), ord("Æ")]] = [ord(c) for c in " saoOA"]
    return table


FOLD = _fold_table()
"""Byte for each code point below U+20000; every code point above takes the last entry."""

LOOKALIKE_POINTS = frozenset(map(ord, _LOOKALIKES))
"""Code points folded to a Latin letter that they only resemble."""

LOWER = np.arange(256, dtype=np.uint8)
LOWER[ord("A") : ord("Z") + 1] += 32


def byte_class(characters: str) -> np.ndarray:
    """A boolean table over bytes that is true for the given characters.

    >>> bool(byte_class(".!?")[ord("!")])
    True
    """
    table = np.zeros(256, bool)
    table[[ord(character) for character in characters]] = True
    return table


def by_byte(characters: bytes, table: np.ndarray) -> np.ndarray:
    """The entry of a table of 256 bytes for each byte; the array may be written to.

    `table.take` would first turn every byte into a 64-bit number.

    >>> by_byte(b"Ab", LOWER).tobytes()
    b'ab'
    """
    return np.frombuffer(bytearray(characters.translate(table.tobytes())), np.uint8)


@dataclass(frozen=True, eq=False)
class CodePoints:
    """All texts of a batch as one string of code points, each text behind one separator.

    >>> CodePoints.of(["ab", "c"]).starts
    array([1, 4])
    """

    points: np.ndarray  # (P,) uint32
    starts: np.ndarray  # (N,) int64, where each text begins
    narrow: bytes  # P bytes: the code points below 256, anything for others
    wide: np.ndarray  # int64, the places of the others

    @classmethod
    def of(cls, texts: list[str]) -> CodePoints:
        """Join texts; any str is accepted."""
        joined = "\0" + "\0".join(texts)
        points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        starts = np.cumsum(lengths + 1) - lengths
        return cls(points, starts, points.astype(np.uint8).tobytes(), np.flatnonzero(points > 0xFF))

    def places(self, point: int) -> np.ndarray:
        """The places of one code point below 256.

        >>> CodePoints.of(["a_b", "\u015f_"]).places(ord("_"))
        array([2, 6])
        """
        at = np.flatnonzero(np.frombuffer(self.narrow, np.uint8) == point)
        return at[self.points.take(at) == point]

    def look_up(self, table: np.ndarray) -> np.ndarray:
        """The uint8 entry of a table for each code point; beyond the table it is the last one."""
        found = by_byte(self.narrow, table[:256])
        found[self.wide] = table.take(self.points.take(self.wide), mode="clip")
        return found

    def folded(self) -> np.ndarray:
        """The byte of each code point, with EDGE at the separator before each text."""
        found = self.look_up(FOLD)
        found[self.starts - 1] = EDGE
        return found
