"""Batch: one canonical view for many spellings of a text, and offsets into the text as it was given."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import articles

from detector.batchtext import LOWER_CASE, TITLE_CASE, UPPER_CASE, Batch
from detector.characters import DASH, EDGE, ELLIPSIS
from detector.tokens import MARK, NUMBER, WORD


def words_of(text: str) -> list[str]:
    """The tokens of one text in the canonical view, without its EDGE."""
    batch = Batch.from_texts([text])
    return [batch.token_text(index) for index in range(1, len(batch.kind))]


def passages(text: str) -> list[str]:
    """What each token covers in the text as given."""
    batch = Batch.from_texts([text])
    first = np.arange(1, len(batch.kind))
    return [text[start:end] for start, end in zip(*batch.spans(first, first + 1), strict=True)]


# Text, tokens in the canonical view, and what they cover in the text.
VIEWS = [
    ("It\u2019s \u201clate\u201d", ["It's", '"', "late", '"'], ["It\u2019s", "\u201c", "late", "\u201d"]),
    ("``It's late''", ['"', "It's", "late", '"'], ["``", "It's", "late", "''"]),
    ("pay\u200bment \ufeffdue\u00ad", ["payment", "due"], ["pay\u200bment", "due"]),
    ("left\u202eto\u202cright", ["lefttoright"], ["left\u202eto\u202cright"]),
    ("p\u0430yment in \u041eddvik", ["payment", "in", "Oddvik"], ["p\u0430yment", "in", "\u041eddvik"]),
    ("\U0001d407\U0001d41e\U0001d425 rose", ["Hel", "rose"], ["\U0001d407\U0001d41e\U0001d425", "rose"]),
    ("\U0001f600 Rain", ["\x19", "Rain"], ["\U0001f600", "Rain"]),
    ("\uff32\uff41\uff49\uff4e fell", ["Rain", "fell"], ["\uff32\uff41\uff49\uff4e", "fell"]),
    ("caf\u00e9 cafe\u0301", ["cafe", "cafe"], ["caf\u00e9", "cafe\u0301"[:4]]),
    ("one\r\ntwo\rthree\u2028four", ["one", "two", "three", "four"], ["one", "two", "three", "four"]),
    ("Oddvik ' s mayor wo n't", ["Oddvik's", "mayor", "wo", "n't"], ["Oddvik ' s", "mayor", "wo", "n't"]),
    ("won 't the boys ' boat", ["won't", "the", "boys", "'", "boat"], ["won 't", "the", "boys", "'", "boat"]),
    ("Ann left.Then I slept.", ["Ann", "left", ".", "Then", "I", "slept", "."], None),
    ("left ,then", ["left", ",", "then"], ["left", ",", "then"]),
    ("**Rain** _fell_ # here", ["Rain", "fell", "here"], ["Rain", "fell", "here"]),
    ("wait... what\u2026", ["wait", chr(ELLIPSIS), "what", chr(ELLIPSIS)], ["wait", "...", "what", "\u2026"]),
    ("a--b a \u2014 b", ["a", chr(DASH), "b", "a", chr(DASH), "b"], ["a", "--", "b", "a", "\u2014", "b"]),
    ("a.\u200b.\u200b. b", ["a", chr(ELLIPSIS), "b"], ["a", ".\u200b.\u200b.", "b"]),
    ("a -\u200b- b", ["a", chr(DASH), "b"], ["a", "-\u200b-", "b"]),
    ("nul\0nul \ud800x", ["nulnul", "\x19", "x"], ["nul\0nul", "\ud800", "x"]),
    ("U.S. e.g. 3.5 1,000 10:30", ["U.S", ".", "e.g", ".", "3.5", "1,000", "10:30"], None),
    ("$5 50% two-year", ["$", "5", "50", "%", "two", "-", "year"], None),
]


@pytest.mark.parametrize(("text", "tokens", "covered"), VIEWS, ids=[ascii(text) for text, _, _ in VIEWS])
def test_two_views_of_a_text(text: str, tokens: list[str], covered: list[str] | None):
    assert words_of(text) == tokens
    assert passages(text) == (tokens if covered is None else covered)


def test_a_space_between_words_does_not_come_and_go():
    assert words_of("The boys' toys, Per's and Ida's.") == [
        "The",
        "boys",
        "'",
        "toys",
        ",",
        "Per's",
        "and",
        "Ida's",
        ".",
    ]


def test_kinds_cases_and_marks():
    batch = Batch.from_texts(["The OVK paid 5 kr. I left!"])
    assert batch.kind.tolist() == [MARK, WORD, WORD, WORD, NUMBER, WORD, MARK, WORD, WORD, MARK]
    assert batch.case[[1, 2, 3, 7]].tolist() == [TITLE_CASE, UPPER_CASE, LOWER_CASE, UPPER_CASE]
    assert batch.mark[[0, 1, 6, 9]].tolist() == [EDGE, 0, ord("."), ord("!")]
    assert batch.is_mark(".!").nonzero()[0].tolist() == [6, 9]
    assert batch.words.tolist() == [7]


def test_the_hash_knows_no_capitals():
    batch = Batch.from_texts(["rain Rain RAIN"])
    assert len(set(batch.hash[1:].tolist())) == 1


def test_listed_phrases_cross_no_article():
    together = Batch.from_texts(["Nobody came in", "fact it rained."])
    assert together.listed("boosting_words")[0].tolist() == []
    assert len(Batch.from_texts(["Nobody came, in fact."]).listed("boosting_words")[0]) == 1


def test_names():
    batch = Batch.from_texts(["Yesterday Ida Storvann met the Mayor. Oddvik slept."])
    assert [batch.token_text(index) for index in np.flatnonzero(batch.is_name)] == [
        "Ida",
        "Storvann",
        "Mayor",
        "Oddvik",
    ]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("The boat left. Nobody saw it go. The mayor was", "The boat left. Nobody saw it go."),
        ("The boat left. Nobody saw it go. \u201cI was asleep,", "The boat left. Nobody saw it go."),
        ("The boat left. \u201cNobody saw it go.\u201d", "The boat left. \u201cNobody saw it go.\u201d"),
        ("It rained. The mayor of Oddvik was asleep and", "It rained. The mayor of Oddvik was asleep and"),
        ("The mayor of Oddvik", "The mayor of Oddvik"),
        ("Nobody saw the boat go (it was late)", "Nobody saw the boat go (it was late)"),
    ],
)
def test_an_unfinished_last_sentence_is_dropped_unless_it_is_half_the_text(text: str, kept: str):
    assert words_of(text) == words_of(kept)
    assert Batch.from_texts([text]).sentences.tolist() == Batch.from_texts([kept]).sentences.tolist()


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u200b", "\0", "***"])
def test_a_text_without_tokens(text: str):
    batch = Batch.from_texts([text])
    assert (batch.words.tolist(), batch.sentences.tolist(), batch.kind.tolist()) == ([0], [1], [MARK])


def test_an_empty_batch():
    batch = Batch.from_texts([])
    assert (batch.size, len(batch.kind), batch.words.tolist(), batch.sentences.tolist()) == (0, 0, [], [])


PROSE = "\n\n".join(articles(64)[0])


@pytest.mark.parametrize(
    "text", ["word " * 400_000, "w" * 2_000_000, "." * 2_000_000, "' " * 1_000_000, "A.\n" * 600_000]
)
def test_two_megabytes_of_the_same_take_not_much_longer_than_prose(text: str):
    def seconds(given: str) -> float:
        began = time.process_time()
        batch = Batch.from_texts([given])
        assert batch.words[0] + len(batch.kind) > 1
        return time.process_time() - began

    prose = (PROSE * (len(text) // len(PROSE) + 1))[: len(text)]
    seconds(prose)
    assert seconds(text) < 20 * seconds(prose)  # lines of one letter take 6 times as long


ANY_TEXT = st.text(
    st.one_of(st.characters(), st.sampled_from(" .,!?'\"`\n\r\u2019\u201c\u2014-AaeSstI1 ")), max_size=200
)


def arrays(batch: Batch, article: int) -> list[list[int]]:
    """What the batch holds of one article, its sentences counted from 0."""
    at = np.flatnonzero(batch.article == article)
    start, end = batch.spans(at, at + 1)
    columns = (batch.kind, batch.hash, batch.word, batch.case, batch.mark, batch.is_name, batch.opens_sentence)
    sentence = batch.sentence[at] - batch.sentence[at[0]]
    return [sentence.tolist(), start[1:].tolist(), end[1:].tolist(), *(column[at].tolist() for column in columns)]


@given(st.lists(ANY_TEXT, min_size=1, max_size=4))
def test_a_batch_equals_its_articles(texts: list[str]):
    together = Batch.from_texts(texts)
    for article, text in enumerate(texts):
        alone = Batch.from_texts([text])
        assert arrays(together, article) == arrays(alone, 0)
        assert together.sentences[article] == alone.sentences[0]
        assert together.words[article] == alone.words[0]


@given(ANY_TEXT)
def test_every_token_covers_text_that_folds_to_it(text: str):
    for token, passage in zip(words_of(text), passages(text), strict=True):
        assert passage
        assert words_of(passage) == [token]


@given(ANY_TEXT)
def test_tokens_stand_in_the_order_of_the_text(text: str):
    batch = Batch.from_texts([text])
    first = np.arange(1, len(batch.kind))
    start, end = batch.spans(first, first + 1)
    assert (start[1:] >= end[:-1]).all()
    assert (np.diff(batch.sentence) >= 0).all()
    assert ((start >= 0) & (end <= len(text))).all()


WORDS = st.one_of(
    st.sampled_from(["rain", "Oddvik's", "won't", "it's", "U.S", "3.5", "mayor", "boats", "two-year"]),
    st.text("abcdefgh\u00e9", min_size=2, max_size=8),
)
PIECES = st.lists(
    st.tuples(WORDS, st.sampled_from(["", "", "", ",", ";", ".", "?", "--", '"', ")"])), min_size=1, max_size=30
)


def spell(pieces: list[tuple[str, str]], before: str, after: str, fold: dict[str, str]) -> str:
    """Words and marks as one text, with the given spaces around marks and another face for some characters."""
    text = "".join(f"{word}{before if mark else ''}{mark}{after}" for word, mark in pieces) + "end."
    for plain, styled in fold.items():
        text = text.replace(plain, styled)
    return text


STYLES = {
    "curly quotes": ("", " ", {"'": "\u2019", '"': "\u201d"}),
    "spaced punctuation": (" ", " ", {}),
    "split apostrophes": ("", " ", {"n't": "n ' t", "'s": " ' s"}),
    "one word a line": ("", "\n", {}),
    "Windows lines": ("", "\r\n", {}),
    "double spaces": ("", "  ", {}),
    "no-break spaces": ("\u202f", "\u00a0", {}),
    "em dashes": ("", " ", {"--": "\u2014"}),
    "spaced en dashes": ("", " ", {"--": " \u2013 "}),
    "zero-width characters": ("\u200b", " \u200b", {"a": "a\u200d"}),
    "Markdown": ("", " ", {"rain": "**rain**", "mayor": "_mayor_"}),
    "homoglyphs": ("", " ", {"a": "\u0430", "e": "\u0435"}),
    "decomposed accents": ("", " ", {"\u00e9": "e\u0301"}),
}


@pytest.mark.parametrize("style", STYLES)
@given(PIECES)
def test_formatting_leaves_the_tokens_unchanged(style: str, pieces: list[tuple[str, str]]):
    plain = Batch.from_texts([spell(pieces, "", " ", {})])
    styled = Batch.from_texts([spell(pieces, *STYLES[style])])
    assert plain.hash.tolist() == styled.hash.tolist()
