"""Edits that change words: figures, spellings, articles and synonyms."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

from detector.attacks.sampling import replace, some, up_to

_FIGURES = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_ARTICLES = re.compile(r"(?<=\s)(?:a|an|the)\s(?=\S)")
# With its apostrophe, so that "people's" is a word of its own and is left as it is.
_WORDS = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")


def number_shuffling(text: str, rng: Random) -> str:
    """Half of the numbers get new digits, as many as before.

    RAID, "number swap", rate 0.5.

    >>> len(number_shuffling("It cost 1250.75 crowns in 1988.", Random(3)))
    31
    """
    chosen = some(list(_FIGURES.finditer(text)), 0.5, rng)
    return replace(text, [(match.span(), _redrawn(match[0], rng)) for match in chosen])


def _redrawn(figure: str, rng: Random) -> str:
    return "".join(str(int(10 * rng.random())) if sign != "." else sign for sign in figure)


def alternative_spelling(text: str, rng: Random) -> str:
    """Every word with a British and an American spelling gets the other one.

    RAID, "alternative spelling", rate 1.0. RAID goes from American to British only, which would leave British texts as
    they are.

    >>> alternative_spelling("The Labour organizer is grey.", Random(0))
    'The Labor organiser is gray.'
    """
    return _swapped(text, list(_listed(text, _spellings())), _spellings())


def article_deletion(text: str, rng: Random) -> str:
    """Half of the articles inside sentences ("a", "an", "the") are deleted.

    RAID, "article deletion", rate 0.5.

    >>> article_deletion("She left the house by a side door.", Random(0))
    'She left the house by side door.'
    """
    return replace(text, [(match.span(), "") for match in some(list(_ARTICLES.finditer(text)), 0.5, rng)])


def misspelling(text: str, rng: Random) -> str:
    """Words are misspelt: a fifth of all words, or as many as the list has where these are fewer.

    RAID, "misspelling", rate 0.2; a language model there picks the likeliest words where the list has more than a
    fifth, here chance does.  News has some five listed words in a hundred, one of RAID's.

    >>> misspelling("Their government would not receive us.", Random(0))
    'Their government would not recieve us.'
    """
    return _swap_some(text, 0.2, _pairs("misspellings"), rng)


def synonym(text: str, rng: Random) -> str:
    """Words are swapped for synonyms: half of all words, or as many as the list has, which are always fewer in news.

    RAID, "synonym swap", rate 0.5; a language model there proposes a synonym for most words, while the list here knows
    some nine in a hundred.

    >>> synonym("Several said the results are crucial for us, but we do not know.", Random(0))
    'Various stated the outcomes are vital for us, but we do not know.'
    """
    return _swap_some(text, 0.5, _pairs("synonyms"), rng)


def _swap_some(text: str, share: float, table: dict[str, str], rng: Random) -> str:
    wanted = int(share * sum(1 for _ in _WORDS.finditer(text)))
    return _swapped(text, up_to(list(_listed(text, table)), wanted, rng), table)


def _listed(text: str, table: dict[str, str]) -> list[re.Match[str]]:
    return [match for match in _WORDS.finditer(text) if match[0].lower() in table]


def _swapped(text: str, matches: list[re.Match[str]], table: dict[str, str]) -> str:
    return replace(text, [(match.span(), _like(match[0], table[match[0].lower()])) for match in matches])


def _like(word: str, other: str) -> str:
    """The other word in capitals, with a capital, or in small letters, as the first."""
    cases: dict[bool, Callable[[str], str]] = {word.isupper() and len(word) > 1: str.upper, word.istitle(): str.title}
    return cases[True](other) if True in cases else other


@cache
def _pairs(name: str) -> dict[str, str]:
    lines = (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split() for line in lines if not line.startswith("#"))


@cache
def _spellings() -> dict[str, str]:
    british = _pairs("spellings")
    return {**british, **{american: word for word, american in british.items()}}
