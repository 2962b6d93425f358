"""The command line: arguments, dispatch, exit status, and errors as one sentence.

Exit status: 0 all done, 1 an input failed, 2 wrong use, 130 interrupted, 141 the reader of the output went away.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import NoReturn

import detector
from detector.batch.engine import WorkerLostError
from detector.batch.extras import MissingExtraError
from detector.commands import COMMANDS, module
from detector.commands.status import FAILED, INTERRUPTED, NO_READER, WRONG_USE, WrongUseError, complain


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
    given = sys.argv[1:] if arguments is None else arguments
    try:
        options = parser(next((one for one in given if not one.startswith("-")), None)).parse_args(given)
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
    try:
        return module(options.command).run(options)
    except (WrongUseError, MissingExtraError) as error:
        complain(str(error))
        return WRONG_USE
    except BrokenPipeError:
        raise
    except OSError as error:
        complain(f"{error.filename}: {error.strerror}" if error.filename is not None else str(error))
        return FAILED
    except (ValueError, WorkerLostError) as error:
        complain(str(error))
        return FAILED


def parser(command: str | None) -> ArgumentParser:
    """The parser of all commands, which knows the arguments of one."""
    top = Parser(
        prog="detector",
        description="Score how likely English news articles are low-quality machine output, and show why. Offline.",
        epilog="example: detector score article.txt",
    )
    top.add_argument("--version", action="version", version=f"detector {detector.__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, summary in COMMANDS.items():
        if name == command:
            module(name).add(commands)
        else:
            commands.add_parser(name, help=summary)
    return top
