"""The verdict at the head of a page: first how many human articles score as high, then the score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detector.reference import TIERS
from detector.report import wording
from detector.report.escaping import safe

if TYPE_CHECKING:
    from detector.report import Report

HEADLINES = {
    "strong": "Strong signs of machine writing",
    "likely": "Clear signs of machine writing",
    "weak": "Weak signs of machine writing",
    "none": "No unusual signs of machine writing",
}
"""What each tier is in words; none of them is an accusation."""


def headline(report: Report) -> str:
    """The verdict in a few words."""
    return "No verdict" if report.tier is None else HEADLINES.get(report.tier, f"Tier {report.tier}")


def tiers(report: Report) -> str:
    """The tiers in their order with the share of human articles that reach each; the article's own is filled."""
    steps = [("none", "the rest"), *((tier, f"{wording.in_words(most)}") for tier, most in reversed(TIERS))]
    items = []
    for tier, reach in steps:
        here = ' aria-current="true"' if tier == report.tier else ""
        items.append(f"<li{here}><b>{tier}</b><small>{reach}</small></li>")
    given = "no tier" if report.tier is None else f"tier {report.tier}"
    label = f"Tiers, with the human articles that reach each; here: {given}"
    return f'<ol class="tiers" aria-label="{label}">{"".join(items)}</ol>'


def lead(report: Report) -> str:
    """What the p-value says, in a sentence; or why there is none."""
    if report.tier is None:
        reason = report.abstained or "the p-value does not exist"
        return f'<p class="lead">{safe(reason[:1].upper() + reason[1:])}.</p>'
    doubt = wording.doubt(report)
    told = wording.share_of_humans(report)
    return f'<p class="lead">{safe(told[:1].upper() + told[1:])}.</p>' + (f"<p>{safe(doubt)}</p>" if doubt else "")


def likeness(report: Report) -> str:
    """Which machines a flagged article reads like."""
    return f"<p>{safe(wording.likeness(report))}</p>" if report.resembles else ""


def facts(report: Report) -> str:
    """The numbers behind the verdict, the p-value first, each with what it means."""
    rows = [
        ("p-value", wording.bounded(report.p_value), f"share of {wording.whom(report)} that score this high"),
        ("Score", wording.bounded(report.score), "probability of a machine if half of all articles were machine-made"),
        ("Log-odds", wording.signed(report.log_odds), f"sum of all contributions, {report.words:,} words"),
    ]
    if report.tier is None:
        rows = [(name, value, "not compared with human news") for name, value, _ in rows[1:]]
    listed = "".join(f"<div><dt>{a}</dt><dd><b>{safe(b)}</b> <small>{c}</small></dd></div>" for a, b, c in rows)
    return f'<dl class="facts">{listed}</dl>'
