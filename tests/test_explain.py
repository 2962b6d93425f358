"""Explaining: several articles at once give the reports of each alone, and passages are in order."""

import copy
import json
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import PLAIN, PUFFED, article, fitted

import detector
from detector.additive import Evidences
from detector.batchtext import Batch
from detector.families.measure import spans_of
from detector.report import Evidence
from detector.report.evidence import Passages, Told
from detector.verdict import judge

ODD = ["", " \n", "word", "\ud800 \u200b", "\x1d", "One. Two.", '"', "a. " * 300, "Never ending " * 200, "?!" * 90]
ARTICLES = [article(seed, PUFFED if seed % 2 else PLAIN, 10 + seed) for seed in range(12)]
TEXTS = [text for pair in zip(ARTICLES, ODD, strict=False) for text in pair] + ARTICLES[len(ODD) :]
ANY_TEXT = st.text(st.one_of(st.characters(), st.sampled_from(" .,!?'\"\n\u2019-AaeI1 \ud800")), max_size=200)


def everything(report):
    """Whatever can be read off a report, as text."""
    return repr((report.to_dict(), report.source, str(report), report.to_html()))


@pytest.mark.parametrize("make", [detector.load, fitted], ids=["shipped", "own"])
def test_several_at_once_are_explained_as_each_alone(make):
    alone = [everything(make().explain(text)) for text in TEXTS]
    assert [everything(report) for report in make().explain(TEXTS)] == alone
    assert [everything(report) for report in make().explain(TEXTS[::-1])] == alone[::-1]


@settings(max_examples=30)
@given(st.lists(ANY_TEXT, max_size=6))
def test_no_text_changes_the_report_of_another(texts):
    reports = detector.explain([*texts, ARTICLES[1]])
    assert [report.source for report in reports] == [*texts, ARTICLES[1]]
    assert repr(reports[-1].to_dict()) == repr(detector.explain(ARTICLES[1]).to_dict())


def test_more_than_fit_one_chunk_are_all_explained_in_order():
    texts = ["Short."] * 200 + ARTICLES[:2]
    reports = fitted().explain(iter(texts))
    assert [report.source for report in reports] == texts
    assert reports[-1] == fitted().explain(ARTICLES[1])


def test_a_str_gives_a_report_and_any_number_of_texts_a_list():
    assert detector.explain([]) == []
    assert detector.explain((ARTICLES[0],)) == [detector.explain(ARTICLES[0])]


def test_passages_are_in_order_and_are_what_the_features_counted():
    report = detector.explain(ARTICLES[3])
    order = [(-one.contribution, one.start, one.feature) for one in report.evidence]
    assert order == sorted(order)
    batch = Batch.from_texts([ARTICLES[3]])
    counted = sum(
        len(spans_of(batch, found)[0]) for found in Evidences.from_texts([ARTICLES[3]]).found if found.column is None
    )
    assert counted == sum(one.base_rate is not None for one in report.evidence) > 100


@pytest.mark.parametrize("text", [ARTICLES[5], "No. Yes! Two words. " * 30], ids=["article", "short sentences"])
def test_the_strongest_tokens_of_each_sentence_are_quoted(text):
    model = detector.load().model_
    evidences = Evidences.from_texts([text])
    batch = evidences.batch
    numbers = model.panel.token_contributions(evidences, judge(model, evidences).lead)
    starts, ends = batch.spans(np.arange(len(numbers)), np.arange(len(numbers)) + 1)
    expected = {}
    for first, last in zip(batch.sentence_first, batch.sentence_last, strict=True):
        three = sorted(range(first, last), key=lambda token: -numbers[token])[:3]
        quotes = [f"“{text[starts[at] : ends[min(at + 1, last - 1)]]}”" for at in three]
        expected[starts[first]] = f"Wording: above all {', '.join(quotes)}"
    told = {one.start: one.message for one in detector.explain(text).evidence if one.feature == "wording"}
    assert told == expected


def test_passages_behave_as_a_tuple_does():
    evidence = fitted().explain(ARTICLES[0]).evidence
    plain = tuple(evidence)
    assert all(type(one) is Evidence for one in plain)
    assert len(evidence) == len(plain) > 100
    assert evidence == plain
    assert plain == evidence
    assert evidence != plain[1:]
    assert evidence != list(plain)
    assert (evidence[0], evidence[-1], evidence[2:5]) == (plain[0], plain[-1], plain[2:5])
    assert (hash(evidence), repr(evidence)) == (hash(plain), repr(plain))
    assert plain[3] in evidence
    with pytest.raises(IndexError):
        evidence[len(plain)]


def test_a_report_is_the_same_when_it_was_copied_or_pickled():
    for text in (ARTICLES[0], ""):
        report, read = fitted().explain([text, text])
        assert len(tuple(read.evidence)) == len(report.evidence)
        for again in (pickle.loads(pickle.dumps(report)), copy.deepcopy(report)):
            assert everything(again) == everything(report)
            assert again.evidence == report.evidence
        assert pickle.dumps(read.evidence) == pickle.dumps(report.evidence)


def test_passages_of_equal_contribution_are_in_the_order_of_the_text_and_of_the_alphabet():
    told = [Told("b", "stock", "B", 0.5), Told("a", "praise", "A", None)]
    start, part = np.array([3, 0, 0, 3]), np.array([0.5, 0.5, 0.5, 0.75])
    passages = Passages("abcdef", start, start + 1, part, np.array([0, 0, 1, 1]), told)
    assert [(one.feature, one.text, one.contribution) for one in passages] == [
        ("a", "d", 0.75),
        ("a", "a", 0.5),
        ("b", "a", 0.5),
        ("b", "d", 0.5),
    ]
    assert list(Passages("", start[:0], start[:0], part[:0], start[:0], [])) == []


def test_plain_data_holds_every_passage_by_its_fields():
    report = fitted().explain(ARTICLES[0])
    plain = json.loads(json.dumps(report.to_dict()))["evidence"]
    assert plain == [dict(zip(Evidence._fields, one, strict=True)) for one in report.evidence]
