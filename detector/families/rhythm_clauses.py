"""How a sentence is built inside: marks, clauses behind commas, the way in, quotations and the last word."""

from __future__ import annotations

from functools import cache

import numpy as np

from detector.batchtext import Batch, kept
from detector.characters import ELLIPSIS
from detector.families.measure import (
    Measured,
    divide,
    mean_of_sentences,
    per_100_words,
    per_sentence,
    show,
    table,
)
from detector.families.returns import carries, words
from detector.families.rhythm_lengths import share_of_sentences
from detector.families.rhythm_openings import is_participle
from detector.lexicon import Lexicon

# Dashes and hyphens are left out: which of them a text has depends on where it was stored (the leak test).
MARKS = ("comma", "semicolon", "colon", "bracket", "ellipsis")
AFTER_COMMA = ("and", "but", "or", "which", "who", "while", "as", "with", "participle")
_QUOTE, _COMMA = b'",'
_CHAIN = 3  # commas
_CAP = 60  # words between two marks; more is a table or a list
_MARK_COLUMN = np.full(256, -1)
for _column, _mark in enumerate((b",", b";", b":", b"(", bytes([ELLIPSIS]))):
    _MARK_COLUMN[_mark[0]] = _column
_PHRASE_END = np.zeros(256, bool)
_PHRASE_END[[*b',;:.!?()"', ELLIPSIS]] = True


def _count(batch: Batch, mark: int) -> np.ndarray:
    """(S,) how often a mark stands in each sentence."""
    return np.bincount(batch.sentence.take(batch.marks(chr(mark))), minlength=len(batch.sentence_first))


def marks_in_sentences(batch: Batch) -> Measured:
    """A mark inside a sentence: comma, semicolon, colon, bracket or ellipsis.

    >>> show(marks_in_sentences, "The bell, old and cracked, rang; nobody came.")[0][:3]
    [2.0, 1.0, 0.0]
    """
    at, mark = batch.all_marks
    column = _MARK_COLUMN.take(mark)
    use = column >= 0
    return table(batch, at[use], column[use], len(MARKS), batch.sentences)


@cache
def _columns(lists: Lexicon) -> np.ndarray:
    """The column of `after_comma` for each word of the lexicon, -1 for none."""
    column = np.full(len(lists.words), -1)
    column[[lists.words.index(word) for word in AFTER_COMMA[:-1]]] = range(len(AFTER_COMMA) - 1)
    return column


def after_comma(batch: Batch) -> Measured:
    """A clause hung on behind a comma with "and", "which", "while", "as", "with", a word in -ing or the like.

    >>> show(after_comma, "Oda sang, and he wept, leaving the quay.")
    ([1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0], ['and', 'leaving'])
    """
    at = np.minimum(batch.marks(",") + 1, len(batch.word) - 1)
    at = at[batch.is_word.take(at)]
    column = _columns(batch.lexicon)[batch.word[at]]
    column[is_participle(batch, at)] = AFTER_COMMA.index("participle")
    use = column >= 0
    return table(batch, at[use], column[use], len(AFTER_COMMA), batch.sentences)


def comma_chains(batch: Batch) -> Measured:
    """A sentence with three commas or more.

    >>> show(comma_chains, "Oda sang. Oda, who was ten, sang, wept, and slept.")
    (0.5, ['Oda, who was ten, sang, wept, and slept.'])
    """
    return share_of_sentences(batch, _count(batch, _COMMA) >= _CHAIN)


def lead_in_length(batch: Batch) -> Measured:
    """The number of words before the first comma of a sentence.

    >>> show(lead_in_length, "In June, Oda sang. On the old stone quay, he wept. It rained.")
    (3.5, ['In June,', 'On the old stone quay,'])
    """
    at = batch.marks(",")
    at = at[np.diff(batch.sentence[at], prepend=-1) > 0]
    first = batch.sentence_first[batch.sentence[at]]
    words = batch.words_before
    return _mean(batch, first, at + 1, (words[at] - words[first]).astype(float))


def tail_length(batch: Batch) -> Measured:
    """The number of words behind the last comma of a sentence.

    >>> show(tail_length, "Oda sang, her hands on the rail. In June, it rained.")
    (3.5, [', her hands on the rail.', ', it rained.'])
    """
    at = batch.marks(",")
    at = at[np.diff(batch.sentence[at], append=-1) != 0]
    last = batch.sentence_last[batch.sentence[at]]
    words = batch.words_before
    return _mean(batch, at, last, (words[last] - words[at]).astype(float))


def joined_words(batch: Batch) -> Measured:
    """Two plain words of matter joined by "and".

    >>> show(joined_words, "They praised the care and patience of Oda and Finn, and left.")
    (8.33, ['care and patience'])
    """
    at = batch.listed_words("joining_words")
    at = at[at < len(batch.word) - 1]
    for beside in (-1, 1):
        at = at[carries(batch).take(at + beside)]
        at = at[~batch.is_name.take(at + beside)]
    return per_100_words(batch, at - 1, at + 2)


def _mean(batch: Batch, first: np.ndarray, last: np.ndarray, length: np.ndarray) -> Measured:
    """The mean over an article's ranges of one number each."""
    article = batch.article[first]
    value = divide(np.bincount(article, length, batch.size), np.bincount(article, minlength=batch.size))
    return Measured(value, first, last, length)


@kept
def _phrases(batch: Batch) -> tuple[np.ndarray, np.ndarray]:
    """Last tokens of the stretches between marks that divide a sentence, and their length in words, _CAP at most."""
    ends = _PHRASE_END.take(batch.mark)
    ends[batch.bounds[1:] - 1] = True
    ends = np.flatnonzero(ends)
    length = np.diff(batch.words_before.take(ends + 1), prepend=0)
    return ends[length > 0], np.minimum(length[length > 0], _CAP).astype(float)


def phrase_length(batch: Batch) -> Measured:
    """The mean number of words between one mark and the next.

    >>> show(phrase_length, "In June, the whole town sang.")[0]
    3.0
    """
    ends, length = _phrases(batch)
    return _mean(batch, ends, ends + 1, length)


def phrase_length_spread(batch: Batch) -> Measured:
    """Stretches between marks differ much or little in length (coefficient of variation).

    >>> show(phrase_length_spread, "In June, the whole town sang.")[0]
    0.33
    """
    ends, length = _phrases(batch)
    mean = _mean(batch, ends, ends + 1, length).value
    square = (length - mean[batch.article[ends]]) ** 2
    spread = np.sqrt(_mean(batch, ends, ends + 1, square).value)
    return Measured(divide(spread, mean), ends, ends + 1, square)


def colon_explanations(batch: Batch) -> Measured:
    """A colon inside a sentence with an explanation behind it, not a quotation.

    >>> show(colon_explanations, 'The reason was simple: nobody came. He said: "No."')
    (0.5, ['simple: nobody'])
    """
    at = batch.marks(":")
    at = at[at < len(batch.mark) - 1]
    inside = (batch.sentence[at + 1] == batch.sentence[at]) & batch.is_word[at - 1] & batch.is_word[at + 1]
    at = at[inside]
    return per_sentence(batch, at - 1, at + 2)


def questions(batch: Batch) -> Measured:
    """A sentence that asks a question.

    >>> show(questions, "Who sang? Oda did.")
    (0.5, ['Who sang?'])
    """
    return share_of_sentences(batch, (_count(batch, ord("?")) > 0) & (batch.sentence_words > 0))


def exclamations(batch: Batch) -> Measured:
    """A sentence with an exclamation mark.

    >>> show(exclamations, "Oda sang! He wept.")
    (0.5, ['Oda sang!'])
    """
    return share_of_sentences(batch, (_count(batch, ord("!")) > 0) & (batch.sentence_words > 0))


def quoted_sentences(batch: Batch) -> Measured:
    """A sentence with words in quotation marks.

    >>> show(quoted_sentences, 'Oda sang. "I wept," he said.')
    (0.5, ['"I wept," he said.'])
    """
    return share_of_sentences(batch, (_count(batch, _QUOTE) > 0) & (batch.sentence_words > 0))


def closes_on_quotation(batch: Batch) -> Measured:
    """A sentence that closes with a quotation.

    >>> show(closes_on_quotation, '"I wept," he said. He said it was "cold."')
    (0.5, ['"'])
    """
    last = batch.sentence_last - 1
    at = np.where(batch.mark[last] == _QUOTE, last, np.maximum(last - 1, batch.sentence_first))
    return per_sentence(batch, at[(batch.sentence_words > 0) & (batch.mark[at] == _QUOTE)])


def ends_on_attribution(batch: Batch) -> Measured:
    """A sentence that ends with who said it ("..., she said"), as reporters place it.

    >>> show(ends_on_attribution, "The bell is cracked, she said. He said the bell is cracked.")
    (0.5, ['said'])
    """
    at = batch.listed_words("said_words")
    left = batch.words_before
    behind = left[batch.sentence_last[batch.sentence[at]]] - left[at + 1]
    return per_sentence(batch, at[behind <= 2])


def closing_word_length(batch: Batch) -> Measured:
    """The mean length of the last word of a sentence, in letters: abstract nouns are long.

    >>> show(closing_word_length, "They praised the transformation. It rained on him.")[0]
    8.5
    """
    at = words(batch)
    behind = np.searchsorted(at, batch.sentence_last)
    some = np.flatnonzero(np.diff(behind, prepend=0))
    letters = np.zeros(len(behind))
    letters[some] = batch.length.take(at.take(behind.take(some) - 1))
    return mean_of_sentences(batch, letters)


__all__ = ["AFTER_COMMA", "MARKS", "show"]
