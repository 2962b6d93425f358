"""A report as HTML: a page of its own, or a fragment for a notebook.

There is no script in it, and its policy allows none: what is hidden until it is asked for is shown by the style sheet,
under the pointer and on focus; links lead to places on the page.  So no text of an article can ever run, and a notebook
that is not trusted shows the same as one that is.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from detector.modelinfo import LIMITS
from detector.report import wording
from detector.report.article import article
from detector.report.bars import strip, waterfall
from detector.report.escaping import safe
from detector.report.highlights import Highlights, highlights
from detector.report.lists import findings, passages, quality, reasons
from detector.report.names import FAMILIES, FINDING, SENTENCE
from detector.report.places import Places
from detector.report.plot import plot
from detector.report.verdicts import facts, headline, lead, likeness, tiers

if TYPE_CHECKING:
    from detector.report import Report

_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; \
form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title} (report of detector)</title>
<style>{style}</style>
</head>
<body class="detector-page">
<main>
<h1>detector: report on one article</h1>
"""


def page(report: Report) -> str:
    """One self-contained page in UTF-8."""
    head = _HEAD.format(title=safe(headline(report)), style=_file("page.css"))
    return f"{head}{fragment(report)}</main>\n</body>\n</html>\n"


def fragment(report: Report) -> str:
    """The report as one element with its own style, which changes nothing outside of it."""
    return f'<div class="detector-report">\n<style>{style()}</style>\n{"".join(_parts(report))}</div>\n'


@cache
def style() -> str:
    """The style sheet of a fragment, with its colours for light and dark, for notebooks with a theme, and for paper."""
    light, dark = _file("light.css"), _file("dark.css")
    colours = [
        f".detector-report {{\n{light}}}",
        f"@media (prefers-color-scheme: dark) {{ .detector-report {{\n{dark}}} }}",
        f'[data-jp-theme-light="false"] .detector-report, .vscode-dark .detector-report {{\n{dark}}}',
        f'[data-jp-theme-light="true"] .detector-report, .vscode-light .detector-report {{\n{light}}}',
        f"@media print {{ .detector-report.detector-report.detector-report {{\n{light}}} }}",
    ]
    return "\n".join(["", *colours, _file("style.css")])


@cache
def _file(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _parts(report: Report) -> Iterator[str]:
    places, found, groups = Places(report), highlights(report), wording.shown(report)
    # The article comes last to be made: it holds the places to which everything else links.
    head = f'<section class="verdict">{_verdict(report, groups, places)}</section>'
    along = strip(report, places)
    aside = findings(report, places) + waterfall(report) + passages(report, groups, places)
    text = article(report, found, places)
    after = places.name("after")
    yield f'<div class="head">{head}<section>{plot(report)}{facts(report)}</section></div>\n'
    yield f'<div class="body"><section class="text">{along}<h3>The article</h3>{_legend(found)}'
    yield f'<p><a class="skip" href="#{after}">Skip the article</a></p>'
    yield f'<div class="article" dir="auto">{text}</div></section>\n'
    yield f'<section class="aside" id="{after}">{aside}</section></div>\n'
    yield f'<section class="foot">{_foot(report)}</section>\n'


def _verdict(report: Report, groups: list[wording.Passages], places: Places) -> str:
    return (
        f"<h2>{safe(headline(report))}</h2>{tiers(report)}{lead(report)}{reasons(report, groups, places)}"
        f'{likeness(report)}<p class="caution">{safe(wording.CAUTION)}</p>'
    )


def _legend(found: Highlights) -> str:
    """One sample of each kind of mark in the article, and what the strength stands for."""
    present = {mark.family for mark in found.marks}
    samples = [
        f'<li><mark class="{one}" style="--s:.5">{name}</mark></li>' for one, name in FAMILIES.items() if one in present
    ]
    if any(one.finding is not None and one.family != "typography" for mark in found.marks for one in mark.passages):
        samples.append(f'<li><mark class="{FINDING}" style="--s:0">Finding</mark></li>')
    if found.sentences:
        samples.append(f'<li><span class="{SENTENCE}" style="--s:.5">Whole sentence</span></li>')
    if not samples:
        return '<p class="faint">Nothing is marked.</p>'
    left_out = f" The {found.left_out:,} weakest passages are not marked." if found.left_out else ""
    return (
        f'<ul class="legend">{"".join(samples)}</ul><p class="faint">The stronger the colour, the more a passage '
        f"adds, here up to {wording.signed(found.full)}. Point at it, tap it or move to it with the Tab key to see "
        f"what it is, what it adds and how many human articles have it.{left_out}</p>"
    )


def _foot(report: Report) -> str:
    limits = "".join(f"<li>{safe(limit)}</li>" for limit in LIMITS)
    model = f'<p class="faint">{safe(wording.model(report))}.</p>'
    return f'{quality(report)}<div><h3>Limits</h3><ul class="limits">{limits}</ul>{model}</div>'
