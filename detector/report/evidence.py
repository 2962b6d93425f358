"""Evidence: a passage behind a score, and the sequence of all passages of an article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple, overload

import numpy as np


class Evidence(NamedTuple):
    """A passage that a feature counted: `start` and `end` are code points of the caller's text.

    `contribution` is the passage's share in the log-odds, in comparison with an average human article: negative where
    it speaks for a human.  `base_rate` is the share of human articles with at least as much of the feature (at most as
    much, where there is less of it than usual); None where the passage is the wording of a whole sentence.
    """

    feature: str
    family: str
    message: str
    start: int
    end: int
    text: str
    contribution: float
    base_rate: float | None


class Told(NamedTuple):
    """What all passages of one feature in an article have in common."""

    feature: str
    family: str
    message: str
    base_rate: float | None


class Passages(Sequence[Evidence]):
    """The passages of an article in order, as a tuple of Evidence is, equal to one and pickled as one.

    Those come first that speak most for a machine.  There are over a thousand, and most readers look at a few: kept are
    arrays of their places, of their contributions and of the number in `told` of what is told of each.  They are put in
    order, and the objects made, when the first one is read.
    """

    def __init__(
        self, source: str, start: np.ndarray, end: np.ndarray, contribution: np.ndarray, number: np.ndarray,
        told: list[Told],
    ) -> None:  # fmt: skip
        self._source, self._told = source, told
        self._arrays = start, end, contribution, number

    @cached_property
    def _made(self) -> tuple[Evidence, ...]:
        return tuple(map(Evidence._make, self._rows()))

    def as_dicts(self) -> list[dict[str, Any]]:
        """Every passage as a plain dictionary, for tables: no object is made or kept."""
        return [dict(zip(Evidence._fields, one, strict=True)) for one in self._rows()]

    def _rows(self) -> Iterable[tuple[Any, ...]]:
        """The fields of each passage, in order."""
        start, _, contribution, number = self._arrays
        if not len(number):
            return []
        place = {name: at for at, name in enumerate(sorted({one.feature for one in self._told}))}
        alphabetical = np.array([place[one.feature] for one in self._told], np.int64).take(number)
        order = np.lexsort((alphabetical, start, -contribution))
        first, last, part, numbers = (some.take(order).tolist() for some in self._arrays)
        texts = [self._source[a:b] for a, b in zip(first, last, strict=True)]
        names, families, messages, rates = zip(*[self._told[at] for at in numbers], strict=True)
        return zip(names, families, messages, first, last, texts, part, rates, strict=True)

    @overload
    def __getitem__(self, at: int) -> Evidence: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Evidence, ...]: ...

    def __getitem__(self, at: int | slice) -> Evidence | tuple[Evidence, ...]:
        return self._made[at]

    def __len__(self) -> int:
        return len(self._arrays[0])

    def __iter__(self) -> Iterator[Evidence]:
        return iter(self._made)

    def __eq__(self, other: object) -> bool:
        return self._made == tuple(other) if isinstance(other, (tuple, Passages)) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._made)

    def __repr__(self) -> str:
        return repr(self._made)

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (self._made,)
