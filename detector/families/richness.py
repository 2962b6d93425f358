"""Richness of vocabulary for the family "words": repeated, common and rare words, at a fixed length of text.

Every measure here is a share or a mean over windows of fixed size, because the number of different words grows with
the length of a text (Tweedie and Baayen 1998, Computers and the Humanities 32:323) and length says nothing about the
writer.
"""

from __future__ import annotations

import numpy as np

from detector.batchtext import LOWER_CASE, Batch
from detector.families.measure import Later, Measured, Ranges, divide, mask_per_100_words, show, sums
from detector.families.returns import earlier_words, words

WINDOW, WIDE = 50, 100  # words
LIX_LONG = 7  # letters


def variety(batch: Batch) -> Measured:
    """Words that come back within fifty words, or stand alone among a hundred.

    Columns: share of words that repeat one within the same 50 words, which is 1 - MATTR (Covington and McFall 2010,
    Journal of Quantitative Linguistics 17:94); the same for content words; share of words used once in 100 words.  A
    shorter text is one window.

    >>> show(variety, "The sea, the sea and the wind.")
    ([0.43, 0.33, 0.29], ['the', 'sea', 'the', 'sea', 'and', 'wind'])
    """
    at = words(batch)
    content = ~batch.is_listed("function_words").take(at)
    count = batch.count(batch.is_word)
    rank, size, before, after = _occurrences(earlier_words(batch), count)
    first, last = _windows(rank, size, WINDOW)
    covered = last - first + 1
    repeated = covered - np.maximum(last - np.maximum(first, before + 1) + 1, 0)
    first, last = _windows(rank, size, WIDE)
    covered_wide = last - first + 1
    last = np.minimum(last, after - np.minimum(size, np.int32(WIDE)))
    alone = np.maximum(last - np.maximum(first, before + 1) + 1, 0)
    parts = (repeated, repeated * content, alone), (covered, covered * content, covered_wide)
    value = [divide(sums(some, count), sums(whole, count)) for some, whole in zip(*parts, strict=True)]

    def ranges() -> Ranges:
        hits = [np.flatnonzero(part) for part in parts[0]]
        weight = np.concatenate([part[hit] for part, hit in zip(parts[0], hits, strict=True)]).astype(float)
        first, column = at[np.concatenate(hits)], np.repeat(np.arange(3), list(map(len, hits)))
        return first, first + 1, weight, column

    return Later(np.stack(value, axis=1), ranges)


def _occurrences(earlier: np.ndarray, count: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Of each word its place among its article's words, their number, and the places of the same word before and after.

    Where there is none before it is -1, and the number of words where there is none after.
    """
    size = np.repeat(count.astype(np.int32), count)
    rank = np.arange(len(size), dtype=np.int32) - np.repeat((np.cumsum(count) - count).astype(np.int32), count)
    again = np.flatnonzero(earlier >= 0)
    back = earlier.take(again)
    before, after = np.full_like(rank, -1), size.copy()
    before[again], after[back] = rank.take(back), rank.take(again)
    return rank, size, before, after


def _windows(rank: np.ndarray, size: np.ndarray, width: int) -> tuple[np.ndarray, np.ndarray]:
    """The first and last of the windows of `width` words that hold the word, by the place where they begin."""
    wide = np.minimum(size, np.int32(width))
    return np.maximum(rank - wide + 1, 0), np.minimum(rank, size - wide)


def everyday_words(batch: Batch) -> Measured:
    """Content words that stand in nearly every day's news.

    The thousand most frequent ones; function words are left out.

    >>> show(everyday_words, "The government will pay for the fjord.")
    (28.57, ['government', 'pay'])
    """
    return mask_per_100_words(batch, batch.is_listed("everyday_words"))


def unlisted_words(batch: Batch) -> Measured:
    """Rare words: in lower case, and on no list of some 18,000 common words.

    >>> show(unlisted_words, "The skerry lay beyond Oddvik.")
    (20.0, ['skerry'])
    """
    rare = batch.is_word & (batch.word == 0) & (batch.case == LOWER_CASE)
    return mask_per_100_words(batch, rare)


def readability(batch: Batch) -> Measured:
    """How hard the text is to read, by long words and long sentences.

    LIX: words per sentence plus the percentage of words with seven letters or more (Bjornsson 1968); it needs no
    syllables.  Its evidence is the long words.

    >>> show(readability, "Rain fell. The harbourmaster complained.")
    (42.5, ['harbourmaster', 'complained'])
    """
    found = mask_per_100_words(batch, batch.is_word & (batch.length >= LIX_LONG))
    value = found.value + batch.words / batch.sentences
    return Later(value, lambda: (found.first, found.last, found.weight, None))


__all__ = ["everyday_words", "readability", "show", "unlisted_words", "variety"]
