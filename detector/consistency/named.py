"""Named: what is told of one named person or body at two places of an article, by birth, birthday and founding."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from detector.batchtext import Batch
from detector.consistency.article import Article
from detector.consistency.checks import Check, Suspect, show
from detector.consistency.triggers import find_any, follows, is_any, sharing, within, word_set, years
from detector.consistency.years import IN, Y, finished, quote
from detector.patterns import Pattern

KIND = "timeline"
_PERSON = r"(?P<who>[A-Z][\w’'-]+ (?:[A-Z]\. )?[A-Z][\w’-]*[a-z])"
_BORN = (
    Pattern(rf"{_PERSON},? (?:who )?(?:was )?born (?:in|on) {IN}(?P<y>{Y})\b"),
    Pattern(rf"\bBorn (?:in|on) {IN}(?P<y>{Y}),? {_PERSON}"),
)
_TURNED = (
    Pattern(rf"{_PERSON} (?:turned|was) (?P<n>[1-9]\d) in {IN}(?P<y>{Y})\b"),
    Pattern(rf"{_PERSON}['’]s (?P<n>[1-9]\d)(?:st|nd|rd|th) birthday in {IN}(?P<y>{Y})\b"),
    Pattern(rf"\bIn (?P<y>{Y}),? (?:the year )?(?:that |when )?{_PERSON} turned (?P<n>[1-9]\d)\b"),
)


def birthday_of_person(article: Article) -> Iterator[Suspect]:
    """A named person has a birthday that does not fit the year of birth.

    >>> show(birthday_of_person, "Oddny Tveit was born in 1950. She sang. Oddny Tveit turned 60 in 2002.")
    [['Oddny Tveit was born in 1950', 'Oddny Tveit turned 60 in 2002']]
    """
    text = article.keep(finished)
    born = {one["who"]: one for pattern in _BORN for one in pattern.finditer(text)}
    for pattern in _TURNED if born else ():
        for one in pattern.finditer(text):
            birth = born.get(one["who"])
            if birth and abs(int(one["y"]) - int(birth["y"]) - int(one["n"])) > 1:
                spans = tuple(sorted((birth.span(), one.span())))
                yield Suspect("“{}”, but “{}”.".format(*quote(article, *spans)), spans)


_BODY = r"(?P<name>(?:[A-Z][\w&’'-]+ ){1,3}[A-Z][\w&’-]+)"
_FOUND = r"(?:founded|established|set up|formed|created)"
_FOUNDED = Pattern(rf"\b[Tt]he {_BODY}(?:,? which)?,? (?:was )?{_FOUND} in {IN}(?P<y>{Y})\b")
_VERB = "published|ran|won|opened|held|launched|bought|sold|built|gave|made|warned|reported|hosted|organi[sz]ed"
_ACTED = Pattern(
    rf"\bIn (?P<y>{Y}), the {_BODY} (?:{_VERB})\b"
    rf"|\b[Tt]he {_BODY.replace('name', 'name2')} (?:{_VERB})\b[^.;:\n\d]{{0,60}}? in {IN}(?P<y2>{Y})\b"
    rf"|\bby the {_BODY.replace('name', 'name3')} in {IN}(?P<y3>{Y})\b"
)


def body_before_founded(article: Article) -> Iterator[Suspect]:
    """A named body acts, anywhere in the article, before the year of its founding.

    >>> show(body_before_founded, "The Ostby Trust, founded in 1990, is small. The Ostby Trust opened a pier in 1982.")
    [['The Ostby Trust, founded in 1990', 'The Ostby Trust opened a pier in 1982']]
    """
    text = article.keep(finished)
    founded = {one["name"]: one for one in _FOUNDED.finditer(text)}
    for one in _ACTED.finditer(text) if founded else ():
        told = founded.get(one["name"] or one["name2"] or one["name3"])
        if told and int(one["y"] or one["y2"] or one["y3"]) < int(told["y"]):
            spans = tuple(sorted((told.span(), one.span())))
            yield Suspect("“{}”, but “{}”.".format(*quote(article, *spans)), spans)


_BIRTH, _AGE = word_set("born"), word_set("turned birthday")
_FOUNDING = word_set("founded established set formed created")
_IN_OR_UP = word_set("in up", collected=False)


def _born_and_turned(batch: Batch) -> np.ndarray:
    """Words of a birthday before or behind a year, of articles with one of a birth."""
    at, told = find_any(batch, _AGE), years(batch)[0]
    at = at[within(told, at, 8, 6) > 0]
    return at[sharing(batch, at, find_any(batch, _BIRTH)) > 0]


def _founded(batch: Batch) -> np.ndarray:
    """Words of a founding before a year, behind a name, of articles with another year."""
    at, told = find_any(batch, _FOUNDING), years(batch)[0]
    at = at[(within(told, at, -1, 6) > 0) & (sharing(batch, at, told) > 1)]
    at = at[is_any(batch, _IN_OR_UP, np.minimum(at + 1, len(batch.kind) - 1))]
    return at[follows(batch.case > 0, at, *range(-5, 0))]


CHECKS: tuple[Check, ...] = (
    Check(KIND, birthday_of_person, _born_and_turned),
    Check(KIND, body_before_founded, _founded),
)

__all__ = ["CHECKS", "show"]
