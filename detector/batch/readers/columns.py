"""Which columns of a row hold the text, the id, the headline and the date, and the record that they make."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from detector.batch.records import Record

TEXT = ("text", "body", "content", "article")
"""Where the text of an article is looked for, in this order."""

ID = ("id", "url")
HEADLINE = ("title", "headline")
PUBLISHED = ("published", "date")


@dataclass(frozen=True)
class Columns:
    """Names of the columns that are read; None is a guess: the first of TEXT, ID, HEADLINE or PUBLISHED that is there.

    `keep` names other columns that go along into `Record.kept`; True keeps all but the text and the id.
    """

    text: str | None = None
    id: str | None = None
    headline: str | None = None
    published: str | None = None
    keep: tuple[str, ...] | Literal[True] = ()
