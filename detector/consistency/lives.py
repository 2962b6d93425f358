"""Lives: births, ages and acts of people that do not fit each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from detector.batchtext import Batch
from detector.consistency.article import Article, Span
from detector.consistency.checks import Check, Suspect, show
from detector.consistency.dates import around, written
from detector.consistency.triggers import find_any, word_set
from detector.consistency.triggers import years as year_tokens
from detector.consistency.years import COUNT, IN, YEAR, Y, beside, finished, in_articles_of, number, quote, year_pairs
from detector.patterns import Pattern

MOST = 40
"""Births that are looked at in a text: a text with more is a list."""
_BORN = Pattern(
    rf"(?:\bborn|(?<![\w,] )Born)\b(?<!-born)(?:(?:\s(?:in|on)\s|\s\(|,?\s){IN}(?P<y>{Y})"
    rf"|(?P<gap>[^.;:\n\d]{{1,60}}?)(?:\s(?:in|on)\s|\s\(){IN}(?P<y3>{Y}))\b|(?<=\()b\.\s(?P<y2>{Y})"
)
_NO_BIRTH = Pattern(  # "born in Ostvik, played for the town in 2007"
    r",\s(?!in\b|on\b|near\b|to\b|the\b)[a-z]|\b(?:and (?=[a-z])|who|which|when|where|that|until|since|came|before"
    r"|after|while|(?!United|Red)\w{2,}ed|built|made|held|lost|won|became|went|grew|left|took|has|had|is|was|will)\b"
)


def _births(article: Article) -> Iterator[tuple[re.Match[str], str]]:
    """Births, and the group of each with its year."""
    text, done = article.keep(finished), 0
    for place in article.places(_born)[:MOST]:
        born = _BORN.match(text, place) if place >= done else None
        done = born.end() if born else done
        if born and not _NO_BIRTH.search(born["gap"] or ""):
            yield born, next(one for one in ("y", "y2", "y3") if born[one])


_AGED = Pattern(
    rf"\b(?:(?P<now>is now|now|is|turns)|aged|at the age of|at age|was|turned|died at)\s(?:just |only "
    rf"|still )?(?P<n>[1-9]\d|{COUNT})(?: years old| years of age|(?=[,.;)]| (?:when|and|at the time|in|as"
    rf"|years old)\b))"
    rf"|[A-Z][a-z]+, (?P<n5>[2-9]\d),|\bat (?P<n4>[1-9]\d)(?=[,.;)])|\b(?P<n2>[1-9]\d)-year-old\b|\b(?:his"
    rf"|her) (?P<n3>[1-9]\d)(?:st|nd|rd|th) birthday\b"
)


def age_against_birth(article: Article) -> Iterator[Suspect]:
    """An age does not fit the year of birth and the year of the event.

    >>> show(age_against_birth, "Born in Ostvik in 1960, he died in 2001 at the age of 55.")
    [['1960', '2001', 'at the age of 55']]
    """
    text = article.keep(finished)
    for born, year in _births(article):
        last = min(article.sentence_number(born.start()) + 2, len(article.sentences) - 1)
        start, end = max(_before(article, born), born.start() - 400), min(article.sentences[last][1], born.end() + 500)
        for aged in _AGED.finditer(text, start, end):
            if not _same_person(article, born, aged):
                continue
            told = next(one for one in ("n", "n2", "n3", "n4", "n5") if aged[one])
            present = bool(aged["now"] or aged["n2"] or aged["n5"])
            events = _present(article, (start, end)) if present else _events(article, born.span(year), aged.span())
            late = [event - int(born[year]) - number(aged[told]) for event, _ in events]
            fits = not late or any(0 <= one <= 1 for one in late)
            # A text is younger than every year that it tells, so that a present age can only be too low for one.
            if not fits and (max(late) > 1 or not present or events[0][1] is None):
                spans = (born.span(year), *(events[0][1:] if events[0][1] else ()), aged.span())
                quoted = quote(article, *spans)
                yield Suspect(f"Born in {quoted[0]}, in {events[0][0]} “{quoted[-1]}”.", spans)
                break


_OTHER_PERSON = Pattern(
    r"\b(?:sons?|daughters?|child|children|twins|babies|baby|boys?|girls?|brothers?|sisters?|kids|people|those|anyone"
    r"|everyone|women|men|workers|persons|whoever)[, ]",
    re.I,
)
_SUBJECT = Pattern(
    r"[\s“\"]*(?:In \d{4},? |On [A-Z]\w+ \d+, \d{4}, |At |Aged |When )?(?:[Ww]hen |[Aa]ged |[Aa]t )?"
    r"(?:[Hh]e|[Ss]he|\d\d|the age)\b"
)
_NOT_YET = Pattern(r"\b(?:before|short of|ahead of|until|after|since|not|if|would|will)\s(?:\w+\s)?\Z")


def _same_person(article: Article, born: re.Match[str], aged: re.Match[str]) -> bool:
    """True if the age is told in the sentence of the birth, or of "he" or "she" in one behind it, and is reached."""
    text, (start, _) = article.text, around(article, aged.start())
    first, last = min(born.start(), aged.start()), max(born.start(), aged.start())
    if _OTHER_PERSON.search(text, max(0, first - 25), last):
        return False
    if _NOT_YET.search(text, max(start, aged.start() - 20), aged.start()):
        return False
    return start <= born.start() or _SUBJECT.match(text, start) is not None


def _before(article: Article, born: re.Match[str]) -> int:
    """Where to begin to look for an age: one sentence earlier if the birth is told of "he" or "she"."""
    number_ = article.sentence_number(born.start())
    start = article.sentences[number_][0]
    told_of_pronoun = article.text.startswith(("He ", "She "), start)
    return article.sentences[number_ - 1][0] if told_of_pronoun and number_ else start


def _events(article: Article, born: Span, aged: Span) -> list[tuple[int, Span | None]]:
    """The years of the sentence that tells an age, the nearest first."""
    years = [one.span() for one in YEAR.finditer(article.text, *around(article, aged[0])) if one.span() != born]
    return [(int(article.text[x:y]), (x, y)) for x, y in sorted(years, key=lambda one: abs(one[0] - aged[0]))]


def _present(article: Article, near: Span) -> list[tuple[int, Span | None]]:
    """The year of the text, for "now 45" and "the 45-year-old", and those told as past nearby, the latest first."""
    known = written(article)
    years = [one.span() for one in YEAR.finditer(article.text, *near)]
    past = [one for one in years if not _COMING.search(article.text, *around(article, one[0]))]
    past.sort(key=lambda one: article.text[slice(*one)], reverse=True)
    now: list[tuple[int, Span | None]] = [(known.year, None)] if known else []
    return now + [(int(article.text[x:y]), (x, y)) for x, y in past]


_COMING = Pattern(r"\b(?:will|would|by|until|plans?|due|expected|set to|could|may|scheduled|through|next)\b")
_ACTED = Pattern(rf"\b(?:[Ii]n|[Ss]ince|on)\s{IN}(?P<b>{Y})\b|\b(?:died|d\.)\s(?P<c>{Y})")
_OTHERS = Pattern(
    r"[;:]|\b(?:but|who|whose|where|parents?|father|mother|family|after|before|when|grand\w+|founded|built"
    r"|established|which|that|uncle|aunt|named (?:after|for)|\w*born|remainder|obituary)\b|\.\.|…|\s[–—-]\s"
)
_NEXT_ACT = Pattern(
    rf"(?<=[.\n”\"] )(?:In {IN}(?P<b>{Y}), (?:he|she) \w+|(?:He|She) (?:died|married|moved|joined|won|graduated"
    rf"|became|started|began|left|studied|worked)\b[^.;:\d]{{0,60}}? in {IN}(?P<c>{Y})\b)"
)


def acted_before_born(article: Article) -> Iterator[Suspect]:
    """Somebody acts, or dies, before the year of birth, or more than a life after it.

    >>> show(acted_before_born, "Born in 1960 in Ostvik, the painter moved south in 1950.")
    [['Born in 1960', 'in 1950']]
    """
    text = article.keep(finished)
    for born, year in _births(article):
        number_ = article.sentence_number(born.start())
        end = around(article, born.end())[1]
        acts = [
            one
            for one in _ACTED.finditer(text, born.end(), min(end, born.end() + 250))
            if _CLAUSE.search(text, born.end(), one.start()) and not _OTHERS.search(text, born.end(), one.start())
        ]
        last = min(article.sentences[min(number_ + 2, len(article.sentences) - 1)][1], end + 600)
        behind = (
            one for one in _NEXT_ACT.finditer(text, end, last) if not _GLUED.search(text, born.end(), one.start())
        )
        for act in (*acts, *behind):
            apart = int(act["b"] or act["c"]) - int(born[year])
            if apart < 0 or (apart > 105 and not _POSTHUMOUS.search(text, born.start(), act.end() + 80)):
                spans = (born.start(), born.end(year)), act.span()
                yield Suspect("“{}”, but acts “{}”.".format(*quote(article, *spans)), spans)
                break


_CLAUSE = Pattern(r"[,)]|\band\b")
_GLUED = Pattern(r"\b[Bb]orn\b|\.\.|…|\s[–—-]\s")  # another life begins
_POSTHUMOUS = Pattern(
    r"\b(?:posthum\w+|anniversary|museum|statue|plaque|named|honou?r\w*|memor\w+|buried|grave|descend\w+|great-"
    r"|auction\w*"
    r"|remains|exhibit\w*|discover\w*|publish\w*|centenary|family|legacy|archive|biograph\w*|sold|oldest|stamp|house"
    r"|home)\b"
)


_BIRTH = word_set("born b")


def _born(batch: Batch) -> np.ndarray:
    return find_any(batch, _BIRTH)


def _births_told(batch: Batch) -> np.ndarray:
    return beside(batch, year_tokens(batch)[0], _BIRTH, 16, 0)


def _birth_then_earlier(batch: Batch) -> np.ndarray:
    first, _, step = year_pairs(batch)
    return in_articles_of(batch, batch.keep(_births_told), first[(step < 0) | (step > 100)])


KIND = "timeline"
CHECKS: tuple[Check, ...] = (
    Check(KIND, age_against_birth, _births_told),
    Check(KIND, acted_before_born, _birth_then_earlier),
)

__all__ = ["CHECKS", "show"]
