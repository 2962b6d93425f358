"""The ROC curve where it matters: how many machine articles are found while few human ones are accused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from detector.plots.axes import axes, labels, source_weights

_TOLERANCE = 1e-9  # of a rate: 1 of 100 is 1 %, whatever the rounding of a cumulative sum


class LowFPRDisplay:
    """TPR over the false-positive rate on a logarithmic axis, as steps.

    scikit-learn's `RocCurveDisplay` draws the same points on a linear axis, where all rates at which anyone works lie
    in the leftmost hundredth, and joins them by lines, which promise rates that no threshold has.

    `fpr` and `tpr` (T,) rise together; `lowest` is the smallest rate that these human articles can tell apart from 0.
    """

    def __init__(self, *, fpr: np.ndarray, tpr: np.ndarray, lowest: float, name: str | None = None) -> None:
        self.fpr = fpr
        self.tpr = tpr
        self.lowest = lowest
        self.name = name

    @classmethod
    def from_estimator(
        cls,
        estimator: Any,
        X: Iterable[str],
        y: Iterable[int],
        *,
        sources: Sequence[str] | None = None,
        name: str | None = None,
        ax: Any = None,
        **kwargs: Any,
    ) -> LowFPRDisplay:
        """Score the texts and draw; an article without a verdict is never flagged, as it would not be in use."""
        texts = list(X)
        log_odds = np.where(np.isnan(estimator.p_value(texts)), -np.inf, estimator.decision_function(texts))
        return cls.from_predictions(y, log_odds, sources=sources, name=name, ax=ax, **kwargs)

    @classmethod
    def from_predictions(
        cls,
        y_true: Iterable[int],
        y_score: Iterable[float],
        *,
        sources: Sequence[str] | None = None,
        name: str | None = None,
        ax: Any = None,
        **kwargs: Any,
    ) -> LowFPRDisplay:
        """Draw scores that rise with suspicion, -inf where an article is never flagged.

        With `sources` every source weighs the same inside its class.  Raises `ValueError` for NaN and for labels other
        than 0 and 1.
        """
        score = np.asarray(list(y_score), float)
        y = labels(y_true, len(score), "scores")
        if np.isnan(score).any():
            raise ValueError("a score is NaN; give -inf to what is never flagged")
        weight = source_weights(y, sources)
        fpr, tpr = _rates(y, score, weight)
        return cls(fpr=fpr, tpr=tpr, lowest=float(2 * weight[y == 0].min()), name=name).plot(ax=ax, **kwargs)

    def tpr_at(self, max_fpr: float) -> float:
        """The largest TPR at a false-positive rate of at most `max_fpr`."""
        return float(self.tpr[self.fpr <= max_fpr * (1 + _TOLERANCE)].max())

    def plot(self, ax: Any = None, *, name: str | None = None, **kwargs: Any) -> LowFPRDisplay:
        """Draw on the axes given or on new ones; further arguments go to matplotlib's `plot`."""
        self.ax_ = axes(ax)
        self.figure_ = self.ax_.figure
        start = self.lowest / 2  # a rate of 0 has no place on this axis: the curve begins left of the first one known
        shown = name or self.name
        style = {"drawstyle": "steps-post", **({"label": shown} if shown else {}), **kwargs}
        (self.line_,) = self.ax_.plot(np.maximum(self.fpr, start), self.tpr, **style)
        self.ax_.set(
            xscale="log", xlim=(start, 1), ylim=(0, 1.01),
            xlabel="False-positive rate: human articles flagged", ylabel="True-positive rate: machine articles flagged",
        )  # fmt: skip
        self.ax_.grid(visible=True, alpha=0.3)
        if shown:
            self.ax_.legend(loc="lower right")
        return self


def _rates(y: np.ndarray, score: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The two rates at every threshold from above the highest score down to the lowest finite one."""
    order = np.argsort(-score, kind="stable")
    sums = [np.concatenate([[0.0], np.cumsum((2 * weight * (y == label))[order])]) for label in (0, 1)]
    ordered = score[order]
    last = np.append(ordered[1:] != ordered[:-1], True) & np.isfinite(ordered)
    at = np.concatenate([[0], np.flatnonzero(last) + 1])
    return np.minimum(sums[0][at], 1), np.minimum(sums[1][at], 1)
