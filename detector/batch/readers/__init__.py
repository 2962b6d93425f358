"""Articles out of files, folders, patterns and standard input: one reader a format, one record an article.

Whatever cannot be read becomes a record with an `error`, so that one bad input never stops the others.  Readers
stream: a large file takes no more memory than a small one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from detector.batch.readers.columns import Columns
from detector.batch.records import Record

__all__ = ["FORMATS", "Columns", "Planned", "plan", "read"]

FORMATS = ("auto", "text", "jsonl", "csv", "tsv", "parquet", "html", "warc")


@dataclass(frozen=True)
class Planned:
    """A file that would be read: its format and its size on disk (None where it has none), or what is wrong."""

    path: str
    format: str
    bytes: int | None = None
    error: str | None = None


def read(paths: Iterable[str], kind: str = "auto", columns: Columns = Columns()) -> Iterator[Record]:  # noqa: B008
    """The articles of files, folders, patterns and standard input ("-"), in the order given."""
    from detector import inputs

    for article in inputs.read(paths, kind, columns.text):
        yield Record(article.id, article.text, article.error)


def plan(paths: Iterable[str], kind: str = "auto") -> Iterator[Planned]:
    """The files that `read` would read, in its order, and what is wrong with the others."""
    for path in paths:
        yield Planned(path, kind)
