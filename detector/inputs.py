"""Articles from files, folders and standard input: plain text, and JSON Lines with one article a line.

Whatever cannot be read becomes an article with an `error`, so that one bad input never stops the others.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

JSON_LINES = (".jsonl", ".ndjson")
IN_FOLDERS = (".txt", *JSON_LINES)
OTHER = (".csv", ".tsv", ".json", ".html", ".htm", ".xml")
"""Endings of files that hold more than the text of an article: as one text they would get a verdict on their markup."""

TEXT_COLUMNS = ("text", "body", "content", "article")
"""Where the text of a JSON Lines article is looked for, in this order."""

HEADLINE_COLUMNS = ("title", "headline")
"""Where its headline is looked for."""

FORMATS = ("auto", "text", "jsonl")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins with the mark of UTF-16, so it comes first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class Article:
    """A text and the name it goes by in the output, or the reason why there is no text."""

    id: str
    text: str = ""
    error: str | None = None
    headline: str | None = None


def read(paths: Iterable[str], kind: str = "auto", column: str | None = None) -> Iterator[Article]:
    """The articles of files, folders and standard input ("-"), in the order given.

    `kind` is one of FORMATS; "auto" takes files that end in JSON_LINES as such, refuses those that end in OTHER, and
    takes all else, standard input too, as one text each.  `column` names the text in JSON Lines; without it, it is the
    first of TEXT_COLUMNS that a line has.
    """
    for path in paths:
        if path not in ("-", "") and Path(path).is_dir():
            yield from _folder(Path(path), kind, column)
        else:
            yield from _file(path, kind, column)


def _folder(folder: Path, kind: str, column: str | None) -> Iterator[Article]:
    inside = sorted(path for path in folder.rglob("*") if path.suffix.lower() in IN_FOLDERS and path.is_file())
    if not inside:
        yield Article(str(folder), error=f"the folder holds no {', '.join(IN_FOLDERS)} file")
    for path in inside:
        yield from _file(str(path), kind, column)


def _file(path: str, kind: str, column: str | None) -> Iterator[Article]:
    if kind == "auto" and path.lower().endswith(OTHER) and Path(path).exists():
        yield Article(path, error="is neither plain text nor JSON Lines (--format text takes it as one text)")
        return
    lines = kind == "jsonl" or (kind == "auto" and path.lower().endswith(JSON_LINES))
    try:
        # By its number, standard input gives an OSError where it is closed; a Path would make "" the current folder.
        with open(0 if path == "-" else path, "rb", closefd=path != "-") as stream:
            yield from _articles(path, stream, lines, column)
    except FileNotFoundError:
        yield Article(path, error="there is no such file or folder")
    except (OSError, UnicodeError) as error:
        yield Article(path, error=_reason(error))


def _reason(error: OSError | UnicodeError) -> str:
    if isinstance(error, OSError):
        return f"cannot be read: {error.strerror or error}"
    return "is neither UTF-8, nor UTF-16 with its mark, nor Windows-1252 text"


def _articles(name: str, stream: BinaryIO, lines: bool, column: str | None) -> Iterator[Article]:
    if not lines:
        yield Article(name, decode(stream.read()))
        return
    for number, raw in _numbered(stream):
        if raw.strip():
            yield _article(name, number, raw, column)


def _numbered(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Lines as bytes, counted from 1; a file in UTF-16 or UTF-32 is brought into UTF-8 first."""
    for number, raw in enumerate(stream, 1):
        wide = next((encoding for mark, encoding in _MARKS[1:] if number == 1 and raw.startswith(mark)), None)
        if wide is None:
            yield number, raw
            continue
        text = (raw + stream.read()).decode(wide)
        yield from enumerate(text.encode("utf-8", "surrogatepass").split(b"\n"), 1)
        return


def _article(name: str, number: int, raw: bytes, column: str | None) -> Article:
    """The article of one line."""
    place = f"{name}:{number}"
    try:
        row = json.loads(decode(raw))
    except UnicodeError as error:
        return Article(place, error=f"line {number} {_reason(error)}")
    except json.JSONDecodeError as error:
        what = error.msg.removesuffix(" at")
        return Article(place, error=f"line {number} is broken JSON: {what} at column {error.colno}")
    except (ValueError, RecursionError):
        # A number of thousands of digits, or brackets nested as deep.
        return Article(place, error=f"line {number} is JSON beyond what can be read")
    if not isinstance(row, dict):
        return Article(place, error=f"line {number} is no JSON object")
    own = next((str(row[key]) for key in ("id", "url") if _is_name(row.get(key))), place)
    wanted = (column,) if column else TEXT_COLUMNS
    key = next((key for key in wanted if key in row), None)
    if key is None:
        return Article(own, error=f"line {number} has no {' or '.join(wanted)}")
    if not isinstance(row[key], str):
        return Article(own, error=f"line {number}: {key} is {_json_type(row[key])}, not a string")
    headline = next((row[name] for name in HEADLINE_COLUMNS if isinstance(row.get(name), str)), None)
    return Article(own, row[key], headline=headline)


def _is_name(value: Any) -> bool:
    return isinstance(value, (str, int)) and not isinstance(value, bool) and value != ""


def _json_type(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, (dict, list)):
        return "an object" if isinstance(value, dict) else "an array"
    return "a number"


def decode(data: bytes) -> str:
    """Bytes as text: by its mark, else as UTF-8, else as Windows-1252 if that gives no control characters.

    Raises `UnicodeError` where none of these fits.

    >>> decode("naïve".encode()), decode("naïve “quotes”".encode("cp1252")), decode("naïve".encode("utf-16"))
    ('naïve', 'naïve “quotes”', 'naïve')
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    if any(c < " " and c not in "\t\n\r\f" for c in text):
        raise UnicodeError("control characters")
    return text
