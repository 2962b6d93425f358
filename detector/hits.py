"""Where the entries of every list stand in a batch, found for all lists at once.

Some eighty features count the entries of a list.  They would have to pass over all tokens of the batch each; here the
tokens are passed over once, and every list gets its own stretch of one array.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

_MASKS = ("common", "light_words", "function_words", "frequent_function_words", "sent_starters", "determiners")
FREQUENT = frozenset((*_MASKS, "opening_article", "opening_preposition", "everyday_words", "prepositions"))
"""Lists of words so frequent that their places are looked for when asked, not collected beside those of the others."""


@dataclass(frozen=True)
class Phrases:
    """Where entries of several words stand in a batch: first token, one past the last, and the entry's number."""

    first: np.ndarray
    last: np.ndarray
    entry: np.ndarray


@dataclass(frozen=True, eq=False)
class Hits:
    """First token and one past the last of every entry, list by list, and within a list in the order of the text.

    `bounds`, one more than there are lists, says where each list's begin.  Of entries that begin with one token the
    longest comes first.
    """

    first: np.ndarray
    last: np.ndarray
    bounds: list[int]

    def of(self, number: int) -> tuple[np.ndarray, np.ndarray]:
        """The entries of a list."""
        begin, end = self.bounds[number : number + 2]
        return self.first[begin:end], self.last[begin:end]

    @cached_property
    def apart(self) -> Hits:
        """Those entries that do not begin inside another one of the same list."""
        if not len(self.first):
            return self
        list_ = np.repeat(np.arange(len(self.bounds) - 1), np.diff(self.bounds))
        away = list_ * (int(self.last.max()) + 1)  # lists come one after the other: no range reaches into the next
        reach = np.maximum.accumulate(self.last + away)
        free = np.append(True, self.first[1:] + away[1:] >= reach[:-1])
        counts = np.bincount(list_[free], minlength=len(self.bounds) - 1)
        return Hits(self.first[free], self.last[free], _bounds(counts))


def _bounds(counts: np.ndarray) -> list[int]:
    return [0, *np.cumsum(counts).tolist()]


class Index:
    """For every entry, first words and then phrases, the lists that it stands in."""

    def __init__(self, words: Mapping[str, np.ndarray], phrases: Mapping[str, np.ndarray]) -> None:
        left_out = {name for name in FREQUENT & words.keys() if not phrases[name].any()}
        self.numbers = {name: number for number, name in enumerate(sorted(words.keys() - left_out))}
        some = next(iter(words))
        self._words = len(words[some])
        both = [np.flatnonzero(np.concatenate([words[name], phrases[name]])) for name in self.numbers]
        entry, list_ = np.concatenate(both), np.repeat(np.arange(len(both)), list(map(len, both)))
        self._lists = list_[np.argsort(entry, kind="stable")].astype(np.min_scalar_type(len(both)))
        self._count = np.bincount(entry, minlength=self._words + len(phrases[some]))
        self._begin = np.cumsum(self._count) - self._count
        self._listed = self._count > 0

    def hits(self, word: np.ndarray, phrases: Phrases) -> Hits:
        """All entries in a batch, from each token's word number and the phrases that were found."""
        single = np.flatnonzero(self._listed.take(word))
        # Both are in the order of the text, and a stable sort merges them.  Phrases come first, being longer.
        first = np.concatenate([phrases.first, single])
        order = np.argsort(first, kind="stable")
        first = first.take(order)
        last = np.concatenate([phrases.last, single + 1]).take(order)
        entry = np.concatenate([phrases.entry + self._words, word.take(single)]).take(order)
        count = self._count.take(entry)
        end = np.cumsum(count)
        at = np.repeat(np.arange(len(entry)), count)
        lists = self._lists.take(np.arange(len(at)) + (self._begin.take(entry) - end + count).take(at))
        at = at.take(np.argsort(lists, kind="stable"))
        counts = np.bincount(lists, minlength=len(self.numbers))
        return Hits(first.take(at), last.take(at), _bounds(counts))
