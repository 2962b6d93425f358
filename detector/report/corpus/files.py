"""Scored files as `detector score --output` writes them, read into columns: Parquet, JSON Lines and CSV."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from detector.batch.extras import require
from detector.batch.readers.columns import TEXT
from detector.report.corpus.columns import Columns

_BATCH = 4_096  # rows of texts in memory at a time


def read(path: Path) -> Columns:
    """The columns of a file by its ending.

    Raises `ValueError` that says in one sentence what is wrong with it, `MissingExtraError` where an extra is absent.
    """
    with path.open("rb"):  # the error of a file that is not there is the system's, whatever library would read it
        ending = path.suffix.lower()
    if ending in (".parquet", ".pq"):
        return _parquet(path)
    if ending in (".jsonl", ".ndjson"):
        return Columns(_columns(_json_rows(path)))
    if ending == ".csv":
        return Columns(_columns(_csv_rows(path)))
    raise ValueError(f"{path} is no scored file: its name must end in .parquet, .pq, .jsonl, .ndjson or .csv")


def _parquet(path: Path) -> Columns:
    """All columns but the texts, of which only some rows are ever wanted: they would fill the memory."""
    require("parquet", "Parquet files")
    import pyarrow
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(path)
        names = file.schema_arrow.names
        texts = {name: partial(_texts, file, name) for name in names if name in TEXT}
        return Columns(file.read([name for name in names if name not in texts]), texts)
    except pyarrow.ArrowException:
        raise ValueError(f"{path} is no Parquet file, or is truncated") from None


def _texts(file: Any, name: str, rows: Sequence[int]) -> list[Any]:
    """The values of one column in these rows, in their order."""
    wanted, start = np.array(sorted(set(rows)), int), 0
    found: dict[int, Any] = {}
    for batch in file.iter_batches(_BATCH, columns=[name]):
        inside = wanted[(wanted >= start) & (wanted < start + len(batch))]
        found.update(zip(inside.tolist(), batch.column(0).take(inside - start).to_pylist()))
        start += len(batch)
    return [found[row] for row in rows]


def _columns(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Lists by name, of one length; what a row lacks is None."""
    columns: dict[str, list[Any]] = {}
    for count, row in enumerate(rows):
        for name in row.keys() - columns.keys():
            columns[name] = [None] * count
        for name, values in columns.items():
            values.append(row.get(name))
    return columns


def _json_rows(path: Path) -> Iterator[Mapping[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(_decoded(path, lines), 1):
            if line.isspace():
                continue
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                raise ValueError(f"{path}, line {number}: broken JSON ({error.msg})") from None
            if not isinstance(row, dict):
                raise ValueError(f"{path}, line {number}: a row must be a JSON object")
            yield row


def _csv_rows(path: Path) -> Iterator[Mapping[str, Any]]:
    """Rows whose empty cells are None, as every number and text in them is optional."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        csv.field_size_limit(sys.maxsize)  # an article may be longer than the 131,072 characters allowed otherwise
        table = csv.DictReader(_decoded(path, lines))
        try:
            for row in table:
                if None in row or None in row.values():
                    raise ValueError(
                        f"{path}, line {table.line_num}: the row has another number of cells than the header"
                    )
                yield {name: value or None for name, value in row.items()}
        except csv.Error as error:
            raise ValueError(f"{path}, line {table.line_num}: {error}") from None


def _decoded(path: Path, lines: Iterable[str]) -> Iterator[str]:
    try:
        yield from lines
    except UnicodeDecodeError:
        raise ValueError(f"{path} is not UTF-8") from None
