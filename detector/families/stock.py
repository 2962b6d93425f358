"""Stock phrases: what language models overuse, counted by kind.

Models write the same few hundred phrases about any subject.  Kinds are kept apart because they belong to different
machines: chat models of 2023 and 2024 puff up significance and shock their readers, those of 2026 weigh and measure.
Sources: Wikipedia, "Signs of AI writing"; Kobak et al. 2025, Science Advances 11 (excess vocabulary); Juzek and Ward
2025, COLING ("Why does ChatGPT delve so much?"); NewsGuard 2023, "Rise of the Newsbots"; and counts over corpora by
`benchmarks/list_counts.py`.  Patterns of the sentence are in `stock_patterns`.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from detector.batchtext import Batch
from detector.families import stock_patterns as patterns
from detector.families.measure import Family, Measured, per_100_words, per_sentence, show, table
from detector.families.phrases import occurrences


def significance(batch: Batch) -> Measured:
    """The passage says that something matters instead of saying what happened.

    >>> show(significance, "The bridge plays a crucial role and stands as a testament to Oddny's patience.")
    (14.29, ['plays a crucial role', 'stands as a testament'])
    """
    return per_100_words(batch, *occurrences(batch, "significance"))


def hedged_outlook(batch: Batch) -> Measured:
    """The passage looks ahead without committing to anything.

    >>> show(hedged_outlook, "Only time will tell, and the date remains unclear.")
    (22.22, ['Only time will tell', 'remains unclear'])
    """
    return per_100_words(batch, *occurrences(batch, "hedged_outlook"))


def fillers(batch: Batch) -> Measured:
    """The phrase fills the sentence and could be left out.

    >>> show(fillers, "It is important to note that the pool is shut.")
    (10.0, ['It is important to note'])
    """
    return per_100_words(batch, *occurrences(batch, "fillers"))


def metaphors(batch: Batch) -> Measured:
    """The image is one that machines use for any subject.

    >>> show(metaphors, "Harlow is a beacon of hope in the tech landscape.")
    (20.0, ['a beacon of', 'tech landscape'])
    """
    return per_100_words(batch, *occurrences(batch, "metaphors"))


def overused_verbs(batch: Batch) -> Measured:
    """The verb is one of those that machines, on the whole, write several times as often as people do.

    >>> show(overused_verbs, "The talks delve into tariffs and foster trust.")
    (25.0, ['delve', 'foster'])
    """
    return per_100_words(batch, *occurrences(batch, "overused_verbs"))


def overused_nouns(batch: Batch) -> Measured:
    """The noun is one of those that machines, on the whole, write several times as often as people do.

    >>> show(overused_nouns, "The scrutiny of his dedication goes on.")
    (28.57, ['scrutiny', 'dedication'])
    """
    return per_100_words(batch, *occurrences(batch, "overused_nouns"))


def plain_verbs(batch: Batch) -> Measured:
    """The plain verb is one of those that recent models, on the whole, write more often than people do.

    >>> show(plain_verbs, "The shop sits on a hill and depends on visitors.")
    (20.0, ['sits', 'depends'])
    """
    return per_100_words(batch, *occurrences(batch, "plain_verbs"))


def overused_adjectives(batch: Batch) -> Measured:
    """The adjective is one of those that machines write several times as often as people do.

    >>> show(overused_adjectives, "A crucial and comprehensive plan was published.")
    (28.57, ['crucial', 'comprehensive'])
    """
    return per_100_words(batch, *occurrences(batch, "overused_adjectives"))


def overused_adverbs(batch: Batch) -> Measured:
    """The adverb is one of those with which machines, on the whole, colour statements more often than people do.

    >>> show(overused_adverbs, "The mayor was undoubtedly late.")
    (20.0, ['undoubtedly'])
    """
    return per_100_words(batch, *occurrences(batch, "overused_adverbs"))


def vague_intensity(batch: Batch) -> Measured:
    """The passage speaks of change or growth and names no amount.

    >>> show(vague_intensity, "In an ever-evolving market a growing number of shops close.")
    (18.18, ['ever-evolving', 'a growing number'])
    """
    return per_100_words(batch, *occurrences(batch, "vague_intensity"))


def summary_openings(batch: Batch) -> Measured:
    """The sentence opens by announcing a summary or a conclusion.

    >>> show(summary_openings, "Rain fell. In conclusion, the roof leaks.")
    (0.5, ['In conclusion'])
    """
    first, last = occurrences(batch, "summary_openings")
    opens = batch.opens_sentence[first]
    return per_sentence(batch, first[opens], last[opens])


def reader_address(batch: Batch) -> Measured:
    """The passage guides its reader as explainers written for search engines do.

    >>> show(reader_address, "Whether you're new or not, here's what you need to know.")
    (18.18, ["Whether you're", "here's what you need to know"])
    """
    return per_100_words(batch, *occurrences(batch, "reader_address"))


def tabloid_phrases(batch: Batch) -> Measured:
    """The phrase is stock of celebrity news and outrage.

    >>> show(tabloid_phrases, "The split sent shockwaves through the village, sources close to Mirren said.")
    (16.67, ['sent shockwaves through', 'sources close to'])
    """
    return per_100_words(batch, *occurrences(batch, "tabloid"))


def public_reaction(batch: Batch) -> Measured:
    """The passage says how people felt or argued, and names nobody.

    >>> show(public_reaction, "The plan sparked outrage, with many calling for a vote.")
    (20.0, ['sparked outrage', 'with many calling'])
    """
    return per_100_words(batch, *occurrences(batch, "public_reaction"))


def newsroom_formulas(batch: Batch) -> Measured:
    """The phrase is a formula of automated newsrooms.

    >>> show(newsroom_formulas, "Why it matters: Brell Foods did not immediately respond, as of publication.")
    (25.0, ['Why it matters', 'did not immediately respond', 'as of publication'])
    """
    return per_100_words(batch, *occurrences(batch, "newsroom_formulas"))


def measured_formulas(batch: Batch) -> Measured:
    """The phrase belongs to the even, weighing tone of recent models.

    >>> show(measured_formulas, "Taken together, the bids show how quickly prices moved, and whether they hold.")
    (23.08, ['Taken together', 'how quickly', ', and whether'])
    """
    return per_100_words(batch, *occurrences(batch, "measured_formulas"))


CONNECTIVES = ("additive", "contrast", "result", "plain")


def connectives(batch: Batch) -> Measured:
    """The sentence hangs together by a connective at its head or between commas.

    The kinds are adding ("moreover"), contrasting ("however"), concluding ("as a result") and the plain words with
    which people open sentences ("but", "and"), per sentence; after Quirk et al. 1985, chapter 8.

    >>> show(connectives, "Moreover, rents rose. But wages, however, fell.")
    ([0.5, 0.5, 0.0, 0.5], ['Moreover', 'however', 'But'])
    """
    firsts, lasts, columns = [], [], []
    for number, name in enumerate(CONNECTIVES):
        first, last = occurrences(batch, f"connectives_{name}")
        stop = np.minimum(last, len(batch.mark) - 1)
        use = batch.opens_sentence[first] | ((batch.mark[stop] == ord(",")) & (name != "plain"))
        firsts.append(first[use])
        lasts.append(last[use])
        columns.append(np.full(use.sum(), number))
    first, column = np.concatenate(firsts), np.concatenate(columns)
    return replace(table(batch, first, column, len(CONNECTIVES), batch.sentences), last=np.concatenate(lasts))


FAMILY = Family(
    "stock",
    "Phrases and sentence patterns that models overuse, by kind.",
    (
        significance,
        hedged_outlook,
        fillers,
        metaphors,
        overused_verbs,
        plain_verbs,
        overused_nouns,
        overused_adjectives,
        overused_adverbs,
        vague_intensity,
        summary_openings,
        reader_address,
        tabloid_phrases,
        public_reaction,
        newsroom_formulas,
        measured_formulas,
        connectives,
        *patterns.FEATURES,
    ),
    tables={"connectives": CONNECTIVES},
)

__all__ = ["FAMILY", "show"]
