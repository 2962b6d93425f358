"""Rhythm: how long sentences are, how evenly, and how words come back over the article.

Reporters set a six-word sentence beside one of forty; models keep close to one length, or alternate by rule, quote
less, and hang participles on behind commas.  Paragraphs do not exist in the canonical view, so blocks of three
sentences stand in for them.
"""

from __future__ import annotations

import numpy as np

from detector.batchtext import Batch
from detector.families.measure import Family, Measured, divide, show
from detector.families.returns import content_words, earlier_content, returns
from detector.families.rhythm_clauses import (
    AFTER_COMMA,
    MARKS,
    after_comma,
    closes_on_quotation,
    closing_word_length,
    colon_explanations,
    comma_chains,
    ends_on_attribution,
    exclamations,
    joined_words,
    lead_in_length,
    marks_in_sentences,
    phrase_length,
    phrase_length_spread,
    questions,
    quoted_sentences,
    tail_length,
)
from detector.families.rhythm_lengths import (
    block_length_spread,
    first_sentence_length,
    length_echo,
    length_trend,
    long_sentences,
    middling_sentences,
    sentence_length,
    sentence_length_deviation,
    sentence_length_variation,
    short_after_long,
    short_sentences,
    uneven_neighbours,
)
from detector.families.rhythm_openings import (
    OPENINGS,
    conjunction_openings,
    connective_openings,
    opening_variety,
    openings,
    participle_openings,
    same_opening_again,
    this_noun_openings,
)

_RETURN = 40  # tokens within which the return of a word is looked for


def bursty_words(batch: Batch) -> Measured:
    """A content word that comes back at once, within ten words.

    The share of returns within forty tokens that come within ten: 0.25 for words strewn at random, more for bursts.
    Goh & Barabasi 2008, "Burstiness and memory in complex systems", measure the same by the spread of the gaps; their
    coefficient depends on the number of returns, and so on the length of the article.

    >>> show(bursty_words, "Plums fell. Children gathered plums.")
    (1.0, ['plums'])
    """
    at, gap = returns(batch, content_words(batch), earlier_content(batch))
    near = gap <= _RETURN
    hits = at[near & (gap <= _RETURN // 4)]
    units = np.bincount(batch.article[at[near]], minlength=batch.size)
    value = divide(np.bincount(batch.article[hits], minlength=batch.size), units)
    return Measured(value, hits, hits + 1, np.ones(len(hits)))


FAMILY = Family(
    "rhythm",
    "Length, evenness and openings of sentences, and the marks and clauses inside them.",
    (
        sentence_length,
        sentence_length_deviation,
        sentence_length_variation,
        short_sentences,
        middling_sentences,
        long_sentences,
        short_after_long,
        uneven_neighbours,
        length_echo,
        block_length_spread,
        length_trend,
        first_sentence_length,
        bursty_words,
        same_opening_again,
        opening_variety,
        openings,
        connective_openings,
        conjunction_openings,
        participle_openings,
        this_noun_openings,
        marks_in_sentences,
        after_comma,
        comma_chains,
        lead_in_length,
        tail_length,
        joined_words,
        phrase_length,
        phrase_length_spread,
        colon_explanations,
        questions,
        exclamations,
        quoted_sentences,
        closes_on_quotation,
        ends_on_attribution,
        closing_word_length,
    ),
    tables={"openings": OPENINGS, "marks_in_sentences": MARKS, "after_comma": AFTER_COMMA},
)

__all__ = ["FAMILY", "show"]
