"""Pictures: what is drawn are the numbers, by the conventions of scikit-learn; no test looks at an image."""

import json
import sys

import numpy as np
import pytest
from invented import articles

import detector
from detector.calibration import equal_source_weights
from detector.evaluation.metrics import reliability, tpr_at_fpr
from detector.families import FEATURE_NAMES
from detector.plots import FeatureDisplay, LowFPRDisplay, RatesDisplay, ReliabilityDisplay, WeightsDisplay
from detector.reference import wilson
from detector.shipped import models_folder
from detector.vectorizer import StyleVectorizer

pyplot = pytest.importorskip("matplotlib.pyplot", reason="needs matplotlib: pip install matplotlib")


@pytest.fixture(autouse=True)
def _closed():
    pyplot.switch_backend("agg")
    yield
    pyplot.close("all")


@pytest.fixture(scope="module")
def scores():
    """Labels, log-odds that overlap, and sources of unequal size."""
    rng = np.random.default_rng(0)
    y = np.repeat([0, 1], [300, 200])
    source = np.where(np.arange(500) % 10 < 8, "large", "small")
    return y, rng.normal(2.0 * y + 0.7 * (source == "small"), 1.0), source.tolist()


@pytest.fixture(scope="module")
def evaluation():
    return json.loads((models_folder() / "news-en.evaluation.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("max_fpr", [0.001, 0.01, 0.05, 0.3, 1.0])
@pytest.mark.parametrize("weighted", [False, True])
def test_curve_has_the_rates_of_the_evaluation(scores, max_fpr, weighted):
    y, score, source = scores
    display = LowFPRDisplay.from_predictions(y, score, sources=source if weighted else None)
    human = equal_source_weights([s for s, label in zip(source, y, strict=True) if label == 0])
    if weighted:  # the display weighs machine sources too, so each is measured for itself
        parts = [score[(y == 1) & (np.array(source) == name)] for name in ("large", "small")]
        wanted = np.mean([tpr_at_fpr(score[y == 0], human, part, max_fpr) for part in parts])
    else:
        wanted = tpr_at_fpr(score[y == 0], np.ones(300), score[y == 1], max_fpr)
    assert display.tpr_at(max_fpr) == pytest.approx(wanted)


def test_curve_is_drawn_as_steps_on_a_logarithmic_axis(scores):
    y, score, _ = scores
    display = LowFPRDisplay.from_predictions(y, score, name="ours")
    x, height = display.line_.get_data()
    np.testing.assert_allclose(x, np.maximum(display.fpr, 1 / 600))
    np.testing.assert_allclose(height, display.tpr)
    assert display.line_.get_drawstyle() == "steps-post"
    assert display.ax_.get_xscale() == "log"
    assert display.lowest == pytest.approx(1 / 300)
    assert (display.fpr[0], display.fpr[-1], display.tpr[-1]) == pytest.approx((0, 1, 1))
    assert [text.get_text() for text in display.ax_.get_legend().get_texts()] == ["ours"]


def test_equal_scores_are_one_step_and_those_never_flagged_are_none():
    display = LowFPRDisplay.from_predictions([0, 1, 1, 0, 1], [2.0, 2.0, 3.0, -np.inf, -np.inf])
    assert display.fpr.tolist() == pytest.approx([0, 0, 0.5])
    assert display.tpr.tolist() == pytest.approx([0, 1 / 3, 2 / 3])


def test_curve_of_a_detector_counts_an_abstention_as_a_miss():
    texts, y = articles(40)
    display = LowFPRDisplay.from_estimator(detector.load(), [*texts, "Too short."], [*y, 1])
    assert display.tpr.max() == pytest.approx(20 / 21)


def test_two_curves_share_axes(scores):
    y, score, _ = scores
    _, ax = pyplot.subplots()
    first, second = (LowFPRDisplay.from_predictions(y, sign * score, ax=ax, name=str(sign)) for sign in (1, -1))
    assert first.ax_ is second.ax_ is ax
    assert first.figure_ is ax.figure
    assert len(ax.lines) == 2


def test_scikit_learn_draws_the_curve_of_errors_of_a_detector():
    from sklearn.metrics import DetCurveDisplay

    texts, y = articles(40)
    display = DetCurveDisplay.from_estimator(detector.load(), texts, y)
    assert display.line_.get_data()[0].shape == display.fpr.shape


def test_reliability_is_that_of_the_evaluation(scores):
    y, score, _ = scores
    display = ReliabilityDisplay.from_predictions(y, score - 1, name="ours")
    weight = np.where(y == 1, 0.5 / 200, 0.5 / 300)
    bins = reliability(score - 1, y, weight)
    x, height = display.line_.get_data()
    np.testing.assert_allclose(x, [one.score for one in bins])
    np.testing.assert_allclose(height, [one.machine for one in bins])
    assert display.figure_ is display.ax_.figure


def test_reliability_does_not_depend_on_the_make_up_of_the_sample(scores):
    y, score, _ = scores
    rows = np.concatenate([np.flatnonzero(y == 0), np.repeat(np.flatnonzero(y == 1), 9)])
    one, many = (ReliabilityDisplay.from_predictions(y[at], score[at]) for at in (np.arange(500), rows))
    np.testing.assert_allclose(one.prob_true, many.prob_true)


def test_reliability_of_a_detector_and_of_an_evaluation(evaluation):
    texts, y = articles(40)
    display = ReliabilityDisplay.from_estimator(detector.load(), texts, y, n_bins=4)
    assert len(display.prob_true) <= 4
    bins = evaluation["calibration"]["bins"]
    stored = ReliabilityDisplay.from_evaluation(evaluation)
    assert stored.line_.get_data()[1].tolist() == [one["machine"] for one in bins]


def drawn(display):
    """Positions and ends of the intervals of each error bar, by its label."""
    result = {}
    for container in display.ax_.containers:
        line, _, (bars,) = container
        ends = [[float(x) for x in segment[:, 0]] for segment in bars.get_segments()]
        result[container.get_label()] = (line.get_xdata().tolist(), line.get_ydata().tolist(), ends)
    return result


def test_rates_are_drawn_with_their_wilson_intervals():
    y, flagged = [1] * 8 + [0] * 4, [True] * 3 + [False] * 5 + [True] + [False] * 3
    groups = ["b"] * 4 + ["a"] * 4 + ["a"] * 4
    display = RatesDisplay.from_predictions(y, flagged, groups=groups, max_fpr=0.05)
    assert [(one.name, one.hits, one.n) for one in display.machine] == [("b", 3, 4), ("a", 0, 4)]
    assert [(one.name, one.hits, one.n) for one in display.human] == [("a", 1, 4)]
    bars = drawn(display)
    assert bars["machine"][:2] == ([0.75, 0.0], [0, 1])
    assert bars["human"][:2] == ([0.25], [1])
    for ends, (hits, n) in zip(bars["machine"][2], [(3, 4), (0, 4)], strict=True):
        assert ends == pytest.approx(wilson(hits, n))
    assert [tick.get_text() for tick in display.ax_.get_yticklabels()] == ["b", "a"]
    [line] = [line for line in display.ax_.lines if line.get_label() == "5 %"]
    assert line.get_xdata() == [0.05, 0.05]


def test_rates_of_a_detector_are_by_length_unless_groups_are_given():
    texts, y = articles(40)
    display = RatesDisplay.from_estimator(detector.load(), [*texts, "Too short."], [*y, 1], max_fpr=0.05)
    assert {one.name for one in display.machine} <= {"under 40", "80-150", "150-300", "300-600"}
    assert next(one for one in display.machine if one.name == "under 40").hits == 0
    flagged = detector.load().flag(texts, 0.05)
    assert sum(one.hits for one in display.machine) == sum(flagged[1::2])
    named = RatesDisplay.from_estimator(detector.load(), texts, y, groups=["x", "y"] * 20, max_fpr=0.05)
    assert [(one.name, one.n) for one in named.machine] == [("y", 20)]


@pytest.mark.parametrize("by", ["lengths", "generators", "attacks", "sources"])
def test_rates_of_an_evaluation_add_up_what_it_counted(by, evaluation):
    display = RatesDisplay.from_evaluation(evaluation, by)
    machine = [row["machine"] for row in evaluation["held_out"] if row["machine"]]
    assert sum(one.n for one in display.machine) == sum(part["n"] for part in machine)
    total = sum(part["n"] * part["flagged"] for part in machine)
    assert sum(one.hits for one in display.machine) == pytest.approx(total)
    assert drawn(display)["machine"][0] == [one.share for one in display.machine]


def test_rates_of_one_source_of_an_evaluation(evaluation):
    display = RatesDisplay.from_evaluation(evaluation, "attacks", sources=["detectrl"])
    row = next(row for row in evaluation["held_out"] if row["source"] == "detectrl")
    assert {one.name: one.n for one in display.machine} == {name: part["n"] for name, part in row["attacks"].items()}


def test_a_feature_is_drawn_as_the_shares_of_both_classes():
    texts, y = articles(40)
    display = FeatureDisplay.from_estimator(StyleVectorizer(), texts, y, feature="significance", bins=8)
    values = StyleVectorizer(families=["stock"]).transform(texts)[:, 0]
    assert display.human.sum() == pytest.approx(1)
    assert display.machine.sum() == pytest.approx(1)
    labels = np.array(y)
    for share, label in ((display.human, 0), (display.machine, 1)):
        inside = (values[labels == label] >= display.edges[3]) & (values[labels == label] < display.edges[4])
        assert share[3] == pytest.approx(inside.mean())
    human, machine = display.ax_.patches
    np.testing.assert_array_equal(human.get_data().values, display.human)
    np.testing.assert_array_equal(machine.get_data().edges, display.edges)
    assert display.ax_.get_title().startswith("The passage says that something matters")


def test_values_beyond_the_axis_and_values_that_are_all_one_are_counted():
    display = FeatureDisplay.from_predictions([0] * 999 + [1], [0.0] * 998 + [1.0, 1e9], name="odd")
    assert (display.human.sum(), display.machine[-1]) == (pytest.approx(1), 1)


def test_weights_are_the_largest_departures_of_the_curves():
    given = detector.load()
    display = WeightsDisplay.from_estimator(given, expert="today", most=5)
    expert = next(one for one in given.model_.panel.experts if one.name == "today")
    curves = np.cumsum(expert.heights, axis=1)
    assert np.abs(display.effects).tolist() == sorted(np.abs(curves).max(axis=1).tolist(), reverse=True)
    assert [bar.get_width() for bar in display.bars_] == display.effects[:5].tolist()
    at = FEATURE_NAMES.index(display.names[0])
    assert display.effects[0] in (curves[at].min(), curves[at].max())
    assert WeightsDisplay.from_estimator(given).expert == given.model_.panel.names[0]


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: LowFPRDisplay.from_predictions([0, 1], [0.1]), "2 labels for 1 scores"),
        (lambda: LowFPRDisplay.from_predictions([1, 1], [0.1, 0.2]), "labels of both classes"),
        (lambda: LowFPRDisplay.from_predictions([0, 2], [0.1, 0.2]), "labels of both classes"),
        (lambda: LowFPRDisplay.from_predictions([0, 1], [0.1, np.nan]), "a score is NaN"),
        (lambda: LowFPRDisplay.from_predictions([0, 1], [0.1, 0.2], sources=["a"]), "1 sources for 2 articles"),
        (lambda: RatesDisplay.from_predictions([0, 1], [1, 0], groups=["a"]), "1 groups for 2 articles"),
        (lambda: RatesDisplay.from_evaluation({}, "words"), "by is 'words'; it must be one of lengths"),
        (lambda: FeatureDisplay.from_estimator(StyleVectorizer(), [], [], feature="nix"), "feature is 'nix'"),
        (
            lambda: WeightsDisplay.from_estimator(detector.load(), expert="nix"),
            "expert is 'nix'; it must be one of joint",
        ),
    ],
)
def test_wrong_use_is_told_in_one_sentence(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


def test_without_matplotlib_the_extra_is_named(scores, monkeypatch):
    y, score, _ = scores
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    for display in (LowFPRDisplay, ReliabilityDisplay):
        with pytest.raises(ImportError, match=r'pictures need matplotlib.*"detector\[plots\]"'):
            display.from_predictions(y, score)
