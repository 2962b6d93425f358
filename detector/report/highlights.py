"""Which stretches of an article to mark, and how strongly: passages that overlap become one sequence of marks."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from detector.report import Report

LEVELS = 4
"""Strengths of a mark, in equal steps up to the stretch of the article that contributes most."""


class Mark(NamedTuple):
    """A stretch of one strength, 0 to LEVELS, and what is said of it; `found` is true where a finding points at it."""

    start: int
    end: int
    level: int
    found: bool
    messages: tuple[str, ...]


class _Span(NamedTuple):
    start: int
    end: int
    message: str
    contribution: float
    found: bool


def marks(report: Report) -> list[Mark]:
    """The marks of a report in the order of the text; none overlaps another, and neighbours differ."""
    stretches = list(_stretches(_spans(report)))
    strongest = max((_strength(spans) for _, _, spans in stretches), default=0) or 1
    result: list[Mark] = []
    for start, end, spans in stretches:
        level = round(LEVELS * _strength(spans) / strongest)
        messages = tuple(dict.fromkeys(span.message for span in sorted(spans, key=lambda one: -one.contribution)))
        mark = Mark(start, end, level, any(span.found for span in spans), messages[:3])
        if not level and not mark.found:
            continue
        last = result[-1] if result else None
        if last and (last.end, last.level, last.found) == (start, level, mark.found):
            both = tuple(dict.fromkeys([*last.messages, *mark.messages]))
            mark = Mark(last.start, end, level, mark.found, both[:3])
            result.pop()
        result.append(mark)
    return result


def _spans(report: Report) -> list[_Span]:
    raising = [_Span(e.start, e.end, e.message, e.contribution, False) for e in report.evidence if e.contribution > 0]
    found = [_Span(*span, finding.message, 0.0, True) for finding in report.findings for span in finding.spans]
    return [*raising, *found]


def _strength(spans: list[_Span]) -> float:
    return math.fsum(span.contribution for span in spans)


def _stretches(spans: list[_Span]) -> Iterator[tuple[int, int, list[_Span]]]:
    """Each piece of the text between two places where spans begin or end, with the spans that cover it."""
    starts = [(span.start, 1, number) for number, span in enumerate(spans)]
    ends = [(span.end, 0, number) for number, span in enumerate(spans)]
    covering: set[int] = set()
    at = 0
    for position, begins, number in sorted([*starts, *ends]):
        if position > at and covering:
            yield at, position, [spans[n] for n in sorted(covering)]
        at = position
        if begins:
            covering.add(number)
        else:
            covering.discard(number)
