"""Where a token, or a run of tokens, stood before in the same article; rhythm and repetition both count it."""

from __future__ import annotations

import numpy as np

from detector.batchtext import Batch, kept
from detector.tokens import mix


@kept
def words(batch: Batch) -> np.ndarray:
    """(W,) the tokens that are words."""
    return np.flatnonzero(batch.is_word)


@kept
def earlier_words(batch: Batch) -> np.ndarray:
    """(W,) for each word the place among them where the same word stood last in its article, or -1."""
    at = words(batch)
    return earlier(batch, at, batch.hash.take(at))


@kept
def recurs(batch: Batch) -> np.ndarray:
    """(T,) bool: the token is a word that its article has more than once."""
    at, before = words(batch), earlier_words(batch)
    again = np.flatnonzero(before >= 0)
    twice = np.zeros(len(batch.word), bool)
    twice[at.take(again)] = True
    twice[at.take(before.take(again))] = True
    return twice


@kept
def carries(batch: Batch) -> np.ndarray:
    """(T,) bool: the token carries matter: a word of three letters or more outside the list `light_words`."""
    return batch.is_word & (batch.length > 2) & ~batch.is_listed("light_words")


@kept
def content_words(batch: Batch) -> np.ndarray:
    """(C,) the tokens that carry matter."""
    return np.flatnonzero(carries(batch))


@kept
def earlier_content(batch: Batch) -> np.ndarray:
    """(C,) for each content word the place among them where the same word stood last in its article, or -1."""
    among = carries(batch).take(words(batch))
    before = earlier_words(batch).take(np.flatnonzero(among))
    # What carries matter does so everywhere: the same word stood last among the content words too.
    rank = np.cumsum(among) - 1
    return np.where(before < 0, -1, rank.take(before))


def earlier(batch: Batch, at: np.ndarray, keys: np.ndarray) -> np.ndarray:
    """(K,) for each of the ascending tokens `at` the place in `at` where its uint32 key stood last in its article.

    It is -1 where the key did not stand in the article before.
    """
    before, article = np.full(len(at), -1), batch.article.take(at)
    ends = np.searchsorted(at, batch.bounds)
    cuts = ends[np.flatnonzero(np.diff(ends // _TOGETHER)) + 1].tolist()
    for begin, end in zip([0, *cuts], [*cuts, len(at)], strict=True):
        order = by_key(keys[begin:end])
        order += begin
        key = keys.take(order)
        equal = np.flatnonzero(key[1:] == key[:-1])
        last, now = order.take(equal), order.take(equal + 1)
        alike = article.take(last) == article.take(now)
        before[now] = np.where(alike, last, -1)
    return before


_TOGETHER = 12_000  # keys, about, that are sorted together: sorting twice as many at once takes four times as long


def by_key(keys: np.ndarray) -> np.ndarray:
    """The places of uint32 keys, equal ones beside each other and in their order.

    NumPy sorts 16-bit numbers by their digits, ten times faster than longer ones by comparison: so twice by a half.

    >>> by_key(np.array([70000, 5, 70000, 4], np.uint32)).tolist()
    [3, 1, 0, 2]
    """
    order = np.argsort(keys.astype(np.uint16), kind="stable")
    return order.take(np.argsort((keys >> np.uint32(16)).astype(np.uint16).take(order), kind="stable"))


def together(batch: Batch, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The places in the ascending tokens `at`, those of a word in one article beside each other, and where these begin.

    >>> together(Batch.from_texts(["to be", "to do to"]), np.array([1, 4, 6]))[1].tolist()
    [0, 1]
    """
    order = by_key(batch.hash.take(at))
    word, article = batch.hash.take(at.take(order)), batch.article.take(at.take(order))
    begins = np.append(True, (word[1:] != word[:-1]) | (article[1:] != article[:-1]))
    return order, np.flatnonzero(begins[: len(order)])


def returns(batch: Batch, at: np.ndarray, before: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Those of the tokens `at` that stood in their article before (as `earlier` says), and how many tokens ago."""
    again = np.flatnonzero(before >= 0)
    now = at.take(again)
    return now, now - at.take(before.take(again))


def runs(batch: Batch, length: int) -> tuple[np.ndarray, np.ndarray]:
    """First tokens of the runs of `length` words that may stand in their article twice, and the runs' keys.

    There is no mark in them, matter in one of the words, and each of the words stands in the article twice.

    >>> batch = Batch.from_texts(["The red boat and the red boat, of the"])
    >>> runs(batch, 3)[0].tolist()
    [1, 5]
    """
    word, matter = recurs(batch), carries(batch)
    total = max(len(word) - length + 1, 0)
    whole, some = word[:total].copy(), matter[:total].copy()
    for step in range(1, length):
        whole &= word[step : step + total]
        some |= matter[step : step + total]
    first = np.flatnonzero(whole & some)
    keys = batch.hash.take(first)
    for step in range(1, length):
        keys = keys * np.uint32(0x2545F491) ^ batch.hash.take(first + step)
    return first, mix(keys)


__all__ = [
    "by_key",
    "carries",
    "content_words",
    "earlier",
    "earlier_content",
    "earlier_words",
    "recurs",
    "returns",
    "runs",
    "words",
]
