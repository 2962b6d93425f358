"""A summary as plain text of 100 columns: what `str(summary)` and the terminal show."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from detector.report.corpus import wording
from detector.report.wording import bounded, shortened, visible

if TYPE_CHECKING:
    from detector.report.corpus import Summary
    from detector.report.corpus.shares import Groups, Share

WIDTH = 100
_NAME, _BAR, _FEW = 28, 14, 10


def render(summary: Summary) -> str:
    """The whole summary, without a line end after the last line."""
    return "\n".join(line.rstrip() for section in _sections(summary) for line in section)


def _sections(summary: Summary) -> Iterator[list[str]]:
    yield [
        *_wrapped(wording.counts(summary)),
        *_wrapped("Scored by " + "; ".join(summary.models or ("no model",)) + "."),
    ]
    yield ["", *_wrapped(wording.headline(summary))]
    yield [
        f"  {one.flagged.name:<{_NAME}} {_told(one.flagged)}  by chance {wording.rate(one.max_fpr)}"
        for one in summary.levels
    ]
    yield ["", *(line for sentence in wording.estimate(summary) for line in _wrapped(sentence))]
    yield [
        line
        for name, rate, share in wording.if_like(summary)
        for line in _wrapped(f"  all like {name} ({wording.roughly(rate)} flagged): {share}", "    ")
    ]
    yield from _reasons(summary)
    if summary.time:
        yield ["", *_wrapped(wording.groups(summary, summary.time)), *_rows(summary.time)]
    for groups in summary.by:
        yield ["", *_wrapped(f"By {groups.column}. {wording.groups(summary, groups)}"), *_rows(groups)]
    yield from _evidence(summary)
    yield ["", *_wrapped(wording.CAUTION)]


def _reasons(summary: Summary) -> Iterator[list[str]]:
    for title, reasons in (("Without a verdict", summary.abstained), ("Could not be read", summary.failed)):
        if reasons:
            yield ["", title, *(f"  {count:>9,}  {visible(reason)}" for reason, count in reasons.items())]


def _evidence(summary: Summary) -> Iterator[list[str]]:
    if summary.families:
        yield [
            "",
            "Mean contributions in log-odds, by how much the flagged differ",
            f"  {'family':<14} {'flagged':>8} {'others':>8}",
        ]
        yield [f"  {one.name:<14} {one.flagged:>+8.2f} {one.others:>+8.2f}" for one in summary.families]
    if summary.checks:
        yield ["", "Findings: articles that have one, and at most how many of human news"]
        named = ((f"{one.kind}: {one.articles.name.replace('_', ' ')}", one) for one in summary.checks[:_FEW])
        yield [f"  {_cell(name)} {_told(one.articles)}  human {wording.percent(one.expected)}" for name, one in named]
    if summary.phrases:
        yield ["", "Stock phrases: flagged articles that hold them, and others"]
        yield [
            f"  {_cell(one.text)} {wording.percent(one.flagged.share):>7} {wording.percent(one.others.share):>7}"
            for one in summary.phrases[:_FEW]
        ]
    if summary.suspicious:
        yield ["", "Most suspicious", *_wrapped(wording.chance(summary))]
        yield [
            f"  {_cell(one.title or one.id)} {bounded(one.p_value):>7}  {one.tier or '-':<6}  "
            + ", ".join(f"{name} {value:+.1f}" for name, value in one.families)
            for one in summary.suspicious[:_FEW]
        ]


def _rows(groups: Groups) -> list[str]:
    shown = [one for one in groups.shown if one.n]
    largest = max((one.share for one in shown), default=0) or 1
    every: Iterable[Share] = [*shown, groups.others] if groups.others else shown
    return [f"  {_cell(one.name)} {_told(one)}  {'#' * round(_BAR * min(one.share / largest, 1))}" for one in every]


def _told(share: Share) -> str:
    return f"{share.hits:>7,} of {share.n:>7,} {wording.percent(share.share):>7} ({wording.between(share.interval)})"


def _cell(name: str) -> str:
    return f"{shortened(visible(name), _NAME):<{_NAME}}"


def _wrapped(sentence: str, indent: str = "") -> list[str]:
    return textwrap.wrap(sentence, WIDTH, subsequent_indent=indent, break_on_hyphens=False)
