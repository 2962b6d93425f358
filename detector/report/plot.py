"""Where a score lies among human and machine news: two densities, the limits of the tiers, and the article."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from detector.report import wording
from detector.report.escaping import safe

if TYPE_CHECKING:
    from detector.report import Comparison, Report

HEIGHT = 100
_STEPS = 120  # points of a curve
_BEYOND = 6.0  # log-odds past everything else to which the axis follows an article


def plot(report: Report) -> str:
    """The figure; empty where there is no verdict, for then there is nothing to compare with."""
    if report.comparison is None or report.tier is None:
        return ""
    axis = _Axis(report.comparison, report.log_odds)
    marks = "".join([*_limits(report.comparison, axis), _article(report, axis)])
    caption = f"<h3>Where this article lies</h3>{_key(report, report.comparison)}"
    return (
        f'<figure class="plot"><figcaption>{caption}</figcaption>'
        f'<div class="area"><svg viewBox="0 0 1000 {HEIGHT}" preserveAspectRatio="none" role="img" '
        f'aria-label="{safe(_told(report, report.comparison))}">{_curves(report.comparison, axis)}</svg>{marks}</div>'
        f'<p class="axis"><span>like human news</span><span>like a machine’s</span></p></figure>'
    )


class _Axis:
    """The log-odds from the left to the right edge of the plot; `at` gives a place as a share of its width."""

    def __init__(self, comparison: Comparison, log_odds: float) -> None:
        fixed = [*comparison.human, *(comparison.machine or ()), *comparison.limits.values()]
        low, high = min(fixed) - 1, max(fixed) + 1.5
        self.low = min(low, max(log_odds - 0.5, low - _BEYOND))
        self.high = max(high, min(log_odds + 0.5, high + _BEYOND))

    def at(self, log_odds: float) -> float:
        return min(max((log_odds - self.low) / (self.high - self.low), 0.0), 1.0)

    def points(self) -> list[float]:
        return [self.low + (self.high - self.low) * step / _STEPS for step in range(_STEPS + 1)]


def density(percentiles: Sequence[float], points: Sequence[float]) -> list[float]:
    """The density at some points, by a Gaussian kernel on the percentiles (bandwidth: Silverman 1986, 3.31).

    >>> [round(value, 2) for value in density([-1.0, 0.0, 0.0, 1.0], [-9.0, 0.0])]
    [0.0, 0.46]
    """
    n = len(percentiles)
    mean = math.fsum(percentiles) / n
    deviation = math.sqrt(math.fsum((one - mean) ** 2 for one in percentiles) / n)
    spread = (percentiles[(3 * n) // 4] - percentiles[n // 4]) / 1.34
    width = 0.9 * (min(deviation, spread) or deviation or 1.0) * n**-0.2
    scale = n * width * math.sqrt(2 * math.pi)
    return [math.fsum(math.exp(-0.5 * ((at - one) / width) ** 2) for one in percentiles) / scale for at in points]


def _curves(comparison: Comparison, axis: _Axis) -> str:
    points = axis.points()
    shapes = {"human": density(comparison.human, points)}
    if comparison.machine:
        shapes["machine"] = density(comparison.machine, points)
    highest = max(max(shape) for shape in shapes.values())
    return "".join(f'<path class="{name}" d="{_path(shape, highest)}"/>' for name, shape in shapes.items())


def _path(shape: Sequence[float], highest: float) -> str:
    heights = [HEIGHT - 0.94 * HEIGHT * one / highest for one in shape]
    steps = " ".join(f"L{1000 * step / _STEPS:.0f} {height:.1f}" for step, height in enumerate(heights))
    return f"M0 {HEIGHT} {steps} L1000 {HEIGHT}Z"


def _limits(comparison: Comparison, axis: _Axis) -> Iterator[str]:
    """A line where each tier begins, with its name."""
    for tier, limit in comparison.limits.items():
        left = f"left:{100 * axis.at(limit):.1f}%"
        yield f'<span class="limit" style="{left}" aria-hidden="true"><b>{safe(tier)}</b></span>'


def _article(report: Report, axis: _Axis) -> str:
    at = axis.at(report.log_odds)
    side = " right" if at > 0.7 else " left" if at < 0.3 else ""
    return f'<span class="here{side}" style="left:{100 * at:.1f}%" aria-hidden="true"><b>this article</b></span>'


def _key(report: Report, comparison: Comparison) -> str:
    machine = '<span><i class="machine"></i>machine articles</span>' if comparison.machine else ""
    return f'<p class="key"><span><i class="human"></i>{wording.whom(report)}</span>{machine}</p>'


def _told(report: Report, comparison: Comparison) -> str:
    """The figure in words, for who cannot see it."""
    limits = "; ".join(f"tier {tier} begins at {wording.signed(limit)}" for tier, limit in comparison.limits.items())
    median = len(comparison.human) // 2
    machine = ""
    if comparison.machine:
        machine = f" The median machine article has {wording.signed(comparison.machine[median])}."
    return (
        f"This article has log-odds {wording.signed(report.log_odds)}. "
        f"The median human article has {wording.signed(comparison.human[median])}.{machine} {limits}."
    )
