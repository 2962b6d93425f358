"""An additive expert: log-odds as a sum of one curve a feature and one weight an n-gram.

Each feature's curve is piecewise linear: it rises or falls between consecutive knots and is flat outside them, so that
no single value can run away with the score.  Curves are measured from the average human article, which gives
contributions a plain meaning: how much more this article speaks for a machine than human news does on average.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from detector.batchtext import Batch
from detector.families import matrix, measure
from detector.families.measure import Measured
from detector.families.ngrams import Channel, channels


@dataclass(frozen=True, eq=False)
class Evidences:
    """What was measured in a batch: features with their ranges, the matrix of their values, n-gram buckets."""

    batch: Batch
    found: list[Measured]
    values: np.ndarray  # (N, F)
    ngrams: dict[str, Channel]

    @classmethod
    def from_texts(cls, texts: list[str]) -> Evidences:
        """Measure texts once for every expert."""
        batch = Batch.from_texts(texts)
        found = measure(batch)
        return cls(batch, found, matrix(found), channels(batch))


def ramps(values: np.ndarray, knots: np.ndarray) -> np.ndarray:
    """How far each value has come between consecutive knots, 0 to 1: (N, F) and (F, K + 1) give (N, F, K).

    >>> ramps(np.array([[3.0]]), np.array([[0.0, 2.0, 4.0]]))
    array([[[1. , 0.5]]])
    """
    low, width = knots[:, :-1], np.diff(knots, axis=1)
    return np.clip((values[:, :, None] - low) / width, 0, 1)


@dataclass(frozen=True, eq=False)
class Expert:
    """The numbers of one expert, calibrated: its sums are log-odds.

    `heights` (F, K) is how much each feature's curve rises over each ramp; `centre` (F,) the curve's mean over human
    news.  `tables` maps a channel to int8 weights, `scales` to the log-odds of one unit, `means` to the human mean.
    """

    name: str
    intercept: float
    heights: np.ndarray
    centre: np.ndarray
    tables: dict[str, np.ndarray]
    scales: dict[str, float]
    means: dict[str, float]

    def feature_contributions(self, ramped: np.ndarray) -> np.ndarray:
        """(N, F) log-odds of each feature, from (N, F, K) ramps."""
        return (ramped * self.heights).sum(axis=2) - self.centre

    def ngram_contributions(self, evidences: Evidences) -> np.ndarray:
        """(N,) log-odds of the n-grams; 0 for an article without any."""
        total = np.zeros(evidences.batch.size)
        for name, channel in evidences.ngrams.items():
            total += self.channel_contribution(name, *self._mean_units(name, channel, evidences.batch))
        return total

    def channel_contribution(self, name: str, mean: np.ndarray, present: np.ndarray) -> np.ndarray:
        """(N,) log-odds of a channel from its mean table entry, less the human mean; 0 where no n-gram is `present`."""
        return np.where(present, self.scales[name] * mean - self.means[name], 0.0)

    def _mean_units(self, name: str, channel: Channel, batch: Batch) -> tuple[np.ndarray, np.ndarray]:
        article = batch.article[channel.token]
        # Sums of integers are exact: a text scores the same alone and in any batch.
        units = np.bincount(article, self.tables[name][channel.bucket], batch.size)
        count = np.bincount(article, minlength=batch.size)
        return np.divide(units, count, out=np.zeros(batch.size), where=count > 0), count > 0

    def token_contributions(self, evidences: Evidences) -> np.ndarray:
        """(T,) log-odds that the n-grams beginning at each token give to their article."""
        batch = evidences.batch
        total = np.zeros(len(batch.article))
        for name, channel in evidences.ngrams.items():
            article = batch.article[channel.token]
            count = np.bincount(article, minlength=batch.size)[article]
            share = (self.scales[name] * self.tables[name][channel.bucket] - self.means[name]) / count
            total += np.bincount(channel.token, share, len(total))
        return total


class Parts(NamedTuple):
    """What an expert's log-odds are the sum of: its intercept, each feature (N, F), and the n-grams (N,)."""

    intercept: float
    features: np.ndarray
    ngrams: np.ndarray

    @property
    def sums(self) -> np.ndarray:
        """(N,) the log-odds."""
        return self.intercept + self.features.sum(axis=1) + self.ngrams


@dataclass(frozen=True, eq=False)
class Panel:
    """The experts of a model; the one with the largest log-odds leads and speaks for an article."""

    knots: np.ndarray  # (F, K + 1)
    experts: tuple[Expert, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The experts' names, in their order."""
        return tuple(expert.name for expert in self.experts)

    def sums(self, evidences: Evidences) -> np.ndarray:
        """(N, E) log-odds of every expert."""
        return np.stack([one.sums for one in self.parts(evidences)], axis=1)

    def parts(self, evidences: Evidences) -> list[Parts]:
        """What each expert's log-odds are made of."""
        return self._parts(evidences.values, lambda expert: expert.ngram_contributions(evidences))

    def combine(self, values: np.ndarray, ngrams: Callable[[Expert], np.ndarray]) -> np.ndarray:
        """(N, E) log-odds from feature values (N, F) and what gives an expert's n-gram contributions (N,)."""
        return np.stack([one.sums for one in self._parts(values, ngrams)], axis=1)

    def _parts(self, values: np.ndarray, ngrams: Callable[[Expert], np.ndarray]) -> list[Parts]:
        ramped = ramps(values, self.knots)
        return [Parts(one.intercept, one.feature_contributions(ramped), ngrams(one)) for one in self.experts]
