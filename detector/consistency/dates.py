"""Dates and years as news writes them: month-first, day-first, ISO and slash forms, with a weekday beside them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

import numpy as np

from detector.batchtext import Batch, kept
from detector.consistency.article import Article, Span
from detector.consistency.triggers import find_any, numbers, word_set
from detector.patterns import Pattern

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = tuple(calendar.month_name)
_MONTH_NUMBER = {name[:3].lower(): number for number, name in enumerate(MONTHS) if name}
_WEEKDAY_NUMBER = {name[:3].lower(): number for number, name in enumerate(WEEKDAYS)}

MONTH = (
    r"(?=[A-Z])(?i:Jan(?:uary|\b\.?)|Feb(?:ruary|\b\.?)|Mar(?:ch|\b\.?)|Apr(?:il|\b\.?)|May|June?\b\.?|July?\b\.?"
    r"|Aug(?:ust|\b\.?)|Sept?(?:ember|\b\.?)|Oct(?:ober|\b\.?)|Nov(?:ember|\b\.?)|Dec(?:ember|\b\.?))"
)
_WEEKDAY = r"(?=[A-Z])(?i:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?)"
_YEAR = r"(?:1[5-9]|20)\d\d(?!\d|[.,]\d|\s?%)"
_DATE = (
    rf"(?P<m1>{MONTH})\s{{1,2}}(?P<d1>\d\d?)(?:st|nd|rd|th)?\b(?![.,:]\d\d?\b|\s?%|,\d{{3}}\b)"
    rf"(?:,?\s{{0,2}}(?P<y1>{_YEAR}))?"
    rf"|(?<![\d.,:$£€-])(?P<d2>\d\d?)(?:st|nd|rd|th)?"
    rf"(?:\sday)?\s(?:of\s)?(?P<m2>{MONTH})(?!\w)(?:,?\s{{1,2}}(?P<y2>{_YEAR}))?"
    r"|(?<![\d./-])(?P<y3>(?:19|20)\d\d)-(?P<m3>\d\d)-(?P<d3>\d\d)(?!\d|[./-]\d)"
    r"|(?<![\d./-])(?P<a>\d\d?)/(?P<b>\d\d?)/(?P<y4>(?:19|20)\d\d)(?!\d|[./-]\d)"
)
_BEFORE = (
    rf"(?P<w>{_WEEKDAY})(?:['’]s)?(?:\s(?:early\s)?(?:morning|afternoon|evening|night))?"
    r",?\s{0,2}\(?(?:on\s)?(?:the\s)?"
)
_AFTER = Pattern(
    rf",?\s{{0,2}}(?:\((?:an?\s)?|(?:which\s)?(?:was|is|fell\son|falls\son)\san?\s|an?\s|(?<=\d,\s))(?P<w>{_WEEKDAY})"
    r"(?=[).,;:]|\s(?:and|when|as|at|in|the|after)\b|\s?[—–-])"
)
_DAY = Pattern(rf"(?<![\w])(?:{_BEFORE})?(?:{_DATE})")
_DIGIT = Pattern(r"\d")
_RANGE_BEFORE = Pattern(rf"{_WEEKDAY}[^.;]{{0,12}}(?:and|to|through|thru|until|or|&|-|–|—|/|,)\s{{0,2}}\Z")


class Day(NamedTuple):
    """A date in a text: its place, what it says, and the weekday told of it; None is what it does not say."""

    start: int
    end: int
    year: int | None
    month: int
    day: int
    weekday: int | None = None

    @property
    def exists(self) -> bool:
        """True if there is such a day, in some year when no year is given."""
        return 1 <= self.month <= 12 and 1 <= self.day <= month_length(self.year or 2024, self.month)

    def on(self, year: int) -> date | None:
        """The day in a year, None if that year has none."""
        return date(year, self.month, self.day) if self.day <= month_length(year, self.month) else None


def month_length(year: int, month: int) -> int:
    """Days in a month.

    >>> month_length(2023, 2), month_length(2024, 2)
    (28, 29)
    """
    return calendar.monthrange(year, month)[1]


def days(article: Article) -> tuple[Day, ...]:
    """Every date of an article's sentences, in order.

    >>> [day[2:] for day in days(Article.of("On Tuesday, March 5, 2024, and on 6 April (a Saturday) it rained."))]
    [(2024, 3, 5, 1), (None, 4, 6, 5)]
    """
    places = sorted(article.places(month_tokens) + article.places(digit_dates))
    return tuple(_days(article.text[: article.end], places))


def _days(text: str, places: Iterable[int]) -> Iterator[Day]:
    """The dates about some places: looking everywhere for so long a pattern is slow."""
    end = 0
    for at in places:
        if (
            at < end
            or not _DIGIT.search(text, max(0, at - 12), at + 14)
            or not (found := _DAY.search(text, max(end, at - 60), at + 40))
        ):
            continue
        weekday, start, end = found["w"], found.start(), found.end()
        if weekday and _RANGE_BEFORE.search(text, max(0, start - 30), start):
            weekday = None  # "Friday and Saturday, March 5 and 6"
        if not found["w"] and (after := _AFTER.match(text, end)):
            weekday, end = after["w"], after.end()
        end += text.count("(", start, end) > text.count(")", start, end) and text[end : end + 1] == ")"
        number = None if weekday is None else _WEEKDAY_NUMBER[weekday[:3].lower()]
        for year, month, day in _readings(found):
            yield Day(start, end, year, month, day, number)


def _readings(found: re.Match[str]) -> Iterator[tuple[int | None, int, int]]:
    """What a date says; a slash form whose order is open says nothing unless both orders are the same day."""
    if found["a"]:
        a, b, year = int(found["a"]), int(found["b"]), int(found["y4"])
        if min(a, b) <= 12 and (a == b or a > 12 or b > 12):
            yield (year, b, a) if a > 12 else (year, a, b)
    elif found["y3"]:
        yield int(found["y3"]), int(found["m3"]), int(found["d3"])
    else:
        name, day = found["m1"] or found["m2"], int(found["d1"] or found["d2"])
        told = found["y1"] or found["y2"]
        yield int(told) if told else None, _MONTH_NUMBER[name[:3].lower()], day


_DATELINE = Pattern(
    r"(?:[^\n]{0,80}\n){0,3}?\s{0,3}(?:(?:Published|Posted|Updated|Last updated|Date|Released)(?: on)?:?\s"
    r"|[A-Z][^\n]{0,50}?[,(] ?|)"
    rf"(?:(?:{_WEEKDAY}),?\s)?(?P<d>{_DATE})\)?\s{{0,2}}(?:\([A-Z][\w /]{{1,20}}\)"
    rf"|/[\w ]{{2,20}}/)?\s{{0,2}}(?:[-–—:]|\n|$)"
)


def written(article: Article) -> date | None:
    """The day on which an article was written: what the caller says, or the dateline at its head.

    >>> written(Article.of("OSTVIK, March 5, 2024 (NNA) - The pier is old."))
    datetime.date(2024, 3, 5)
    """
    if article.published:
        return article.published
    if found := _DATELINE.match(article.text[:400]):
        start, end = found.span("d")
        for day in _days(article.text[start:end], range(end - start)):
            if day.year and day.exists:
                return day.on(day.year)
    return None


def around(article: Article, place: int) -> Span:
    """The sentence of a place, cut to 600 characters on either side: a text without a full stop is one sentence."""
    start, end = article.sentence_of(place)
    return max(start, place - 600), min(end, place + 600)


_MONTH_WORDS = word_set(" ".join(name + " " + name[:3] for name in MONTHS if name) + " sept")


@kept
def month_tokens(batch: Batch) -> np.ndarray:
    """Where the capitalised month names of a batch stand (token numbers)."""
    at = find_any(batch, _MONTH_WORDS)
    return at[batch.case[at] > 0]


@kept
def digit_dates(batch: Batch) -> np.ndarray:
    """Where the second mark of "2024-03-05" or "5/3/2024" stands."""
    at = numbers(batch)
    at = at[(at > 3) & batch.is_number[at]] - 1
    at = at[batch.is_number[at - 1] & batch.is_number[at - 3] & (batch.mark[at] == batch.mark[at - 2])]
    return at[np.isin(batch.mark[at], _DATE_MARKS)]


_DATE_MARKS = tuple(map(ord, "/-"))


def place(day: Day) -> Span:
    """Where a date stands."""
    return day.start, day.end
