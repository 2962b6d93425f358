"""P-values, thresholds and tiers, against examples worked out by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.reference import SHORTEST, Band, Reference, make_band, wilson

ONE_SOURCE = np.zeros(1000, int)


def even_band(n):
    """A band of human log-odds 1, 2, ..., n from one source."""
    return make_band(np.arange(1.0, n + 1), np.zeros(n, int), smallest=1)


def reference_of(band, shift=0.0):
    return Reference((band,), shift)


def test_a_p_value_counts_the_article_itself():
    # Of 9 human articles 3 score 7 or more: (3 + 1) / (9 + 1).
    expected = {7.0: 0.4, 6.5: 0.4, 9.0: 0.2, 9.1: 0.1, 100.0: 0.1, 1.0: 1.0, -5.0: 1.0}
    assert even_band(9).p_value(np.array(list(expected))) == pytest.approx(list(expected.values()))


def test_equal_scores_count_as_at_least_as_high():
    band = make_band(np.array([1.0, 2.0, 2.0, 3.0]), np.zeros(4, int), smallest=1)
    assert band.p_value(np.array([2.0])) == pytest.approx([(3 + 1) / (4 + 1)])


def test_sources_weigh_equally():
    # One source of 60 articles at 0, one of 20 at 10: half of the weight lies at 10, not a quarter.
    log_odds = np.concatenate([np.zeros(60), np.full(20, 10.0)])
    band = make_band(log_odds, np.repeat(["large", "small"], [60, 20]), smallest=20)
    assert band.p_value(np.array([5.0])) == pytest.approx([(0.5 * 80 + 1) / 81])


def test_tiny_sources_count_as_one():
    # Three sources of 1 article each are one source beside the large one: each article weighs 1/6.
    log_odds = np.concatenate([np.zeros(50), [10.0, 11.0, 12.0]])
    band = make_band(log_odds, np.array(["large"] * 50 + ["a", "b", "c"]))
    assert band.p_value(np.array([11.5])) == pytest.approx([(53 / 6 + 1) / 54])


def test_the_threshold_lies_just_above_the_last_human_score_that_is_not_allowed():
    # 99 articles: 4 % allows (k + 1) / 100 <= 0.04, so 3 articles, those at 97, 98 and 99.
    threshold = even_band(99).threshold(0.04)
    assert threshold == np.nextafter(96.0, math.inf)
    assert even_band(99).threshold(0.01) == np.nextafter(99.0, math.inf)


def test_a_rate_that_the_articles_cannot_support_has_no_threshold():
    assert even_band(98).threshold(0.01) == math.inf
    assert even_band(999).threshold(0.001) == np.nextafter(999.0, math.inf)
    assert even_band(998).threshold(0.001) == math.inf


def test_a_band_without_articles_gives_no_verdict_against_anyone():
    band = make_band(np.zeros(0), np.zeros(0, int))
    assert band.p_value(np.array([50.0])) == [1.0]
    assert band.threshold(0.5) == math.inf


scores = st.lists(st.floats(-30, 30), min_size=1, max_size=150)


@given(scores, st.floats(-3, 3), st.sampled_from([0.001, 0.01, 0.02, 0.05, 0.3, 0.9]), st.lists(st.floats(-40, 40)))
def test_a_p_value_is_small_enough_exactly_from_the_threshold_on(human, shift, rate, asked):
    sources = np.arange(len(human)) % 3
    reference = reference_of(make_band(np.array(human), sources, smallest=10), shift)
    limit = reference.threshold(rate, 400)
    asked += [limit, np.nextafter(limit, -math.inf), *(reference.shifted[0].log_odds.tolist())]
    asked = np.array([number for number in asked if math.isfinite(number)])
    p_values = reference.p_value(asked, np.full(len(asked), 400))
    np.testing.assert_array_equal(p_values <= rate, asked >= limit)


@given(scores)
def test_p_values_fall_as_log_odds_rise_and_are_never_0(human):
    band = make_band(np.array(human), np.zeros(len(human), int))
    p_values = band.p_value(np.linspace(-31, 31, 99))
    assert (np.diff(p_values) <= 0).all()
    assert p_values.min() >= 1 / (len(human) + 1)
    assert p_values.max() <= 1


def test_the_shift_moves_the_whole_table():
    plain, safe = reference_of(even_band(9)), reference_of(even_band(9), shift=2.0)
    words = np.array([200])
    assert plain.p_value(np.array([7.0]), words) == safe.p_value(np.array([9.0]), words)
    assert safe.threshold(0.2, 200) == np.nextafter(8.0 + 2.0, math.inf)


def test_one_band_holds_all_lengths_from_the_shortest_on():
    reference = reference_of(even_band(9))
    assert reference.band_of(np.array([0, SHORTEST - 1, SHORTEST, 10**6])).tolist() == [-1, -1, 0, 0]
    assert reference.ranges() == [(SHORTEST, None)]


def test_each_length_may_have_its_own_band():
    bands = tuple(make_band(np.full(99, float(number)), ONE_SOURCE[:99]) for number in range(4))
    reference = Reference(bands, 0.0, (80, 150, 300, 600))
    assert reference.ranges() == [(80, 149), (150, 299), (300, 599), (600, None)]
    words = np.array([0, 79, 80, 149, 150, 299, 300, 599, 600, 10**6])
    assert reference.band_of(words).tolist() == [-1, -1, 0, 0, 1, 1, 2, 2, 3, 3]
    p_values = reference.p_value(np.full(10, 1.5), words)
    assert np.isnan(p_values[:2]).all()
    assert p_values[2:] == pytest.approx([0.01] * 4 + [1.0] * 4)
    assert reference.threshold(0.01, 100) == np.nextafter(0.0, math.inf)
    assert reference.threshold(0.01) == reference.threshold(0.01, 600) == np.nextafter(3.0, math.inf)
    assert reference.threshold(0.01, 79) == math.inf


@pytest.mark.parametrize(
    ("p_value", "tier"),
    [(0.0005, "strong"), (0.001, "strong"), (0.0011, "likely"), (0.01, "likely"), (0.05, "weak"), (0.0501, "none")],
)
def test_tiers(p_value, tier):
    assert reference_of(even_band(2000)).tiers(np.array([p_value]), np.array([400])) == [tier]


def test_an_abstention_has_no_tier():
    assert reference_of(even_band(2000)).tiers(np.array([math.nan]), np.array([400])) == [None]


@pytest.mark.parametrize(("n", "tier"), [(18, "none"), (19, "weak"), (98, "weak"), (99, "likely"), (999, "strong")])
def test_a_tier_that_the_band_cannot_support_is_not_given(n, tier):
    reference = reference_of(even_band(n))
    smallest = float(reference.p_value(np.array([1e9]), np.array([400]))[0])
    assert reference.tiers(np.array([smallest]), np.array([400])) == [tier]


def test_the_table_id_changes_with_every_number():
    band = even_band(5)
    moved = Band(band.log_odds, np.nextafter(band.upper_share, 0))
    ids = {reference_of(one, shift).table_id for one in (band, moved) for shift in (0.0, 1e-9)}
    assert len(ids) == 4
    assert all(len(one) == 8 and int(one, 16) >= 0 for one in ids)


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    # Worked out from the formula of Wilson (1927); 10 of 100 is the example of most textbooks.
    [(10, 100, 0.0552, 0.1744), (0, 50, 0.0, 0.0713), (50, 50, 0.9287, 1.0), (1, 2, 0.0945, 0.9055), (0, 0, 0.0, 1.0)],
)
def test_wilson_intervals(hits, n, low, high):
    assert wilson(hits, n) == pytest.approx((low, high), abs=5e-5)
