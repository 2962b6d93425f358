"""WARC archives of a crawl: one article a page that was fetched with success."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from email.message import Message
from typing import TYPE_CHECKING, Any

from detector.batch.readers.columns import Columns
from detector.batch.readers.html import LIMIT, TOO_LONG, article
from detector.batch.readers.streams import BrokenInputError, opened
from detector.batch.records import Record

if TYPE_CHECKING:
    from warcio.archiveiterator import ArchiveIterator

_TYPES = ("text/html", "application/xhtml+xml")
_PLAIN = ("", "identity", "none")
_SUCCESS = "2"

_GZIP = (zlib.MAX_WBITS | 16,)
_WINDOWS = {"gzip": _GZIP, "x-gzip": _GZIP, "deflate": (zlib.MAX_WBITS, -zlib.MAX_WBITS)}
"""Encodings of content with what zlib calls them; servers send deflate with and without its header."""


def records(path: str, columns: Columns) -> Iterator[Record]:
    """The articles of HTML responses; their id is the address that was fetched.

    Other records, other types of content and pages that the server did not deliver (status 301, 404 and the like)
    hold no article and are passed over.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed
    from warcio.statusandheaders import StatusAndHeadersParserException

    with opened(path) as stream:
        # warcio would write to standard error where a record is longer or shorter than it says; `_page` tells of it.
        archive = ArchiveIterator(stream)
        archive.INC_RECORD = ""
        number = 0
        try:
            for found in archive:
                number += 1
                if _is_page(found):
                    yield _page(archive, found, f"{path}:{number}")
        except (ArchiveLoadFailed, StatusAndHeadersParserException):
            raise BrokenInputError(f"is no WARC archive from record {number + 1:,} on") from None


def _is_page(found: Any) -> bool:
    headers = found.http_headers
    if found.rec_type != "response" or headers is None or not (headers.get_statuscode() or "").startswith(_SUCCESS):
        return False
    return _content_type(headers).get_content_type() in _TYPES


def _content_type(headers: Any) -> Message:
    message = Message()
    message["Content-Type"] = headers.get_header("Content-Type") or "application/octet-stream"
    return message


def _page(archive: ArchiveIterator, found: Any, place: str) -> Record:
    url = found.rec_headers.get_header("WARC-Target-URI") or found.rec_headers.get_header("uri")
    wrong_before = archive.err_count
    try:
        data = _content(found)
    except BrokenInputError as error:
        return Record(url or place, error=str(error))
    archive.read_to_end(found)
    if archive.err_count > wrong_before:
        return Record(url or place, error="the archive's record is not as long as it says")
    if getattr(found.raw_stream, "limit", 0) > 0:
        return Record(url or place, error="the archive breaks off inside this page")
    return article(data, url or place, url, _content_type(found.http_headers).get_content_charset())


def _content(found: Any) -> bytes:
    """The page as its server made it, without the encodings of its transport."""
    from warcio.bufferedreaders import ChunkedDataReader

    headers, stream = found.http_headers, found.raw_stream
    if (headers.get_header("Transfer-Encoding") or "").lower() == "chunked":
        stream = ChunkedDataReader(stream)
    data: bytes = stream.read(LIMIT + 1)
    if len(data) <= LIMIT:
        data = _unpacked(data, (headers.get_header("Content-Encoding") or "").lower().strip())
    if len(data) > LIMIT:
        raise BrokenInputError(TOO_LONG)
    return data


def _unpacked(data: bytes, encoding: str) -> bytes:
    """Data without their compression; many archives hold pages unpacked already and still name it."""
    if encoding in _PLAIN or data.lstrip()[:1] == b"<":
        return data
    if encoding not in _WINDOWS:
        raise BrokenInputError(f"the page is compressed as {encoding}, which is not read")
    for window in _WINDOWS[encoding]:
        unpacker = zlib.decompressobj(window)
        try:
            page = unpacker.decompress(data, LIMIT + 1)
        except zlib.error:
            continue
        if unpacker.eof or len(page) > LIMIT:
            return page
        raise BrokenInputError("the page's compressed data end too early")
    raise BrokenInputError("the page's compressed data are corrupt")
