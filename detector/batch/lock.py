"""A lock of the operating system on an open file: it ends with the process, however that ends."""

from __future__ import annotations

import sys
from io import FileIO


class LockedError(Exception):
    """Another process holds the lock."""


def lock(file: FileIO) -> None:
    """Lock an open file until it is closed; `LockedError` if another process has locked it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            # Windows keeps others from reading what is locked, so a byte far behind the end is.
            file.seek(2**30)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise LockedError from error
