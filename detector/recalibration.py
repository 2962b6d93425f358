"""P-values that rest on one's own human articles: weights stay as they are, only the table of human news is made anew.

Articles of several lengths are compared by their *rank*, the share of human news of their own length that scores as
high under the model's table.  With n own articles the p-value is conformal (Vovk, Gammerman and Shafer 2005): an
article of which k own ones rank as high or higher gets (k + 1) / (n + 1).  That holds for any distribution of ranks, as
long as the own articles and the ones to be judged could have come in any order.  Lengths are judged by their own
articles as soon as there are OWN_TABLE of them, together with their neighbours' until then.

Below 1 / (n + 1) the own articles say nothing.  There the model's table goes on, scaled so that it meets the own one:
p = rank / (highest own rank) / (n + 1).  That is right on average if the own scores thin out as those of other news do;
it is called blended, never own.

The model's safety shift stays in the ranks, where it changes little, and is not applied to the own table: it guards
against outlets that the table does not know, and own articles come from the very outlet that is judged.  With it, the
promise would be false on the low side.

For whoever calibrates, n is fixed: the share of later human articles that is flagged at a rate q varies around it as
Beta(k, n + 1 - k) with k = floor(q * (n + 1)) (Vovk 2012, "Conditional validity of inductive conformal predictors").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from detector.reference import BANDS, Band, Reference

FEWEST = 50
"""Own articles needed: the limit of 5 % then rests on the second highest of them, not on a single stray article."""

OWN_TABLE = 99
"""Own articles from which on a length is judged by its own: fewer cannot support a rate of 1 %."""

LEVEL = 0.95
"""Probability with which the rate of false positives lies in the promised interval."""

_TAIL = 0.05
_FAR = 700.0  # ranks end this much below the table's last, in logarithms: hardly a float is smaller


@dataclass(frozen=True)
class Promise:
    """Between `low` and `high` lies, at 95 %, the share of later human articles flagged at `max_fpr`.

    It is for articles of `words_from` to `words_to` words (None: no end), over their mix of lengths, and rests on
    `articles` own ones of such lengths.  `own` is False where they are too few for the rate: then the interval holds
    only if the own scores thin out as those of other news do.
    """

    max_fpr: float
    low: float
    high: float
    own: bool
    articles: int
    words_from: int
    words_to: int | None


@dataclass(frozen=True)
class Lengths:
    """Neighbouring length bands, `first` to `last`, that are judged by the same `articles` own articles."""

    first: int
    last: int
    articles: int

    def promise(self, max_fpr: float) -> Promise:
        """What can be promised at a rate between 0 and 1."""
        n, allowed = self.articles, self.allowed(max_fpr)
        a, b, scale = (allowed, n + 1 - allowed, 1.0) if allowed else (1, n, max_fpr * (n + 1))
        low, high = beta_interval(a, b)
        words_to = BANDS[self.last + 1] - 1 if self.last + 1 < len(BANDS) else None
        return Promise(max_fpr, scale * low, scale * high, allowed > 0, n, BANDS[self.first], words_to)

    def allowed(self, max_fpr: float) -> int:
        """The largest k with k / (n + 1) at most `max_fpr`, as floats compare; 0 where n cannot support that rate."""
        n = self.articles
        return int(np.searchsorted(np.arange(1, n + 1) / (n + 1), max_fpr, "right"))


def beta_interval(a: int, b: int) -> tuple[float, float]:
    """The central interval of Beta(a, b) at LEVEL.

    >>> [round(x, 4) for x in beta_interval(2, 199)]
    [0.0012, 0.0275]
    """
    from scipy.special import betaincinv

    low, high = betaincinv(a, b, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def lengths(counts: Sequence[int]) -> tuple[Lengths, ...]:
    """Neighbouring bands joined from the shortest on until each group has OWN_TABLE articles, or all are one.

    >>> [(one.first, one.last, one.articles) for one in lengths([20, 90, 200, 10])]
    [(0, 1, 110), (2, 3, 210)]
    """
    starts, since = [0], 0
    for number, count in enumerate(counts):
        if since >= OWN_TABLE and sum(counts[number:]) >= OWN_TABLE:
            starts.append(number)
            since = 0
        since += count
    ends = [*starts, len(counts)]
    return tuple(Lengths(first, end - 1, sum(counts[first:end])) for first, end in pairwise(ends))


def own_lengths(about: Mapping[str, Any]) -> tuple[Lengths, ...]:
    """The lengths that a model of this header judges by the same own articles; () where it was calibrated on none."""
    return lengths(about["calibration"]["by_length"]) if "calibration" in about else ()


def own_articles(about: Mapping[str, Any], words: int) -> int | None:
    """How many own articles the p-value of an article of so many words rests on; None where it rests on none."""
    band = int(np.searchsorted(BANDS, words, "right")) - 1
    return next((group.articles for group in own_lengths(about) if group.first <= band <= group.last), None)


@dataclass(frozen=True, eq=False)
class Ranks:
    """The ranks of one band as a falling curve over log-odds, in logarithms, so that neighbouring scores do not tie.

    Between the table's scores its p-value is interpolated.  Above the highest it falls on as steeply as over the
    table's last twentieth, for human scores have a nearly exponential tail.
    """

    log_odds: np.ndarray
    log_rank: np.ndarray

    @classmethod
    def of(cls, band: Band) -> Ranks:
        """The curve of a band that has at least one article."""
        x = np.unique(band.log_odds)
        log_rank = np.log(band.p_value(x))
        start = min(int(np.searchsorted(-log_rank, -np.log(_TAIL))), len(x) - 1)
        rise, fall = x[-1] - x[start], log_rank[start] - log_rank[-1]
        slope = fall / rise if rise > 0 and fall > 0 else 1.0
        return cls(np.append(x, x[-1] + _FAR / slope), np.append(log_rank, log_rank[-1] - _FAR))

    def at(self, log_odds: np.ndarray) -> np.ndarray:
        """Logarithms of the ranks of log-odds."""
        return np.interp(log_odds, self.log_odds, self.log_rank)

    def log_odds_at(self, log_rank: np.ndarray) -> np.ndarray:
        """The log-odds of ranks that are given as logarithms."""
        return np.interp(log_rank, self.log_rank[::-1], self.log_odds[::-1])


def recalibrate(reference: Reference, log_odds: np.ndarray, words: np.ndarray) -> tuple[Reference, tuple[Lengths, ...]]:
    """The table that rests on own human articles, (N,) each, and the lengths that are judged together.

    Raises `ValueError` for an article of a length of which `reference` has none: it has no rank.
    """
    bands, band_of = reference.shifted, reference.band_of(words)
    counts = np.bincount(band_of[band_of >= 0], minlength=len(bands)).tolist()
    if sum(counts) < len(words) or any(count and not len(band) for count, band in zip(counts, bands, strict=True)):
        raise ValueError("an article has a length of which the table of human news has none")
    curves = [Ranks.of(band) if len(band) else None for band in bands]
    log_rank = np.zeros(len(log_odds))
    for number in set(band_of.tolist()):
        log_rank[band_of == number] = curves[number].at(log_odds[band_of == number])
    groups, result = lengths(counts), list(bands)
    for group in groups:
        theirs = (band_of >= group.first) & (band_of <= group.last)
        for number in range(group.first, group.last + 1):
            curve, here = curves[number], band_of == number
            # A band without human news stays so: p-values of 1, and no threshold.
            if curve is not None and group.articles:
                cuts = np.concatenate([log_odds[here], curve.log_odds_at(log_rank[theirs & ~here])])
                result[number] = _own_band(bands[number], np.sort(cuts), float(np.exp(log_rank[theirs].min())))
    return Reference(tuple(result), 0.0), groups


def _own_band(band: Band, cuts: np.ndarray, highest_rank: float) -> Band:
    """A band of the own p-values: `cuts` (n,) are the own articles' places in it, ascending.

    It ends at infinity, for above all scores seen the p-value need not be the smallest that so many entries can give.
    """
    n = len(cuts)
    log_odds = np.unique(np.concatenate([band.log_odds, cuts, [np.inf]]))
    p_value = (n - np.searchsorted(cuts, log_odds, "left") + 1) / (n + 1)
    above = log_odds > cuts[-1]
    p_value[above] *= np.minimum(band.p_value(log_odds[above]) / highest_rank, 1.0)
    return Band(log_odds, _upper_share(p_value, len(log_odds)))


def _upper_share(p_value: np.ndarray, n: int) -> np.ndarray:
    """The shares from which a band of n entries reads these p-values, and never by rounding a larger one."""
    share = np.clip((p_value * (n + 1) - 1) / n, 0.0, 1.0)
    while (over := ((share * n + 1) / (n + 1) > p_value) & (share > 0)).any():
        share[over] = np.nextafter(share[over], 0.0)
    return share
