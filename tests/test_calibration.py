"""Calibration: tails laid on each other, Platt's curve, and a human table that no outlet breaks."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.calibration import (
    BODY,
    NOMINAL_FPR,
    SAFE_FPR,
    SAFE_SIZE,
    TAIL,
    equal_source_weights,
    human_table,
    platt,
    tail_maps,
)
from detector.crossfit import ExpertPlan
from detector.reference import SHORTEST, Reference, make_band

PLANS = [ExpertPlan("a", "", None, 0.3), ExpertPlan("b", "", None, 0.5), ExpertPlan("c", "", None, 0.2)]


def logistic(log_odds):
    return 1 / (1 + np.exp(-log_odds))


def test_sources_weigh_equally():
    weight = equal_source_weights(["a", "b", "b", "b", "a"])
    np.testing.assert_allclose(weight, [1 / 2, 1 / 3, 1 / 3, 1 / 3, 1 / 2])


@pytest.mark.parametrize("sizes", [(4000,), (3000, 500, 200)])
def test_each_experts_human_tail_lies_at_its_share(sizes):
    rng = np.random.default_rng(0)
    # Experts on quite different scales, one with a heavy tail.
    n = sum(sizes)
    sums = np.stack([rng.normal(-3, 1, n), 50 * rng.normal(size=n) + 7, rng.standard_t(3, n)], axis=1)
    weight = equal_source_weights(np.repeat(range(len(sizes)), sizes).tolist())
    heaviest = (weight / weight.sum()).max()
    for column, (plan, (slope, offset)) in enumerate(zip(PLANS, tail_maps(PLANS, sums, weight), strict=True)):
        assert slope > 0
        mapped = slope * sums[:, column] + offset
        for rate, height in ((TAIL, 0), (BODY, -1)):
            above = weight[mapped >= height - 1e-9].sum() / weight.sum()
            assert plan.share * rate - 1e-9 <= above <= plan.share * rate + heaviest + 1e-9


def test_together_the_experts_keep_the_budget():
    sums = np.random.default_rng(1).normal(size=(20000, 3))
    weight = np.ones(len(sums))
    maps = tail_maps(PLANS, sums, weight)
    best = np.max([slope * sums[:, n] + offset for n, (slope, offset) in enumerate(maps)], axis=0)
    assert (best >= 0).mean() == pytest.approx(TAIL, rel=0.05)


def test_a_tail_without_any_spread_gives_finite_numbers():
    assert np.isfinite(tail_maps(PLANS, np.zeros((10, 3)), np.ones(10))).all()


@pytest.mark.parametrize("slope", [0.05, 0.4, 1.0, 6.0, 40.0])
@pytest.mark.parametrize("offset", [-2.0, 0.0, 1.0])
def test_platt_recovers_a_known_slope(slope, offset):
    rng = np.random.default_rng(0)
    values = (rng.normal(0, 2, 40000) - offset) / slope
    y = (rng.random(40000) < logistic(slope * values + offset)).astype(int)
    # Weights that undo the balancing of the classes leave the likelihood that the labels were drawn from.
    share = y.mean()
    a, b = platt(values, y, np.ones(len(y)))
    assert a == pytest.approx(slope, rel=0.05)
    assert b == pytest.approx(offset - math.log(share / (1 - share)), abs=0.1)


def test_platt_is_at_even_prevalence_and_weighted():
    rng = np.random.default_rng(0)
    y = np.repeat([0, 1], [5000, 500])
    values = rng.normal(np.where(y == 1, 1.0, -1.0))  # two unit normals: the log-odds at even prevalence are 2 x
    a, b = platt(values, y, np.ones(len(y)))
    assert (a, b) == (pytest.approx(2, rel=0.1), pytest.approx(0, abs=0.15))
    # A source of weight 0 changes nothing; its numbers count only in Platt's targets, which are close to 0 and 1.
    values[:2500] += 9
    weight = np.where(np.arange(len(y)) < 2500, 0.0, 1.0)
    assert platt(values, y, weight) == (pytest.approx(a, rel=0.1), pytest.approx(b, abs=0.15))


@pytest.mark.parametrize("gap", [1e-3, 1.0, 1e3])
def test_platt_is_finite_where_the_classes_do_not_overlap(gap):
    y = np.repeat([0, 1], [300, 200])
    values = np.where(y == 1, gap, -gap) + np.linspace(-gap / 2, gap / 2, 500)
    a, b = platt(values, y, np.ones(500))
    assert 0 < a < math.inf
    assert math.isfinite(b)
    probability = logistic(a * values + b)
    assert probability[y == 1].min() > 0.8
    assert probability[y == 0].max() < 0.2


def simulated(seed, shifted=0.0, sizes=(600, 350, 250, 210, 90)):
    """Log-odds, words and outlets of human news; the last but one outlet scores higher by `shifted`."""
    rng = np.random.default_rng(seed)
    outlet = np.repeat(np.arange(len(sizes)), sizes)
    log_odds = rng.normal(-4, 1.5, len(outlet)) + rng.normal(0, 0.3, len(sizes))[outlet]
    log_odds += np.where(outlet == len(sizes) - 2, shifted, 0)
    return log_odds, rng.integers(60, 1200, len(outlet)), outlet


def flagged(table, log_odds, words):
    """The share of articles that a table flags at the nominal rate; nobody flags an article that is too short."""
    return (table.p_value(log_odds, words)[words >= SHORTEST] <= NOMINAL_FPR).mean()


def test_the_table_weighs_sources_equally():
    log_odds, words, outlet = simulated(0)
    names = [f"outlet {n}" for n in outlet]
    table = human_table(log_odds, words, names)
    [band], long_enough = table.bands, words >= SHORTEST
    expected = make_band(log_odds[long_enough], np.array(names)[long_enough])
    np.testing.assert_array_equal(band.log_odds, expected.log_odds)
    np.testing.assert_array_equal(band.upper_share, expected.upper_share)
    # A small outlet of high scores weighs as much as a large one.
    log_odds, words = np.append(np.zeros(900), np.ones(100)), np.full(1000, 200)
    table = human_table(log_odds, words, ["large"] * 900 + ["small"] * 100)
    assert table.p_value(np.array([0.5]), np.array([200]))[0] == pytest.approx(0.5, abs=0.001)


def test_articles_below_the_shortest_length_are_not_in_the_table():
    log_odds, words, outlet = simulated(0)
    table = human_table(log_odds, words, outlet.astype(str).tolist())
    assert sum(map(len, table.bands)) == (words >= SHORTEST).sum()


@given(st.integers(0, 10**6), st.sampled_from([0.0, 0.5, 2.0, 8.0]))
def test_no_large_source_exceeds_the_safe_rate(seed, shifted):
    log_odds, words, outlet = simulated(seed, shifted)
    names = outlet.astype(str)
    table = human_table(log_odds, words, names.tolist())
    for name in set(names.tolist()):
        mine = names == name
        if (words[mine] >= SHORTEST).sum() < SAFE_SIZE:
            continue
        # The promise is about a table of the other sources; with its own articles in it less is flagged.
        rest = human_table(log_odds[~mine], words[~mine], names[~mine].tolist())
        held_out = Reference(rest.bands, table.shift)
        assert flagged(held_out, log_odds[mine], words[mine]) <= SAFE_FPR
        assert flagged(table, log_odds[mine], words[mine]) <= SAFE_FPR


def test_the_shift_grows_with_the_outlet_that_differs_and_is_never_negative():
    def shift(shifted):
        log_odds, words, outlet = simulated(3, shifted)
        return human_table(log_odds, words, outlet.astype(str).tolist()).shift

    # The limit of the others stays where it is, so that the shift grows as their distance does.
    assert shift(6.0) == pytest.approx(shift(3.0) + 3.0)
    assert shift(-5.0) >= 0


def test_the_shift_looks_at_large_sources_only():
    log_odds, words, outlet = simulated(3, 6.0, sizes=(600, 350, 250, 120, 90))
    assert human_table(log_odds, words, outlet.astype(str).tolist()).shift < 1


def test_a_single_source_has_a_table_and_no_shift():
    log_odds, words, _ = simulated(5)
    table = human_table(log_odds, words, ["own"] * len(words))
    assert table.shift == 0
    assert flagged(table, log_odds, words) <= NOMINAL_FPR
