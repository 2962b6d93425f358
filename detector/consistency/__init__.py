"""Does an article agree with itself?  CHECKS, and the suspects that they find in the articles of a batch.

A suspect is a passage worth a second look, with every place that disagrees, and never a verdict.  A check is here only
if it fires in at most one of 200 human news articles and if most of its firings there, read one by one, are real slips.
Many never fired on 22,982 of them: nothing speaks against these, and nothing was there to be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from importlib import import_module

from detector.batchtext import Batch
from detector.consistency.article import Article, articles, places_of
from detector.consistency.checks import KINDS, Check, Suspect

_MODULES = {
    "calendar": ("calendar",),
    "timeline": ("timeline",),
    "quantities": ("ages", "arithmetic", "parts", "retold", "shares", "announced"),
    "names": ("names",),
    "acronyms": ("acronyms",),
    "quotations": ("quotations",),
    "headline": ("datelines",),
    "voice": ("voice",),
}
"""Where the checks of each kind are: imported with the first article that is looked at for them, as few kinds tell in
a score."""


@cache
def checks_of(kind: str) -> tuple[Check, ...]:
    """The checks of one kind."""
    return tuple(check for name in _MODULES[kind] for check in import_module(f"{__name__}.{name}").CHECKS)


@cache
def _checks() -> tuple[Check, ...]:
    return tuple(check for kind in KINDS for check in checks_of(kind))


def _headline_checks() -> tuple[Check, ...]:
    from detector.consistency import headline

    return headline.CHECKS


def __getattr__(name: str) -> tuple[Check, ...]:
    # HEADLINE_CHECKS are the checks of the headline, which only the caller knows.
    if name in ("CHECKS", "HEADLINE_CHECKS"):
        return _checks() if name == "CHECKS" else _headline_checks()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def suspects(article: Article, checks: Iterable[Check] | None = None) -> list[tuple[Check, Suspect]]:
    """What checks (else CHECKS) find in one article, in their order; then those of the headline, if it has one."""
    text = _checks() if checks is None else checks
    known = _headline_checks() if article.headline else ()
    return [(check, suspect) for check in (*text, *known) for suspect in check.find(article)]


def suspects_of(batch: Batch) -> list[tuple[int, Check, Suspect]]:
    """What the checks find in a batch, article by article, in the order of CHECKS."""
    kept = batch.keep(_looked_at)
    rest = _look(batch, [check for check in _checks() if check.kind not in kept])
    found = [*rest, *(one for some in kept.values() for one in some)]
    place = _places()
    return sorted(found, key=lambda one: (one[0], place[one[1].name]))


@cache
def _places() -> dict[str, int]:
    return {check.name: place for place, check in enumerate(_checks())}


def suspects_of_kind(batch: Batch, kind: str) -> list[tuple[int, Check, Suspect]]:
    """What the checks of one kind find; only articles that a check may fire in are looked at, and each only once."""
    kept = batch.keep(_looked_at)
    if kind not in kept:
        kept[kind] = _look(batch, checks_of(kind))
    return kept[kind]


_DATED = ("calendar", "timeline")  # kinds in which a day of publication can show what no trigger sees in the text


def suspects_known(batch: Batch, row: int, published: date | None, headline: str | None) -> list[tuple[Check, Suspect]]:
    """What the checks find in one article of a batch, held against its day of publication and its headline."""
    places = places_of(batch, [check.trigger for check in _checks()])
    checks = [
        check
        for check, found in zip(_checks(), places, strict=True)
        if row in found or (published is not None and check.kind in _DATED)
    ]
    return suspects(Article(batch, row, published, headline), checks)


def _looked_at(batch: Batch) -> dict[str, list[tuple[int, Check, Suspect]]]:
    return {}


def _look(batch: Batch, checks: Sequence[Check]) -> list[tuple[int, Check, Suspect]]:
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
    "checks_of",
    "suspects",
    "suspects_known",
    "suspects_of",
    "suspects_of_kind",
]
