"""CSV and TSV: a header, and one article a row.  Cells may be quoted and may hold line ends."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from detector.batch.readers.columns import Columns, missing, record
from detector.batch.readers.streams import (
    LIMIT,
    NO_ENCODING,
    TOO_LONG,
    BrokenInputError,
    TooLong,
    decode,
    lines,
    opened,
)
from detector.batch.records import Record

_DELIMITERS = (",", ";", "\t", "|")

_REASONS = {
    "unexpected end of data": "its last cell begins with a quotation mark that is never closed",
    f"field larger than field limit ({LIMIT})": f"a cell {TOO_LONG}: perhaps a quotation mark is never closed",
}
"""What the csv module says, in words that help."""


def records(path: str, columns: Columns, delimiter: str | None = None) -> Iterator[Record]:
    """The articles of a table; without a delimiter it is that of , ; tab and | which the header holds most of."""
    # One setting for the whole process: it is only ever raised.
    csv.field_size_limit(max(LIMIT, csv.field_size_limit()))
    with opened(path) as stream:
        feed = _Feed(lines(stream))
        first = feed.peek()
        if delimiter is None:
            delimiter = max(_DELIMITERS, key=first.count)
        rows = csv.reader(feed, delimiter=delimiter, strict=True)
        yield from _records(path, columns, feed, rows)


class _Feed:
    """Lines as text for the csv module; knows where the row begins that it puts together, and what was wrong in it."""

    def __init__(self, numbered: Iterator[tuple[int, bytes | TooLong]]) -> None:
        self.numbered = numbered
        self.waiting: list[str] = []
        self.first, self.last, self.wrong = 0, 0, ""

    def peek(self) -> str:
        """The first line, which is still to come."""
        self.waiting = [line for line in (next(self, ""),) if line]
        return self.waiting[0] if self.waiting else ""

    def begin(self) -> None:
        """A new row begins with the next line."""
        self.first, self.wrong = 0, ""

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        if self.waiting:
            return self.waiting.pop()
        self.last, raw = next(self.numbered)
        self.first = self.first or self.last
        if isinstance(raw, TooLong):
            self.wrong = f"line {self.last} {TOO_LONG}"
            return '"\n' if raw.quotes % 2 else "\n"  # opens or closes what the line itself would have
        try:
            return decode(raw, marked=self.last == 1)
        except UnicodeError:
            self.wrong = f"line {self.last} {NO_ENCODING}"
            return raw.decode("latin-1")


def _records(path: str, columns: Columns, feed: _Feed, rows: Iterator[list[str]]) -> Iterator[Record]:
    header: list[str] | None = None
    while True:
        try:
            cells = next(rows, None)
        except csv.Error as error:
            what = _REASONS.get(str(error), str(error))
            feed.wrong = feed.wrong or f"{_where(feed)} is no row of a table: {what}"
            cells = [""]
        if cells is None:
            return
        if header is None and (cells or feed.wrong):
            header = _header(cells, columns, feed)
        elif header is not None and (cells or feed.wrong):
            yield _record(path, columns, feed, header, cells)
        feed.begin()


def _header(cells: list[str], columns: Columns, feed: _Feed) -> list[str]:
    header = [cell.strip() for cell in cells]
    if lacking := feed.wrong or missing(columns, header):
        raise BrokenInputError(lacking)
    return header


def _record(path: str, columns: Columns, feed: _Feed, header: list[str], cells: list[str]) -> Record:
    place = f"{path}:{feed.first}"
    if feed.wrong:
        return Record(place, error=feed.wrong)
    if len(cells) != len(header):
        return Record(place, error=f"{_where(feed)}: {len(cells):,} cells where the header has {len(header):,}")
    return record(dict(zip(header, cells)), columns, place, _where(feed))


def _where(feed: _Feed) -> str:
    return f"line {feed.first}" if feed.first == feed.last else f"lines {feed.first} to {feed.last}"
