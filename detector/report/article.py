"""The article in a page: its whole text, escaped, with marks and the notes that say what each mark stands for."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from detector.report import wording
from detector.report.escaping import safe
from detector.report.highlights import Highlights, Mark, Passage
from detector.report.names import css_class, name
from detector.report.places import Places

if TYPE_CHECKING:
    from detector.report import Report

SHOWN = 4
"""Passages that a note tells of; a mark of more says how many."""

NEAR = 3
"""Other places of its finding that a note links to, before it and after it."""


def article(report: Report, found: Highlights, places: Places) -> str:
    """The text of a report's article: nothing is left out or added but the notes, which are hidden until asked for."""
    return "".join(_Writer(report, found, places).pieces())


def gathered(passages: Iterable[Passage]) -> list[list[Passage]]:
    """Passages that say the same, each as one entry, in the order of the first of each."""
    groups: dict[tuple[str, str, int | None], list[Passage]] = {}
    for one in passages:
        groups.setdefault((one.family, one.message, one.finding), []).append(one)
    return list(groups.values())


class _Writer:
    def __init__(self, report: Report, found: Highlights, places: Places) -> None:
        self.report, self.found, self.places = report, found, places
        self.marks = iter([*found.marks, None])
        self.mark = next(self.marks)
        self.starts = [sorted(start for start, _ in finding.spans) for finding in report.findings]
        # Notes link to the other places of their finding, which must be known before the text is written.
        places.linked.update(start for starts in self.starts if len(starts) > 1 for start in starts)
        self.anchors = iter([*sorted(places.linked), None])
        self.anchor = next(self.anchors)

    def pieces(self) -> Iterator[str]:
        """The text in order: what is in no tinted sentence, and each sentence with its note at its end."""
        at = 0
        for sentence in self.found.sentences:
            yield from self._stretch(at, sentence.start)
            strength, named = self._strength(sentence), self.places.name("s", sentence.start)
            yield f'<span class="sentence" {strength} role="group" tabindex="0" aria-describedby="{named}">'
            yield from self._stretch(sentence.start, sentence.end)
            yield f"{self._note(sentence, named)}</span>"
            at = sentence.end
        yield from self._stretch(at, len(self.report.source))
        yield from self._anchors(len(self.report.source) + 1)

    def _stretch(self, start: int, end: int) -> Iterator[str]:
        """Text and marks from start to end."""
        while self.mark is not None and self.mark.start < end:
            mark = self.mark
            yield from self._text(start, mark.start)
            yield from self._anchors(mark.end)
            yield self._marked(mark)
            start, self.mark = mark.end, next(self.marks)
        yield from self._text(start, end)

    def _text(self, start: int, end: int) -> Iterator[str]:
        while self.anchor is not None and self.anchor < end:
            yield safe(self.report.source[start : self.anchor])
            start = max(start, self.anchor)
            yield from self._anchors(self.anchor + 1)
        yield safe(self.report.source[start:end])

    def _anchors(self, end: int) -> Iterator[str]:
        """The places before `end` that something links to."""
        while self.anchor is not None and self.anchor < end:
            yield f'<span class="at" id="{self.places.name("at", self.anchor)}"></span>'
            self.anchor = next(self.anchors)

    def _strength(self, mark: Mark) -> str:
        return f'style="--s:{max(mark.strength, 0) / self.found.full:.3f}"'

    def _marked(self, mark: Mark) -> str:
        text = self.report.source[mark.start : mark.end]
        named, note = self.places.name("m", mark.start, mark.end), self.places.name("n", mark.start, mark.end)
        kinds = [css_class(mark.family)]
        if any(one.finding is not None and one.family != "typography" for one in mark.passages):
            kinds.append("finding")
        if not text.strip() or not text.isprintable():
            kinds.append("unseen")
        return (
            f'<mark class="{" ".join(kinds)}" id="{named}" {self._strength(mark)} tabindex="0" '
            f'aria-describedby="{note}">{safe(text)}{self._note(mark, note)}</mark>'
        )

    def _note(self, mark: Mark, named: str) -> str:
        alike = gathered(mark.passages)
        entries = "".join(self._entry(group, mark) for group in alike[:SHOWN])
        rest = math.fsum(one.contribution for group in alike[SHOWN:] for one in group)
        more = f"<small>and {len(alike) - SHOWN} more, {wording.signed(rest)} in sum</small>"
        total = f"<b>{wording.signed(mark.strength)} in sum</b>" if len(alike) > 1 else ""
        return f'<span class="note" id="{named}">{entries}{more if alike[SHOWN:] else ""}{total}</span>'

    def _entry(self, group: list[Passage], mark: Mark) -> str:
        first = group[0]
        facts = [name(first.family), wording.base_rate(first.base_rate), f"{len(group)} times" if group[1:] else ""]
        contribution = wording.signed(math.fsum(one.contribution for one in group))
        told = safe("; ".join(fact for fact in facts if fact)) + self._others(first, mark)
        return f'<span class="entry"><b>{contribution}</b> {safe(first.message)} <small>{told}</small></span>'

    def _others(self, one: Passage, mark: Mark) -> str:
        """Links to the other places that a finding sets against this one."""
        if one.finding is None:
            return ""
        starts = self.starts[one.finding]
        at = bisect_right(starts, mark.start)
        near = [*starts[max(at - 1 - NEAR, 0) : max(at - 1, 0)], *starts[at : at + NEAR]]
        return f"; see {self.places.links(near, 2 * NEAR)}" if near else ""
