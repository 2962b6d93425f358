"""Scoring of files into a file, for Python: what `detector score --output` does."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detector.batch.engine import in_order
from detector.batch.run import Run
from detector.batch.selection import Selection
from detector.batch.tally import Tally

if TYPE_CHECKING:
    from detector.model import Detector


def score_files(
    paths: str | Path | Iterable[str | Path],
    output: str | Path,
    *,
    detector: Detector | None = None,
    format: str | None = None,  # noqa: A002 - the name that the command line gives it
    resume: bool = False,
    overwrite: bool = False,
    n_jobs: int | None = None,
    **wanted: Any,
) -> Tally:
    """Score the articles of files, folders and patterns into one file, and return the counts.

    `format` is jsonl, csv or parquet; None is that of the output's ending.  A run that was stopped goes on with
    `resume`; `overwrite` begins anew and replaces what is there when all is done.  `n_jobs` is the number of processes;
    None is what `joblib.parallel_config` says, else one.  `wanted` are fields of `detector.batch.selection.Selection`:
    `columns`, `limit`, `sample`, `max_fpr`, `explain` and so on.

    Raises `RefusedError` where something is there already, `ValueError` for a value that makes no sense; see `Run.go`.
    """
    from detector.model import load

    given = [paths] if isinstance(paths, (str, Path)) else paths
    selection = Selection(tuple(map(str, given)), **wanted)
    run = Run(selection, Path(output), load() if detector is None else detector, format)
    return run.go(resume, overwrite, partial(in_order, n_jobs=n_jobs))
