"""Two rows of bars: what the families contribute, each from where the one before ends, and the windows' scores."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from detector.report import wording
from detector.report.escaping import safe
from detector.report.names import css_class, name
from detector.report.places import Places

if TYPE_CHECKING:
    from detector.report import Report

SIGNS = {"machine": "▲", "unclear": "?", "human": "▽"}
_TALLEST = 4.0  # log-odds of a window whose bar fills the strip


def waterfall(report: Report) -> str:
    """The contributions as bars that begin where the one before ends, the largest first; the last is their sum."""
    parts = wording.adding_up(report.contributions, report.log_odds)
    first = [one for one in parts if one == "intercept"]
    order = first + sorted((one for one in parts if one != "intercept"), key=lambda one: -abs(parts[one]))
    reached = [0.0, *accumulate(parts[one] for one in order)]
    low, width = min(reached), (max(reached) - min(reached)) or 1.0
    rows = [
        _bar(css_class(family), name(family), parts[family], start, end, low, width)
        for family, (start, end) in zip(order, pairwise(reached), strict=True)
    ]
    total = _bar("total", "Sum: log-odds", report.log_odds, 0.0, report.log_odds, low, width)
    zero = f'style="--zero:{-100 * low / width:.1f}%"'
    return (
        f'<h3>What adds up to the score</h3><ol class="waterfall" {zero}>{"".join(rows)}{total}</ol>'
        '<p class="faint">In log-odds. To the right speaks for a machine, to the left for a human; each bar begins '
        "where the one before ends. The starting point is what an average human article gets.</p>"
    )


def _bar(kind: str, label: str, value: float, start: float, end: float, low: float, width: float) -> str:
    left, wide = 100 * (min(start, end) - low) / width, 100 * abs(end - start) / width
    side = "up" if value >= 0 else "down"
    return (
        f'<li class="{kind}"><span>{safe(label)}</span><b>{wording.hundredths(value)}</b>'
        f'<i aria-hidden="true"><i class="{side}" style="left:{left:.2f}%;width:{wide:.2f}%"></i></i></li>'
    )


def strip(report: Report, places: Places) -> str:
    """One bar for each window, as wide as its share of the words and linked to its place; empty where there is one."""
    told = wording.windows(report)
    if not told or not report.windows:
        return ""
    where = ""
    if report.windows.stretch:
        where = f' <a href="#{places.link(report.windows.stretch[0])}">Go to its beginning.</a>'
    return (
        f'<h3 id="{places.name("strip")}">Along the article, in windows of about 120 words</h3>'
        f'<ol class="strip" tabindex="0" aria-labelledby="{places.name("strip")}">{"".join(_windows(report, places))}'
        f'</ol><p class="faint">{safe(" ".join(told))}{where} Windows are no part of the verdict.</p>'
    )


def _windows(report: Report, places: Places) -> Iterator[str]:
    assert report.windows is not None
    for number, window in enumerate(report.windows.windows, 1):
        told = (
            f"Window {number}, line {places.line(window.start):,}: {window.label}, "
            f"log-odds {wording.signed(window.log_odds)}"
        )
        height = min(abs(window.log_odds) / _TALLEST, 1.0)
        side = "up" if window.log_odds >= 0 else "down"
        yield (
            f'<li style="flex-grow:{max(window.words, 1)}"><a class="{window.label}" title="{told}" '
            f'href="#{places.link(window.start)}"><span class="hidden">{told}</span>'
            f'<i class="{side}" style="height:{50 * height:.0f}%" aria-hidden="true"></i>'
            f'<b aria-hidden="true">{SIGNS[window.label]}</b></a></li>'
        )
