"""Sentence lengths: their mean and spread, how neighbours differ, and how they go over the article.

Sentence length spread is among the oldest measures of style (Yule 1939, "On sentence-length as a statistical
characteristic of style in prose").  Lengths are capped, so that a table or a text without full stops, read as one
endless sentence, does not outweigh the prose around it.
"""

from __future__ import annotations

import numpy as np

from detector.batchtext import Batch, kept
from detector.families.measure import Measured, divide, mean_of_sentences, per_sentence, show

SHORT, LONG = 8, 30  # words; in human news one sentence in sixteen is as short, one in four as long
_BLOCK = 3  # sentences
_CAP = 100  # words


@kept
def length(batch: Batch) -> np.ndarray:
    """(S,) words in each sentence, _CAP at most."""
    return np.minimum(batch.sentence_words, _CAP)


@kept
def full(batch: Batch) -> np.ndarray:
    """(S,) bool: the sentence has words."""
    return batch.sentence_words > 0


@kept
def mean_length(batch: Batch) -> np.ndarray:
    """(N,) words in a sentence of the article."""
    return divide(_of_article(batch, length(batch)), _of_article(batch, full(batch)))


@kept
def deviation(batch: Batch) -> np.ndarray:
    """(S,) words by which a sentence is longer than the mean of its article; 0 where it has none."""
    return np.where(full(batch), length(batch) - mean_length(batch)[batch.sentence_article], 0)


@kept
def neighbours(batch: Batch) -> np.ndarray:
    """(S - 1,) bool: the sentence and the next one have words and stand in one article."""
    same = batch.sentence_article[1:] == batch.sentence_article[:-1]
    return same & full(batch)[1:] & full(batch)[:-1]


def _of_article(batch: Batch, numbers: np.ndarray) -> np.ndarray:
    """(N,) sum over each article's sentences of one number each."""
    return np.bincount(batch.sentence_article, numbers, batch.size)


def share_of_sentences(batch: Batch, mask: np.ndarray) -> Measured:
    """Share of the article's sentences that are in the mask, and those sentences."""
    at = np.flatnonzero(mask)
    return per_sentence(batch, batch.sentence_first[at], batch.sentence_last[at])


def sentence_length(batch: Batch) -> Measured:
    """The mean number of words in a sentence.

    >>> show(sentence_length, "Oda sang. The whole town listened.")
    (3.0, ['Oda sang.', 'The whole town listened.'])
    """
    return mean_of_sentences(batch, length(batch))


def sentence_length_deviation(batch: Batch) -> Measured:
    """The standard deviation of sentence lengths, in words.

    >>> show(sentence_length_deviation, "Oda sang. The whole town listened.")[0]
    1.0
    """
    found = mean_of_sentences(batch, deviation(batch) ** 2)
    return Measured(np.sqrt(found.value), found.first, found.last, found.weight)


def sentence_length_variation(batch: Batch) -> Measured:
    """Sentence lengths differ much or little, in relation to their mean (coefficient of variation).

    >>> show(sentence_length_variation, "Oda sang. The whole town listened.")[0]
    0.33
    """
    found = batch.keep(sentence_length_deviation)
    return Measured(divide(found.value, mean_length(batch)), found.first, found.last, found.weight)


def short_sentences(batch: Batch) -> Measured:
    """A sentence of at most eight words.

    >>> show(short_sentences, "Oda sang. The whole town came down to the quay to listen to her.")
    (0.5, ['Oda sang.'])
    """
    return share_of_sentences(batch, full(batch) & (length(batch) <= SHORT))


def middling_sentences(batch: Batch) -> Measured:
    """A sentence of middling length, sixteen to twenty-five words.

    >>> show(middling_sentences, "Oda sang.")
    (0.0, [])
    """
    return share_of_sentences(batch, (length(batch) >= 16) & (length(batch) <= 25))


def long_sentences(batch: Batch) -> Measured:
    """A sentence of thirty words or more.

    >>> show(long_sentences, "Oda sang." + " The bell rang and" * 8 + " stopped.")[0]
    0.5
    """
    return share_of_sentences(batch, length(batch) >= LONG)


def short_after_long(batch: Batch) -> Measured:
    """A short sentence set directly behind one at least three times as long, for effect.

    >>> show(short_after_long, "The whole town came down to the quay to listen to her. Oda sang.")
    (0.5, ['Oda sang.'])
    """
    words = batch.sentence_words
    hit = neighbours(batch) & (words[1:] <= SHORT) & (words[:-1] >= 3 * words[1:])
    return share_of_sentences(batch, np.append(False, hit)[: len(words)])


def uneven_neighbours(batch: Batch) -> Measured:
    """A sentence differs in length from the one before it (mean difference, in relation to the mean length).

    >>> show(uneven_neighbours, "Oda sang. The whole town listened.")
    (0.67, ['The whole town listened.'])
    """
    at = np.flatnonzero(neighbours(batch)) + 1
    jump = np.abs(length(batch)[at] - length(batch)[at - 1]).astype(float)
    article = batch.sentence_article[at]
    mean = divide(np.bincount(article, jump, batch.size), np.bincount(article, minlength=batch.size))
    return Measured(divide(mean, mean_length(batch)), batch.sentence_first[at], batch.sentence_last[at], jump)


def length_echo(batch: Batch) -> Measured:
    """A sentence as long or as short as the one before it (lag-1 autocorrelation of sentence lengths).

    Drozdz et al. 2016, "Quantifying origin and character of long-range correlations in narrative texts".

    >>> show(length_echo, "Oda sang. The whole town listened. He wept. The old bell rang.")[0]
    -0.75
    """
    away = deviation(batch)
    at = np.flatnonzero(neighbours(batch)) + 1
    product = away[at] * away[at - 1]
    total = np.bincount(batch.sentence_article[at], product, batch.size)
    value = divide(total, _of_article(batch, away**2))
    return Measured(value, batch.sentence_first[at], batch.sentence_last[at], product)


def block_length_spread(batch: Batch) -> Measured:
    """Blocks of three sentences differ much or little in length (coefficient of variation, from the sample variance).

    >>> show(block_length_spread, "Go. Go. Go. Go on. Go on. Go on.")[0]
    0.47
    """
    place, count = batch.sentence_place, batch.sentences[batch.sentence_article]
    first = np.flatnonzero((place % _BLOCK == 0) & (place + _BLOCK <= count))
    words = sum(length(batch)[first + k] for k in range(_BLOCK)) + 0.0
    article = batch.sentence_article[first]
    blocks = np.bincount(article, minlength=batch.size)
    mean = divide(np.bincount(article, words, batch.size), blocks)
    square = (words - mean[article]) ** 2
    value = divide(np.sqrt(divide(np.bincount(article, square, batch.size), blocks - 1)), mean)
    return Measured(value, batch.sentence_first[first], batch.sentence_last[first + _BLOCK - 1], square)


def length_trend(batch: Batch) -> Measured:
    """Sentences grow longer or shorter from the first third of the article to the last, in relation to their mean.

    >>> show(length_trend, "Oda sang. He wept aloud. The whole town listened.")
    (0.67, ['Oda sang.', 'The whole town listened.'])
    """
    article, place = batch.sentence_article, batch.sentence_place
    count = batch.sentences[article]
    third = 3 * place // count
    early, late = (full(batch) & (third == k) for k in (0, 2))
    means = [divide(_of_article(batch, length(batch) * part), _of_article(batch, part)) for part in (late, early)]
    both = (means[0] > 0) & (means[1] > 0)
    at = np.flatnonzero((early | late) & both[article])
    weight = np.where(late, deviation(batch), -deviation(batch))[at]
    value = divide((means[0] - means[1]) * both, mean_length(batch))
    return Measured(value, batch.sentence_first[at], batch.sentence_last[at], weight)


def first_sentence_length(batch: Batch) -> Measured:
    """The first sentence is longer or shorter than the rest (its words in relation to the mean).

    >>> show(first_sentence_length, "The whole town listened. Oda sang.")
    (1.33, ['The whole town listened.'])
    """
    some = np.flatnonzero(full(batch))
    at = some[np.diff(batch.sentence_article[some], prepend=-1) > 0]
    article = batch.sentence_article[at]
    value = np.zeros(batch.size)
    value[article] = length(batch)[at] / mean_length(batch)[article]
    return Measured(value, batch.sentence_first[at], batch.sentence_last[at], np.ones(len(at)))


__all__ = ["share_of_sentences", "show"]
