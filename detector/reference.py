"""Where a score lies among human-written news: p-values, thresholds and what they can support.

The table holds the log-odds of human articles by models that had not seen their source, every source with the same
weight.  One band serves all lengths: bands by length rest on few sources, whose worst sets the tail.  On
detectrl, llmfake, sheepdog and f3, left out of training, four bands gave a mean TPR of 0.58 at 1 % FPR and flagged
3.8 % of op-eds, one band 0.67 and 0.7 %.  A table of own articles may have bands.

A p-value is conformal (Vovk, Gammerman and Shafer 2005): the share of human articles with at least this log-odds, the
article itself counted among them, (k + 1) / (n + 1).
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

import numpy as np

SHORTEST = 80
"""Words below which there is no verdict."""

TIERS = (("strong", 0.001), ("likely", 0.01), ("weak", 0.05))
"""Names of the tiers and the largest p-value of each."""


@dataclass(frozen=True, eq=False)
class Band:
    """Human articles of one length: ascending log-odds, and for each the share of articles at or above it."""

    log_odds: np.ndarray
    upper_share: np.ndarray

    def __len__(self) -> int:
        """The number of human articles."""
        return len(self.log_odds)

    def p_value(self, log_odds: np.ndarray) -> np.ndarray:
        """Conformal p-values of log-odds; the smallest possible is 1 / (n + 1)."""
        at = np.searchsorted(self.log_odds, log_odds, "left")
        share = np.append(self.upper_share, 0.0)[at]
        return (share * len(self) + 1) / (len(self) + 1)

    def threshold(self, max_fpr: float) -> float:
        """The smallest log-odds at which the p-value is at most `max_fpr`; infinite where n cannot support it."""
        allowed = (self.upper_share * len(self) + 1) / (len(self) + 1) <= max_fpr
        if 1 / (len(self) + 1) > max_fpr:
            return math.inf
        above = np.nextafter(self.log_odds[-1], math.inf)
        at = np.flatnonzero(allowed)
        # Between two human scores the p-value is that of the upper one: the threshold lies just above the lower.
        if not len(at):
            return float(above)
        return float(np.nextafter(self.log_odds[at[0] - 1], math.inf)) if at[0] else -math.inf

    @cached_property
    def percentiles(self) -> tuple[float, ...]:
        """The log-odds below which 1, 2, ... 99 in 100 of the human articles lie."""
        return tuple(self.quantiles(np.arange(1, 100) / 100).tolist())

    @cached_property
    def limits(self) -> Mapping[str, float]:
        """The log-odds from which each tier is given, the weakest first; without those that are never given."""
        limits = {tier: self.threshold(max_fpr) for tier, max_fpr in reversed(TIERS)}
        return {tier: limit for tier, limit in limits.items() if math.isfinite(limit)}

    def quantiles(self, shares: np.ndarray) -> np.ndarray:
        """The log-odds below which each share of the human articles lies; the largest finite ones at most."""
        at = np.searchsorted(-self.upper_share, shares - 1, "left")
        return self.log_odds[np.isfinite(self.log_odds)][np.minimum(at, np.isfinite(self.log_odds).sum() - 1)]


def make_band(log_odds: np.ndarray, sources: np.ndarray, smallest: int = 50) -> Band:
    """A band from human log-odds in which sources weigh equally; sources of under `smallest` articles count as one."""
    names, inverse, counts = np.unique(sources, return_inverse=True, return_counts=True)
    group = np.where(counts >= smallest, np.arange(len(names)), len(names))[inverse]
    size = np.bincount(group, minlength=len(names) + 1)
    weight = 1 / (size[group] * (size > 0).sum())
    order = np.argsort(log_odds, kind="stable")
    upper = np.cumsum(weight[order][::-1])[::-1]
    return Band(log_odds[order].astype(float), np.minimum(upper, 1.0))


@dataclass(frozen=True, eq=False)
class Reference:
    """The bands of a model, the words at which each begins, and the log-odds by which it is shifted for safety."""

    bands: tuple[Band, ...]
    shift: float
    starts: tuple[int, ...] = (SHORTEST,)

    @cached_property
    def shifted(self) -> tuple[Band, ...]:
        """The bands moved by `shift`; p-values and thresholds are read from the same numbers and never disagree."""
        return tuple(Band(band.log_odds + self.shift, band.upper_share) for band in self.bands)

    def band_of(self, words: np.ndarray) -> np.ndarray:
        """The band of each number of words, -1 below the first."""
        return np.searchsorted(self.starts, words, "right") - 1

    def p_value(self, log_odds: np.ndarray, words: np.ndarray) -> np.ndarray:
        """The p-value of each article; NaN below the shortest band."""
        band = self.band_of(words)
        result = np.full(len(log_odds), math.nan)
        for number, one in enumerate(self.shifted):
            mine = band == number
            result[mine] = one.p_value(log_odds[mine])
        return result

    def threshold(self, max_fpr: float, words: int | None = None) -> float:
        """The log-odds from which `max_fpr` is kept: of the band of `words`, or the largest over the bands."""
        if words is None:
            return max(band.threshold(max_fpr) for band in self.shifted)
        band = self.band(words)
        return math.inf if band is None else band.threshold(max_fpr)

    def band(self, words: int) -> Band | None:
        """The band that articles of so many words are compared with, as p-values are; None below the first."""
        number = int(self.band_of(np.array([words]))[0])
        return self.shifted[number] if number >= 0 else None

    def ranges(self) -> list[tuple[int, int | None]]:
        """The first and the last number of words of each band; None where it has no end."""
        return [(first, after and after - 1) for first, after in zip_longest(self.starts, self.starts[1:])]

    def tiers(self, p_values: np.ndarray, words: np.ndarray) -> list[str | None]:
        """The tier of each p-value: strong, likely, weak or none; None for NaN."""
        sizes = np.array([len(band) for band in self.bands])[self.band_of(words)]
        given = [(p_values <= most) & (sizes + 1 >= 1 / most) for _, most in TIERS]
        first = np.stack([np.isnan(p_values), *given, np.ones(len(p_values), bool)]).argmax(axis=0)
        names = (None, *(name for name, _ in TIERS), "none")
        return [names[number] for number in first.tolist()]

    @cached_property
    def table_id(self) -> str:
        """Eight hexadecimal digits that change whenever a threshold does."""
        digest = hashlib.sha256(np.float64(self.shift).tobytes())
        for band in self.bands:
            digest.update(band.log_odds.tobytes() + band.upper_share.tobytes())
        return digest.hexdigest()[:8]


def wilson(hits: int, n: int, z: float = 1.959964) -> tuple[float, float]:
    """The Wilson score interval of a share, at 95 % unless z says otherwise (Wilson 1927).

    >>> [round(x, 3) for x in wilson(2, 200)]
    [0.003, 0.036]
    """
    if n == 0:
        return 0.0, 1.0
    p, square = hits / n, z * z
    centre, half = p + square / (2 * n), z * math.sqrt(p * (1 - p) / n + square / (4 * n * n))
    return max(0.0, (centre - half) / (1 + square / n)), min(1.0, (centre + half) / (1 + square / n))
