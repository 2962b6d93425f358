"""A summary as HTML: a page of its own, or a fragment for a notebook; no script, nothing loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from detector.report.corpus import tables, wording
from detector.report.corpus.pictures import density, over_time, p_values
from detector.report.corpus.style import HEAD, STYLE
from detector.report.escaping import safe

if TYPE_CHECKING:
    from detector.report.corpus import Summary


def page(summary: Summary, links: Mapping[int, str]) -> str:
    """One self-contained page in UTF-8; `links` leads from rows of the frame to the articles' own reports."""
    return f"{HEAD}<main>\n{fragment(summary, links)}</main>\n</body>\n</html>\n"


def fragment(summary: Summary, links: Mapping[int, str]) -> str:
    """The summary as one element with its own style, which changes nothing outside of it."""
    body = "\n".join(part for part in _parts(summary, links) if part)
    return f'<div class="detector-corpus">\n<style>{STYLE}</style>\n{body}\n</div>\n'


def _parts(summary: Summary, links: Mapping[int, str]) -> Iterator[str]:
    yield "<h1>Corpus report</h1>"
    yield _paragraph(wording.counts(summary))
    yield _paragraph("Scored by " + "; ".join(summary.models or ("no model",)) + ".", "faint")
    yield _cards(summary)
    yield _paragraph(wording.headline(summary))
    yield tables.levels(summary) if summary.judged else ""
    yield _section(
        "How many are machine-made", "".join(map(_paragraph, wording.estimate(summary))), tables.if_like(summary)
    )
    if summary.judged:
        yield _section("P-values beside those of human news", p_values(summary))
    if summary.density:
        yield _section("Log-odds beside those of human news", density(summary.density))
    if summary.time:
        shown = over_time(summary.time, summary.threshold) + tables.periods(summary.time)
        yield _section("Over time", _paragraph(wording.groups(summary, summary.time)), shown)
    for groups in summary.by:
        shown = tables.groups(groups, summary.threshold)
        yield _section(f"By {groups.column}", _paragraph(wording.groups(summary, groups)), shown)
    yield from _evidence(summary, links)
    yield _section("Without a verdict, or not read", tables.reasons(summary))
    yield _paragraph(wording.CAUTION, "faint")


def _evidence(summary: Summary, links: Mapping[int, str]) -> Iterator[str]:
    if summary.suspicious:
        shown = tables.suspicious(summary, links)
        yield _section("Most suspicious articles", _paragraph(wording.chance(summary)), shown)
    yield _section("What drives the flags", tables.families(summary))
    yield _section("What the flagged resemble", tables.resembles(summary))
    yield _section("Commonest stock phrases of the flagged", tables.phrases(summary))
    yield _section("Findings, whatever the score", tables.checks(summary))


def _cards(summary: Summary) -> str:
    """The two numbers that are looked at first."""
    cards = []
    if summary.flagged.n:
        limit = wording.rate(summary.threshold)
        told = f"flagged ({wording.between(summary.flagged.interval)}); at most {limit} by chance"
        cards.append((wording.percent(summary.flagged.share), told))
    if summary.prevalence:
        found = summary.prevalence
        interval = wording.between(found.interval, wording.roughly)
        told = f"estimated machine-made ({interval}), if the machines are like those evaluated"
        cards.append((wording.roughly(found.estimate), told))
    items = "".join(f"<li><b>{safe(number)}</b> {safe(told)}</li>" for number, told in cards)
    return f'<ul class="cards">{items}</ul>' if items else ""


def _section(title: str, *content: str) -> str:
    return f"<section><h2>{safe(title)}</h2>\n{''.join(content)}</section>" if any(content) else ""


def _paragraph(text: str, name: str = "") -> str:
    # A number keeps its unit on its line.
    shown = safe(text).replace(" %", "\u00a0%")
    return f"<p{f' class={name!r}' if name else ''}>{shown}</p>\n"
