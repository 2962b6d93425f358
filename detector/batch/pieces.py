"""Pieces of work: some articles in order, scored together in one process, and their rows as they go to disk."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from detector.batch.groups import groups
from detector.batch.records import Record
from detector.batch.rows import rows
from detector.batch.selection import Selection
from detector.batch.tally import Tally

if TYPE_CHECKING:
    from detector.batch.writers import Writer
    from detector.model import Detector

PIECE_RECORDS, PIECE_CHARACTERS = 512, 4_000_000
"""Articles and code points of a piece; what is lost with a run that is killed is less than one for each process."""


def pieces(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Records in pieces; the same records give the same pieces."""
    return groups(records, PIECE_RECORDS, PIECE_CHARACTERS)


_json = json.JSONEncoder(default=str).encode  # `json.dumps` would make an encoder for every article


def digest(piece: Iterable[Record]) -> str:
    """Changes with every character of what was read."""
    total = hashlib.sha256()
    for one in piece:
        about = [one.id, one.error, one.headline, one.published, dict(one.kept), len(one.text)]
        total.update(_json(about).encode())
        total.update(one.text.encode("utf-8", "surrogatepass"))
    return total.hexdigest()


@dataclass(frozen=True)
class Made:
    """The rows of a piece as bytes, their tally, and the digest of what was read."""

    data: bytes
    tally: Tally
    read: str


@dataclass(frozen=True)
class Rows:
    """A function of articles that every process can be sent: it gives their rows."""

    detector: Detector
    selection: Selection
    checked: bool = True  # searched for findings too

    def __call__(self, piece: list[Record]) -> list[dict[str, Any]]:
        """The rows of all articles, flagged or not."""
        one = self.selection
        asked: dict[str, Any] = {"keep": one.keep, "max_fpr": one.max_fpr, "explain": one.explain}
        return list(rows(self.detector, piece, checked=self.checked, **asked))


@dataclass(frozen=True)
class Scoring:
    """A function of a piece that every process can be sent: it scores the articles and encodes their rows."""

    rows: Rows
    writer: Writer

    def __call__(self, piece: list[Record]) -> Made:
        """The rows that are wanted of a piece, as bytes."""
        found = self.rows(piece)
        wanted = [row for row in found if row["flagged"]] if self.rows.selection.where_flagged else found
        return Made(self.writer.encode(wanted), Tally.of(found), digest(piece))
