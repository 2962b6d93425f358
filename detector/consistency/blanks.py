"""Blanks: what a template leaves between brackets for somebody to fill in, and the other forms of a blank.

The blanks that `placeholders` of the typography family finds are passed over.  Editors put words in brackets as well
("he [the mayor] left"): these have a determiner or are no names of a slot.
"""

from __future__ import annotations

from collections.abc import Iterator

from detector.consistency.amounts import places
from detector.consistency.article import Span
from detector.lexicon import LISTS, read_list
from detector.patterns import Pattern

_BRACKETS = Pattern(r"\[([^\[\]\n]{1,80})\]|\{([^{}\n]{1,60})\}|<(?=[A-Za-z*])([^<>\n]{1,60})>")
_UNITS = (
    r"(?:percent|per cent|%|million|billion|thousand|people|years?|days?|weeks?|months?|hours?|minutes?|miles|dollars|"
    r"euros|pounds|points|residents|employees|workers|jobs)"
)
_MONEY = "|".join(rf"{sign}(?:TK|XXXX|X(?:[.,]X+)?)\b" for sign in (r"\$", "£", "€"))
_OWN_NAMES = "COMPANY CITY FIRST LAST FULL PERSON PLACE PRODUCT TEAM EVENT PLAYER SCHOOL"
# Each alternative begins with a letter or sign of its own, outside any group or set: the search then passes over plain
# text six times as fast.
_BARE = Pattern(
    rf"X(?<![\w$£€]X)X{{1,3}}(?=[ -]?{_UNITS}(?!\w))"
    r"|TK(?<=[a-z] TK)(?=[ ,.;])"
    rf"|{_MONEY}|£XXX?\b|€XXX?\b|XX?X?,(?:XXX|000)\b|XX/XX/\w{{2,4}}|20XX\b|TKTK\w*"
    r"|INSERT[ _][A-Z]{3,}(?:[ _][A-Z]{3,}){0,4}\b|YOUR_[A-Z]{3,}(?:_[A-Z]{3,}){0,4}\b|"
    + "|".join(rf"{name}_NAME\b" for name in _OWN_NAMES.split())
)
_LISTED = Pattern(r"\$?XXX?(?= ?(?:percent|%))|\$XXX?\b")  # these are among the placeholders
_NAMED_SO = Pattern(
    r"(?:[a-z,] [A-Z][a-z]+|Generation|Gen|Malcolm|Bowl) X+\Z"
)  # part of a name: Generation X, Super Bowl XX
_WORD = Pattern(r"[A-Za-z]+(?:['’][a-z]+)?|/")
_OPENERS = frozenset(("insert", "enter", "add", "fill", "mention", "specify", "describe", "provide", "include", "your"))
_PLAIN = frozenset(("name", "names", "date", "number", "amount", "location", "percentage", "url", "quote", "statistic"))
_NAMED = frozenset(("name", "names", "date", "location"))
_SLOT_WORDS = (
    "city state country county town region place address street company organization organisation agency institution "
    "university school team club party product brand event venue time day month year age title position role job "
    "occupation source expert official spokesperson reporter author journalist editor writer publication newspaper "
    "outlet link website email phone contact price cost value total score result opponent industry sector topic "
    "subject headline detail details statement reason cause quotation dateline byline suspect victim witness "
    "candidate leader manager percent text info information data period currency figure"
)
_SLOTS = _PLAIN | frozenset(_SLOT_WORDS.split())
_OF_SLOTS = (
    "local opposing specific relevant current previous next small large host home away start end your full first last "
    "target exact approximate any another new main key press news media government community dollar second third "
    "other former nearby major the-other"
)
_MODIFIERS = _SLOTS | frozenset(_OF_SLOTS.split())
_DETERMINERS = frozenset(
    ("the", "a", "an", "his", "her", "their", "its", "our", "this", "that", "these", "my", "whose", "no", "any", "some")
)
_PENDING = Pattern(
    r"(?i:(?:citation|source|quote|link|details?|name|date|figure)s? (?:needed|pending|tk|to come)"
    r"|to be (?:added|confirmed|determined|announced|inserted|completed|filled in|provided)|tk+|x{2,}|placeholder)"
)


ASKING = (
    _SLOTS
    | _OPENERS
    | frozenset(["x", "tk", "tkk", "tktk", "xx", "xxx", "xxxx", "needed", "pending", "come", "provided", "placeholder"])
    | frozenset(["added", "confirmed", "determined", "announced", "inserted", "completed", "filled"])
)
"""Words of which every blank in brackets has one."""


def _known() -> frozenset[str]:
    """The openings of blanks that the typography family finds, as words behind the square bracket."""
    entries = (entry.split() for entry in read_list(LISTS / "placeholders.txt") if entry.startswith("[ "))
    return frozenset(" ".join(words[1:]) for words in entries)


_KNOWN = _known()


def blanks(text: str, bare: bool = True) -> Iterator[Span]:
    """The places of blanks in a text, those of `placeholders` left out; without brackets as well if `bare`."""
    for place in places(text, "[", "{", "<"):
        found = _BRACKETS.match(text, place)
        if not found:
            continue
        kind = found.lastindex or 1
        inside = found[kind].strip(" *_#")
        words = _WORD.findall(inside.replace("_", " "))
        if (kind == 1 and _is_known(words)) or (kind == 2 and text[found.start() - 1 : found.start()] == "{"):
            continue
        if _names_a_slot(inside, words, kind):
            yield found.span()
    for found in _BARE.finditer(text) if bare else ():
        named = _NAMED_SO.search(text, max(0, found.start() - 30), found.end())
        if not named and not _LISTED.match(text, found.start()):
            yield found.span()


def _is_known(words: list[str]) -> bool:
    lower = [word.lower().replace("’", "'") for word in words]
    return any(" ".join(lower[:length]) in _KNOWN for length in range(1, 4))


def _names_a_slot(inside: str, words: list[str], kind: int) -> bool:
    """True where the words between brackets ask for something; kinds are 1 [], 2 {} and 3 <>."""
    if not words or "|" in inside or (kind == 3 and ("=" in inside or "/" in inside)):
        return False
    if kind < 3 and inside == "X":
        return True
    if _PENDING.fullmatch(inside):
        return True
    while len(words) > 1 and (words[-1].lower() in ("here", "goes", "one", "two") or len(words[-1]) == 1):
        words = words[:-1]
    lower = [word.lower() for word in words]
    titled = words[0][0].isupper() and all(word[0].isupper() for word in words if len(word) > 3)
    if len(words) == 1:
        return lower[0] in _PLAIN or (titled and lower[0] in _SLOTS) or (kind == 2 and lower[0] in _SLOTS)
    if lower[0] in _DETERMINERS:
        return False
    return _asks(lower, titled) or (kind == 2 and lower[-1] in _SLOTS)


def _asks(lower: list[str], titled: bool) -> bool:
    """True for several words that order something ("mention location"), or that end in what is to be filled in."""
    if lower[0] in _OPENERS:
        return lower[0] != "your" or titled or lower[-1] in _SLOTS
    if lower[1] in ("of", "from", "by"):
        return lower[0] in _PLAIN
    if lower[-1] in _NAMED and titled:
        return True
    return lower[-1] in _SLOTS and (titled or lower[-1] in _PLAIN) and all(word in _MODIFIERS for word in lower)
