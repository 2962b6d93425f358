"""From uncalibrated sums to log-odds and the human table, with cross-fitted scores only."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize
from scipy.special import log_expit

from detector.crossfit import ExpertPlan, by_source
from detector.reference import SHORTEST, Reference, make_band

TAIL, BODY = 0.01, 0.5
"""False-positive rates at which the experts' human scores are laid on each other, times their shares.

The second point sets the experts' scales.  It matters little: 0.5 instead of 0.1 moved the AUROC on four corpora left
out by -0.0004 to +0.0012 and their mean TPR at 1 % FPR from 0.583 to 0.582.
"""

SAFE_FPR, NOMINAL_FPR, SAFE_SIZE = 0.02, 0.01, 200
"""No human news source of SAFE_SIZE articles may exceed SAFE_FPR at NOMINAL_FPR when the table is made without it."""

_ROUNDING = 1e-9  # the sum of a limit and the shift is rounded, and must not end up below the article that made it


def equal_source_weights(sources: list[str]) -> np.ndarray:
    """Weights that give every source the same sum."""
    weight = np.zeros(len(sources))
    for rows in by_source(sources).values():
        weight[rows] = 1 / len(rows)
    return weight


def tail_maps(plans: list[ExpertPlan], human_sums: np.ndarray, weight: np.ndarray) -> list[tuple[float, float]]:
    """For each expert (a, b) such that a * sum + b is 0 at its share of TAIL and -1 at its share of BODY."""
    maps = []
    for column, plan in enumerate(plans):
        tail, body = (_upper_quantile(human_sums[:, column], weight, plan.share * rate) for rate in (TAIL, BODY))
        slope = 1 / max(tail - body, 1e-9)
        maps.append((slope, -tail * slope))
    return maps


def _upper_quantile(values: np.ndarray, weight: np.ndarray, share: float) -> float:
    order = np.argsort(-values, kind="stable")
    reached = np.cumsum(weight[order]) / weight.sum()
    return float(values[order][min(int(np.searchsorted(reached, share)), len(values) - 1)])


def platt(values: np.ndarray, y: np.ndarray, weight: np.ndarray) -> tuple[float, float]:
    """(a, b), a > 0, such that a * value + b is the best log-odds at even prevalence (Platt 1999)."""
    balanced = weight.copy()
    for label in (0, 1):
        balanced[y == label] /= 2 * balanced[y == label].sum()
    # Platt's targets stay off 0 and 1, so that the slope is finite where the classes do not overlap.
    count = np.bincount(y, minlength=2)
    target = np.where(y == 1, (count[1] + 1) / (count[1] + 2), 1 / (count[0] + 2))

    def loss(parameters: np.ndarray) -> float:
        log_odds = np.exp(parameters[0]) * values + parameters[1]
        return -float((balanced * (target * log_expit(log_odds) + (1 - target) * log_expit(-log_odds))).sum())

    found = minimize(loss, np.zeros(2), method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-12, "maxiter": 2000})
    return float(np.exp(found.x[0])), float(found.x[1])


def human_table(log_odds: np.ndarray, words: np.ndarray, sources: list[str]) -> Reference:
    """The table of human news with its safety shift; articles of under SHORTEST words are not in it."""
    judged = words >= SHORTEST
    log_odds, names = log_odds[judged], np.array(sources)[judged]
    return Reference((make_band(log_odds, names),), max([0.0, *_excesses(log_odds, names)]))


def _excesses(log_odds: np.ndarray, sources: np.ndarray) -> list[float]:
    """By how much each large source's log-odds must fall for SAFE_FPR, under the table made of the other sources."""
    excesses = []
    for source in sorted(set(sources.tolist())):
        mine, others = sources == source, sources != source
        if mine.sum() >= SAFE_SIZE:
            limit = make_band(log_odds[others], sources[others]).threshold(NOMINAL_FPR)
            margin = np.sort(log_odds[mine] - limit)[::-1]
            excesses.append(float(margin[int(SAFE_FPR * len(margin))]) + _ROUNDING)
    return excesses
