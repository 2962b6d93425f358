"""Impossible dates: days that no calendar has, such as June 31."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from detector.batchtext import Batch
from detector.consistency.article import Article
from detector.consistency.checks import Check, Suspect, show
from detector.consistency.dates import (
    MONTHS,
    Day,
    around,
    days,
    digit_dates,
    month_length,
    month_tokens,
    place,
    written,
)
from detector.consistency.triggers import is_any, word_set
from detector.patterns import Pattern

_OTHER_YEAR = Pattern(r"\b(?:1[5-9]|20)\d\d\b|\byears?\b")
_BEHIND = Pattern(
    r"\s{0,2}(?:[,.;:)\]\"'”’—–/-]|$|\n|(?:at|and|or|to|in|on|for|when|with|by|as|after|before|through|until|if|the"
    r"|was|is|will"
    r"|from|he|she|it|they|its|his|her|their|but|that|because|while|where|during|under|of|who|which|would)\b)"
)
_DATED = Pattern(r"\b(?:on|the|until|The|On) \Z")
_COUNTED = Pattern(r"\b(?:in|In|last|Last|since|Since|during|During|of|mid|early|late|for|For)[\s-]\Z")
_LABEL = Pattern(r"(?:(?!On|The|Until|By|And)\b[A-Z]\w*|\b(?:page|room|no|number))\.?\s\Z")


def impossible_date(article: Article) -> Iterator[Suspect]:
    """A date does not exist, such as June 31 or a February 29 outside leap years.

    >>> show(impossible_date, "The fair opens on June 31 in Ostvik. It closed on 29 February 2023.")
    [['June 31'], ['29 February 2023']]
    """
    for day in article.keep(days):
        if not 29 <= day.day <= 39 and 1 <= day.month <= 12:
            continue
        year = day.year
        if day.exists and year is None and (day.month, day.day) == (2, 29) and (known := written(article)):
            other_year = _OTHER_YEAR.search(article.text, *around(article, day.start))
            if not other_year and not any(day.on(known.year + step) for step in (-1, 0, 1)):
                year = known.year
        if (day.exists and year is None) or not _plain(article.text, day):
            continue
        if year and 1 <= day.month <= 12 and day.on(year):
            continue
        said = article.text[day.start : day.end]
        if 1 <= day.month <= 12:
            yield Suspect(f"“{said}”: {_length(year, day.month)}.", (place(day),))
        else:
            yield Suspect(f"“{said}”: there is no month {day.month}.", (place(day),))


def _plain(text: str, day: Day) -> bool:
    """True unless the number may belong to something else: "In June 31 boats", "Station 32 February"."""
    before = text[max(0, day.start - 14) : day.start]
    if day.weekday is not None or (day.year and (text[day.start].isalpha() or not _LABEL.search(before))):
        return True
    if day.day > 31 and not _DATED.search(before):
        return False
    if _COUNTED.search(before) or (text[day.start].isdigit() and _LABEL.search(before)):
        return False
    return _BEHIND.match(text, day.end) is not None or before.endswith(("the ", "The "))


def _length(year: int | None, month: int) -> str:
    return f"{MONTHS[month]}{f' {year}' if year else ''} has {month_length(year or 2024, month)} days"


_SHORT_MONTHS, _FEBRUARY = (
    word_set("apr april jun june sept september nov november", collected=False),
    word_set("feb february", collected=False),
)


def _late_day(batch: Batch) -> np.ndarray:
    """A number from 29 on that some month does not have, beside one, or a date of digits."""
    months, chars, start = month_tokens(batch), batch.tokens.chars, batch.tokens.start
    about = start[np.clip(months[:, None] + np.array([-3, -2, -1, 1, 2]), 0, len(start) - 1)]
    tens, ones = chars[about], chars[np.minimum(about + 1, len(chars) - 1)]
    thirties = tens == ord("3")
    late = thirties & (ones > ord("1")) & (ones <= ord("9"))
    late |= thirties & (ones == ord("1")) & is_any(batch, _SHORT_MONTHS, months)[:, None]
    late |= (thirties | ((tens == ord("2")) & (ones == ord("9")))) & is_any(batch, _FEBRUARY, months)[:, None]
    return np.concatenate([months[late.any(axis=1)], digit_dates(batch)])


KIND = "calendar"
CHECKS: tuple[Check, ...] = (Check(KIND, impossible_date, _late_day),)

__all__ = ["CHECKS", "show"]
