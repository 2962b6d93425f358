"""Triggers: the tokens that tell, from a batch's arrays alone, which articles a check must look at.

All words that triggers look for are found by one look-up a token.  What is left is a short list of places, on which
the triggers work; passes over all tokens of a batch are what they must avoid.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, cached_property

import numpy as np

from detector.batchtext import Batch
from detector.characters import EDGE
from detector.consistency.amounts import NUMBER_WORDS
from detector.tokens import DIGIT, distinct, tokenise

_NEXT = np.uint32(0x9E3779B1)
_HALF = np.uint32(16)
_sets: list[str] = []


@cache
def hashes(words: str) -> np.ndarray:
    """The hashes of some words, as a batch has them."""
    return _hashes([words])[0]


def _hashes(texts: list[str]) -> list[np.ndarray]:
    """The hashes of the words of each text: all of them in one go, which takes no longer than those of one."""
    cut = tokenise(texts)
    edges = np.flatnonzero(cut.first == EDGE)
    return [one[1:] for one in np.split(cut.hash, edges[1:])]


def word_set(words: str) -> np.uint64:
    """A set of words whose tokens `is_any` finds; all sets (64 at most) are looked up at once."""
    if words not in _sets:
        _sets.append(words)
    return np.uint64(1 << _sets.index(words))


@cache
def _set_table(size: int) -> np.ndarray:
    table = np.zeros(1 << 16, np.uint64)
    for number, known in enumerate(_hashes(_sets[:size])):
        table[known >> _HALF] |= np.uint64(1 << number)
    return table


@cache
def _members(size: int) -> Callable[[Batch], np.ndarray]:
    """The look-up in the first sets; there are more of them once the checks of another kind were imported."""
    return lambda batch: _set_table(size)[batch.hash >> _HALF]


@cache
def _listed(size: int) -> Callable[[Batch], tuple[np.ndarray, np.ndarray]]:
    def listed(batch: Batch) -> tuple[np.ndarray, np.ndarray]:
        members = batch.keep(_members(size))
        at = np.flatnonzero(members != 0)
        return at, members[at]

    return listed


def is_any(batch: Batch, which: np.uint64, at: np.ndarray) -> np.ndarray:
    """True for the tokens at some places that are in a set of words (or share half of a hash with one)."""
    return (batch.keep(_members(len(_sets)))[at] & which) != 0


def find_any(batch: Batch, which: np.uint64) -> np.ndarray:
    """The places of the tokens that are in a set of words (or share half of a hash with one)."""
    at, members = batch.keep(_listed(len(_sets)))
    return at[(members & which) != 0]


_PLURALS = word_set("people men women children staff")


def plural_at(batch: Batch, at: np.ndarray) -> np.ndarray:
    """True for the places at which a token ends like a plural."""
    last = batch.tokens.chars[batch.tokens.end[at] - 1]
    return (last == ord("s")) | (last == ord("S")) | is_any(batch, _PLURALS, at)


def first_letters(batch: Batch) -> np.ndarray:
    """(T,) uint8: the first character of each token."""
    return batch.keep(_first_letters)


def _first_letters(batch: Batch) -> np.ndarray:
    return batch.tokens.chars[batch.tokens.start]


def marks(batch: Batch, character: str) -> np.ndarray:
    """The places of one punctuation mark."""
    return np.flatnonzero(first_letters(batch) == ord(character))


_NUMBERS = word_set(" ".join(NUMBER_WORDS))
PERCENT = word_set("percent pct cent %")


def number_tokens(batch: Batch) -> np.ndarray:
    """(T,) bool: tokens that may begin an amount."""
    return batch.keep(_number_tokens)


def _number_tokens(batch: Batch) -> np.ndarray:
    number = DIGIT[first_letters(batch)]
    number[find_any(batch, _NUMBERS)] = True
    return number


def numbers(batch: Batch) -> np.ndarray:
    """The places of the tokens that may begin an amount."""
    return batch.keep(_numbers)


def _numbers(batch: Batch) -> np.ndarray:
    return np.flatnonzero(number_tokens(batch))


def percents(batch: Batch) -> np.ndarray:
    """The places of percent signs and words."""
    return find_any(batch, PERCENT)


def years(batch: Batch) -> tuple[np.ndarray, np.ndarray]:
    """Where the numbers of four digits that read as years stand, and their values."""
    return batch.keep(_years)


def _years(batch: Batch) -> tuple[np.ndarray, np.ndarray]:
    at = numbers(batch)
    at = at[(batch.length[at] == 4) & batch.is_number[at]]
    digits = batch.tokens.chars[batch.tokens.start[at][:, None] + np.arange(4)].astype(np.int64) - ord("0")
    value = digits @ np.array([1000, 100, 10, 1])
    real = (digits >= 0).all(axis=1) & (digits <= 9).all(axis=1) & (value >= 1000) & (value < 3000)
    return at[real], value[real]


def no_years(batch: Batch, at: np.ndarray) -> np.ndarray:
    """Those of some places at which no year of 1500 to 2099 stands, which no quantity is read from."""
    places, value = years(batch)
    return at[~np.isin(at, places[(value >= 1500) & (value < 2100)])]


def follows(true: np.ndarray, tokens: np.ndarray, *steps: int) -> np.ndarray:
    """True for the tokens that have a true token so many steps on (back where negative)."""
    last = len(true) - 1
    return np.any([true[np.clip(tokens + step, 0, last)] for step in steps], axis=0)


def within(found: np.ndarray, tokens: np.ndarray, before: int, after: int) -> np.ndarray:
    """How many of the places found stand among so many tokens before and after each one."""
    return np.searchsorted(found, tokens + after, "right") - np.searchsorted(found, tokens - before)


def near(batch: Batch, found: np.ndarray, before: int, after: int) -> np.ndarray:
    """(T,) bool: one of the places found stands among so many tokens before and after; for narrow windows."""
    size, pad = len(batch.kind), max(after, 0)
    true = np.zeros(size + pad + max(before, 0), bool)
    for step in range(-after, before + 1):
        true[found + (pad + step)] = True
    return true[pad : pad + size]


def sharing(batch: Batch, tokens: np.ndarray, others: np.ndarray, sentence: bool = False) -> np.ndarray:
    """The number of other tokens in the article, or the sentence, of each token."""
    unit = batch.sentence if sentence else batch.article
    return np.bincount(unit[others], minlength=int(unit[-1]) + 1)[unit[tokens]]


class Pairs:
    """Pairs of neighbouring tokens: each word of one group before each word of another.

    >>> batch = Batch.from_texts(["As you asked, here it is.", "You never asked."])
    >>> Pairs(("you your", "asked request"))(batch).tolist()
    [2]
    """

    def __init__(self, *groups: tuple[str, str]) -> None:
        self._groups = groups

    def __call__(self, batch: Batch) -> np.ndarray:
        """The first tokens of the pairs."""
        keys, (known, maybe) = batch.keep(_neighbours), self._table
        at = np.flatnonzero(maybe[keys >> _HALF])
        return at[known.take(np.searchsorted(known, keys[at]), mode="clip") == keys[at]]

    @cached_property
    def _table(self) -> tuple[np.ndarray, np.ndarray]:
        """The keys of all pairs, and for each half of a key whether one has it; made when it is first needed."""
        sides = (_hashes([group[side] for group in self._groups]) for side in (0, 1))
        keys = [_join(a[:, None], b[None, :]).ravel() for a, b in zip(*sides, strict=True)]
        known, maybe = distinct(np.concatenate(keys)), np.zeros(1 << 16, bool)
        maybe[known >> _HALF] = True
        return known, maybe


def _neighbours(batch: Batch) -> np.ndarray:
    return _join(batch.hash[:-1], batch.hash[1:])


def _join(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    return (left * _NEXT) ^ right
