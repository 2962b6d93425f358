"""Stock patterns of the sentence: participle tails, triads, negative parallelism, ranges, colons, questions answered.

Like stock phrases these are habits that come with any subject, but they are shapes with free words in them, so they are
found by neighbouring tokens instead of lists.  Sources: Wikipedia, "Signs of AI writing"; Reinhart et al. 2025, PNAS
122 ("Do LLMs write like humans?").
"""

from __future__ import annotations

import numpy as np

from detector.batchtext import LOWER_CASE, MARK, Batch
from detector.characters import LOWER, byte_class
from detector.families.measure import FeatureFunction, Measured, per, per_sentence, show
from detector.families.phrases import is_any, next_of, occurrences

_FAR, _NEAR = 24, 12  # tokens that the two halves of a parallelism may lie apart
_BREAKS = byte_class(",;.:")  # no dash: which kind a text has depends on where it was stored
_LONGEST_LEAD, _LONGEST_QUESTION, _LONGEST_ANSWER = 6, 9, 15  # words


def participle_tails(batch: Batch) -> Measured:
    """A participle of reporting is hung onto the sentence after a comma.

    >>> show(participle_tails, "Sales fell in May, highlighting the need for care.")
    (1.0, [', highlighting'])
    """
    at = batch.listed_words("reporting_participles")
    at = at[batch.mark[at - 1] == ord(",")]
    return per_sentence(batch, at - 1, at + 1)


def ing_tails(batch: Batch) -> Measured:
    """A clause in -ing follows a comma.

    >>> show(ing_tails, "The crew left, taking the lamps. Two hens, including Dot, stayed.")
    (0.5, [', taking'])
    """
    at = np.minimum(batch.marks(",") + 1, len(batch.word) - 1)
    at = at[(batch.last_letter.take(at) | 32) == ord("g")]
    end, chars = batch.tokens.end[at], batch.tokens.chars
    ing = np.logical_and.reduce([LOWER[chars[end - back]] == ord(c) for back, c in enumerate("gni", 1)])
    ing &= (batch.length[at] > 4) & (batch.case[at] == LOWER_CASE) & ~batch.has(at, "no_participles")
    return per_sentence(batch, at[ing] - 1, at[ing] + 1)


def with_tails(batch: Batch) -> Measured:
    """A clause with "with" is hung onto the sentence after a comma.

    >>> show(with_tails, "The fair drew crowds, with many staying late. Tea came with milk.")
    (0.5, [', with'])
    """
    at = np.flatnonzero(is_any(batch, "with"))
    at = at[batch.mark[at - 1] == ord(",")]
    return per_sentence(batch, at - 1, at + 1)


def comma_and(batch: Batch) -> Measured:
    """A comma stands before "and", in a list or between clauses.

    The value is the share of "and" that follows a comma; agencies leave the serial comma out.

    >>> show(comma_and, "The mayor and the clerk sang, and all clapped.")
    (0.5, [', and'])
    """
    at = np.flatnonzero(is_any(batch, "and"))
    every = np.bincount(batch.article[at], minlength=batch.size)
    at = at[batch.mark[at - 1] == ord(",")]
    return per(batch, every, at - 1, at + 1)


def triads(batch: Batch) -> Measured:
    """Three short items stand in a row: the rule of three.

    Items have one to three words; without a comma before "and" the middle one has one word.

    >>> show(triads, "The plan is clear, fair, and cheap. He sold figs, plums and pears.")
    (1.0, ['clear, fair, and cheap', 'figs, plums and pears'])
    """
    at = np.flatnonzero(is_any(batch, "and or")[:-1])
    at = at[batch.kind[at + 1] != MARK]
    serial = batch.mark[at - 1] == ord(",")
    comma, words = _comma_before(batch, at - serial)
    longer, first_words = _comma_before(batch, comma)
    three = (comma >= 0) & (longer < 0) & (first_words > 0) & (serial | (words == 1))
    three &= serial | ~batch.opens_sentence[np.maximum(comma - 1, 0)]
    return per_sentence(batch, comma[three] - 1, at[three] + 2)


def _comma_before(batch: Batch, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The comma that stands one to three words before each token, or -1; and how many words stand between them."""
    window = np.maximum(end[:, None] - np.arange(1, 5), 0)
    marks = batch.kind[window] == MARK
    words = np.where(marks.any(1), marks.argmax(1), 4)
    at = np.maximum(end - 1 - words, 0)
    return np.where((words > 0) & (batch.mark[at] == ord(",")), at, -1), words


def negative_parallelism(batch: Batch) -> Measured:
    """The passage denies one thing in order to assert another: not only X but Y, it is not X, it is Y.

    >>> show(negative_parallelism, "It is not a school, it is a promise. They sing not only well but also loudly.")
    (1.0, ['not only well but', 'is not a school, it is'])
    """
    but = np.flatnonzero(is_any(batch, "but"))
    first, last = occurrences(batch, "not_only")
    answer, near = next_of(batch, but, last, _FAR)
    near &= batch.sentence[answer] == batch.sentence[first]
    denied, denied_last = occurrences(batch, "negated_be", "not_only")
    begins, ends = occurrences(batch, "corrections")
    after_mark = _BREAKS[batch.mark[begins - 1]]
    begins, ends = begins[after_mark], ends[after_mark]
    correction, close = next_of(batch, begins, denied_last, _NEAR)
    stop = ends[np.searchsorted(begins, correction[close])]
    return per_sentence(batch, np.append(first[near], denied[close]), np.append(answer[near] + 1, stop))


def ranges(batch: Batch) -> Measured:
    """The passage spans its subject with "from X to Y" and no figures.

    >>> show(ranges, "The firm sells everything from garden gnomes to insurance, from 9 to 5.")
    (1.0, ['from garden gnomes to insurance'])
    """
    lower = batch.is_word & (batch.case == LOWER_CASE) & ~is_any(batch, "and or")
    start = np.flatnonzero(is_any(batch, "from"))
    to, near = next_of(batch, np.flatnonzero(is_any(batch, "to")[:-1]), start + 1, 3)
    start, to = start[near], to[near]
    plain = np.cumsum(np.append(0, lower))
    use = (to - start > 1) & (plain[to + 2] - plain[start] == to + 2 - start)
    return per_sentence(batch, start[use], to[use] + 2)


def concession_pairs(batch: Batch) -> Measured:
    """The sentence concedes something and goes on to say that all remains as it was.

    >>> show(concession_pairs, "Despite the rain, Oddny remains hopeful. Although it rained, we won.")
    (0.5, ['Despite the rain, Oddny remains'])
    """
    first, last = occurrences(batch, "concession_openings")
    first, last = first[batch.opens_sentence[first]], last[batch.opens_sentence[first]]
    comma, near = next_of(batch, batch.marks(","), last, _FAR)
    first, comma = first[near], comma[near]
    verb, near = next_of(batch, batch.listed_words("persisting_verbs"), comma + 1, _NEAR)
    near &= batch.sentence[verb] == batch.sentence[first]
    return per_sentence(batch, first[near], verb[near] + 1)


def headline_colons(batch: Batch) -> Measured:
    """A short lead and a colon open the sentence like a headline.

    >>> show(headline_colons, "The result: fewer buses. Oddny: a life.")
    (0.5, ['The result:'])
    """
    at = batch.marks(":")
    at = at[at < len(batch.mark) - 1]
    first = batch.sentence_first[batch.sentence[at]]
    first = first + (batch.kind[first] == MARK)
    words = batch.words_before
    use = (at > first) & (at - first <= _LONGEST_LEAD) & (words[at] - words[first] == at - first)
    use &= ~batch.is_name[at - 1] & batch.is_word[at - 1] & (batch.kind[at + 1] != MARK)
    return per_sentence(batch, first[use], at[use] + 1)


def explaining_colons(batch: Batch) -> Measured:
    """A colon inside the sentence brings in what it has announced.

    >>> show(explaining_colons, "The message is clear: stay at home. He met Dot: a dog.")
    (0.5, ['clear: stay'])
    """
    at = batch.marks(":")
    at = at[at < len(batch.mark) - 1]
    lower = batch.is_word & (batch.case == LOWER_CASE)
    at = at[lower[at - 1] & lower[at + 1]]
    return per_sentence(batch, at - 1, at + 2)


def answered_questions(batch: Batch) -> Measured:
    """The writer asks a short question and answers it at once.

    >>> show(answered_questions, "The catch? It costs more. Why did nobody come to the meeting in the old town hall?")
    (0.33, ['The catch? It costs more.'])
    """
    asks = batch.mark[batch.sentence_last - 1] == ord("?")
    words, article = batch.sentence_words, batch.sentence_article
    turn = asks[:-1] & ~asks[1:] & (article[1:] == article[:-1])
    turn &= (words[:-1] > 0) & (words[:-1] <= _LONGEST_QUESTION) & (words[1:] > 0) & (words[1:] <= _LONGEST_ANSWER)
    at = np.flatnonzero(turn)
    begin = batch.sentence_first[at]
    return per_sentence(batch, begin + (batch.kind[begin] == MARK), batch.sentence_last[at + 1])


FEATURES: tuple[FeatureFunction, ...] = (
    participle_tails,
    ing_tails,
    with_tails,
    comma_and,
    triads,
    negative_parallelism,
    ranges,
    concession_pairs,
    headline_colons,
    explaining_colons,
    answered_questions,
)

__all__ = ["FEATURES", "show"]
