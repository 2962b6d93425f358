"""How many articles a machine may have made, from how many are flagged, corrected for both kinds of error.

With prevalence m, a share p = m * TPR + (1 - m) * FPR is flagged, so m = (p - FPR) / (TPR - FPR) (Rogan and Gladen
1978).  Both rates are those of articles with a verdict at a p-value of at most 1 %, in sources that training had not
seen.  Machines differ more than any sample of them: the interval draws one held-out corpus of machine articles and one
held-out source of human news at random, as if the frame were the next of each, together with the errors of the three
counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from detector.corpora import registry

MAX_FPR = 0.01
"""The p-value at which the rates were measured."""

_DRAWS = 20_000  # the ends of the interval then move by under a hundredth of their size from one seed to the next

UNSEEN = "a new model, unlike all in training"
"""The last entry of `if_like`: news by the machine of 2026, none of whose articles were trained on."""


@dataclass(frozen=True)
class Rate:
    """The share flagged of the n articles of one held-out source, or family of sources, that had a verdict."""

    source: str
    flagged: float
    n: int


@dataclass(frozen=True)
class Prevalence:
    """The estimated share of machine articles, with a 95 % interval, and what it rests on.

    `tpr` and `fpr` are means over `machines` and `humans`.  `if_like` gives the estimate under the TPR of one family of
    machines alone: what would follow if all machine articles were like those, None where too many are flagged for that.
    """

    estimate: float
    interval: tuple[float, float]
    tpr: float
    fpr: float
    machines: tuple[Rate, ...]
    humans: tuple[Rate, ...]
    if_like: tuple[tuple[Rate, float | None], ...]


def prevalence(hits: int, n: int, evaluation: Mapping[str, Any]) -> Prevalence | None:
    """The estimate for `hits` of n articles at MAX_FPR, by what `detector evaluate` measured; None where n is 0."""
    machines, humans, others = _machines(evaluation), _humans(evaluation), _families(evaluation)
    if not (n and machines and humans):
        return None
    tpr, fpr = (float(np.mean([one.flagged for one in rates])) for rates in (machines, humans))
    share = hits / n
    if_like = tuple((one, corrected(share, one.flagged, fpr) if share <= one.flagged else None) for one in others)
    return Prevalence(
        corrected(share, tpr, fpr), _interval(hits, n, machines, humans), tpr, fpr, machines, humans, if_like
    )


def corrected(share: float, tpr: float, fpr: float) -> float:
    """The estimate of Rogan and Gladen, held between 0 and 1; 1 where the test finds no more than it accuses.

    >>> round(corrected(0.08, 0.71, 0.01), 3), corrected(0.005, 0.71, 0.01)
    (0.1, 0.0)
    """
    if tpr <= fpr:
        return 1.0 if share > fpr else 0.0
    return min(max((share - fpr) / (tpr - fpr), 0.0), 1.0)


def _interval(hits: int, n: int, machines: Sequence[Rate], humans: Sequence[Rate]) -> tuple[float, float]:
    rng = np.random.default_rng(0)
    share = rng.beta(hits + 0.5, n - hits + 0.5, _DRAWS)
    tpr, fpr = (_drawn(rates, rng) for rates in (machines, humans))
    gap = tpr - fpr
    estimate = np.where(gap > 0, (share - fpr) / np.where(gap > 0, gap, 1), share > fpr).clip(0, 1)
    low, high = np.quantile(estimate, [0.025, 0.975])
    return float(low), float(high)


def _drawn(rates: Sequence[Rate], rng: np.random.Generator) -> np.ndarray:
    """One source at random in each draw, its rate within the error of its own count (Jeffreys' interval)."""
    which = rng.integers(len(rates), size=_DRAWS)
    n = np.array([one.n for one in rates])[which]
    hits = np.array([one.flagged for one in rates])[which] * n
    return rng.beta(hits + 0.5, n - hits + 0.5)


def _machines(evaluation: Mapping[str, Any]) -> tuple[Rate, ...]:
    """The corpora of the macro average, each left out of training."""
    names = evaluation.get("macro", {}).get("corpora", ())
    return tuple(one for one in _pooled(evaluation) if one.source in names)


def _families(evaluation: Mapping[str, Any]) -> list[Rate]:
    """The mean rate of the held-out news sources of each family of machines, and that of a machine never seen."""
    known, families, found = registry(), defaultdict(list), []
    for one in _pooled(evaluation):
        about = known.get(one.source, {})
        if about.get("family") and about.get("kind") != "essay":
            families[about["family"]].append(one)
    for family, rates in families.items():
        found.append(Rate(family, float(np.mean([one.flagged for one in rates])), sum(one.n for one in rates)))
    unseen = evaluation.get("tomorrow", {}).get("groups", {}).get("news", {}).get(str(MAX_FPR))
    rate = _rate(UNSEEN, [unseen]) if unseen else None
    return [*sorted(found, key=lambda one: -one.flagged), *([rate] if rate else [])]


def _humans(evaluation: Mapping[str, Any]) -> tuple[Rate, ...]:
    parts = evaluation.get("human", {}).get("news", {}).get("parts", {})
    return tuple(rate for rate in (_rate(name, [part]) for name, part in parts.items()) if rate)


def _pooled(evaluation: Mapping[str, Any]) -> Iterable[Rate]:
    """Rates of machine articles by source, over all holdouts in which it was one."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in evaluation.get("held_out", ()):
        if row["machine"]:
            found.setdefault(row["source"], []).append(row["machine"])
    return [rate for rate in (_rate(source, parts) for source, parts in found.items()) if rate]


def _rate(source: str, parts: Iterable[Mapping[str, Any]]) -> Rate | None:
    """The share among articles with a verdict: an evaluation counts abstentions as not flagged."""
    parts = list(parts)
    told = [round(part["n"] * (1 - part["abstained"])) for part in parts]
    hits = sum(part["n"] * part["flagged"] for part in parts)
    return Rate(source, min(hits / sum(told), 1.0), sum(told)) if sum(told) else None
