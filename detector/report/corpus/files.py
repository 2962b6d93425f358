"""Scored files as `detector score --output` writes them, read into columns: Parquet, JSON Lines and CSV."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from detector import tablefile
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
        return Columns(_columns(row for _, row in tablefile.rows(path)))
    if ending == ".csv":  # every number and text in it is optional: an empty cell is None
        return Columns(_columns({name: cell or None for name, cell in row.items()} for _, row in tablefile.rows(path)))
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
