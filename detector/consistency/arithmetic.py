"""Arithmetic: changes, ranges and parts whose figures cannot all be right."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from detector.batchtext import Batch
from detector.consistency.amounts import Amount, ending_at, flat, near, read
from detector.consistency.article import Article
from detector.consistency.changes import Change, changes, comparable, figures
from detector.consistency.checks import Check, Suspect, show
from detector.consistency.triggers import (
    find_any,
    follows,
    is_any,
    no_years,
    number_tokens,
    numbers,
    percents,
    word_set,
)
from detector.patterns import Pattern
from detector.tokens import DIGIT

KIND = "quantities"
_TIMES = {"doubl": 2.0, "trebl": 3.0, "tripl": 3.0, "quadrupl": 4.0, "halv": 0.5}
_DEGREES = {"more than": (0.97, 1e9), "nearly": (0.7, 1.03), "almost": (0.7, 1.03)}
"""How far a multiple may be from its verb: "doubled" alone is said of 1.7 to 2.7 times."""
_RANKS = Pattern(
    r"\b(?:charts?|rank(?:s|ed|ing)?|places?|spots?|seed|position|no\.|table|grid|number|frequency|ratings?)\b", re.I
)


def direction_of_change(article: Article) -> Iterator[Suspect]:
    """Something rises to a lower figure or falls to a higher one.

    >>> show(direction_of_change, "Membership rose from 420 to 380. Rents fell to 300 from 320.")
    [['rose from 420 to 380']]
    """
    for change in changes(article):
        if change.verb and (change.verb["up"] or change.verb["down"]):
            signs = {np.sign(new.value - old.value) for old, new in change.readings}
            ranked = _RANKS.search(article.text, *near(article, change.start))
            hours = change.verb[0].strip() in ("up", "down") and change.old.start < change.new.start
            if signs == {-1.0 if change.verb["up"] else 1.0} and not ranked and not hours:
                yield _suspect(article, change, "goes the other way")


def change_against_figures(article: Article) -> Iterator[Suspect]:
    """The size of a change does not fit the two figures between which it is told.

    >>> show(change_against_figures, "Sales rose from $40 million to $50 million, a 10 percent increase.")
    [['rose from $40 million to $50 million, a 10 percent increase']]
    >>> show(change_against_figures, "The rent doubled from $10 to $15 a month. It rose 25% to 50 from 40.")
    [['doubled from $10 to $15']]
    """
    for change in changes(article):
        if change.verb and change.verb["times"]:
            if not any(_multiplied(new.value / old.value, change.verb) for old, new in change.readings):
                yield _suspect(article, change, "is another multiple")
        elif change.told and not any(_fits(change.told, change.hedged, old, new) for old, new in change.readings):
            yield _suspect(article, change, "is not the change that its figures give")


def _suspect(article: Article, change: Change, what: str) -> Suspect:
    return Suspect(f"“{article.text[change.start : change.end]}” {what}.", ((change.start, change.end),))


def _multiplied(ratio: float, verb: re.Match[str]) -> bool:
    times = _TIMES[verb["times"].lower()]
    low, high = _DEGREES.get((verb["degree"] or "").strip().lower(), (0.85, 1.35))
    return low <= (ratio / times if times > 1 else times / ratio) <= high


def _fits(told: Amount, hedged: bool, old: Amount, new: Amount) -> bool:
    """True if a percentage or a difference fits two figures, within what rounding may have done to all three."""
    loose = 0.15 if hedged else 0.06
    halves = [0.0 if one.half == 0.5 else one.half for one in (old, new)]  # whole numbers are exact, or rounded little
    gaps = [max(abs(new.value - old.value) + s * sum(halves), 0) for s in (-1, 1)]
    slack = 2 * told.half + loose / 3 * told.value
    if told.unit not in ("%", old.unit, new.unit) or gaps[0] - slack <= told.value <= gaps[1] + slack:
        return True
    if told.unit != "%":
        return told.scale != new.scale
    shares = [100 * gap / max(old.value - s * halves[0], 1e-9) for gap, s in zip(gaps, (-1, 1))]
    slack = max(1.0, told.half, loose * told.value)
    return shares[0] - slack <= told.value <= shares[1] + slack


def reversed_range(article: Article) -> Iterator[Suspect]:
    """A range begins with its higher end.

    >>> show(reversed_range, "Between 60 and 40 people came. They were between 12 and 16 years old.")
    [['Between 60 and 40']]
    """
    text = flat(article)
    for place in article.places(_ranged):
        for word, joint in _RANGES:
            if not text.startswith(word, place):
                continue
            at = place
            first = read(text, at + len(word), len(text))
            if first is None or not text.startswith(joint, first.end):
                continue
            second = read(text, first.end + len(joint), len(text))
            if second and comparable(text, first, second) and second.value < first.value < 20 * second.value:
                yield Suspect(f"“{text[at : second.end]}” begins with its higher end.", ((at, second.end),))


_RANGES = (
    ("between ", " and "),
    ("Between ", " and "),
    ("range from ", " to "),
    ("ranging from ", " to "),
    ("aged ", " to "),
    ("ages ", " to "),
)
_OF = Pattern(r" (?:of (?:the|its|their|his|her|our|all)|out of(?: the)?) ")
_PEOPLE = (
    "people voters respondents residents participants members students pupils patients households adults women men "
    "children votes population electorate seats shares workers employees schools teachers parents"
)
_WHOLE = Pattern(
    rf" of (?:the |all |its |their |our |those |these )?(?:[a-z]+ )?(?:{_PEOPLE.replace(' ', '|')})\b", re.IGNORECASE
)
_COUNTED = Pattern(r" [A-Za-z][a-z]{2,}")


def part_above_whole(article: Article) -> Iterator[Suspect]:
    """A part is larger than the whole of which it is told.

    >>> show(part_above_whole, "Fifteen of the 12 members agreed. In all, 120 percent of voters came.")
    [['Fifteen of the 12 members'], ['120 percent of voters']]
    """
    text = flat(article)
    for at in (place - 1 for place in article.places(_divided)):
        if of := _OF.match(text, at):
            whole = read(text, of.end(), len(text))
            part = ending_at(text, at) if whole and whole.is_count and not whole.is_year else None
            noun = _COUNTED.match(text, whole.end) if whole and part else None
            if whole and part and noun and part.is_count and not part.is_year and part.value > whole.value:
                span = (part.start, noun.end())
                yield Suspect(f"“{text[slice(*span)]}” is more than there are.", (span,))
        group = _WHOLE.match(text, at)
        share = ending_at(text, at) if group else None
        if group and share and share.unit == "%" and 101 < share.value <= 1000:
            span = (share.start, group.end())
            yield Suspect(f"“{text[slice(*span)]}” is more than all of them.", (span,))


_BETWEEN = word_set("between ranging range aged ages")
_OF_WORD = word_set("of out", collected=False)
_JOINTS = word_set("and to", collected=False)
_ONE = word_set("one 1 100", collected=False)


def _ranged(batch: Batch) -> np.ndarray:
    """Words that open a range, before a number that is no year, and "and" or "to" soon after."""
    number, at = number_tokens(batch), find_any(batch, _BETWEEN)
    at = no_years(batch, at[follows(number, at, 1, 2, 3)] + 1) - 1
    behind = np.minimum(at[:, None] + np.arange(2, 9), len(number) - 1)
    return at[is_any(batch, _JOINTS, behind).any(axis=1)]


def _divided(batch: Batch) -> np.ndarray:
    """Each "of" between two numbers of which the first is not one, or behind three digits and percent."""
    number, last = number_tokens(batch), len(batch.kind) - 1
    counted, share = (np.minimum(at + 1, last) for at in (numbers(batch), percents(batch)))
    counted, share = (of[is_any(batch, _OF_WORD, of)] for of in (counted, share))
    counted = counted[follows(number, counted, 1, 2, 3) & ~is_any(batch, _ONE, counted - 1)]
    back = share - 2 - (~number[share - 2] & (share > 3))  # "per cent" is two tokens
    third = DIGIT[batch.tokens.chars.take(batch.tokens.start[back] + 2, mode="clip")]
    large = number[back] & third & (batch.length[back] > 2) & ~is_any(batch, _ONE, back)
    return np.concatenate([counted, share[large]])


CHECKS: tuple[Check, ...] = (
    Check(KIND, direction_of_change, figures),
    Check(KIND, change_against_figures, figures),
    Check(KIND, reversed_range, _ranged),
    Check(KIND, part_above_whole, _divided),
)

__all__ = ["CHECKS", "show"]
