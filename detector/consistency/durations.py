"""Durations against their years: ten years that run from 2014 to 2018, two years later that are seven."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from detector.batchtext import Batch
from detector.consistency.article import Article
from detector.consistency.checks import Check, Suspect, show
from detector.consistency.triggers import find_any, is_any, numbers, within, word_set
from detector.consistency.years import (
    COUNT,
    IN,
    Y,
    beside,
    finished,
    hedged,
    matches,
    number,
    quote,
    rows,
    year_pairs,
)
from detector.patterns import Pattern

_ENDS = (
    rf"(?P<span>(?:from|between)\s{IN}(?P<a>{Y})(?:\s(?:to|until|till|through|and)\s|\s?[-–—]\s?){IN}(?P<b>{Y})"
    rf"|(?P<c>{Y})\s?[-–—]\s?(?P<d>{Y})|(?P<e>{Y}) (?:to|until) (?P<f>{Y}))"
)
_LONG = (
    rf"(?:(?P<n>{COUNT}|a(?= decade))\s(?:full |long |straight |consecutive |happy )?(?P<unit>year|decade)s?"
    rf"|(?:an?|the|his|her|its|their|my)\s(?P<h>{COUNT})[ -](?P<unit2>year|decade)(?!s))"
)
_DURATION = Pattern(
    rf"\b(?P<told>{_LONG})\b(?!(?:,|\sor more)? (?:old|ago|earlier|later|before|after|prison|sentence)|-)"
    rf"(?P<gap>(?:,?\s[\w'’-]+){{0,9}}?)(?:,|\s[–—-])?\s\(?(?:lasting |running )?{_ENDS}\b",
    re.I,
)
_DURATION_AFTER = Pattern(
    rf"\b{_ENDS}\)?,?\s\(?(?:(?:a|her|his|its)\s(?:period|span|stretch|total|tenure|reign|run|spell|term|career"
    rf"|stint)\sof"
    rf"|for|spanning|lasting|spending|totall?ing|serving|all|in all"
    rf"|or)\s(?:the\s)?(?P<told>{_LONG})\b(?!(?:\sor more)? (?:old|in prison|sentence|before|after|later)|-)",
    re.I,
)
_DURATION_LATER = Pattern(  # "From 2014 to 2018, he spent ten years ..."
    rf"\b{_ENDS},\s(?:he|she|they|it)\s(?:\w+\s){{1,3}}?(?P<told>{_LONG})\b(?! (?:old|ago|earlier|later|before|after))",
    re.I,
)
_NOT_WHOLE = Pattern(
    r"\b(?:more|out|every|first|last|next|past|final|including|except|years?|prison|sentence\w*|jail|deal|contract"
    r"|plan|but|aged|old"
    r"|than|bond\w*|note\w*|loan|average|low|high|lows|highs|worst|best|data|study|compar\w+|ban|term|and)\b|\d",
    re.I,
)
_UNITS = {"year": 1, "decade": 10}


def duration_against_years(article: Article) -> Iterator[Suspect]:
    """A duration does not fit the years that are given for it.

    >>> show(duration_against_years, "He spent ten years at the mill, from 2014 to 2018.")
    [['ten years', 'from 2014 to 2018']]
    """
    for first, second, step in rows(article, 40):
        for pattern in (_DURATION, _DURATION_AFTER, _DURATION_LATER) if step > 0 else ():
            found = pattern.search(article.keep(finished), max(0, first[0] - 110), second[1] + 60)
            if (
                found
                and found.start("span") <= first[0] < found.end("span")
                and _unlike(found, step, pattern is _DURATION_LATER)
            ):
                spans = found.span("told"), found.span("span")
                yield Suspect("“{}” does not fit “{}”.".format(*quote(article, *spans)), spans)
                break


def _unlike(found: re.Match[str], step: int, only_longer: bool) -> bool:
    """True if a plain count of years or decades is not that of its two ends, or if it is longer."""
    if (found["n"] and hedged(found.string, found.start("n"))) or _NOT_WHOLE.search(found.groupdict().get("gap") or ""):
        return False
    unit = _UNITS[(found["unit"] or found["unit2"]).lower()]
    excess = unit * number(found["n"] or found["h"]) - step
    return (excess if only_longer else abs(excess)) > max(1, unit // 2 - 1)


def _in_step(anchor: int, year: int, sign: int, many: int) -> bool:
    """True if a year is about so many years after (+1) or before (-1) another one."""
    return abs(sign * (year - anchor) - many) <= max(1, many // 10)


_APART_CUES = ("years after", "years before", "decade after", "decade before", "year after", "year before")
_APART = Pattern(
    rf"\b(?P<y>{Y})(?P<g1>,?(?:\s[A-Za-z'’-]+){{0,8}}?),?\s(?:about )?(?P<n>{COUNT}|a)\s(?P<unit>year"
    rf"|decade)s?\s(?P<way>after|before)\s"
    rf"(?P<g2>[^.;:\n\d]{{2,80}}?)\s(?:in|on)\s{IN}(?P<y2>{Y})\b"
)


def years_apart(article: Article) -> Iterator[Suspect]:
    """Two events are not as many years apart as is told.

    >>> show(years_apart, "It closed in 1998, three years after it opened in 1985.")
    [['1998', 'three years after it opened in 1985']]
    """
    for found in matches(_APART, article.keep(finished), _APART_CUES, 90, 110):
        if not found["n"] or hedged(article.text, found.start("n")) or _NOT_WHOLE_APART.search(found["g2"]):
            continue
        many = number(found["n"]) * _UNITS[found["unit"]]
        sign = 1 if found["way"] == "after" else -1
        if not _in_step(int(found["y2"]), int(found["y"]), sign, many):
            spans = found.span("y"), (found.start("n"), found.end())
            yield Suspect("“{1}” does not fit “{0}”.".format(*quote(article, *spans)), spans)


_NOT_WHOLE_APART = Pattern(r"\b(?:who|which|that|whose|but|where|while|born)\b")


_SPANS, _DECADES = word_set("year years decade decades"), word_set("decade decades", collected=False)
_WAYS = word_set("after before")


def _duration(batch: Batch) -> np.ndarray:
    first, second, step = year_pairs(batch)
    spans = find_any(batch, _SPANS)
    counted = spans[(within(numbers(batch), spans, 3, -1) > 0) | is_any(batch, _DECADES, spans)]
    first = first[(second - first <= 5) & (step > 0)]
    return first[within(counted, first, 16, 14) > 0]


def _apart(batch: Batch) -> np.ndarray:
    return beside(batch, beside(batch, year_pairs(batch)[0], _SPANS, 0, 13), _WAYS, 0, 14)


KIND = "timeline"
CHECKS: tuple[Check, ...] = (
    Check(KIND, duration_against_years, _duration),
    Check(KIND, years_apart, _apart),
)

__all__ = ["CHECKS", "show"]
