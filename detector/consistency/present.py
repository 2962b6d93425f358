"""The year of a text: "last year" and "ten years ago" against each other and the dateline, years yet to come."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from detector.batchtext import Batch
from detector.consistency.article import Article
from detector.consistency.checks import Check, Suspect, show
from detector.consistency.dates import around, written
from detector.consistency.triggers import is_any, word_set
from detector.consistency.triggers import years as year_tokens
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
)
from detector.patterns import Pattern

_RELATIVE = Pattern(
    rf"\b(?P<w>[Ll]ast|[Nn]ext|[Tt]his)\syear(?:,?\sin\s|,\s|\s?\()(?P<y>{Y})(?=[,.;)]|\s(?:and|when|as|the|he|she|it"
    rf"|they|after|to|for|by|with)\b)"
    rf"|\b[Ii]n\s(?P<y2>{Y}),?\s\(?(?P<w2>last|next|this)\syear\b(?!['’])"
    rf"|\b(?P<n>{COUNT})\syears?\s(?P<w3>ago),?\s\(?in\s{IN}(?P<y3>{Y})\b"
    rf"|\b[Ii]n\s{IN}(?P<y4>{Y}),\s(?P<n2>{COUNT})\syears?\s(?P<w4>ago)\b"
    rf"|\b(?P<n3>{COUNT})\syears,?\s(?P<w5>since)\s(?P<y5>{Y})\b"
)
_RELATIVE_CUES = ("ast year", "ext year", "his year", " ago", " since")
_NOW = {"last": 1, "this": 0, "next": -1}


def relative_year(article: Article) -> Iterator[Suspect]:
    """“Last year” or “ten years ago” names a year that another such word, or the dateline, rules out.

    >>> show(relative_year, "The mill burned last year, in 2019. It will reopen next year, in 2025.")
    [['last year, in 2019', 'next year, in 2025']]
    """
    told = list(matches(_RELATIVE, article.keep(finished), _RELATIVE_CUES, 40, 40))
    known = written(article) if told else None
    present, first = (known.year if known else None), None
    for found in told:
        counted = next((one for one in ("n", "n2", "n3") if found[one]), None)
        count = found[counted] if counted else None
        if counted and hedged(article.text, found.start(counted)):
            continue
        word = next(found[one] for one in ("w", "w2", "w3", "w4", "w5") if found[one]).lower()
        year = next(int(found[one]) for one in ("y", "y2", "y3", "y4", "y5") if found[one])
        now = year + (number(count) if count else _NOW[word])
        if present is None:
            present, first = now, found.span()
        elif abs(now - present) > (1 if count else 0):
            spans = (first, found.span()) if first else (found.span(),)
            yield Suspect(f"“{quote(article, found.span())[0]}” does not fit a text of {present}.", spans)


_LATE = Pattern(
    rf"(?P<way>\b[Ii]n|\b[Ss]ince)\s{IN}(?P<y>2[12]\d\d)(?P<lead>,)?"
    r"(?=[.,;)\]\"”’](?!\d)|\s*\Z|\s(?:by|to|and|with|as|at|when|after|for|in|on|the|but|from|before|was|were|because"
    r"|where|which|who|under|until|while|near|he|she|it|they|his|her|had)\b)"
)
_PAST = (
    r"(?:(?:was|were|has been|have been|had been|has (?:\w+ )?been) \w+"
    r"|(?!need|seed|feed|breed|speed|indeed|bleed)\w{3,}ed|born|built|became|began|bought|sold|won|lost|left|held|met|stood|took|made|went|came|rose|fell|wrote|led|ran"
    r"|has (?:been|had|run|led))"
)
_BEFORE_YEAR = Pattern(rf"\b{_PAST}\b(?:,?\s[A-Za-z'’-]+){{0,8}}?\s\Z")
_BEHIND_YEAR = Pattern(rf"\s(?:[A-Za-z'’-]+\s){{0,6}}?{_PAST}\b")
_IMAGINED = Pattern(
    r"\b(?:if|will|would|could|should|may|might|can|by (?:\d|the year)|until|novels?|films?|movie|story|book|game"
    r"|series|show|season|episode|set in|future|centur\w+|fiction\w*|space|trek|sci-fi|imagin\w+|predict\w+|project\w+"
    r"|expir\w+|box|room|suite|code|number|no)\b",
    re.I,
)


def year_to_come(article: Article) -> Iterator[Suspect]:
    """A year of a later century is told as past.

    >>> show(year_to_come, "The mill was founded in 2109 by two brothers.")
    [['was founded in 2109']]
    """
    text = article.keep(finished)
    for found in _LATE.finditer(text):
        start, end = around(article, found.start())
        told = _BEFORE_YEAR.search(text, max(start, found.start() - 80), found.start())
        behind = _BEHIND_YEAR.match(text, found.end(), end) if found["lead"] and not told else None
        if (told or behind) and not _IMAGINED.search(text, start, end):
            span = (told.start() if told else found.start(), behind.end() if behind else found.end("y"))
            yield Suspect(f"“{quote(article, span)[0]}”: that is still to come.", (span,))


_NAMED, _YEAR, _SPANS = word_set("last next this"), word_set("year"), word_set("year years")
_SINCE, _AGO, _SINCE_THEN = word_set("since"), word_set("ago"), word_set("in since", collected=False)


def _relative(batch: Batch) -> np.ndarray:
    at = year_tokens(batch)[0]
    named = beside(batch, beside(batch, at, _NAMED, 6, 6), _YEAR, 5, 7)
    since = beside(batch, beside(batch, at, _SINCE, 2, 0), _SPANS, 5, 0)
    return np.concatenate([named, since, beside(batch, at, _AGO, 6, 6)])


def _late_year(batch: Batch) -> np.ndarray:
    at, value = year_tokens(batch)
    at = at[(value >= 2100) & (value < 2300)]
    before = np.maximum(at[:, None] - np.arange(1, 8), 0)
    return at[is_any(batch, _SINCE_THEN, before).any(axis=1)]


KIND = "timeline"
CHECKS: tuple[Check, ...] = (
    Check(KIND, relative_year, _relative),
    Check(KIND, year_to_come, _late_year),
)

__all__ = ["CHECKS", "show"]
