"""Open planted contradictions of dates and of the order of years."""

from __future__ import annotations

import calendar
import datetime
import random
import re

from benchmarks.planted.planting import (
    MONTH,
    MONTHS,
    WEEKDAY,
    WEEKDAYS,
    Planted,
    a_date,
    a_person,
    a_year,
    an_organisation,
    day_first,
    edit,
    fill,
    insert,
    mark,
    month_number,
    other_weekday,
)

EVENTS = (
    "public meeting",
    "hearing",
    "exhibition",
    "conference",
    "inspection",
    "consultation",
    "tournament",
    "training course",
)


def swapped_weekday(text: str, rng: random.Random) -> Planted | None:
    """The right weekday of a full date in the article ("Tuesday, March 5, 2013") is replaced by another weekday."""
    found = []
    for match in re.finditer(rf"\b{WEEKDAY},? (?:{MONTH} (?P<day>\d{{1,2}}),? (?P<year>(?:19|20)\d\d))\b", text):
        month, day, year = month_number(match["month"]), int(match["day"]), int(match["year"])
        if 1 <= day <= calendar.monthrange(year, month)[1]:
            weekday = datetime.date(year, month, day).weekday()
            if WEEKDAYS[weekday] == match["weekday"]:
                found.append((match, weekday))
    if not found:
        return None
    match, weekday = rng.choice(found)
    return edit(text, (*match.span(), mark(other_weekday(weekday, rng) + match.group()[len(match["weekday"]) :])))


def day_beyond_month(text: str, rng: random.Random) -> Planted | None:
    """A day of February or of a month of thirty days becomes the 30th or 31st, which the month does not have."""
    short = {"April": 31, "June": 31, "Sept": 31, "Nov": 31, "Feb": 30}
    found = []
    for match in re.finditer(rf"(?<!day, )(?<!day )\b{MONTH} (?P<day>\d{{1,2}})\b(?![:/–-]\d|\w)", text):
        last = next((days for name, days in short.items() if match["month"].startswith(name)), None)
        if last and 1 <= int(match["day"]) <= 30:
            found.append((match, last))
    for match in re.finditer(rf"(?<![\d:–-])\b(?P<day>\d{{1,2}}) {MONTH}(?!\w)", text):
        last = next((days for name, days in short.items() if match["month"].startswith(name)), None)
        if last and 1 <= int(match["day"]) <= 30:
            found.append((match, last))
    if not found:
        return None
    match, last = rng.choice(found)
    return edit(text, (*match.span(), mark(match.group().replace(match["day"], str(last), 1))))


def weekday_in_passing(text: str, rng: random.Random) -> Planted | None:
    """An inserted sentence tells a full date with a weekday that the calendar does not give it."""
    day = a_date(text, rng)
    weekday = other_weekday(day.weekday(), rng)
    if day_first(text, rng):
        date = f"{weekday} {day.day} {MONTHS[day.month - 1]} {day.year}"
    else:
        date = f"{weekday}, {MONTHS[day.month - 1]} {day.day}, {day.year}"
    templates = (
        "The {event}, first announced on {date}, drew more people than expected.",
        "Records show that the {event} was held on {date}.",
        "A notice about the {event} had been put up on {date}.",
        "{who} was last asked about the matter on {date}, at the {event}.",
        "The {event} was originally planned for {date}, but was put off.",
    )
    person = a_person(text, rng)
    who = person.full if person else "the committee"
    return insert(text, rng, fill(rng, templates, event=rng.choice(EVENTS), date=mark(date), who=who))


def weekdays_out_of_step(text: str, rng: random.Random) -> Planted | None:
    """An inserted sentence gives two near days with weekdays that lie another number of days apart than the dates."""
    day = a_date(text, rng)
    day = day.replace(day=min(day.day, 24))
    days = rng.choice((1, 2, 2, 3))
    later = day + datetime.timedelta(days=days)
    wrong = WEEKDAYS[(later.weekday() + rng.choice((1, 2, 3))) % 7]
    if wrong == WEEKDAYS[day.weekday()]:
        wrong = WEEKDAYS[(later.weekday() + 4) % 7]
    month = MONTHS[day.month - 1]
    if day_first(text, rng):
        first, second = f"{WEEKDAYS[day.weekday()]} {day.day} {month}", f"{wrong} {later.day} {month}"
    else:
        first, second = f"{WEEKDAYS[day.weekday()]}, {month} {day.day}", f"{wrong}, {month} {later.day}"
    templates: tuple[str, ...] = (
        "The {event} runs from {first}, to {second}.",
        "Talks that began on {first}, went on until {second}.",
        "The offices will be closed from {first}, through {second}.",
        "Those who missed the {event} on {first}, can come to a second one on {second}.",
    )
    if day_first(text, rng):
        templates = tuple(template.replace("{first},", "{first}") for template in templates)
    return insert(text, rng, fill(rng, templates, event=rng.choice(EVENTS), first=mark(first), second=mark(second)))


def reversed_span(text: str, rng: random.Random) -> Planted | None:
    """The ends of a span of years in the article ("from 2010 to 2015") change places."""
    pattern = (
        r"\b(from|between) (?:[A-Z][a-z]+ )?((?:19|20)\d\d) (to|until|through|and) (?:[A-Z][a-z]+ )?((?:19|20)\d\d)\b"
    )
    found = [match for match in re.finditer(pattern, text) if int(match[2]) < int(match[4])]
    if not found:
        return None
    match = rng.choice(found)
    words, head = match.group(), match.start(2) - match.start()
    middle = words[head + 4 : match.start(4) - match.start()]
    return edit(text, (*match.span(), mark(words[:head] + match[4] + middle + match[2])))


def duration_against_years(text: str, rng: random.Random) -> Planted | None:
    """An inserted sentence gives a post a number of years that its first and last year do not have between them."""
    person = a_person(text, rng)
    if not person:
        return None
    years = rng.randint(4, 9)
    first = min(a_year(text, rng), 2012) - rng.randint(0, 3)
    told = {10: "ten", 11: "eleven", 12: "twelve", 13: "13", 14: "14", 15: "15"}[
        years + rng.randint(4, 6) if years > 5 else rng.choice((10, 11, 12))
    ]
    templates = (
        "{who} spent {told} years on the board, from {first} to {last}.",
        "Before that, {who} had led a regional office for {told} years, between {first} and {last}.",
        "{who}, who worked for the regional broadcaster from {first} until "
        "{last}, has called those {told} years the best of a long career.",
        "Friends remember the {told} years that {who} lived abroad, from {first} to {last}.",
    )
    return insert(text, rng, mark(fill(rng, templates, who=person.full, told=told, first=first, last=first + years)))


def founded_after_acting(text: str, rng: random.Random) -> Planted | None:
    """Inserted sentences have an organisation do something in a year before the one it was founded in."""
    founded = a_year(text, rng, 1995)
    acted = founded - rng.randint(2, 7)
    name = rng.choice(
        ("Harwell Trust", "Bramley Foundation", "Linden Group", "Ashcombe Partnership", "Merrow Institute")
    )
    templates = (
        (
            "The {name}, founded in {founded}, has followed the subject closely.",
            "The {name} published its first report on the subject in {acted}.",
        ),
        (
            "The {name} was set up in {founded} and now has some forty members.",
            "A similar warning was given by the {name} in {acted}.",
        ),
        (
            "In {acted}, the {name} ran a campaign on the same question.",
            "The {name}, which was established in {founded}, declined to comment.",
        ),
    )
    pair = rng.choice(templates)
    slots = {"name": name, "founded": founded, "acted": acted}
    return insert(text, rng, *(mark(sentence.format(**slots)) for sentence in pair))


def before_that_later(text: str, rng: random.Random) -> Planted | None:
    """An inserted career tells one step with its year, and a step said to be earlier with a later year."""
    person = a_person(text, rng)
    if not person:
        return None
    year = min(a_year(text, rng), 2016)
    late = year + rng.randint(2, 5)
    group = an_organisation(text, rng, ("the regional chamber of commerce", "the transport committee"))
    templates = (
        "{who} joined the advisory panel in {year}. Before that, in {late}, {family} had been a consultant to {group}.",
        "{who} was appointed to the working party in {year}, having "
        "previously stepped down as secretary of {group} in {late}.",
        "{who} was named to the review panel in {year}. Earlier, in {late}, {family} served as an adviser to {group}.",
        "{who} moved into private practice in {year} after leaving {group} in {late}.",
    )
    words = fill(rng, templates, who=person.full, family=person.family, group=group, year=year, late=late)
    words = words.replace(f"in {year}", mark(f"in {year}"), 1)
    return insert(text, rng, words.replace(f"in {late}", mark(f"in {late}"), 1))


def birthday_against_birth(text: str, rng: random.Random) -> Planted | None:
    """Inserted sentences give a birth year and a year of a round birthday that do not agree by more than one year."""
    person = a_person(text, rng)
    if not person:
        return None
    age = rng.choice((40, 50, 60))
    event = a_year(text, rng, 1990)
    born = event - age + rng.choice((-8, -6, -5, 4, 6, 7))
    templates = (
        ("{who} was born in {born} and grew up in a family of teachers.", "{who} turned {age} in {event}."),
        ("Born in {born}, {who} left school early.", "The family celebrated {who}'s {age}th birthday in {event}."),
        (
            "{who}, who was born in {born}, has kept a diary since childhood.",
            "In {event}, the year {who} turned {age}, parts of it were printed.",
        ),
    )
    slots = {"who": person.full, "born": born, "age": age, "event": event}
    return insert(text, rng, *(mark(sentence.format(**slots)) for sentence in rng.choice(templates)))


RULES = {
    "calendar": {
        "swapped_weekday": swapped_weekday,
        "day_beyond_month": day_beyond_month,
        "weekday_in_passing": weekday_in_passing,
        "weekdays_out_of_step": weekdays_out_of_step,
    },
    "timeline": {
        "reversed_span": reversed_span,
        "duration_against_years": duration_against_years,
        "founded_after_acting": founded_after_acting,
        "before_that_later": before_that_later,
        "birthday_against_birth": birthday_against_birth,
    },
}
