"""Calendar: weekdays, dates and the day of publication that cannot all be right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import numpy as np

from detector.batchtext import Batch, kept
from detector.consistency import impossible
from detector.consistency.article import Article
from detector.consistency.checks import Check, Suspect, show
from detector.consistency.dates import WEEKDAYS, Day, around, days, digit_dates, month_tokens, place, written
from detector.consistency.triggers import find_any, sharing, within, word_set, years
from detector.patterns import Pattern

KIND = "calendar"
_OTHER_YEAR = Pattern(r"\b(?:1[5-9]|20)\d\d\b|\b(?:last|next|previous|following|that|every|each) year\b|\byears\b")


def weekday_of_date(article: Article) -> Iterator[Suspect]:
    """A weekday does not fit its date.

    >>> show(weekday_of_date, "The council met on Tuesday, March 5, 2023, in Ostvik.")
    [['Tuesday, March 5, 2023']]
    """
    for day in article.keep(days):
        if day.weekday is None or day.year is None or not day.exists or not 1800 <= day.year <= 2100:
            continue
        true = date(day.year, day.month, day.day).weekday()
        if true != day.weekday:
            said = article.text[day.start : day.end]
            yield Suspect(f"“{said}”: that day is a {WEEKDAYS[true]}.", (place(day),))


def weekday_of_other_date(article: Article) -> Iterator[Suspect]:
    """Two dates, or a date and the dateline, cannot fall on the weekdays that are told.

    >>> show(weekday_of_other_date, "It opens on Monday, March 4. The choir sings on Thursday, March 6.")
    [['Monday, March 4', 'Thursday, March 6']]
    """
    known = written(article)
    earlier: Day | None = None
    for day in article.keep(days):
        if day.weekday is None or not day.exists:
            continue
        if day.year is None and not _OTHER_YEAR.search(article.text, *around(article, day.start)):
            if known and not _fits(day, known):
                said = article.text[day.start : day.end]
                yield Suspect(f"“{said}” does not fit a text of {known.isoformat()}.", (place(day),))
            elif not known and earlier and not _agree(earlier, day):
                texts = (article.text[one.start : one.end] for one in (earlier, day))
                yield Suspect("“{}” and “{}” are not of one year.".format(*texts), (place(earlier), place(day)))
                continue
            earlier = day


def _fits(day: Day, known: date) -> bool:
    """True unless the weekday is wrong in every year in which the day is within seven months of a known one."""
    near_years = [day.on(known.year + step) for step in (-1, 0, 1)]
    close = [one for one in near_years if one and abs((one - known).days) <= 210]
    return not close or any(one.weekday() == day.weekday for one in close)


def _agree(one: Day, other: Day) -> bool:
    """True unless no year, or pair of years in a row, gives both days their weekdays."""
    months = (other.month - one.month + 6) % 12 - 6
    if abs(months) > 2:
        return True
    step = (other.month < one.month) * (months > 0) - (other.month > one.month) * (months < 0)
    for year in range(2000, 2028):
        first, second = one.on(year), other.on(year + step)
        if first and second and first.weekday() == one.weekday and second.weekday() == other.weekday:
            return True
    return False


_TOLD = Pattern(
    r"\b(?:said|told|died|won|opened|closed|began|ended|signed|approved|voted|met|launched|arrested|announced|killed"
    r"|took"
    r"|was|were|had|became|joined|left|held|released|published|released|arrived|fell|rose|happened|attended|elected"
    r"|made)\b"
)
_PLANNED = Pattern(
    r"\b(?:will|would|shall|should|(?-i:may)|might|could|can|due|set|scheduled|expected|planned|plans?|until|by"
    r"|before|through"
    r"|expires?|ends?|deadline|extended|postponed|delayed|proposed|next|upcoming|if|ahead|no later|effective|to be"
    r"|moved to|rescheduled|slated|intended|booked|for|from|starting|beginning|target|goal|tickets?|election)\b",
    re.I,
)


def future_told_as_past(article: Article) -> Iterator[Suspect]:
    """A date after the day of publication is told in the past tense.

    >>> show(future_told_as_past, "The mill closed on May 4, 2024.", published=date(2024, 3, 1))
    [['May 4, 2024']]
    """
    known = written(article)
    if not known:
        return
    full = [(day, date(day.year, day.month, day.day)) for day in article.keep(days) if day.year and day.exists]
    late = [place(day) for day, told in full if (told - known).days > 1]
    late += [found.span() for found in _IN_YEAR.finditer(article.text) if int(found["y"]) > known.year]
    for start, end in late:
        a, b = around(article, start)
        if _TOLD.search(article.text, a, b) and not _PLANNED.search(article.text, a, b):
            said = article.text[start:end]
            yield Suspect(f"“{said}” is told as past in a text of {known.isoformat()}.", ((start, end),))


_IN_YEAR = Pattern(r"(?:\bin|\bIn|\bsince)\s(?P<y>20\d\d)\b(?![-–/])")


_WEEKDAY_WORDS = word_set(" ".join(WEEKDAYS) + " mon tue tues wed thu thur thurs fri sat sun")


def _dated_weekday(batch: Batch) -> np.ndarray:
    """The dates with a weekday within a few tokens that have a year, are not the only ones, or have a dateline."""
    weekday = find_any(batch, _WEEKDAY_WORDS)
    dates = np.sort(np.concatenate([month_tokens(batch), digit_dates(batch)]))
    dates = dates[within(weekday[batch.case[weekday] > 0], dates, 9, 9) > 0]
    told = (within(years(batch)[0], dates, 4, 6) > 0) | (sharing(batch, dates, dates) > 1)
    return dates[told | (sharing(batch, dates, _head_years(batch)) > 0)]


@kept
def _head_years(batch: Batch) -> np.ndarray:
    """The years of dates among the first 400 characters, where a dateline is."""
    dates, start = np.concatenate([month_tokens(batch), digit_dates(batch)]), batch.tokens.start
    first = np.searchsorted(batch.article, batch.article[dates])
    dates = dates[start[dates] - start[first] < 400]
    at = years(batch)[0]
    return at[within(np.sort(dates), at, 5, 4) > 0]


def _dated_head(batch: Batch) -> np.ndarray:
    """The years at the head of an article that names the same again or a later one."""
    head, (at, value) = _head_years(batch), years(batch)
    if not len(head):
        return head
    least = np.full(batch.size, 9999)
    np.minimum.at(least, batch.article[head], value[np.searchsorted(at, head)])
    late = at[value >= least[batch.article[at]]]
    return head[sharing(batch, head, late) > 1]


CHECKS: tuple[Check, ...] = (
    Check(KIND, weekday_of_date, _dated_weekday),
    Check(KIND, weekday_of_other_date, _dated_weekday),
    *impossible.CHECKS,
    Check(KIND, future_told_as_past, _dated_head),
)

__all__ = ["CHECKS", "show"]
