"""Tables on disk: JSON Lines, CSV and Parquet, each written in pieces of bytes that can be checked and kept.

A writer turns rows into bytes, which a run collects in one file beside the output; `finish` makes the output of it.
So a run that was stopped goes on from the last whole piece, and the output is the same whatever happened before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from detector.batch.writers.csv import CsvWriter
from detector.batch.writers.jsonl import JsonLinesWriter
from detector.batch.writers.parquet import ParquetWriter

FORMATS = ("jsonl", "csv", "parquet")

ENDINGS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".parquet": "parquet", ".pq": "parquet"}


class Writer(Protocol):
    """How rows become the bytes of one format.

    `head` stands before the first row.  `encode` gives the bytes of some rows, in any process.  `finish` makes a whole
    output of a file of those bytes, and says where it lies.
    """

    head: bytes

    def encode(self, rows: Sequence[Mapping[str, Any]]) -> bytes:
        """The bytes of some rows."""

    def finish(self, collected: Path) -> Path:
        """The finished file: the collected bytes themselves, or one made of them beside it."""


def writer(name: str, columns: Sequence[str]) -> Writer:
    """The writer of a format for rows of these columns."""
    if name == "csv":
        return CsvWriter(columns)
    return ParquetWriter(columns) if name == "parquet" else JsonLinesWriter()


def guess(path: Path) -> str:
    """The format of a file by its ending.

    >>> guess(Path("scores.parquet"))
    'parquet'
    """
    try:
        return ENDINGS[path.suffix.lower()]
    except KeyError:
        known = ", ".join(ENDINGS)
        raise ValueError(
            f"{path} ends in none of {known}: give a format, which is one of {', '.join(FORMATS)}"
        ) from None


__all__ = ["FORMATS", "Writer", "guess", "writer"]
