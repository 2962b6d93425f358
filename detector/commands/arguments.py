"""Arguments that several commands have."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeAlias

from detector.batch.readers import FORMATS, columns
from detector.commands import COMMANDS

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    Commands: TypeAlias = "_SubParsersAction[ArgumentParser]"


def command(commands: Commands, name: str, example: str, more: str = "") -> ArgumentParser:
    """A parser of one command, with an example at the end of its help."""
    summary = COMMANDS[name]
    return commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.{more}",
        epilog=f"example:\n  {example}",
        formatter_class=RawDescriptionHelpFormatter,
    )


def add_jobs(one: ArgumentParser) -> None:
    """The number of processes, by default all."""
    one.add_argument("--jobs", metavar="N", type=int, default=-1, help="processes (default: one a processor)")


def add_model(one: ArgumentParser) -> None:
    """The model."""
    one.add_argument(
        "--model", metavar="NAME|FILE", default="news-en", help="a shipped model or a model file (default: news-en)"
    )


def add_reading(one: ArgumentParser) -> None:
    """How inputs are read."""
    one.add_argument(
        "--input-format",
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


def add_article(one: ArgumentParser) -> None:
    """One article."""
    one.add_argument(
        "file",
        metavar="FILE",
        help="a text file or web page, a file of many articles with --id, or - for standard input",
    )
    one.add_argument("--id", help="the article with this id")
    add_reading(one)


def add_data(one: ArgumentParser) -> None:
    """Labelled corpora."""
    one.add_argument(
        "--data",
        metavar="PATH",
        nargs="+",
        required=True,
        help="corpora: .jsonl, .jsonl.gz or .csv files with text and label, or folders of them",
    )


def day(value: str) -> date:
    """A day as an argument."""
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()
    except ValueError:
        raise ArgumentTypeError(f"{value!r} is no date of the form YYYY-MM-DD") from None


def iso_date(value: str) -> str:
    """A day as an argument, checked and kept as text."""
    return day(value).isoformat()
