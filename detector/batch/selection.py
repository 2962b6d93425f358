"""What a run reads and how it is told: the inputs, which of their articles are scored, and which columns come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from detector.batch.readers import Columns, read
from detector.batch.records import Record
from detector.batch.rows import row_names
from detector.estimator import check_rate

if TYPE_CHECKING:
    from random import Random


@dataclass(frozen=True)
class Selection:
    """The articles of some paths, and what is wanted of each.

    `kind` and `columns` say how the paths are read (see `detector.batch.readers`).  `limit` takes the first articles
    only, `sample` as many at random, by `seed`.  Rows are flagged at `max_fpr`; `where_flagged` leaves the others out,
    and those that failed too; `explain` adds the passages behind each score.  Raises `ValueError` for a value that
    makes no sense.
    """

    paths: Sequence[str]
    kind: str = "auto"
    columns: Columns = Columns()  # noqa: RUF009 - frozen
    limit: int | None = None
    sample: int | None = None
    seed: int = 0
    max_fpr: float = 0.01
    explain: bool = False
    where_flagged: bool = False

    def __post_init__(self) -> None:
        check_rate(self.max_fpr)
        for name in ("limit", "sample"):
            number = getattr(self, name)
            if number is not None and number < 1:
                raise ValueError(f"{name} is {number}; it must be at least 1")
        if self.columns.keep is True:
            raise ValueError("the columns to keep must be named: a table's columns are known before it is read")
        row_names(self.keep, self.explain)

    @property
    def keep(self) -> tuple[str, ...]:
        """The input columns that go along into the output."""
        return () if self.columns.keep is True else self.columns.keep

    @property
    def names(self) -> tuple[str, ...]:
        """The columns of the output."""
        return row_names(self.keep, self.explain)

    def records(self) -> Iterator[Record]:
        """The articles in the order of the input."""
        stream = islice(read(self.paths, self.kind, self.columns), self.limit)
        if self.sample is None:
            return stream
        from random import Random

        return _sample(stream, self.sample, Random(self.seed))  # noqa: S311 - no secret


def _sample(records: Iterable[Record], size: int, chance: Random) -> Iterator[Record]:
    """Some records, each as likely as any other, in their order; no more of them are in memory (Vitter 1985).

    >>> from random import Random
    >>> [one.id for one in _sample(map(Record, "abcdefgh"), 3, Random(1))]
    ['f', 'g', 'h']
    """
    chosen: list[tuple[int, Record]] = []
    for number, record in enumerate(records):
        if number < size:
            chosen.append((number, record))
        elif (place := chance.randrange(number + 1)) < size:
            chosen[place] = (number, record)
    return (record for _, record in sorted(chosen, key=lambda one: one[0]))
