"""Timeline: years and durations of one history that cannot all be right."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from detector.batchtext import Batch
from detector.characters import DASH
from detector.consistency import careers, durations, foundings, lives, named, present
from detector.consistency.article import Article
from detector.consistency.checks import Check, Suspect, show
from detector.consistency.triggers import is_any, word_set
from detector.consistency.years import (
    IN,
    Y,
    falls,
    finished,
    quote,
    rows,
)
from detector.patterns import Pattern

KIND = "timeline"
_DASH = r"\s?[-–—]\s?"
_FROM_TO = Pattern(
    rf"\b(?:[Ff]rom|[Bb]etween)\s{IN}(?P<a>{Y})(?:\s(?:to|until|till|through|and)\s|{_DASH}){IN}(?P<b>{Y})\b"
    rf"|\((?:[A-Za-z]+\.?\s){{0,3}}(?P<c>{Y}){_DASH}(?:[A-Za-z]+\.?\s)?(?P<d>{Y})\)"
    rf"|(?P<e>\b{Y})[-–](?P<f>{Y})(?![-–])\b"
)
_NO_HISTORY = Pattern(
    r"\b(?:fell|falls?|dropp?e?d?|drops|rose|rises?|grew|grows?|declin\w+|increas\w+|decreas\w+|cuts?|down|up"
    r"|slipp?e?d?"
    r"|gain\w*|los[et]|reduc\w+|backwards?|back|revers\w+|compar\w+|differ\w+|points|index|room|flight|serial|model"
    r"|rang\w*|chang\w+|switch\w*|moved?|match\w*|adjust\w*)\s\Z|(?:\d|[Tt]el|[Cc]all|[Pp]hone|[Ff]ax)\W{0,3}\Z"
)


def reversed_years(article: Article) -> Iterator[Suspect]:
    """A span of years ends before it begins.

    >>> show(reversed_years, "She led the choir of Ostvik from 2014 to 2010.")
    [['from 2014 to 2010']]
    """
    for first, second, step in rows(article, 30):
        found = _FROM_TO.search(article.keep(finished), max(0, first[0] - 40), second[1] + 2) if step < 0 else None
        if (
            found
            and second in (found.span("b"), found.span("d"), found.span("f"))
            and not _NO_HISTORY.search(article.text, max(0, found.start() - 16), found.start())
        ):
            yield Suspect(f"“{quote(article, found.span())[0]}” runs backwards.", (found.span(),))


def _reversed_span(batch: Batch) -> np.ndarray:
    """Years before an earlier one, behind "from", "between" or a bracket, or with a dash between."""
    at = falls(batch, 8)
    opens = np.maximum(at[:, None] - np.arange(1, 9), 0)
    opened = (is_any(batch, _OPENS, opens) | (batch.mark[opens] == ord("("))).any(axis=1)
    return at[opened | np.isin(batch.mark[np.minimum(at + 1, len(batch.mark) - 1)], _DASHES)]


_OPENS = word_set("from between", collected=False)
_DASHES = (ord("-"), DASH)


CHECKS: tuple[Check, ...] = (
    Check(KIND, reversed_years, _reversed_span),
    *careers.CHECKS,
    *foundings.CHECKS,
    *durations.CHECKS,
    *lives.CHECKS,
    *named.CHECKS,
    *present.CHECKS,
)

__all__ = ["CHECKS", "show"]
