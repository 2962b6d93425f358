"""Word sets: which tokens of a batch may be one of a few words, for triggers."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from detector.batchtext import Batch
from detector.tokens import tokenise


def word_set(words: Iterable[str]) -> np.ndarray:
    """(65536,) bool: the upper halves of the hashes of some words."""
    table = np.zeros(1 << 16, bool)
    table[tokenise([" ".join(words)]).hash[1:] >> np.uint32(16)] = True
    return table


def may_be(batch: Batch, table: np.ndarray, at: np.ndarray | slice = slice(None)) -> np.ndarray:
    """(T,) bool: the token is one of the words, or one of the few in ten thousand whose hash begins alike.

    >>> may_be(Batch.from_texts(["Mr Oddny said no"]), word_set(["mr", "said"])).tolist()
    [False, True, False, True, False]
    """
    return table[batch.hash[at] >> np.uint32(16)]
