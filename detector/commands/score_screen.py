"""The command score without --output: rows on standard output as soon as they are there."""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from detector.batch.groups import groups
from detector.batch.pieces import Rows
from detector.batch.tally import Tally
from detector.commands.printing import as_json
from detector.commands.status import DONE, FAILED, complain
from detector.estimator import CHUNK_ARTICLES, CHUNK_CHARACTERS
from detector.report.wording import bounded, visible

if TYPE_CHECKING:
    from detector.batch.selection import Selection
    from detector.model import Detector

MOST_ROWS = 300
"""Rows that a terminal is shown; a file or a pipe gets all."""

_ID_WIDTH = 36


def run(options: Namespace, selection: Selection, detector: Detector, engine: Callable[..., Any]) -> int:
    """Print one row an article, as soon as the group that it belongs to is scored."""
    begun, tally, printed, first = time.monotonic(), Tally(), 0, ""
    terminal = sys.stdout is not None and sys.stdout.isatty()
    head, show = _printer(options.format, selection.names)
    print(head, end="")
    # The table on the screen shows no findings.
    rows_of = Rows(detector, selection, checked=options.format is not None)
    for rows in engine(rows_of, groups(selection.records(), CHUNK_ARTICLES, CHUNK_CHARACTERS)):
        tally.add(Tally.of(rows))
        first = first or next((f"{row['id']}: {row['error']}" for row in rows if row["error"]), "")
        wanted = [row for row in rows if row["flagged"] or not selection.where_flagged]
        shown = wanted[: max(MOST_ROWS - printed, 0)] if terminal else wanted
        print("".join(map(show, shown)), end="", flush=True)
        if printed <= MOST_ROWS < printed + len(wanted) and terminal:
            complain(f"more than {MOST_ROWS} rows are not printed on a terminal; --output FILE keeps them all")
        printed += len(wanted)
    if first:
        more = f" (and {tally.failures - 1:,} more of {tally.rows:,} inputs failed)" if tally.failures > 1 else ""
        complain(first + more)
    if not options.quiet and (options.verbose or (tally.rows > 1 and sys.stderr is not None and sys.stderr.isatty())):
        print(*map(visible, tally.lines(tally.rows, time.monotonic() - begun)), sep="\n", file=sys.stderr)
    return FAILED if tally.failures else DONE


def _printer(shape: str | None, names: Sequence[str]) -> tuple[str, Callable[[Mapping[str, Any]], str]]:
    """What is printed above the rows, and for each."""
    if shape == "csv":
        from detector.batch.writers import writer

        csv = writer("csv", names)
        return csv.head.decode(), lambda row: csv.encode([row]).decode()
    if shape == "jsonl":
        return "", lambda row: f"{as_json(row)}\n"
    return f"{_columns('article', 'score', 'p-value', 'tier', 'resembles')}\n", lambda row: f"{_line(row)}\n"


def _line(row: Mapping[str, Any]) -> str:
    if row["error"]:
        return visible(f"{_id(row['id'])}  error: {row['error']}")
    if row["abstained"]:
        # A bare number beside "no verdict" would be read as one; --json has it.
        return _columns(_id(row["id"]), "-", "-", f"no verdict ({row['abstained']})", "")
    p_value = bounded(row["p_value"])
    return _columns(_id(row["id"]), bounded(row["score"]), p_value, row["tier"], row["resembles"] or "-")


def _columns(name: str, score: str, p_value: str, tier: str, resembles: str) -> str:
    return f"{name:<{_ID_WIDTH}}  {score:>7}  {p_value:>7}  {tier:<6}  {resembles}".rstrip()


def _id(name: str) -> str:
    """An id in its column; of a long one the end, where paths differ."""
    name = visible(name)
    return f"{name if len(name) <= _ID_WIDTH else '...' + name[3 - _ID_WIDTH :]:<{_ID_WIDTH}}"
