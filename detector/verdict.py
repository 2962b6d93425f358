"""From measured articles to verdicts: log-odds, p-value, tier and the leading expert, or the reason for none."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate

import numpy as np

from detector import abstention
from detector.additive import Evidences, Panel, ramps
from detector.families import FAMILIES
from detector.modelfile import Model


@dataclass(frozen=True)
class Verdict:
    """What a model says of one article; p-value NaN, tier and `resembles` None where it abstains."""

    score: float
    log_odds: float
    p_value: float
    tier: str | None
    abstained: str | None
    resembles: str | None
    words: int


@dataclass(frozen=True, eq=False)
class Judged:
    """Every expert's log-odds (N, E) for a batch, p-values (N,) and the reasons for abstaining.

    `ramped` (N, F, K) is how far each feature has come along its curve, `ngrams` (N, E) the n-grams' part of the
    log-odds; that of the features is made when it is asked for.
    """

    panel: Panel
    ramped: np.ndarray
    ngrams: np.ndarray
    sums: np.ndarray
    p_values: np.ndarray
    reasons: list[str | None]

    @cached_property
    def lead(self) -> np.ndarray:
        """(N,) the number of the leading expert."""
        return self.sums.argmax(axis=1)

    @property
    def log_odds(self) -> np.ndarray:
        """(N,) the leading expert's log-odds."""
        return self.sums.max(axis=1)

    @cached_property
    def by_feature(self) -> np.ndarray:
        """(N, F) what each feature gives to the leading expert's log-odds."""
        result, ramped = np.zeros(self.ramped.shape[:2]), self.ramped.transpose(0, 2, 1)
        for number in set(self.lead.tolist()):
            rows = np.flatnonzero(self.lead == number)
            mine = ramped.take(rows, axis=0).transpose(0, 2, 1)  # in memory as `ramps` makes it
            result[rows] = self.panel.experts[number].feature_contributions(mine)
        return result

    def contributions(self) -> dict[str, np.ndarray]:
        """What the leading expert's log-odds are the sum of, (N,) each: the intercept, each family, the n-grams."""
        sums = {"intercept": np.array([one.intercept for one in self.panel.experts])[self.lead]}
        for name, first, last in _columns():
            sums[name] = self.by_feature[:, first:last].sum(axis=1)
        return {**sums, "n-grams": self.ngrams[np.arange(len(self.lead)), self.lead]}


@cache
def _columns() -> list[tuple[str, int, int]]:
    """Each family with its first column in the matrix and one past its last."""
    ends = list(accumulate(len(family.names) for family in FAMILIES))
    return [(family.name, last - len(family.names), last) for family, last in zip(FAMILIES, ends, strict=True)]


def judge(model: Model, evidences: Evidences) -> Judged:
    """The numbers of a batch."""
    ramped = ramps(evidences.values, model.panel.knots)
    ngrams, reasons = model.panel.ngrams(evidences), abstention.reasons(evidences.batch)
    sums = model.panel.combine_ramped(ramped, ngrams)
    p_values = model.reference.p_value(sums.max(axis=1), evidences.batch.words)
    p_values[[reason is not None for reason in reasons]] = math.nan
    return Judged(model.panel, ramped, ngrams, sums, p_values, reasons)


def verdicts(model: Model, evidences: Evidences, judged: Judged) -> list[Verdict]:
    """The verdict on each article of a batch."""
    words, log_odds = evidences.batch.words, judged.log_odds
    tiers = model.reference.tiers(judged.p_values, words)
    names = [model.panel.names[number] for number in judged.lead.tolist()]
    return [
        Verdict(score, odds, p_value, tier, reason, name if tier not in (None, "none") else None, count)
        for score, odds, p_value, tier, reason, name, count in zip(
            logistic(log_odds).tolist(),
            log_odds.tolist(),
            judged.p_values.tolist(),
            tiers,
            judged.reasons,
            names,
            words.tolist(),
            strict=True,
        )
    ]


def logistic(log_odds: np.ndarray) -> np.ndarray:
    """The probability of log-odds, without overflow at either end."""
    small = np.exp(-np.abs(log_odds))
    return np.where(log_odds >= 0, 1 / (1 + small), small / (1 + small))
