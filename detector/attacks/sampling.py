"""Drawing the places of an edit, and putting the edit in.

Only `Random.random` is called: it alone is promised to give the same numbers in every version of Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random
from typing import TypeVar

_T = TypeVar("_T")


def some(items: Sequence[_T], share: float, rng: Random) -> list[_T]:
    """A random share of the items, rounded down, in their order.

    >>> some("abcdefgh", 0.3, Random(0))
    ['d', 'h']
    """
    return up_to(items, int(share * len(items)), rng)


def up_to(items: Sequence[_T], count: int, rng: Random) -> list[_T]:
    """`count` random items in their order, or all of them where they are no more.

    >>> up_to("abc", 9, Random(0))
    ['a', 'b', 'c']
    """
    keys = [rng.random() for _ in items]
    drawn = sorted(range(len(items)), key=keys.__getitem__)[:count]
    return [items[at] for at in sorted(drawn)]


def one(items: Sequence[_T], rng: Random) -> _T:
    """One random item."""
    return items[int(len(items) * rng.random())]


def replace(text: str, edits: Iterable[tuple[tuple[int, int], str]]) -> str:
    """The text with each range replaced; ranges do not overlap and come in the order of the text.

    >>> replace("abcd", [((0, 1), "-"), ((2, 2), "+")])
    '-b+cd'
    """
    parts, done = [], 0
    for (start, end), new in edits:
        parts += [text[done:start], new]
        done = end
    return "".join([*parts, text[done:]])
