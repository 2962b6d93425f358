"""Parquet: a column a name; lists are JSON, so that a column has one type in every file.

The rows are collected as Arrow record batches, and become a Parquet file when all are there: a Parquet file cannot be
continued, and its bytes would tell where a run was stopped.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detector.batch.extras import require
from detector.batch.plain import json_line
from detector.batch.rows import CONTRIBUTIONS, names
from detector.batch.writers.arrow import record_batch
from detector.batch.writers.csv import cell

if TYPE_CHECKING:
    import pyarrow as pa

GROUP_ROWS, GROUP_BYTES = 4096, 16_000_000
"""Rows of a row group, and bytes of JSON after which it is closed even so."""

_TYPES = {
    **dict.fromkeys(("score", "log_odds", "p_value", "threshold_fpr", *CONTRIBUTIONS), "float64"),
    **dict.fromkeys(("words", "findings"), "int64"),
    "flagged": "bool",
}
_OWN = {"id", *names(explain=True), "error"}
_SIZE = ""  # no column has this name
_PLAIN_SIZE = 850


class ParquetWriter:
    """Rows as a Parquet file, compressed with zstd."""

    head = b""

    def __init__(self, columns: Sequence[str]) -> None:
        require("parquet", "Parquet files")
        self.columns = tuple(columns)
        self._kept = tuple(name for name in self.columns if name not in _OWN)

    def encode(self, rows: Sequence[Mapping[str, Any]]) -> bytes:
        """One record batch."""
        columns = [[row[name] for row in rows] for name in self.columns]
        for number, (name, values) in enumerate(zip(self.columns, columns)):
            if name in self._kept:
                columns[number] = list(map(json.dumps, values))
            elif name not in _TYPES:
                columns[number] = _texts(values)
        batch = record_batch([*columns, list(map(self._size, rows))], self._collected())
        return bytes(batch.serialize())

    def _size(self, row: Mapping[str, Any]) -> int:
        """The bytes of a row as JSON; of plain rows, of which no row group has too many, about as many."""
        if self._kept or "evidence" in row:
            return len(json_line(row))
        return _PLAIN_SIZE + 200 * (row["findings"] or 0)

    def _collected(self) -> pa.Schema:
        """Of what is collected: input columns as JSON, as their type is known at the end, and the size of each row."""
        import pyarrow as pa

        types = [(name, _TYPES.get(name, "string") if name in _OWN else "string") for name in self.columns]
        return pa.schema([(name, pa.type_for_alias(kind)) for name, kind in (*types, (_SIZE, "int64"))])

    def finish(self, collected: Path) -> Path:
        """Write the Parquet file beside the collected rows."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        finished = collected.with_suffix(".finished")  # an ending that no folder is searched for
        types = self._types(collected)
        schema = pa.schema([(name, pa.type_for_alias(types[name])) for name in self.columns])
        with pq.ParquetWriter(finished, schema, compression="zstd") as file:
            for group in self._groups(collected):
                columns = [self._column(group, field) for field in schema]
                file.write_table(pa.table(columns, schema=schema), row_group_size=len(group))
        return finished

    def _column(self, group: pa.Table, field: pa.Field) -> pa.Array:
        import pyarrow as pa

        column = group.column(field.name).combine_chunks()
        if field.name not in self._kept:
            return column
        values = _values(column)
        given = _texts(values) if field.type == pa.string() else values
        return record_batch([given], pa.schema([field])).column(0)

    def _types(self, collected: Path) -> dict[str, str]:
        """The type of each column; that of an input column is what all of its values are."""
        seen: dict[str, set[type]] = {name: set() for name in self._kept}
        for batch in self._batches(collected) if self._kept else ():
            for name, kinds in seen.items():
                kinds.update(map(_kind, _values(batch.column(name))))
        types = {name: _type_of(kinds - {type(None)}) for name, kinds in seen.items()}
        return {name: types.get(name) or _TYPES.get(name, "string") for name in self.columns}

    def _groups(self, collected: Path) -> Iterator[pa.Table]:
        """The rows of one row group after the other."""
        import pyarrow as pa

        group: list[pa.RecordBatch] = []
        count = size = 0
        for batch in self._batches(collected):
            begin = 0
            for end, one in enumerate(batch.column(_SIZE).to_pylist(), 1):
                count, size = count + 1, size + one
                if count == GROUP_ROWS or size >= GROUP_BYTES:
                    yield pa.Table.from_batches([*group, batch.slice(begin, end - begin)])
                    group, count, size, begin = [], 0, 0, end
            group.append(batch.slice(begin))
        if count:
            yield pa.Table.from_batches(group)

    def _batches(self, collected: Path) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        schema = self._collected()
        with pa.OSFile(str(collected)) as file:
            size = file.size()
            while file.tell() < size:
                yield pa.ipc.read_record_batch(pa.ipc.read_message(file), schema)


def _values(column: pa.Array) -> list[Any]:
    """The values of an input column, which is collected as JSON."""
    return list(map(json.loads, column.to_pylist()))


def _kind(value: Any) -> type:
    """The type of a value; an integer beyond 64 bits is none that a column of integers holds."""
    return str if isinstance(value, int) and not -(2**63) <= value < 2**63 else type(value)


def _type_of(kinds: set[type]) -> str:
    if kinds and kinds <= {int, float}:
        return "float64" if float in kinds else "int64"
    return "bool" if kinds == {bool} else "string"


def _texts(values: Sequence[Any]) -> list[str | None]:
    """Values as text."""
    return [value if value is None or type(value) is str else str(cell(value)) for value in values]
