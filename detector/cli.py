"""The command line: arguments, dispatch, exit status, and errors as one sentence.

Exit status: 0 all done, 1 an input failed, 2 wrong use, 130 interrupted, 141 the reader of the output went away.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NoReturn

import detector
from detector.batch.extras import MissingExtraError
from detector.batch.readers import FORMATS, columns

if TYPE_CHECKING:
    from argparse import _SubParsersAction

INTERRUPTED, NO_READER = 130, 141
"""What shells report for a process ended by the signals SIGINT and SIGPIPE."""


class Parser(ArgumentParser):
    """A parser whose errors are one sentence."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where to read on; exit status 2."""
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    # A terminal that lacks a character shows a question mark for it; it must not stop the run.
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        options = parser().parse_args(arguments)
        status = _run(options)
        if sys.stdout is not None:
            sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # What Python still holds back goes nowhere, instead of failing again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NO_READER
    return status


def _run(options: Namespace) -> int:
    from detector import commands

    try:
        return int(getattr(commands, options.command)(options))
    except (commands.WrongUseError, MissingExtraError) as error:
        commands.complain(str(error))
        return commands.WRONG_USE
    except BrokenPipeError:
        raise
    except OSError as error:
        commands.complain(f"{error.filename}: {error.strerror}" if error.filename is not None else str(error))
        return commands.FAILED
    except ValueError as error:
        commands.complain(str(error))
        return commands.FAILED


def parser() -> ArgumentParser:
    """The parser of all commands."""
    top = Parser(
        prog="detector",
        description="Score how likely English news articles are low-quality machine output, and show why. Offline.",
        epilog="example: detector score article.txt",
    )
    top.add_argument("--version", action="version", version=f"detector {detector.__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for add in (_score, _explain, _check, _features, _info, _calibrate, _train, _evaluate):
        add(commands)
    return top


def _command(
    commands: _SubParsersAction[Parser], name: str, summary: str, example: str, more: str = ""
) -> ArgumentParser:
    return commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.{more}",
        epilog=f"example:\n  {example}",
        formatter_class=RawDescriptionHelpFormatter,
    )


def _score(commands: _SubParsersAction[Parser]) -> None:
    more = (
        "\n\nOne row an article: its id, score, p-value, tier (strong, likely, weak, none) or"
        "\nthe reason for no verdict, and what a flagged article resembles. What cannot be"
        "\nread is a row with its error, and the rest is scored all the same."
        "\nExit status: 0 all scored, 1 some inputs failed, 2 wrong use."
    )
    one = _command(commands, "score", "score articles", "detector score articles/ more.jsonl --json", more)
    one.add_argument(
        "paths",
        metavar="PATH",
        nargs="+",
        help="a file, a folder (at any depth), a pattern in quotes, or - for standard input",
    )
    _add_model(one)
    _add_reading(one)
    one.add_argument("--json", action="store_true", help="print one JSON object a line")


def _explain(commands: _SubParsersAction[Parser]) -> None:
    one = _command(
        commands,
        "explain",
        "show what the score of one article is made of",
        "detector explain article.txt --html report.html",
    )
    _add_article(one)
    _add_model(one)
    one.add_argument("--json", action="store_true", help="print the report as one JSON object")
    one.add_argument("--html", metavar="OUT", help="also write the report as an HTML page to this file")


def _check(commands: _SubParsersAction[Parser]) -> None:
    more = (
        "\n\nDates, numbers, names and acronyms that contradict each other, and marks that no editor"
        "\nleaves, each with its places and with how often human news has it. A suspect is no verdict."
    )
    example = "detector check article.txt --published 2026-05-01"
    one = _command(commands, "check", "show statements of one article that contradict each other", example, more)
    _add_article(one)
    _add_model(one)
    one.add_argument("--published", metavar="YYYY-MM-DD", type=_day, help="the day on which it was published")
    one.add_argument("--json", action="store_true", help="print one JSON object a finding")


def _features(commands: _SubParsersAction[Parser]) -> None:
    one = _command(
        commands, "features", "show the value of every feature of one article", "detector features article.txt --json"
    )
    _add_article(one)
    one.add_argument("--json", action="store_true", help="print the features as one JSON object")


def _info(commands: _SubParsersAction[Parser]) -> None:
    one = _command(
        commands, "info", "show what a model was trained on, its thresholds and its limits", "detector info --json"
    )
    _add_model(one)
    one.add_argument("--json", action="store_true", help="print it as one JSON object")


def _calibrate(commands: _SubParsersAction[Parser]) -> None:
    more = (
        "\n\nWrites a model whose p-values rest on these articles; its scores stay the same. From 50"
        "\narticles on, better some hundred. People must have written them beyond doubt."
    )
    example = "detector calibrate --human articles/ --output mine.npz"
    one = _command(commands, "calibrate", "calibrate a model on one's own human articles", example, more)
    one.add_argument(
        "--human", metavar="PATH", nargs="+", required=True, help="human articles: files, folders or -, as for score"
    )
    one.add_argument("--output", metavar="M.npz", required=True, help="the model file to write")
    _add_model(one)
    _add_reading(one)


def _train(commands: _SubParsersAction[Parser]) -> None:
    one = _command(
        commands,
        "train",
        "train a model on labelled articles",
        "detector train --data corpora/ --output mine.npz --date 2026-05-01",
    )
    _add_data(one)
    one.add_argument(
        "--without",
        metavar="NAME",
        action="append",
        default=[],
        help="leave out the corpus of this name (may be repeated)",
    )
    one.add_argument("--output", metavar="M.npz", required=True, help="the model file to write")
    one.add_argument("--name", help="the model's name (default: that of the file)")
    one.add_argument("--version", help="the model's version (default: 0)")
    one.add_argument(
        "--date", metavar="YYYY-MM-DD", type=_date, help="the model's date (default: SOURCE_DATE_EPOCH, else none)"
    )
    one.add_argument("--seed", type=int, default=0, help="seed of the random crops (default: 0)")
    _add_jobs(one)


def _evaluate(commands: _SubParsersAction[Parser]) -> None:
    one = _command(
        commands,
        "evaluate",
        "hold each source out of training in turn and measure on it",
        "detector evaluate --quick --data corpora/ --output results.json",
        "\n\nCompares the figures with the quality floors that were pinned on the same data."
        "\nExit status: 0 none has fallen below its floor, 1 some have, 2 wrong use.",
    )
    _add_data(one)
    one.add_argument("--quick", action="store_true", help="a sample of each source and only a few holdouts")
    one.add_argument("--only", metavar="NAME", action="append", default=[], help="only this holdout (may be repeated)")
    one.add_argument("--pin", action="store_true", help="raise the quality floors to these results")
    one.add_argument("--lower-floors", action="store_true", help="let --pin lower floors or leave some out")
    one.add_argument("--output", metavar="FILE", help="also write the results as JSON to this file")
    one.add_argument("--card", metavar="M.npz", help="also write the card of this model file, beside it, as M.md")
    _add_jobs(one)


def _add_jobs(one: ArgumentParser) -> None:
    one.add_argument("--jobs", metavar="N", type=int, default=-1, help="processes (default: one a processor)")


def _add_model(one: ArgumentParser) -> None:
    one.add_argument(
        "--model", metavar="NAME|FILE", default="news-en", help="a shipped model or a model file (default: news-en)"
    )


def _add_reading(one: ArgumentParser) -> None:
    one.add_argument(
        "--format",
        choices=FORMATS,
        default="auto",
        help="what the inputs are; auto goes by their endings, and takes what has an unknown one, standard input too, "
        "as one text (default: auto)",
    )
    for name, guesses in (
        ("text", columns.TEXT),
        ("id", columns.ID),
        ("headline", columns.HEADLINE),
        ("published", columns.PUBLISHED),
    ):
        one.add_argument(
            *(("--text",) if name == "text" else ()),
            f"--{name}-column",
            metavar="NAME",
            dest=f"{name}_column",
            help=f"the column of JSON Lines or a table that holds it (default: the first of {', '.join(guesses)})",
        )


def _add_article(one: ArgumentParser) -> None:
    one.add_argument(
        "file",
        metavar="FILE",
        help="a text file or web page, a file of many articles with --id, or - for standard input",
    )
    one.add_argument("--id", help="the article with this id")
    _add_reading(one)


def _add_data(one: ArgumentParser) -> None:
    one.add_argument(
        "--data",
        metavar="PATH",
        nargs="+",
        required=True,
        help="corpora: .jsonl, .jsonl.gz or .csv files with text and label, or folders of them",
    )


def _day(value: str) -> date:
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()
    except ValueError:
        raise ArgumentTypeError(f"{value!r} is no date of the form YYYY-MM-DD") from None


def _date(value: str) -> str:
    return _day(value).isoformat()
