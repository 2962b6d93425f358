"""Base rates among human news: quantiles that sources share equally, and never a share that is too good to be true."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.human import LEVELS, HumanNews


def human_news(*columns, weight=None):
    values = np.array(columns, float).T
    return HumanNews.from_values(values, np.ones(len(values)) if weight is None else np.array(weight, float))


def test_quantiles_and_the_share_that_shows_a_feature():
    news = human_news(np.arange(1, 1001), np.repeat([0, 1], [900, 100]))
    assert news.quantiles.shape == (2, len(LEVELS))
    assert news.median(0) == 500
    assert news.shown == pytest.approx([1.0, 0.1])


def test_weights_count_like_repeated_articles():
    weighted = human_news([1.0, 2.0, 5.0], weight=[1, 2, 5])
    repeated = human_news([1, 2, 2, 5, 5, 5, 5, 5])
    np.testing.assert_array_equal(weighted.quantiles, repeated.quantiles)


@pytest.mark.parametrize(("value", "rate"), [(900, 0.1), (975, 0.025), (999, 0.001), (100, 0.1), (20, 0.02)])
def test_base_rates_of_a_feature_with_many_values(value, rate):
    assert human_news(np.arange(1, 1001)).base_rate(0, value) == pytest.approx(rate, abs=0.002)


def test_beyond_what_was_seen_the_smallest_share_is_given_and_never_0():
    news = human_news(np.arange(1, 1001))
    assert 0 < news.base_rate(0, 10**9) <= 0.001
    assert 0 < news.base_rate(0, -(10**9)) <= 0.001


def test_a_feature_that_few_show_is_as_rare_as_those_who_show_it():
    news = human_news(np.repeat([0.0, 1.0], [960, 40]))
    assert news.base_rate(0, 0.0) == 1.0
    assert news.base_rate(0, 0.5) == pytest.approx(0.04)
    assert news.base_rate(0, 1.0) == pytest.approx(0.04)
    assert news.base_rate(0, 1.1) < 0.021


def test_a_feature_that_nobody_shows_is_rarer_than_any_level():
    assert human_news(np.zeros(500)).base_rate(0, 1.0) == pytest.approx(0.0005)


@given(st.lists(st.floats(0, 100), min_size=5, max_size=200), st.lists(st.floats(-1, 101), min_size=2, max_size=20))
def test_base_rates_fall_on_either_side_of_the_median(values, asked):
    news = human_news(values)
    rates = np.array([news.base_rate(0, value) for value in sorted(asked)])
    above = np.array(sorted(asked)) >= news.median(0)
    assert (rates > 0).all()
    assert (rates <= 1).all()
    assert (np.diff(rates[above]) <= 1e-12).all()
    assert (np.diff(rates[~above]) >= -1e-12).all()


def test_what_arrays_writes_is_read_again():
    news = human_news(np.arange(50), np.arange(50) ** 2)
    again = HumanNews.from_arrays(news.arrays())
    np.testing.assert_array_equal(again.quantiles, news.quantiles)
    np.testing.assert_array_equal(again.shown, news.shown)


@given(st.lists(st.integers(0, 9), min_size=5, max_size=200), st.floats(-1, 11))
def test_base_rates_are_interpolated_between_the_quantiles(values, value):
    news = human_news(values)
    quantiles = news.quantiles[0]
    if value < news.median(0):
        last = np.append(np.diff(quantiles) > 0, True)
        expected = np.interp(value, quantiles[last], LEVELS[last])
    else:
        first = np.insert(np.diff(quantiles) > 0, 0, True)
        below = np.interp(value, quantiles[first], LEVELS[first])
        expected = 1.0 if value <= 0 else min(1 - below, news.shown[0])
        if not ((quantiles > 0) & (quantiles < value)).any() and value > 0:
            expected = news.shown[0]
    assert news.base_rate(0, value) == pytest.approx(max(expected, LEVELS[1] / 2), abs=1e-12)


def test_quantiles_as_near_as_floats_can_be_give_no_nan():
    news = human_news([0.0, 0.0, 1.0, 1.0, 2.225073858507e-311])
    assert news.base_rate(0, 0.0) == pytest.approx(0.4)
    assert 0 < news.base_rate(0, 2.225073858507e-311) <= 1
