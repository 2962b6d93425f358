"""Rates at a fixed share of false positives, their bootstrap intervals, and how far scores are probabilities.

Scores may be in any unit that rises with suspicion, and -inf is an abstention: it is never flagged.  NaN is refused.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from detector.calibration import equal_source_weights

_TOLERANCE = 1e-9  # of the wanted rate: 1 of 100 is 1 %, whatever the rounding of a cumulative sum


def threshold_at(human: np.ndarray, weight: np.ndarray, fpr: float) -> float:
    """The smallest threshold t at which the weighted share of human scores >= t is at most `fpr`.

    It lies just above the first human score that would exceed the rate, and is -inf where none does (`fpr` 1).

    >>> threshold_at(np.array([4.0, 1.0, 3.0, 2.0]), np.ones(4), 0.25) > 3.0
    True
    """
    return float(_thresholds(_checked(human), (weight / weight.sum())[None], fpr)[0])


def tpr_at_fpr(human: np.ndarray, weight: np.ndarray, machine: np.ndarray, fpr: float) -> float:
    """The share of machine scores at or above the threshold that `fpr` of the weighted human scores reach."""
    return float((_checked(machine) >= threshold_at(human, weight, fpr)).mean())


@dataclass(frozen=True, eq=False)
class Trial:
    """The scores of one test: human ones with their sources and groups (H,), machine ones of one corpus (M,).

    Human sources weigh equally.  A source that several trials share is resampled alike in all of them.
    """

    human: np.ndarray
    human_source: Sequence[str]
    human_group: Sequence[str]
    machine: np.ndarray
    machine_group: Sequence[str]

    def tpr(self, fpr: float) -> float:
        """The share of machine articles flagged at this rate."""
        return tpr_at_fpr(self.human, equal_source_weights(list(self.human_source)), self.machine, fpr)


@dataclass(frozen=True)
class Comparison:
    """Macro TPR of two detectors, their difference and the ratio of their misses, with 95 % bootstrap intervals.

    `misses` is (1 - ours) / (1 - theirs): 0.5 where we miss half as many.
    """

    ours: float
    ours_interval: tuple[float, float]
    theirs: float
    theirs_interval: tuple[float, float]
    difference: float
    difference_interval: tuple[float, float]
    misses: float
    misses_interval: tuple[float, float]


def bootstrap_tpr(
    human: np.ndarray,
    human_source: Sequence[str],
    human_group: Sequence[str],
    machine: np.ndarray,
    machine_group: Sequence[str],
    fpr: float,
    *,
    replicates: int = 200,
    seed: int = 0,
) -> tuple[float, float]:
    """The 95 % percentile interval of TPR at `fpr`, by drawing groups inside each source (Efron 1979).

    Articles of one group stand or fall together, so groups are what is drawn.  The threshold is set anew each time.
    """
    trial = Trial(human, human_source, human_group, machine, machine_group)
    return _interval(_replicates([[trial]], fpr, replicates, seed)[0])


def macro_tpr(
    trials: Sequence[Trial], fpr: float, replicates: int = 200, seed: int = 0
) -> tuple[float, tuple[float, float]]:
    """The unweighted mean of TPR at `fpr` over trials, and its 95 % bootstrap interval."""
    return float(np.mean([trial.tpr(fpr) for trial in trials])), _interval(
        _replicates([trials], fpr, replicates, seed)[0]
    )


def paired_difference(
    ours: Sequence[Trial], theirs: Sequence[Trial], fpr: float, replicates: int = 200, seed: int = 0
) -> Comparison:
    """Compare two detectors on the same rows: both see the same draws of groups, so that their noise cancels.

    The trials of both must hold the same articles in the same order, and differ in scores only.
    """
    if any(_rows(a) != _rows(b) for a, b in zip(ours, theirs, strict=True)):
        raise ValueError("the trials of the two detectors do not hold the same articles")
    drawn = _replicates([ours, theirs], fpr, replicates, seed)
    first, second = (float(np.mean([trial.tpr(fpr) for trial in trials])) for trials in (ours, theirs))
    return Comparison(
        first,
        _interval(drawn[0]),
        second,
        _interval(drawn[1]),
        first - second,
        _interval(drawn[0] - drawn[1]),
        float(_misses(np.array(first), np.array(second))),
        _interval(_misses(drawn[0], drawn[1])),
    )


def _rows(trial: Trial) -> tuple[list[str], ...]:
    return list(trial.human_source), list(trial.human_group), list(trial.machine_group)


def _misses(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    """The ratio of misses, 1 where neither detector misses anything."""
    # Shares of a few thousand articles: what is smaller than this is rounding.
    ours, theirs = np.maximum(1 - ours, 1e-12), np.maximum(1 - theirs, 1e-12)
    return ours / theirs


def _replicates(detectors: Sequence[Sequence[Trial]], fpr: float, replicates: int, seed: int) -> np.ndarray:
    """(D, R) macro TPR of each detector in each draw; the draws are those of the first detector's rows."""
    total = np.zeros((len(detectors), replicates))
    for number, same_rows in enumerate(zip(*detectors, strict=True)):
        first = same_rows[0]
        human = _human_weights(first.human_source, first.human_group, replicates, seed)
        machine = _drawn(first.machine_group, np.random.default_rng([seed, number, 1]), replicates)
        for row, trial in enumerate(same_rows):
            limits = _thresholds(_checked(trial.human), human, fpr)
            total[row] += (machine * (_checked(trial.machine) >= limits[:, None])).sum(axis=1)
    return total / len(detectors[0])


def _human_weights(sources: Sequence[str], groups: Sequence[str], replicates: int, seed: int) -> np.ndarray:
    """(R, N) weights of drawn articles that sum to 1, sources with equal sums."""
    names, source = np.unique(np.asarray(sources), return_inverse=True)
    group = np.asarray(groups)
    weight = np.zeros((replicates, len(group)))
    for number, name in enumerate(names.tolist()):
        # Seeded by its name, so that a held-out source is drawn alike beside every corpus.
        rng = np.random.default_rng([seed, zlib.crc32(name.encode())])
        mine = np.flatnonzero(source == number)
        weight[:, mine] = _drawn(group[mine], rng, replicates) / len(names)
    return weight


def _drawn(groups: Sequence[str] | np.ndarray, rng: np.random.Generator, replicates: int) -> np.ndarray:
    """(R, N) weights that sum to 1: how often each article's group was drawn, with replacement."""
    group = np.unique(np.asarray(groups), return_inverse=True)[1]
    count = int(group.max()) + 1
    picks = rng.integers(count, size=(replicates, count)) + count * np.arange(replicates)[:, None]
    times = np.bincount(picks.ravel(), minlength=replicates * count).reshape(replicates, count)[:, group]
    return times / times.sum(axis=1, keepdims=True)


def _thresholds(human: np.ndarray, weights: np.ndarray, fpr: float) -> np.ndarray:
    """(R,) thresholds for rows of weights (R, N) that sum to 1."""
    order = np.argsort(-human, kind="stable")
    exceeds = np.cumsum(weights[:, order], axis=1) > fpr * (1 + _TOLERANCE) if fpr < 1 else np.zeros_like(weights, bool)
    limits = np.nextafter(human[order][exceeds.argmax(axis=1)], np.inf)
    return np.where(exceeds.any(axis=1), limits, -np.inf)


def _interval(values: np.ndarray) -> tuple[float, float]:
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)


def _checked(scores: np.ndarray) -> np.ndarray:
    scores = np.asarray(scores, float)
    if not len(scores) or np.isnan(scores).any():
        raise ValueError("a rate needs at least one human and one machine score, and none of them NaN")
    return scores


def balanced_weights(y: np.ndarray, sources: Sequence[str]) -> np.ndarray:
    """Weights that give both classes half, and inside a class every source the same sum; they sum to 1."""
    weight = np.zeros(len(y))
    for label in sorted(set(y.tolist())):
        mine = np.flatnonzero(y == label)
        part = equal_source_weights([sources[row] for row in mine.tolist()])
        weight[mine] = part / part.sum()
    return weight / weight.sum()


@dataclass(frozen=True)
class Bin:
    """Articles whose score lies from `low` up to `high`: their share of the weight, mean score, share of machines."""

    low: float
    high: float
    share: float
    score: float
    machine: float


def reliability(log_odds: np.ndarray, y: np.ndarray, weight: np.ndarray, bins: int = 10) -> list[Bin]:
    """The reliability table of scores (the logistic of log-odds) in bins of equal width; empty bins are left out."""
    score = expit(log_odds)
    at = np.minimum((score * bins).astype(int), bins - 1)
    mass, scores, machines = (np.bincount(at, weight * what, bins) for what in (1, score, y))
    found = np.flatnonzero(mass)
    rows = np.stack([mass / mass.sum(), scores / np.where(mass, mass, 1), machines / np.where(mass, mass, 1)])
    return [Bin(b / bins, (b + 1) / bins, *rows[:, b].tolist()) for b in found.tolist()]


def expected_calibration_error(log_odds: np.ndarray, y: np.ndarray, weight: np.ndarray, bins: int = 10) -> float:
    """The mean distance of score and share of machines over the bins, by their weight (Naeini et al. 2015)."""
    return sum(one.share * abs(one.score - one.machine) for one in reliability(log_odds, y, weight, bins))


def brier(log_odds: np.ndarray, y: np.ndarray, weight: np.ndarray) -> float:
    """The weighted mean squared distance of score and label (Brier 1950)."""
    return float(np.average((expit(log_odds) - y) ** 2, weights=weight))
