"""Triggers: the tokens that tell, from a batch's arrays alone, which articles a check of quantities must look at."""

from __future__ import annotations

from functools import cache

import numpy as np

from detector.batchtext import Batch
from detector.consistency.amounts import NUMBER_WORDS
from detector.tokens import DIGIT

_sets: list[str] = []


def word_set(words: str) -> np.uint32:
    """A set of words whose tokens `is_any` finds; all sets (32 at most) are looked up at once."""
    _sets.append(words)
    return np.uint32(1 << (len(_sets) - 1))


@cache
def _set_table(size: int) -> np.ndarray:
    table = np.zeros(1 << 16, np.uint32)
    for number, words in enumerate(_sets[:size]):
        table[Batch.from_texts([words]).hash[1:] >> np.uint32(16)] |= np.uint32(1 << number)
    return table


def _members(batch: Batch) -> np.ndarray:
    return _set_table(len(_sets))[batch.hash >> np.uint32(16)]


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
