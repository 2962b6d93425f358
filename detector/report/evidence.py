"""Evidence: a passage behind a score, and the sequence of all passages of an article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    """The passages of an article as a tuple of Evidence, equal to one and pickled as one.

    An article has over a thousand, and most readers look at a few.  So they are kept as arrays of places and
    contributions beside what is told of each, and the objects are made when the first one is read.
    """

    def __init__(
        self, source: str, start: np.ndarray, end: np.ndarray, contribution: np.ndarray, told: list[Told]
    ) -> None:
        self._source, self._told = source, told
        self._start, self._end, self._contribution = start, end, contribution

    @cached_property
    def _made(self) -> tuple[Evidence, ...]:
        numbers = zip(*(some.tolist() for some in (self._start, self._end, self._contribution)), strict=True)
        return tuple(
            Evidence(feature, family, message, start, end, self._source[start:end], contribution, rate)
            for (feature, family, message, rate), (start, end, contribution) in zip(self._told, numbers, strict=True)
        )

    @overload
    def __getitem__(self, at: int) -> Evidence: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Evidence, ...]: ...

    def __getitem__(self, at: int | slice) -> Evidence | tuple[Evidence, ...]:
        return self._made[at]

    def __len__(self) -> int:
        return len(self._told)

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
