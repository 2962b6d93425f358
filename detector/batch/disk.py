"""Writing that lasts: what these functions did is on disk when they return, also if power is lost then."""

from __future__ import annotations

import os
import sys
from io import FileIO
from pathlib import Path


def append(file: FileIO, data: bytes) -> None:
    """Write bytes at the end of an unbuffered file."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]
    os.fsync(file.fileno())


def sync(path: Path) -> None:
    """Wait until all that was written to a file is there."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def publish(finished: Path, output: Path) -> None:
    """Give a finished file its name at one stroke; a file of that name is replaced."""
    finished.replace(output)
    if sys.platform != "win32":
        # The new name is an entry of the folder, which has to be on disk as well.
        folder = os.open(output.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
