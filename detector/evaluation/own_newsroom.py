"""Whether the rate promised after calibrating on an outlet's own articles is the rate that its other articles get.

An outlet's human articles are split at random, again and again: a part calibrates, the rest is judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any

import numpy as np
from scipy.stats import betabinom

from detector.evaluation.heldout import FLAG, Scored
from detector.recalibration import LEVEL, OWN_TABLE, Lengths, recalibrate
from detector.reference import Reference

SMALLEST = 300
"""Articles that a source must have: 200 calibrate, the rest is judged."""


def own_newsrooms(scored: Sequence[Scored]) -> dict[str, Any]:
    """`coverage` of each human source of SMALLEST articles or more, of those that get a verdict."""
    result = {}
    for one in scored:
        if one.holdout.about != "source":
            continue
        source = np.array(one.corpus.sources)
        for name in sorted(set(one.corpus.sources)):
            mine = (source == name) & (one.corpus.labels == 0) & ~one.abstained
            if mine.sum() >= SMALLEST:
                result[name] = coverage(one.model.reference, one.log_odds[mine], one.words[mine])
    return result


def coverage(
    reference: Reference, log_odds: np.ndarray, words: np.ndarray, draws: int = 50, n: int = 200, seed: int = 0
) -> dict[str, Any]:
    """How often the flagged share of the articles left over lies in the promised interval, over random draws of n.

    The interval is that of the count to expect: the sum over lengths of Beta-binomial counts, since the articles left
    over are finite in number.  Returns `draws`, `n`, `rest` (articles judged in each draw), `inside` (share of draws),
    `mean_fpr`, `low` and `high` (means of the intervals' ends as rates).  Raises `ValueError` where fewer than
    OWN_TABLE articles calibrate or none is left over: at FLAG nothing is promised then.
    """
    if n < OWN_TABLE or n >= len(log_odds):
        raise ValueError(f"n is {n}; it must be at least {OWN_TABLE} and under the {len(log_odds)} articles given")
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(draws):
        order = rng.permutation(len(log_odds))
        own, rest = order[:n], order[n:]
        table, groups = recalibrate(reference, log_odds[own], words[own])
        flagged = int((table.p_value(log_odds[rest], words[rest]) <= FLAG).sum())
        found.append((flagged, *_expected(groups, words[rest])))
    flagged, low, high = np.array(found).T
    return {
        "draws": draws,
        "n": n,
        "rest": len(log_odds) - n,
        "inside": float(((flagged >= low) & (flagged <= high)).mean()),
        "mean_fpr": float(flagged.mean() / (len(log_odds) - n)),
        "low": float(low.mean() / (len(log_odds) - n)),
        "high": float(high.mean() / (len(log_odds) - n)),
    }


def _expected(groups: Iterable[Lengths], words: np.ndarray) -> tuple[int, int]:
    """The central interval at LEVEL of the number of flagged articles, given their numbers of words."""
    chances = []
    for group in groups:
        among, allowed = int(group.holds(words).sum()), group.allowed(FLAG)
        chances.append(betabinom.pmf(np.arange(among + 1), among, allowed, group.articles + 1 - allowed))
    reached = np.cumsum(reduce(np.convolve, chances))
    low, high = np.searchsorted(reached, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return int(low), int(high)
