"""Expansions: the short forms that an article gives its names, "Oskel Harbour Board (OHB)", and whether letters fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from detector.consistency.article import Article, Span, Trigger
from detector.consistency.explained import all_explained
from detector.consistency.smallwords import COMPANY, SMALL
from detector.patterns import Pattern

_ABROAD = """
china chinese japan japanese korea korean germany german france french italy italian spain spanish portugal portuguese
russia russian soviet czech slovak poland polish hungary hungarian romania romanian bulgaria bulgarian serbia serbian
croatia croatian greece greek turkey turkish israel israeli egypt egyptian iran iranian iraq iraqi brazil brazilian
mexico mexican argentina argentine chile chilean colombia colombian venezuela venezuelan peru peruvian bolivia bolivian
cuba cuban indonesia indonesian vietnam vietnamese thailand thai ukraine ukrainian norway norwegian sweden swedish
denmark danish finland finnish dutch netherlands belgium belgian swiss switzerland austria austrian algeria algerian
morocco moroccan tunisia tunisian haiti haitian
"""
ABROAD = frozenset(_ABROAD.split())
"""Places whose names are translated while their short forms are not, in lower case."""
_LIKE = str.maketrans("KQJYWZF", "CCIIVSP")  # sounds that another language writes otherwise
_GLUED, _OWNER = Pattern("[a-z][A-Z]"), Pattern("(?<=s)['’]$|['’]s$")
_OPENING = 24  # characters before and behind a short form in which it is introduced
_REACH, _MOST_WORDS = 160, 12  # characters and words that an expansion may have
_MOST = 60  # expansions that are read: an index of short forms is no article
_WORD = Pattern(r"&|(?:[^\W\d_]\.){2,8}|[^\W\d_](?:[^\W\d_]|['’](?=[^\W\d_]))*\.?")
_GAP = Pattern(r"(?:[ \t\u00a0]*\n?[ \t\u00a0]*|[-/]|, ?)\Z")
_SHORT_BEHIND = (  # every pattern begins with plain characters, which are quick to find
    Pattern(r"\((?:the )?([A-Z]{2}[A-Z&]{0,6})s?(?=\)|, | or )"),
    Pattern(r"or (?<=\Wor )(?:simply )?(?:the )?([A-Z]{3,8})(?=[,.;)]| (?:for short|[–—-]))"),
    Pattern(r"known as (?:simply )?(?:the )?([A-Z]{3,8})(?=[,.;)])"),
    Pattern(r"abbreviated (?:(?:as|to) )?(?:the )?([A-Z]{3,8})(?=[,.;) ])"),
)
_NAME = r"(?:the )?([A-Z][a-z]+(?:[ -](?:of|the|for|and|in|on|to|[A-Z][a-z]+))+)(?=[),.;])"
_IN_FRONT = Pattern(
    r"([A-Z]{3,8})(?:(?: |, |, which |, or | is )(?:\(|or |stands for |short for ))" + _NAME
)  # the last words of the opening are those between a short form and its name


class Expansion(NamedTuple):
    """A short form, the words that are read for it, those in front of them, and the place of both."""

    short: str
    words: tuple[str, ...]
    before: tuple[str, ...]
    span: Span
    short_at: int
    fits: bool

    @property
    def main(self) -> tuple[str, ...]:
        """The words that count, in lower case and without a plural's or owner's ending."""
        return main_words(self.words)


def main_words(words: Iterable[str]) -> tuple[str, ...]:
    """The words of a name that count, in lower case and without a plural's or owner's ending."""
    lower = (re.sub(r"['’]s?$|s$", "", word.lower().rstrip(".")) for word in words)
    return tuple(word for word in lower if word not in SMALL and word not in COMPANY)


def expansions(article: Article) -> list[Expansion]:
    """Every short form that stands beside a phrase, fitting or not, in the order of the text."""
    return expansions_at(article, all_explained)


def expansions_at(article: Article, trigger: Trigger) -> list[Expansion]:
    """Those of some places where an acronym stands beside an explanation."""
    known, places = article.keep(_at_places), article.places(all_explained)[:_MOST]
    wanted = places if trigger is all_explained else sorted({*article.places(trigger)}.intersection(places))
    for place in wanted:
        if place not in known:
            known[place] = list(_beside(article.text, place, article.end))
    return sorted((one for place in wanted for one in known[place]), key=lambda one: one.span)


def _at_places(article: Article) -> dict[int, list[Expansion]]:
    return {}


def _beside(text: str, place: int, end: int) -> Iterator[Expansion]:
    for pattern in _SHORT_BEHIND:
        for match in pattern.finditer(text, max(0, place - _OPENING), min(end, place + _OPENING)):
            places = words_before(text, match.start()) if match.start(1) == place else None
            if places:
                yield _read(text, places, match.span(1))
    if front := _IN_FRONT.match(text, place, end):
        places = [part.span() for part in _WORD.finditer(text, *front.span(2))]
        yield _read(text, places, front.span(1))


def words_before(text: str, end: int) -> list[Span]:
    """The places of the words that lead up to a place, as far as a name may reach."""
    begin = max(0, end - _REACH)
    places = [part.span() for part in _WORD.finditer(text, begin, end)]
    if begin:
        del places[:1]  # it may be the rest of a word
    chosen: list[Span] = []
    for a, b in reversed(places[-_MOST_WORDS:]):
        full_stop = text[b - 1] == "." and "." not in text[a : b - 1] and b - a > 3
        if full_stop or not _GAP.match(text, b, chosen[-1][0] if chosen else end):
            break
        chosen.append((a, b))
    return chosen[::-1]


def words_after(text: str, start: int) -> list[Span]:
    """The places of the words of a name that begins at a place: capitalised ones, and small ones between."""
    chosen: list[Span] = []
    for match in _WORD.finditer(text, start, start + _REACH):
        a, b = match.span()
        if chosen and not _GAP.match(text, chosen[-1][1], a):
            break
        if not match[0][0].isupper() and match[0] not in SMALL:
            break
        chosen.append((a, b))
        if match[0].endswith("."):
            break
    return chosen


def _read(text: str, places: list[Span], short_at: Span) -> Expansion:
    """The expansion among some words: those whose letters fit, or else the name that they end with."""
    short, words = text[slice(*short_at)].replace("&", ""), tuple(text[a:b] for a, b in places)
    first = last_fit(short, words)
    fit = first >= 0
    first = first if fit else _name_start(words, len(short))
    span = min(places[first][0], short_at[0]), max(places[-1][1], short_at[1])
    span = span[0], span[1] + (text[span[1] : span[1] + 1] == ")")
    return Expansion(short, words[first:], words[:first], span, short_at[0], fit)


def _name_start(words: tuple[str, ...], letters: int) -> int:
    """Where a name that ends with these words begins: at the first of its capitals, or one plain word a letter back."""
    first = last = len(words)
    for at in range(last - 1, -1, -1):
        if words[at][0].isupper():
            first = at
        elif words[at].lower() not in SMALL:
            break
    plain = [at for at in range(last) if words[at].lower() not in SMALL]
    return first if first < last else (plain or [last - 1])[-letters:][0]


def _letters(word: str, at: int) -> tuple[str, ...]:
    """What a word may add to a short form: its initial, all of it for "UK", nothing for a small or company word."""
    plain = word.replace(".", "")
    if plain == "&":
        return "", "A", "N"
    if plain[1:2] in ("'", "’") and plain[0] in "dDlL":
        plain = plain[2:]
    choice = [plain[0].upper()]
    if plain.isupper() and 1 < len(plain) < 5:
        choice.append(plain)
    if plain.lower() in SMALL or (at and plain.lower() in COMPANY):
        choice.append("")
    return tuple(choice)


def fits(short: str, words: tuple[str, ...]) -> bool:
    """Whether a short form can be made of the initials of all the words.

    >>> fits("OHB", ("Oskel", "Harbour", "Board")), fits("OHB", ("Oskel", "Board"))
    (True, False)
    """
    return last_fit(short, words, only=0) == 0


def last_fit(short: str, words: tuple[str, ...], only: int | None = None) -> int:
    """The last place from which on the initials of all words make a short form, or the one asked for; -1 for none.

    >>> last_fit("OHB", ("The", "Oskel", "Harbour", "Board"))
    1
    """
    rest = {len(short)}  # where in the short form the words behind may begin
    for at in range(len(words) - 1, -1, -1):
        if only in (None, at) and 0 in _before(short, _letters(words[at], 0), rest):
            return at
        rest = _before(short, _letters(words[at], 1), rest)
    return -1


def _before(short: str, parts: tuple[str, ...], rest: set[int]) -> set[int]:
    return {n - len(part) for n, part in product(rest, parts) if n >= len(part) and short.endswith(part, 0, n)}


def misfit(one: Expansion) -> bool:
    """Whether the letters of a short form nearly fit: two are swapped, or one is another than its word's.

    One letter more than there are words says nothing: people leave a word of the name out.
    """
    if one.fits or len(one.short) < 3 or any(map(_GLUED.search, (*one.before[-1:], *one.words))):
        return False
    names = [(one.words, one.before)]
    owner = max((at for at, word in enumerate(one.words) if _OWNER.search(word)), default=-1)
    if owner >= 0:
        names.append((one.words[owner + 1 :], one.words[: owner + 1]))
    article = max((at for at, word in enumerate(one.words) if word == "the"), default=-1)
    if article > 0:  # "Members of the Oskel Harbour Board"
        names.append((one.words[article + 1 :], one.words[: article + 1]))
    return any(_nearly(one.short, words, before) for words, before in names)


def _nearly(short: str, words: tuple[str, ...], before: tuple[str, ...]) -> bool:
    main = [word for word in words if word.lower() not in SMALL and word.lower().rstrip(".") not in COMPANY]
    if len(main) < 3 or any(_OWNER.sub("", word).lower() in ABROAD for word in (*before[-1:], *main)):
        return False
    initials = "".join(word[0].upper() for word in main)
    if len(short) != len(initials):
        return False
    wrong = [at for at, (a, b) in enumerate(zip(short, initials, strict=True)) if a != b]
    if len(wrong) == 1:
        return _is_another(short, main, wrong[0])
    first, last = wrong[0], wrong[-1]
    # Three letters in another order are most often those of the name in its own language.
    swapped = last == first + 1 and short[first : last + 1] == initials[last] + initials[first] and len(short) > 3
    return swapped and (first > 0 or main[-1][0].isupper()) and main[first] != "University"


def _is_another(short: str, main: list[str], wrong: int) -> bool:
    """One letter is not its word's, and neither an X nor another language nor a compound word explains it."""
    letter, word = short[wrong], main[wrong]
    if main[-1][0].islower():
        return 0 < wrong < len(short) - 1 > 2 and letter.lower() not in word
    same = letter.translate(_LIKE) == word[0].upper().translate(_LIKE)
    return letter != "X" and not same and (len(short) > 3 or wrong > 0)
