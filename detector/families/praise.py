"""Praise, good wishes and the publisher's own voice: what a report has no place for.

A model asked for a news item about a person tends to end in applause.  One admiring word means nothing; admiration for
the same subject in sentence after sentence, more of it towards the end, and a newsroom that sends its best wishes, do.
Press releases and obituaries praise as well, so these features are learned like all others and prove nothing alone.
Sources: Wikipedia, "Signs of AI writing" (promotional language); NewsGuard 2023, "Rise of the Newsbots".
"""

from __future__ import annotations

import numpy as np

from detector.batchtext import LOWER_CASE, MARK, UPPER_CASE, Batch
from detector.families.measure import Family, Measured, per, per_100_words, per_sentence, show
from detector.families.phrases import is_any, occurrences
from detector.families.returns import together

_PRAISE = ("superlatives", "promotional_words", "praise_of_people", "amplified_expertise")
_CLOSING = 3  # sentences


def superlatives(batch: Batch) -> Measured:
    """The passage praises with a superlative.

    >>> show(superlatives, "She is one of the most respected bakers and the finest in Harlow.")
    (15.38, ['one of the most', 'finest'])
    """
    return per_100_words(batch, *occurrences(batch, "superlatives"))


def promotional_words(batch: Batch) -> Measured:
    """The word advertises instead of describing.

    >>> show(promotional_words, "The vibrant town has a breathtaking pier.")
    (28.57, ['vibrant', 'breathtaking'])
    """
    return per_100_words(batch, *occurrences(batch, "promotional_words"))


def amplified_expertise(batch: Batch) -> Measured:
    """The passage raises the rank of the person or body it speaks of.

    >>> show(amplified_expertise, "The renowned surgeon is widely regarded as a visionary.")
    (33.33, ['renowned', 'widely regarded', 'a visionary'])
    """
    return per_100_words(batch, *occurrences(batch, "amplified_expertise"))


def praising_sentences(batch: Batch) -> Measured:
    """The passage admires a person or a thing; the value is the share of sentences that do.

    >>> show(praising_sentences, "His dedication is remarkable. He was born in May.")
    (0.5, ['dedication'])
    """
    first, last = occurrences(batch, *_PRAISE)
    _, one = np.unique(batch.sentence[first], return_index=True)
    return per_sentence(batch, first[one], last[one])


def repeated_praise(batch: Batch) -> Measured:
    """The same subject is praised again and again.

    Counted are praising sentences that name somebody or something named in other sentences too, or that say "he", "she"
    or a form of these; the first of them is free, for one is no repetition.  Per sentence of the article.

    >>> show(repeated_praise, "Mirren Oakes is renowned. Oakes has brilliant ideas. Her fame is legendary. It rained.")
    (0.5, ['renowned', 'brilliant', 'legendary'])
    """
    first, last = occurrences(batch, *_PRAISE)
    about = _about_subject(batch)[batch.sentence[first]]
    first, last = first[about], last[about]
    _, one = np.unique(batch.sentence[first], return_index=True)
    times = np.bincount(batch.article[first[one]], minlength=batch.size)
    value = np.maximum(times - 1, 0) / batch.sentences
    shown = times[batch.article[first]] > 1
    return Measured(value, first[shown], last[shown], np.ones(shown.sum()))


def _about_subject(batch: Batch) -> np.ndarray:
    """(S,) bool: the sentence has a name that another sentence of the article has too, or "he" or "she"."""
    order, first = together(batch, batch.names)
    sentence = batch.sentence.take(batch.names.take(order))
    uses = np.diff(first, append=len(order))
    recurs = sentence[first] != sentence[first + uses - 1]
    about = np.zeros(len(batch.sentence_first), bool)
    about[sentence[np.repeat(recurs, uses)]] = True
    about[batch.sentence[is_any(batch, "he she his her him hers")]] = True
    return about


def late_praise(batch: Batch) -> Measured:
    """The last third of the article praises; the value is praise per 100 words there.

    >>> show(late_praise, "It opened in May. It has two rooms. Its stunning success is remarkable.")
    (60.0, ['stunning', 'success', 'remarkable'])
    """
    before, sentences = batch.sentence_place, batch.sentences[batch.sentence_article]
    late = 3 * before >= 2 * sentences
    words = np.bincount(batch.sentence_article[late], batch.sentence_words[late], batch.size)
    first, last = occurrences(batch, *_PRAISE)
    use = late[batch.sentence[first]]
    return per(batch, words / 100, first[use], last[use])


def closing_wishes(batch: Batch) -> Measured:
    """The article closes with good wishes or by looking forward to something.

    Counted in the last three sentences, per sentence.

    >>> show(closing_wishes, "The shop shuts. We wish Oddny all the best.")
    (1.0, ['wish', 'all the best'])
    """
    first, last = occurrences(batch, "good_wishes")
    use = _closing(batch)[batch.sentence[first]]
    return per(batch, np.minimum(batch.sentences, _CLOSING), first[use], last[use])


def closing_we(batch: Batch) -> Measured:
    """The article closes in the first person plural.

    "We", "us" and "our" per 100 words of the last three sentences.

    >>> show(closing_we, "It rained. We love our town.")
    (33.33, ['We', 'our'])
    """
    closing = _closing(batch)
    words = np.bincount(batch.sentence_article[closing], batch.sentence_words[closing], batch.size)
    ours = is_any(batch, "we us our ours we've we're we'll") & (batch.case != UPPER_CASE)  # "the US" is not "us"
    at = np.flatnonzero(ours)
    return per(batch, words / 100, at[closing[batch.sentence[at]]])


def _closing(batch: Batch) -> np.ndarray:
    """(S,) bool: one of the last three sentences of its article."""
    before, sentences = batch.sentence_place, batch.sentences[batch.sentence_article]
    return before >= sentences - _CLOSING


def publisher_voice(batch: Batch) -> Measured:
    """The publisher speaks of itself or to its readers.

    Phrases that end in "at" need a name behind them: "here at Fenmoor Times", not "here at last".

    >>> show(publisher_voice, "Everyone here at Fenmoor Times is glad. Stay tuned.")
    (22.22, ['Everyone here at', 'Stay tuned'])
    """
    first, last = occurrences(batch, "publisher_voice")
    behind = np.minimum(last, len(batch.kind) - 1)
    named = (batch.kind[behind] != MARK) & (batch.case[behind] != LOWER_CASE)
    use = named | ~is_any(batch, "at")[last - 1]
    return per_100_words(batch, first[use], last[use])


def excitement(batch: Batch) -> Measured:
    """The passage is proud, grateful or thrilled, as press releases are.

    >>> show(excitement, "We are thrilled to open and deeply grateful.")
    (25.0, ['thrilled to', 'deeply grateful'])
    """
    return per_100_words(batch, *occurrences(batch, "excitement"))


def bright_future(batch: Batch) -> Measured:
    """The passage is certain that all will go well.

    >>> show(bright_future, "There is no doubt that she will surely succeed.")
    (22.22, ['There is no doubt', 'will surely'])
    """
    return per_100_words(batch, *occurrences(batch, "bright_future"))


FAMILY = Family(
    "praise",
    "Praise, good wishes, excitement and the publisher's own voice.",
    (
        superlatives,
        promotional_words,
        amplified_expertise,
        praising_sentences,
        repeated_praise,
        late_praise,
        closing_wishes,
        closing_we,
        publisher_voice,
        excitement,
        bright_future,
    ),
)

__all__ = ["FAMILY", "show"]
