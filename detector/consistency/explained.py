"""Explained: the acronyms of a batch that stand beside an explanation, and those at which something may be wrong.

Those behind a bracket are where the words explained end, so that arrays tell whether letters fit.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from detector.batchtext import TITLE_CASE, UPPER_CASE, Batch, kept
from detector.characters import DASH, LOWER, byte_class
from detector.consistency.smallwords import COMPANY, SMALL
from detector.consistency.triggers import find_any, follows, is_any, near, recurring, sharing, word_set
from detector.tokens import UPPER

_HINTS = word_set("known abbreviated stands short")
_AS_FOR, _ABBREVIATED = word_set("as for", collected=False), word_set("abbreviated", collected=False)
_OR, _THE, _FOR = word_set("or"), word_set("the simply", collected=False), word_set("for", collected=False)
_SKIPPED = word_set(" ".join(SMALL | COMPANY), collected=False)
_MOST_WORDS = 12
_BEHIND = byte_class("),&")
_STOPS = (*map(ord, ",.;)-"), DASH)


def all_explained(batch: Batch) -> np.ndarray:
    """Every acronym that stands beside an explanation."""
    return np.concatenate([_in_brackets(batch), _otherwise(batch)])


def misfits(batch: Batch) -> np.ndarray:
    """Acronyms whose letters may nearly fit, and behind a list those at which something else may be wrong."""
    bracketed, otherwise = _in_brackets(batch), _otherwise(batch)
    if not len(bracketed):
        return otherwise
    # Commas between the words explained put them out of step with the letters.
    listed = bracketed[(batch.mark[_words_before(batch, bracketed)[0]] == ord(",")).any(axis=1)]
    doubtful = np.concatenate([batch.keep(one) for one in (of_two_names, used_early, written_otherwise)])
    listed = listed[sharing(batch, listed, doubtful) > 0]
    return np.concatenate([bracketed[_nearly_fits(batch, bracketed)], listed, otherwise])


def of_two_names(batch: Batch) -> np.ndarray:
    """Acronyms that are explained twice, or whose name or the like of it stands in the article once more."""
    bracketed = _in_brackets(batch)
    bracketed = bracketed[_letters(batch, bracketed) > 3]
    again = bracketed[_name_recurs(batch, bracketed)]
    otherwise = _otherwise(batch)
    return np.concatenate([batch.keep(twice), again, otherwise[_letters(batch, otherwise) > 3]])


def twice(batch: Batch) -> np.ndarray:
    """Acronyms that are explained twice in an article."""
    at = batch.keep(all_explained)
    if len(at) < 2:
        return at[:0]
    _, number, count = np.unique(_spelt(batch).of(at).same, return_inverse=True, return_counts=True)
    return at[count[number] > 1]


def used_early(batch: Batch) -> np.ndarray:
    """Acronyms that the article has two sentences or more before they are explained, there or once more."""
    at = batch.keep(all_explained)
    if not len(at):  # as in most single articles
        return at
    spelt = _spelt(batch)
    same, first = np.unique(spelt.same, return_index=True)
    mine = spelt.of(at).same
    earliest = spelt.at[first[np.searchsorted(same, mine)]]
    return at[np.isin(mine, mine[batch.sentence[at] - batch.sentence[earliest] > 1])]


def written_otherwise(batch: Batch) -> np.ndarray:
    """Acronyms of which the article has nearly the letters too."""
    at = batch.keep(all_explained)
    if not len(at):  # as in most single articles
        return at
    spelt = _spelt(batch)
    mine = spelt.of(at)
    others = [
        np.searchsorted(np.sort(one), [key, key + 1])
        for one, key in ((spelt.same, mine.same), (spelt.swapped, mine.swapped))
    ]
    count, alike = (high - low for low, high in others)
    found = alike > count
    for step in (-1, 1):
        found |= np.isin(mine.ends | ((mine.size + step) << 16), spelt.ends | (spelt.size << 16))
    return at[found]


@kept
def _capitals(batch: Batch) -> np.ndarray:
    at = np.flatnonzero(batch.case == UPPER_CASE)
    return at[batch.length[at] > 1]


@kept
def _in_brackets(batch: Batch) -> np.ndarray:
    """Acronyms behind an opening bracket, or behind that and "the", before a closing one, a comma, "or" or "&"."""
    capitals = _capitals(batch)
    first, after = batch.tokens.first, np.minimum(capitals + 1, len(batch.kind) - 1)
    opened = first[capitals - 1] == ord("(")
    opened |= is_any(batch, _THE, capitals - 1) & (first[capitals - 2] == ord("("))
    return capitals[opened & (_BEHIND[first[after]] | is_any(batch, _OR, after))]


@kept
def _otherwise(batch: Batch) -> np.ndarray:
    """Acronyms before a bracket or an "or" with a name, behind "or", and near the other words that explain."""
    capitals, last, first = _capitals(batch), len(batch.kind) - 1, batch.tokens.first
    third = batch.tokens.chars.take(batch.tokens.start[capitals] + 2, mode="clip")
    capitals = capitals[(batch.length[capitals] > 2) & UPPER[third]]
    hints = find_any(batch, _HINTS)
    hints = hints[is_any(batch, _AS_FOR, np.minimum(hints + 1, last)) | is_any(batch, _ABBREVIATED, hints)]
    hinted = near(batch, hints, 3, 3)[capitals]
    ors = find_any(batch, _OR)
    stopped = np.isin(batch.mark[np.minimum(capitals + 1, last)], _STOPS)
    stopped |= is_any(batch, _FOR, np.minimum(capitals + 1, last))
    told = near(batch, ors, 3, -1)[capitals] & stopped
    opens = np.concatenate([ors, np.flatnonzero(first == ord("("))])
    opens = opens[follows(batch.case == TITLE_CASE, opens, 1, 2)]
    return capitals[hinted | told | near(batch, opens, -1, 2)[capitals]]


def _nearly_fits(batch: Batch, at: np.ndarray) -> np.ndarray:
    """True for acronyms in brackets of which one or two letters are not the initials of the words before."""
    words, number = _words_before(batch, at)
    size = _letters(batch, at)[:, None]
    letter = batch.tokens.chars.take(batch.tokens.start[at][:, None] + size - number, mode="clip")
    counted = (number <= size) & ~_is_skipped(batch, words)
    wrong = (counted & (LOWER[batch.tokens.first[words]] != LOWER[letter])).sum(axis=1)
    return (wrong > 0) & (wrong < 3) & (size[:, 0] > 2)


def _letters(batch: Batch, at: np.ndarray) -> np.ndarray:
    """The letters of acronyms, without a plural's ending."""
    return batch.length[at] - (batch.tokens.chars[batch.tokens.end[at] - 1] == ord("s"))


def _is_skipped(batch: Batch, words: np.ndarray) -> np.ndarray:
    return is_any(batch, _SKIPPED, words) | (batch.tokens.first[words] == ord("-"))


def _words_before(batch: Batch, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The tokens before each bracket, the last one first, and their number when small words are not counted."""
    opening = at - 1 - (batch.tokens.first[at - 1] != ord("("))
    words = np.maximum(opening[:, None] - 1 - np.arange(_MOST_WORDS), 0)
    return words, np.cumsum(~_is_skipped(batch, words), axis=1)


class _Spelt(NamedTuple):
    """Words of capitals, and what of their letters is the same where one is swapped, doubled or left out."""

    at: np.ndarray
    same: np.ndarray  # all letters
    swapped: np.ndarray  # their number and sum
    ends: np.ndarray  # the first and the last
    size: np.ndarray

    def of(self, at: np.ndarray) -> _Spelt:
        """Those at some places."""
        mine = np.searchsorted(self.at, at)
        return _Spelt(*(one[mine] for one in self))


@kept
def _spelt(batch: Batch) -> _Spelt:
    """The words of capitals of the articles that explain one."""
    at = _capitals(batch)
    at = at[sharing(batch, at, batch.keep(all_explained)) > 0]
    chars, start, end = batch.tokens.chars, batch.tokens.start[at], batch.tokens.end[at]
    plural = chars[end - 1] == ord("s")
    end = end - plural - (plural & (chars[end - 2] == ord("'")))
    size, places = end - start, start[:, None] + np.arange(_MOST_LETTERS)
    letters = np.where(places < end[:, None], chars.take(places, mode="clip") & 31, 0).astype(np.int64)
    article = batch.article[at] << 40
    same = article | letters @ (1 << (5 * np.arange(_MOST_LETTERS)))
    swapped = article | (size << 16) | letters.sum(axis=1)
    ends = article | (chars[start].astype(np.int64) << 8) | chars[end - 1]
    return _Spelt(at, same, swapped, ends, size)


_MOST_LETTERS = 8


def _name_recurs(batch: Batch, at: np.ndarray) -> np.ndarray:
    """True for acronyms of which the first or the last word explained stands in the article again."""
    if not len(at):
        return np.zeros(0, bool)
    words, number = _words_before(batch, at)
    first = words[np.arange(len(at)), (number >= _letters(batch, at)[:, None]).argmax(axis=1)]
    names = np.flatnonzero(batch.case > 0)
    names = names[sharing(batch, names, at) > 0]
    seen = _keys(batch, names)
    seen, count = np.unique(seen[recurring(seen)], return_counts=True)
    again = seen[count > 1]
    return np.logical_or(*(np.isin(_keys(batch, one), again) for one in (first, words[:, 0])))


def _keys(batch: Batch, at: np.ndarray) -> np.ndarray:
    """One number for a word in an article."""
    return (batch.article[at] << 32) | batch.hash[at]
