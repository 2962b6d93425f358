"""The members of a gzip file: archives compress each record on its own, so what is corrupt costs that record alone."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO

from detector.batch.readers.streams import PACKED, BrokenInputError

_MAGIC = PACKED[".gz"] + b"\x08"
_CHUNK = 2**16
_HEADER = 1024
_GZIP = zlib.MAX_WBITS | 16


class Part:
    """Bytes that were read already, and the rest of a file."""

    def __init__(self, data: bytes, file: BinaryIO) -> None:
        self.data, self.file = data, file

    def read(self, size: int) -> bytes:
        """At most so many bytes; none at the end."""
        data, self.data = self.data[:size], self.data[size:]
        return data or self.file.read(size)

    def following(self, start: bytes) -> bytes:
        """Nothing comes after a file that is no gzip file."""
        return b""


class Member(Part):
    """One member of a gzip file, unpacked; raises `zlib.error` or `BrokenInputError` where it is corrupt or cut off."""

    def __init__(self, data: bytes, file: BinaryIO) -> None:
        super().__init__(data, file)
        self.unpacker = zlib.decompressobj(_GZIP)
        self.chunk, self.searched = data, 1

    def read(self, size: int) -> bytes:
        """At most so many bytes; none at the end of the member."""
        # At its end zlib gives the bytes behind it as an unconsumed tail too, and would add them to `unused_data` again.
        while not self.unpacker.eof:
            unpacked = self.unpacker.decompress(self.data, size)
            self.data = self.unpacker.unconsumed_tail
            if unpacked:
                return unpacked
            if not self.data and not self.unpacker.eof:
                self.data = self.chunk = self.file.read(_CHUNK)
                self.searched = 0
                if not self.data:
                    raise BrokenInputError("is not whole: its compressed data end too early")
        return b""

    def following(self, start: bytes) -> bytes:
        """The bytes after a member that was read to its end; else those from the next that unpacks to such a start."""
        if self.unpacker.eof:
            return self.unpacker.unused_data
        data = self.chunk[self.searched :]
        while data:
            at = data.find(_MAGIC)
            if at < 0:
                more = self.file.read(_CHUNK)
                data = data[1 - len(_MAGIC) :] + more if more else b""
                continue
            if len(data) - at < _HEADER:
                data += self.file.read(_CHUNK)
            if _begins(data[at : at + _HEADER], start):
                return data[at:]
            data = data[at + 1 :]
        return b""


def _begins(data: bytes, start: bytes) -> bool:
    try:
        return zlib.decompressobj(_GZIP).decompress(data, len(start)) == start
    except zlib.error:
        return False


def members(file: BinaryIO, start: bytes) -> Iterator[Part]:
    """The parts of a file that is compressed record by record, or the file itself where it is not compressed.

    Each must be read to its end or to its error.  After an error the next part is the next member that unpacks to
    `start`.
    """
    data = file.read(_CHUNK)
    while data:
        part = (Member if data.startswith(_MAGIC) else Part)(data, file)
        yield part
        # Some programs fill the space behind a member with zeros.
        data = part.following(start).lstrip(b"\0") or file.read(_CHUNK).lstrip(b"\0")
