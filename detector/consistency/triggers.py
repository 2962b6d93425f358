"""Triggers: the tokens that tell, from a batch's arrays alone, which articles a check must look at.

All words that triggers look for are found by one look-up a token.  What is left is a short list of places, on which
the triggers work; passes over all tokens of a batch are what they must avoid.
"""

from __future__ import annotations

from functools import cache, cached_property

import numpy as np

from detector.batchtext import Batch, kept
from detector.characters import EDGE
from detector.consistency.amounts import NUMBER_WORDS
from detector.tokens import distinct, tokenise

_NEXT = np.uint32(0x9E3779B1)
_HALF = np.uint32(16)
_sets: list[str] = []
_collected: set[int] = set()


@cache
def hashes(words: str) -> np.ndarray:
    """The hashes of some words, as a batch has them."""
    return _hashes([words])[0]


def _hashes(texts: list[str]) -> list[np.ndarray]:
    """The hashes of the words of each text: all of them in one go, which takes no longer than those of one."""
    cut = tokenise(texts)
    edges = np.flatnonzero(cut.first == EDGE)
    return [one[1:] for one in np.split(cut.hash, edges[1:])]


def word_set(words: str, collected: bool = True) -> int:
    """The number of a set of words for `find_any` and `is_any`; all sets are looked up at once.

    Sets of frequent words that are never looked for everywhere need not be `collected`.
    """
    if words not in _sets:
        _sets.append(words)
    number = _sets.index(words)
    if collected:
        _collected.add(number)
    return number


class _Classes:
    """A class for each half of a hash: the sets of words that it may be in, and those of them that are collected."""

    def __init__(self, sets: list[str], collected: frozenset[int]) -> None:
        masks: dict[int, int] = {}
        for number, known in enumerate(_hashes(sets)):
            for half in (known >> _HALF).tolist():
                masks[half] = masks.get(half, 0) | 1 << number
        wanted = sum(1 << number for number in collected)
        # Those without a collected set come first.
        kinds = sorted({0, *masks.values()}, key=lambda mask: (mask & wanted > 0, mask))
        place = {mask: number for number, mask in enumerate(kinds)}
        self.of = np.zeros(1 << 16, np.min_scalar_type(len(kinds)))
        self.of[list(masks)] = [place[mask] for mask in masks.values()]
        self.first = sum(mask & wanted == 0 for mask in kinds)
        self.member = np.array([[mask >> number & 1 for mask in kinds] for number in range(len(sets))], bool)
        chosen = [[number for number in sorted(collected) if mask >> number & 1] for mask in kinds]
        self.count = np.array(list(map(len, chosen)))
        self.begin = np.cumsum(self.count) - self.count
        self.sets = np.array([number for some in chosen for number in some], np.min_scalar_type(len(sets)))

    def of_tokens(self, batch: Batch) -> np.ndarray:
        """(T,) the class of each token."""
        return self.of.take(batch.hash >> _HALF)

    def places(self, batch: Batch) -> tuple[np.ndarray, list[int]]:
        """The tokens of each collected set, set by set and in the order of the text, and where those of each begin."""
        kind = batch.keep(self.of_tokens)
        at = np.flatnonzero(kind >= self.first)
        kind = kind.take(at)
        count = self.count.take(kind)
        end = np.cumsum(count)
        sets = self.sets.take(np.arange(count.sum()) + np.repeat(self.begin.take(kind) - end + count, count))
        places = np.repeat(at, count).take(np.argsort(sets, kind="stable"))
        return places, [0, *np.cumsum(np.bincount(sets, minlength=len(self.member))).tolist()]


@cache
def _classes(size: int, collected: int) -> _Classes:
    # A copy: another thread may import more checks meanwhile.
    return _Classes(_sets[:size], frozenset(_collected))


def _now() -> _Classes:
    """The classes of all sets there are; there are more of them once the checks of another kind were imported."""
    return _classes(len(_sets), len(_collected))


def is_any(batch: Batch, which: int, at: np.ndarray) -> np.ndarray:
    """True for the tokens at some places that are in a set of words (or share half of a hash with one)."""
    classes = _now()
    return classes.member[which].take(batch.keep(classes.of_tokens)[at])


def find_any(batch: Batch, which: int) -> np.ndarray:
    """The places of the tokens that are in a collected set of words (or share half of a hash with one)."""
    assert which in _collected, _sets[which]
    places, bounds = batch.keep(_now().places)
    return places[bounds[which] : bounds[which + 1]]


_PLURALS = word_set("people men women children staff", collected=False)


def plural_at(batch: Batch, at: np.ndarray) -> np.ndarray:
    """True for the places at which a token ends like a plural."""
    last = batch.tokens.chars[batch.tokens.end[at] - 1]
    return (last == ord("s")) | (last == ord("S")) | is_any(batch, _PLURALS, at)


def marks(batch: Batch, characters: str) -> np.ndarray:
    """The places of some punctuation marks, in the order of the text."""
    return np.sort(np.concatenate([batch.marks(character) for character in characters]))


_NUMBERS = word_set(" ".join(NUMBER_WORDS))
PERCENT = word_set("percent pct cent %")


@kept
def number_tokens(batch: Batch) -> np.ndarray:
    """(T,) bool: tokens that may begin an amount."""
    number = batch.tokens.first - np.uint8(ord("0")) < 10  # what comes before "0" wraps round
    number[find_any(batch, _NUMBERS)] = True
    return number


@kept
def numbers(batch: Batch) -> np.ndarray:
    """The places of the tokens that may begin an amount."""
    return np.flatnonzero(number_tokens(batch))


def percents(batch: Batch) -> np.ndarray:
    """The places of percent signs and words."""
    return find_any(batch, PERCENT)


@kept
def years(batch: Batch) -> tuple[np.ndarray, np.ndarray]:
    """Where the numbers of four digits that read as years stand, and their values."""
    at = numbers(batch)
    at = at[(batch.length[at] == 4) & batch.is_number[at]]
    digits = batch.tokens.chars[batch.tokens.start[at][:, None] + np.arange(4)].astype(np.int64) - ord("0")
    value = digits @ np.array([1000, 100, 10, 1])
    real = (digits >= 0).all(axis=1) & (digits <= 9).all(axis=1) & (value >= 1000) & (value < 3000)
    return at[real], value[real]


def no_years(batch: Batch, at: np.ndarray) -> np.ndarray:
    """Those of some places at which no year of 1500 to 2099 stands, which no quantity is read from."""
    places, value = years(batch)
    return at[~np.isin(at, places[(value >= 1500) & (value < 2100)])]


def follows(true: np.ndarray, tokens: np.ndarray, *steps: int) -> np.ndarray:
    """True for the tokens that have a true token so many steps on (back where negative)."""
    last = len(true) - 1
    return np.any([true[np.clip(tokens + step, 0, last)] for step in steps], axis=0)


def within(found: np.ndarray, tokens: np.ndarray, before: int, after: int | np.ndarray) -> np.ndarray:
    """How many of the places found stand among so many tokens before and after each one."""
    return np.searchsorted(found, tokens + after, "right") - np.searchsorted(found, tokens - before)


_FEW = 1000  # keys that are sorted faster than the slots are made


def recurring(keys: np.ndarray) -> np.ndarray:
    """Which keys may equal another one: all of few, else those that fall into one of 65,536 slots with another one."""
    if len(keys) < _FEW:
        return np.arange(len(keys))
    slot = ((keys.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(48)).astype(np.int64)
    place, last_of, shared = np.arange(len(keys)), np.zeros(1 << 16, np.int32), np.zeros(1 << 16, bool)
    last_of[slot] = place
    shared[slot[last_of.take(slot) != place]] = True
    return np.flatnonzero(shared.take(slot))


def near(batch: Batch, found: np.ndarray, before: int, after: int) -> np.ndarray:
    """(T,) bool: one of the places found stands among so many tokens before and after; for narrow windows."""
    size, pad = len(batch.kind), max(after, 0)
    true = np.zeros(size + pad + max(before, 0), bool)
    for step in range(-after, before + 1):
        true[found + (pad + step)] = True
    return true[pad : pad + size]


def sharing(batch: Batch, tokens: np.ndarray, others: np.ndarray, sentence: bool = False) -> np.ndarray:
    """The number of other tokens in the article, or the sentence, of each token."""
    unit = batch.sentence if sentence else batch.article
    return np.bincount(unit[others], minlength=int(unit[-1]) + 1)[unit[tokens]]


class Pairs:
    """Pairs of neighbouring tokens: each word of one group before each word of another.

    >>> batch = Batch.from_texts(["As you asked, here it is.", "You never asked."])
    >>> Pairs(("you your", "asked request"))(batch).tolist()
    [2]
    """

    def __init__(self, *groups: tuple[str, str]) -> None:
        self._groups = groups
        _pairs.append(self)

    def __call__(self, batch: Batch) -> np.ndarray:
        """The first tokens of the pairs."""
        at, keys = batch.keep(_halves(len(_pairs)).pairs)
        return at[self.keys.take(np.searchsorted(self.keys, keys), mode="clip") == keys]

    @cached_property
    def keys(self) -> np.ndarray:
        """The keys of all pairs, in order."""
        sides = (_hashes([group[side] for group in self._groups]) for side in (0, 1))
        return distinct(np.concatenate([_join(a[:, None], b[None, :]).ravel() for a, b in zip(*sides, strict=True)]))


class _Halves:
    """The halves of the keys of some pairs, by which the tokens are found that may begin one."""

    def __init__(self, pairs: list[Pairs]) -> None:
        self._known = np.zeros(1 << 16, bool)
        for one in pairs:
            self._known[one.keys >> _HALF] = True

    def pairs(self, batch: Batch) -> tuple[np.ndarray, np.ndarray]:
        """The first tokens of what may be a pair, and their keys."""
        keys = _join(batch.hash[:-1], batch.hash[1:])
        at = np.flatnonzero(self._known.take(keys >> _HALF))
        return at, keys[at]


_pairs: list[Pairs] = []


@cache
def _halves(size: int) -> _Halves:
    return _Halves(_pairs[:size])


def _join(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    return (left * _NEXT) ^ right
