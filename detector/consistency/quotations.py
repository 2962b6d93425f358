"""Quotations: one that stands twice in a report, word for word.

Pages set quotations apart a second time, as a headline, a summary or a box; only those told in running text, with
whoever says them, are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from detector.batchtext import Batch
from detector.consistency.article import Article
from detector.consistency.checks import Check, Suspect, show
from detector.consistency.persons import SAID
from detector.consistency.triggers import marks, recurring
from detector.patterns import Pattern

KIND = "quotations"
_QUOTED = Pattern(r"[\"“]([^\"“”\n]{30,600})[\"”]")
_WORDS = Pattern(r"[\w'’-]+")
_SHORTEST = 8  # words
_TOP = 300  # characters in which headlines and summaries stand
_TOLD = Pattern(rf"\b(?:{SAID}|according to|called|described)\b")


def quotation_twice(article: Article) -> Iterator[Suspect]:
    """One quotation of eight words or more is told twice.

    >>> said = '"We will not close the pier before the boats are safe,"'
    >>> text = "The council met to talk about the port and the mill. " * 6
    >>> [found] = show(quotation_twice, f"{text}{said} Oddny Tveit said. It rained. {said} Ole Brask said.")
    >>> found == [said, said]
    True
    """
    text, seen = article.text, dict[tuple[str, ...], re.Match[str]]()
    for place in article.places(_opened_alike):
        found = _QUOTED.match(text, place, article.end)
        words = tuple(_WORDS.findall(found[1].lower())) if found else ()
        if found is None or len(words) < _SHORTEST or place < _TOP or not _is_told(text, found):
            continue
        earlier = seen.setdefault(words, found)
        if earlier is not found and not _is_repeated(text, earlier, found):
            quoted = " ".join(found[1].split()[:6])
            yield Suspect(f"The quotation “{quoted} …” is told twice.", (earlier.span(), found.span()))


def _is_told(text: str, found: re.Match[str]) -> bool:
    """True if somebody says it in the same paragraph, right before or after."""
    line = text.rfind("\n", 0, found.start()) + 1
    before = text[max(line, found.start() - 60) : found.start()]
    after = text[found.end() : found.end() + 80].partition("\n")[0]
    return bool(_TOLD.search(before) or _TOLD.search(after))


def _is_repeated(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    """True where the passage before or behind is the same: the page holds a part of the article twice."""
    before = [_LETTERS.sub("", text[max(0, at.start() - 80) : at.start()])[-_SAME:] for at in (one, other)]
    behind = [_LETTERS.sub("", text[at.end() : at.end() + 240]) for at in (one, other)]
    return before[0] == before[1] or behind[0][:_FAR] == behind[1][:_FAR]


_LETTERS = Pattern(r"[\W_]+")
_SAME, _FAR = 25, 120  # letters and digits beside a quotation; an attribution and a sentence behind it are one passage


def _opened_alike(batch: Batch) -> np.ndarray:
    """Quotation marks of one article that the same words follow."""
    at = marks(batch, '"')
    at = at[at < len(batch.kind) - _ALIKE - 1]
    key = batch.article[at].astype(np.uint64)
    for step in range(1, _ALIKE + 1):
        key = key * np.uint64(0x9E3779B97F4A7C15) + batch.hash.take(at + step)
    some = recurring(key)
    at, key = at[some], key[some]
    order = np.argsort(key)
    same = np.flatnonzero(np.diff(key[order]) == 0)
    return at[order[np.union1d(same, same + 1)]]


_ALIKE = 5  # words

CHECKS: tuple[Check, ...] = (Check(KIND, quotation_twice, _opened_alike),)

__all__ = ["CHECKS", "show"]
