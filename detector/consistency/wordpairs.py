"""Word pairs: words, and pairs of neighbouring words, looked for in every token of a batch by their hashes."""

from __future__ import annotations

import numpy as np

from detector.batchtext import Batch
from detector.tokens import tokenise

_SHIFT = np.uint32(16)
_NEXT = np.uint32(0x9E3779B1)


def hashes(words: str) -> np.ndarray:
    """The hashes of some words in the order given, as a batch has them."""
    return tokenise([words]).hash[1:]


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
        self._maybe[self._keys >> _SHIFT] = True

    def articles(self, batch: Batch) -> np.ndarray:
        """(N,) True where a pair stands in the article."""
        keys = batch.keep(_neighbours)
        at = np.flatnonzero(self._maybe[keys >> _SHIFT])
        return holding(batch, at[np.isin(keys[at], self._keys)])


def holding(batch: Batch, at: np.ndarray) -> np.ndarray:
    """(N,) True for the articles of some tokens, given as places."""
    held = np.zeros(batch.size, bool)
    held[batch.article[at]] = True
    return held


def _neighbours(batch: Batch) -> np.ndarray:
    return _join(batch.hash[:-1], batch.hash[1:])


def _join(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    return (left * _NEXT) ^ right
