"""What scores, p-values, flags and reports mean, on the shipped model; training, on a small one."""

import json
import math
from dataclasses import asdict

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import PLAIN, PUFFED, article, articles, fitted

import detector
from detector import Detector
from detector.families import FAMILIES

TEXTS = [*articles(12)[0], "", "Too short to say.", "Nur ein paar deutsche Wörter."]
RATES = (0.001, 0.01, 0.05, 0.2, 0.7)

ANY_TEXT = st.text(
    st.one_of(st.characters(), st.sampled_from(" .,!?'\"\n\u2019\u201c-AaeI1 \ud800\u200b")), max_size=400
)
ARTICLES = st.builds(
    lambda seed, own, sentences: article(seed, ("Mr. Quill paid $4.50 for a pie.", own or "x"), sentences),
    st.integers(0, 99),
    st.text(st.characters(exclude_characters="{}"), max_size=80),
    st.integers(5, 40),
)


@pytest.fixture(scope="module")
def shipped():
    return detector.load()


def logit(score):
    return math.log(score) - math.log1p(-score)


def test_a_str_gives_a_float_and_an_iterable_an_array_in_its_order(shipped):
    for method in (detector.score, shipped.score, shipped.decision_function, shipped.p_value):
        several = method(TEXTS)
        assert type(several) is np.ndarray
        assert several.dtype == np.float64
        assert several.shape == (len(TEXTS),)
        for text, number in zip(TEXTS, several, strict=True):
            alone = method(text)
            assert type(alone) is float
            np.testing.assert_array_equal(alone, number)
    assert type(shipped.flag(TEXTS[0])) is bool
    assert shipped.flag(TEXTS).dtype == np.bool_


@pytest.mark.parametrize(
    "container",
    [list, tuple, iter, lambda texts: (text for text in texts), lambda texts: np.array(texts, object), np.array,
     pd.Series, lambda texts: pd.Series(texts, index=range(len(texts), 0, -1))],
    ids=["list", "tuple", "iterator", "generator", "object array", "str array", "Series", "indexed Series"],
)  # fmt: skip
def test_any_iterable_of_str_will_do(shipped, container):
    np.testing.assert_array_equal(shipped.score(container(TEXTS)), shipped.score(TEXTS))


@pytest.mark.parametrize("method", ["score", "decision_function", "p_value", "flag", "predict"])
def test_no_texts_give_an_empty_array(shipped, method):
    result = getattr(shipped, method)([])
    assert result.shape == (0,)
    assert result.dtype == {"flag": np.bool_, "predict": np.int64}.get(method, np.float64)


def test_no_texts_give_an_empty_table(shipped):
    assert shipped.predict_proba([]).shape == (0, 2)
    assert list(shipped.rows([])) == []


def test_log_odds_are_the_logit_of_the_score(shipped):
    for log_odds, score in zip(shipped.decision_function(TEXTS), shipped.score(TEXTS), strict=True):
        assert 0 <= score <= 1
        if 0.0 < score < 1.0:
            assert logit(score) == pytest.approx(log_odds, rel=1e-6, abs=1e-9)


def test_probabilities_and_classes(shipped):
    both = shipped.predict_proba(TEXTS)
    assert both.shape == (len(TEXTS), 2)
    np.testing.assert_array_equal(both[:, 1], shipped.score(TEXTS))
    np.testing.assert_array_equal(both.sum(axis=1), np.ones(len(TEXTS)))
    assert shipped.classes_.tolist() == [0, 1]
    np.testing.assert_array_equal(shipped.predict(TEXTS), (shipped.decision_function(TEXTS) > 0).astype(int))


@settings(max_examples=60)
@given(st.lists(st.one_of(ANY_TEXT, ARTICLES), max_size=5), st.one_of(ANY_TEXT, ARTICLES), st.integers(0, 5))
def test_a_text_scores_the_same_alone_and_in_any_company(others, text, at):
    loaded = detector.load()
    texts = [*others[:at], text, *others[at:]]
    np.testing.assert_array_equal(loaded.decision_function(texts)[min(at, len(others))], loaded.decision_function(text))


def test_a_text_scores_the_same_in_a_large_batch(shipped):
    # More than one chunk, by articles and by length.
    texts = TEXTS * 12 + ["A long word. " * 40_000] + TEXTS
    alone = {text: shipped.decision_function(text) for text in set(texts)}
    np.testing.assert_array_equal(shipped.decision_function(texts), [alone[text] for text in texts])


@settings(max_examples=60)
@given(st.one_of(ANY_TEXT, ARTICLES))
def test_explaining_agrees_with_scoring_and_adds_up(text):
    loaded, report = detector.load(), detector.explain(text)
    assert report.log_odds == loaded.decision_function(text)
    assert math.isfinite(report.log_odds)
    assert report.score == loaded.score(text)
    np.testing.assert_array_equal(report.p_value, loaded.p_value(text))
    assert math.isnan(report.p_value) == (report.abstained is not None) == (report.tier is None)
    assert abs(math.fsum(report.contributions.values()) - report.log_odds) < 1e-9
    for one in report.evidence:
        assert text[one.start : one.end] == one.text != ""
        assert math.isfinite(one.contribution)
        assert one.base_rate is None or 0 < one.base_rate <= 1


def test_contributions_are_named_by_family(shipped):
    names = [family.name for family in FAMILIES]
    assert list(shipped.explain(TEXTS[0]).contributions) == ["intercept", *names, "n-grams"]


def test_evidence_gives_a_familys_contribution_back(shipped):
    # Contributions are measured from the average human article, so this holds for what an article has, not for what
    # it lacks: the wording of all sentences together is the whole of the n-grams.
    report = shipped.explain(TEXTS[1])
    wording = math.fsum(one.contribution for one in report.evidence if one.family == "n-grams")
    assert wording == pytest.approx(report.contributions["n-grams"], abs=1e-9)


def test_a_report_says_which_model_and_table_spoke(shipped):
    report = shipped.explain(TEXTS[0])
    assert (report.model, report.model_version) == (shipped.model_.about["name"], shipped.model_.about["version"])
    assert report.model == "news-en"
    assert report.table_id == shipped.model_.reference.table_id
    assert (report.resembles is not None) == (report.tier not in (None, "none"))


def test_rows_hold_what_reports_hold(shipped):
    for text, row in zip(TEXTS, shipped.rows(TEXTS), strict=True):
        report = shipped.explain(text)
        told = asdict(report) | {"table": report.table_id, "flagged": shipped.flag(text), "threshold_fpr": 0.01}
        told |= {"findings": len(report.findings), "findings_list": json.loads(json.dumps(told["findings"]))}
        told |= {f"contribution_{name.replace('-', '')}": one for name, one in report.contributions.items()}
        for name, value in row.items():
            assert value is None if name == "p_value" and math.isnan(told[name]) else value == told[name]


@pytest.mark.parametrize("rate", RATES)
def test_a_flag_is_a_p_value_of_at_most_the_rate(shipped, rate):
    np.testing.assert_array_equal(shipped.flag(TEXTS, rate), shipped.p_value(TEXTS) <= rate)


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("make", [detector.load, fitted], ids=["shipped", "own"])
def test_a_flag_is_log_odds_from_the_threshold_of_the_texts_length_on(make, rate):
    own = make()
    for row, flag in zip(own.rows(TEXTS), own.flag(TEXTS, rate), strict=True):
        assert flag == (row["abstained"] is None and row["log_odds"] >= own.threshold(rate, row["words"]))


def test_thresholds(shipped):
    for rate in RATES:
        assert shipped.threshold(rate) == shipped.threshold(rate, 80) == shipped.threshold(rate, 10**5)
    falling = [shipped.threshold(rate) for rate in RATES]
    assert falling == sorted(falling, reverse=True)
    assert shipped.threshold(0.01, 0) == math.inf
    assert math.isfinite(shipped.threshold(0.01))
    for wrong in (0, 1, -0.1, 1.5, math.nan):
        with pytest.raises(ValueError, match="must lie between 0 and 1"):
            shipped.threshold(wrong)


def test_an_abstention_is_nan_and_never_a_flag(shipped):
    assert math.isnan(shipped.p_value("Too short."))
    assert shipped.flag("Too short.", 0.999) is False
    assert math.isfinite(shipped.decision_function("Too short."))


def test_fit_learns_the_two_styles():
    texts, labels = articles()
    assert fitted().score(texts, labels) > 0.95
    assert fitted().predict([article(seed, PLAIN) for seed in range(500, 520)]).mean() < 0.2
    assert fitted().predict([article(seed, PUFFED) for seed in range(500, 520)]).mean() > 0.8
    assert fitted().classes_.tolist() == [0, 1]


def test_fit_gives_the_same_bytes_again(tmp_path):
    texts, labels = articles()
    sources = ["here" if seed % 3 else "there" for seed in range(len(texts))]
    again = Detector(folds=3, n_jobs=2).fit((text for text in texts), np.array(labels), sources=pd.Series(sources))
    again.save(tmp_path / "again.npz")
    fitted().save(tmp_path / "first.npz")
    assert (tmp_path / "again.npz").read_bytes() == (tmp_path / "first.npz").read_bytes()


def test_fit_refuses_what_it_cannot_learn_from():
    texts, labels = articles(60)
    for wrong, message in (
        ({"y": [0] * 60}, "machine texts"),
        ({"y": [1] * 60}, "human texts"),
        ({"y": labels[:-1]}, "59 entries for 60 texts"),
        ({"y": [*labels[:-1], 2]}, r"y\[59\] is 2"),
        ({"y": labels, "groups": ["one"]}, "groups has 1 entries"),
        ({"y": labels, "sources": ["one"]}, "sources has 1 entries"),
    ):
        with pytest.raises(ValueError, match=message):
            Detector().fit(texts, **wrong)
    with pytest.raises(TypeError, match=r"texts\[1\] is NoneType, not a str"):
        Detector().fit([texts[0], None, *texts[2:]], labels)
