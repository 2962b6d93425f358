"""Retold: the dead and injured of one event, and the price of one thing, told twice with different figures.

The event is known by its year and its name, the thing by two words or more: "the 1998 ferry accident", "the old mill".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from detector.batchtext import Batch
from detector.consistency.amounts import Amount, amounts, flat, read
from detector.consistency.article import Article, Span
from detector.consistency.checks import Check, Suspect, show
from detector.consistency.triggers import find_any, number_tokens, sharing, within, word_set, years
from detector.patterns import Pattern

KIND = "quantities"
_EVENTS = (
    "accident accidents attack attacks avalanche blaze bombing bombings collapse collision crash derailment disaster "
    "earthquake eruption explosion explosions fire fires flood floods hurricane landslide massacre quake riot riots "
    "shooting shootings siege sinking storm stampede tornado tsunami typhoon wreck"
)
_EVENT = Pattern(rf"\b(?P<year>1[89]\d\d|20\d\d) (?P<what>(?:[A-Za-z]+ ){{0,2}}?(?:{_EVENTS.replace(' ', '|')}))\b")
_DEAD = r"(?:killed|died|dead|deaths?|dying|lives|fatalities|perished|victims)"
_HURT = r"(?:injured|hurt|wounded|injuries)"
_TOLL = tuple(
    Pattern(
        rf"(?: (?!in |and |the |while |were injured)[a-z]+){{0,3}}?"
        rf" (?:who )?(?:were |was |have )?(?:lost (?:their |his |her ))?{word}\b"
    )
    for word in (_DEAD, _HURT)
)
_TOLL_BEFORE = tuple(
    Pattern(rf"\b(?:{words})(?: (?:at least|about|some|more than|nearly|the))? $")
    for words in ("killed|killing|claimed|took the lives of|left", "injured|injuring|wounded|wounding|hurt")
)


def two_tolls(article: Article) -> Iterator[Suspect]:
    """One event of a year has two numbers of dead, or of injured.

    >>> text = "The 1998 ferry accident killed 12 people. In the 1998 ferry accident 17 people died, he said."
    >>> show(two_tolls, text)
    [['The 1998 ferry accident killed 12 people.', 'In the 1998 ferry accident 17 people died, he said.']]
    """
    text, seen = flat(article), dict[tuple[str, int], tuple[float, Span]]()
    for begin, stop in article.sentences_of(_events):
        events = {f"{one['year']} {one['what'].lower()}" for one in _EVENT.finditer(text, begin, stop)}
        if len(events) != 1:
            continue
        [event] = events
        for kind, tolls in enumerate(_tolls(text, begin, stop)):
            if len(tolls) == 1:
                value, span = seen.setdefault((event, kind), (tolls[0].value, (begin, stop)))
                if value != tolls[0].value:
                    what = "injured" if kind else "dead"
                    yield Suspect(
                        f"The {event} has two numbers of {what}: {value:g} and {tolls[0].value:g}.",
                        (span, (begin, stop)),
                    )


def _tolls(text: str, begin: int, stop: int) -> tuple[list[Amount], list[Amount]]:
    """The plain counts of dead and of injured in a sentence; estimates and rising tolls are none."""
    found: tuple[list[Amount], list[Amount]] = ([], [])
    for one in amounts(text, begin, stop):
        if not one.is_count or one.is_year or _LOOSE.search(text, max(begin, one.start - 16), one.start):
            continue
        for kind in (0, 1):
            if _TOLL[kind].match(text, one.end, stop) or _TOLL_BEFORE[kind].search(
                text, max(begin, one.start - 30), one.start
            ):
                found[kind].append(one)
                break
    return found


_LOOSE = Pattern(
    r"\b(?:about|over|than|least|nearly|almost|up to|some|around|another|other|of|first"
    r"|further|to|or|between|from|and)[ -]$"
)
_THING = (
    r"(?P<thing>(?:the|its|his|her) (?:(?!sale|deal|company|firm|price|rest|first|second|same)[a-z]+ ){1,2}[a-z]{4,})"
)
_SOLD = (
    Pattern(rf"\b{_THING} (?:was|were|had been|has been) (?:sold|bought|acquired) for (?P<at>)", re.I),
    Pattern(rf"\b{_THING} changed hands for (?P<at>)", re.I),
    Pattern(rf"\bprice of (?P<at>)(?P<sum>[^ ]+ (?:million|billion)) was (?:agreed|paid) for {_THING}", re.I),
    Pattern(rf"\b(?:paid|paying|pay) (?P<at>)(?P<sum>[^ ]+(?: (?:million|billion))?) for {_THING}", re.I),
    Pattern(rf"(?P<at>)(?P<sum>[$£€][^ ]+(?: (?:million|billion))?) paid for {_THING}", re.I),
    Pattern(rf"\bat (?P<at>)(?P<sum>[$£€][^ ]+(?: (?:million|billion))?), {_THING} was\b", re.I),
)


def two_prices(article: Article) -> Iterator[Suspect]:
    """One thing is sold at two prices.

    >>> show(two_prices, "The old paper mill was sold for $3 million. Ms Tveit paid $4 million for the old paper mill.")
    [['The old paper mill was sold for $3 million', 'paid $4 million for the old paper mill']]
    """
    text, seen = flat(article), dict[str, tuple[Amount, Span]]()
    for begin, stop in article.sentences_of(_sales):
        for pattern in _SOLD:
            found = pattern.search(text, begin, stop)
            price = read(text, found.start("at"), stop) if found else None
            if not found or not price or not price.unit:
                continue
            span = found.start(), max(found.end(), price.end)
            thing = found["thing"].lower().partition(" ")[2]
            earlier, place = seen.setdefault(thing, (price, span))
            if earlier.value != price.value and earlier.unit == price.unit:
                said = (text[slice(*one)] for one in (place, span))
                yield Suspect("“{}” and “{}” are two prices.".format(*said), (place, span))


_EVENT_WORDS = word_set(_EVENTS)
_SALE_WORDS = word_set("sold bought acquired hands price paid paying pay sale")
_MONEY = word_set("million billion")


def _events(batch: Batch) -> np.ndarray:
    """Words for an event shortly behind a year, of articles with two of them."""
    at = find_any(batch, _EVENT_WORDS)
    at = at[within(years(batch)[0], at, 3, 0) > 0]
    return at[sharing(batch, at, at) > 1]


def _sales(batch: Batch) -> np.ndarray:
    """Sums of millions, of articles with two of them and two words of a sale."""
    sold = find_any(batch, _SALE_WORDS)
    at = find_any(batch, _MONEY)
    at = at[number_tokens(batch)[at - 1]]
    at = at[within(sold, at, 12, 12) > 0]
    return at[sharing(batch, at, at) > 1]


CHECKS: tuple[Check, ...] = (Check(KIND, two_tolls, _events), Check(KIND, two_prices, _sales))

__all__ = ["CHECKS", "show"]
