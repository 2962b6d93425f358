"""The command score: score articles, on the screen or into a file."""

from __future__ import annotations

import sys
from argparse import Namespace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from detector.commands.arguments import add_model, add_reading, command
from detector.commands.articles import columns_of, loaded
from detector.commands.status import DONE, FAILED, WrongUseError

if TYPE_CHECKING:
    from detector.batch.run import Engine
    from detector.batch.selection import Selection
    from detector.commands.arguments import Commands

FORMATS = ("jsonl", "csv", "parquet")


def add(commands: Commands) -> None:
    """Its arguments."""
    more = (
        "\n\nOne row an article: its id, score, p-value, tier (strong, likely, weak, none) or"
        "\nthe reason for no verdict, and what a flagged article resembles. What cannot be"
        "\nread is a row with its error, and the rest is scored all the same."
        "\nWith --output the rows go to a file that appears when it is whole; a run that was"
        "\nstopped goes on with --resume."
        "\nExit status: 0 all scored, 1 some inputs failed, 2 wrong use, 130 interrupted."
    )
    example = (
        "detector score articles/ more.jsonl --json\n  detector score crawl.parquet --output scores.parquet --jobs 4"
    )
    one = command(commands, "score", example, more)
    one.add_argument(
        "paths",
        metavar="PATH",
        nargs="+",
        help="a file, a folder (at any depth), a pattern in quotes, or - for standard input",
    )
    add_model(one)
    add_reading(one)
    _add_choice(one.add_argument_group("which articles, and what of them").add_argument)
    _add_output(one.add_argument_group("where the rows go").add_argument)
    _add_work(one.add_argument_group("how the work is done").add_argument)


def _add_choice(argument) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001 - argparse's own method
    argument("--limit", metavar="N", type=int, help="only the first N articles")
    argument("--sample", metavar="N", type=int, help="only N articles, chosen at random")
    argument("--seed", metavar="S", type=int, default=0, help="another seed gives another sample (default: 0)")
    argument("--max-fpr", metavar="P", type=float, default=0.01, help="flag p-values up to P (default: 0.01)")
    argument("--where-flagged", action="store_true", help="only the rows of flagged articles")
    argument("--explain", action="store_true", help="also the passages behind each score")
    argument("--keep", metavar="NAME", action="append", default=[], help="also this input column (may be repeated)")


def _add_output(argument) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001 - argparse's own method
    argument("--output", metavar="FILE", help="write the rows to this file")
    argument("--format", choices=FORMATS, help="what is written (default: by FILE's ending, a table on the screen)")
    argument("--json", action="store_const", const="jsonl", dest="format", help="the same as --format jsonl")
    argument("--resume", action="store_true", help="go on where a run to FILE was stopped")
    argument("--overwrite", action="store_true", help="begin anew, and replace FILE when all is done")
    argument("--dry-run", action="store_true", help="only say what would be read")
    argument("--quiet", action="store_true", help="no progress bar and no summary")
    argument("--verbose", action="store_true", help="say what is done on standard error")


def _add_work(argument) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001 - argparse's own method
    argument("--jobs", metavar="N", type=int, default=1, help="processes; -1 is one a processor (default: 1)")
    argument("--engine", choices=("local", "dask"), default="local", help="this machine or a Dask cluster")
    argument("--scheduler", metavar="ADDRESS", help="the address of the Dask scheduler")


def run(options: Namespace) -> int:
    """Score what the arguments name."""
    if options.verbose:
        import logging

        logging.basicConfig(stream=sys.stderr, format="%(name)s: %(message)s")
        logging.getLogger("detector").setLevel(logging.INFO)
    selection = _selection(options)
    if options.dry_run:
        return _planned(options)
    detector, engine = loaded(options.model), _engine(options)
    if options.output:
        from detector.commands import score_file

        return score_file.run(options, selection, detector, engine)
    if options.resume or options.overwrite or options.format == "parquet":
        raise WrongUseError("--resume, --overwrite and --format parquet need a file: give --output")
    from detector.commands import score_screen

    return score_screen.run(options, selection, detector, engine)


def _selection(options: Namespace) -> Selection:
    from detector.batch.selection import Selection

    try:
        return Selection(
            tuple(options.paths),
            options.input_format,
            columns_of(options, tuple(options.keep)),
            options.limit,
            options.sample,
            options.seed,
            options.max_fpr,
            options.explain,
            options.where_flagged,
        )
    except ValueError as error:
        raise WrongUseError(str(error)) from None


def _engine(options: Namespace) -> Engine:
    if (options.engine == "dask") != (options.scheduler is not None):
        raise WrongUseError("--engine dask and --scheduler go together: give both")
    if options.jobs == 0:
        raise WrongUseError("--jobs is 0; give a number of processes, or -1 for one a processor")
    if options.engine == "dask":
        from detector.batch import daskengine

        return partial(daskengine.in_order, address=options.scheduler)
    from detector.batch import engine

    return partial(engine.in_order, n_jobs=options.jobs)


def _planned(options: Namespace) -> int:
    """Say which files would be read, and what is wrong with the others."""
    from detector.batch.readers import plan

    files = failed = size = 0
    for one in plan(options.paths, options.input_format):
        shown = f"{one.bytes:,}" if one.bytes is not None else "-"
        print(f"{one.format:<8} {shown:>15}  {one.path}" + (f"  error: {one.error}" if one.error else ""))
        files, failed, size = files + 1, failed + bool(one.error), size + (one.bytes or 0)
    written = f"; rows would go to {Path(options.output)}" if options.output else ""
    print(f"{files:,} inputs, {failed:,} of them cannot be read, {size:,} bytes{written}")
    return FAILED if failed else DONE
