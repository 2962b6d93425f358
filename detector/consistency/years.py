"""Years, counts of years and their order in a text, for the checks of its timeline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from detector.batchtext import Batch, kept
from detector.consistency.amounts import places
from detector.consistency.article import Article, Span
from detector.consistency.triggers import find_any, sharing, within
from detector.consistency.triggers import years as year_tokens
from detector.patterns import Pattern

Y = (
    r"(?<![\d.,$£€/#])(?<!(?<!\d)\d{3}-)(?:1[0-9]|20)\d\d"
    r"(?![\d%]|[.,:]\d|/|\s?(?:percent|per cent|pct|km|miles|people|votes|points|feet|metres|meters|units|shares|GMT"
    r"|hours|days|years|times|pounds|dollars|euros|men|women|homes|jobs|rooms|pages|words|seats|kg|tonnes|tons|acres|cases)\b)"
)
"""A year of four digits; sums, scores, sizes and parts of longer numbers are none."""
_AFTER_YEAR = Y[Y.index(r"\d\d") + 4 :]
# The same with its digits first: a pattern that begins with a look-behind is tried at every character.
YEAR = Pattern(r"(?:1[0-9]|20)\d\d\b(?<![\w.,$£€/#]\d{4})(?<!(?<!\d)\d{3}-\d{4})" + _AFTER_YEAR)
IN = (
    r"(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}[.,]?\s(?:\d\d?(?:st|nd|rd|th)?,?\s)?"
    r"|\d\d? [A-Z][a-z]{2,8} "
    r"|(?:early|late|mid|end)[\s-]|(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter|season) |the (?:spring|summer"
    r"|autumn|fall|winter|year) (?:of )?)?"
)
"""What may stand between "in" and the year."""
_SMALL = [
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
]
_NUMBERS = {word: number for number, word in enumerate(_SMALL, 1)} | {"a": 1, "thirty": 30, "forty": 40, "fifty": 50}
COUNT = rf"(?i:[1-9]\d?|{'|'.join(reversed(_SMALL))}|thirty|forty|fifty)"
_HEDGED = Pattern(
    r"(?:\b(?:about|almost|nearly|over|than|around|roughly|some|least|most|approximately|another|every|just|under"
    r"|up to|or|and|to"
    r"|within|last|past|first|next)\s|[\d.,$£€-])\Z",
    re.I,
)


def hedged(text: str, place: int) -> bool:
    """True if the count at a place is an estimate or a part: "nearly ten", "more than ten", "another ten"."""
    return _HEDGED.search(text, max(0, place - 15), place) is not None


def matches(pattern: Pattern, text: str, cues: tuple[str, ...], before: int, behind: int) -> Iterator[re.Match[str]]:
    """The matches of a pattern near some literal words, many times faster than looking for it everywhere."""
    done = 0
    for place in places(text, *cues):
        if place >= done and (found := pattern.search(text, max(done, place - before), place + behind)):
            done = found.end()
            yield found


def number(word: str) -> int:
    """The number that a count says.

    >>> number("Ten"), number("12")
    (10, 12)
    """
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def quote(article: Article, *spans: Span) -> list[str]:
    """Passages as a message quotes them, without line breaks."""
    return [" ".join(article.text[a:b].split()) for a, b in spans]


def finished(article: Article) -> str:
    """The text up to the end of its last sentence."""
    return article.text[: article.end]


def rows(article: Article, most: int) -> Iterator[tuple[Span, Span, int]]:
    """Two years in a row with at most so many characters between them, and by how much the second is later."""
    years = article.keep(_years)
    for first, second in pairwise(years):
        if second[0] - first[1] <= most:
            yield first, second, int(article.text[slice(*second)]) - int(article.text[slice(*first)])


def _years(article: Article) -> tuple[Span, ...]:
    return tuple(found.span() for found in YEAR.finditer(article.keep(finished)))


@kept
def year_pairs(batch: Batch) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Two years in a row of one article: where each stands, and by how much the second is later."""
    at, value = year_tokens(batch)
    together = batch.article[at[1:]] == batch.article[at[:-1]]
    return at[:-1][together], at[1:][together], np.diff(value)[together]


def falls(batch: Batch, most: int | None = None) -> np.ndarray:
    """The years that an earlier one follows, within so many tokens."""
    first, second, step = year_pairs(batch)
    return first[(step < 0) & (second - first <= (most or len(batch.word)))]


def beside(batch: Batch, tokens: np.ndarray, words: int, before: int, after: int) -> np.ndarray:
    """Those of the tokens with one of some words among so many before or behind them."""
    return tokens[within(find_any(batch, words), tokens, before, after) > 0]


def in_articles_of(batch: Batch, tokens: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Those of the tokens whose article holds one of the others."""
    return tokens[sharing(batch, tokens, others) > 0]
