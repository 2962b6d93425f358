"""Article: one text as the consistency checks read it, with its sentences and whatever several checks need."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

import numpy as np

from detector.batchtext import Batch

Span = tuple[int, int]
_T = TypeVar("_T")


@dataclass(frozen=True, eq=False)
class Article:
    """A text as it was given; every place is a code point of it, `sentences` are (start, end) in order.

    `published` is the day of publication, None where the caller does not know it.
    """

    text: str
    sentences: tuple[Span, ...]
    published: date | None = None
    _kept: dict[Callable, Any] = field(default_factory=dict, repr=False, init=False)

    @staticmethod
    def of(text: str, published: date | None = None) -> Article:
        """The article of a text, with the sentences that every other feature sees."""
        [article] = articles(Batch.from_texts([text]), np.zeros(1, int))
        return replace(article, published=published)

    def keep(self, make: Callable[[Article], _T]) -> _T:
        """What `make` gives for this article, made once: dates, names or quotations that several checks need."""
        if make not in self._kept:
            self._kept[make] = make(self)
        return self._kept[make]

    def sentence_number(self, place: int) -> int:
        """The number of the sentence in which a place lies, or that stands before it."""
        return max(0, bisect_right(self.sentences, (place, len(self.text))) - 1)

    def sentence_of(self, place: int) -> Span:
        """The sentence in which a place lies, or that stands before it."""
        return self.sentences[self.sentence_number(place)]


def articles(batch: Batch, rows: np.ndarray) -> Iterator[Article]:
    """The articles of some rows of a batch."""
    points, starts = batch.tokens.points, batch.tokens.starts
    ends = np.append(starts[1:] - 1, len(points))
    for row in rows.tolist():
        text = points[starts[row] : ends[row]].astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
        mine = slice(*np.searchsorted(batch.sentence_article, [row, row + 1]))
        full = np.flatnonzero(batch.sentence_words[mine] > 0)
        first, last = batch.spans(batch.sentence_first[mine][full], batch.sentence_last[mine][full])
        yield Article(text, tuple(zip(first.tolist(), last.tolist(), strict=True)) or ((0, len(text)),))
