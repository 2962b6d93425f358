"""Persons: where an article names people, with the title before the name and whether the person speaks there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from detector.consistency.amounts import places
from detector.consistency.article import Article, Span
from detector.lexicon import lexicon
from detector.patterns import Pattern
from detector.tokens import tokenise

PLAIN_TITLES = frozenset({"Mr", "Mrs", "Ms", "Miss", "Dr", "Prof", "Professor"})
"""Titles that stand before a name of somebody who has been introduced already."""
_OTHER_TITLES = (
    "Sir Lady Lord Dame Sen Senator Rep Representative Gov Governor President Prime Minister Chancellor Mayor Judge"
    " Justice Chief Captain Capt Colonel Col General Gen Lieutenant Lt Sergeant Sgt Major Maj Detective Officer"
    " Inspector Superintendent Sheriff Coach Rev Reverend Father Sister Bishop Archbishop Pope King Queen Prince"
    " Princess Secretary Chairman Chairwoman Director Commissioner Councillor Cllr Ambassador Vice Former Deputy"
    " Premier Congressman Congresswoman Attorney Speaker Saint St"
)
TITLES = PLAIN_TITLES | frozenset(_OTHER_TITLES.split())
_OPENERS_AND_PLACES = (
    "The A An And But Or If In On At As By For From To Of With When While After Before Since Because Although Though"
    " However Then Now Also Both Only Even Still Yet So Not No Yes What Who Why How Where Which That This These Those"
    " There Here He She It They We I You His Her Its Their Our My Your One Two Three Many Most Some All Each Every"
    " According Earlier Later Last Next Meanwhile Instead Despite During Under Over Like Unlike Until Once Just"
    " Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July August September"
    " October November December North South East West Northern Southern Eastern Western Central New United Latin Great"
    " University College School County City State Street Road Avenue National International American British Saint San"
    " Santa Los Las El La Fort Mount Lake Port Cape Sri Hong Air Bank Group"
)
NO_GIVEN = frozenset(_OPENERS_AND_PLACES.split())
"""Capitalised words that are no given name: they open a sentence or a place's name."""
_NO_NAME = NO_GIVEN | TITLES
_SURNAMES = (
    "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Gao Lin Luo Zheng Liang Xie Song Tang Xu"
    " Han Feng Deng Cao Peng Zeng Xiao Tian Dong Pan Yuan Cai Jiang Yu Du Ye Cheng Wei Su Lu Ding Ren Shen Yao Jia Xia"
    " Fu Fang Zou Xiong Bai Meng Qin Qiu Hou Jin Fan Shi Xi Tan Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Shin Kwon"
    " Hwang Ahn Nguyen Tran Pham Hoang Phan Vu Dang Bui Do Ngo Wong Chan Cheung Leung Lau Tung Ng Chow Tsai Hsu Ban"
    " Moon"
)
EAST_ASIAN = frozenset(_SURNAMES.split())
"""Surnames that stand before the given name at home and often behind it abroad."""
EITHER = frozenset({"Lee", "Kim", "Park", "Han", "Lin", "Jin", "Ren", "Moon", "Ban", "Long", "Fang", "Dong"})
"""Those of them that are given names or words elsewhere."""
_SYLLABLE = (
    "(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?"
    "(?:i?a(?:ng?|i|o)?|[iu]?e(?:ng?|i|r)?|i(?:ng?|ong|u|a|e)?|ou?(?:ng)?|u(?:a|o|i|e|n|an|ang)?)"
)
_GIVEN = Pattern(rf"{_SYLLABLE}{_SYLLABLE}\Z", re.IGNORECASE)
SAID = (
    "said|says|say|added|adds|told|tells|asked|asks|explained|explains|noted|notes|recalled|recalls|wrote|writes"
    "|argued|insisted|replied|admitted|claimed|warned|testified|tweeted|continued|concluded|commented|joked|stated"
)
_NAME = r"[A-Z](?:['’][A-Z])?(?:['’-]?[A-Za-zÀ-ÿ])+"
_STOP = r"(?:(?:(?<=\bM[rs])|(?<=\bDr)|(?<=\bMrs)|(?<=\b(?:Sen|Rep|Gov|Gen|Rev|Col))|(?<=\bProf)|(?<=\bCapt))\.)?"
_RUN = Pattern(rf"\b{_NAME}(?:{_STOP}[ \n](?:[A-Z]\.[ \n])*{_NAME})*")
_PART = Pattern(_NAME)
_OWNERS = ("'s", "’s")
_SAID_AFTER = Pattern(rf"(?:,? (?:who )?(?:also |later |then |has |had )?(?:{SAID})\b)|, (?:aged )?[1-9][0-9],")
_SAID_BEFORE = tuple(
    f" {word}{gap}" for word in ("said", "says", "added", "adds", "asked", "explained", "according to") for gap in " \n"
)
_AFTER = (" ", ", ")
_MOST = 4  # words of a name


class Mention(NamedTuple):
    """A run of capitalised words without the titles in front: the words without an owner's ending, and their places."""

    title: str
    words: tuple[str, ...]
    spans: tuple[Span, ...]
    owner: bool
    speaks: bool

    @property
    def span(self) -> Span:
        """The place of the whole name."""
        return self.spans[0][0], self.spans[-1][1]

    @property
    def adjacent(self) -> bool:
        """Whether the words follow each other, with no initial between."""
        return all(after - before == 1 for (_, before), (after, _) in zip(self.spans, self.spans[1:], strict=False))


def mentions(article: Article) -> list[Mention]:
    """Every run of capitalised words of an article that may name a person, in order."""
    runs = _RUN.finditer(article.text, 0, article.end)
    return [one for match in runs if (one := _mention(article.text, match))]


def mentions_of(article: Article, words: Iterable[str]) -> list[Mention]:
    """The mentions that hold one of some words, in order: the rest of a long text is not looked at."""
    text, found, end = article.text, [], 0
    known = text[: article.end]
    for place in sorted({place for word in words for place in places(known, word)}):
        if place < end:
            continue
        for match in _RUN.finditer(text, max(end, _run_start(text, place)), article.end):
            if match.end() > place:
                end = match.end()
                found.append(_mention(text, match))
                break
    return [one for one in found if one]


def _run_start(text: str, place: int) -> int:
    """Where to look for the run of capitalised words that holds a place: from a word without a capital on."""
    while place and text[place - 1] in " \n":
        place = max(text.rfind(" ", 0, place - 1), text.rfind("\n", 0, place - 1)) + 1
        if not text[place].isupper():
            break
    return place


def _mention(text: str, match: re.Match[str]) -> Mention | None:
    run = match[0]
    if run in _NO_NAME:
        return None
    spans, words, first = [match.span()], [run], 0
    if " " in run or "\n" in run:
        spans = [part.span() for part in _PART.finditer(text, *match.span())]
        words = [text[a:b] for a, b in spans]
        while first < len(words) - 1 and (words[first] in TITLES or (not first and words[0] in NO_GIVEN)):
            first += 1
        if len(words) > first + _MOST:
            return None
    title = words[first - 1] if first and words[first - 1] in TITLES else ""
    begin, stop = spans[first][0], spans[-1][1]
    owned = run.endswith(_OWNERS)
    if owned:
        words[-1], spans[-1] = words[-1][:-2], (spans[-1][0], stop - 2)
    speaks = text.startswith(_AFTER, stop) and bool(_SAID_AFTER.match(text, stop))
    speaks = speaks or text[max(0, begin - 14) : begin].endswith(_SAID_BEFORE)
    return Mention(title, tuple(words[first:]), tuple(spans[first:]), owned, speaks)


def is_common(word: str) -> bool:
    """Whether a word is in the list of common words, whatever its capitals.

    >>> is_common("Police"), is_common("Kowalski")
    (True, False)
    """
    if word.isascii() and word.isalpha():
        return word.lower() in _common()
    lists = lexicon()
    return bool(lists.has_word("common")[lists.word_ids(tokenise([word]).hash[1:2])].all())


@cache
def _common() -> frozenset[str]:
    lists = lexicon()
    return frozenset(word.lower() for word, listed in zip(lists.words, lists.has_word("common").tolist()) if listed)


def full_names(found: Iterable[Mention]) -> list[Mention]:
    """Mentions of a given name and a surname."""
    return [one for one in found if 2 <= len(one.words) <= 3 and _NO_NAME.isdisjoint(one.words)]


def is_given(word: str) -> bool:
    """Whether a word has the form of an East Asian given name: two syllables, written together or with a hyphen.

    >>> is_given("Yuming"), is_given("Yu-ming"), is_given("Kowalski")
    (True, True, False)
    """
    before, hyphen, after = word.partition("-")
    return bool(_GIVEN.match(word)) or (hyphen == "-" and after.islower() and before.isalpha())


def misspelt(one: str, other: str) -> bool:
    """Whether two names differ by one letter, or by two that are swapped: not by an ending, case or accent.

    >>> misspelt("Kowalski", "Kowalsky"), misspelt("Kowalski", "Kowalskis"), misspelt("Heller", "Keller")
    (True, False, False)
    """
    a, b = one.lower(), other.lower()
    if not (a + b).isascii() or not (a + b).isalpha() or abs(len(a) - len(b)) > 1 or a.startswith(b) or b.startswith(a):
        return False
    start = 0
    while a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    left, right = a[start : len(a) - end], b[start : len(b) - end]
    if len(left) == len(right) == 2:
        return left == right[::-1]
    return len(left) < 2 and len(right) < 2 and (start > 0 or len(a) != len(b))
