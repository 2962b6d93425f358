"""From measured articles to verdicts: log-odds, p-value, tier and the leading expert, or the reason for none."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from detector import abstention
from detector.additive import Evidences
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
    """Every expert's log-odds (N, E) for a batch, p-values (N,) and the reasons for abstaining."""

    sums: np.ndarray
    p_values: np.ndarray
    reasons: list[str | None]

    @property
    def log_odds(self) -> np.ndarray:
        """(N,) the leading expert's log-odds."""
        return self.sums.max(axis=1)


def judge(model: Model, evidences: Evidences) -> Judged:
    """The numbers of a batch."""
    sums, reasons = model.panel.sums(evidences), abstention.reasons(evidences.batch)
    p_values = model.reference.p_value(sums.max(axis=1), evidences.batch.words)
    p_values[[reason is not None for reason in reasons]] = math.nan
    return Judged(sums, p_values, reasons)


def verdict(model: Model, evidences: Evidences, judged: Judged, row: int) -> Verdict:
    """The verdict on one article of a batch."""
    words, p_value = int(evidences.batch.words[row]), float(judged.p_values[row])
    tier = model.reference.tier(p_value, words)
    lead = int(np.argmax(judged.sums[row]))
    log_odds = judged.sums[row, lead]
    return Verdict(
        score=float(logistic(log_odds)),
        log_odds=float(log_odds),
        p_value=p_value,
        tier=tier,
        abstained=judged.reasons[row],
        resembles=model.panel.names[lead] if tier not in (None, "none") else None,
        words=words,
    )


def logistic(log_odds: np.ndarray) -> np.ndarray:
    """The probability of log-odds, without overflow at either end."""
    small = np.exp(-np.abs(log_odds))
    return np.where(log_odds >= 0, 1 / (1 + small), small / (1 + small))
