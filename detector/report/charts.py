"""Charts as SVG in HTML: bars, lines and intervals that keep their size of print at every width, without a script.

Positions across are in per cent of the width, positions down in pixels: a chart that is scaled as a whole has
unreadable labels on a phone.  Colours come from the style of the page, by the classes that the elements have here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from detector.report.escaping import safe

HEIGHT = 180
"""Pixels of the plotted area; labels stand below and to the left of it."""


def chart(name: str, title: str, told: str, body: Iterable[str], y: Sequence[tuple[float, str]],
          x: Sequence[tuple[float, str]]) -> str:  # fmt: skip
    """A chart with its marks: `y` and `x` are pairs of a position, 0 to 1, and a label.

    `name` makes the ids unique on a page; `told` describes what the chart shows to whoever cannot see it.
    """
    marks = "".join([*_across(y), *_below(x)])
    return (
        f'<svg class="chart" role="img" height="{HEIGHT + 24}" aria-labelledby="{name}-title {name}-told">'
        f'<title id="{name}-title">{safe(title)}</title><desc id="{name}-told">{safe(told)}</desc>'
        f"{marks}{''.join(body)}</svg>"
    )


def _across(marks: Sequence[tuple[float, str]]) -> list[str]:
    lines = []
    for at, label in marks:
        y = _down(at)
        lines.append(f'<line class="grid" x1="0" x2="100%" y1="{y}" y2="{y}"/>')
        lines.append(f'<text x="-6" y="{y}" dy=".32em" text-anchor="end">{safe(label)}</text>')
    return lines


def _below(marks: Sequence[tuple[float, str]]) -> list[str]:
    def anchor(at: float) -> str:
        return "start" if at < 0.04 else "end" if at > 0.96 else "middle"

    return [
        f'<text x="{_percent(at)}" y="{HEIGHT + 17}" text-anchor="{anchor(at)}">{safe(label)}</text>'
        for at, label in marks
    ]


def bars(heights: Sequence[float], titles: Sequence[str]) -> list[str]:
    """Bars side by side over the whole width, of heights from 0 to 1, each with what it says when pointed at."""
    width = 1 / len(heights)
    return [
        f'<rect class="bar" x="{_percent((at + 0.06) * width)}" width="{_percent(0.88 * width)}" y="{_down(height)}" '
        f'height="{_down(0) - _down(height):.1f}"><title>{safe(title)}</title></rect>'
        for at, (height, title) in enumerate(zip(heights, titles))
    ]


def level(height: float) -> str:
    """A dashed line across at one height: what is expected."""
    return f'<line class="expected" x1="0" x2="100%" y1="{_down(height)}" y2="{_down(height)}"/>'


def steps(heights: Sequence[float], name: str) -> str:
    """The outline of bars over the whole width, of the class `name`."""
    points = [
        f"{100 * (at + end) / len(heights):.2f},{_down(height)}" for at, height in enumerate(heights) for end in (0, 1)
    ]
    return (
        f'<svg viewBox="0 0 100 {HEIGHT}" width="100%" height="{HEIGHT}" preserveAspectRatio="none">'
        f'<polyline class="{name}" points="{" ".join(points)}"/></svg>'
    )


def dots(points: Sequence[tuple[float, float, float, float, str]]) -> list[str]:
    """Dots with whiskers: position across, height, lower and upper end, and what each says when pointed at."""
    return [
        f'<g><title>{safe(title)}</title><line class="whisker" x1="{_percent(x)}" x2="{_percent(x)}" '
        f'y1="{_down(low)}" y2="{_down(high)}"/><circle cx="{_percent(x)}" cy="{_down(y)}" r="3.5"/></g>'
        for x, y, low, high, title in points
    ]


def whisker(share: float, low: float, high: float, expected: float) -> str:
    """A small chart of one line for a cell of a table, which says the same in numbers: positions from 0 to 1."""
    return (
        '<svg class="row" height="16" aria-hidden="true">'
        f'<line class="expected" x1="{_percent(expected)}" x2="{_percent(expected)}" y1="0" y2="16"/>'
        f'<line class="whisker" x1="{_percent(low)}" x2="{_percent(high)}" y1="8" y2="8"/>'
        f'<circle cx="{_percent(share)}" cy="8" r="3.5"/></svg>'
    )


def nice(largest: float, label: Callable[[float], str], steps: int = 4) -> tuple[float, list[tuple[float, str]]]:
    """The end of an axis from 0 that holds `largest`, and its marks at round numbers.

    >>> nice(0.034, "{:.2f}".format)
    (0.04, [(0.0, '0.00'), (0.25, '0.01'), (0.5, '0.02'), (0.75, '0.03'), (1.0, '0.04')])
    """
    if largest <= 0:
        return 1.0, [(0.0, label(0.0)), (1.0, label(1.0))]
    unit = _round_up(largest / steps)
    count = -int(-largest / unit // 1)
    return round(unit * count, 12), [(at / count, label(round(unit * at, 12))) for at in range(count + 1)]


def _round_up(value: float) -> float:
    """The smallest of 1, 2, 2.5, 5 times a power of ten that is no smaller."""
    power = 10.0 ** (len(f"{value:.0f}") - 1) if value >= 1 else 1.0
    while power > value:
        power /= 10
    return next(power * step for step in (1, 2, 2.5, 5, 10) if power * step >= value * (1 - 1e-9))


def _down(height: float) -> float:
    return round(HEIGHT * (1 - min(max(height, 0.0), 1.0)), 1)


def _percent(share: float) -> str:
    return f"{100 * min(max(share, 0.0), 1.0):.3f}".rstrip("0").rstrip(".") + "%"
