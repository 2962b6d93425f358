"""How p-values and log-odds are spread, beside what human news alone would show."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

P_BINS, BINS = 20, 40
"""Bins of the p-values, and of the log-odds."""


@dataclass(frozen=True)
class Density:
    """Shares of articles, and of human news, with log-odds between consecutive `edges`; both add up to 1.

    What lies beyond the outer edges is counted in the outer bins.
    """

    edges: tuple[float, ...]
    articles: tuple[float, ...]
    human: tuple[float, ...]


def p_values(values: np.ndarray) -> tuple[int, ...]:
    """Articles by p-value in P_BINS equal bins from 0 to 1: human news alone fills all of them alike.

    >>> sum(p_values(np.array([0.001, 1.0]))), p_values(np.array([0.001, 1.0]))[-1]
    (2, 1)
    """
    return tuple(np.histogram(values, P_BINS, (0, 1))[0].tolist())


def density(log_odds: np.ndarray, human: np.ndarray, weight: np.ndarray) -> Density | None:
    """The two distributions over common bins, from the lower to the upper thousandth of both; None without either."""
    if not (len(log_odds) and len(human)):
        return None
    ends = [np.quantile(values, [0.001, 0.999]) for values in (log_odds, human)]
    low, high = np.floor(min(one[0] for one in ends)), np.ceil(max(one[1] for one in ends))
    edges = np.linspace(low, max(high, low + 1), BINS + 1)
    inside = [np.clip(values, edges[0], edges[-1]) for values in (log_odds, human)]
    mine = np.histogram(inside[0], edges)[0] / len(log_odds)
    theirs = np.histogram(inside[1], edges, weights=weight)[0]
    return Density(tuple(edges.tolist()), tuple(mine.tolist()), tuple(theirs.tolist()))
