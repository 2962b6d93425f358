"""Articles out of files, folders, patterns and standard input: one reader a format, one record an article.

Whatever cannot be read becomes a record with an `error`, so that one bad input never stops the others.  Readers
stream: a large file takes no more memory than a small one.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from detector.batch.extras import installed, require
from detector.batch.readers.columns import Columns
from detector.batch.readers.files import ENDINGS, Planned, planned
from detector.batch.readers.streams import NO_ENCODING, BrokenInputError, packing
from detector.batch.records import Record

__all__ = ["FORMATS", "Columns", "Planned", "plan", "read"]

FORMATS = ("auto", *ENDINGS)

_READERS = {"text": "text", "jsonl": "jsonl", "csv": "table", "tsv": "table", "parquet": "parquet", "html": "html",
            "warc": "warc"}  # fmt: skip
_EXTRAS = {"parquet": ("parquet", "Parquet files"), "html": ("html", "HTML pages"), "warc": ("warc", "WARC archives")}


def read(paths: Iterable[str], kind: str = "auto", columns: Columns = Columns()) -> Iterator[Record]:  # noqa: B008
    """The articles of files, folders, patterns and standard input ("-"), in the order given.

    `kind` is one of FORMATS; "auto" goes by a file's ending, and takes what has an unknown one, standard input too, as
    one text.  Raises `MissingExtraError`, before anything is read, where a format needs a library that is absent.
    """
    paths = list(paths)
    # To know which formats a folder holds takes a walk through it: only where something could be missing.
    if not all(map(installed, (*_EXTRAS, "zst"))):
        for one in planned(paths, kind):
            _require(one)
    return (record for one in planned(paths, kind) for record in _records(one, columns))


def plan(paths: Iterable[str], kind: str = "auto") -> Iterator[Planned]:
    """The files that `read` would read, in its order, and what is wrong with the others."""
    for one in planned(paths, kind):
        path = Path(one.path)
        if one.error is None and one.path != "-" and not path.exists():
            yield replace(one, error="there is no such file or folder")
        else:
            yield replace(one, bytes=path.stat().st_size if path.is_file() else None)


def _require(one: Planned) -> None:
    if one.error is None:
        if one.format in _EXTRAS:
            require(*_EXTRAS[one.format])
        if packing(one.path) == ".zst":
            require("zst", "Files compressed by zstd")


def _records(one: Planned, columns: Columns) -> Iterator[Record]:
    """The articles of one file, and what ended its reading early."""
    if one.error is not None:
        yield Record(one.path, error=one.error)
        return
    count = 0
    try:
        for record in _reader(one.format)(one.path, columns):
            yield record
            count += 1
    except FileNotFoundError:
        yield Record(one.path, error="there is no such file or folder")
    except (OSError, EOFError, zlib.error, UnicodeError, BrokenInputError) as error:
        after = f" (after {count:,} articles)" if count else ""
        yield Record(one.path, error=f"{_reason(error)}{after}")


def _reader(kind: str) -> Callable[[str, Columns], Iterator[Record]]:
    records: Callable[..., Iterator[Record]] = import_module(f"{__name__}.{_READERS[kind]}").records
    if kind == "tsv":
        return lambda path, columns: records(path, columns, "\t")
    return records


def _reason(error: Exception) -> str:
    if isinstance(error, BrokenInputError):
        return str(error)
    if isinstance(error, UnicodeError):
        return NO_ENCODING
    if isinstance(error, EOFError):
        return "is not whole: its compressed data end too early"
    if isinstance(error, OSError) and error.errno is not None:
        return f"cannot be read: {error.strerror or error}"
    return "holds corrupt compressed data"
