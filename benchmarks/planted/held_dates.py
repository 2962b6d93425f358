"""Held planted contradictions of dates and of the order of years."""

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


def weekday_put_before(text: str, rng: random.Random) -> Planted | None:
    """A full date of the article that has no weekday gets a wrong one put before it."""
    found = []
    for pattern in (
        rf"\b{MONTH} (?P<day>\d{{1,2}}), (?P<year>(?:19|20)\d\d)\b",
        rf"\b(?P<day>\d{{1,2}}) {MONTH},? (?P<year>(?:19|20)\d\d)\b",
    ):
        for match in re.finditer(pattern, text):
            if re.search(r"day,? $|[\d/–-] ?$", text[: match.start()]):
                continue
            month, day, year = month_number(match["month"]), int(match["day"]), int(match["year"])
            if 1 <= day <= calendar.monthrange(year, month)[1]:
                found.append((match, datetime.date(year, month, day).weekday()))
    if not found:
        return None
    match, weekday = rng.choice(found)
    comma = "," if match.group()[0].isalpha() or rng.random() < 0.3 else ""
    return edit(text, (*match.span(), mark(f"{other_weekday(weekday, rng)}{comma} {match.group()}")))


def year_moved(text: str, rng: random.Random) -> Planted | None:
    """The year of a right weekday and date in the article moves by one or two, so that the weekday no longer fits."""
    found = []
    for match in re.finditer(rf"\b{WEEKDAY},? {MONTH} (?P<day>\d{{1,2}}),? (?P<year>(?:19|20)\d\d)\b", text):
        month, day, year = month_number(match["month"]), int(match["day"]), int(match["year"])
        for shift in (-2, -1, 1, 2):
            try:
                right, moved = datetime.date(year, month, day), datetime.date(year + shift, month, day)
            except ValueError:
                continue
            if WEEKDAYS[right.weekday()] == match["weekday"] and moved.weekday() != right.weekday():
                found.append((match, year + shift))
    if not found:
        return None
    match, year = rng.choice(found)
    return edit(text, (*match.span(), mark(match.group()[:-4] + str(year))))


def day_that_never_was(text: str, rng: random.Random) -> Planted | None:
    """An inserted sentence tells of 29 February in a common year, or of the 31st of a shorter month."""
    year = a_year(text, rng)
    year += 1 if calendar.isleap(year) else 0
    short = rng.choice(("April", "June", "September", "November"))
    leap = rng.random() < 0.5
    if leap:
        date = f"29 February {year}" if day_first(text, rng) else f"February 29, {year}"
    else:
        date = rng.choice((f"the 31st of {short}", f"{short} 31st", f"31 {short} {year}", f"{short} 31"))
    templates = (
        "The lease expires on {date}, according to the filing.",
        "Entries will be accepted until {date}.",
        "An earlier version of the plan was withdrawn on {date} without explanation.",
        "The next review is due by {date}." if not leap else "The last review was signed off on {date}.",
        "Residents have until {date} to send in objections."
        if not leap
        else "Residents had until {date} to send in objections.",
    )
    return insert(text, rng, fill(rng, templates, date=mark(date)))


def one_date_two_weekdays(text: str, rng: random.Random) -> Planted | None:
    """Two inserted sentences give one event the same day of the month with two weekdays."""
    day = a_date(text, rng)
    right, wrong = WEEKDAYS[day.weekday()], other_weekday(day.weekday(), rng)
    month = MONTHS[day.month - 1]
    if day_first(text, rng):
        first, second = f"{right} {day.day} {month}", f"{wrong} {day.day} {month}"
    else:
        first, second = f"{right}, {month} {day.day}", f"{wrong}, {month} {day.day}"
    if rng.random() < 0.5:
        first, second = second, first
    event = rng.choice(("open day", "ballot", "site visit", "auction", "memorial service", "book fair"))
    pairs = (
        (
            "The {event} takes place on {first}.",
            "Anyone who wants to come to the {event} on {second} should register in advance.",
        ),
        ("Doors open at 10 for the {event} on {first}.", "Parking will be free on {second}, the day of the {event}."),
        (
            "No date had been set for the {event} until last week, when {first} was agreed.",
            "Work will be finished by {second}, in time for the {event}.",
        ),
    )
    pair = rng.choice(pairs)
    return insert(
        text, rng, *(sentence.format(event=event, first=mark(first), second=mark(second)) for sentence in pair)
    )


def years_later_backwards(text: str, rng: random.Random) -> Planted | None:
    """An inserted career tells a step with its year and a step some years later with an earlier or much later year."""
    person = a_person(text, rng)
    if not person:
        return None
    year, gap = min(a_year(text, rng), 2014), rng.randint(2, 5)
    wrong = year - rng.randint(1, 4) if rng.random() < 0.6 else year + gap + rng.randint(3, 6)
    told = {2: "two", 3: "three", 4: "four", 5: "five"}[gap]
    templates = (
        "{who} graduated in {year} and qualified as a lawyer {told} years later, in {wrong}.",
        "{who} first stood for office in {year}, and {told} years later, in {wrong}, was elected.",
        "After moving to the area in {year}, {who} waited {told} years before opening a practice here in {wrong}.",
        "{who} took up the sport in {year}. {Told} years on, in {wrong}, came a first national title.",
    )
    words = fill(rng, templates, who=person.full, year=f"{year}", told=told, Told=told.title(), wrong=wrong)
    words = words.replace(f"in {year}", mark(f"in {year}"), 1)
    return insert(text, rng, words.replace(f"in {wrong}", mark(f"in {wrong}"), 1))


def age_at_the_time(text: str, rng: random.Random) -> Planted | None:
    """An inserted sentence gives a birth year, an event year and an age at the event that do not fit together."""
    person = a_person(text, rng)
    if not person:
        return None
    event, age = a_year(text, rng, 1992), rng.randint(24, 58)
    born = event - age + rng.choice((-11, -9, -5, 4, 5, 10))
    templates = (
        "{who}, born in {born}, was {age} when the award was announced in {event}.",
        "{who} was only {age} at the time of the first such inquiry, in {event}, having been born in {born}.",
        "In {event}, at the age of {age}, {who}, who was born in {born}, gave up a career in banking.",
        "{who} (born {born}) became a grandparent in {event}, aged {age}.",
    )
    return insert(text, rng, mark(fill(rng, templates, who=person.full, born=born, age=age, event=event)))


def acts_after_death(text: str, rng: random.Random) -> Planted | None:
    """Two inserted sentences have a person do something years after the year the person is said to have died."""
    died = min(a_year(text, rng), 2015)
    acted = died + rng.randint(2, 8)
    name, trade = rng.choice(
        (
            ("Edith Vale", "painter"),
            ("Oscar Lund", "architect"),
            ("Miriam Castle", "historian"),
            ("Desmond Pike", "engineer"),
        )
    )
    family = name.split()[1]
    pairs = (
        ("The idea goes back to the {trade} {name}, who died in {died}.", "{family} gave a lecture on it in {acted}."),
        (
            "The {trade} {name}, whose death in {died} was little noticed, is often quoted here.",
            "In an interview in {acted}, {family} called it a missed chance.",
        ),
        (
            "In {acted} the {trade} {name} drew up a similar list.",
            "{family}'s papers went to the library on the {trade}'s death in {died}.",
        ),
    )
    slots = {"name": name, "trade": trade, "family": family, "died": died, "acted": acted}
    return insert(text, rng, *(mark(sentence.format(**slots)) for sentence in rng.choice(pairs)))


def wrong_anniversary(text: str, rng: random.Random) -> Planted | None:
    """Inserted words give an opening year, a year of an anniversary and a number of years that do not fit together."""
    thing = rng.choice(
        ("the annual fair", "the local orchestra", "the night shelter", "the visitor centre", "the rowing club")
    )
    number, event = rng.choice((20, 25, 30, 40, 50)), a_year(text, rng, 1998)
    began = event - number + rng.choice((-14, -9, -6, 6, 8, 11))
    who = an_organisation(text, rng, ("the council", "a group of volunteers"))
    pairs = (
        ("{thing} was started by {who} in {began}.", "{thing} celebrated its {number}th anniversary in {event}."),
        ("{thing}, which dates from {began}, marked {number} years of existence in {event}.",),
        (
            "{began} saw the beginnings of {thing}.",
            "A party was held for the {number}th birthday of {thing} in {event}.",
        ),
    )
    slots = {"thing": thing, "who": who, "began": began, "number": number, "event": event}
    made = [sentence.format(**slots) for sentence in rng.choice(pairs)]
    return insert(text, rng, *(mark(sentence[0].upper() + sentence[1:]) for sentence in made))


def finished_before_begun(text: str, rng: random.Random) -> Planted | None:
    """An inserted sentence has a work completed in a year before the one it was begun in."""
    begun = a_year(text, rng)
    done = begun - rng.randint(1, 4)
    templates = (
        "Work on the bypass started in {begun} and was completed in {done}.",
        "The trial, which opened in {begun}, ended in {done} without a verdict.",
        "Construction of the new wing, begun in {begun}, was finished in {done}, well within budget.",
        "The project got under way in {begun} and wound up in {done}.",
    )
    words = fill(rng, templates, begun=begun, done=done)
    words = words.replace(f"in {begun}", mark(f"in {begun}"), 1)
    return insert(text, rng, words.replace(f"in {done}", mark(f"in {done}"), 1))


RULES = {
    "calendar": {
        "weekday_put_before": weekday_put_before,
        "year_moved": year_moved,
        "day_that_never_was": day_that_never_was,
        "one_date_two_weekdays": one_date_two_weekdays,
    },
    "timeline": {
        "years_later_backwards": years_later_backwards,
        "age_at_the_time": age_at_the_time,
        "acts_after_death": acts_after_death,
        "wrong_anniversary": wrong_anniversary,
        "finished_before_begun": finished_before_begun,
    },
}
