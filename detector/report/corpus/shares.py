"""A share of articles with its interval, and shares by group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from detector.reference import wilson


@dataclass(frozen=True)
class Share:
    """How many of `n` articles are flagged, with the 95 % Wilson interval of the share; of none it is 0 to 1."""

    name: str
    hits: int
    n: int

    @property
    def share(self) -> float:
        """Hits among n, 0 where n is 0."""
        return self.hits / self.n if self.n else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The Wilson interval."""
        return wilson(self.hits, self.n)


@dataclass(frozen=True)
class Level:
    """The share of articles with a p-value of at most `max_fpr`, which is at most the share expected of humans."""

    max_fpr: float
    flagged: Share


@dataclass(frozen=True)
class Groups:
    """Shares by the values of a column: the groups shown, the sum of the `others` left out, rows without a value.

    `unit` is day, month or year where the column is a time: then the groups are periods in their order, without a gap.
    """

    column: str
    shown: tuple[Share, ...]
    others: Share | None
    missing: int
    unit: str | None = None


def by_value(column: str, values: Sequence[str | None], flagged: np.ndarray, judged: np.ndarray, most: int) -> Groups:
    """Shares of the judged articles by value, the `most` with the highest lower bounds.

    Sorted by the lower end of the interval, so that a group of three articles does not stand above one of a thousand.
    """
    counts = count(values, flagged, judged)
    missing = counts.pop(None, (0, 0))[1]
    every = [Share(str(name), hits, n) for name, (hits, n) in counts.items() if n]
    every.sort(key=lambda one: (-one.interval[0], -one.n, one.name))
    rest = every[most:]
    others = Share(f"{len(rest):,} others", *_sum(rest)) if rest else None
    return Groups(column, tuple(every[:most]), others, missing)


def count(values: Iterable[str | None], flagged: np.ndarray, judged: np.ndarray) -> dict[str | None, tuple[int, int]]:
    """Flagged and judged articles of each value."""
    found: dict[str | None, list[int]] = {}
    for value, hit, told in zip(values, flagged.tolist(), judged.tolist()):
        one = found.setdefault(value, [0, 0])
        one[0] += hit
        one[1] += told
    return {value: (hits, n) for value, (hits, n) in found.items()}


def _sum(groups: Iterable[Share]) -> tuple[int, int]:
    parts = list(groups)
    return sum(one.hits for one in parts), sum(one.n for one in parts)
