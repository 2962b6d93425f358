"""Parquet: a column a name; lists are JSON, so that a column has one type in every file.

The rows are collected as JSON Lines, and become a Parquet file when all are there: a Parquet file cannot be continued,
and its bytes would tell where a run was stopped.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detector.batch.extras import require
from detector.batch.plain import json_line
from detector.batch.rows import CONTRIBUTIONS, names
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


class ParquetWriter:
    """Rows as a Parquet file, compressed with zstd."""

    head = b""

    def __init__(self, columns: Sequence[str]) -> None:
        require("parquet", "Parquet files")
        self.columns = tuple(columns)

    def encode(self, rows: Sequence[Mapping[str, Any]]) -> bytes:
        """One line of JSON a row."""
        return b"".join(map(json_line, rows))

    def finish(self, collected: Path) -> Path:
        """Write the Parquet file beside the collected lines."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        finished = collected.with_suffix(".finished")  # an ending that no folder is searched for
        schema = pa.schema([(name, pa.type_for_alias(kind)) for name, kind in self._types(collected).items()])
        with pq.ParquetWriter(finished, schema, compression="zstd") as file:
            for rows in _groups(collected):
                file.write_table(_table(rows, schema), row_group_size=len(rows))
        return finished

    def _types(self, collected: Path) -> dict[str, str]:
        """The type of each column; that of an input column is what all of its values are."""
        kept = [name for name in self.columns if name not in _OWN]
        seen: dict[str, set[type]] = {name: set() for name in kept}
        for rows in _groups(collected) if kept else ():
            for name in kept:
                seen[name] |= {_kind(row[name]) for row in rows}
        types = {name: _type_of(kinds - {type(None)}) for name, kinds in seen.items()}
        return {name: types.get(name) or _TYPES.get(name, "string") for name in self.columns}


def _kind(value: Any) -> type:
    """The type of a value; an integer beyond 64 bits is none that a column of integers holds."""
    return str if isinstance(value, int) and not -(2**63) <= value < 2**63 else type(value)


def _type_of(kinds: set[type]) -> str:
    if kinds and kinds <= {int, float}:
        return "float64" if float in kinds else "int64"
    return "bool" if kinds == {bool} else "string"


def _groups(collected: Path) -> Iterator[list[dict[str, Any]]]:
    rows: list[dict[str, Any]] = []
    size = 0
    with collected.open("rb") as lines:
        for line in lines:
            rows.append(json.loads(line))
            size += len(line)
            if len(rows) == GROUP_ROWS or size >= GROUP_BYTES:
                yield rows
                rows, size = [], 0
    if rows:
        yield rows


def _table(rows: list[dict[str, Any]], schema: pa.Schema) -> pa.Table:
    import pyarrow as pa

    columns = [
        pa.array([_text(row[field.name]) if field.type == pa.string() else row[field.name] for row in rows], field.type)
        for field in schema
    ]
    return pa.table(columns, schema=schema)


def _text(value: Any) -> str | None:
    """A value as text in UTF-8, which has no half of a surrogate pair."""
    return None if value is None else str(cell(value)).encode("utf-8", "replace").decode()
