"""What a consistency check is, and what it returns: suspects, each pointing at every place that disagrees."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from detector.consistency.article import Article, Span, Trigger

KINDS = ("calendar", "timeline", "quantities", "names", "acronyms", "quotations", "headline", "voice")
"""Kinds of consistency checks, in the order in which they are listed."""


class Suspect(NamedTuple):
    """What was seen, as one sentence that quotes the places, and the places: no span is longer than a sentence."""

    message: str
    spans: tuple[Span, ...]


class Check(NamedTuple):
    """One check: `find` looks at an article, and `trigger` gives the tokens of a batch that are worth a look.

    Finding is slow, so `trigger` is read from the batch's arrays; an article without such a token must hold no suspect.
    """

    kind: str
    find: Callable[[Article], Iterable[Suspect]]
    trigger: Trigger

    @property
    def name(self) -> str:
        """The name of the check: that of its function."""
        return self.find.__name__


def show(find: Callable[[Article], Iterable[Suspect]], text: str, **known: object) -> list[list[str]]:
    """The passages of each suspect that a check finds in one text: what the doctests print."""
    article = Article.of(text, **known)  # type: ignore[arg-type]
    return [[text[a:b] for a, b in suspect.spans] for suspect in find(article)]
