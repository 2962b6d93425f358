"""Changes: "rose 25 percent to 50 from 40" and its like, read into the two figures, the verb and the size told."""

from __future__ import annotations

import re
from itertools import product
from typing import NamedTuple

import numpy as np

from detector.batchtext import Batch
from detector.consistency.amounts import Amount, amounts, flat, read
from detector.consistency.article import Article
from detector.consistency.triggers import PERCENT, find_any, follows, is_any, no_years, number_tokens, within, word_set
from detector.patterns import Pattern

_UP = (
    "rose|risen|rises?|rising|increas(?:e|es|ed|ing)|grew|grown|grows?|growing|climb(?:s|ed|ing)?|jump(?:s|ed|ing)?"
    "|surg(?:ed|ing)|soar(?:ed|ing)|gained|swelled|swollen|leapt|rocketed|raised|boosted|(?:went|going|gone|go) up|up"
)
_DOWN = (
    "fell|fallen|falls?|falling|drop(?:s|ped|ping)?|declin(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)|plunged|plummeted"
    "|slumped|shrank|shrunk|tumbled|sank|slid|slipped|dwindled|dipped|reduced|cut|lowered|slashed"
    "|(?:went|going|gone|go) down|down"
)
_NOUNS = (
    "increase|rise|jump|gain|growth|surge|climb|hike|improvement|decrease|decline|drop|fall|reduction|slump|cut|loss"
    "|dip"
)
_PLAIN = r"(?:,? (?!(?:{}) )[A-Za-z][\w'.%-]{{0,15}}|,? (?:19|20)[0-9]{{2}})"
_DEGREE = "about|nearly|almost|around|some|roughly|approximately|more than|less than|over|at least|an estimated|up to"
_TO = Pattern(_PLAIN.format("to|from|and|but|while|with") + "{0,7}? to ")
_BACK = Pattern(_PLAIN.format("and|but|while|with|to") + "{0,5}")
_BETWEEN = Pattern(
    rf"(?P<noun> (?:{_NOUNS}|higher|lower)\b)?"
    r"(?: (?!(?:of|and|but|while|who|with|to|or|than|from) )[A-Za-z][\w'.-]{0,15}| (?:19|20)[0-9]{2}){0,8}"
    r"(?:,| --?| –)?"
)
_AFTER = Pattern(
    _PLAIN.format("and|but|while|with")
    + r"{0,6}?(?:,| –| --?| \() ?(?:(?:which|that) (?:is|was) |representing |marking )?"
    rf"(?P<said>(?:or|up|down|for)(?: an?)? |(?:an?|the) (?:{_NOUNS}) of |an? )(?P<hedge>(?:{_DEGREE}) )?",
)
_CHANGE_NOUN = Pattern(rf"[ -](?:[a-z]+ )?(?:{_NOUNS})\b")
_VERB = Pattern(
    rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN})|(?P<degree>more than |nearly |almost |roughly |about )?"
    r"(?P<times>doubl|trebl|tripl|quadrupl|halv)(?:e|es|ed|ing))(?: [a-z]+ly)?(?: by)?"
    r"(?: (?:its|his|her|their|the|a) (?:[a-z]+ ){0,2}[a-z]+| (?:since|in|over|during|within|this|last) [\w' ]{1,25})?"
    rf"(?: (?:{_DEGREE}))?(?: an?)?(?:,| --?| –)?$",
    re.IGNORECASE,
)
_SIZE_OF = Pattern(rf"\b(?:{_NOUNS})(?: [A-Za-z-]{{1,15}}){{0,5}} of(?: (?:{_DEGREE}))? $")
_HEDGED = Pattern(rf"\b(?:{_DEGREE}|than|to)(?: an?)? ?$", re.IGNORECASE)
_NEXT = Pattern(r"[ -]?([a-z]{3,})", re.IGNORECASE)
_NO_NOUN_LISTED = (
    "the for last this per during over and percent earlier later previously today yesterday currently between within "
    "since after before while when"
)
_NO_NOUN = frozenset(_NO_NOUN_LISTED.split())
_NO_FIGURE = Pattern(
    r" ?(?:[ap]\.?m\b|o'clock|[-/][0-9])| (?:years?|months?|weeks?|days?|hours?) (?:ago|earlier|before)", re.IGNORECASE
)


class Change(NamedTuple):
    """Two figures of one quantity, the verb before them (None if none is), and the size of the change if it is told."""

    start: int
    end: int
    old: Amount
    new: Amount
    verb: re.Match[str] | None = None
    told: Amount | None = None
    hedged: bool = False

    @property
    def readings(self) -> list[tuple[Amount, Amount]]:
        """The figures as written, and with the scale of one given to the other ("from 40 to 50 million")."""
        olds, news = [self.old], [self.new]
        if self.old.scale == 1 < self.new.scale:
            olds.append(self.old.times(self.new.scale))
        if self.new.scale == 1 < self.old.scale:
            news.append(self.new.times(self.old.scale))
        return list(product(olds, news))


def changes(article: Article) -> list[Change]:
    """Every "from A to B", "to B from A" and "B, up C from A" of an article."""
    return article.keep(_changes)


def _changes(article: Article) -> list[Change]:
    text, found = flat(article), []
    for at in (place - 1 for place in article.places(figures)):
        old = read(text, at + 6, len(text)) if text.startswith(" from ", at) else None
        if old is None or old.is_year:
            continue
        begin, stop = article.sentence_of(at + 1)
        change = _two_figures(text, old, at, begin)
        if change and change.end <= stop:
            found.append(_with_size(text, max(begin, change.start - 110), stop, change))
        elif change := _up_from(text, old, at, max(begin, at - 110)):
            found.append(change)
    return found


def _two_figures(text: str, old: Amount, at: int, begin: int) -> Change | None:
    """The figures of "from A to B" or "to B from A", unless a number is missing or they cannot be compared."""
    if gap := _TO.match(text, old.end):
        new, start = read(text, gap.end(), len(text)), at
    else:
        start = text.rfind(" to ", max(begin, at - 60), at)
        new = read(text, start + 4, at) if start >= 0 else None
        if new and not _BACK.fullmatch(text, new.end, at):
            new = None
    return Change(start, max(old.end, new.end), old, new) if new and comparable(text, old, new) else None


def comparable(text: str, old: Amount, new: Amount) -> bool:
    """True unless one is a year, a clock time or half of a score, or they are counted in different units."""
    if old.is_year or new.is_year or not old.value or not new.value:
        return False
    if any(_NO_FIGURE.match(text, one.end) for one in (old, new)) or (old.unit and new.unit and old.unit != new.unit):
        return False
    nouns = {m[1].lower() for m in (_NEXT.match(text, one.end) for one in (old, new)) if m}
    return len(nouns - _NO_NOUN) < 2


def _with_size(text: str, begin: int, stop: int, change: Change) -> Change:
    """The change with its verb, and with its size where one stands right before or after the figures."""
    verb = _VERB.search(text, max(begin, change.start - 40), change.start)
    if verb:
        change = change._replace(start=verb.start(), verb=verb)
    elif share := _last_size(text, begin, change.start):
        between = _BETWEEN.fullmatch(text, share.end, change.start)
        verb = _VERB.search(text, max(begin, share.start - 40), share.start - 1) if between else None
        size_of = _SIZE_OF.search(text, max(begin, share.start - 60), share.start)
        if between and (verb or between["noun"] or size_of):
            start = verb.start() if verb else share.start
            hedged = bool(_HEDGED.search(text, max(begin, share.start - 20), share.start))
            return change._replace(start=start, verb=verb, told=share, hedged=hedged)
    return _with_size_after(text, stop, change)


def _last_size(text: str, begin: int, stop: int) -> Amount | None:
    """The last amount before the figures that is no year, or the fraction that stands there ("by a third, from")."""
    if part := _FRACTION.search(text, begin, stop):
        return Amount(part.start(1), part.end(1), _FRACTIONS[part[1]], 2.0, 1.0, "%")
    return next((one for one in [*amounts(text, begin, stop)][::-1] if not one.is_year), None)


_FRACTIONS = {"half": 50.0, "a third": 33.3, "a quarter": 25.0, "two thirds": 66.7, "two-thirds": 66.7}
_FRACTION = Pattern(rf"\bby ({'|'.join(_FRACTIONS)})(?:,| --?| –)?$")


def _with_size_after(text: str, stop: int, change: Change) -> Change:
    opening = _AFTER.match(text, change.end, min(stop, change.end + 110))
    told = read(text, opening.end(), stop) if opening else None
    if opening is None or told is None:
        return change
    noun = _CHANGE_NOUN.match(text, told.end)
    if not noun and opening["said"] in ("a ", "an "):
        return change
    return change._replace(end=noun.end() if noun else told.end, told=told, hedged=bool(opening["hedge"]))


def _up_from(text: str, old: Amount, at: int, begin: int) -> Change | None:
    """The figures of "B, up C from A", if B and A are written in one scale and unit."""
    figures = [*amounts(text, begin, at)][-2:]
    if len(figures) < 2:
        return None
    new, told = figures
    if told.end != at or told.unit != "%" or new.unit == "%":
        return None
    verb = _VERB.search(text, max(new.end, told.start - 40), told.start - 1)
    if verb is None or not (verb["up"] or verb["down"]) or (new.scale, new.unit) != (old.scale, old.unit):
        return None
    if not comparable(text, old, new) or not _UP_GAP.fullmatch(text, new.end, verb.start()):
        return None
    return Change(new.start, old.end, old, new, verb, told, bool(_HEDGED.search(text, told.start - 20, told.start)))


_UP_GAP = Pattern(r"(?: [A-Za-z][\w'-]{0,15}){0,5}(?:,| -| –)? ")


_FROM = word_set("from")
_TO_WORD = word_set("to")


def figures(batch: Batch) -> np.ndarray:
    """Each "from" before a number, and "to" near it before another, or a percentage before it."""
    number, at, to = number_tokens(batch), find_any(batch, _FROM), find_any(batch, _TO_WORD)
    at, to = at[follows(number, at, 1, 2, 3)], to[follows(number, to, 1, 2, 3)]
    at = no_years(batch, at + 1) - 1
    return at[(within(to, at, 18, 24) > 0) | is_any(batch, PERCENT, at - 1)]
