"""Words: which ones a writer chooses, apart from what they are about.

Function words and word endings have told authors apart since Mosteller and Wallace (1964), and topics hardly move them.
Language models lean towards nominal style, abstract endings, few contractions and an even, mid-frequency vocabulary
(Reinhart et al. 2025, PNAS 122:e2422455122; Munoz-Ortiz et al. 2024, Artificial Intelligence Review 57:265).
"""

from __future__ import annotations

from functools import cache

import numpy as np

from detector.batchtext import LOWER_CASE, TITLE_CASE, UPPER_CASE, Batch
from detector.families.grammar import (
    ENDINGS,
    adverbs,
    endings,
    may_end,
    nominal_style,
    noun_stacks,
    passives,
    past_tense,
    perfects,
    preposition_chains,
)
from detector.families.measure import (
    Family,
    Measured,
    mask_per_100_words,
    mean_of_tokens,
    per,
    per_100_words,
    per_sentence,
    show,
    table,
)
from detector.families.richness import everyday_words, readability, unlisted_words, variety
from detector.lexicon import LISTS, Lexicon, read_list

FUNCTION_WORDS = tuple(read_list(LISTS / "frequent_function_words.txt"))
LONG, SHORT = 9, 3  # letters


@cache
def _function_word_columns(lexicon: Lexicon) -> np.ndarray:
    """For each word identifier its place in FUNCTION_WORDS, -1 for all others."""
    places = {word: place for place, word in enumerate(FUNCTION_WORDS)}
    return np.array([places.get(word, -1) for word in lexicon.words])


def function_words(batch: Batch) -> Measured:
    """How often this function word stands among the article's words.

    One column for each word of FUNCTION_WORDS, per 100 words (Mosteller and Wallace 1964).

    >>> show(function_words, "The mayor of Oddvik waited.")[0][FUNCTION_WORDS.index("the")]
    20.0
    """
    at = np.flatnonzero(batch.is_listed("frequent_function_words"))
    column = _function_word_columns(batch.lexicon).take(batch.word.take(at))
    return table(batch, at, column, len(FUNCTION_WORDS), batch.hundreds)


def suffixes(batch: Batch) -> Measured:
    """How many of the article's words have this ending.

    One column for each of ENDINGS, per 100 words, plurals included; the stem has three letters or more.

    >>> show(suffixes, "The organisations praised kindness in the red hall.")[1]
    ['organisations', 'praised', 'kindness']
    """
    at = may_end(batch)
    column = endings(batch, at)
    at, column = at[column > 0], column[column > 0] - 1
    return table(batch, at, column, len(ENDINGS), batch.hundreds)


def word_length(batch: Batch) -> Measured:
    """How long the words are on average, in letters.

    >>> show(word_length, "Rain fell in May.")
    (3.25, ['Rain', 'fell', 'in', 'May'])
    """
    return mean_of_tokens(batch, batch.length, batch.is_word)


def long_words(batch: Batch) -> Measured:
    """Words of nine letters or more, names left out.

    >>> show(long_words, "The extraordinary harbour of Oddvikshavn.")
    (20.0, ['extraordinary'])
    """
    return mask_per_100_words(batch, batch.is_word & (batch.length >= LONG) & (batch.case == LOWER_CASE))


def short_words(batch: Batch) -> Measured:
    """Words of one to three letters.

    >>> show(short_words, "We ran to town.")
    (75.0, ['We', 'ran', 'to'])
    """
    return mask_per_100_words(batch, batch.is_word & (batch.length <= SHORT))


def contractions(batch: Batch) -> Measured:
    """Contracted forms such as "don't" or "it's".

    Feature 59 of Biber (1988).

    >>> show(contractions, "It's late and the town's band won't play.")
    (25.0, ["It's", "won't"])
    """
    return per_100_words(batch, batch.listed_words("contractions"))


def first_person(batch: Batch) -> Measured:
    """Pronouns of the first person.

    >>> show(first_person, "We asked the US envoy to call me.")
    (25.0, ['We', 'me'])
    """
    at = batch.listed_words("first_person")
    shouted = (batch.case.take(at) == UPPER_CASE) & (batch.length.take(at) > 1)  # "US" is no pronoun
    return per_100_words(batch, at[~shouted])


def second_person(batch: Batch) -> Measured:
    """Pronouns that address the reader.

    >>> show(second_person, "You can bring your dog.")
    (40.0, ['You', 'your'])
    """
    return per_100_words(batch, batch.listed_words("second_person"))


def third_person(batch: Batch) -> Measured:
    """Personal pronouns of the third person.

    >>> show(third_person, "She lost her keys and it rained.")
    (28.57, ['She', 'her'])
    """
    return per_100_words(batch, batch.listed_words("third_person"))


def modal_verbs(batch: Batch) -> Measured:
    """Modal verbs such as "could" or "must".

    Capitals inside a sentence are a month or a name.

    >>> show(modal_verbs, "Trade could grow, said Will Tarn in May.")
    (12.5, ['could'])
    """
    at = batch.listed_words("modal_verbs")
    named = (batch.case.take(at) == TITLE_CASE) & ~batch.opens_sentence.take(at)
    return per_100_words(batch, at[~named])


def hedges(batch: Batch) -> Measured:
    """Words that lower the certainty of what is said.

    The list follows Hyland (2005), Metadiscourse.

    >>> show(hedges, "The plan seems sound and will probably pass.")
    (25.0, ['seems', 'probably'])
    """
    return per_100_words(batch, *batch.listed("hedging_words"))


def boosters(batch: Batch) -> Measured:
    """Words that raise the certainty or force of what is said.

    The list follows Hyland (2005), Metadiscourse.

    >>> show(boosters, "Of course the bridge is truly old.")
    (28.57, ['Of course', 'truly'])
    """
    return per_100_words(batch, *batch.listed("boosting_words"))


def negations(batch: Batch) -> Measured:
    """Negations such as "not", "never" or "none".

    "No. 10" is a number.

    >>> show(negations, "Nobody at No. 10 did not know.")
    (28.57, ['Nobody', 'not'])
    """
    at = batch.listed_words("negations")
    numbered = (batch.mark.take(at + 1, mode="clip") == ord(".")) & batch.is_number.take(at + 2, mode="clip")
    return per_100_words(batch, at[~numbered])


def conjunction_starts(batch: Batch) -> Measured:
    """Sentences that open with "and", "but", "or", "so" or "yet".

    >>> show(conjunction_starts, "It rained. But the band played.")
    (0.5, ['But'])
    """
    at = batch.openings
    return per_sentence(batch, at[batch.has(at, "opening_conjunctions")])


def mixed_spelling(batch: Batch) -> Measured:
    """American spellings among British ones, or the reverse, whichever are fewer.

    Share of all words with two spellings; 0 in a text that keeps to one.

    >>> show(mixed_spelling, "The colour of the theatre is a favorite of neighbours.")
    (0.25, ['favorite'])
    """
    at = np.sort(np.concatenate([batch.listed_words(f"{kind}_spellings") for kind in ("british", "american")]))
    article, is_british = batch.article[at], batch.has(at, "british_spellings")
    balance = np.bincount(article, np.where(is_british, 1, -1), batch.size)
    fewer = is_british == (balance <= 0)[article]
    return per(batch, np.bincount(article, minlength=batch.size), at[fewer])


FAMILY = Family(
    "words",
    "Which words are chosen: function words, endings, verb forms, pronouns, rare and repeated words.",
    (
        function_words,
        suffixes,
        variety,
        everyday_words,
        unlisted_words,
        readability,
        word_length,
        long_words,
        short_words,
        contractions,
        first_person,
        second_person,
        third_person,
        modal_verbs,
        hedges,
        boosters,
        negations,
        conjunction_starts,
        adverbs,
        nominal_style,
        noun_stacks,
        passives,
        past_tense,
        perfects,
        preposition_chains,
        mixed_spelling,
    ),
    tables={"function_words": FUNCTION_WORDS, "suffixes": ENDINGS, "variety": ("words", "content_words", "once")},
)

__all__ = ["FAMILY", "show"]
