"""An additive expert: log-odds as a sum of one curve a feature and one weight an n-gram.

Each feature's curve is piecewise linear: it rises or falls between consecutive knots and is flat outside them, so that
no single value can run away with the score.  Curves are measured from the average human article, which gives
contributions a plain meaning: how much more this article speaks for a machine than human news does on average.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from detector.batchtext import Batch
from detector.families import features, matrix, measure
from detector.families.measure import Measured
from detector.families.ngrams import Channel, channels, pack, weights


@dataclass(frozen=True, eq=False)
class Evidences:
    """What was measured in a batch: features with their ranges, the matrix of their values, n-gram buckets."""

    batch: Batch
    found: list[Measured]
    values: np.ndarray  # (N, F)
    ngrams: dict[str, Channel]

    @classmethod
    def from_texts(cls, texts: list[str], without: frozenset[str] = frozenset()) -> Evidences:
        """Measure texts once for every expert, all but the feature functions named in `without`."""
        batch = Batch.from_texts(texts)
        found = measure(batch, without)
        return cls(batch, found, matrix(found), channels(batch))


def ramps(values: np.ndarray, knots: np.ndarray) -> np.ndarray:
    """How far each value has come between consecutive knots, 0 to 1: (N, F) and (F, K + 1) give (N, F, K).

    >>> ramps(np.array([[3.0]]), np.array([[0.0, 2.0, 4.0]]))
    array([[[1. , 0.5]]])
    """
    # In memory (N, K, F): NumPy is several times slower on an innermost axis of four, and on steps in memory.
    ramped = values[:, None, :] - np.ascontiguousarray(knots[:, :-1].T)
    ramped /= np.ascontiguousarray(np.diff(knots, axis=1).T)
    return np.clip(ramped, 0, 1, out=ramped).transpose(0, 2, 1)


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
        # Not by products of all: an array of every step of every curve takes fifteen times as long.
        return np.einsum("nkf,kf->nf", ramped.transpose(0, 2, 1), self._heights) - self.centre

    def feature_sum(self, ramped: np.ndarray) -> np.ndarray:
        """(N,) their sum, without an array of all of them."""
        # No product of matrices: its rounding depends on the number of articles.
        rows = ramped.transpose(0, 2, 1).reshape(len(ramped), self._heights.size)
        return np.einsum("nd,d->n", rows, self._heights.ravel()) - self._centre

    @cached_property
    def _centre(self) -> float:
        return float(self.centre.sum())

    @cached_property
    def _heights(self) -> np.ndarray:
        """(K, F) the heights in the order of memory that `ramps` has."""
        return np.ascontiguousarray(self.heights.T)

    def from_means(self, means: dict[str, np.ndarray], ngrams: dict[str, Channel]) -> np.ndarray:
        """(N,) log-odds of the n-grams from the mean table entry of each channel."""
        parts = [self.channel_contribution(name, mean, ngrams[name].per_article > 0) for name, mean in means.items()]
        return sum(parts[1:], parts[0])

    def channel_contribution(self, name: str, mean: np.ndarray, present: np.ndarray) -> np.ndarray:
        """(N,) log-odds of a channel from its mean table entry, less the human mean; 0 where no n-gram is `present`."""
        return np.where(present, self.scales[name] * mean - self.means[name], 0.0)


@dataclass(frozen=True, eq=False)
class Panel:
    """The experts of a model; the one with the largest log-odds leads and speaks for an article."""

    knots: np.ndarray  # (F, K + 1)
    experts: tuple[Expert, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The experts' names, in their order."""
        return tuple(expert.name for expert in self.experts)

    @cached_property
    def weightless(self) -> frozenset[str]:
        """Feature functions to which no expert gives a weight: a score does not change where they are not measured."""
        weighted = np.any([expert.heights != 0 for expert in self.experts], axis=(0, 2))
        names = [function.__name__ for _, function, _ in features()]
        return frozenset(names) - {name for name, one in zip(names, weighted.tolist(), strict=True) if one}

    def ngrams(self, evidences: Evidences) -> np.ndarray:
        """(N, E) what the n-grams give to every expert's log-odds."""
        means = {name: channel.means(self._tables[name]) for name, channel in evidences.ngrams.items()}
        parts = [
            expert.from_means({name: mean[number] for name, mean in means.items()}, evidences.ngrams)
            for number, expert in enumerate(self.experts)
        ]
        return np.stack(parts, axis=1)

    def token_contributions(self, evidences: Evidences, lead: np.ndarray) -> np.ndarray:
        """(T,) log-odds that the n-grams beginning at each token give to their article, by its leading expert (N,)."""
        batch = evidences.batch
        total = np.zeros(len(batch.article))
        for name, channel in evidences.ngrams.items():
            scale, mean = np.array([(one.scales[name], one.means[name]) for one in self.experts]).T
            article = batch.article.take(channel.token)
            expert = lead.take(article)
            weight = scale.take(expert) * weights(self._tables[name], expert, channel.bucket)
            share = (weight - mean.take(expert)) / channel.per_article.take(article)
            total += np.bincount(channel.token, share, len(total))
        return total

    @cached_property
    def _tables(self) -> dict[str, np.ndarray]:
        """The weights of all experts, packed: for each channel (E / 4, buckets)."""
        return {name: pack([one.tables[name] for one in self.experts]) for name in self.experts[0].tables}

    def combine(self, values: np.ndarray, ngrams: np.ndarray) -> np.ndarray:
        """(N, E) log-odds of every expert, from feature values (N, F) and what the n-grams give (N, E)."""
        return self.combine_ramped(ramps(values, self.knots), ngrams)

    def combine_ramped(self, ramped: np.ndarray, ngrams: np.ndarray) -> np.ndarray:
        """The same, from (N, F, K) ramps."""
        return np.stack([one.intercept + one.feature_sum(ramped) for one in self.experts], axis=1) + ngrams
