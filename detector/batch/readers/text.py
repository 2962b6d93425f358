"""A text file: one article."""

from __future__ import annotations

from collections.abc import Iterator

from detector.batch.readers.columns import Columns
from detector.batch.readers.streams import LIMIT, TOO_LONG, decode, opened
from detector.batch.records import Record


def records(path: str, columns: Columns) -> Iterator[Record]:
    """The one article of a text file; its id is the file's name."""
    with opened(path) as stream:
        data = stream.read(LIMIT + 1)
    yield Record(path, error=TOO_LONG) if len(data) > LIMIT else Record(path, decode(data))
