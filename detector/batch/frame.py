"""Score the articles of a table: pandas, polars and Arrow alike through narwhals, Dask a partition at a time."""

from __future__ import annotations

import json
import sys
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from detector.batch.engine import in_order
from detector.batch.extras import require
from detector.batch.readers.columns import PUBLISHED, TEXT
from detector.batch.records import Record
from detector.batch.rows import CONTRIBUTIONS, names, rows
from detector.estimator import check_rate

if TYPE_CHECKING:
    import narwhals as nw

    from detector.model import Detector

SLICE = 512
"""Rows whose texts are copied out of the table at a time, and that one process scores at a time."""

_KINDS = "a pandas, polars, Arrow or Dask table or a column of one"
_LISTS = ("findings_list", "evidence")
_NUMBER, _COUNT, _BOOL, _TEXT = ("Float64", "float64"), ("Int64", "Int64"), ("Boolean", "boolean"), ("String", "str")
_TYPES = {
    **dict.fromkeys(("score", "log_odds", "p_value", "threshold_fpr", *CONTRIBUTIONS), _NUMBER),
    **dict.fromkeys(("words", "findings"), _COUNT),
    "flagged": _BOOL,
}
"""Of the columns that are no text: the type, and pandas' one that can hold a missing value (its plain bool cannot)."""


@dataclass(frozen=True)
class Options:
    """What is asked of a table beside the numbers; the columns None are guessed."""

    text: Hashable = None
    published: Hashable = None
    keep: bool | Sequence[Hashable] = False
    max_fpr: float = 0.01
    explain: bool = False


def score_frame(
    frame: Any,
    text: Hashable = None,
    *,
    published: Hashable = None,
    keep: bool | Sequence[Hashable] = False,
    max_fpr: float = 0.01,
    explain: bool = False,
    n_jobs: int | None = None,
    detector: Detector | str | None = None,
) -> Any:
    """The scores of a table's articles, a row each, as a table of the same kind: same order, same pandas index.

    `frame` is a pandas, polars, Arrow or Dask table, or one column of it.  `text` names the column with the articles,
    `published` that with their days; without them it is the first of text, body, content and article, and of published
    and date.  `keep` puts columns of the table before the scores: all of them, or those that are named.

    The columns are those of the command line, and `error`: of a row whose text is missing or no str it says so, and
    the scores are missing.  Lists (`findings_list`, and `evidence` with `explain`) are JSON, so that a column has one
    type in every table.

    A Dask table is scored when it is computed, a partition at a time; the detector is sent once to each worker.  Other
    tables are scored in `n_jobs` processes, or as `joblib.parallel_config` says.

    Raises `TypeError` for what is no table, `ValueError` for a column that is not there, for one to keep that has the
    name of a score, and if `max_fpr` does not lie between 0 and 1.
    """
    from detector.model import load

    check_rate(max_fpr)
    given = load(detector or "news-en") if detector is None or isinstance(detector, str) else detector
    options = Options(text, published, keep, max_fpr, explain)
    if type(frame).__module__.partition(".")[0] == "dask":
        from detector.batch.daskframe import score_partitions

        return score_partitions(frame, given, options)
    return score_table(frame, given, options, n_jobs)


def score_table(frame: Any, detector: Detector, options: Options, n_jobs: int | None = None) -> Any:
    """The scores of a table in memory, or of one column."""
    table, text = _table(frame, options.text)
    published, kept = _published(table, options.published), _kept(table, options)
    slices = (_records(table[at : at + SLICE], text, published) for at in range(0, len(table), SLICE))
    columns = partial(_columns, detector, options.max_fpr, options.explain)
    made: dict[str, list[Any]] = {name: [] for name in (*names(options.explain), "error")}
    for part in in_order(columns, slices, n_jobs):
        for name, values in made.items():
            values += part[name]
    scores = _typed(made, table)
    return table.with_columns(*scores.iter_columns()).select(*kept, *made).to_native()


def _narwhals() -> Any:
    require("frames", "tables")
    import narwhals

    return narwhals


def _table(frame: Any, text: Hashable) -> tuple[nw.DataFrame[Any], Any]:
    """A table of any kind, or the table of one column, and the name of the column with the articles."""
    nw, pyarrow = _narwhals(), sys.modules.get("pyarrow")
    if pyarrow is not None and isinstance(frame, pyarrow.Array):
        frame = pyarrow.chunked_array([frame])  # narwhals knows Arrow's columns and tables only in chunks
    elif pyarrow is not None and isinstance(frame, pyarrow.RecordBatch):
        frame = pyarrow.table(frame)
    table = nw.from_native(frame, allow_series=True, pass_through=True)
    if isinstance(table, nw.Series):
        table = table.alias(table.name or TEXT[0]).to_frame()
        return table, table.columns[0]
    if isinstance(table, nw.LazyFrame):
        raise TypeError(f"frame is {type(frame).__name__}, which holds no rows yet: call its collect() first")
    if not isinstance(table, nw.DataFrame):
        raise TypeError(f"frame is {type(frame).__name__}, not {_KINDS}")
    return table, _column(table, text) if text is not None else _guessed(table)


def _guessed(table: nw.DataFrame[Any]) -> str:
    for name in TEXT:
        if name in table.columns:
            return name
    raise ValueError(f"frame has no column {', '.join(TEXT[:-1])} or {TEXT[-1]}: name the one with the articles")


def _column(table: nw.DataFrame[Any], name: Any) -> Any:
    if name not in table.columns:
        raise ValueError(f"frame has no column {name!r}; its columns are {', '.join(map(repr, table.columns))}")
    return name


def _published(table: nw.DataFrame[Any], name: Hashable) -> Any:
    if name is not None:
        return _column(table, name)
    return next((one for one in PUBLISHED if one in table.columns), None)


def _kept(table: nw.DataFrame[Any], options: Options) -> list[Any]:
    """The columns that go along; `ValueError` for one that a column of scores would replace."""
    wanted = table.columns if options.keep is True else options.keep or ()
    if isinstance(wanted, str):
        raise ValueError(f"keep is {wanted!r}; it must be True, False or a list of columns")
    kept = [_column(table, name) for name in wanted]
    clash = [name for name in kept if name in (*names(options.explain), "error")]
    if clash:
        raise ValueError(f"frame has a column {clash[0]!r}, as the scores have: rename it, or do not keep it")
    return kept


def _records(part: nw.DataFrame[Any], text: Any, published: Any) -> list[Record]:
    """The articles of a slice."""
    texts = part.get_column(text)
    days = _values(part.get_column(published)) if published is not None else [None] * len(part)
    return [_record(*pair) for pair in zip(_values(texts), days)]


def _values(column: nw.Series[Any]) -> list[Any]:
    """The values, whatever a missing one is called in that kind of table: None."""
    return [None if missing else value for value, missing in zip(column.to_list(), column.is_null().to_list())]


def _record(text: Any, day: Any) -> Record:
    if isinstance(text, str):
        return Record("", text, published=day)
    return Record("", error=f"text is {'missing' if text is None else type(text).__name__ + ', not a str'}")


def _columns(detector: Detector, max_fpr: float, explain: bool, records: list[Record]) -> dict[str, list[Any]]:
    """The rows of records as one list a column."""
    made = list(rows(detector, records, max_fpr=max_fpr, explain=explain))
    return {name: [_cell(name, row[name]) for row in made] for name in (*names(explain), "error")}


def _cell(name: str, value: Any) -> Any:
    return json.dumps(value) if name in _LISTS and value is not None else value


def _typed(columns: dict[str, list[Any]], like: nw.DataFrame[Any]) -> nw.DataFrame[Any]:
    """Columns as a table of the kind of another one."""
    nw, types = _narwhals(), {name: _TYPES.get(name, _TEXT) for name in columns}
    if like.implementation.is_pandas_like():
        pandas: Any = like.__native_namespace__()
        made = {name: pandas.Series(values, dtype=types[name][1]) for name, values in columns.items()}
        return nw.from_native(pandas.DataFrame(made), eager_only=True)
    schema = {name: getattr(nw, kind) for name, (kind, _) in types.items()}
    return nw.DataFrame.from_dict(columns, schema, backend=like.implementation)
