"""Parts and wholes: totals, shares, votes and lists whose figures cannot all be right."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from detector.batchtext import Batch
from detector.consistency.amounts import Amount, amounts, flat
from detector.consistency.article import Article, Span
from detector.consistency.checks import Check, Suspect, show
from detector.consistency.triggers import find_any, follows, marks, number_tokens, numbers, sharing, word_set
from detector.patterns import Pattern

KIND = "quantities"
_GROUPS_LISTED = (
    "people persons passengers members students pupils victims patients employees workers staff residents adults "
    "suspects prisoners inmates refugees migrants participants respondents survivors hostages civilians soldiers "
    "players teachers children youngsters teenagers fatalities deaths candidates jurors delegates volunteers guests "
    "visitors recruits medals officers crew protesters tourists villagers researchers scientists detainees athletes "
    "artists singers dancers musicians actors finalists winners nurses doctors"
)
_GROUPS = frozenset(_GROUPS_LISTED.split())
_PAIRS = ("men man males male/women woman females female", "boys boy/girls girl", "adults/children minors teenagers")
_PARTITIONS = [[frozenset(side.split()) for side in pair.split("/")] for pair in (*_PAIRS, "gold/silver/bronze")]
_SIDES = frozenset().union(*(side for pair in _PARTITIONS for side in pair), ["infants", "babies", "child"])
_WORDS = Pattern(r"(?: [a-z][a-z'-]*){1,4}")
_JOINT = Pattern(r"(?:,| and|, and| plus|;) (?:the |another )?")
_NAMELY = "of whom|of them|comprising|consisting of|made up of|namely"
_OPENS = Pattern(rf"(?:(?:,|:| –| --?| \()(?: (?:{_NAMELY}|(?P<some>including)))?| (?:{_NAMELY})| (?=[a-z0-9])) ?")


def parts_against_total(article: Article) -> Iterator[Suspect]:
    """The parts of a group do not add up to its total.

    >>> show(parts_against_total, "Aboard were 12 people, 5 men and 4 women. Ten pupils: 6 boys, 4 girls.")
    [['12 people, 5 men and 4 women']]
    >>> show(parts_against_total, "She sold five cars and four vans, a total of 12 vehicles.")
    [['five cars and four vans, a total of 12']]
    """
    text = flat(article)
    for sentence in article.sentences_of(_divided):
        found = list(amounts(text, *sentence))
        spans = (*_totals_before(text, found, sentence[1]), *_totals_after(text, found), *_listed(text, found))
        for span in spans:
            yield Suspect(f"“{text[slice(*span)]}”: the parts make another total.", (span,))


def _totals_before(text: str, found: list[Amount], stop: int) -> Iterator[Span]:
    """From a total to the end of the parts that follow it at once and are of another sum."""
    for k, total in enumerate(found[:-2]):
        words = _WORDS.match(text, total.end) if total.is_count and not total.is_year else None
        opening = _OPENS.fullmatch(text, words.end(), found[k + 1].start) if words else None
        if words is None or opening is None:
            continue
        parts, end = _run(text, found[k + 1 :], stop)
        nouns, whole = {noun for _, noun in parts}, set(words[0].split())
        if len(parts) < 2 or not whole & _GROUPS or not _is_partition(nouns):
            continue
        if whole & nouns or (whole & _SIDES and nouns & {"men", "women"}):
            continue
        sum_ = sum(part.value for part, _ in parts)
        if sum_ > total.value or (sum_ < total.value and not opening["some"]):
            yield total.start, end


def _run(text: str, found: list[Amount], stop: int) -> tuple[list[tuple[Amount, str]], int]:
    """The amounts that follow each other as "5 men, 3 women and 2 children", each with its noun, and their end."""
    parts: list[tuple[Amount, str]] = []
    end = found[0].start
    for one in found:
        words = _WORDS.match(text, one.end, stop) if one.is_count else None
        noun = next((word for word in words[0].split() if word in _SIDES), None) if words else None
        if words is None or noun is None or (parts and not _JOINT.fullmatch(text, end, one.start)):
            break
        end = one.end + words[0].index(f" {noun}") + 1 + len(noun)
        parts.append((one, noun))
    return parts, end


def _is_partition(nouns: set[str]) -> bool:
    """True if the parts are all that there can be: men and women, boys and girls, gold, silver and bronze."""
    return any(all(nouns & side for side in pair) for pair in _PARTITIONS)


_TOTAL = Pattern(
    r"(?:,| –| -| \(|,? (?:for|making|giving|bringing it to))? ?(?:a |an |the )?(?:grand |combined )?"
    r"(?:total of|totalling|totaling) $"
)
_PART = Pattern(r"(?: (?!(?:and|or|to|a|total|with)\b)[A-Za-z][\w'-]{0,20}){0,5}")
_PLUS = Pattern(_PART.pattern + r"(?:,| and|, and| plus) ")


def _totals_after(text: str, found: list[Amount]) -> Iterator[Span]:
    """From the first of some parts to the total that comes after them and is of another sum (", a total of 12")."""
    for k in range(2, len(found)):
        total, first = found[k], k - 1
        opening = _TOTAL.search(text, found[first].end, total.start)
        if opening is None or not _PART.fullmatch(text, found[first].end, opening.start()):
            continue
        while first and _PLUS.fullmatch(text, found[first - 1].end, found[first].start):
            first -= 1
        run = found[first:k]
        sums = {sum(one.value for one in run[low:]) for low in range(len(run) - 1)}
        if sums and total.value not in sums and all(one.is_count and not one.is_year for one in (*run, total)):
            yield found[first].start, total.end


_COMPRISES = Pattern(
    r"(?: (?!(?:of|from|to|and|or|including)\b)[\w'&.-]+){1,8}?"
    r"(?:,? (?:compris(?:e|es|ed|ing)|consist(?:s|ed|ing)? of|made up of)|:| –) "
)
_ANSWERS = Pattern(r" (?:[a-z]+ ){0,3}[a-z]+, ")
_AND_LAST = Pattern(r" (?:[a-z]+ ){0,4}[a-z]+,? and ")
_LAST = Pattern(r" (?:[a-z]+ ){0,4}[a-z]+[.;]")
_VOTED = Pattern(r" (?:voted|abstained|were|was|chose|said|had)\b")


def _listed(text: str, found: list[Amount]) -> Iterator[Span]:
    """A total and the three parts that end its sentence ("40 jobs comprise 20 in sales, 10 in ... and 5 in ...")."""
    if len(found) != 4 or not all(one.is_count and not one.is_year for one in found):
        return
    total, first, second, third = found
    last = _LAST.match(text, third.end)
    if (
        not last
        or not _ANSWERS.fullmatch(text, first.end, second.start)
        or not _AND_LAST.fullmatch(text, second.end, third.start)
    ):
        return
    delegates = text[max(0, total.start - 7) : total.start].lower().endswith("of the ")
    opened = _COMPRISES.fullmatch(text, total.end, first.start) and not _LOOSE.search(
        text, max(0, total.start - 14), total.start
    )
    voted = (
        delegates
        and _GROUP.fullmatch(text, total.end, first.start)
        and all(_VOTED.match(text, one.end) for one in (first, second, third))
    )
    if (opened or voted) and first.value + second.value + third.value != total.value:
        yield total.start, last.end() - 1


_GROUP = Pattern(r" [a-z]+(?: [a-z]+)?, ")
_LOOSE = Pattern(
    r"\b(?:about|over|than|least|nearly|almost|up to|some|around|another|other|first|to|or|between|top)[ -]$"
)
_SPLIT = [
    (word_set(one), word_set(other))
    for one, other in (
        ("women woman female females", "men man males male"),
        ("girls girl", "boys boy"),
        ("adults", "children minors teenagers"),
        ("bronze", "gold"),
    )
]
_TOTALS = word_set("total totalling totaling")
_COMPRISING = word_set("comprise comprises comprised comprising consist consists consisting made")
_ABSTAINED = word_set("abstained")


def _divided(batch: Batch) -> np.ndarray:
    """Words of both sides in a sentence with three numbers, a total behind two, and what opens a list of three."""
    sides = [(find_any(batch, one), find_any(batch, other)) for one, other in _SPLIT]
    both = np.concatenate([one[sharing(batch, one, other, sentence=True) > 0] for one, other in sides])
    totals, colons, opening = find_any(batch, _TOTALS), marks(batch, ":"), find_any(batch, _COMPRISING)
    abstained = find_any(batch, _ABSTAINED)
    totals = totals[follows(number_tokens(batch), totals, 1, 2, 3)]
    many = [sharing(batch, at, numbers(batch), sentence=True) for at in (both, totals, colons, opening, abstained)]
    before = [_numbers_before(batch, at) for at in (totals, colons, opening)]
    return np.concatenate(
        [
            both[many[0] > 2],
            totals[(before[0] > 1) & (many[1] > 2)],
            colons[(before[1] == 1) & (many[2] == 4)],
            opening[(before[2] > 0) & (many[3] - before[2] > 2)],
            abstained[many[4] > 3],
        ]
    )


def _numbers_before(batch: Batch, at: np.ndarray) -> np.ndarray:
    """The number of numbers that stand before each token in its sentence."""
    first = batch.sentence_first[batch.sentence[at]]
    return np.searchsorted(numbers(batch), at) - np.searchsorted(numbers(batch), first)


CHECKS: tuple[Check, ...] = (Check(KIND, parts_against_total, _divided),)

__all__ = ["CHECKS", "show"]
