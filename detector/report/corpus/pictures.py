"""The charts of a summary's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detector.report import charts
from detector.report.corpus import wording
from detector.report.escaping import safe

if TYPE_CHECKING:
    from detector.report.corpus import Summary
    from detector.report.corpus.distribution import Density
    from detector.report.corpus.shares import Groups, Share

_LABELS = 4  # below an axis: more would touch each other on a phone


def p_values(summary: Summary) -> str:
    """The histogram of p-values, with the line at which human news alone would stand."""
    counts, n = summary.p_values, summary.judged
    shares, expected = [count / n for count in counts], 1 / len(counts)
    top, y = charts.nice(max(*shares, expected), _mark)
    titles = [
        f"p-value {at * expected:.2f} to {(at + 1) * expected:.2f}: {count:,} articles, {wording.percent(count / n)}"
        for at, count in enumerate(counts)
    ]
    told = (
        f"{wording.percent(shares[0])} of the articles have a p-value of at most {expected:.2f}; human news alone "
        f"would have {wording.percent(expected)} there and in every other bar."
    )
    body = [*charts.bars([share / top for share in shares], titles), charts.level(expected / top)]
    marks = [(at / 4, f"{at / 4:g}") for at in range(5)]
    drawn = charts.chart("detector-p", "Articles by p-value", told, body, y, marks)
    return drawn + _key(("bar", "your articles"), ("expected", "expected of human news")) + f"<p>{safe(told)}</p>"


def density(found: Density) -> str:
    """Two outlines over log-odds: the articles, and human news."""
    top, y = charts.nice(max(*found.articles, *found.human), _mark)
    low, high = found.edges[0], found.edges[-1]
    told = (
        f"The middle article has log-odds of {_middle(found, found.articles):+.1f}, the middle one of human news "
        f"{_middle(found, found.human):+.1f}. What lies to the right reads like a machine's; the outer "
        "steps hold all that lies beyond."
    )
    body = [charts.steps([share / top for share in shares], name)
            for shares, name in ((found.human, "human"), (found.articles, "articles"))]  # fmt: skip
    step = -int(-(high - low) // (_LABELS + 1))  # the ends are whole numbers
    marks = [((at - low) / (high - low), f"{at:+d}") for at in range(-int(-low // step) * step, int(high) + 1, step)]
    drawn = charts.chart("detector-density", "Articles by log-odds", told, body, y, marks)
    return drawn + _key(("articles", "your articles"), ("human", "human news")) + f"<p>{safe(told)}</p>"


def _middle(found: Density, shares: tuple[float, ...]) -> float:
    """The middle of the bin in which half of the articles are reached."""
    at = min(int(np.searchsorted(np.cumsum(shares), 0.5)), len(shares) - 1)
    return (found.edges[at] + found.edges[at + 1]) / 2


def over_time(groups: Groups, threshold: float) -> str:
    """The share flagged in each period, with its interval; periods without an article are left empty."""
    count = len(groups.shown)
    known = [(at, one) for at, one in enumerate(groups.shown) if one.n]
    top, y = charts.nice(max(threshold, *(_height(one.share, one.interval[1]) for _, one in known)), _mark)
    points = [
        ((at + 0.5) / count, one.share / top, one.interval[0] / top, one.interval[1] / top, _period(one))
        for at, one in known
    ]
    every = max(1, -(-count // _LABELS))
    marks = [((at + 0.5) / count, groups.shown[at].name) for at in range(0, count, every)]
    told = f"Share of articles flagged in each of {count:,} periods, {groups.shown[0].name} to {groups.shown[-1].name}."
    body = [charts.level(threshold / top), *charts.dots(points)]
    drawn = charts.chart("detector-time", f"Share flagged by {groups.unit}", told, body, y, marks)
    return drawn + _key(("dot", "flagged, with interval"), ("expected", "expected of human news at most"))


def _period(one: Share) -> str:
    return f"{one.name}: {one.hits:,} of {one.n:,}, {wording.told(one)}"


def _mark(share: float) -> str:
    return f"{100 * share:g} %"


def _height(share: float, high: float) -> float:
    """What of an interval must be seen: all of it, unless few articles make it many times as long as the share."""
    return min(high, 3 * share + 0.05)


def _key(*entries: tuple[str, str]) -> str:
    drawn = {
        "bar": '<rect class="bar" width="100%" height="10"/>',
        "dot": '<line class="whisker" x1="0" x2="100%" y1="5" y2="5"/><circle cx="50%" cy="5" r="3.5"/>',
        "expected": '<line class="expected" x1="0" x2="100%" y1="5" y2="5"/>',
        "articles": '<polyline class="articles" points="0,5 40,5"/>',
        "human": '<polyline class="human" points="0,5 40,5"/>',
    }
    items = "".join(f'<span><svg aria-hidden="true">{drawn[name]}</svg>{safe(told)}</span>' for name, told in entries)
    return f'<p class="key">{items}</p>'
