"""Rows as Arrow record batches, made from plain values without `pyarrow.array`, which imports pandas where it is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa


def record_batch(columns: Sequence[Sequence[Any]], schema: pa.Schema) -> pa.RecordBatch:
    """One array a column of a schema: of text, whole numbers, other numbers or truth values, None where there is none.

    >>> import pyarrow as pa
    >>> schema = pa.schema([("id", "string"), ("words", "int64"), ("flagged", "bool")])
    >>> record_batch([["a", None, "ü"], [3, 5, None], [True, None, False]], schema).to_pylist()[1:]
    [{'id': None, 'words': 5, 'flagged': None}, {'id': 'ü', 'words': None, 'flagged': False}]
    """
    import pyarrow as pa

    arrays = [_array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.record_batch(arrays, schema=schema)


def _array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    import pyarrow as pa

    none = values.count(None)
    present = _bits([value is not None for value in values]) if none else None
    given = [value or 0 for value in values] if none and kind != pa.string() else values
    if kind == pa.string():
        cells = [b"" if value is None else value.encode("utf-8", "replace") for value in values]
        ends = np.fromiter(accumulate(map(len, cells), initial=0), np.int32, len(cells) + 1)
        buffers = [pa.py_buffer(ends), pa.py_buffer(b"".join(cells))]
    elif kind == pa.bool_():
        buffers = [_bits(given)]
    else:
        buffers = [pa.py_buffer(np.array(given, np.float64 if kind == pa.float64() else np.int64))]
    return pa.Array.from_buffers(kind, len(values), [present, *buffers], none)


def _bits(values: Sequence[Any]) -> pa.Buffer:
    import pyarrow as pa

    return pa.py_buffer(np.packbits(np.array(values, bool), bitorder="little"))
