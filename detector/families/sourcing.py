"""Sourcing: who is said to have said it - named people, documents, quotations, dates and figures, or nobody at all.

News is built on attribution: a person with a name, a day, a document, words between quotation marks.  Text made
without reporting fills these places with "experts", "critics" and "many", with verbs that say more than "said", and
with short quotations that nobody speaks.  The features follow news agencies' handbooks on sourcing, Wikipedia's "Signs
of AI writing" on vague attribution, and counts over the corpora, which every list names.
"""

from __future__ import annotations

import numpy as np

from detector.batchtext import Batch, shift
from detector.families.measure import Family, Measured, per, per_100_words, show, table
from detector.families.particulars import dates, figures, full_names, titled_names
from detector.families.quotations import (
    pronoun_speakers,
    quoted_share,
    short_quotations,
    speakerless_quotations,
)


def vague_attribution(batch: Batch) -> Measured:
    """A statement is attributed to nobody in particular.

    >>> show(vague_attribution, "Critics argue that the bridge is late. Oddny Vale said so.")
    (9.09, ['Critics argue'])
    """
    return per_100_words(batch, *batch.listed("vague_sources"))


def collective_attribution(batch: Batch) -> Measured:
    """A group speaks without a named person, as wire reports write it.

    >>> show(collective_attribution, "The ferry was late, officials said.")
    (16.67, ['officials said'])
    """
    return per_100_words(batch, *batch.listed("collective_sources"))


def attribution_verbs(batch: Batch) -> Measured:
    """A verb gives the statement to a speaker.

    >>> show(attribution_verbs, "The mayor said the pier was closed.")
    (14.29, ['said'])
    """
    return per_100_words(batch, batch.listed_words("attribution_verbs"))


def plain_said(batch: Batch) -> Measured:
    """The share of attribution verbs that are plain: said, says or told.

    >>> show(plain_said, "He said so. She noted it.")
    (0.5, ['said'])
    """
    verbs = batch.listed_words("attribution_verbs")
    plain = verbs[batch.has(verbs, "said_verbs")]
    return per(batch, np.bincount(batch.article[verbs], minlength=batch.size), plain)


def formal_attribution(batch: Batch) -> Measured:
    """A statement is not just said but stated, noted, emphasised or underscored.

    >>> show(formal_attribution, "The mayor emphasized the need and noted the cost.")
    (22.22, ['emphasized', 'noted'])
    """
    return per_100_words(batch, batch.listed_words("formal_attribution"))


def changing_verbs(batch: Batch) -> Measured:
    """The share of attribution verbs that differ from the one before, in place of a repeated "said".

    >>> show(changing_verbs, "He said so. She said no. They noted it.")
    (0.5, ['noted'])
    """
    verbs = batch.listed_words("attribution_verbs")
    before, after = verbs[:-1], verbs[1:]
    same_article = batch.article[before] == batch.article[after]
    differs = after[same_article & (batch.hash[before] != batch.hash[after])]
    return per(batch, np.bincount(batch.article[after[same_article]], minlength=batch.size), differs)


def named_speakers(batch: Batch) -> Measured:
    """The share of attribution verbs that touch a name.

    >>> show(named_speakers, "The pier closed, said Oddny Vale. The mayor said why.")
    (0.5, ['said'])
    """
    at = batch.listed_words("attribution_verbs")
    beside = batch.is_name[at - 1] | shift(batch.is_name, 1)[at]
    return per(batch, np.bincount(batch.article[at], minlength=batch.size), at[beside])


def according_to(batch: Batch) -> Measured:
    """A statement is given "according to" a name or to a common noun.

    >>> show(according_to, "According to Vale it rained, according to reports it snowed.")
    ([10.0, 10.0], ['According to', 'according to'])
    """
    first, last = batch.listed("according_phrase")
    name, determiner = batch.is_name, shift(batch.is_listed("determiners"), 1)[last - 1]
    named = np.where(determiner, shift(name, 2)[last - 1], shift(name, 1)[last - 1])
    common = (~named).astype(np.int64)
    found = table(batch, first, common, 2, batch.words / 100)
    return Measured(found.value, first, last, found.weight, common)


def told_the_press(batch: Batch) -> Measured:
    """Somebody told reporters, an outlet or a person by name.

    >>> show(told_the_press, "She told reporters that he told the truth. Vale told the Quillmouth Echo.")
    (15.38, ['told reporters', 'told the Quillmouth'])
    """
    told = batch.listed_words("told_verbs")
    after, end = told + 1, len(batch.mark) - 1
    after = after + batch.has(np.minimum(after, end), "determiners")
    at = np.minimum(after, end)
    hears = (batch.is_name[at] | batch.has(at, "press_audience")) & (after <= end)
    return per_100_words(batch, told[hears], after[hears] + 1)


def document_sources(batch: Batch) -> Measured:
    """A document that could be checked is named as the source.

    >>> show(document_sources, "The firm denied it in a statement.")
    (14.29, ['in a statement'])
    """
    return per_100_words(batch, *batch.listed("document_sources"))


def hedged_claims(batch: Batch) -> Measured:
    """A claim is passed on without standing by it.

    >>> show(hedged_claims, "The heir reportedly fled; the plot was obvious.")
    (12.5, ['reportedly'])
    """
    return per_100_words(batch, *batch.listed("hedged_claims"))


def first_hand_reporting(batch: Batch) -> Measured:
    """A reporter asked, interviewed or got no answer.

    >>> show(first_hand_reporting, "The owner declined to comment.")
    (20.0, ['declined to comment'])
    """
    return per_100_words(batch, *batch.listed("first_hand"))


def spokespeople(batch: Batch) -> Measured:
    """A spokesman or spokeswoman speaks for an organisation.

    >>> show(spokespeople, "It is safe, a spokeswoman for the port said.")
    (11.11, ['spokeswoman'])
    """
    return per_100_words(batch, batch.listed_words("spokespeople"))


FAMILY = Family(
    "sourcing",
    "Who is said to have said it: named people, documents, quotations, dates and figures, or nobody in particular.",
    (
        vague_attribution,
        collective_attribution,
        titled_names,
        full_names,
        attribution_verbs,
        plain_said,
        formal_attribution,
        changing_verbs,
        named_speakers,
        pronoun_speakers,
        according_to,
        quoted_share,
        short_quotations,
        speakerless_quotations,
        dates,
        figures,
        told_the_press,
        document_sources,
        hedged_claims,
        first_hand_reporting,
        spokespeople,
    ),
    tables={
        "according_to": ("name", "noun"),
        "dates": ("weekday", "month", "year"),
        "figures": ("number", "money", "percentage"),
    },
)

__all__ = ["FAMILY", "show"]
