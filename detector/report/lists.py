"""The lists beside an article: reasons, findings, strongest passages and quality, each linked to its places."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from detector.report import wording
from detector.report.escaping import safe
from detector.report.names import css_class, name
from detector.report.places import Places

if TYPE_CHECKING:
    from detector.report import Finding, Report

REASONS = 3
"""Groups of passages that stand at the head of the page."""

FINDINGS = 50
"""Findings that are listed at most."""

PLACES = 8
"""Places of one entry that are linked at most."""

PAIR = 4
"""Places of one finding up to which each is quoted: statements that disagree stand beside each other."""


def reasons(report: Report, groups: list[wording.Passages], places: Places) -> str:
    """What speaks most for a machine, where the article is flagged; and how many findings there are."""
    flagged = report.tier not in (None, "none")
    raising = [group for group in groups if flagged and group.contribution > 0][:REASONS]
    items = [
        f'<li><b class="number">{wording.signed(group.contribution)}</b> <span>{_sentence(group.first.message)} '
        f"<small>({_where(group, places)})</small></span></li>"
        for group in raising
    ]
    found = ""
    if report.findings:
        many = len(report.findings)
        counted = f"{many:,} findings" if many > 1 else "1 finding"
        found = f'<p><a href="#{places.name("findings")}">{counted} to check</a>, whatever the score.</p>'
    return (f'<h3>Above all</h3><ul class="reasons">{"".join(items)}</ul>' if items else "") + found


def _where(group: wording.Passages, places: Places) -> str:
    starts = [one.start for one in group.passages]
    count = f"{len(starts)} times, " if len(starts) > 1 else ""
    return count + places.links(starts, PLACES)


def passages(report: Report, groups: list[wording.Passages], places: Places) -> str:
    """The strongest passages for a machine and those for a human, each with base rate, quotation and places."""
    raising = [_group(report, group, places) for group in groups if group.contribution >= 0]
    lowering = [_group(report, group, places) for group in groups if group.contribution < 0]
    return _section("What speaks for a machine", "", raising) + _section("What speaks for a human", "", lowering)


def _group(report: Report, group: wording.Passages, places: Places) -> str:
    first = group.first
    facts = [wording.base_rate(first.base_rate)]
    message = _sentence(first.message) + _quoted(report, (first.start, first.end))
    return _entry(group.contribution, first.family, message, facts, _where(group, places))


def findings(report: Report, places: Places) -> str:
    """What is odd in the text whatever the score, each with all its places."""
    # Statements that disagree come before marks of typography: they are what an editor can check.
    added = zip(report.findings, wording.of_findings(report), strict=True)
    ranked = sorted(added, key=lambda pair: pair[0].kind == "typography")
    entries = [_finding(report, one, contribution, places) for one, contribution in ranked[:FINDINGS]]
    if len(ranked) > FINDINGS:
        entries.append(f"<li><span>and {len(ranked) - FINDINGS:,} more</span></li>")
    return _section("Findings, whatever the score", f' id="{places.name("findings")}"', entries)


def _finding(report: Report, finding: Finding, contribution: float, places: Places) -> str:
    spans = sorted(finding.spans)
    shown = spans if 1 < len(spans) <= PAIR else spans[:1]
    quotes = "".join(_quoted(report, span, places.link(span[0])) for span in shown)
    where = places.links([start for start, _ in spans], PLACES) if spans else ""
    facts = [wording.base_rate(finding.base_rate)]
    return _entry(contribution, finding.kind, _sentence(finding.message) + quotes, facts, where)


def _entry(contribution: float, family: str, message: str, facts: list[str], where: str) -> str:
    told = "; ".join([part for part in map(safe, facts) if part] + [where] * bool(where))
    return (
        f'<li><b class="number">{wording.signed(contribution)}</b><span>{message}'
        f'<small><span class="family {css_class(family)}">{safe(name(family))}</span>; {told}</small></span></li>'
    )


def _sentence(message: str) -> str:
    return safe(wording.visible(message[:1].upper() + message[1:]))


def _quoted(report: Report, span: tuple[int, int], place: str = "") -> str:
    """A passage in quotation marks, as a link where a place is given."""
    passage = safe(wording.quoted(report.source, *span, 110)[1:-1]) if span[1] > span[0] else ""
    linked = f'<a href="#{place}">{passage}</a>' if place else passage
    return f"<q>{linked}</q>" if passage else ""


def quality(report: Report) -> str:
    """What an editor would mend, whoever wrote it."""
    rows = [f"<li><span>{safe(name(family))}: {safe(told)}</span></li>" for family, told in wording.quality(report)]
    return _section("Quality of the prose, whoever wrote it", "", rows)


def _section(title: str, attributes: str, entries: Iterable[str]) -> str:
    body = "".join(entries)
    return f'<div><h3{attributes}>{title}</h3><ul class="entries">{body}</ul></div>' if body else ""
