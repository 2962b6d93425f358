"""Announced numbers: names and votes that are more or fewer than the body or the sentence says."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from detector.batchtext import Batch
from detector.characters import DASH
from detector.consistency.amounts import amounts, flat, last_amount, places, read
from detector.consistency.article import Article
from detector.consistency.checks import Suspect, show
from detector.consistency.triggers import find_any, follows, holds, is_any, number_tokens, plural_at, word_set

_BODIES = ("-member ", "-judge ", "-person ", "-strong ", "-justice ", "-seat ")
_ONES = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_OTHER_BODY = re.compile(r"[;:]|-member")
_VOTE = re.compile(
    r"\b(?:voted?|votes?|vote of|ruled|ruling|decided|split|approved|rejected|passed)(?: [a-z]+){0,3}? "
    rf"([0-9]{{1,3}}|{_ONES})(?:-| to |–|-to-)([0-9]{{1,3}}|{_ONES})\b"
)


def votes_against_members(article: Article) -> Iterator[Suspect]:
    """More votes are counted than the body has members.

    >>> show(votes_against_members, "The nine-member council voted 6-4 to close the pier.")
    [['nine-member', '6-4']]
    """
    text = flat(article)
    for at in places(text, *_BODIES):
        start, end = text.rfind(" ", max(0, at - 20), at) + 1, text.index(" ", at)
        members = read(text, start, at)
        score = _VOTE.search(text, at, min(article.sentence_of(at)[1], at + 160)) if members else None
        if members is None or score is None or members.end != at or _OTHER_BODY.search(text, end, score.start()):
            continue
        sides = [read(score[k], 0, len(score[k])) for k in (1, 2)]
        if sum(side.value for side in sides if side) > members.value > 2:
            spans = ((start, end), (score.start(1), score.end(2)))
            yield Suspect("“{}” and “{}” do not fit.".format(*(text[slice(*span)] for span in spans)), spans)


_MARGIN = re.compile(
    r" (?:votes?|points?|goals?|seats?|runs?)(?:,| –| -)? (?:by |at )?(?:a vote of )?([0-9][0-9,]{0,9})"
    r"(?: to |-|–)([0-9][0-9,]{0,9})\b"
)


def margin_against_score(article: Article) -> Iterator[Suspect]:
    """A margin is not the difference of its score.

    >>> show(margin_against_score, "She won by 20 votes, 510 to 480. They won by 12 points, 80-68.")
    [['20 votes, 510 to 480']]
    """
    text = flat(article)
    for at in places(text, " by "):
        margin = read(text, at + 4, len(text))
        score = _MARGIN.match(text, margin.end) if margin and margin.is_count else None
        if margin and score:
            one, other = (float(score[k].replace(",", "") or 0) for k in (1, 2))
            if abs(one - other) != margin.value:
                span = (margin.start, score.end())
                yield Suspect(f"“{text[slice(*span)]}”: the score gives another margin.", (span,))


_NAME = r"(?:[A-Z]\.|[A-Z][\w'-]*|of|the|de|van|von|al)"
_ITEM = rf"(?:the )?[A-Z][\w'-]*(?: {_NAME}){{0,4}}"
_NAMED = re.compile(rf"{_ITEM}(?:,| and) ")
_LIST = re.compile(rf"(?P<list>{_ITEM}(?:, {_ITEM}){{0,8}},? and {_ITEM})(?P<tail>[.;)]|,| –| --?|$)")
_ANNOUNCED = re.compile(
    r" (?P<noun>(?:[a-z-]+ ){0,2}?(?:[a-z-]+s|people|men|women|children))"
    r"(?P<between> [a-z][a-z' ]{0,50}?)?(?P<open>:| –| --?|,| are| were) "
)
_OPENINGS = (": ", " – ", " are ", " were ", " - ", " -- ", "s, ", "people, ", "men, ")


def names_against_count(article: Article) -> Iterator[Suspect]:
    """A list of names is longer or shorter than was announced.

    >>> show(names_against_count, "The prize went to three people: Asta Brask and Ole Winther. It was cold.")
    [['three people', 'Asta Brask and Ole Winther']]
    """
    text = flat(article)
    for at in places(text, *_OPENINGS):
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


_VERB_NEXT = re.compile(
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
_THE = word_set("the")
_ARE = word_set("are were")
_COUNT = word_set(_ONES.replace("|", " ") + " 2 3 4 5 6 7 8 9 10 11 12")


def may_be_won(batch: Batch) -> np.ndarray:
    """(N,) bool: "by" stands before a number, and another two stand soon after."""
    number = np.concatenate([[0], np.cumsum(number_tokens(batch))])
    at = find_any(batch, _BY)
    at = at[number[np.minimum(at + 2, len(number) - 1)] > number[at]]
    return holds(batch, at[number[np.minimum(at + 12, len(number) - 1)] > number[at] + 2])


def may_be_voted(batch: Batch) -> np.ndarray:
    """(N,) bool: "-member" or the like and a word of voting stand in the article."""
    at = find_any(batch, _BODY)
    at = at[follows(batch.mark == ord("-"), at, -1)]
    return holds(batch, at) & holds(batch, is_any(batch, _VOTED))


def may_be_listed(batch: Batch) -> np.ndarray:
    """(N,) bool: a small number stands shortly before a mark or a verb that may open a list of names."""
    total = np.concatenate([[0], np.cumsum(is_any(batch, _COUNT))])
    joined = np.cumsum(is_any(batch, _AND))
    capital = batch.case > 0
    found = []
    for opens, before in (
        (np.flatnonzero(batch.mark == ord(":")), 14),
        (np.flatnonzero(batch.is_mark(",-" + chr(DASH)) | is_any(batch, _ARE)), 5),
    ):
        ends = np.minimum(opens + 45, len(capital) - 1)
        opens = opens[
            (joined[ends] > joined[opens])
            & follows(capital, opens, 1, 2)
            & (total[opens] > total[np.maximum(opens - before, 0)])
        ]
        found.append(opens if before > 5 else opens[plural_at(batch, opens - 1)])
    return holds(batch, np.concatenate(found))


__all__ = [
    "margin_against_score",
    "may_be_listed",
    "may_be_voted",
    "may_be_won",
    "names_against_count",
    "show",
    "votes_against_members",
]
