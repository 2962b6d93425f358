"""Rows of a JSON Lines or CSV file, read strictly: the first thing that is wrong ends the reading with one sentence.

This is for files that must be whole: a corpus to train on, a scored file to report.  The readers of `detector.batch`
go on behind what is broken.
"""

from __future__ import annotations

import csv
import gzip
import json
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any


def rows(path: Path, columns: Sequence[str] = ()) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line numbers, from 1, and rows of a .csv file or else of JSON Lines, unpacked where its name ends in .gz.

    Every cell of a CSV file is a str, and its header must hold `columns`.  The line of a row is its last one.  Raises
    `ValueError` that names file and line.
    """
    line = 0
    try:
        for line, row in _csv_rows(path, columns) if path.suffix.lower() == ".csv" else _json_rows(path):
            yield line, row
    except UnicodeDecodeError:
        raise ValueError(f"{path} is not UTF-8 after line {line}") from None
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise ValueError(f"{path} is no whole gzip file: it breaks off after line {line}") from None
    except csv.Error as error:
        raise ValueError(f"{path}, after line {line}: {error}") from None


def _json_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.isspace():
                continue
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                raise ValueError(f"{path}, line {number}: broken JSON ({error.msg})") from None
            except (ValueError, RecursionError):
                # A number of thousands of digits, or brackets nested as deep.
                raise ValueError(f"{path}, line {number}: JSON beyond what can be read") from None
            if not isinstance(row, dict):
                raise ValueError(f"{path}, line {number}: a row must be a JSON object")
            yield number, row


def _csv_rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    # An article may be longer than the 131,072 characters allowed otherwise; Windows takes no larger limit than this.
    csv.field_size_limit(2**31 - 1)
    with path.open(encoding="utf-8-sig", newline="") as file:
        # Strict: a quote that is never closed would make one cell of all rows behind it.
        table = csv.reader(file, strict=True)
        header = next(table, [])
        for name in columns:
            if name not in header:
                raise ValueError(f"{path}, line 1: no column is called {name!r}")
        for cells in table:
            if cells and len(cells) != len(header):
                raise ValueError(f"{path}, line {table.line_num}: the row has another number of cells than the header")
            if cells:
                yield table.line_num, dict(zip(header, cells, strict=True))
