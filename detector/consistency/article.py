"""Article: one text as the consistency checks read it, with its sentences and whatever several checks need."""

from __future__ import annotations

import weakref
from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from detector.batchtext import Batch
from detector.patterns import Pattern
from detector.tokens import distinct

Span = tuple[int, int]
_WORD = Pattern(r"\w+")
_T = TypeVar("_T")


class Article:
    """A text of a batch; every place is a code point of it.

    Nothing is read from the batch before it is asked for: of most articles the checks need a sentence or two.
    `published` is the day of publication and `headline` the headline, None where the caller does not know it.
    """

    def __init__(self, batch: Batch, row: int, published: date | None = None, headline: str | None = None) -> None:
        self._batch, self.row = batch, row
        self.published, self.headline = published, headline
        self._kept: dict[Callable, Any] = {}

    @staticmethod
    def of(text: str, published: date | None = None, headline: str | None = None) -> Article:
        """The article of a text, with the sentences that every other feature sees."""
        return Article(Batch.from_texts([text]), 0, published, headline)

    @cached_property
    def text(self) -> str:
        """The text as it was given."""
        points, starts = self._batch.tokens.points, self._batch.tokens.starts
        end = starts[self.row + 1] - 1 if self.row + 1 < len(starts) else len(points)
        return points[starts[self.row] : end].astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Start and end of each sentence that has a word, in order; the whole text if there is none."""
        first, last, bounds = self._batch.keep(_sentences)
        mine = slice(bounds[self.row], bounds[self.row + 1])
        return tuple(zip(first[mine], last[mine], strict=True)) or ((0, len(self.text)),)

    @cached_property
    def end(self) -> int:
        """The end of the last sentence: what the other features do not see behind it is not read."""
        _, last, bounds = self._batch.keep(_sentences)
        mine = bounds[self.row + 1]
        return last[mine - 1] if mine > bounds[self.row] else len(self.text)

    def keep(self, make: Callable[[Article], _T]) -> _T:
        """What `make` gives for this article, made once: dates, names or quotations that several checks need."""
        if make not in self._kept:
            self._kept[make] = make(self)
        return self._kept[make]

    def places(self, trigger: Callable[[Batch], np.ndarray]) -> list[int]:
        """Where the tokens of a trigger begin, in order."""
        tables = self._batch.keep(_tables)
        if trigger not in tables:
            tables[trigger] = _table(self._batch, self._batch.keep(trigger))
        places, bounds = tables[trigger]
        return places[bounds[self.row] : bounds[self.row + 1]]

    def words_at(self, trigger: Callable[[Batch], np.ndarray]) -> set[str]:
        """The words that the tokens of a trigger begin."""
        found = (_WORD.match(self.text, place) for place in self.places(trigger))
        return {one[0] for one in found if one}

    def sentences_of(self, trigger: Callable[[Batch], np.ndarray]) -> list[Span]:
        """The sentences in which the tokens of a trigger stand, in order, each cut after 1,500 characters."""
        found = (self.sentences[n] for n in sorted({self.sentence_number(place) for place in self.places(trigger)}))
        return [(start, min(end, start + 1500)) for start, end in found]

    def sentence_number(self, place: int) -> int:
        """The number of the sentence in which a place lies, or that stands before it."""
        return max(0, bisect_right(self.sentences, (place, len(self.text))) - 1)

    def sentence_of(self, place: int) -> Span:
        """The sentence in which a place lies, or that stands before it."""
        return self.sentences[self.sentence_number(place)]


def articles(batch: Batch, rows: np.ndarray) -> Iterator[Article]:
    """The articles of some rows of a batch, each made once: what one check has found out, the next need not."""
    made = batch.keep(_made)
    # The batch holds its articles: if they held it too, memory would grow until Python looks for circles.
    held = weakref.proxy(batch)
    return (made[row] if row in made else made.setdefault(row, Article(held, row)) for row in rows.tolist())


def _made(batch: Batch) -> dict[int, Article]:
    return {}


def _tables(batch: Batch) -> dict[Callable, tuple[list[int], list[int]]]:
    """The places of each trigger that was asked for; empty at first."""
    return {}


def _table(batch: Batch, tokens: np.ndarray) -> tuple[list[int], list[int]]:
    """Where some tokens begin in their articles, in order, and where those of each article begin among them."""
    at = distinct(tokens)
    article = batch.article[at]
    places = batch.tokens.origin(batch.tokens.start[at]) - batch.tokens.starts[article]
    return places.tolist(), np.searchsorted(article, np.arange(batch.size + 1)).tolist()


def _sentences(batch: Batch) -> tuple[list[int], list[int], list[int]]:
    """Starts and ends of the sentences that have a word, and where those of each article begin among them."""
    full = np.flatnonzero(batch.sentence_words > 0)
    first, last = batch.spans(batch.sentence_first[full], batch.sentence_last[full])
    bounds = np.searchsorted(batch.sentence_article[full], np.arange(batch.size + 1))
    return first.tolist(), last.tolist(), bounds.tolist()
