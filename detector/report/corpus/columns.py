"""The columns of a scored frame, read alike from pandas, polars, pyarrow and plain lists."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from detector.batch.extras import require


class Columns:
    """Columns by name; every missing value is None, whatever the library calls it.

    `frame` is a table of pandas, polars or pyarrow, or a mapping of column names to lists of one length.  Raises
    `TypeError` for anything else, `ValueError` for lists of several lengths.  `elsewhere` has columns that are not in
    the frame, and what reads their values in some rows.
    """

    def __init__(self, frame: Any, elsewhere: Mapping[str, Callable[[Sequence[int]], list[Any]]] | None = None) -> None:
        plain = isinstance(frame, Mapping)
        self._frame: Any = frame if plain else _narwhals(frame)
        self._elsewhere = elsewhere or {}
        every = [*(frame if plain else self._frame.columns), *self._elsewhere]
        self.names = [name for name in every if isinstance(name, str)]  # pandas has others, which no score has
        sizes = {len(values) for values in frame.values()} if plain else {len(self._frame)}
        if len(sizes) > 1:
            raise ValueError(f"the columns have several lengths: {', '.join(map(str, sorted(sizes)))}")
        self._size = max(sizes, default=0)

    def __len__(self) -> int:
        """The number of rows."""
        return self._size

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def values(self, name: str, rows: Sequence[int] | None = None) -> list[Any]:
        """The values of a column, of all rows or of those named; None where one is missing.

        Raises `ValueError` for a column that is not there.
        """
        self.require(name)
        if name in self._elsewhere:
            return self._elsewhere[name](range(len(self)) if rows is None else rows)
        column = self._frame[name]
        if isinstance(self._frame, Mapping):
            return list(column) if rows is None else [column[row] for row in rows]
        part = column if rows is None else column[list(rows)]
        return [None if gone else value for value, gone in zip(part.to_list(), part.is_null().to_list())]

    def require(self, name: str) -> None:
        """Raise `ValueError` where there is no column of this name."""
        if name not in self.names:
            raise ValueError(f"the frame has no column {name!r}; it has {', '.join(self.names)}")

    def numbers(self, name: str) -> np.ndarray:
        """(N,) the values of a column as float64, NaN where one is missing; `ValueError` names what is no number."""
        values = self.values(name)
        try:
            return np.array([math.nan if value is None else value for value in values], float)
        except (TypeError, ValueError):
            row = next(row for row, value in enumerate(values) if not _is_number(value))
            raise ValueError(f"column {name!r} holds {values[row]!r} in row {row}, which is no number") from None

    def words(self, name: str, rows: Sequence[int] | None = None) -> list[str | None]:
        """The values of a column as text, None where one is missing or empty; all None where there is no column."""
        if name not in self.names:
            return [None] * (len(self) if rows is None else len(rows))
        return [None if value is None or value == "" else str(value) for value in self.values(name, rows)]

    def first_of(self, names: Sequence[str]) -> str | None:
        """The first of these names that is a column."""
        return next((name for name in names if name in self.names), None)


def _is_number(value: Any) -> bool:
    try:
        float(math.nan if value is None else value)
    except (TypeError, ValueError):
        return False
    return True


def _narwhals(frame: Any) -> Any:
    require("frames", "tables")
    import narwhals as nw

    try:
        return nw.from_native(frame, eager_only=True)
    except TypeError:
        raise TypeError(
            f"frame is {type(frame).__module__.split('.')[0]}.{type(frame).__name__}, not a table of pandas, polars or "
            "pyarrow that is in memory"
        ) from None
