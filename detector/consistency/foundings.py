"""Foundings: what a company, a club or a festival did before there was one, and its anniversaries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import numpy as np

from detector.batchtext import Batch, kept
from detector.consistency.amounts import places
from detector.consistency.article import Article
from detector.consistency.checks import Check, Suspect, show
from detector.consistency.dates import around, written
from detector.consistency.triggers import find_any, word_set
from detector.consistency.triggers import years as year_tokens
from detector.consistency.years import (
    IN,
    YEAR,
    Y,
    beside,
    falls,
    finished,
    in_articles_of,
    quote,
)
from detector.patterns import Pattern

MOST = 40
"""Foundings that are looked at in a text: a text with more is a list."""
_FOUNDED = Pattern(
    rf"(?<!\w)(?:[Ff]ounded|[Ee]stablished|[Ll]aunched|[Ff]ormed|[Cc]reated|Opened|[Ii]ncorporated|[Ss]et up"
    rf"|[Ss]tarted)"
    rf"(?:\s(?:by|as|at|under|here"
    rf"|there)?[^.;:\d]{{0,50}}?)?,?\s(?:back )?in {IN}(?P<a>{Y})\b(?: by (?:(?:[A-Z][\w’'-]+|and) ?){{1,6}},)?"
)
_FOUNDED_CUES = ("ounded", "stablished", "aunched", "ormed", "reated", "pened", "ncorporated", "et up", "tarted")
_ACTED = Pattern(rf"\b(?:[Ii]n|[Ss]ince)\s{IN}(?P<b>{Y})\b")
_OWNER = Pattern(
    r"(?P<name>(?:[A-Z][\w&'’-]+\s){0,3}[A-Z][\w&'’-]+|[Tt]he [a-z-]+|It)(?:,| was| is)(?: which was| that was| first"
    r"| originally)? \Z"
)
_OTHERS = Pattern(
    r"[;:]|\b(?:but|who|when|after|before|from|whose|where|by|of|as|based on|originally|earlier|previously|replac\w+"
    r"|descend\w+|merg\w+|roots|origin\w*|idea|history|successor|formerly|born|met|which|that|to|predecessor)\b"
)
_PAST = (
    r"(?:\w+ly |first |also )?(?:\w{2,}ed|won|sold|bought|began|became|built|made|went|had|took|grew|held|hit|ran)\b"
)


def acted_before_founded(article: Article) -> Iterator[Suspect]:
    """Something acts before the year in which it was founded.

    >>> show(acted_before_founded, "Founded in 2015, the brewery won its first prize in 2009.")
    [['Founded in 2015', 'in 2009']]
    """
    text = article.keep(finished)
    for count, found in enumerate(islice(_foundings(text), MOST)):
        end = around(article, found.end())[1]
        acts = [one.span() for one in _ACTED.finditer(text, found.end(), end)]
        acts = [one for one in acts if not _OTHERS.search(text, found.end(), one[0])]
        if not acts and count < 8:
            acts = _acts_of_owner(article, found)
        for act in acts:
            if int(text[act[1] - 4 : act[1]]) < int(found["a"]):
                spans = found.span(), act
                yield Suspect("“{}”, but acts “{}”.".format(*quote(article, *spans)), spans)
                break


def _foundings(text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    part = text[start:end]
    for place in places(part, *_FOUNDED_CUES):
        if found := _FOUNDED.match(text, max(start, start + place - 1), len(text) if end is None else end):
            yield found


def _acts_of_owner(article: Article, found: re.Match[str]) -> list[tuple[int, int]]:
    """What a founded thing does in the sentences behind: "In 2009, it won ...", "The brewery won ... in 2009"."""
    owner = _OWNER.search(article.text, max(0, found.start() - 60), found.start())
    if not owner:
        return []
    last = min(article.sentence_number(found.start()) + 6, len(article.sentences) - 1)
    behind = _OWNER_ACTS.finditer(article.text, found.end(), article.sentences[last][1])
    return [
        (one.start(), one.end("c" if one["c"] else "b"))
        for one in behind
        if (one["s"] or one["t"]).lower() in (owner["name"].lower(), "it") or _GENERIC.fullmatch(one["s"] or one["t"])
    ]


_NAME = r"(?:[Ii]t|[Tt]he [a-z-]+|[A-Z][\w&'’-]+(?: [A-Z][\w&'’-]+){0,3})"
_OWNER_ACTS = Pattern(
    rf"(?<=[.\n”\"] )(?:In {IN}(?P<b>{Y}), (?P<s>{_NAME}) {_PAST}"
    rf"|(?P<t>{_NAME}) {_PAST}[^.;:\d]{{0,60}}? in {IN}(?P<c>{Y})\b)"
)
_GENERIC = Pattern(
    r"[Tt]he (?:company|firm|group|club|band|charity|party|school|museum|festival|team|brewery|agency|magazine|bank)"
)


_ANNIVERSARY = Pattern(
    r"\b(?:its|the (?:company|firm|group|club|band|charity|school|museum|festival)['’]s|their) (?P<n>\d{1,3})(?:st|nd"
    r"|rd|th)"
    r" (?:anniversary|birthday)\b"
)


def anniversary_against_founding(article: Article) -> Iterator[Suspect]:
    """An anniversary does not fit the year of the founding and the year in which it is kept.

    >>> show(anniversary_against_founding, "Founded in 1990, the choir kept its 50th anniversary in 2020.")
    [['Founded in 1990', 'its 50th anniversary', '2020']]
    """
    text, known = article.keep(finished), written(article)
    for feast in islice(_ANNIVERSARY.finditer(text), MOST):
        number_ = article.sentence_number(feast.start())
        start, (begin, end) = article.sentences[max(0, number_ - 2)][0], around(article, feast.start())
        last = min(article.sentences[min(number_ + 1, len(article.sentences) - 1)][1], feast.end() + 500)
        foundings = list(_foundings(text, max(start, feast.start() - 500), last))
        if len(foundings) != 1:
            continue
        founded = foundings[0]
        years = [one.span() for one in YEAR.finditer(text, begin, end) if one.start() != founded.start("a")]
        told = [int(text[x:y]) for x, y in years] or ([known.year] if known else [])
        if told and not any(abs(one - int(founded["a"]) - int(feast["n"])) <= 1 for one in told):
            spans = (founded.span(), feast.span(), *years[:1])
            yield Suspect("“{}”, but “{}” in {}.".format(*quote(article, *spans[:2]), told[0]), spans)


_FOUNDING = word_set("founded established launched formed created opened incorporated set started")
_KEPT = word_set("anniversary birthday")


@kept
def _foundings_told(batch: Batch) -> np.ndarray:
    return beside(batch, year_tokens(batch)[0], _FOUNDING, 16, 0)


def _founded_then_earlier(batch: Batch) -> np.ndarray:
    at, later = _foundings_told(batch), falls(batch)
    last = np.full(batch.size, -1)
    last[batch.article[later]] = later
    return at[last[batch.article[at]] >= at]


def _founded_anniversary(batch: Batch) -> np.ndarray:
    return in_articles_of(batch, _foundings_told(batch), find_any(batch, _KEPT))


KIND = "timeline"
CHECKS: tuple[Check, ...] = (
    Check(KIND, acted_before_founded, _founded_then_earlier),
    Check(KIND, anniversary_against_founding, _founded_anniversary),
)

__all__ = ["CHECKS", "show"]
