"""Particulars: the names, days and figures that a reporter brings back and a text made at the desk does without."""

from __future__ import annotations

import numpy as np

from detector.batchtext import LOWER_CASE, UPPER_CASE, Batch, shift
from detector.families.measure import Measured, per_100_words, show, table


def titled_names(batch: Batch) -> Measured:
    """A person is named with a title.

    >>> show(titled_names, "Dr. Vale met Mayor Oddny, the general said.")
    (25.0, ['Dr. Vale', 'Mayor Oddny'])
    """
    title = batch.listed_words("person_titles")
    title = title[batch.case.take(title) > LOWER_CASE]
    stop = shift(batch.mark, 1)[title] == ord(".")
    named = np.where(stop, shift(batch.is_name, 2)[title], shift(batch.is_name, 1)[title])
    return per_100_words(batch, title[named], (title + 2 + stop)[named])


def full_names(batch: Batch) -> Measured:
    """Two or three names stand in a row, the last of them no common word, as in a person's full name.

    >>> show(full_names, "Yesterday Oddny Vale left, and Vale returned.")
    (14.29, ['Oddny Vale'])
    """
    name = batch.names[batch.case.take(batch.names) != UPPER_CASE]
    first = name[np.diff(name, prepend=-2) > 1]
    last = name[np.diff(name, append=len(batch.word) + 1) > 1] + 1
    surname = ~batch.has(last - 1, "common")
    full = surname & ((last - first == 2) | (last - first == 3))
    return per_100_words(batch, first[full], last[full])


def dates(batch: Batch) -> Measured:
    """A weekday, a month or a year says when.

    >>> show(dates, "On Monday, May 4, 2026, it may rain.")
    ([12.5, 12.5, 12.5], ['Monday', 'May', '2026'])
    """
    named = np.sort(np.concatenate([batch.listed_words("weekdays"), batch.listed_words("months")]))
    named = named[batch.case.take(named) > LOWER_CASE]
    year, digit = batch.numbers, batch.tokens.first.take(batch.numbers)
    year = year[(batch.length.take(year) == 4) & ((digit == ord("1")) | (digit == ord("2")))]
    at, column = np.append(named, year), np.append(batch.has(named, "months"), np.full(len(year), 2))
    return table(batch, at, column, 3, batch.words / 100)


def figures(batch: Batch) -> Measured:
    """A number, an amount of money or a percentage is given.

    Machine news gives more numbers and symbols than human news does (Munoz-Ortiz, Gomez-Rodriguez and Vilares 2024,
    doi:10.1007/s10462-024-10903-2).

    >>> show(figures, "It cost $40, or 12 percent more, for 3 boats.")
    ([10.0, 10.0, 10.0], ['40', '12', '3'])
    """
    at = batch.numbers
    percent = (batch.mark.take(at + 1, mode="clip") == ord("%")) | np.isin(at + 1, batch.listed("percent_words")[0])
    money = batch.mark[at - 1] == ord("$")
    return table(batch, at, np.where(percent, 2, np.where(money, 1, 0)), 3, batch.words / 100)


__all__ = ["show"]
