"""A report as plain text of 100 columns, without colour: what `str(report)` and the terminal show."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from detector.report import wording

if TYPE_CHECKING:
    from detector.report import Finding, Report

WIDTH = 100
_BAR = 40  # columns of the longest bar
_SIGNS = {"machine": "#", "unclear": "?", "human": "."}


def render(report: Report) -> str:
    """The whole report, without a line end after the last line."""
    return "\n".join(line.rstrip() for section in _sections(report) for line in section)


def _sections(report: Report) -> Iterator[list[str]]:
    yield _head(report)
    yield ["", "Contributions in log-odds; above 0 speaks for a machine", *_contributions(report)]
    groups = wording.shown(report)
    if groups:
        yield ["", "Strongest passages, with the share of human articles that show as much of it (or as little)"]
        yield [line for group in groups for line in _passages(report, group)]
    if report.findings:
        yield ["", "Findings, whatever the score"]
        added = zip(report.findings, wording.of_findings(report), strict=True)
        yield [line for finding, contribution in added for line in _finding(report, finding, contribution)]
    if report.quality:
        yield ["", "Quality of the prose, whoever wrote it; no part of the verdict"]
        yield [line for family, words in wording.quality(report) for line in _wrapped(f"  {family:<12}", words)]
    told = wording.windows(report)
    if told and report.windows:
        yield ["", "Windows of about 120 words; # machine, ? unclear, . human; no part of the verdict"]
        yield _wrapped("  ", " ".join(_SIGNS[window.label] for window in report.windows.windows))
        yield [line for sentence in told for line in _wrapped("  ", sentence)]
    yield ["", wording.CAUTION]


def _head(report: Report) -> list[str]:
    score = f"Score {wording.bounded(report.score)} (log-odds {report.log_odds:+.2f}), {report.words:,} words. "
    return [
        *_wrapped("", score + wording.verdict(report)),
        *_wrapped("", f"{wording.likeness(report)} {wording.model(report)}.".strip()),
    ]


def _contributions(report: Report) -> list[str]:
    parts = wording.adding_up(report.contributions, report.log_odds)
    largest = max((abs(value) for value in parts.values()), default=0) or 1
    lines = []
    for name, value in parts.items():
        bar = ("+" if value > 0 else "-") * round(_BAR * abs(value) / largest)
        lines.append(f"  {name:<12} {value:+8.2f}  {bar}")
    return [*lines, f"  {'log-odds':<12} {report.log_odds:+8.2f}"]


def _passages(report: Report, group: wording.Passages) -> list[str]:
    first, count = group.first, len(group.passages)
    start = f"line {wording.line_of(report.source, first.start)}"
    where = f"x {count}, first in {start}" if count > 1 else start
    told = [where, wording.base_rate(first.base_rate)]
    return _entry(report, group.contribution, first.message, told, first.start, first.end)


def _finding(report: Report, finding: Finding, contribution: float) -> list[str]:
    lines = sorted({wording.line_of(report.source, start) for start, _ in finding.spans})
    named = ", ".join(map(str, lines[:6])) + (" ..." if len(lines) > 6 else "")
    count = f"x {len(finding.spans)}, " if len(finding.spans) > 1 else ""
    told = [
        f"{count}line{'s' if len(lines) > 1 else ''} {named}" if lines else "",
        wording.base_rate(finding.base_rate),
    ]
    start, end = min(finding.spans, default=(0, 0))
    return _entry(report, contribution, finding.message, told, start, end)


def _entry(report: Report, contribution: float, message: str, told: list[str], start: int, end: int) -> list[str]:
    """Contribution and message, then what else is to be told, then the passage."""
    facts = "; ".join(part for part in told if part)
    lines = _wrapped(f"  {contribution:+6.2f}  ", f"{wording.visible(message)} ({facts})" if facts else message)
    return [*lines, f"{'':10}{wording.quoted(report.source, start, end, WIDTH - 10)}"] if end > start else lines


def _wrapped(indent: str, text: str) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent), break_on_hyphens=False
    )
