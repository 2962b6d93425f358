"""Place: two datelines in one report."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from detector.batchtext import UPPER_CASE, Batch
from detector.characters import DASH
from detector.consistency.article import Article, Span
from detector.consistency.checks import Check, Suspect, show
from detector.consistency.triggers import marks, sharing, within
from detector.patterns import Pattern


def two_datelines(article: Article) -> Iterator[Suspect]:
    r"""A report is dated from two places.

    >>> show(two_datelines, "OSTBY (Newswire) - The pier opened.\n\nVIKSUND (Newswire) - Nobody came.")
    [['OSTBY (Newswire)', 'VIKSUND (Newswire)']]
    """
    text = article.text
    at = (place for place in article.places(_capitals_and_dashes) if _OPENS_LINE.search(text, max(0, place - 9), place))
    found = [one for place in at if (one := _DATELINE.match(text, place, article.end))]
    if (
        len(found) == 2
        and found[0][1] != found[1][1]
        and found[0].start() < _TOP
        and _form(found[0]) == _form(found[1])
    ):
        spans = tuple(_inner(one) for one in found)
        yield Suspect(f"The report is dated from {found[0][1].title()} and from {found[1][1].title()}.", spans)


_TOP = 300  # characters: where a dateline stands
_OPENS_LINE = Pattern(r"(?:\A|\n)[ \t]{0,8}\Z")
_DATELINE = Pattern(
    r"([A-Z][A-Z.'’-]{2,20}(?: [A-Z][A-Z.'’-]{1,20}){0,3})(, [A-Z][\w.]{1,20}(?: [A-Z]\w{1,20})?)?"
    r"(,? [A-Z][a-z]{2,8}\.? \d{1,2},?(?: \d{4})?)?( \([A-Z][\w ]{1,25}\))? ?(?:--|[-–—]) ?(?=[A-Z\"“])"
)


def _form(found: re.Match[str]) -> tuple[bool, ...]:
    """Whether a dateline has a date and an agency; a heading in capitals has neither."""
    return tuple(found[number] is not None for number in (3, 4))


def _inner(found: re.Match[str]) -> Span:
    last = max(found.end(number) for number in (1, 2, 3, 4))
    return found.start(1), last


def _capitals_and_dashes(batch: Batch) -> np.ndarray:
    """The sentences' first words of capitals where two of them are followed by a dash."""
    dashes = marks(batch, _DASHES)
    opens = batch.sentence_first
    opens = opens[(batch.case[opens] == UPPER_CASE) & (batch.length[opens] > 2)]
    opens = opens[within(dashes, opens, 0, 30) > 0]
    return opens[sharing(batch, opens, opens) > 1]


_DASHES = "-" + chr(DASH)

CHECKS: tuple[Check, ...] = (Check("headline", two_datelines, _capitals_and_dashes),)

__all__ = ["CHECKS", "show"]
