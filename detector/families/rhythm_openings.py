"""How sentences open: with what kind of word, and how often in the same way."""

from __future__ import annotations

from functools import cache

import numpy as np

from detector.batchtext import Batch
from detector.characters import LOWER
from detector.families.measure import Measured, divide, per_sentence, show, table
from detector.families.returns import together
from detector.lexicon import Lexicon

OPENINGS = ("article", "pronoun", "first_person", "preposition", "subordinator", "there", "name", "quote")
_LISTED = OPENINGS[:6]  # each has a list opening_NAME.txt
_ING = np.frombuffer(b"ing", np.uint8)


def first_words(batch: Batch) -> np.ndarray:
    """(O,) the first word or number of each sentence that has one."""
    return batch.openings


def is_participle(batch: Batch, at: np.ndarray) -> np.ndarray:
    """(K,) bool: the tokens `at` are words in -ing, other than "during", "morning" and their like."""
    end = batch.tokens.end.take(at)
    ends = batch.is_word.take(at) & (batch.length.take(at) > 4) & ~batch.has(at, "ing_words")
    for step, letter in enumerate(_ING):
        ends &= LOWER.take(batch.tokens.chars.take(end - 3 + step)) == letter
    return ends


@cache
def _columns(lists: Lexicon) -> np.ndarray:
    """The column of `openings` for each word of the lexicon, -1 for none."""
    column = np.full(len(lists.words), -1)
    for number, name in enumerate(_LISTED):
        column[lists.has_word(f"opening_{name}")] = number
    return column


def openings(batch: Batch) -> Measured:
    """The kind of word that a sentence opens with.

    >>> show(openings, "The bell rang. Oddny wept. In June it stopped.")
    ([0.33, 0.0, 0.0, 0.33, 0.0, 0.0, 0.33, 0.0], ['The', 'Oddny', 'In'])
    """
    at = first_words(batch)
    column = _columns(batch.lexicon)[batch.word[at]]
    column[(column < 0) & batch.is_name[at]] = OPENINGS.index("name")
    quoted = (batch.mark[at - 1] == ord('"')) & (batch.sentence[at - 1] == batch.sentence[at])
    column[quoted] = OPENINGS.index("quote")
    use = column >= 0
    return table(batch, at[use], column[use], len(OPENINGS), batch.sentences)


def _listed_openings(batch: Batch, name: str) -> Measured:
    """Sentences that open with an entry of a list of words and phrases."""
    first, last = batch.listed(name)
    use = batch.opens_sentence[first]
    return per_sentence(batch, first[use], last[use])


def connective_openings(batch: Batch) -> Measured:
    """A sentence that opens with a formal connective.

    >>> show(connective_openings, "The bell rang. However, nobody came. In addition, it rained.")
    (0.67, ['However', 'In addition'])
    """
    return _listed_openings(batch, "formal_connectives")


def conjunction_openings(batch: Batch) -> Measured:
    """A sentence that opens with a plain conjunction, as people talk.

    >>> show(conjunction_openings, "The bell rang. But nobody came.")
    (0.5, ['But'])
    """
    at = first_words(batch)
    return per_sentence(batch, at[batch.has(at, "plain_conjunctions")])


def participle_openings(batch: Batch) -> Measured:
    """A sentence that opens with a word in -ing.

    >>> show(participle_openings, "Standing on the quay, Oda sang. During the night it rained.")
    (0.5, ['Standing'])
    """
    at = first_words(batch)
    return per_sentence(batch, at[is_participle(batch, at)])


def this_noun_openings(batch: Batch) -> Measured:
    """A sentence that opens by summing up what was said before ("This move", "These efforts", "Such a step").

    >>> show(this_noun_openings, "This approach won. This is new. These measures failed.")
    (0.67, ['This approach', 'These measures'])
    """
    at = first_words(batch)
    at = at[batch.has(at, "summing_openers")]
    following = np.minimum(at + 1, len(batch.word) - 1)
    at = at[batch.is_word[following] & ~batch.has(following, "light_words")]
    return per_sentence(batch, at, at + 2)


def same_opening_again(batch: Batch) -> Measured:
    """A sentence that opens with the same word as the one before it.

    >>> show(same_opening_again, "The bell rang. The town slept. Nobody came.")
    (0.33, ['The'])
    """
    at = first_words(batch)
    same = (batch.hash[at[1:]] == batch.hash[at[:-1]]) & (batch.article[at[1:]] == batch.article[at[:-1]])
    return per_sentence(batch, at[1:][same])


def opening_variety(batch: Batch) -> Measured:
    """Sentences seldom open with the same word (chance that two of them differ).

    Simpson 1949, "Measurement of diversity", in the unbiased form, which does not depend on the number of sentences.

    >>> show(opening_variety, "The bell rang. The town slept. Nobody came.")
    (0.67, ['The', 'The'])
    """
    at = first_words(batch)
    article = batch.article[at]
    order, first = together(batch, at)
    uses = np.diff(first, append=len(order))
    often = np.zeros(len(at), np.int64)
    often[order] = np.repeat(uses, uses)
    same = np.bincount(article[order[first]], uses * (uses - 1), batch.size)
    count = np.bincount(article, minlength=batch.size)
    value = (1 - divide(same, count * (count - 1))) * (count > 1)
    again = often > 1
    return Measured(value, at[again], at[again] + 1, 1.0 - often[again])


__all__ = ["is_participle", "show"]
