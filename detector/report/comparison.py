"""Comparison: where the log-odds of human news lie, those of machines, and the limits of the tiers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Comparison:
    """Percentiles 1 to 99 of the log-odds of human news, `human`, and of machine articles, `machine`.

    `human` is news of the article's length, or the articles that the model was calibrated on.  `machine` is None where
    the model does not hold it.  `limits` gives the log-odds from which each tier begins, where enough human articles
    support it.
    """

    human: tuple[float, ...]
    machine: tuple[float, ...] | None
    limits: Mapping[str, float]
