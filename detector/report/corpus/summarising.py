"""From the columns of a scored frame to a Summary."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from detector.reference import TIERS
from detector.report.corpus import Summary, distribution, evidence, periods
from detector.report.corpus.columns import Columns
from detector.report.corpus.prevalence import MAX_FPR, prevalence
from detector.report.corpus.reference import Against, against
from detector.report.corpus.shares import Groups, Level, Share, by_value
from detector.report.corpus.suspicious import suspicious

OUTLETS = ("outlet", "source", "site", "domain")
"""Columns that are compared where none is named: the first of them that is there."""

_THRESHOLD = 0.01  # where the frame names none
_REASONS = 10  # reasons of failure that are told apart


@dataclass(frozen=True, eq=False)
class _Rows:
    """P-values and log-odds (N,), NaN where there is no verdict; the reasons for none; which rows could be read."""

    p_value: np.ndarray
    log_odds: np.ndarray
    threshold: float
    abstained: Mapping[str, int]
    failed: Mapping[str, int]
    read: np.ndarray

    @property
    def judged(self) -> np.ndarray:
        return np.isfinite(self.p_value)

    @property
    def flagged(self) -> np.ndarray:
        return self.p_value <= self.threshold

    def share(self, name: str, max_fpr: float) -> Share:
        """The judged articles that are flagged at `max_fpr`."""
        return Share(name, int((self.p_value <= max_fpr).sum()), int(self.judged.sum()))


def summary_of(frame: Any, by: Sequence[str] | None, time: str | None, top: int, model: str | Path | None) -> Summary:
    """The summary of a frame; see `summarise`."""
    if top < 1:
        raise ValueError(f"top is {top}; it must be at least 1")
    columns = frame if isinstance(frame, Columns) else Columns(frame)
    rows, human = _rows(columns), against(columns, model)
    judged, flagged = rows.judged, rows.flagged
    estimate = prevalence(rows.share("", MAX_FPR).hits, int(judged.sum()), human.evaluation)
    resembles = Counter(name for name, hit in zip(columns.words("resembles"), flagged.tolist()) if hit and name)
    return Summary(
        rows=len(columns),
        judged=int(judged.sum()),
        abstained=rows.abstained,
        failed=rows.failed,
        models=human.models,
        threshold=rows.threshold,
        flagged=rows.share("flagged", rows.threshold),
        levels=tuple(Level(max_fpr, rows.share(name, max_fpr)) for name, max_fpr in TIERS),
        p_values=distribution.p_values(rows.p_value[judged]),
        density=distribution.density(rows.log_odds[judged], human.log_odds, human.weight),
        prevalence=estimate,
        missing=_missing(estimate, human),
        time=_time(columns, time, rows),
        by=tuple(_groups(columns, by, rows, top)),
        resembles=dict(resembles.most_common()),
        experts=human.experts,
        families=evidence.families(columns, flagged, judged),
        checks=evidence.checks(columns, rows.read),
        phrases=evidence.phrases(columns, flagged, judged, rows.log_odds, top),
        suspicious=suspicious(columns, rows.p_value, rows.log_odds, top),
    )


def _rows(columns: Columns) -> _Rows:
    """The numbers of every row; `ValueError` where the frame is not one of scores."""
    for name in ("p_value", "log_odds"):
        if name not in columns:
            raise ValueError(f"the frame has no column {name!r}: it must come from score_frame or from score --output")
    p_value, log_odds = columns.numbers("p_value"), columns.numbers("log_odds")
    errors, reasons = columns.words("error"), columns.words("abstained")
    read = np.array([error is None for error in errors], bool)
    p_value = np.where(read, p_value, np.nan)
    outside = np.flatnonzero((p_value < 0) | (p_value > 1))
    if len(outside):
        raise ValueError(f"column 'p_value' holds {p_value[outside[0]]} in row {outside[0]}, which is no share")
    untold = read & np.isnan(p_value)
    # The numbers in a reason are those of the article: what stands before the colon is the reason.
    abstained = Counter((reasons[row] or "no reason given").split(":")[0] for row in np.flatnonzero(untold).tolist())
    failed = Counter(re.sub(r"\d[\d,]*", "n", error) for error in errors if error is not None)
    return _Rows(
        p_value,
        np.where(np.isnan(p_value), np.nan, log_odds),
        _threshold(columns),
        dict(abstained.most_common()),
        _commonest(failed),
        read,
    )


def _commonest(counts: Counter[str]) -> dict[str, int]:
    """The commonest reasons, and all others as one."""
    shown = dict(counts.most_common(_REASONS))
    rest = counts.total() - sum(shown.values())
    return {**shown, "other reasons": rest} if rest else shown


def _threshold(columns: Columns) -> float:
    """The rate at which the frame was flagged; `ValueError` where it names several."""
    rates = columns.numbers("threshold_fpr") if "threshold_fpr" in columns else np.zeros(0)
    found = np.unique(rates[np.isfinite(rates)]).tolist()
    if len(found) > 1:
        raise ValueError(f"column 'threshold_fpr' holds several rates ({', '.join(map(str, found[:5]))}): flag at one")
    return found[0] if found else _THRESHOLD


def _missing(estimate: object, human: Against) -> str | None:
    if estimate is not None:
        return None
    return human.missing or "there is no article with a verdict"


def _time(columns: Columns, time: str | None, rows: _Rows) -> Groups | None:
    name = time or columns.first_of(periods.COLUMNS)
    if name is None:
        return None
    groups = periods.over_time(name, columns.values(name), rows.flagged, rows.judged)
    if groups is None and time is not None and rows.judged.any():
        raise ValueError(f"column {time!r} holds no date of an article with a verdict")
    return groups


def _groups(columns: Columns, by: Sequence[str] | None, rows: _Rows, top: int) -> list[Groups]:
    first = columns.first_of(OUTLETS)
    names = by if by is not None else [first] if first else []
    for name in names:
        columns.require(name)
    return [by_value(name, columns.words(name), rows.flagged, rows.judged, top) for name in names]
