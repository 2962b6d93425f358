"""CSV: a line of names, then one record a row; lists are JSON, and what is not there is empty."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


class CsvWriter:
    r"""Rows as comma-separated values in UTF-8, quoted where RFC 4180 asks for it; lines end in a line feed.

    >>> CsvWriter(["id", "flagged"]).encode([{"id": "a,b", "flagged": True}])
    b'"a,b",true\n'
    """

    def __init__(self, columns: Sequence[str]) -> None:
        self.columns = tuple(columns)
        self.head = _lines([self.columns])

    def encode(self, rows: Sequence[Mapping[str, Any]]) -> bytes:
        """One record a row."""
        return _lines([[cell(row[name]) for name in self.columns] for row in rows])

    def finish(self, collected: Path) -> Path:
        """The collected records are the output."""
        return collected


_json = json.JSONEncoder(ensure_ascii=False).encode  # `json.dumps` would make an encoder for every cell


def cell(value: Any) -> Any:
    """A value as one cell: text and numbers as they are, all else as JSON."""
    if value is None or (isinstance(value, (str, int, float)) and not isinstance(value, bool)):
        return value
    return _json(value)


def _lines(records: Sequence[Sequence[Any]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(records)
    # Half a surrogate pair, which UTF-8 has not, becomes a question mark.
    return stream.getvalue().encode("utf-8", "replace")
