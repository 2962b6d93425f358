"""Which stretches of an article to mark, and how strongly: passages that overlap become one sequence of marks."""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from detector.report import Evidence, Report

MOST = 2000
"""Passages that are marked at most, the strongest first, and places of findings: a page of 1 MB stays a page."""

FAINTEST = 4.5
"""Log-odds, over the words of the article, below which a passage is not marked: 0.015 up to 300 words."""

PALEST = 0.1
"""Log-odds of full strength, at least, so that an article in which nothing stands out has no strong mark."""


class Passage(NamedTuple):
    """A stretch that a feature or a finding points at; `finding` is the finding's number in the report, or None."""

    start: int
    end: int
    family: str
    message: str
    contribution: float
    base_rate: float | None
    finding: int | None = None


class Mark(NamedTuple):
    """A stretch that the same passages cover, the strongest first; `strength` is the sum of their contributions."""

    start: int
    end: int
    strength: float
    passages: tuple[Passage, ...]

    @property
    def family(self) -> str:
        """The family of its strongest passage."""
        return self.passages[0].family


class Highlights(NamedTuple):
    """Marks inside of sentences, and whole sentences; `full` is the strength that is drawn at its strongest.

    Both are in the order of the text, and neither overlaps its own kind.  `left_out` counts the passages that would be
    marked in an article with fewer of them.
    """

    marks: list[Mark]
    sentences: list[Mark]
    full: float
    left_out: int


def highlights(report: Report) -> Highlights:
    """What to mark in a report's article: what speaks for a machine in sum, and whatever a finding points at."""
    found = _found(report)
    least = FAINTEST / max(report.words, 300)
    loud = [one for one in report.evidence if abs(one.contribution) >= least and one.end > one.start]
    strongest = heapq.nlargest(MOST, loud, key=lambda one: abs(one.contribution))
    passages = [*_passages(strongest, report), *found[:MOST]]
    whole = _Sentences(report.evidence)
    wide = [one for one in passages if one.finding is None and whole.covered(one)]
    narrow = [one for one in passages if one.finding is not None or not whole.covered(one)]
    sentences = [one for one in _marks(wide, least) if report.source[one.start : one.end].strip()]
    marks = list(_split(_marks(narrow, least), sentences))
    full = max([PALEST, *(mark.strength for mark in [*marks, *sentences])])
    return Highlights(marks, sentences, full, len(loud) - len(strongest) + len(found[MOST:]))


class _Sentences:
    """Where the sentences stand: the passages that are the wording of one."""

    def __init__(self, evidence: Iterable[Evidence]) -> None:
        self.spans = sorted({(one.start, one.end) for one in evidence if one.base_rate is None})

    def covered(self, passage: Passage) -> bool:
        """Whether a passage holds a whole sentence."""
        at = bisect_left(self.spans, (passage.start, 0))
        return passage.base_rate is None or (at < len(self.spans) and self.spans[at][1] <= passage.end)


def _passages(evidence: Iterable[Evidence], report: Report) -> Iterator[Passage]:
    told = {(finding.check, *span) for finding in report.findings for span in finding.spans}
    for one in evidence:
        if (one.feature, one.start, one.end) not in told:
            yield Passage(one.start, one.end, one.family, one.message, one.contribution, one.base_rate)


def _found(report: Report) -> list[Passage]:
    """The places of the findings, with what the features behind them contribute there."""
    checks = {finding.check for finding in report.findings}
    share = {(one.feature, one.start, one.end): one.contribution for one in report.evidence if one.feature in checks}
    return [
        Passage(*span, finding.kind, finding.message, share.get((finding.check, *span), 0.0), finding.base_rate, number)
        for number, finding in enumerate(report.findings)
        for span in finding.spans
        if span[1] > span[0]
    ]


def _marks(passages: list[Passage], least: float) -> list[Mark]:
    found = []
    for start, end, covering in _stretches(passages):
        strength = math.fsum(one.contribution for one in covering)
        if strength >= least or any(one.finding is not None for one in covering):
            ranked = sorted(covering, key=lambda one: (-one.contribution, one.start, one.message))
            found.append(Mark(start, end, strength, tuple(ranked)))
    return found


def _split(marks: list[Mark], sentences: list[Mark]) -> Iterator[Mark]:
    """The marks, cut in two where a sentence begins or ends inside of one."""
    edges = sorted({edge for mark in sentences for edge in (mark.start, mark.end)})
    for mark in marks:
        inside = edges[bisect_left(edges, mark.start + 1) : bisect_left(edges, mark.end)]
        for start, end in zip([mark.start, *inside], [*inside, mark.end], strict=True):
            yield mark._replace(start=start, end=end)


def _stretches(passages: list[Passage]) -> Iterator[tuple[int, int, list[Passage]]]:
    """Each piece of the text between two places where passages begin or end, with the passages that cover it."""
    starts = [(one.start, 1, number) for number, one in enumerate(passages)]
    ends = [(one.end, 0, number) for number, one in enumerate(passages)]
    covering: set[int] = set()
    at = 0
    for position, begins, number in sorted([*starts, *ends]):
        if position > at and covering:
            yield at, position, [passages[n] for n in sorted(covering)]
        at = position
        if begins:
            covering.add(number)
        else:
            covering.discard(number)
