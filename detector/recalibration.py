"""P-values that rest on one's own human articles: weights stay as they are, only the table of human news is made anew.

With n own articles the p-value is conformal (Vovk, Gammerman and Shafer 2005): an article whose log-odds k own ones
reach gets (k + 1) / (n + 1).  That holds for any distribution, as long as the own articles and the ones to be judged
could have come in any order.  Lengths are judged by their own articles as soon as there are OWN_TABLE of them, together
with their neighbours' until then.

Below 1 / (n + 1) the own articles say nothing.  There the model's table goes on, scaled so that it meets the own one:
p = (p in the model's table) / (that of the highest own article) / (n + 1).  That is right on average if the own scores
thin out as those of other news do; it is called blended, never own.

The model's safety shift is not applied to the own table: it guards against outlets that the table does not know, and
own articles come from the very outlet that is judged.  With it, the promise would be false on the low side.

For whoever calibrates, n is fixed: the share of later human articles that is flagged at a rate q varies around it as
Beta(k, n + 1 - k) with k = floor(q * (n + 1)) (Vovk 2012, "Conditional validity of inductive conformal predictors").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from detector.reference import SHORTEST, Band, Reference

BANDS = (SHORTEST, 150, 300, 600)
"""Words at which the lengths begin that own articles are counted by."""

FEWEST = 50
"""Own articles needed: the limit of 5 % then rests on the second highest of them, not on a single stray article."""

OWN_TABLE = 99
"""Own articles from which on a length is judged by its own: fewer cannot support a rate of 1 %."""

LEVEL = 0.95
"""Probability with which the rate of false positives lies in the promised interval."""


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
    """Neighbouring lengths of BANDS, `first` to `last`, that are judged by the same `articles` own articles."""

    first: int
    last: int
    articles: int

    def holds(self, words: np.ndarray) -> np.ndarray:
        """Which numbers of words are among these lengths."""
        return (words >= BANDS[self.first]) & (np.searchsorted(BANDS, words, "right") - 1 <= self.last)

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
    return next((group.articles for group in own_lengths(about) if group.holds(np.array(words))), None)


def counts_by_length(words: np.ndarray) -> list[int]:
    """How many of these articles, all of SHORTEST words or more, have each length of BANDS."""
    return np.bincount(np.searchsorted(BANDS, words, "right") - 1, minlength=len(BANDS)).tolist()


def recalibrate(reference: Reference, log_odds: np.ndarray, words: np.ndarray) -> tuple[Reference, tuple[Lengths, ...]]:
    """The table that rests on own human articles, (N,) each, and the lengths that are judged together.

    Raises `ValueError` for an article of under SHORTEST words: it has no place in a table.
    """
    if (words < SHORTEST).any():
        raise ValueError(f"an article has {words.min()} words; {SHORTEST} are needed")
    groups = lengths(counts_by_length(words))
    bands = tuple(_own_band(reference.shifted[0], np.sort(log_odds[group.holds(words)])) for group in groups)
    return Reference(bands, 0.0, tuple(BANDS[group.first] for group in groups)), groups


def _own_band(band: Band, own: np.ndarray) -> Band:
    """A band of the own p-values; `own` (n,) are the own log-odds, ascending.

    It ends at infinity, for above all scores seen the p-value need not be the smallest that so many entries can give.
    """
    n = len(own)
    log_odds = np.unique(np.concatenate([band.log_odds, own, [np.inf]]))
    p_value = (n - np.searchsorted(own, log_odds, "left") + 1) / (n + 1)
    above = log_odds > own[-1]
    p_value[above] *= np.minimum(band.p_value(log_odds[above]) / band.p_value(own[-1:]), 1.0)
    return Band(log_odds, _upper_share(p_value, len(log_odds)))


def _upper_share(p_value: np.ndarray, n: int) -> np.ndarray:
    """The shares from which a band of n entries reads these p-values, and never by rounding a larger one."""
    share = np.clip((p_value * (n + 1) - 1) / n, 0.0, 1.0)
    while (over := ((share * n + 1) / (n + 1) > p_value) & (share > 0)).any():
        share[over] = np.nextafter(share[over], 0.0)
    return share
