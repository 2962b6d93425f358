"""Headline: names and numbers of the headline that the article itself writes otherwise.

Only the caller knows the headline, so that these checks look at nothing without one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import numpy as np

from detector.batchtext import Batch
from detector.consistency.amounts import amounts, flat
from detector.consistency.article import Article
from detector.consistency.checks import Check, Suspect, show
from detector.consistency.persons import is_common, misspelt
from detector.patterns import Pattern

KIND = "headline"
_NAME = Pattern(r"\b[A-Z][A-Za-z]{4,}\b")
_OFTEN = 2  # times that the body has a name which the headline writes otherwise


def headline_spelling(article: Article) -> Iterator[Suspect]:
    """A name of the headline has another spelling in the article, and there only.

    >>> body = "The mill is Piotr Kowalski's. Mr Kowalski said that it was old."
    >>> show(headline_spelling, body, headline="Mill is old, says Kowalsky")
    [['Kowalski', 'Kowalski']]
    """
    text, headline = article.text[: article.end], article.headline or ""
    names = {found[0] for found in _NAME.finditer(headline)}
    words = Counter(found[0].lower() for found in _WORD.finditer(text))
    body = [found for found in _NAME.finditer(text) if not found[0].isupper()]
    often = [name for name, count in Counter(found[0] for found in body).items() if count >= _OFTEN]
    for name in sorted(names):
        if words[name.lower()] or is_common(name):
            continue
        for other in often:
            if misspelt(name, other) and not _is_people(name, other) and not is_common(other):
                spans = tuple(found.span() for found in body if found[0] == other)
                yield Suspect(f'The headline has "{name}", the article "{other}".', spans)


def _is_people(name: str, other: str) -> bool:
    """True where a place and its people differ by the ending alone: "Texan", "Texas"; "Argentine", "Argentina"."""
    return name[:-1].lower() == other[:-1].lower() and {name[-1].lower(), other[-1].lower()} <= set("aens")


_WORD = Pattern(r"\w+")
_COUNTED = Pattern(r"[ -](?:(?:more|new|other|young|local|high) )?([a-z]{3,})\b")
_LOOSE = Pattern(
    r"\b(?:about|over|more than|less than|least|nearly|almost|up to|some|around|under|below|above|most|to|from|between"
    r"|and|or|by|of|every|each|per|another|first|last|next|age|aged|top|further|additional|than|for|in)[ -]\Z"
)
_NO_COUNT_LISTED = "year years month months week weeks day days hour hours minutes time times percent pct mln billion"
_NO_COUNT = frozenset(_NO_COUNT_LISTED.split())


def headline_number(article: Article) -> Iterator[Suspect]:
    """A count of the headline is another one in the article's beginning, which has the headline's nowhere.

    >>> show(headline_number, "A fire killed 14 miners in Ostvik. It is out.", headline="Fire kills 12 miners")
    [['14 miners']]
    """
    text, headline = flat(article), (article.headline or "").lower()
    told = {one.value for one in amounts(text, 0, len(text))}
    lead = article.sentences[min(2, len(article.sentences) - 1)][1]
    inside = list(_counts(text.lower(), len(text)))
    for start, end, value, noun in _counts(headline, len(headline)):
        same = [one for one in inside if one[3].rstrip("s") == noun.rstrip("s")]
        if value not in told and same and same[0][0] < lead and len({one[2] for one in same}) == 1:
            said, (a, b, *_) = headline[start:end], same[0]
            if _verbs(headline, start, end).isdisjoint(_verbs(text.lower(), a, b)):
                continue
            yield Suspect(f"The headline has “{said}”, the article “{text[a:b]}”.", ((a, b),))


def _counts(text: str, stop: int) -> Iterator[tuple[int, int, float, str]]:
    """Whole numbers of something: place, value and what is counted."""
    for one in amounts(text, 0, stop):
        noun = _COUNTED.match(text, one.end)
        counted = noun and one.is_count and not one.is_year and noun[1] not in _NO_COUNT
        if noun and counted and not _LOOSE.search(text, max(0, one.start - 14), one.start):
            yield one.start, noun.end(), one.value, noun[1]


def _verbs(text: str, start: int, end: int) -> set[str]:
    """The beginnings of the word before a count and of the two behind it, one of which tells what is done to it."""
    beside = [*text[max(0, start - 30) : start].split()[-1:], *text[end : end + 30].split()[:2]]
    return {word[:4] for word in beside if len(word) > 3 and word[:4] not in ("have", "were", "been", "from", "with")}


_GUILTY = Pattern(r"\b(?:(?<!not )guilty|convict(?:s|ed)|conviction)\b", re.I)
_CLEARED = Pattern(r"\b(?:not guilty|acquit(?:s|ted)|acquittal|cleared of)\b", re.I)


def headline_verdict(article: Article) -> Iterator[Suspect]:
    """The headline tells of a verdict, and the article of the opposite one alone.

    >>> body = "A jury in Ostvik acquitted the mayor on Monday. Nobody clapped."
    >>> show(headline_verdict, body, headline="Mayor convicted of fraud")
    [['acquitted']]
    """
    text, headline = article.text[: article.end], article.headline or ""
    lead = article.sentences[min(2, len(article.sentences) - 1)][1]
    for one, other in ((_GUILTY, _CLEARED), (_CLEARED, _GUILTY)):
        told, found = one.search(headline), other.search(text, 0, lead)
        if told and found and not one.search(text) and not other.search(headline):
            yield Suspect(f"The headline says “{told[0]}”, the article “{found[0]}”.", (found.span(),))


def _never(batch: Batch) -> np.ndarray:
    """No token: the articles of a batch come without their headlines."""
    return np.zeros(0, np.int64)


CHECKS: tuple[Check, ...] = tuple(
    Check(KIND, find, _never) for find in (headline_spelling, headline_number, headline_verdict)
)

__all__ = ["CHECKS", "show"]
