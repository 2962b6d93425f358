"""The edits by which evaders disguise a machine's text, seeded: for tests, measurement and training.

Ten of the twelve are those of the RAID benchmark, at its rates (Dugan et al. 2024, RAID: a shared benchmark for robust
evaluation of machine-generated text detectors, doi:10.18653/v1/2024.acl-long.674, and the code published with it,
github.com/liamdugan/raid); its eleventh, the paraphrase, takes a model of its own.  Shares are rounded down.  The word
lists beside this file are a selection made for this library.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from random import Random
from types import MappingProxyType
from typing import NamedTuple

from detector.attacks import formats, words


class Attack(NamedTuple):
    """An edit and its kind: ``format``, where every word stays, or ``word``, where words change.

    `edit` takes a text and the generator that draws the places, and states its rate.
    """

    name: str
    kind: str
    edit: Callable[[str, Random], str]

    @property
    def description(self) -> str:
        """What the edit does, in one sentence."""
        return (self.edit.__doc__ or "").partition("\n")[0]


_ORDERED = (
    Attack("homoglyph", "format", formats.homoglyph),
    Attack("zero_width_space", "format", formats.zero_width_space),
    Attack("white_space", "format", formats.white_space),
    Attack("upper_lower_swap", "format", formats.upper_lower_swap),
    Attack("paragraph_insertion", "format", formats.paragraph_insertion),
    Attack("spaced_punctuation", "format", formats.spaced_punctuation),
    Attack("quote_mixing", "format", formats.quote_mixing),
    Attack("number_shuffling", "word", words.number_shuffling),
    Attack("alternative_spelling", "word", words.alternative_spelling),
    Attack("article_deletion", "word", words.article_deletion),
    Attack("misspelling", "word", words.misspelling),
    Attack("synonym", "word", words.synonym),
)

ATTACKS: Mapping[str, Attack] = MappingProxyType({attack.name: attack for attack in _ORDERED})
"""Every edit by its name: those of format first, then those of words."""


def apply(name: str, text: str, seed: int = 0) -> str:
    """The text after an edit; the same for a name, text and seed on every platform.

    A text that has nothing to edit comes back as it was.  Raises `ValueError` for an unknown name.

    >>> apply("article_deletion", "A dog chased the cat around the park.", seed=1)
    'A dog chased cat around the park.'
    >>> apply("telepathy", "It rained.")
    Traceback (most recent call last):
    ValueError: no attack is called 'telepathy'; there are homoglyph, ... synonym
    """
    if name not in ATTACKS:
        raise ValueError(f"no attack is called {name!r}; there are {', '.join(ATTACKS)}")
    # Of a digest: str hashes differ from process to process, and Random refuses lone surrogates.
    digest = hashlib.sha256(f"{name}\n{seed}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()
    return ATTACKS[name].edit(text, Random(digest))  # noqa: S311 - edits are drawn, no secret is made


def attack(texts: Iterable[str], name: str, seed: int = 0) -> list[str]:
    """A column of texts after an edit, each drawn on its own, so that order and neighbours do not matter.

    Raises `ValueError` for an unknown name.

    >>> attack(["The organizer.", ""], "alternative_spelling")
    ['The organiser.', '']
    """
    return [apply(name, text, seed) for text in texts]
