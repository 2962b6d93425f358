"""How a feature is spread over human and over machine articles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from detector.plots.axes import HUMAN, MACHINE, axes, labels


class FeatureDisplay:
    """The shares of human and of machine articles (B,) whose value lies between consecutive `edges` (B + 1,).

    Both add up to 1.  Values beyond the outer edges are counted in the outer bins.  `name` is the feature's name and
    `told` says what it measures.
    """

    def __init__(
        self, *, edges: np.ndarray, human: np.ndarray, machine: np.ndarray, name: str = "", told: str = ""
    ) -> None:
        self.edges = edges
        self.human = human
        self.machine = machine
        self.name = name
        self.told = told

    @classmethod
    def from_estimator(
        cls,
        estimator: Any,
        X: Iterable[str],
        y: Iterable[int],
        *,
        feature: str,
        bins: int = 30,
        ax: Any = None,
        **kwargs: Any,
    ) -> FeatureDisplay:
        """Measure the texts with a `StyleVectorizer` and draw a feature; `ValueError` where it has no such feature."""
        names = list(estimator.get_feature_names_out())
        if feature not in names:
            raise ValueError(f"feature is {feature!r}, which is none of the {len(names)} of this vectorizer")
        values = np.asarray(estimator.transform(list(X)))[:, names.index(feature)]
        told = estimator.describe()[feature]
        return cls.from_predictions(y, values, name=feature, told=told, bins=bins, ax=ax, **kwargs)

    @classmethod
    def from_predictions(
        cls,
        y_true: Iterable[int],
        values: Iterable[float],
        *,
        name: str = "",
        told: str = "",
        bins: int = 30,
        ax: Any = None,
        **kwargs: Any,
    ) -> FeatureDisplay:
        """Draw values that were measured already, one an article."""
        found = np.asarray(list(values), float)
        y = labels(y_true, len(found), "values")
        low, high = np.quantile(found, [0.005, 0.995])
        edges = np.linspace(low, high if high > low else low + 1, bins + 1)
        inside = np.clip(found, edges[0], edges[-1])
        human, machine = (np.histogram(inside[y == label], edges)[0] / (y == label).sum() for label in (0, 1))
        return cls(edges=edges, human=human, machine=machine, name=name, told=told).plot(ax=ax, **kwargs)

    def plot(self, ax: Any = None, **kwargs: Any) -> FeatureDisplay:
        """Draw on the axes given or on new ones; further arguments go to matplotlib's `stairs`."""
        self.ax_ = axes(ax)
        self.figure_ = self.ax_.figure
        self.ax_.stairs(
            self.human, self.edges, **{"label": "human", "color": HUMAN, "fill": True, "alpha": 0.35, **kwargs}
        )
        self.ax_.stairs(self.machine, self.edges, **{"label": "machine", "color": MACHINE, "linewidth": 1.8, **kwargs})
        self.ax_.set(xlabel=self.name.replace("_", " "), ylabel="Share of articles", title=self.told)
        self.ax_.title.set(fontsize="medium", wrap=True)
        self.ax_.legend(loc="best")
        return self
