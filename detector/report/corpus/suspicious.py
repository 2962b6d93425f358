"""The articles with the lowest p-values, and how many of them human writing alone would give."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detector.reference import TIERS
from detector.report.corpus.columns import Columns

TITLES = ("title", "headline")
LINKS = ("url", "link", "webpage")
_DRIVERS = 3  # families that are named, those with the largest contributions


@dataclass(frozen=True)
class Suspicious:
    """One article: its row in the frame, its name, its numbers, and the families that contributed most."""

    row: int
    id: str
    title: str | None
    url: str | None
    p_value: float
    log_odds: float
    tier: str | None
    resembles: str | None
    families: tuple[tuple[str, float], ...]
    findings: int


def suspicious(columns: Columns, p_value: np.ndarray, log_odds: np.ndarray, most: int) -> tuple[Suspicious, ...]:
    """The `most` articles with the lowest p-values, those with a tier only; `p_value` is NaN where there is none."""
    order = np.lexsort((np.arange(len(p_value)), -log_odds, p_value))
    rows = [row for row in order[:most].tolist() if p_value[row] <= TIERS[-1][1]]
    words = {name: columns.words(name, rows) for name in ("id", "tier", "resembles")}
    title, url = (columns.words(columns.first_of(names) or "", rows) for names in (TITLES, LINKS))
    contributions = {
        name.removeprefix("contribution_"): columns.values(name, rows)
        for name in columns.names
        if name.startswith("contribution_") and name != "contribution_intercept"
    }
    findings = columns.values("findings", rows) if "findings" in columns else [0] * len(rows)
    return tuple(
        Suspicious(
            row=row,
            id=words["id"][at] or f"row {row}",
            title=title[at],
            url=url[at],
            p_value=float(p_value[row]),
            log_odds=float(log_odds[row]),
            tier=words["tier"][at],
            resembles=words["resembles"][at],
            families=_largest({name: float(values[at] or 0) for name, values in contributions.items()}),
            findings=int(findings[at] or 0),
        )
        for at, row in enumerate(rows)
    )


def _largest(contributions: dict[str, float]) -> tuple[tuple[str, float], ...]:
    ordered = sorted(contributions.items(), key=lambda one: -one[1])
    return tuple((name, value) for name, value in ordered[:_DRIVERS] if value > 0)
