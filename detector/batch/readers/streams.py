"""Files and standard input as bytes: opened, unpacked, cut into lines of bounded length, decoded."""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import Any, BinaryIO, cast

LIMIT = 64 * 2**20
"""Bytes of a line, a text file or a cell from which on it is an error instead of an article."""

TOO_LONG = f"is longer than {LIMIT // 2**20} MB"

PACKED = {".gz": b"\x1f\x8b", ".bz2": b"BZh", ".zst": b"\x28\xb5\x2f\xfd"}
"""Endings of compressed files, and the bytes that they begin with."""

_CHUNK = 2**16
# A few bytes of zstd can stand for megabytes: what is unpacked at a time stays below 64 MB.
_ZST_CHUNK = 2**11
# Files that were compressed with `zstd --long=31` need this; others take no more memory for it.
_ZST_WINDOW = 2**31

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins with the mark of UTF-16, so it comes first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks and the encodings that they announce."""


class BrokenInputError(Exception):
    """A file cannot be read (on): the rest of a sentence that begins with its name."""


@dataclass(frozen=True)
class TooLong:
    """A line beyond LIMIT, of which only its number of quotation marks is known."""

    quotes: int


class _Chunks(io.RawIOBase):
    """A stream of the bytes that an iterator gives."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self.chunks, self.rest = chunks, memoryview(b"")

    def readable(self) -> bool:
        """True: this is what the stream is for."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer as far as the next bytes go; 0 at the end."""
        while not self.rest:
            following = next(self.chunks, None)
            if following is None:
                return 0
            self.rest = memoryview(following)
        size = min(len(buffer), len(self.rest))
        buffer[:size], self.rest = self.rest[:size], self.rest[size:]
        return size


def _stream(chunks: Iterator[bytes]) -> BinaryIO:
    return io.BufferedReader(_Chunks(chunks), _CHUNK)


@contextmanager
def opened(path: str, packed: str | None = None) -> Iterator[BinaryIO]:
    """The bytes of a file, or of standard input ("-"); unpacked by its ending, standard input by its first bytes.

    What is `packed` in one way stays so.
    """
    # By its number, standard input gives an OSError where it is closed; a Path would make "" the current folder.
    with open(0 if path == "-" else path, "rb", closefd=path != "-") as file:
        if path == "-":
            start = file.peek(4)
            found = next((ending for ending, mark in PACKED.items() if start.startswith(mark)), None)
        else:
            found = packing(path)
        yield _unpacked(file, None if found == packed else found)


def packing(path: str) -> str | None:
    """The ending that says how a file is compressed.

    >>> packing("crawl.warc.GZ"), packing("article.txt")
    ('.gz', None)
    """
    return next((ending for ending in PACKED if path.lower().endswith(ending)), None)


def _unpacked(file: BinaryIO, packed: str | None) -> BinaryIO:
    if packed == ".gz":
        return cast(BinaryIO, gzip.GzipFile(fileobj=file))
    if packed == ".bz2":
        return cast(BinaryIO, bz2.BZ2File(file))
    return _stream(_zst(file)) if packed == ".zst" else file


def _zst(file: BinaryIO) -> Iterator[bytes]:
    """Unpacked frames; unlike zstandard's own reader it tells the end of a file from a file that breaks off."""
    import zstandard

    data, frame = file.read(_ZST_CHUNK), None
    try:
        while data:
            frame = frame or zstandard.ZstdDecompressor(max_window_size=_ZST_WINDOW).decompressobj()
            yield frame.decompress(data)
            data = b""
            if frame.eof:
                data, frame = frame.unused_data, None
            data = data or file.read(_ZST_CHUNK)
    except zstandard.ZstdError:
        raise BrokenInputError("holds corrupt compressed data") from None
    if frame is not None:
        raise EOFError


def lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | TooLong]]:
    """Lines with their numbers, from 1, as bytes in an encoding that keeps ASCII; what is in UTF-16 becomes UTF-8."""
    number = 0
    while raw := stream.readline(LIMIT + 1):
        number += 1
        wide = next((name for mark, name in MARKS[1:] if number == 1 and raw.startswith(mark)), None)
        if wide is not None:
            rest = iter(lambda: stream.read(_CHUNK), b"")
            yield from lines(_stream(_recoded(chain([raw], rest), wide)))
            return
        if len(raw) <= LIMIT:
            yield number, raw
        else:
            yield number, _passed(stream, raw)


def _passed(stream: BinaryIO, raw: bytes) -> TooLong:
    """The rest of a line is read and forgotten."""
    quotes = raw.count(b'"')
    while raw and not raw.endswith(b"\n"):
        raw = stream.readline(_CHUNK)
        quotes += raw.count(b'"')
    return TooLong(quotes)


def _recoded(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)()
    for chunk in chunks:
        yield decoder.decode(chunk).encode()
    yield decoder.decode(b"", final=True).encode()


def decode(data: bytes, marked: bool = True) -> str:
    """Bytes as text: by their mark, else as UTF-8, else as Windows-1252 if that gives no control characters.

    Raises `UnicodeError` where none of these fits.  Only the beginning of a file is `marked`.

    >>> decode("naïve".encode()), decode("naïve “quotes”".encode("cp1252")), decode("naïve".encode("utf-16"))
    ('naïve', 'naïve “quotes”', 'naïve')
    """
    for mark, encoding in MARKS:
        if marked and data.startswith(mark):
            return data.decode(encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    if any(c < " " and c not in "\t\n\r\f" for c in text):
        raise UnicodeError("control characters")
    return text


NO_ENCODING = "is neither UTF-8, nor UTF-16 with its mark, nor Windows-1252 text"
"""What is said of bytes that `decode` refuses."""
