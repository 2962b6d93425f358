"""A report as HTML: a page of its own, or a fragment for a notebook; no script, nothing loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING

from detector.report import wording
from detector.report.highlights import marks

if TYPE_CHECKING:
    from detector.report import Finding, Report

_STYLE = """
.detector-report { --paper: #fff; --ink: #1d2025; --faint: #667; --line: #d8dade; --mark: 214 120 0; --calm: #3f7fae;
  color: var(--ink); background: var(--paper); font: 15px/1.5 system-ui, sans-serif; max-width: 60em; padding: 1em; }
@media (prefers-color-scheme: dark) { .detector-report { --paper: #17191d; --ink: #e4e6ea; --faint: #9aa0aa;
  --line: #383c44; --mark: 255 160 50; --calm: #6fb1e0; } }
.detector-report h2 { font-size: 1em; margin: 1.4em 0 .4em; }
.detector-report p { margin: .3em 0; }
.detector-report table { border-collapse: collapse; width: 100%; color: inherit; background: none; }
.detector-report th, .detector-report td { text-align: left; padding: .15em .8em .15em 0; vertical-align: top;
  border-bottom: 1px solid var(--line); font-weight: normal; }
.detector-report td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; width: 5em; }
.detector-report td.bar { width: 45%; vertical-align: middle; }
.detector-report .bar i { display: block; height: .7em; background: rgb(var(--mark)); }
.detector-report .bar i.below { background: var(--calm); }
.detector-report .faint { color: var(--faint); }
.detector-report .strip { display: flex; gap: 2px; }
.detector-report .strip i { height: .9em; background: var(--line); }
.detector-report .strip i.machine { background: rgb(var(--mark)); }
.detector-report .strip i.human { background: var(--calm); }
.detector-report .article { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; font-family: serif;
  font-size: 1.1em; border: 1px solid var(--line); padding: 1em; }
.detector-report mark { color: inherit; background: rgb(var(--mark) / var(--strength, 0)); border-radius: 2px; }
.detector-report mark.finding { outline: 1px dashed rgb(var(--mark)); }
.detector-report .s1 { --strength: 12%; } .detector-report .s2 { --strength: 25%; }
.detector-report .s3 { --strength: 40%; } .detector-report .s4 { --strength: 60%; }
"""

_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Report of detector</title>
<style>body { margin: 0; } @media (prefers-color-scheme: dark) { body { background: #17191d; } }</style>
</head>
<body>
"""


def page(report: Report) -> str:
    """One self-contained page in UTF-8."""
    return f"{_HEAD}{fragment(report)}</body>\n</html>\n"


def fragment(report: Report) -> str:
    """The report as one element with its own style, which changes nothing outside of it."""
    body = "\n".join(part for part in _parts(report) if part)
    return f'<div class="detector-report">\n<style>{_STYLE}</style>\n{body}\n</div>\n'


def safe(text: str) -> str:
    """Text with markup escaped; what HTML cannot hold (lone surrogates, control characters) becomes U+FFFD.

    >>> safe('<b title="x">&')
    '&lt;b title=&quot;x&quot;&gt;&amp;'
    """
    return escape("".join(c if c in "\t\n\r" or _allowed(ord(c)) else "\ufffd" for c in text))


def _allowed(point: int) -> bool:
    return 0x20 <= point < 0x7F or (point >= 0xA0 and not 0xD800 <= point <= 0xDFFF)


def _parts(report: Report) -> Iterator[str]:
    yield f"<p><strong>Score {safe(wording.bounded(report.score))}</strong> (log-odds {report.log_odds:+.2f}), "
    yield f"{report.words:,} words. {safe(wording.verdict(report))} {safe(wording.likeness(report))}</p>"
    yield f'<p class="faint">{safe(wording.model(report))}</p>'
    yield _section("Contributions by family, in log-odds", _contributions(report))
    yield _section("Strongest passages", (_passages(report, group) for group in wording.shown(report)))
    yield _section("Findings, whatever the score", (_finding(report, finding) for finding in report.findings))
    quality = (f"<tr><th>{safe(family)}</th><td>{safe(words)}</td></tr>" for family, words in wording.quality(report))
    yield _section("Quality of the prose, whoever wrote it", quality)
    yield _windows(report)
    yield f'<h2>Article</h2>\n<div class="article" dir="auto">{_article(report)}</div>'
    yield f'<p class="faint">{safe(wording.CAUTION)}</p>'


def _section(title: str, rows: Iterable[str]) -> str:
    body = "\n".join(rows)
    return f"<h2>{safe(title)}</h2>\n<table>\n{body}\n</table>" if body else ""


def _contributions(report: Report) -> Iterator[str]:
    parts = wording.adding_up(report.contributions, report.log_odds)
    largest = max((abs(value) for value in parts.values()), default=0) or 1
    for name, value in parts.items():
        side = ' class="below"' if value < 0 else ""
        bar = f'<i{side} style="width: {100 * abs(value) / largest:.1f}%"></i>'
        yield f'<tr><th>{safe(name)}</th><td class="number">{value:+.2f}</td><td class="bar">{bar}</td></tr>'
    yield f'<tr><th>log-odds</th><td class="number">{report.log_odds:+.2f}</td><td></td></tr>'


def _windows(report: Report) -> str:
    """A strip of one piece for each window, as wide as its share of the words, and what is said of them."""
    told = wording.windows(report)
    if not told or not report.windows:
        return ""
    pieces = "".join(
        f'<i class="{window.label}" style="flex-grow: {window.words}" title="line '
        f'{wording.line_of(report.source, window.start)}: {window.label}, log-odds {window.log_odds:+.2f}"></i>'
        for window in report.windows.windows
    )
    return f'<h2>Windows of about 120 words</h2>\n<div class="strip">{pieces}</div>\n<p>{safe(" ".join(told))}</p>'


def _passages(report: Report, group: wording.Passages) -> str:
    first, count = group.first, len(group.passages)
    where = f"{f'x {count}, first in ' if count > 1 else ''}line {wording.line_of(report.source, first.start)}"
    told = "; ".join(part for part in (where, wording.base_rate(first.base_rate)) if part)
    return _row(report, group.contribution, first.message, told, first.start, first.end)


def _finding(report: Report, finding: Finding) -> str:
    start, end = min(finding.spans, default=(0, 0))
    where = f"x {len(finding.spans)}, first in line {wording.line_of(report.source, start)}"
    told = f"{where}; {wording.base_rate(finding.base_rate)}"
    return _row(report, wording.contribution_of(report, finding), finding.message, told, start, end)


def _row(report: Report, contribution: float, message: str, told: str, start: int, end: int) -> str:
    passage = wording.quoted(report.source, start, end, 120) if end > start else ""
    return (
        f'<tr><td class="number">{contribution:+.2f}</td><td>{safe(message)} '
        f'<span class="faint">({safe(told)})</span><br><q class="faint">{safe(passage.strip(chr(34)))}</q></td></tr>'
    )


def _article(report: Report) -> str:
    """The article's text with its marks."""
    pieces, at = [], 0
    for mark in marks(report):
        names = " ".join([f"s{mark.level}"] * bool(mark.level) + ["finding"] * mark.found)
        title = safe("; ".join(mark.messages))
        pieces.append(safe(report.source[at : mark.start]))
        pieces.append(f'<mark class="{names}" title="{title}">{safe(report.source[mark.start : mark.end])}</mark>')
        at = mark.end
    return "".join([*pieces, safe(report.source[at:])])
