"""JSON Lines: one object a row, lists as lists, null for what is not there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from detector.batch.plain import json_line


class JsonLinesWriter:
    """Rows as JSON Lines in UTF-8."""

    head = b""

    def encode(self, rows: Sequence[Mapping[str, Any]]) -> bytes:
        """One line a row."""
        return b"".join(map(json_line, rows))

    def finish(self, collected: Path) -> Path:
        """The collected lines are the output."""
        return collected
