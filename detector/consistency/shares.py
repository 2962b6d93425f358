"""Shares: percentages of one whole that make more than all of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from detector.batchtext import Batch
from detector.consistency.amounts import Amount, amounts, flat
from detector.consistency.article import Article
from detector.consistency.checks import Check, Suspect, show
from detector.consistency.triggers import is_any, percents, sharing, word_set
from detector.patterns import Pattern
from detector.tokens import DIGIT

_REMAINING = Pattern(r"\b(?:remaining|rest,?|balance,?|balance of|rest \() $")
_OF_GROUP = r"(?: of (?:the |its |their |all )?[a-z ]{3,25}?)"
_SEX = Pattern(
    rf"(?:{_OF_GROUP}? (?:are|were|is|was|being))? (?P<sex>men|women|males?|females?|boys|girls)\b(?! (?:who|and))"
    rf"|{_OF_GROUP}? (?:are|were) (?P<other>men|women|male|female|boys|girls)\b"
)
_FOR = r"(?:in favou?r|support(?:ed|s|ing)?|backed|approved?|yes|agreed?|voted for|for)\b"
_AGAINST = r"(?:against|oppos(?:e|ed|ing)|disapproved?|no|disagreed?|rejected|voted against)\b"
_BOTH_WAYS = tuple(
    (Pattern(rf"\b{one}"), Pattern(rf"(?: \w+){{0,5}}? {two}")) for one, two in ((_FOR, _AGAINST), (_AGAINST, _FOR))
)
_VERBS = "won|received|took|got|gained|polled|secured|captured|had|garnered|claimed"
_WON = Pattern(rf"\b(?:{_VERBS})(?: about| just| only)? $")
_OF_VOTE = Pattern(r" (?:of|in) (?:the |all )?(?:[a-z]+ )?(?:votes?|ballots?)\b")
_RIVAL = Pattern(
    r"(?: (?!in )[a-z]+){0,6}(?:,|,? (?:and|while|with|against|to|compared with|ahead of)){1,2} [A-Z][\w' .-]{1,40}?"
    rf"(?:'s)?(?: (?:{_VERBS}|on|at))?(?: (?:just|only))? "
)
_ELSEWHERE = Pattern(
    r"\b(?:(?:19|20)[0-9]{2}|turnout|counted|precincts|counties|reporting|district|runoff|round|last|while in|men"
    r"|women)\b"
)
_UNDECIDED = Pattern(
    r"(?: of [a-z]+)?(?: (?:were|was|are|is|had|said they were))? (?:undecided|unsure|not sure|no opinion"
    r"|abstain(?:ed|ing))"
)
_PERCENTS = ("percent", "per cent", "%", " pct")
_VOTED = Pattern(r"\bvot(?:e|ed|es|ers)\b")


def shares_over_whole(article: Article) -> Iterator[Suspect]:
    """Shares of one whole add up to more than all of it.

    >>> show(shares_over_whole, "Oddny holds 60 percent of the firm and Brask the remaining 50 percent.")
    [['60 percent', '50 percent']]
    >>> show(shares_over_whole, "Some 58 per cent were in favour and 52 per cent were against it.")
    [['58 per cent', '52 per cent']]
    """
    text = flat(article)
    for begin, stop in article.sentences_of(_sides):
        if sum(text.count(word, begin, stop) for word in _PERCENTS) < 2:
            continue
        found = [one for one in amounts(text, begin, stop) if one.unit == "%"]
        if len(found) == 3 and sum(one.value for one in found) > 102 and _UNDECIDED.match(text, found[2].end):
            spans = tuple((one.start, one.end) for one in found)
            said = (text[slice(*span)] for span in spans)
            yield Suspect("“{}”, “{}” and “{}” are more than the whole.".format(*said), spans)
            continue
        if len(found) == 3 and 102 < sum(one.value for one in found) < 150 and _split(text, found, begin, stop):
            spans = tuple((one.start, one.end) for one in found)
            said = (text[slice(*span)] for span in spans)
            yield Suspect("“{}”, “{}” and “{}” are more than the whole.".format(*said), spans)
            continue
        for one, other in pairwise(found):
            against = text[one.end : other.start] == " to "  # "72 percent to 48 percent" are two groups
            if 101 < one.value + other.value < 190 and max(one.value, other.value) < 100 and not against:
                before = text[max(begin, other.start - 20) : other.start]
                if _REMAINING.search(before) or (len(found) == 2 and _are_all(text, one, other, begin, stop)):
                    spans = ((one.start, one.end), (other.start, other.end))
                    said = (text[slice(*span)] for span in spans)
                    yield Suspect("“{}” and “{}” are more than the whole.".format(*said), spans)


def _split(text: str, found: list[Amount], begin: int, stop: int) -> bool:
    """True for "A of it is burned, B is buried and C is recycled": three shares, and no more, of a whole named once."""
    one, other, third = found
    whole = _OF_WHOLE.search(text, begin, one.start) or _OF_IT.match(text, one.end)
    if (
        not whole
        or not _NEXT_SHARE.fullmatch(text, one.end, other.start)
        or not _LAST_SHARE.fullmatch(text, other.end, third.start)
    ):
        return False
    return bool(_ENDS.match(text, third.end, stop)) and not _OVERLAPPING.search(text, begin, stop)


_OF_WHOLE = Pattern(r"\b(?:[Oo]f (?:the|those|all|its)|[Ii]n a (?:survey|poll))\b[^,;:%]{3,50}, $")
_OF_IT = Pattern(r" of (?:the|all|its) [a-z]+ (?:is|are|was|were|goes|go|went)\b")
_NEXT_SHARE = Pattern(r" (?:[a-z]+ ){0,6}[a-z]+, ")
_LAST_SHARE = Pattern(r" (?:[a-z]+ ){0,6}[a-z]+,? and (?:the (?:remaining|rest,|other) )?")
_ENDS = Pattern(r" (?:[a-z]+ ){0,6}[a-z]+[.;]")
_OVERLAPPING = Pattern(
    r"\b(?:also|both|either|multiple|more than one|least|up|down|rose|fell|increase|respectively"
    r"|times|compared|men|women|year)\b"
)


def _are_all(text: str, one: Amount, other: Amount, begin: int, stop: int) -> bool:
    """True if two shares are of one whole and cannot overlap: for and against, men and women, rivals in a vote."""
    between, after = text[one.end : other.start], text[other.end : min(stop, other.end + 60)]
    if between in (" to ", "-"):
        return bool(_VOTED.search(text, begin, stop))
    sexes = [m and (m["sex"] or m["other"]) for m in (_SEX.match(between), _SEX.match(after))]
    if len(between) < 90 and all(sexes):
        return sexes[0] != sexes[1]
    if len(between) < 90 and any(first.search(between) and then.match(after) for first, then in _BOTH_WAYS):
        return True
    won = _WON.search(text, max(begin, one.start - 25), one.start)
    return bool(
        won
        and _RIVAL.fullmatch(between)
        and _OF_VOTE.search(text, one.end, min(stop, other.end + 40))
        and not _ELSEWHERE.search(text, begin, stop)
    )


_PER = word_set("per", collected=False)


def _sides(batch: Batch) -> np.ndarray:
    """Percentages of a sentence with several that may be more than all."""
    shares = percents(batch)
    shares = shares[sharing(batch, shares, shares, sentence=True) > 1]
    total = np.bincount(batch.sentence[shares], _at_most(batch, shares), int(batch.sentence[-1]) + 1)
    return shares[total[batch.sentence[shares]] > 101]


def _at_most(batch: Batch, shares: np.ndarray) -> np.ndarray:
    """What the percentages before some percent signs and words are at most; much where that is not seen at once."""
    at = shares - 1
    at -= is_any(batch, _PER, at) | (batch.mark[at] == ord("-"))
    chars, start, length = batch.tokens.chars, batch.tokens.start[at], batch.length[at]
    first, second, third = (chars.take(start + step, mode="clip") for step in range(3))
    one = (length == 1) | ~DIGIT[second]
    two = (length == 2) | ~DIGIT[third]
    small = first.astype(np.int64) - ord("0") + 1
    value = np.where(one, small, np.where(two, 10 * small + second - ord("0") - 9, 1000))
    return np.where(DIGIT[first], value, 1000)


CHECKS: tuple[Check, ...] = (Check("quantities", shares_over_whole, _sides),)

__all__ = ["CHECKS", "show"]
