"""Sentence boundaries: a table of splits, and agreement with NLTK's Punkt on human news."""

from __future__ import annotations

import random
import re
from collections import defaultdict

import numpy as np
import pytest
from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

from detector.batchtext import Batch
from detector.corpora import read
from detector.lexicon import LISTS, PUNKT, read_list

TABLE = [
    # abbreviations
    ["The U.S. navy left.", "Nobody spoke."],
    ["He lives in the U.S.", "The house is small."],
    ["Mr. Tarn met Dr. Ohl.", "They left."],
    ["Gov. Ida Ohl vetoed it.", "Sen. Tarn did not."],
    ["It is No. 10 in the list.", "Nobody knows why."],
    ["He said no.", "Ten men left."],
    ["It began at 9 p.m. on Monday.", "It ended at 11 p.m.", "Nobody stayed."],
    ["They met on Jan. 5 in Oddvik.", "It snowed."],
    ["The firm, Tarn Inc., lost money.", "Shares fell."],
    ["She has a Ph.D. in law.", "He has none."],
    ["They sell apples, pears, etc.", "Nobody buys them."],
    ["He read vol. 3 and pp. 4 to 9.", "It was dull."],
    ["St. Olav's church burned.", "St. Olav was a king."],
    # initials, and single letters that are none
    ["J. R. Storvann wrote it.", "W.R. Ohl read it."],
    ["Fish is rich in vitamin D.", "The doctor said so."],
    ["Fish is rich in vitamin D.", '"It helps," said Dr. Ohl.'],
    # figures
    ["Prices rose 3.5 percent.", "Wages fell 2.1 percent."],
    ["It cost $5.", "$3 came back."],
    ["The vote is over.", "18 members stayed."],
    ["Look for the design team.", "18F is at the harbour."],
    # quotations and brackets
    ['"We won," she said.', '"It was close."', "He left."],
    ["\u201cWho won?\u201d she asked.", "He left."],
    ["\u201cI won.\u201d", "\u201cYou lost.\u201d"],
    ["\u201cI won!\u201d said Ida.", "\u201cYou lost,\u201d said Per."],
    ["He stayed.", '"[They] all left," she said.'],
    ["(It rained.)", "They left."],
    ["He said it (twice).", "They left."],
    # other marks
    ["He waited...", "Then he left."],
    ["He waited \u2026 and then he left."],
    ["He waited ... and then he left."],
    ["Why?", "Because!", "Really."],
    ["Is it so?!", "Yes."],
    ["Visit oddvik.example for more.", "It is free."],
    ["no capitals here. none there either. it is one."],
]


def cut(text: str) -> list[str]:
    """The sentences of a text that holds at least one token, as they stand in it."""
    batch = Batch.from_texts([text])
    starts, ends = batch.spans(batch.sentence_first, batch.sentence_last)
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


@pytest.mark.parametrize("sentences", TABLE, ids=" | ".join)
def test_table_of_splits(sentences: list[str]):
    assert cut(" ".join(sentences)) == sentences


@pytest.mark.parametrize("sentences", TABLE, ids=" | ".join)
def test_a_line_for_each_sentence_changes_nothing(sentences: list[str]):
    assert cut("\n\n".join(sentences)) == sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("He left.Then she came.", ["He left.", "Then she came."]),
        ("It closed in 1990.Then it burned.", ["It closed in 1990.", "Then it burned."]),
        ('"It is late."Then she left.', ['"It is late."', "Then she left."]),
        ("Ann is late.I waited.", ["Ann is late.", "I waited."]),
        ("Is it late?Nobody knows.", ["Is it late?", "Nobody knows."]),
        ("He read oddvik.example and Tarn.No today.", ["He read oddvik.example and Tarn.", "No today."]),
        ("The U.S.Navy left.", ["The U.S.Navy left."]),
        ("It is 3.Five of them left at 10.30.", ["It is 3.", "Five of them left at 10.30."]),
    ],
)
def test_sentences_that_lost_their_space(text: str, sentences: list[str]):
    assert cut(text) == sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        # a heading and a by-line without full stops
        (
            "A quiet day\nBy Ida Storvann\nThe mayor of Oddvik left.",
            ["A quiet day", "By Ida Storvann", "The mayor of Oddvik left."],
        ),
        ("A quiet day\n\nthe mayor left.", ["A quiet day", "the mayor left."]),
        # lines of a file that is hard-wrapped
        (
            "The mayor of the town of Oddvik left by the first boat of the\nmorning and came back before night fell.",
            ["The mayor of the town of Oddvik left by the first boat of the\nmorning and came back before night fell."],
        ),
        (
            "The mayor of the town of Oddvik left by the first boat, and so did Per\nOhl of Tarn.\nIt rained.",
            ["The mayor of the town of Oddvik left by the first boat, and so did Per\nOhl of Tarn.", "It rained."],
        ),
        ("The shop sells two things:\nBread and milk.", ["The shop sells two things:", "Bread and milk."]),
        ("It rained.\r\nThey left.\rThey came back.", ["It rained.", "They left.", "They came back."]),
    ],
)
def test_lines_without_full_stops(text: str, sentences: list[str]):
    assert cut(text) == sentences


@pytest.fixture(scope="module")
def punkt() -> PunktSentenceTokenizer:
    """Punkt from our text files: its own loader accepts no path, and NLTK's data would have to be downloaded."""
    parameters = PunktParameters()
    parameters.sent_starters = set(read_list(PUNKT / "sent_starters.txt"))
    for path in (PUNKT / "abbrev_types.txt", LISTS / "abbreviations.txt", LISTS / "titles.txt"):
        parameters.abbrev_types |= set(read_list(path))
    pairs = [line.split("\t") for line in (PUNKT / "collocations.tab").read_text(encoding="utf-8").splitlines()]
    parameters.collocations = {(left, right) for left, right in pairs}
    lines = (PUNKT / "ortho_context.tab").read_text(encoding="utf-8").splitlines()
    context = {word: int(flags) for word, flags in (line.split("\t") for line in lines)}
    parameters.ortho_context = defaultdict(int, context)
    return PunktSentenceTokenizer(parameters)


def starts(punkt: PunktSentenceTokenizer, text: str) -> tuple[set[int], set[int]]:
    """Where our sentences and Punkt's begin, the first one and an unfinished last one left out."""
    batch = Batch.from_texts([text])
    ours, _ = batch.spans(batch.sentence_first, batch.sentence_last)
    _, end = batch.spans(np.array([len(batch.kind) - 1]), np.array([len(batch.kind)]))
    theirs = {start for start, _ in punkt.span_tokenize(text) if start < end[0]}
    return set(ours[1:].tolist()), theirs - {0}


def agreement(punkt: PunktSentenceTokenizer, texts: list[str]) -> tuple[float, float]:
    """The share of our boundaries that are Punkt's, and of Punkt's that are ours."""
    pairs = [starts(punkt, re.sub(r"\s+", " ", text).strip()) for text in texts]
    both, ours, theirs = (sum(map(len, sets)) for sets in zip(*[(a & b, a, b) for a, b in pairs], strict=True))
    return both / ours, both / theirs


# Measured: 0.991 and 0.989, 0.993 and 0.979, 0.999 and 0.998 (F1 0.990, 0.986, 0.998).
@pytest.mark.parametrize("source", ["human_reuters_c50", "human_modern", "human_abc2006"])
def test_agreement_with_punkt_on_human_news(corpora, punkt: PunktSentenceTokenizer, source: str):
    texts = read([corpora / f"{source}.jsonl.gz"]).texts
    precision, recall = agreement(punkt, random.Random(1).sample(texts, 100))
    assert precision > 0.98
    assert recall > 0.965


def test_agreement_with_punkt_on_small_texts(punkt: PunktSentenceTokenizer):
    # Punkt also begins sentences in lower case and after "W.R.", and takes every "no." for an abbreviation.
    precision, recall = agreement(punkt, [" ".join(sentences) for sentences in TABLE])
    assert precision > 0.95
    assert recall > 0.85
