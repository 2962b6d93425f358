"""The tally of a run: how many rows were scored, flagged, left without a verdict or failed, and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from detector.reference import TIERS


@dataclass
class Tally:
    """Counts over rows; tiers, reasons for no verdict and reasons for failing are counted by name."""

    rows: int = 0
    flagged: int = 0
    tiers: Counter[str] = field(default_factory=Counter)
    abstained: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, rows: list[dict[str, Any]]) -> Tally:
        """The tally of some rows."""
        tally = cls(len(rows))
        for row in rows:
            if row["error"]:
                tally.failed[_reason(row["error"])] += 1
            elif row["abstained"]:
                tally.abstained[row["abstained"].partition(":")[0]] += 1
            else:
                tally.tiers[row["tier"]] += 1
                tally.flagged += row["flagged"]
        return tally

    def add(self, other: Tally) -> None:
        """Count the rows of another tally too."""
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))

    def to_dict(self) -> dict[str, Any]:
        """Plain dictionaries and numbers, for the journal."""
        return {one.name: _own(getattr(self, one.name)) for one in fields(self)}

    @classmethod
    def from_dict(cls, known: Mapping[str, Any]) -> Tally:
        """What `to_dict` gave."""
        counts = (Counter(known[name]) for name in ("tiers", "abstained", "failed"))
        return cls(known["rows"], known["flagged"], *counts)

    @property
    def failures(self) -> int:
        """The number of rows with an error."""
        return self.failed.total()

    def lines(self, done: int, seconds: float) -> Iterator[str]:
        """The summary for a person, and how fast `done` of the rows went."""
        scored = self.rows - self.failures
        rate = f", {done / seconds:,.0f} a second" if done else ""
        yield f"{self.rows:,} articles: {scored:,} scored, {self.failures:,} failed{rate}"
        if scored:
            names = [*(name for name, _ in TIERS), "none"]
            yield "  tiers: " + ", ".join(f"{name} {self.tiers[name]:,}" for name in names)
            yield f"  flagged: {self.flagged:,}"
        for what, counts in (("no verdict", self.abstained), ("failed", self.failed)):
            for reason, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
                yield f"  {what}: {count:,} {reason}"


def _own(value: Any) -> Any:
    return dict(value) if isinstance(value, Counter) else value


def _reason(error: str) -> str:
    """An error without what only one row has: its numbers, so that equal errors are counted together.

    >>> _reason("line 12 is broken JSON: Expecting value at column 3")
    'line # is broken JSON: Expecting value at column #'
    """
    return re.sub(r"\d[\d,]*", "#", error)[:200]
