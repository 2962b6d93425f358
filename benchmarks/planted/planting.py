"""Shared tools for planting one contradiction in an article: marks, insertions, dates and names found by pattern.

A rule writes the edited text with each planted place between the marks ``⟦`` and ``⟧``; :func:`finish` takes the marks
out and turns them into spans in code points. Sentences are only inserted at sentence ends outside quotations.
"""

from __future__ import annotations

import datetime
import functools
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

OPEN, SHUT = "⟦", "⟧"
MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTH = r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December" + (
    r"|Jan\.|Feb\.|Mar\.|Apr\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)"
)
WEEKDAY = r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
ABBREVIATIONS = set(
    "Mr Mrs Ms Dr Prof Rev Gen Sen Rep Gov Col Capt Lt Sgt St Jr Sr Inc Corp Co Ltd Jan Feb Mar Apr Aug "
    "Sept Sep Oct Nov Dec No vs etc Ave Rd Blvd U.S U.K U.N Ill Calif Fla Tex Mass Conn Mich Minn Wis a.m "
    "p.m Hon Supt Fig Vol".split()
)
GIVEN_MEN = set(
    "James John Robert Michael William David Richard Joseph Thomas Charles Christopher Daniel Matthew "
    "Anthony Mark Donald Steven Paul Andrew Joshua Kenneth Kevin Brian George Edward Ronald Timothy Jason "
    "Jeffrey Ryan Jacob Gary Nicholas Eric Jonathan Stephen Larry Justin Scott Brandon Benjamin Samuel "
    "Gregory Frank Alexander Raymond Patrick Jack Dennis Jerry Tyler Aaron Jose Adam Nathan Henry Peter "
    "Douglas Zachary Kyle Walter Ethan Jeremy Harold Keith Christian Roger Noah Gerald Carl Terry Sean "
    "Austin Arthur Lawrence Jesse Dylan Bryan Joe Jordan Billy Bruce Albert Willie Gabriel Logan Alan "
    "Juan Wayne Roy Ralph Randy Eugene Vincent Russell Louis Philip Bobby Johnny Bradley Mike Bill Jim "
    "Tom Bob Steve Dave Dan Chris Tony Ian Neil Simon Martin Graham Colin Stuart Barry Nigel Trevor Derek "
    "Malcolm Geoff Craig Greg Doug Ken Ron Don Jeff Matt Ben Sam Tim Phil Rob Andy Nick Luke Liam Alex "
    "Max Fred Ted Leon Hugh Howard Warren".split()
)
GIVEN_WOMEN = set(
    "Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Lisa Nancy Betty Sandra "
    "Margaret Ashley Kimberly Emily Donna Michelle Carol Amanda Melissa Deborah Stephanie Rebecca Sharon "
    "Laura Cynthia Dorothy Amy Kathleen Angela Shirley Emma Brenda Pamela Nicole Anna Samantha Katherine "
    "Christine Helen Debra Rachel Carolyn Janet Maria Catherine Heather Diane Olivia Julie Joyce Victoria "
    "Ruth Virginia Lauren Kelly Christina Joan Evelyn Judith Andrea Hannah Cheryl Jean Alice Ann Anne "
    "Teresa Gloria Sara Janice Kathryn Jane Fiona Claire Alison Kate Kathy Sue Jo Julia Caroline Lucy "
    "Sally Wendy Gillian Heidi Tracy Dana Beth Megan Monica Erin Holly Marie Rosemary".split()
)
NOT_GIVEN = set(
    "The A An In On At New North South East West San Los Las Santa Saint St Mr Mrs Ms Dr Prof Professor "
    "President Prime Minister Senator Sen Gov Rep Lord Sir Lady Dame King Queen Prince Princess Judge "
    "Justice Chief General Captain Major Mayor United Great Supreme High White Black Red Green Blue Royal "
    "National Federal State World Wall Hong Air Lake Mount But And For From With By To Of As If When "
    "While After Before Since Most Some Many Both Each Former Late Uncle Monday Tuesday Wednesday "
    "Thursday Friday Saturday Sunday Deputy Secretary Treasurer Councillor Coach Officer Detective "
    "Sergeant Lieutenant Colonel Pastor Reverend Father Sister Brother Director Chairman Chancellor "
    "Commissioner".split()
    + MONTHS
)
NOT_FAMILY = set(
    "University County City State Street Road Avenue Park River Island Islands Council College School "
    "Bank House Court Group Company Corp Inc Ltd Party Union Times Post News Journal Today Hospital "
    "Church Center Centre Institute Board Act Bill Day Week League Cup Games Bay Beach Valley Coast Lake "
    "Hall Club Office Department Committee Kong York Town Index Exchange Market Futures Stock Labour "
    "Labor Research Republican Republicans Democrat Democrats Conservative Conservatives Greens Energy "
    "Capital Securities Motors Airlines Telecom Systems Technologies Foods Reuters Oil Gas Steel "
    "Australia America England Scotland Wales Africa Asia Europe Zealand States Kingdom Wildlife Health "
    "Management Investment Partners Brothers Data Sports International Association Airport Station "
    "Village District Region Police Army Navy Force Holdings Industries".split()
    + MONTHS
    + WEEKDAYS
)
SPEECH = r"(?:said|says|told|added|adds|explained|explains|noted|argued|insisted|warned|recalled|believes|hopes|thinks)"
ORGANISATION = re.compile(
    r"(?P<the>[Tt]he )?\b(?P<name>(?:[A-Z][a-z]+ ){1,3}(?:Council|"
    r"University|College|Association|Institute|Foundation|Authority|"
    r"Commission|Agency|Museum|Hospital|Society|Corp|Group|Trust|"
    r"Federation|Department|Board|Bank|Union|Centre|Center))\b(?! [A-Z])"
)
FULL_NAME = re.compile(
    r"\b(?P<given>[A-Z][a-z]+(?:-[A-Z][a-z]+)?) (?:[A-Z]\. )?"
    r"(?P<family>(?:Mc|Mac|O['’]|Fitz)?[A-Z][a-z]{2,}(?:-[A-Z][a-z]+)?)\b(?![\w-]| [A-Z])"
)


@dataclass(frozen=True)
class Planted:
    """An edited article with the spans (code points, half open) of what was planted."""

    text: str
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Person:
    """A person told by full name: span of the first full mention, spans of later mentions by family name alone."""

    given: str
    family: str
    start: int
    end: int
    later: tuple[tuple[int, int], ...]

    @property
    def full(self) -> str:
        """The full name without initials."""
        return f"{self.given} {self.family}"


def finish(marked: str) -> Planted:
    """Take the marks out of a marked text and return it with the spans they stood around."""
    pieces, places, start, at = [], [], 0, 0
    for piece in re.split(f"([{OPEN}{SHUT}])", marked):
        if piece == OPEN:
            start = at
        elif piece == SHUT:
            places.append((start, at))
        else:
            pieces.append(piece)
            at += len(piece)
    return Planted("".join(pieces), tuple(places))


def mark(words: str) -> str:
    """Put the marks of a planted place around some words."""
    return f"{OPEN}{words}{SHUT}"


def edit(text: str, *changes: tuple[int, int, str]) -> Planted:
    """Replace spans of a text by marked words; the spans may not overlap."""
    for start, end, words in sorted(changes, reverse=True):
        text = text[:start] + words + text[end:]
    return finish(text)


@functools.lru_cache(maxsize=64)
def sentence_ends(text: str) -> list[int]:
    """Offsets just after sentences of seven words or more that end outside a quotation."""
    ends, last = [], 0
    for match in re.finditer(r"[.!?][\"”’)]*(?=\s+[A-Z\"“(]|\s*\n|\s*$)|(?<=[a-z])[.](?=[A-Z][a-z])", text):
        before = re.search(r"[\w.]*$", text[max(0, match.start() - 20) : match.start()])
        word = before.group() if before else ""
        if text[match.start()] == "." and (
            word in ABBREVIATIONS or len(word) < 2 or re.fullmatch(r"(?:\w\.)+\w", word)
        ):
            continue
        line = text.rfind("\n", 0, match.end()) + 1
        inside = text.count('"', line, match.end()) % 2 or text.count("“", line, match.end()) != text.count(
            "”", line, match.end()
        )
        if not inside and len(text[max(last, line) : match.end()].split()) >= 7:
            ends.append(match.end())
        last = match.end()
    return ends


def insert(text: str, rng: random.Random, *sentences: str, ordered: bool = True) -> Planted | None:
    """Insert marked sentences, together or apart, after sentences of the article; None when it has fewer than four."""
    ends = sentence_ends(text)[1:]
    if len(ends) < 3 or OPEN in text or SHUT in text or sum(map(str.isascii, text)) < 0.95 * len(text):
        return None
    together = rng.random() < 0.5
    spots = (
        [rng.choice(ends)] * len(sentences) if together else sorted(rng.sample(ends, min(len(sentences), len(ends))))
    )
    spots += spots[-1:] * (len(sentences) - len(spots))
    for spot in sorted(set(spots), reverse=True):
        new = " ".join(sentence for sentence, own in zip(sentences, spots, strict=True) if own == spot)
        gap = "" if not text[spot:] or text[spot].isspace() else " "
        text = text[:spot] + " " + new + gap + text[spot:]
    return finish(text)


def fill(rng: random.Random, templates: Sequence[str], **slots: object) -> str:
    """Fill one of the templates and give it a capital first letter."""
    words = rng.choice(templates).format(**slots)
    at = 1 if words[0] == OPEN else 0
    return words[:at] + words[at].upper() + words[at + 1 :]


@functools.lru_cache(maxsize=64)
def persons(text: str) -> list[Person]:
    """People told by full name, in order; a family name shared by two full names is left out."""
    found: dict[str, list[re.Match[str]]] = {}
    for match in FULL_NAME.finditer(text):
        if match["given"] not in NOT_GIVEN and match["family"] not in NOT_FAMILY and match["family"] not in NOT_GIVEN:
            found.setdefault(match["family"], []).append(match)
    people = []
    for family, matches in found.items():
        first = matches[0]
        alone = rf"(?<![\w-])(?<![A-Z]\. )(?<!['’])\b{re.escape(family)}\b(?![\w-]| [A-Z])"
        later = tuple(
            match.span()
            for match in re.finditer(alone, text)
            if match.start() > first.end()
            and not re.search(r"[A-Z][\w’'-]*\.? $", strip_title(text[max(0, match.start() - 40) : match.start()]))
        )
        told = (
            rf"{SPEECH} (?:{first['given']} )?{re.escape(family)}\b|\b{re.escape(family)},? "
            rf"(?:who |also )?{SPEECH}\b|(?:Mr|Ms|Mrs|Dr)\.? {re.escape(family)}\b"
        )
        sure = first["given"] in GIVEN_MEN | GIVEN_WOMEN or bool(re.search(told, text))
        if sure and len({match["given"] for match in matches}) == 1:
            people.append(Person(first["given"], family, *first.span(), later))
    return sorted(people, key=lambda person: person.start)


def strip_title(before: str) -> str:
    """The text before a name without a title at its end or a sentence's first small word."""
    return re.sub(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|The|And|But|As|For|When|While|If|In)\.? $", "", before[-40:])


def a_person(text: str, rng: random.Random) -> Person | None:
    """One of the article's people, or None."""
    people = persons(text)
    return rng.choice(people) if people else None


def an_organisation(text: str, rng: random.Random, fallbacks: Sequence[str] = ()) -> str | None:
    """An organisation of the article with its article in lower case, else one of the fallbacks, else None."""
    names = sorted({(match["the"] or "").lower() + match["name"] for match in ORGANISATION.finditer(text)})
    names = [
        name
        for name in names
        if name.removeprefix("the ").split()[0]
        not in NOT_GIVEN - {"New", "North", "South", "National", "Royal", "Federal", "State"}
    ]
    if names:
        return rng.choice(names)
    return rng.choice(fallbacks) if fallbacks else None


def percent(text: str, number: object) -> str:
    """A percentage written as the article writes its own."""
    if "per cent" in text:
        return f"{number} per cent"
    return f"{number} percent" if " percent" in text or "%" not in text else f"{number}%"


def same_thing(text: str, first: re.Match[str], second: re.Match[str], least: int = 1) -> bool:
    """Whether two equal figures seem to tell of one thing: long words stand near both (one less for odd figures)."""

    def near(match: re.Match[str]) -> set[str]:
        """Long lower-case words of the same line just before or after a figure."""
        before, after = text[max(0, match.start() - 50) : match.start()], text[match.end() : match.end() + 50]
        return set(re.findall(r"\b[a-z]{5,}\b", before.rpartition("\n")[2] + " " + after.partition("\n")[0]))

    common = near(first) & near(second)
    common -= set(
        ("percent about which their would there while after other since million billion pounds dollars could").split()
    )
    odd = len(re.sub(r"\D|0", "", first.group())) >= 3
    return len(common) >= least - odd and second.start() - first.end() > 40


def quoted(text: str, words: str) -> str:
    """Words in the article's own kind of quotation marks."""
    return f"“{words}”" if "“" in text else f'"{words}"'


def month_number(name: str) -> int:
    """The number of a month given in full or abbreviated."""
    return next(index for index, month in enumerate(MONTHS, 1) if month.startswith(name[:3]))


def a_year(text: str, rng: random.Random, earliest: int = 1985) -> int:
    """A year of the article not before a given one, or a recent year when it has none."""
    years = [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", text) if earliest <= int(year) <= 2024]
    return rng.choice(years) if years else rng.randint(max(earliest, 2001), 2019)


def a_date(text: str, rng: random.Random) -> datetime.date:
    """A date in a year of the article."""
    return datetime.date(a_year(text, rng), 1, 1) + datetime.timedelta(days=rng.randrange(365))


def day_first(text: str, rng: random.Random) -> bool:
    """Whether the article writes 5 March rather than March 5; by chance when it has no date."""
    first = len(re.findall(rf"\b\d{{1,2}} {MONTH}", text))
    second = len(re.findall(rf"{MONTH} \d{{1,2}}\b", text))
    return rng.random() < 0.4 if first == second else first > second


def other_weekday(weekday: int, rng: random.Random) -> str:
    """The name of a weekday that is not the given one (0 is Monday)."""
    return WEEKDAYS[(weekday + rng.randint(1, 6)) % 7]
