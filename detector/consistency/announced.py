"""Announced numbers: names and votes that are more or fewer than the body or the sentence says."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from detector.batchtext import Batch
from detector.characters import DASH
from detector.consistency.amounts import amounts, flat, last_amount, read
from detector.consistency.article import Article
from detector.consistency.checks import Check, Suspect, show
from detector.consistency.triggers import find_any, follows, is_any, near, numbers, plural_at, sharing, within, word_set
from detector.patterns import Pattern

_BODIES = ("-member", "-judge", "-person", "-strong", "-justice", "-seat")
_ONES = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_OTHER_BODY = Pattern(r"[;:]|-member")
_VOTE = Pattern(
    r"\b(?:voted?|votes?|vote of|ruled|ruling|decided|split|approved|rejected|passed)(?: [a-z]+){0,3}? "
    rf"([0-9]{{1,3}}|{_ONES})(?:-| to |–|-to-)([0-9]{{1,3}}|{_ONES})\b"
)


def votes_against_members(article: Article) -> Iterator[Suspect]:
    """More votes are counted than the body has members.

    >>> show(votes_against_members, "The nine-member council voted 6-4 to close the pier.")
    [['nine-member', '6-4']]
    """
    text = flat(article)
    for at in (place - 1 for place in article.places(_voted)):
        start, end = text.rfind(" ", max(0, at - 20), at) + 1, text.find(" ", at)
        members = read(text, start, at) if text[at:end] in _BODIES else None
        score = _VOTE.search(text, at, min(article.sentence_of(at)[1], at + 160)) if members else None
        if members is None or score is None or members.end != at or _OTHER_BODY.search(text, end, score.start()):
            continue
        sides = [read(score[k], 0, len(score[k])) for k in (1, 2)]
        if sum(side.value for side in sides if side) > members.value > 2:
            spans = ((start, end), (score.start(1), score.end(2)))
            yield Suspect("“{}” and “{}” do not fit.".format(*(text[slice(*span)] for span in spans)), spans)


_MARGIN = Pattern(
    r" (?:votes?|points?|goals?|seats?|runs?)(?:,| –| -)? (?:by |at )?(?:a vote of )?([0-9][0-9,]{0,9})"
    r"(?: to |-|–)([0-9][0-9,]{0,9})\b"
)


def margin_against_score(article: Article) -> Iterator[Suspect]:
    """A margin is not the difference of its score.

    >>> show(margin_against_score, "She won by 20 votes, 510 to 480. They won by 12 points, 80-68.")
    [['20 votes, 510 to 480']]
    """
    text = flat(article)
    for at in article.places(_won):
        margin = read(text, at + 3, len(text)) if text.startswith("by ", at) else None
        score = _MARGIN.match(text, margin.end) if margin and margin.is_count else None
        if margin and score:
            one, other = (float(score[k].replace(",", "") or 0) for k in (1, 2))
            if abs(one - other) != margin.value:
                span = (margin.start, score.end())
                yield Suspect(f"“{text[slice(*span)]}”: the score gives another margin.", (span,))


_NAME = r"(?:[A-Z]\.|[A-Z][\w'-]*|of|the|de|van|von|al)"
_ITEM = rf"(?:the )?[A-Z][\w'-]*(?: {_NAME}){{0,4}}"
_NAMED = Pattern(rf"{_ITEM}(?:,| and) ")
_LIST = Pattern(rf"(?P<list>{_ITEM}(?:, {_ITEM}){{0,8}},? and {_ITEM})(?P<tail>[.;)]|,| –| --?|$)")
_ANNOUNCED = Pattern(
    r" (?P<noun>(?:[a-z-]+ ){0,2}?(?:[a-z-]+s|people|men|women|children))"
    r"(?P<between> [a-z][a-z' ]{0,50}?)?(?P<open>:| –| --?|,| are| were) "
)


def names_against_count(article: Article) -> Iterator[Suspect]:
    """A list of names is longer or shorter than was announced.

    >>> show(names_against_count, "The prize went to three people: Asta Brask and Ole Winther. It was cold.")
    [['three people', 'Asta Brask and Ole Winther']]
    """
    text = flat(article)
    for at in (place - 1 for place in article.places(_listed)):
        names = text.find(" ", at + 1) + 1
        if not _NAMED.match(text, names):
            continue
        begin, stop = article.sentence_of(names)
        count = last_amount(text, max(begin, at - 80), at + 1)
        listed = _LIST.match(text, names, min(stop, names + 400))
        if count is None or listed is None or not count.is_count or not 2 <= count.value <= 12:
            continue
        opening = _ANNOUNCED.fullmatch(text, count.end, names)
        if (
            opening is None
            or (opening["between"] and opening["open"] != ":")
            or not _closed(text, opening["open"], listed)
        ):
            continue
        items = listed["list"].count(",") - (", and " in listed["list"]) + 2
        if items not in [one.value for one in amounts(text, begin, names)]:
            spans = ((count.start, opening.end("noun")), listed.span("list"))
            yield Suspect(f"“{text[slice(*spans[0])]}”, but {items} are named.", spans)


_VERB_NEXT = Pattern(
    r" (?!(?:and|or|who|which|as|among|with|plus|in|of|from|at|both|all|also|but|while|to|for|on|where|whose|not)\b)"
    r"[a-z]{2,}\b"
)


def _closed(text: str, opening: str, listed: re.Match[str]) -> bool:
    """True if the list ends where its opening lets it: before a dash, at the sentence's end, before a verb."""
    if opening == ",":
        # "Nine people, Protestant and Catholic, were killed" names nobody.
        named = "," in listed["list"] or " " in listed["list"].split(" and ")[-1]
        return named and listed["tail"] == "," and bool(_VERB_NEXT.match(text, listed.end()))
    return listed["tail"] != "," and (opening.strip() != ":" or listed["tail"] in ".;)")


_AND = word_set("and")
_BY = word_set("by")
_BODY = word_set("member judge person strong justice seat")
_VOTED = word_set("vote votes voted ruled ruling decided split approved rejected passed")
_ARE = word_set("are were", collected=False)
_COUNT = word_set(_ONES.replace("|", " ") + " 2 3 4 5 6 7 8 9 10 11 12")


def _won(batch: Batch) -> np.ndarray:
    """Each "by" before a number, and another two soon after."""
    at = find_any(batch, _BY)
    at = at[within(numbers(batch), at, -1, 1) > 0]
    return at[within(numbers(batch), at, 0, 11) > 2]


def _voted(batch: Batch) -> np.ndarray:
    """Each "-member" or the like in an article with a word of voting."""
    at = find_any(batch, _BODY)
    at = at[batch.mark[at - 1] == ord("-")]
    return at[sharing(batch, at, find_any(batch, _VOTED)) > 0]


def _listed(batch: Batch) -> np.ndarray:
    """Marks and verbs that may open a list of names, shortly behind a small number."""
    count, joined, capital = find_any(batch, _COUNT), find_any(batch, _AND), batch.case > 0
    count = count[(batch.case[after := np.minimum(count + 1, len(capital) - 1)] == 0) & batch.is_word[after]]
    opened = np.flatnonzero(near(batch, count, 14, -1))
    mark, behind = batch.mark[opened], near(batch, count, 5, 0)[opened]
    opens = (mark == ord(":")) | (np.isin(mark, _OPENING) | is_any(batch, _ARE, opened)) & behind
    opened, colon = opened[opens], mark[opens] == ord(":")
    opened = opened[(colon | plural_at(batch, opened - 1)) & follows(capital, opened, 1, 2)]
    return opened[within(joined, opened, -1, 45) > 0]


_OPENING = (ord(","), ord("-"), DASH)

KIND = "quantities"
CHECKS: tuple[Check, ...] = (
    Check(KIND, votes_against_members, _voted),
    Check(KIND, margin_against_score, _won),
    Check(KIND, names_against_count, _listed),
)

__all__ = ["CHECKS", "show"]
