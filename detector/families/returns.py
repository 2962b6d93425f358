"""Where a token, or a run of tokens, stood before in the same article; rhythm and repetition both count it."""

from __future__ import annotations

import numpy as np

from detector.batchtext import WORD, Batch
from detector.tokens import mix


def content_words(batch: Batch) -> np.ndarray:
    """(C,) tokens that carry matter: words of three letters or more outside the list `light_words`."""
    return batch.keep(_content_words)


def _content_words(batch: Batch) -> np.ndarray:
    return np.flatnonzero(batch.is_word & (batch.length > 2) & ~batch.is_listed("light_words"))


def earlier_content(batch: Batch) -> np.ndarray:
    """(C,) for each content word the place among them where the same word stood last in its article, or -1."""
    return batch.keep(_earlier_content)


def _earlier_content(batch: Batch) -> np.ndarray:
    at = content_words(batch)
    return earlier(batch, at, batch.hash[at])


def earlier(batch: Batch, at: np.ndarray, keys: np.ndarray) -> np.ndarray:
    """(K,) for each of the ascending tokens `at` the place in `at` where its key stood last in its article, or -1.

    One plain sort of key and place packed into 64 bits, which NumPy does several times faster than an indirect one.
    Mixing in the article keeps equal keys of different articles apart; the few that still meet are told apart below.
    """
    article = batch.article[at].astype(np.uint32)
    packed = (keys ^ mix(article)).astype(np.uint64) << np.uint64(32)
    packed |= np.arange(len(at), dtype=np.uint64)
    packed.sort()
    key, place = (packed >> np.uint64(32)).astype(np.uint32), packed.astype(np.uint32)  # the cast keeps the low half
    equal = np.flatnonzero(key[1:] == key[:-1])
    last, now = place[equal], place[equal + 1]
    alike = article[last] == article[now]
    before = np.full(len(at), -1)
    before[now[alike]] = last[alike]
    return before


def returns(batch: Batch, at: np.ndarray, before: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Those of the tokens `at` that stood in their article before (as `earlier` says), and how many tokens ago."""
    again = np.flatnonzero(before >= 0)
    now = at[again]
    return now, now - at[before[again]]


def runs(batch: Batch, length: int) -> tuple[np.ndarray, np.ndarray]:
    """First tokens of all runs of `length` words with no mark between and matter in one of them, and their keys.

    >>> batch = Batch.from_texts(["The red boat and the red boat, of the"])
    >>> runs(batch, 3)[0].tolist()
    [1, 2, 3, 4, 5]
    """
    word = batch.kind == WORD
    carries = np.zeros(len(word), bool)
    carries[content_words(batch)] = True
    total = max(len(word) - length + 1, 0)
    whole, some = word[:total].copy(), carries[:total].copy()
    for step in range(1, length):
        whole &= word[step : step + total]
        some |= carries[step : step + total]
    first = np.flatnonzero(whole & some)
    keys = batch.hash[first]
    for step in range(1, length):
        keys = keys * np.uint32(0x2545F491) ^ batch.hash[first + step]
    return first, mix(keys)


__all__ = ["content_words", "earlier", "earlier_content", "returns", "runs"]
