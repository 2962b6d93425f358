"""Edits, baseline, own newsrooms, transfer and weights, measured on invented articles that are easy to tell apart."""

import numpy as np
import pytest
from synthetic import invented_corpus

from detector.attacks import ATTACKS
from detector.evaluation import Holdout, Measured, comparison, edits, hold_out, own_newsroom
from detector.evaluation.records import Records
from detector.evaluation.transfer import transfer
from detector.evaluation.weights import MOST_FEATURES, SOURCES, largest
from detector.families import FEATURE_NAMES
from detector.model import Detector

PARAMETERS = Detector(folds=3).get_params()


@pytest.fixture(scope="module")
def measured():
    return Measured.of(invented_corpus(), None)


@pytest.fixture(scope="module")
def scored(measured):
    """gecscore and a human outlet left out, as sources; a part of modern2026, which the checks pass by."""
    holdouts = (
        Holdout("gecscore", ("gecscore",)),
        Holdout("human_abc2006", ("human_abc2006",)),
        Holdout("part", attacks=("wire",), about="instructions"),
    )
    return [hold_out(measured, one, PARAMETERS) for one in holdouts]


def test_edits_are_measured_on_the_paired_corpora_and_on_human_news(scored):
    result = edits(scored, Records.of(scored), 6, None)
    assert result.pop("sample") == {"most": 6, "machine": 6, "human": 12}
    assert list(result) == list(ATTACKS)
    for one in result.values():
        assert set(one["corpora"]) == {"gecscore"}
        assert one["machine"]["tpr_after"] - one["machine"]["tpr_before"] == one["corpora"]["gecscore"]
        assert all(0 <= share <= 1 for share in (*one["machine"].values(), *one["human"].values()))
    # The canonical view undoes it.
    assert result["zero_width_space"]["corpora"]["gecscore"] == 0


def test_edits_do_not_depend_on_the_order_of_holdouts(scored):
    given = Records.of(scored)
    assert edits(scored[::-1], given, 4, None) == edits(scored, given, 4, None)


def test_the_baseline_is_compared_on_the_same_articles(measured, scored):
    result = comparison.compare(measured.corpus, np.ones(len(measured.corpus), bool), scored, None)
    assert list(result["corpora"]) == ["gecscore"]
    assert result["training_articles"] == len(measured.corpus)
    assert result["corpora"]["gecscore"]["auroc"] > 0.9
    one = result["macro"]["0.01"]
    assert one["difference"] == pytest.approx(one["ours"] - one["theirs"])
    assert one["theirs"] == result["corpora"]["gecscore"]["tpr"]["0.01"]["tpr"]


def test_the_baseline_learns_from_no_article_of_a_holdout(measured, scored, monkeypatch):
    splits = []

    def noted(corpus, given, n_jobs):
        splits.extend(given)
        return [np.zeros(len(test)) for _, test in given]

    monkeypatch.setattr(comparison, "scores", noted)
    usable = np.arange(len(measured.corpus)) % 2 == 0
    comparison.compare(measured.corpus, usable, scored, None)
    assert len(splits) == 2
    for train, test in splits:
        groups = np.array(measured.corpus.groups)
        assert not set(groups[train]) & set(groups[test])
        assert usable[train].all()


def test_own_newsrooms_are_the_large_human_sources(scored, monkeypatch):
    monkeypatch.setattr(own_newsroom, "SMALLEST", 30)
    seen = []
    monkeypatch.setattr(own_newsroom, "coverage", lambda *given: seen.append(given) or {"n": len(given[1])})
    assert own_newsroom.own_newsrooms(scored) == {"gecscore": {"n": 40}, "human_abc2006": {"n": 40}}
    assert seen[0][0] is scored[0].model.reference
    human = scored[0].corpus.labels == 0
    assert np.array_equal(seen[0][1], scored[0].log_odds[human])


def test_an_expert_catches_its_own_kind_of_machine(measured):
    result = transfer(measured, PARAMETERS["alpha"], None)
    assert list(result) == ["gecscore", "imbd", "modern2026"]
    assert all(list(row) == list(result) for row in result.values())
    assert all(0 <= share <= 1 for row in result.values() for share in row.values())
    # All machines of this corpus write alike.
    assert min(share for row in result.values() for share in row.values()) > 0.5


def test_the_largest_weights_are_named_and_no_rare_word_is(measured, scored, monkeypatch):
    monkeypatch.setattr("detector.evaluation.weights.SOURCES", 4)
    assert SOURCES >= 10
    result = largest(scored[0].model, measured.corpus, None)
    assert set(result) == set(scored[0].model.panel.names)
    for one in result.values():
        assert len(one["features"]) == MOST_FEATURES
        assert {row["feature"] for row in one["features"]} <= set(FEATURE_NAMES)
        ranges = [row["range"] for row in one["features"]]
        assert ranges == sorted(ranges, reverse=True)
        assert sum(one["variance"].values()) == pytest.approx(1)
        assert one["ngrams"]
        names = " ".join(row["name"] for row in one["ngrams"])
        assert not any(word in names.lower() for word in ("halvard", "ostermere", "brackwater", "lindqvist"))
