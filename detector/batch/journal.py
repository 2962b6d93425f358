"""The journal of a run: what it was asked to do, each piece of its output that lies safely on disk, and its end.

One line an entry, behind the checksum of the line; a line that power loss cut short does not count, nor does any behind
it.  The open journal is also the lock that keeps two runs from writing one output.
"""

from __future__ import annotations

import json
import os
import zlib
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import Any

from detector.batch.disk import append
from detector.batch.lock import lock


class Journal:
    """An open, locked journal and its `entries`; raises `LockedError` where another process has it open."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # Never truncated by opening: it may be another run's.
        self._file = FileIO(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666), "r+")
        try:
            lock(self._file)
        except BaseException:
            self._file.close()
            raise
        self.entries: list[dict[str, Any]] = []
        self._read()

    def _read(self) -> None:
        content, end = self._file.readall(), 0
        for line in content.splitlines(keepends=True):
            entry = _entry(line)
            if entry is None:
                break
            self.entries.append(entry)
            end += len(line)
        self._file.seek(end)
        if end < len(content):
            self._file.truncate()

    def add(self, entry: dict[str, Any]) -> None:
        """Append an entry; it is on disk when this returns."""
        append(self._file, _line(entry))
        self.entries.append(entry)

    def keep(self, count: int) -> None:
        """Forget all entries but the first `count`."""
        if count < len(self.entries):
            self._file.seek(sum(len(_line(entry)) for entry in self.entries[:count]))
            self._file.truncate()
            self.entries = self.entries[:count]

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()


def _line(entry: dict[str, Any]) -> bytes:
    content = json.dumps(entry, sort_keys=True).encode()
    return b"%08x %b\n" % (zlib.crc32(content), content)


def _entry(line: bytes) -> dict[str, Any] | None:
    """The entry of a line, None where its checksum does not fit.

    >>> _entry(_line({"rows": 3})), _entry(_line({"rows": 3})[:-2])
    ({'rows': 3}, None)
    """
    checksum, _, content = line.partition(b" ")
    if not line.endswith(b"\n") or checksum != b"%08x" % zlib.crc32(content[:-1]):
        return None
    entry: dict[str, Any] = json.loads(content)
    return entry
