"""What a command ends with: its exit status, or an error that is one sentence on standard error."""

from __future__ import annotations

import sys

from detector.report.wording import visible

DONE, FAILED, WRONG_USE = 0, 1, 2
INTERRUPTED, NO_READER = 130, 141
"""What shells report for a process ended by the signals SIGINT and SIGPIPE."""


class WrongUseError(Exception):
    """The command line asks for something that is not there: a sentence for standard error."""


def complain(sentence: str) -> None:
    """Print one sentence to standard error, whatever it holds."""
    print(f"detector: {visible(sentence)}", file=sys.stderr)
