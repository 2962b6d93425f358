"""Whether scores are probabilities, drawn by scikit-learn from weighted bins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from sklearn.calibration import CalibrationDisplay

from detector.plots.axes import MACHINE, axes, labels, source_weights


class ReliabilityDisplay(CalibrationDisplay):
    """scikit-learn's `CalibrationDisplay` of weighted articles.

    A score is the probability of machine origin if half of all articles were machine-made.  In a sample of any other
    make-up the plain display would show a good score as wrong; here both classes weigh the same, and the sources inside
    a class.
    """

    @classmethod
    def from_estimator(
        cls,
        estimator: Any,
        X: Iterable[str],
        y: Iterable[int],
        *,
        sources: Sequence[str] | None = None,
        n_bins: int = 10,
        name: str | None = None,
        ax: Any = None,
        **kwargs: Any,
    ) -> ReliabilityDisplay:
        """Score the texts and draw."""
        scores = estimator.decision_function(list(X))
        return cls.from_predictions(y, scores, sources=sources, n_bins=n_bins, name=name, ax=ax, **kwargs)

    @classmethod
    def from_predictions(
        cls,
        y_true: Iterable[int],
        y_score: Iterable[float],
        *,
        sources: Sequence[str] | None = None,
        n_bins: int = 10,
        name: str | None = None,
        ax: Any = None,
        **kwargs: Any,
    ) -> ReliabilityDisplay:
        """Draw log-odds in `n_bins` bins of equal width of their scores."""
        from detector.evaluation.metrics import reliability
        from detector.verdict import logistic

        log_odds = np.asarray(list(y_score), float)
        y = labels(y_true, len(log_odds), "scores")
        bins = reliability(log_odds, y, source_weights(y, sources), n_bins)
        prob_pred, prob_true = (np.array([getattr(one, key) for one in bins]) for key in ("score", "machine"))
        display = cls(prob_true, prob_pred, logistic(log_odds), estimator_name=name)
        return display.plot(ax=axes(ax), **{"color": MACHINE, **kwargs})

    @classmethod
    def from_evaluation(cls, result: Any, *, name: str | None = None, ax: Any = None, **kwargs: Any) -> Any:
        """Draw the reliability table of what `detector evaluate` wrote: sources that training had not seen."""
        bins = result["calibration"]["bins"]
        prob_pred, prob_true = (np.array([one[key] for one in bins]) for key in ("score", "machine"))
        display = cls(prob_true, prob_pred, prob_pred, estimator_name=name)
        return display.plot(ax=axes(ax), **{"color": MACHINE, **kwargs})
