"""Parquet: one file; a folder of partitions is read file by file, with what the names of its folders say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from detector.batch.readers.columns import Columns, missing, needed, record
from detector.batch.readers.streams import BrokenInputError
from detector.batch.records import Record

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

_ROWS = 256
_BUFFER = 2**20


def records(path: str, columns: Columns) -> Iterator[Record]:
    """The articles of a file, a few hundred rows at a time; a row group that is corrupt is one error, and is left out.

    Parquet packs cells whole, however long they are: their memory is needed for a moment.
    """
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    if path == "-":
        raise BrokenInputError("is standard input, which cannot hold a Parquet file: give its path")
    try:
        # Row groups may be as large as the file: with a buffer of its own each column is read page by page.
        file = ParquetFile(path, pre_buffer=False, buffer_size=_BUFFER)
    except (ArrowException, OSError) as error:
        raise _broken(error) from None
    with file:
        partition = _partition(path)
        names = file.schema_arrow.names
        if lacking := missing(columns, [*names, *partition]):
            raise BrokenInputError(lacking)
        wanted = [name for name in needed(columns, [*partition, *names]) if name in names]
        first = 1
        for group in range(file.num_row_groups):
            yield from _group(file, group, first, wanted, partition, columns, path)
            first += file.metadata.row_group(group).num_rows


def _broken(error: Exception) -> Exception:
    """What pyarrow raised; an error of the operating system stays what it is."""
    if isinstance(error, OSError) and error.errno is not None:
        return error
    return BrokenInputError("is no Parquet file, or a corrupt one")


def _group(
    file: ParquetFile, group: int, first: int, wanted: list[str], partition: dict[str, Any], columns: Columns, path: str
) -> Iterator[Record]:
    from pyarrow import ArrowException

    number, last = first, first + file.metadata.row_group(group).num_rows - 1
    batches = file.iter_batches(batch_size=_ROWS, row_groups=[group], columns=wanted)
    while True:
        try:
            batch = next(batches, None)
            rows = [] if batch is None else [dict(zip(wanted, row)) for row in zip(*map(_values, batch.columns))]
        except (ArrowException, OSError) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise
            yield Record(f"{path}:{number}", error=f"rows {number:,} to {last:,}: their data are corrupt")
            return
        if batch is None:
            return
        for row in rows:
            row.update(partition)
            yield record(row, columns, f"{path}:{number}", f"row {number}")
            number += 1


def _values(column: pa.Array) -> list[Any]:
    """The cells of a column as Python objects; a string that is no UTF-8 as its bytes."""
    try:
        return column.to_pylist()
    except (ValueError, OverflowError):
        return [_value(cell) for cell in column]


def _value(cell: pa.Scalar) -> Any:
    try:
        return cell.as_py()
    except UnicodeDecodeError:
        return cell.as_buffer().to_pybytes()
    except (ValueError, OverflowError):
        return None  # a moment that Python has no number for, such as the year 20,000


def _partition(path: str) -> dict[str, Any]:
    """Columns that stand in the names of folders.

    >>> _partition("news/year=2026/site=a%2Fb/part-0.parquet")
    {'year': '2026', 'site': 'a/b'}
    """
    pairs = (part.partition("=") for part in Path(path).parts[:-1] if "=" in part)
    return {name: None if value == "__HIVE_DEFAULT_PARTITION__" else unquote(value) for name, _, value in pairs}
