"""HTML pages: the text of the article in one, without navigation, comments and the rest."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

from detector.batch.readers.columns import Columns
from detector.batch.readers.streams import MARKS, opened
from detector.batch.records import Record

LIMIT = 8 * 2**20
"""Bytes of a page from which on it is an error: one of 20 MB takes trafilatura 38 s and 600 MB of memory."""

TOO_LONG = f"is a page longer than {LIMIT // 2**20} MB"

# Of a page without an article trafilatura gives its menus and links: many lines, but no paragraph.
_PARAGRAPH = 20
_NO_ARTICLE = "the page holds no article"

_OPTIONS: dict[str, Any] = {
    "include_comments": False,
    "with_metadata": True,
    # Without a latest date of our own it would be today: the same page would be read differently tomorrow.
    "date_extraction_params": {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"},
}
_CHARSET = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_HEAD = 4096


def records(path: str, columns: Columns) -> Iterator[Record]:
    """The one article of a page; its id is the file's name."""
    with opened(path) as stream:
        data = stream.read(LIMIT + 1)
    yield Record(path, error=TOO_LONG) if len(data) > LIMIT else article(data, path)


def article(data: bytes, name: str, url: str | None = None, charset: str | None = None) -> Record:
    """The article of a page that was fetched from `url`; `charset` is the encoding that its server named."""
    from trafilatura import bare_extraction

    _quieten()
    page = decoded(data, charset)
    try:
        found = bare_extraction(page, url=url, **_OPTIONS)
    except Exception as error:  # noqa: BLE001 - a page that an HTML library fails on must not end the run
        return Record(name, error=f"the page cannot be read: {type(error).__name__}")
    if found is None:
        return Record(name, error=_NO_ARTICLE)
    text, headline = (found.text or "").strip(), (found.title or "").strip() or None
    first, _, rest = text.partition("\n")
    text = rest.strip() if first.strip() == headline else text
    if not any(len(line.split()) >= _PARAGRAPH for line in text.splitlines()):
        return Record(name, error=_NO_ARTICLE, headline=headline)
    return Record(name, text, headline=headline, published=_stated(found.date, page, url))


def _stated(date: str | None, page: str, url: str | None) -> str | None:
    """A date that the page or its address states in figures; one that was put together from its prose may be any."""
    places = (page, url or "")
    forms = (date, date.replace("-", "/")) if date else ()
    return date if any(form in place for form in forms for place in places) else None


def decoded(data: bytes, charset: str | None = None) -> str:
    """A page as text: by its mark, as UTF-8 if it is, else as its server or the page itself says, else Windows-1252.

    >>> decoded('<meta charset="iso-8859-2"> Łódź'.encode("iso-8859-2")), decoded("café".encode("cp1252"))
    ('<meta charset="iso-8859-2"> Łódź', 'café')
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    meta = _CHARSET.search(data, 0, _HEAD)
    said = [name for name in (charset, meta.group(1).decode("ascii", "replace") if meta else None) if name]
    for encoding in ("utf-8", *said):
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeError):  # noqa: PERF203 - at most three rounds
            continue
    return data.decode("utf-8" if "utf-8" in (name.lower() for name in said) else "cp1252", "replace")


def _quieten() -> None:
    """A warning for each page that holds no article would fill the terminal; who sets up logging still gets them."""
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
