"""Hits of word and phrase lists, and of single words, as token ranges: what the list-based features count.

Lists hold short and long forms of the same phrase ("a testament to", "stands as a testament").  A passage must count
once, or a feature would measure how long its list is.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from detector.batchtext import Batch
from detector.characters import EDGE
from detector.tokens import tokenise


def occurrences(batch: Batch, *names: str) -> tuple[np.ndarray, np.ndarray]:
    """First token and one past the last of every entry of these lists, the longest first, without overlaps.

    >>> batch = Batch.from_texts(["It stands as a testament to their patience."])
    >>> occurrences(batch, "significance")
    (array([2]), array([6]))
    """
    if len(names) == 1:
        return batch.listed_apart(*names)
    first, last = (np.concatenate(ends) for ends in zip(*(batch.listed(name) for name in names), strict=True))
    order = np.lexsort((-last, first))
    first, last = first[order], last[order]
    reach = np.maximum.accumulate(np.append(0, last))[:-1]
    return first[first >= reach], last[first >= reach]


def is_any(batch: Batch, words: str) -> np.ndarray:
    """(T,) bool: the token is one of a few words, given in one string.

    >>> is_any(Batch.from_texts(["Tea and buns or pies."]), "and or").sum()
    np.int64(2)
    """
    one, *others = _hashes(words)
    found = batch.hash == one
    for other in others:
        found |= batch.hash == other
    return found


def next_of(batch: Batch, places: np.ndarray, after: np.ndarray, within: int) -> tuple[np.ndarray, np.ndarray]:
    """The first of the sorted `places` at or after each token in `after`, and whether it is near in the same article.

    Places further than `within` tokens on, or in the next article, are reported as not near.
    """
    if not len(places):
        return np.zeros_like(after), np.zeros(len(after), bool)
    found = places[np.minimum(np.searchsorted(places, after), len(places) - 1)]
    near = (found >= after) & (found - after <= within)
    return found, near & (batch.article[found] == batch.article[after - 1])


@cache
def _hashes(words: str) -> tuple[np.uint32, ...]:
    cut = tokenise(words.split())
    return tuple(cut.hash[np.flatnonzero(cut.first == EDGE) + 1])
