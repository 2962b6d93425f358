"""Fit one additive expert: penalised logistic regression over curves and n-grams, in one convex problem."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from scipy.optimize import Bounds, minimize
from scipy.special import expit, log_expit
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # comes with scikit-learn

from detector.additive import ramps
from detector.designmatrix import Design

STEPS = 20
"""Steps of the optimiser, few on purpose: stopping early holds the weights back as a penalty does.

Mean TPR at 1 % FPR on detectrl, llmfake, f3 and sheepdog, left out of training together, one run each of one expert on
600 articles a source: 0.621, 0.620, 0.618 with 20, 30, 60 steps, and not more with convergence under other penalties.
"""

RAMPS = 4
_LEVELS = (0.02, 0.25, 0.5, 0.75, 0.98)
FEWEST = 3  # articles in which an n-gram must stand
_FLOOR = 1e-4  # mean share below which an n-gram's column is scaled up no further


@dataclass(frozen=True, eq=False)
class Scaling:
    """Knots of the curves (F, RAMPS + 1) and the factor (BUCKETS,) by which each n-gram column is multiplied.

    The factor is 1 / sqrt(mean share): without it the penalty lets only frequent words speak.  With n-grams alone it
    raised the mean TPR at 1 % FPR on detectrl, llmfake, f3 and sheepdog, left out of training, from 0.33 to 0.52.
    """

    knots: np.ndarray
    factor: np.ndarray

    @classmethod
    def of(cls, train: Design) -> Scaling:
        """Knots and factors from training articles, whatever their labels."""
        mean = np.asarray(train.ngrams.mean(axis=0)).ravel()
        knots = np.array([_knots(train.values[:, feature]) for feature in range(train.values.shape[1])])
        return cls(knots, (1 / np.sqrt(mean + _FLOOR)).astype(np.float32))


def _knots(values: np.ndarray) -> np.ndarray:
    """Quantiles of a feature, or 0 and the quantiles of its positive part where most articles do not show it."""
    knots = np.quantile(values, _LEVELS)
    if np.any(np.diff(knots) <= 0):
        positive = values[values > 0]
        knots = np.append(0.0, np.quantile(positive, _LEVELS[1:])) if len(positive) else np.zeros(RAMPS + 1)
    # A width of 0 would divide by it; ties become ramps that are as good as steps.
    least = max(1e-6, 1e-6 * float(np.abs(knots).max()))
    return np.maximum.accumulate(knots) + least * np.arange(RAMPS + 1)


@dataclass(frozen=True, eq=False)
class Fitted:
    """What the optimiser found: `heights` (F, RAMPS), `weights` (BUCKETS,) for unscaled shares, and the intercept."""

    intercept: float
    heights: np.ndarray
    weights: np.ndarray

    def sums(self, rows: Design, knots: np.ndarray) -> np.ndarray:
        """(N,) uncalibrated sums."""
        curves = ramps(rows.values, knots).reshape(len(rows.values), -1) @ self.heights.ravel()
        return self.intercept + curves + rows.ngrams @ self.weights


def fit(
    train: Design,
    scaling: Scaling,
    y: np.ndarray,
    weight: np.ndarray,
    alpha: float,
    rises: np.ndarray,
    unused: np.ndarray,
) -> Fitted:
    """Minimise weighted log loss + alpha / 2 * |w|^2, by L-BFGS-B (Byrd et al. 1995).

    `rises` (F,) marks features whose curve may only rise, `unused` (F,) those that are left out.
    """
    count = len(scaling.knots)
    curves = ramps(train.values, scaling.knots).astype(np.float32).reshape(-1, count * RAMPS)
    # An n-gram of one or two training articles keeps the weight 0: it could only learn these articles by heart.
    used = np.flatnonzero(np.bincount(train.ngrams.indices, minlength=train.ngrams.shape[1]) >= FEWEST)
    ngrams = train.ngrams[:, used] @ sp.diags(scaling.factor[used])
    transposed = ngrams.T.tocsr()
    sign, weight = np.where(y == 1, 1.0, -1.0), weight / weight.sum()

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        dense, sparse = w[1 : 1 + count * RAMPS], w[1 + count * RAMPS :]
        margin = sign * (w[0] + curves @ dense.astype(np.float32) + ngrams @ sparse.astype(np.float32))
        slope = -(weight * sign * expit(-margin))
        gradient = np.concatenate([curves.T @ slope.astype(np.float32), transposed @ slope.astype(np.float32)])
        penalty = alpha / 2 * np.square(w[1:]).sum()
        return penalty - (weight * log_expit(margin)).sum(), np.append(slope.sum(), gradient + alpha * w[1:])

    bounds = _bounds(rises, unused, ngrams.shape[1])
    # One thread: sums by several threads differ in their last bits, and so would the model's bytes.
    with threadpool_limits(1):
        found = minimize(
            loss, np.zeros(len(bounds.lb)), jac=True, method="L-BFGS-B", bounds=bounds,
            options={"maxiter": STEPS, "maxcor": 8},
        )  # fmt: skip
    heights, weights = found.x[1 : 1 + count * RAMPS].reshape(count, RAMPS), found.x[1 + count * RAMPS :]
    everywhere = np.zeros(train.ngrams.shape[1])
    everywhere[used] = weights * scaling.factor[used]
    return Fitted(float(found.x[0]), heights, everywhere)


def _bounds(rises: np.ndarray, unused: np.ndarray, buckets: int) -> Bounds:
    free = np.full(buckets, np.inf)
    low = np.where(rises | unused, 0.0, -np.inf).repeat(RAMPS)
    high = np.where(unused, 0.0, np.inf).repeat(RAMPS)
    return Bounds(np.concatenate([[-np.inf], low, -free]), np.concatenate([[np.inf], high, free]))
