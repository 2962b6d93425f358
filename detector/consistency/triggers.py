"""Triggers: the tokens that tell, from a batch's arrays alone, which articles a check must look at."""

from __future__ import annotations

from functools import cache

import numpy as np

from detector.batchtext import Batch
from detector.consistency.amounts import NUMBER_WORDS
from detector.tokens import DIGIT, tokenise

_NEXT = np.uint32(0x9E3779B1)
_HALF = np.uint32(16)
_sets: list[str] = []


@cache
def hashes(words: str) -> np.ndarray:
    """The hashes of some words, as a batch has them."""
    return tokenise([words]).hash[1:]


def word_set(words: str) -> np.uint32:
    """A set of words whose tokens `is_any` finds; all sets (32 at most) are looked up at once."""
    _sets.append(words)
    return np.uint32(1 << (len(_sets) - 1))


@cache
def _set_table(size: int) -> np.ndarray:
    table = np.zeros(1 << 16, np.uint32)
    for number, words in enumerate(_sets[:size]):
        table[hashes(words) >> _HALF] |= np.uint32(1 << number)
    return table


def _members(batch: Batch) -> np.ndarray:
    return _set_table(len(_sets))[batch.hash >> _HALF]


def is_any(batch: Batch, which: np.uint32, at: np.ndarray | None = None) -> np.ndarray:
    """True for the tokens, all or those at some places, that are in a set of words (or share half of a hash)."""
    members = batch.keep(_members)
    return ((members if at is None else members[at]) & which) != 0


def find_any(batch: Batch, which: np.uint32) -> np.ndarray:
    """The places of the tokens that are in a set of words."""
    return np.flatnonzero(is_any(batch, which))


_PLURALS = word_set("people men women children staff")


def plural_at(batch: Batch, at: np.ndarray) -> np.ndarray:
    """True for the places at which a token ends like a plural."""
    last = batch.tokens.chars[batch.tokens.end[at] - 1]
    return (last == ord("s")) | (last == ord("S")) | is_any(batch, _PLURALS, at)


def year_at(batch: Batch, at: np.ndarray) -> np.ndarray:
    """True for the places at which a number of four digits reads as a year."""
    first = batch.tokens.chars[batch.tokens.start[at]]
    return (batch.length[at] == 4) & ((first == ord("1")) | (first == ord("2")))


_NUMBERS = word_set(" ".join(NUMBER_WORDS))
PERCENT = word_set("percent pct cent %")


def number_tokens(batch: Batch) -> np.ndarray:
    """(T,) bool: tokens that may begin an amount."""
    return batch.keep(_number_tokens)


def _number_tokens(batch: Batch) -> np.ndarray:
    return DIGIT[batch.tokens.chars[batch.tokens.start]] | is_any(batch, _NUMBERS)


def percent_tokens(batch: Batch) -> np.ndarray:
    """(T,) bool: percent signs and words."""
    return is_any(batch, PERCENT)


def follows(true: np.ndarray, tokens: np.ndarray, *steps: int) -> np.ndarray:
    """True for the tokens that have a true token so many steps on (back where negative)."""
    last = len(true) - 1
    return np.any([true[np.clip(tokens + step, 0, last)] for step in steps], axis=0)


def holds(batch: Batch, tokens: np.ndarray) -> np.ndarray:
    """(N,) bool: the article holds one of these tokens, given as places or as (T,) bool."""
    return np.bincount(batch.article[tokens], minlength=batch.size) > 0


class Pairs:
    """Pairs of neighbouring tokens: each word of one group before each word of another.

    >>> batch = Batch.from_texts(["As you asked, here it is.", "You never asked."])
    >>> Pairs(("you your", "asked request")).articles(batch).tolist()
    [True, False]
    """

    def __init__(self, *groups: tuple[str, str]) -> None:
        keys = [_join(hashes(a)[:, None], hashes(b)[None, :]).ravel() for a, b in groups]
        self._keys = np.unique(np.concatenate(keys))
        self._maybe = np.zeros(1 << 16, bool)
        self._maybe[self._keys >> _HALF] = True

    def articles(self, batch: Batch) -> np.ndarray:
        """(N,) True where a pair stands in the article."""
        keys = batch.keep(_neighbours)
        at = np.flatnonzero(self._maybe[keys >> _HALF])
        return holds(batch, at[np.isin(keys[at], self._keys)])


def _neighbours(batch: Batch) -> np.ndarray:
    return _join(batch.hash[:-1], batch.hash[1:])


def _join(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    return (left * _NEXT) ^ right
