"""WARC archives of a crawl: one article a page that was fetched with success."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from email.message import Message
from typing import Any

from detector.batch.readers.columns import Columns
from detector.batch.readers.html import LIMIT, TOO_LONG, article
from detector.batch.readers.members import Part, members
from detector.batch.readers.streams import BrokenInputError, opened
from detector.batch.records import Record

_TYPES = ("text/html", "application/xhtml+xml")
_PLAIN = ("", "identity", "none")
_SUCCESS = "2"
_START = b"WARC/"
_LINE = 2**16

_GZIP = (zlib.MAX_WBITS | 16,)
_WINDOWS = {"gzip": _GZIP, "x-gzip": _GZIP, "deflate": (zlib.MAX_WBITS, -zlib.MAX_WBITS)}
"""Encodings of content with what zlib calls them; servers send deflate with and without its header."""


def records(path: str, columns: Columns) -> Iterator[Record]:
    """The articles of HTML responses; their id is the address that was fetched.

    Other records, other types of content and pages that the server did not deliver (status 301, 404 and the like)
    hold no article and are passed over.  What is corrupt is one error, and reading goes on behind it.
    """
    with opened(path, packed=".gz") as stream:
        number = 0
        for part in members(stream, _START):
            archive: _Archive | None = _Archive(part, path, number)
            while archive is not None:
                yield from archive.records()
                number, archive = archive.number, archive.resumed()


class _Archive:
    """A run of records up to its end or to the first that cannot be parsed."""

    def __init__(self, stream: Any, path: str, number: int) -> None:
        from warcio.archiveiterator import WARCIterator

        self.iterator = WARCIterator(stream)
        # warcio would write to standard error of a record that is longer or shorter than it says; `_wrong` tells it.
        self.iterator.INC_RECORD = ""
        self.path, self.number, self.lost = path, number, False

    def records(self) -> Iterator[Record]:
        """The articles, and what is wrong in between and at the end."""
        try:
            for found in self.iterator:
                self.number += 1
                place = f"{self.path}:{self.number}"
                yield from self._record(found, found.rec_headers.get_header("WARC-Target-URI") or place)
        except (zlib.error, BrokenInputError):
            yield Record(self._next(), error="the archive is corrupt or cut off here")
        except Exception:  # noqa: BLE001 - warcio raises whatever it meets where headers are malformed
            self.lost = True
            yield Record(self._next(), error="no record of the archive begins here, where one should")

    def _next(self) -> str:
        self.number += 1
        return f"{self.path}:{self.number}"

    def _record(self, found: Any, name: str) -> Iterator[Record]:
        wrong_before = self.iterator.err_count
        # A page must be read before the iterator passes over what is left of its record.
        page = _content(found) if _is_page(found) else None
        self.iterator.read_to_end(found)
        if found.length is None or getattr(found.raw_stream, "limit", 0) > 0:
            yield Record(name, error="the archive breaks off inside this record")
        elif self.iterator.err_count > wrong_before:
            yield Record(name, error="the archive's record is not as long as it says")
        elif isinstance(page, str):
            yield Record(name, error=page)
        elif page is not None:
            yield article(page, name, name, _content_type(found.http_headers).get_content_charset())

    def resumed(self) -> _Archive | None:
        """What follows after a record that cannot be parsed, from the next line on that begins one."""
        reader = self.iterator.reader
        while self.lost and reader is not None:
            try:
                line = reader.readline(_LINE)
            except (zlib.error, BrokenInputError):
                return None
            if line.startswith(_START):
                return _Archive(Part(line, reader), self.path, self.number)
            self.lost = bool(line)
        return None


def _is_page(found: Any) -> bool:
    headers = found.http_headers
    if found.rec_type != "response" or headers is None or not (headers.get_statuscode() or "").startswith(_SUCCESS):
        return False
    return _content_type(headers).get_content_type() in _TYPES


def _content_type(headers: Any) -> Message:
    message = Message()
    message["Content-Type"] = headers.get_header("Content-Type") or "application/octet-stream"
    return message


def _content(found: Any) -> bytes | str:
    """The page as its server made it, without the encodings of its transport; or what is wrong with it."""
    from warcio.bufferedreaders import ChunkedDataReader

    headers, stream = found.http_headers, found.raw_stream
    if (headers.get_header("Transfer-Encoding") or "").lower() == "chunked":
        stream = ChunkedDataReader(stream)
    data: bytes = stream.read(LIMIT + 1)
    if len(data) > LIMIT:
        return TOO_LONG
    page = _unpacked(data, (headers.get_header("Content-Encoding") or "").lower().strip())
    return TOO_LONG if len(page) > LIMIT else page


def _unpacked(data: bytes, encoding: str) -> bytes | str:
    """Data without their compression, or what is wrong; many archives hold pages unpacked already and still name it."""
    if encoding in _PLAIN or data.lstrip()[:1] == b"<":
        return data
    if encoding not in _WINDOWS:
        return f"the page is compressed as {encoding}, which is not read"
    for window in _WINDOWS[encoding]:
        unpacker = zlib.decompressobj(window)
        try:
            page = unpacker.decompress(data, LIMIT + 1)
        except zlib.error:
            continue
        return page if unpacker.eof or len(page) > LIMIT else "the page's compressed data end too early"
    return "the page's compressed data are corrupt"
