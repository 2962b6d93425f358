"""JSON Lines: one article a line."""

from __future__ import annotations

import json
from collections.abc import Iterator

from detector.batch.readers.columns import Columns, record
from detector.batch.readers.streams import NO_ENCODING, TOO_LONG, TooLong, decode, lines, opened
from detector.batch.records import Record


def records(path: str, columns: Columns) -> Iterator[Record]:
    """The articles of a file; the id of one that names none is the file's name with the line's number."""
    with opened(path) as stream:
        for number, raw in lines(stream):
            if isinstance(raw, TooLong):
                yield Record(f"{path}:{number}", error=f"line {number} {TOO_LONG}")
            elif not raw.isspace():
                yield _record(path, number, raw, columns)


def _record(path: str, number: int, raw: bytes, columns: Columns) -> Record:
    place = f"{path}:{number}"
    try:
        row = json.loads(decode(raw))
    except UnicodeError:
        return Record(place, error=f"line {number} {NO_ENCODING}")
    except json.JSONDecodeError as error:
        what = error.msg.removesuffix(" at")
        return Record(place, error=f"line {number} is broken JSON: {what} at column {error.colno}")
    except (ValueError, RecursionError):
        # A number of thousands of digits, or brackets nested as deep.
        return Record(place, error=f"line {number} is JSON beyond what can be read")
    if not isinstance(row, dict):
        return Record(place, error=f"line {number} is no JSON object")
    return record(row, columns, place, f"line {number}")
