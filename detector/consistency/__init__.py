"""Does an article agree with itself?  CHECKS, and the suspects that they find in the articles of a batch.

A suspect is a passage worth a second look, with every place that disagrees, and never a verdict.  A check is here only
if it fires in at most one of 200 human news articles and if most of its firings there, read one by one, are real slips.
Many never fired on 22,982 of them: nothing speaks against these, and nothing was there to be read.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from detector.batchtext import Batch
from detector.consistency import (
    acronyms,
    ages,
    announced,
    arithmetic,
    calendar,
    datelines,
    headline,
    names,
    parts,
    quotations,
    retold,
    shares,
    timeline,
    voice,
)
from detector.consistency.article import Article, articles, places_of
from detector.consistency.checks import KINDS, Check, Suspect

CHECKS: tuple[Check, ...] = (
    *calendar.CHECKS,
    *timeline.CHECKS,
    *ages.CHECKS,
    *arithmetic.CHECKS,
    *parts.CHECKS,
    *retold.CHECKS,
    *shares.CHECKS,
    *announced.CHECKS,
    *names.CHECKS,
    *acronyms.CHECKS,
    *quotations.CHECKS,
    *datelines.CHECKS,
    *voice.CHECKS,
)

HEADLINE_CHECKS: tuple[Check, ...] = headline.CHECKS
"""Checks of the headline, which only the caller knows."""


def suspects(article: Article, checks: Iterable[Check] = CHECKS) -> list[tuple[Check, Suspect]]:
    """What the checks find in one article, in the order of CHECKS; those of the headline last, if there is one."""
    known = HEADLINE_CHECKS if article.headline else ()
    return [(check, suspect) for check in (*checks, *known) for suspect in check.find(article)]


def suspects_of(batch: Batch) -> list[tuple[int, Check, Suspect]]:
    """What the checks find in a batch, article by article, in the order of CHECKS."""
    kept = batch.keep(_looked_at)
    rest = _look(batch, [check for check in CHECKS if check.kind not in kept])
    found = [*rest, *(one for some in kept.values() for one in some)]
    return sorted(found, key=lambda one: (one[0], _PLACE[one[1].name]))


_PLACE = {check.name: place for place, check in enumerate(CHECKS)}


def suspects_of_kind(batch: Batch, kind: str) -> list[tuple[int, Check, Suspect]]:
    """What the checks of one kind find; only articles that a check may fire in are looked at, and each only once."""
    kept = batch.keep(_looked_at)
    if kind not in kept:
        kept[kind] = _look(batch, [check for check in CHECKS if check.kind == kind])
    return kept[kind]


_DATED = ("calendar", "timeline")  # kinds in which a day of publication can show what no trigger sees in the text


def suspects_known(batch: Batch, row: int, published: date | None, headline: str | None) -> list[tuple[Check, Suspect]]:
    """What the checks find in one article of a batch, held against its day of publication and its headline."""
    places = places_of(batch, [check.trigger for check in CHECKS])
    checks = [
        check
        for check, found in zip(CHECKS, places, strict=True)
        if row in found or (published is not None and check.kind in _DATED)
    ]
    return suspects(Article(batch, row, published, headline), checks)


def _looked_at(batch: Batch) -> dict[str, list[tuple[int, Check, Suspect]]]:
    return {}


def _look(batch: Batch, checks: list[Check]) -> list[tuple[int, Check, Suspect]]:
    if not batch.size:
        return []
    places = places_of(batch, [check.trigger for check in checks])
    wanted: dict[int, list[Check]] = {}
    for check, found in zip(checks, places, strict=True):
        for row in found:
            wanted.setdefault(row, []).append(check)
    return [
        (article.row, check, suspect)
        for article in articles(batch, sorted(wanted))
        for check in wanted[article.row]
        for suspect in check.find(article)
    ]


__all__ = [
    "CHECKS",
    "HEADLINE_CHECKS",
    "KINDS",
    "Article",
    "Check",
    "Suspect",
    "articles",
    "suspects",
    "suspects_known",
    "suspects_of",
    "suspects_of_kind",
]
