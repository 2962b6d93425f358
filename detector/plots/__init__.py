"""Evaluation pictures by the display conventions of scikit-learn: `from_estimator`, `from_predictions`, `plot(ax=)`.

What scikit-learn draws well is not drawn again.  `sklearn.metrics.DetCurveDisplay` takes a detector as it is; its axes
(normal deviates) already spread out low false-positive rates.  `ReliabilityDisplay` is scikit-learn's
`CalibrationDisplay` with weights.  Every display keeps what it draws in attributes, and its axes in `ax_` and
`figure_`.  matplotlib is the extra `plots`.
"""

from __future__ import annotations

from detector.plots.features import FeatureDisplay
from detector.plots.lowfpr import LowFPRDisplay
from detector.plots.rates import RatesDisplay
from detector.plots.reliability import ReliabilityDisplay
from detector.plots.weights import WeightsDisplay

__all__ = ["FeatureDisplay", "LowFPRDisplay", "RatesDisplay", "ReliabilityDisplay", "WeightsDisplay"]
