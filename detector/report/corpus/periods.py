"""Shares over time: dates as frames hold them, and periods of a length that suits their span."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np

from detector.batch.rows import day_of
from detector.report.corpus.shares import Groups, Share, count

COLUMNS = ("published", "date", "published_at", "pubdate", "publish_date", "created_at", "time")
"""Columns that are taken for the time of publication, in this order."""

DAYS, MONTHS, MOST = 62, 120, 120
"""Days up to which periods are days, months up to which they are months, and the largest number of periods."""

_STRAY = 0.001  # of the dates at either end may be wrong (1970, 2106) without stretching the axis


def over_time(column: str, values: Sequence[Any], flagged: np.ndarray, judged: np.ndarray) -> Groups | None:
    """Shares of the judged articles by day, month or year; None where no value is a date.

    Stray dates at either end, and periods beyond the latest MOST, are counted among `others`.
    """
    days = [_day(value) for value in values]
    known = sorted(day for day, told in zip(days, judged.tolist()) if day and told)
    if not known:
        return None
    stray = int(_STRAY * len(known))
    unit, shown = _periods(known[stray], known[-1 - stray])
    named = _NAMES[unit]
    counts = count((named(day) if day else None for day in days), flagged, judged)
    missing = counts.pop(None, (0, 0))[1]
    groups = tuple(Share(name, *counts.pop(name, (0, 0))) for name in shown)
    hits, n = (sum(one[at] for one in counts.values()) for at in (0, 1))
    return Groups(column, groups, Share("other dates", hits, n) if n else None, missing, unit)


def _periods(first: date, last: date) -> tuple[str, list[str]]:
    """The unit and the names of all periods from the first day to the last, at most MOST."""
    if (last - first).days <= DAYS:
        return "day", [_NAMES["day"](first + timedelta(days)) for days in range((last - first).days + 1)]
    months = range(12 * first.year + first.month - 1, 12 * last.year + last.month)
    if len(months) <= MONTHS:
        return "month", [f"{month // 12:04}-{month % 12 + 1:02}" for month in months]
    return "year", [f"{year:04}" for year in range(first.year, last.year + 1)][-MOST:]


_NAMES: dict[str, Callable[[date], str]] = {
    "day": lambda day: f"{day.year:04}-{day.month:02}-{day.day:02}",
    "month": lambda day: f"{day.year:04}-{day.month:02}",
    "year": lambda day: f"{day.year:04}",
}


def _day(value: Any) -> date | None:
    """The day of a date, a time or a text; texts repeat, and reading one costs most of the work."""
    return _read(value) if isinstance(value, str) else day_of(value)


_read = cache(day_of)
