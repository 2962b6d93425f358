"""What n-grams may and may not see: not the names, places, years and figures, not the style of the marks."""

import numpy as np
import pytest
from invented import PLAIN, PUFFED, article

from detector import hashkeys
from detector.additive import Evidences
from detector.batchtext import Batch
from detector.families import FAMILIES
from detector.families.ngrams import BITS, channels, pack
from detector.model import load

# Machine-written, about invented people and places.
STORY = (
    "{town} will get a new swimming pool after all. The council, which met on 4 March {year}, voted for it by 12 to 7. "
    '"We have waited since {before} for this," {name} said. {last}\'s party had called it a waste of money; '
    "others, among them the mayor of {other}, didn't agree. In {other} a pool was closed in {before}, and nobody knows "
    "what will become of the building. {last} added that about {count} people had signed a letter. The money comes "
    "from a fund that {name} set up in the {year} budget - a small one, and never used. Work in {town} begins in May."
)
DRESS = (
    {"town": "Ostermere", "other": "Brackwater", "name": "Halvard Quill", "last": "Quill", "year": "1997",
     "before": "1985", "count": "4300"},
    {"town": "Sallowby", "other": "Vaneholm", "name": "Ines Borrowdale", "last": "Borrowdale", "year": "2021",
     "before": "2012", "count": "6821"},
    {"town": "Grimvold", "other": "Tarnwick", "name": "Zed Abernethy", "last": "Abernethy", "year": "2007",
     "before": "1999", "count": "1150"},
)  # fmt: skip
STYLES = {
    "curly quotes": lambda text: text.replace(' "', " \u201c").replace('"', "\u201d").replace("'", "\u2019"),
    "spaced marks": lambda text: text.replace(",", " ,").replace(". ", " . "),
    "en dashes": lambda text: text.replace(" - ", " \u2013 "),
    "em dashes": lambda text: text.replace(" - ", "\u2014"),
    "double hyphens": lambda text: text.replace(" - ", " -- "),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "lines": lambda text: text.replace(". ", ".\n"),
    "split apostrophes": lambda text: text.replace("'s", " ' s"),
    "zero-width spaces": lambda text: text.replace("the", "t\u200bhe"),
}


def measured(text):
    return Evidences.from_texts([text])


def buckets(text):
    """The sorted buckets of each channel."""
    return {name: sorted(channel.bucket.tolist()) for name, channel in channels(Batch.from_texts([text])).items()}


def test_buckets_lie_in_their_tables_and_begin_at_tokens():
    batch = Batch.from_texts([article(seed, PUFFED) for seed in range(4)] + ["", "word"])
    for name, channel in channels(batch).items():
        assert channel.bucket.min() >= 0
        assert channel.bucket.max() < 1 << BITS[name]
        assert channel.token.max() < len(batch.article)
        assert np.unique(channel.bucket).size > 20


def test_an_article_has_the_same_ngrams_alone_and_in_a_batch():
    texts = [article(seed, PLAIN) for seed in range(4)]
    for name, channel in channels(Batch.from_texts(texts)).items():
        article_of = Batch.from_texts(texts).article[channel.token]
        for number, text in enumerate(texts):
            assert sorted(channel.bucket[article_of == number].tolist()) == buckets(text)[name]


@pytest.mark.parametrize("other", DRESS[1:], ids=["second", "third"])
def test_names_places_and_figures_have_no_ngrams_of_their_own(other):
    first, second = buckets(STORY.format(**DRESS[0])), buckets(STORY.format(**other))
    for channel in BITS:
        assert first[channel] == second[channel], channel


def test_other_common_words_have_others():
    first, second = buckets("They walked home and were glad."), buckets("They walked home but were sad.")
    assert all(first[channel] != second[channel] for channel in BITS)


def test_names_and_figures_do_not_change_a_score_through_ngrams():
    panel = load()._model.panel
    first, *others = (panel.ngrams(measured(STORY.format(**dress))).tolist() for dress in DRESS)
    assert len(first[0]) == len(panel.experts)
    assert all(first[0])
    assert others == [first, first]


@pytest.mark.parametrize("experts", [1, 4, 5])
def test_packed_tables_have_the_means_of_each(experts):
    random = np.random.default_rng(5)
    tables = [random.integers(-128, 128, 1 << BITS["word1"]).astype(np.int8) for _ in range(experts)]
    tables[0][:] = 127  # the largest sum that there can be
    texts = ["", "Rain.", article(1, PLAIN, 20), *[article(seed, PUFFED, 60) for seed in range(3)]]
    channel = channels(Batch.from_texts(texts))["word1"]
    means = channel.means(pack(tables))
    owner = np.repeat(np.arange(len(texts)), channel.per_article)
    for table, mean in zip(tables, means, strict=False):
        total = np.bincount(owner, table[channel.bucket].astype(float), len(texts))
        assert (mean * channel.per_article).round(6).tolist() == total.tolist()


@pytest.mark.parametrize("style", STYLES)
def test_the_style_of_marks_has_no_ngrams_of_its_own(style):
    for text in (STORY.format(**DRESS[0]), article(1, PUFFED, 20), article(2, PLAIN, 20)):
        assert buckets(STYLES[style](text)) == buckets(text)


@pytest.mark.parametrize("style", STYLES)
def test_the_style_of_marks_changes_typography_alone(style):
    text = STORY.format(**DRESS[0])
    changed = STYLES[style](text)
    assert changed != text
    given, taken = measured(text).values[0], measured(changed).values[0]
    at = 0
    for family in FAMILIES:
        columns = slice(at, at + len(family.names))
        if not family.only_raises:
            np.testing.assert_array_equal(taken[columns], given[columns], err_msg=family.name)
        at = columns.stop
    before, after = load().explain(text).contributions, load().explain(changed).contributions
    assert {name for name in before if before[name] != after[name]} <= {"typography"}
    assert after["typography"] >= before["typography"]


def test_the_numbers_behind_hashes_are_those_that_the_seeds_gave():
    tokens, ngrams = np.random.default_rng(20230401), np.random.default_rng(19990217)
    for numbers in (hashkeys.BYTES, hashkeys.PLACES):
        assert numbers.tolist() == tokens.integers(1, 2**32, len(numbers), dtype=np.uint32).tolist()
    assert ngrams.integers(1, 2**32, 2, dtype=np.uint32)[0] == hashkeys.NAME
    for numbers in (hashkeys.ENDINGS, hashkeys.NGRAM_PLACES):
        assert numbers.tolist() == ngrams.integers(1, 2**32, len(numbers), dtype=np.uint32).tolist()
