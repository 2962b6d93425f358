"""How often human news shows as much of a feature: the base rates beside every piece of evidence."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

LEVELS = np.array(
    [0, 0.001, 0.002, 0.005, 0.01, 0.02, *np.arange(0.05, 0.951, 0.05), 0.98, 0.99, 0.995, 0.998, 0.999, 1]
)
"""Shares of human articles at which the quantiles of each feature are kept."""


@dataclass(frozen=True, eq=False)
class HumanNews:
    """Quantiles (F, len(LEVELS)) of each feature over human news, and the share (F,) of articles that show it."""

    quantiles: np.ndarray
    shown: np.ndarray

    @classmethod
    def from_values(cls, values: np.ndarray, weight: np.ndarray) -> HumanNews:
        """Quantiles of (N, F) values in which article i counts `weight[i]`."""
        order = np.argsort(values, axis=0, kind="stable")
        cumulative = np.cumsum(weight[order], axis=0) / weight.sum()
        columns = []
        for feature in range(values.shape[1]):
            at = np.searchsorted(cumulative[:, feature], LEVELS - 1e-12).clip(0, len(values) - 1)
            columns.append(values[order[at, feature], feature])
        # Shares of rounded weights may add up to a hair over 1.
        shown = np.minimum((weight[:, None] * (values > 0)).sum(axis=0) / weight.sum(), 1.0)
        return cls(np.array(columns), shown)

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, np.ndarray]) -> HumanNews:
        """What `arrays` wrote."""
        return cls(arrays["human_quantiles"], arrays["human_shown"])

    def arrays(self) -> dict[str, np.ndarray]:
        """The arrays of the model file."""
        return {"human_quantiles": self.quantiles, "human_shown": self.shown}

    def median(self, feature: int) -> float:
        """The median of a feature over human news."""
        return self._medians[feature]

    @cached_property
    def _medians(self) -> list[float]:
        return [float(np.interp(0.5, LEVELS, quantiles)) for quantiles in self.quantiles]

    def base_rate(self, feature: int, value: float) -> float:
        """The share of human articles with at least this value, or at most it where it lies below their median.

        Between two kept quantiles the share is interpolated; it is never below the smallest share kept.
        """
        curve = self._curves[feature]
        if value < self.median(feature):
            return max(_between(value, *curve.last_of_ties), _LEAST)
        if value <= 0:
            return 1.0
        if value <= curve.least:
            # Nothing between 0 and this value was seen: whoever shows the feature at all shows as much.
            return curve.shown
        return min(max(1 - _between(value, *curve.first_of_ties), _LEAST), curve.shown)

    @cached_property
    def _curves(self) -> list[_Curve]:
        return [
            _Curve(
                first_of_ties=_kept(np.insert(np.diff(quantiles) > 0, 0, True), quantiles),
                last_of_ties=_kept(np.append(np.diff(quantiles) > 0, True), quantiles),
                least=float(quantiles[quantiles > 0].min(initial=math.inf)),
                shown=max(shown, _LEAST),
            )
            for quantiles, shown in zip(self.quantiles, self.shown.tolist(), strict=True)
        ]


_LEAST = float(LEVELS[1] / 2)


class _Curve(NamedTuple):
    """A feature's quantiles and their levels, either way of ties; its least quantile above 0; who shows it at all."""

    first_of_ties: tuple[list[float], list[float]]
    last_of_ties: tuple[list[float], list[float]]
    least: float
    shown: float


def _kept(keep: np.ndarray, quantiles: np.ndarray) -> tuple[list[float], list[float]]:
    return quantiles[keep].tolist(), LEVELS[keep].tolist()


def _between(value: float, quantiles: list[float], levels: list[float]) -> float:
    """The level of a value, as `np.interp` has it, which takes ten times as long for a single number."""
    at = bisect_right(quantiles, value)
    # At a quantile nothing is interpolated: the slope may be infinite where two of them are as near as floats can be.
    if at in (0, len(quantiles)) or value == quantiles[at - 1]:
        return levels[max(at - 1, 0)]
    slope = (levels[at] - levels[at - 1]) / (quantiles[at] - quantiles[at - 1])
    return slope * (value - quantiles[at - 1]) + levels[at - 1]
