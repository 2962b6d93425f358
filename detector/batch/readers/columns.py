"""Which columns of a row hold the text, the id, the headline and the date, and the record that they make."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

from detector.batch.readers.streams import NO_ENCODING, decode
from detector.batch.records import Record

TEXT = ("text", "body", "content", "article")
"""Where the text of an article is looked for, in this order."""

ID = ("id", "url")
HEADLINE = ("title", "headline")
PUBLISHED = ("published", "date")

_SHOWN, _WIDTH = 8, 40

Keep: TypeAlias = tuple[str, ...] | Literal[True]


@dataclass(frozen=True)
class Columns:
    """Names of the columns that are read; None is a guess: the first of TEXT, ID, HEADLINE or PUBLISHED that is there.

    `keep` names columns that go along into `Record.kept`, None where a row of JSON Lines has no such column; True keeps
    all but the text and the id.
    """

    text: str | None = None
    id: str | None = None
    headline: str | None = None
    published: str | None = None
    keep: Keep = ()


def record(row: Mapping[str, Any], columns: Columns, place: str, where: str) -> Record:
    """The record of a row; `place` is its id if it has none, `where` names it in an error."""
    wanted = (columns.text,) if columns.text else TEXT
    key = next((key for key in wanted if key in row), None)
    named, own = _own(row, columns)
    about: dict[str, Any] = {
        "id": place if own is None else own,
        "headline": _told(row, columns.headline, HEADLINE),
        "published": _told(row, columns.published, PUBLISHED),
        "kept": _kept(row, columns.keep, (key, named)) if columns.keep else {},
    }
    if key is None:
        return Record(**about, error=f"{where} has no {' or '.join(wanted)}")
    value = row[key]
    if isinstance(value, bytes):
        try:
            value = decode(value)
        except UnicodeError:
            return Record(**about, error=f"{where}: {key} {NO_ENCODING}")
    if not isinstance(value, str):
        return Record(**about, error=f"{where}: {key} is {_type(value)}, not a string")
    return Record(**about, text=value)


def missing(columns: Columns, names: Collection[str]) -> str | None:
    """What a table with columns of these names lacks, as the rest of a sentence; None if nothing."""
    shown = ", ".join(name[:_WIDTH] for name in list(names)[:_SHOWN])
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    kept = () if columns.keep is True else columns.keep
    for name in (columns.text, columns.id, columns.headline, columns.published, *kept):
        if name is not None and name not in names:
            return f"has no column {name}; its columns are {shown}{more}"
    if columns.text is None and not any(name in names for name in TEXT):
        return f"has no column {' or '.join(TEXT)}; its columns are {shown}{more}"
    return None


def needed(columns: Columns, names: Collection[str]) -> list[str]:
    """Those of the names that `record` looks at, in their order.

    >>> needed(Columns(headline="kicker", keep=("site",)), ["site", "kicker", "title", "html", "body", "text", "id"])
    ['site', 'kicker', 'text', 'id']
    """
    if columns.keep is True:
        return list(names)
    text = columns.text or next((name for name in TEXT if name in names), None)
    guessed = ((columns.id, ID), (columns.headline, HEADLINE), (columns.published, PUBLISHED))
    looked = {text, *columns.keep}.union(*((named,) if named else guess for named, guess in guessed))
    return [name for name in names if name in looked]


def _own(row: Mapping[str, Any], columns: Columns) -> tuple[str | None, str | None]:
    """The column of the id and the id; an integer may come as a float, from a column that has gaps."""
    for key in (columns.id,) if columns.id else ID:
        value = row.get(key)
        if value is None:  # as most tables lack most of these columns
            continue
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and value != "":
            return key, str(value)
    return None, None


def _told(row: Mapping[str, Any], named: str | None, guesses: tuple[str, ...]) -> str | None:
    for key in (named,) if named else guesses:
        value = row.get(key)
        if value is None:
            continue
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, (str, int)) and not isinstance(value, bool) and value != "":
            return str(value)
    return None


def _kept(row: Mapping[str, Any], keep: Keep, used: tuple[str | None, ...]) -> dict[str, Any]:
    if keep is True:
        return {name: value for name, value in row.items() if name not in used}
    return {name: row.get(name) for name in keep}


def _type(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, (dict, list)):
        return "an object" if isinstance(value, dict) else "an array"
    return "a date" if isinstance(value, date) else "a number"
