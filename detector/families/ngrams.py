"""Hashed n-grams of the canonical view: the linear base that carries most of the accuracy.

Names, numbers and rare words are masked first, because they tell the subject of an article and not its writer, and
corpora of machine and human articles differ in subjects.  Each channel gives one bucket number a place; an article's
n-gram score is the mean of its buckets' weights, so every token has its exact share in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from detector import hashkeys
from detector.batchtext import Batch, shift
from detector.characters import DASH, LOWER
from detector.families.measure import divide, sums
from detector.tokens import mix

_PLACES = hashkeys.NGRAM_PLACES | np.uint32(1)


@dataclass(frozen=True, eq=False)
class Channel:
    """Buckets of one kind of n-gram, for each of M places, in the order of the text."""

    bucket: np.ndarray  # (M,)
    inside: np.ndarray  # (T,) bool: an n-gram begins at the token
    per_article: np.ndarray  # (N,) the places in each article

    @cached_property
    def token(self) -> np.ndarray:
        """(M,) the token that each n-gram begins at."""
        return np.flatnonzero(self.inside)

    def means(self, packed: np.ndarray) -> np.ndarray:
        """(4 W, N) the mean weight of each of the packed tables over the places of each article, 0 where it has none.

        `packed` is what `pack` gives for them, (W, buckets).
        """
        # Sums of integers are exact: a text scores the same alone and in any batch.
        pieces = -(-self.per_article // _PIECE)
        begins = np.repeat(np.cumsum(self.per_article) - self.per_article, pieces)
        begins += _PIECE * (np.arange(len(begins)) - np.repeat(np.cumsum(pieces) - pieces, pieces))
        total = [
            sums(np.add.reduceat(entries.take(self.bucket), begins).view(np.uint16).reshape(-1, _LANES).T, pieces)
            for entries in packed
        ]
        return divide(np.concatenate(total) - _ABOVE_ZERO * self.per_article, self.per_article)


_LANES, _PIECE, _ABOVE_ZERO = 4, 256, 128  # 256 numbers below 256 have a sum below 2 ** 16


def pack(tables: list[np.ndarray]) -> np.ndarray:
    """(W, buckets) uint64: four int8 tables in one, a weight in each 16 bits, so that one look and one sum serve all.

    The last number is filled up with tables of zeros.

    >>> pack([np.array([1, -1], np.int8)]).view(np.uint16).reshape(2, 4).tolist()
    [[129, 128, 128, 128], [127, 128, 128, 128]]
    """
    filled = np.zeros((-len(tables) % _LANES + len(tables), len(tables[0])), np.int16)
    filled[: len(tables)] = tables
    lanes = (filled + _ABOVE_ZERO).astype(np.uint16).reshape(-1, _LANES, filled.shape[1])
    return np.ascontiguousarray(lanes.transpose(0, 2, 1)).view(np.uint64)[..., 0]


def weights(packed: np.ndarray, table: np.ndarray, bucket: np.ndarray) -> np.ndarray:
    """(M,) the weight of each bucket in the packed table of that number.

    >>> weights(pack([np.array([1, -1], np.int8), np.array([3, -5], np.int8)]), np.array([0, 1]), np.array([1, 1]))
    array([-1, -5])
    """
    row, lane = np.divmod(table, _LANES)
    entry = packed.ravel().take(row * packed.shape[1] + bucket)
    return (entry >> (16 * lane).astype(np.uint64)).astype(np.uint16).astype(np.int64) - _ABOVE_ZERO


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
    masked[batch.names] = hashkeys.NAME
    digits = np.minimum(batch.length.take(batch.numbers), 6)
    masked[batch.numbers] = mix(digits.astype(np.uint32) + np.uint32(1))
    at, mark = batch.all_marks
    masked[at] = _MARKS.take(mark)
    return masked


_ONE_STYLE = np.arange(256, dtype=np.uint32)
_ONE_STYLE[[ord("'"), ord("-")]] = [ord('"'), DASH]
_MARKS = mix(_ONE_STYLE + np.uint32(1000))


def _endings(batch: Batch) -> np.ndarray:
    """A hash of the last two letters of each token: its word class, roughly."""
    ending = _ENDINGS.take(batch.last_letters)
    ending[batch.names] = hashkeys.NAME
    return ending


_ENDINGS = mix((hashkeys.ENDINGS[LOWER] * _PLACES[6])[:, None] + hashkeys.ENDINGS[LOWER] * _PLACES[7]).ravel()


def _ngrams(batch: Batch, hashes: np.ndarray, length: int, bits: int) -> Channel:
    total, inside = hashes * _PLACES[0], np.ones(len(hashes), bool)
    inside[batch.bounds[:-1]] = False  # an EDGE
    for k in range(1, length):
        total += shift(hashes, k) * _PLACES[k]
        inside[batch.bounds[1:] - k] = False  # an n-gram that begins here would reach into the next article
    per_article = np.maximum(np.diff(batch.bounds) - length, 0)
    return Channel((mix(total[inside]) >> np.uint32(32 - bits)).astype(np.int64), inside, per_article)
