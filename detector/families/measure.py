"""What a feature function returns, and the few ways to build it.

A feature counts token ranges.  Its value for an article is a sum over those ranges, divided by something; its evidence
is the very same ranges.  So one function serves a million articles and one explained article.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from detector.batchtext import Batch, kept


@dataclass(eq=False)
class Measured:
    """One value an article, and the M ranges behind it.

    `value` is (N,), or (N, C) for a table of C features, with `column` saying to which one a range belongs.  `weight`
    is each range's share in its article's value, in any unit.  `first` and `last` (exclusive) count tokens, or code
    points of `Batch.tokens.points` where `raw` is true.  `notes` may say more about a range than the feature's
    description.
    """

    value: np.ndarray
    first: np.ndarray
    last: np.ndarray
    weight: np.ndarray
    column: np.ndarray | None = None
    raw: bool = False
    notes: dict[int, str] = field(default_factory=dict)


class Later(Measured):
    """The same, but that its ranges are found when they are asked for: scoring asks for the values alone.

    `find` gives first, last, weight and column.
    """

    def __init__(self, value: np.ndarray, find: Callable[[], Ranges]) -> None:
        super().__init__(value, *_NONE)
        self._find = find

    def __getattribute__(self, name: str) -> Any:
        if name in _RANGES and (find := vars(self).pop("_find", None)):
            vars(self).update(zip(_RANGES, find(), strict=True))
        return super().__getattribute__(name)


Ranges = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray | None]
_RANGES = ("first", "last", "weight", "column")
_NONE = (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), None)
FeatureFunction = Callable[[Batch], Measured]


class Family(NamedTuple):
    """A group of features under one name; `tables` gives the column names of functions that return (N, C)."""

    name: str
    description: str
    features: tuple[FeatureFunction, ...]
    tables: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    only_raises: bool = False

    @property
    def names(self) -> list[str]:
        """Feature names in column order: the function's own, with ".column" behind it for a table."""
        return [name for function in self.features for name in self.names_of(function)]

    def names_of(self, function: FeatureFunction) -> list[str]:
        """Feature names of one function."""
        columns = self.tables.get(function.__name__)
        return [f"{function.__name__}.{column}" for column in columns] if columns else [function.__name__]


def unmeasured(batch: Batch, columns: int = 1) -> Measured:
    """What stands for a function that was not called: a value of 0, and no ranges."""
    return Measured(np.zeros(batch.size if columns == 1 else (batch.size, columns)), *_NONE)


def per_100_words(batch: Batch, first: np.ndarray, last: np.ndarray | None = None) -> Measured:
    """The number of ranges per 100 words of the article; `last` is one token on where it is left out."""
    return _rate(batch, first, last, batch.hundreds)


def mask_per_100_words(batch: Batch, mask: np.ndarray) -> Measured:
    """The number of tokens in a mask over all tokens, per 100 words of the article."""

    def ranges() -> Ranges:
        at = np.flatnonzero(mask)
        return at, at + 1, ones(len(at)), None

    return Later(batch.count(mask) / batch.hundreds, ranges)


def per_sentence(batch: Batch, first: np.ndarray, last: np.ndarray | None = None) -> Measured:
    """The number of ranges per sentence of the article."""
    return _rate(batch, first, last, batch.sentences)


def per_article(batch: Batch, first: np.ndarray, last: np.ndarray | None = None) -> Measured:
    """The number of ranges in the article."""
    return _rate(batch, first, last, ones(batch.size))


def per(batch: Batch, units: np.ndarray, first: np.ndarray, last: np.ndarray | None = None) -> Measured:
    """The number of ranges divided by `units`, a number for each article; 0 where there are no units."""
    return _rate(batch, first, last, np.where(units > 0, units, np.inf))


def _rate(batch: Batch, first: np.ndarray, last: np.ndarray | None, units: np.ndarray) -> Measured:
    if not len(first):  # as in most lists of phrases for most articles
        return Measured(np.zeros(batch.size), first, first, ones(0))
    hits = np.bincount(batch.article.take(first), minlength=batch.size)
    return Measured(hits / units, first, first + 1 if last is None else last, ones(len(first)))


def mean_of_sentences(batch: Batch, numbers: np.ndarray) -> Measured:
    """The mean over an article's sentences with words of one number each, and the sentences."""
    full = _full(batch)
    mine = numbers.take(full.at)
    value = divide(np.bincount(full.article, mine, batch.size), full.per_article)
    return Measured(value, full.first, full.last, mine.astype(float))


class _Full(NamedTuple):
    """The sentences that have words."""

    at: np.ndarray
    article: np.ndarray
    first: np.ndarray
    last: np.ndarray
    per_article: np.ndarray  # (N,)


@kept
def _full(batch: Batch) -> _Full:
    at = np.flatnonzero(batch.sentence_words > 0)
    article = batch.sentence_article.take(at)
    per_article = np.bincount(article, minlength=batch.size)
    return _Full(at, article, batch.sentence_first.take(at), batch.sentence_last.take(at), per_article)


def mean_of_tokens(batch: Batch, numbers: np.ndarray, use: np.ndarray) -> Measured:
    """The mean over the tokens in the mask `use` of one whole number each, and those tokens."""

    def ranges() -> Ranges:
        at = np.flatnonzero(use)
        return at, at + 1, numbers[at].astype(float), None

    return Later(divide(batch.count(numbers * use), batch.count(use)), ranges)


def table(batch: Batch, first: np.ndarray, column: np.ndarray, columns: int, units: np.ndarray) -> Measured:
    """For each of `columns` features the number of its tokens, divided by `units` for the article: (N, C)."""
    counts = np.bincount(batch.article[first] * columns + column, minlength=batch.size * columns)
    value = divide(counts.reshape(batch.size, columns), units[:, None])
    return Measured(value, first, first + 1, ones(len(first)), column)


def sums(numbers: np.ndarray, count: np.ndarray) -> np.ndarray:
    """The sums of whole numbers that stand in the order of the text, `count` of them in each article: (..., N) int64.

    >>> sums(np.array([1, 2, 3]), np.array([2, 0, 1])).tolist()
    [3, 0, 3]
    """
    begin = np.cumsum(count) - count
    if count.all():
        return np.add.reduceat(numbers, begin, axis=-1, dtype=np.int64)
    total, some = np.zeros((*numbers.shape[:-1], len(count)), np.int64), np.flatnonzero(count)
    if len(some):
        total[..., some] = np.add.reduceat(numbers, begin[some], axis=-1, dtype=np.int64)
    return total


def divide(numbers: np.ndarray, units: np.ndarray) -> np.ndarray:
    """Divide numbers by units, with 0 where there are no units."""
    some = units > 0
    if some.all():
        return numbers / units
    return np.divide(numbers, units, out=np.zeros(np.broadcast(numbers, units).shape), where=some)


def ones(size: int) -> np.ndarray:
    """Equal weights, which are not to be written to."""
    return _ONES[:size] if size <= len(_ONES) else np.ones(size)


_ONES = np.ones(1024)
_ONES.flags.writeable = False


def spans_of(batch: Batch, found: Measured) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Article, start and end of each range, in code points of that article's own text."""
    if not found.raw:
        return batch.article[found.first], *batch.spans(found.first, found.last)
    starts = batch.tokens.starts
    article = np.searchsorted(starts, found.first, "right") - 1
    return article, found.first - starts[article], found.last - starts[article]


def show(function: FeatureFunction, text: str) -> tuple[float | list[float], list[str]]:
    """A feature's value for one text, to two decimals, and the passages behind it: what the doctests print."""
    batch = Batch.from_texts([text])
    found = function(batch)
    _, start, end = spans_of(batch, found)
    return np.round(found.value[0], 2).tolist(), [text[a:b] for a, b in zip(start, end, strict=True)]
