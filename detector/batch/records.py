"""One article as the readers give it: its text, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Record:
    """A text and the name it goes by in the output, or the `error` that stands in its place.

    `headline` and `published` are what the input says of the article, None where it says nothing.  `kept` holds other
    columns of the input, by name, where they were asked for.
    """

    id: str
    text: str = ""
    error: str | None = None
    headline: str | None = None
    published: str | None = None
    kept: Mapping[str, Any] = field(default_factory=dict)
