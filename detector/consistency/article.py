"""Article: one text as the consistency checks read it, with its sentences and whatever several checks need."""

from __future__ import annotations

import weakref
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np

from detector.batchtext import Batch
from detector.patterns import Pattern
from detector.tokens import distinct

Span = tuple[int, int]
_WORD = Pattern(r"\w+")
Trigger = Callable[[Batch], np.ndarray]
_T = TypeVar("_T")


class Article:
    """A text of a batch; every place is a code point of it.

    Nothing is read from the batch before it is asked for: of most articles the checks need a sentence or two.
    `published` is the day of publication and `headline` the headline, None where the caller does not know it.
    """

    def __init__(
        self,
        batch: Batch,
        row: int,
        published: date | None = None,
        headline: str | None = None,
        beside: _Sentences | None = None,
    ) -> None:
        self._batch, self.row = batch, row
        self.published, self.headline = published, headline
        self._found = beside or _Sentences(batch, [row])
        self._kept: dict[Callable, Any] = {}

    @staticmethod
    def of(text: str, published: date | None = None, headline: str | None = None) -> Article:
        """The article of a text, with the sentences that every other feature sees."""
        return Article(Batch.from_texts([text]), 0, published, headline)

    @property
    def text(self) -> str:
        """The text as it was given."""
        return self._batch.texts[self.row]

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Start and end of each sentence that has a word, in order; the whole text if there is none."""
        starts, ends = self._found.of(self.row)
        return tuple(zip(starts.tolist(), ends.tolist(), strict=True)) or ((0, len(self.text)),)

    @cached_property
    def end(self) -> int:
        """The end of the last sentence: what the other features do not see behind it is not read."""
        _, ends = self._found.of(self.row)
        return int(ends[-1]) if len(ends) else len(self.text)

    def keep(self, make: Callable[[Article], _T]) -> _T:
        """What `make` gives for this article, made once: dates, names or quotations that several checks need."""
        if make not in self._kept:
            self._kept[make] = make(self)
        return self._kept[make]

    def places(self, trigger: Trigger) -> list[int]:
        """Where the tokens of a trigger begin, in order."""
        found = self._batch.keep(_tables).get(trigger)
        if found is None:
            [found] = places_of(self._batch, [trigger])
        return found.get(self.row, [])

    def words_at(self, trigger: Trigger) -> set[str]:
        """The words that the tokens of a trigger begin."""
        found = (_WORD.match(self.text, place) for place in self.places(trigger))
        return {one[0] for one in found if one}

    def sentences_of(self, trigger: Trigger) -> list[Span]:
        """The sentences in which the tokens of a trigger stand, in order, each cut after 1,500 characters."""
        found = (self.sentences[n] for n in sorted({self.sentence_number(place) for place in self.places(trigger)}))
        return [(start, min(end, start + 1500)) for start, end in found]

    def sentence_number(self, place: int) -> int:
        """The number of the sentence in which a place lies, or that stands before it."""
        return max(0, bisect_right(self.sentences, (place, len(self.text))) - 1)

    def sentence_of(self, place: int) -> Span:
        """The sentence in which a place lies, or that stands before it."""
        return self.sentences[self.sentence_number(place)]


class _Sentences:
    """The sentences that have a word, of some articles of a batch: found for all of them when one is asked for."""

    def __init__(self, batch: Batch, rows: list[int]) -> None:
        self._batch, self._rows = batch, sorted(rows)

    def of(self, row: int) -> tuple[np.ndarray, np.ndarray]:
        """Starts and ends of those of one article."""
        starts, ends, bounds = self._spans
        mine = slice(*bounds[row])
        return starts[mine], ends[mine]

    @cached_property
    def _spans(self) -> tuple[np.ndarray, np.ndarray, dict[int, tuple[int, int]]]:
        batch, rows = self._batch, np.array(self._rows)
        count = batch.sentences.take(rows)
        before = np.cumsum(batch.sentences).take(rows) - count
        at = np.arange(count.sum()) + np.repeat(before - (np.cumsum(count) - count), count)
        at = at[batch.sentence_words.take(at) > 0]
        cuts = np.searchsorted(batch.sentence_article.take(at), np.append(rows, rows[-1] + 1)).tolist()
        bounds = dict(zip(self._rows, pairwise(cuts), strict=True))
        return (*batch.spans(batch.sentence_first.take(at), batch.sentence_last.take(at)), bounds)


def articles(batch: Batch, rows: Iterable[int]) -> Iterator[Article]:
    """The articles of some rows of a batch, each made once: what one check has found out, the next need not."""
    made, rows = batch.keep(_made), list(rows)
    # The batch holds its articles: if they held it too, memory would grow until Python looks for circles.
    held = weakref.proxy(batch)
    new = [row for row in rows if row not in made]
    beside = _Sentences(held, new)
    made.update((row, Article(held, row, beside=beside)) for row in new)
    return (made[row] for row in rows)


def _made(batch: Batch) -> dict[int, Article]:
    return {}


def places_of(batch: Batch, triggers: Sequence[Trigger]) -> list[dict[int, list[int]]]:
    """For each trigger the rows of the articles that hold a token of it, with the places of these, in order."""
    known = batch.keep(_tables)
    new = [trigger for trigger in dict.fromkeys(triggers) if trigger not in known]
    if new:
        known.update(zip(new, _placed(batch, [batch.keep(trigger) for trigger in new])))
    return [known[trigger] for trigger in triggers]


def _tables(batch: Batch) -> dict[Trigger, dict[int, list[int]]]:
    return {}


def _placed(batch: Batch, tokens: list[np.ndarray]) -> list[dict[int, list[int]]]:
    """The articles and places of several lists of tokens, found for all of them at once."""
    found: list[dict[int, list[int]]] = [{} for _ in tokens]
    size = len(batch.article)
    keys = [distinct(some) + number * size for number, some in enumerate(tokens) if len(some)]
    if keys:
        numbers, at = np.divmod(np.concatenate(keys), size)
        rows = batch.article.take(at)
        places = batch.tokens.origin(batch.tokens.start.take(at)) - batch.tokens.starts.take(rows)
        for number, row, place in zip(numbers.tolist(), rows.tolist(), places.tolist()):
            found[number].setdefault(row, []).append(place)
    return found
