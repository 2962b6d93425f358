"""Rates at a fixed share of false positives, their intervals, and calibration, against hand counts and scikit-learn."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.calibration import calibration_curve
from sklearn.metrics import brier_score_loss, roc_curve

from detector.evaluation.metrics import (
    Trial,
    balanced_weights,
    bootstrap_tpr,
    brier,
    expected_calibration_error,
    macro_tpr,
    paired_difference,
    reliability,
    threshold_at,
    tpr_at_fpr,
)

SCORES = st.lists(st.one_of(st.integers(-3, 3).map(float), st.just(-math.inf)), min_size=1, max_size=30)
RATES = st.floats(0, 1)


def trial(seed, lift=2.0, size=300, human_source="abc", name="m"):
    """Normal human and machine scores, two articles a group."""
    rng = np.random.default_rng(seed)
    groups = [n // 2 for n in range(size)]
    return Trial(
        rng.normal(size=size),
        [human_source] * size,
        [f"{human_source}{g}" for g in groups],
        rng.normal(lift, size=size),
        [f"{name}{g:03}" for g in groups],
    )


def test_the_threshold_lies_just_above_the_first_human_too_many():
    human = np.array([5.0, 4.0, 3.0, 2.0, 1.0])
    assert threshold_at(human, np.ones(5), 0.2) == math.nextafter(4, math.inf)
    assert threshold_at(human, np.ones(5), 0.39) == math.nextafter(4, math.inf)
    assert threshold_at(human, np.ones(5), 0.0) == math.nextafter(5, math.inf)
    assert threshold_at(human, np.ones(5), 1.0) == -math.inf


def test_weights_decide_how_many_articles_a_rate_allows():
    # The article at 4 weighs half of everything: at 40 % only the one at 5 may be flagged.
    human, weight = np.array([5.0, 4.0, 3.0]), np.array([1.0, 2.0, 1.0])
    assert threshold_at(human, weight, 0.4) == math.nextafter(4, math.inf)
    assert threshold_at(human, weight, 0.75) == math.nextafter(3, math.inf)
    assert tpr_at_fpr(human, weight, np.array([3.5, 4.0, 4.5, 6.0]), 0.4) == 0.5


def test_equal_scores_are_flagged_together_or_not_at_all():
    human = np.array([2.0, 2.0, 2.0, 1.0])
    assert threshold_at(human, np.ones(4), 0.5) == math.nextafter(2, math.inf)
    assert threshold_at(human, np.ones(4), 0.75) == math.nextafter(1, math.inf)


def test_one_of_a_hundred_is_one_per_cent_in_spite_of_rounding():
    for n in (100, 200, 300, 700):
        human = np.arange(n, dtype=float)
        assert (human >= threshold_at(human, np.full(n, 1 / n), 0.01)).sum() == n // 100


def test_abstentions_are_never_flagged_and_count_as_misses():
    human = np.array([-math.inf, -math.inf, 1.0])
    machine = np.array([-math.inf, -5.0, 2.0, 3.0])
    assert tpr_at_fpr(human, np.ones(3), machine, 0.1) == 0.5
    # Every human who got a verdict may be flagged: abstentions still are not.
    assert tpr_at_fpr(human, np.ones(3), machine, 0.5) == 0.75


@given(SCORES, RATES, st.data())
def test_the_threshold_keeps_the_rate_and_no_lower_one_does(human, fpr, data):
    human = np.array(human)
    weight = np.array(data.draw(st.lists(st.integers(1, 5), min_size=len(human), max_size=len(human))), float)
    limit = threshold_at(human, weight, fpr)
    assert weight[human >= limit].sum() <= fpr * weight.sum() * (1 + 1e-8)
    if limit > -math.inf:
        below = math.nextafter(limit, -math.inf)
        assert weight[human >= below].sum() > fpr * weight.sum()


@given(SCORES, SCORES, RATES)
def test_tpr_is_that_of_the_roc_curve(human, machine, fpr):
    human, machine = (np.where(np.isinf(values), -9.0, values) for values in (np.array(human), np.array(machine)))
    y = np.repeat([0, 1], [len(human), len(machine)])
    false, true, _ = roc_curve(y, np.concatenate([human, machine]), drop_intermediate=False)
    expected = true[false <= fpr * (1 + 1e-9)].max()
    assert tpr_at_fpr(human, np.ones(len(human)), machine, fpr) == pytest.approx(expected)


@pytest.mark.parametrize(("human", "machine"), [([], [1.0]), ([1.0], []), ([math.nan], [1.0]), ([1.0], [math.nan])])
def test_what_has_no_rate_is_refused(human, machine):
    with pytest.raises(ValueError, match="at least one human and one machine score"):
        tpr_at_fpr(np.array(human), np.ones(len(human)), np.array(machine), 0.01)


def test_a_bootstrap_interval_is_repeatable_and_holds_the_estimate():
    one = trial(0)
    parts = (one.human, one.human_source, one.human_group, one.machine, one.machine_group)
    low, high = bootstrap_tpr(*parts, 0.05)
    assert 0 < low < one.tpr(0.05) < high < 1
    assert (low, high) == bootstrap_tpr(*parts, 0.05)
    assert (low, high) != bootstrap_tpr(*parts, 0.05, seed=1)
    assert macro_tpr([one], 0.05) == (one.tpr(0.05), (low, high))


def test_the_bootstrap_has_the_width_of_the_binomial_where_only_machines_vary():
    # One human article: its threshold never moves, so TPR is a share of independent groups.
    machine = np.repeat([1.0, -1.0], [30, 70])
    groups = [f"m{n}" for n in range(100)]
    low, high = bootstrap_tpr(np.array([0.0]), ["a"], ["a"], machine, groups, 0.01, replicates=2000)
    spread = 1.96 * math.sqrt(0.3 * 0.7 / 100)
    assert (low, high) == pytest.approx((0.3 - spread, 0.3 + spread), abs=0.02)


def test_articles_of_one_group_are_drawn_together():
    machine = np.repeat([1.0, -1.0], 50)
    whole = bootstrap_tpr(np.array([0.0]), ["a"], ["a"], machine, ["m0"] * 50 + ["m1"] * 50, 0.01)
    assert whole == (0.0, 1.0)


def test_a_bootstrap_by_weights_is_one_by_copies():
    one = trial(3, size=60)
    rng = np.random.default_rng([0, 0, 1])
    picks = rng.integers(30, size=(200, 30))
    copies = [np.concatenate([one.machine[2 * g : 2 * g + 2] for g in row]) for row in picks]
    expected = np.quantile([(copy >= 1.0).mean() for copy in copies], [0.025, 0.975])
    low, high = bootstrap_tpr(np.array([np.nextafter(1.0, 0)]), ["a"], ["a"], one.machine, one.machine_group, 0.01)
    assert (low, high) == pytest.approx(tuple(expected))


def test_sources_weigh_equally_in_every_draw():
    # The large source never reaches the small one's scores; at 50 % the small one may be flagged whole, never more.
    human = np.concatenate([np.full(90, 0.0), np.full(10, 5.0)])
    sources = ["large"] * 90 + ["small"] * 10
    groups = [f"g{n}" for n in range(100)]
    low, high = bootstrap_tpr(human, sources, groups, np.full(10, 1.0), [f"m{n}" for n in range(10)], 0.5)
    assert (low, high) == pytest.approx((1.0, 1.0))


def test_the_same_detector_twice_differs_by_nothing():
    trials = [trial(0), trial(1, name="n")]
    same = paired_difference(trials, trials, 0.05)
    assert (same.difference, same.difference_interval) == (0.0, (0.0, 0.0))
    assert (same.misses, same.misses_interval) == (1.0, (1.0, 1.0))
    assert same.ours == np.mean([one.tpr(0.05) for one in trials])
    assert (same.ours, same.ours_interval) == macro_tpr(trials, 0.05)


def test_a_paired_interval_is_narrower_than_its_parts():
    theirs = [trial(0), trial(1, name="n")]
    ours = [dataclasses.replace(one, machine=one.machine + 0.3) for one in theirs]
    found = paired_difference(ours, theirs, 0.05)
    low, high = found.difference_interval
    assert 0 < low <= found.difference <= high
    assert high - low < found.ours_interval[1] - found.ours_interval[0]
    assert found.misses == pytest.approx((1 - found.ours) / (1 - found.theirs))
    assert found.misses_interval[0] < found.misses < found.misses_interval[1] < 1


def test_nothing_missed_by_either_is_no_division_by_nought():
    perfect = [trial(0, lift=50.0)]
    found = paired_difference(perfect, perfect, 0.05)
    assert (found.misses, found.misses_interval) == (1.0, (1.0, 1.0))


def test_different_articles_are_no_pair():
    with pytest.raises(ValueError, match="do not hold the same articles"):
        paired_difference([trial(0)], [trial(0, name="other")], 0.05)


def test_balanced_weights_halve_the_classes_and_share_out_their_sources():
    y = np.array([0, 0, 0, 0, 1, 1])
    weight = balanced_weights(y, ["a", "a", "a", "b", "c", "c"])
    assert weight == pytest.approx([1 / 12, 1 / 12, 1 / 12, 1 / 4, 1 / 4, 1 / 4])


def test_a_reliability_table_by_hand():
    # Scores 0.2, 0.2, 0.8 and 0.5; two bins; the last article counts twice.
    log_odds = np.log([0.25, 0.25, 4.0, 1.0])
    low, high = reliability(log_odds, np.array([0, 1, 1, 0]), np.array([1.0, 1.0, 1.0, 2.0]), bins=2)
    assert dataclasses.astuple(low) == pytest.approx((0.0, 0.5, 0.4, 0.2, 0.5))
    assert dataclasses.astuple(high) == pytest.approx((0.5, 1.0, 0.6, 0.6, 1 / 3))
    error = expected_calibration_error(log_odds, np.array([0, 1, 1, 0]), np.array([1.0, 1.0, 1.0, 2.0]), bins=2)
    assert error == pytest.approx(0.4 * 0.3 + 0.6 * (0.6 - 1 / 3))
    assert brier(np.zeros(3), np.array([0, 1, 1]), np.ones(3)) == 0.25


def test_calibration_agrees_with_scikit_learn():
    rng = np.random.default_rng(0)
    log_odds, weight = rng.normal(scale=2, size=500), rng.uniform(0.5, 2, 500)
    y = (rng.uniform(size=500) < 1 / (1 + np.exp(-log_odds))).astype(int)
    score = 1 / (1 + np.exp(-log_odds))
    assert brier(log_odds, y, weight) == pytest.approx(brier_score_loss(y, score, sample_weight=weight))
    table = reliability(log_odds, y, np.ones(500))
    machine, mean = calibration_curve(y, score, n_bins=10)
    assert [one.machine for one in table] == pytest.approx(machine)
    assert [one.score for one in table] == pytest.approx(mean)
    assert sum(one.share for one in table) == pytest.approx(1)


def test_scores_of_one_and_nought_have_their_bins():
    log_odds = np.array([-math.inf, 800.0])
    table = reliability(log_odds, np.array([0, 1]), np.ones(2))
    assert [(one.low, one.high) for one in table] == [(0.0, 0.1), (0.9, 1.0)]
    assert expected_calibration_error(log_odds, np.array([0, 1]), np.ones(2)) == 0
