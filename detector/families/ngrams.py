"""Hashed n-grams of the canonical view: the linear base that carries most of the accuracy.

Names, numbers and rare words are masked first, because they tell the subject of an article and not its writer, and
corpora of machine and human articles differ in subjects.  Each channel gives one bucket number a place; an article's
n-gram score is the mean of its buckets' weights, so every token has its exact share in it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from detector.batchtext import Batch, shift
from detector.characters import DASH, EDGE, LOWER
from detector.families.measure import divide, sums
from detector.tokens import MARK, mix

_random = np.random.default_rng(19990217)
_NAME, _STOP_WORD = _random.integers(1, 2**32, 2, dtype=np.uint32)
_ENDING_KEYS = _random.integers(1, 2**32, 256, dtype=np.uint32)
_PLACES = _random.integers(1, 2**32, 8, dtype=np.uint32) | np.uint32(1)


class Channel(NamedTuple):
    """Buckets of one kind of n-gram: for each of M places its bucket and the token that it begins at, ascending."""

    bucket: np.ndarray
    token: np.ndarray
    per_article: np.ndarray  # (N,) the places in each article

    def means(self, tables: np.ndarray) -> np.ndarray:
        """(E, N) the mean int8 of each column of `tables` (buckets, E) over an article's places, 0 where it has none."""
        experts = tables.shape[1]
        entries = tables.view(f"V{experts}").take(self.bucket).view(np.int8).reshape(-1, experts)
        # Sums of integers are exact: a text scores the same alone and in any batch.
        return divide(sums(entries.T, self.per_article), self.per_article)


BITS = {"word1": 16, "word2": 18, "skeleton": 18}
"""Table size of each channel, as a power of two."""


def channels(batch: Batch) -> dict[str, Channel]:
    """The n-grams of a batch: masked words, their pairs, and skeleton triples.

    In a skeleton every word but a function word is replaced by its ending, so that triples carry over between topics.
    Character n-grams were measured on four corpora left out in turn and added nothing to these three.
    """
    endings = _endings(batch)
    masked = _masked(batch, endings)
    skeleton = np.where(batch.is_listed("function_words") | ~batch.is_word, masked, endings)
    return {
        "word1": _ngrams(batch, masked, 1, BITS["word1"]),
        "word2": _ngrams(batch, masked, 2, BITS["word2"]),
        "skeleton": _ngrams(batch, skeleton, 3, BITS["skeleton"]),
    }


def _masked(batch: Batch, endings: np.ndarray) -> np.ndarray:
    """Token hashes with names, digits and rare words replaced by their class, and quote and dash marks by one each."""
    masked = np.where(batch.word == 0, endings, batch.hash)
    np.putmask(masked, batch.is_name, _NAME)
    numbers = np.flatnonzero(batch.is_number)
    masked[numbers] = mix(np.minimum(batch.length[numbers], 6).astype(np.uint32) + np.uint32(1))
    marks = np.flatnonzero(batch.kind == MARK)
    masked[marks] = _MARKS.take(batch.mark.take(marks))
    return masked


_ONE_STYLE = np.arange(256, dtype=np.uint32)
_ONE_STYLE[[ord("'"), ord("-")]] = [ord('"'), DASH]
_MARKS = mix(_ONE_STYLE + np.uint32(1000))


def _endings(batch: Batch) -> np.ndarray:
    """A hash of the last two letters of each token: its word class, roughly."""
    ending = _ENDINGS.take(batch.last_letters)
    np.putmask(ending, batch.is_name, _NAME)
    return ending


_ENDINGS = mix((_ENDING_KEYS[LOWER] * _PLACES[6])[:, None] + _ENDING_KEYS[LOWER] * _PLACES[7]).ravel()


def _ngrams(batch: Batch, hashes: np.ndarray, length: int, bits: int) -> Channel:
    inside = batch.mark != EDGE
    total, ok = hashes * _PLACES[0], inside
    for k in range(1, length):
        total += shift(hashes, k) * _PLACES[k]
        ok = ok & shift(inside, k)
    token = np.flatnonzero(ok)
    return Channel((mix(total.take(token)) >> np.uint32(32 - bits)).astype(np.int64), token, batch.count(ok))
