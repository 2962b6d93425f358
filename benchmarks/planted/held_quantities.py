"""Held planted contradictions of repeated figures."""

from __future__ import annotations

import itertools
import random
import re

from benchmarks.planted.planting import (
    Planted,
    edit,
    fill,
    insert,
    mark,
    persons,
    same_thing,
    sentence_ends,
)


def repeated_percentage_changed(text: str, rng: random.Random) -> Planted | None:
    """A percentage that the article gives twice near a common noun gets another figure the second time."""
    found: dict[str, list[re.Match[str]]] = {}
    for match in re.finditer(
        r"(?<![\w.,-])(?<!\d to )(?<!\d and )(?P<number>\d{1,2}(?:\.\d+)?)(?P<unit>%| percent| per cent)", text
    ):
        found.setdefault(match["number"], []).append(match)
    pairs = [(ms[0], second) for ms in found.values() for second in ms[1:] if same_thing(text, ms[0], second, 2)]
    if not pairs:
        return None
    first, second = rng.choice(pairs)
    number = float(second["number"]) + rng.choice((-4, -3, 2, 3, 6))
    number = number if number > 0 else number + 8
    return edit(text, (*first.span(), mark(first.group())), (*second.span(), mark(f"{number:g}{second['unit']}")))


def rise_told_again(text: str, rng: random.Random) -> Planted | None:
    """A rise or fall that the article tells once is named again with another percentage."""
    nouns = {
        "rose": "rise",
        "fell": "fall",
        "dropped": "drop",
        "increased": "increase",
        "jumped": "jump",
        "declined": "decline",
        "slipped": "slide",
        "climbed": "climb",
    }
    found: dict[str, list[re.Match[str]]] = {}
    for match in re.finditer(
        rf"\b(?P<verb>{'|'.join(nouns)}) (?:by )?(?P<number>\d[\d.]*\d|\d)(?P<unit>%| percent| per cent)", text
    ):
        found.setdefault(match["verb"], []).append(match)
    single = [matches[0] for matches in found.values() if len(matches) == 1]
    ends = sentence_ends(text)
    if not single or not [end for end in ends if end > single[0].end()]:
        return None
    match = single[0]
    number = float(match["number"])
    other = number * rng.choice((0.5, 2)) if number < 4 else number + rng.choice((-3, -2, 4, 7))
    again = f"{other:.3g}{match['unit']} {nouns[match['verb']]}"
    templates = (
        "The {again} was sharper than in the year before.",
        "Not everyone was surprised by the {again}.",
        "Several reasons were given for the {again}.",
        "After the {again}, little change is expected in the months ahead.",
    )
    end = rng.choice([end for end in ends if end > match.end()])
    gap = " " if text[end : end + 1].strip() else ""
    return edit(
        text, (*match.span(), mark(match.group())), (end, end, " " + fill(rng, templates, again=mark(again)) + gap)
    )


def share_told_again(text: str, rng: random.Random) -> Planted | None:
    """A share told once by the article ("60 percent of voters") is told again with another percentage."""
    pattern = (
        r"(?<![\w.,-])(?P<number>\d{1,2}(?:\.\d+)?)(?P<unit>%| percent| per cent) of (?P<noun>(?!what|those|"
        r"them|these|which|this|that|such|their\b)(?:the |its |their |all )?[a-z]{4,}(?: [a-z]{5,})?)\b(?!['’])"
    )
    shares = list(re.finditer(pattern, text))
    ends = sentence_ends(text)
    single = [
        match
        for match in shares
        if sum(match["noun"] == other["noun"] for other in shares) == 1 and ends and ends[-1] > match.end()
    ]
    if not single:
        return None
    match = rng.choice(single)
    number = float(match["number"])
    other = number / 2 if number > 85 else number * 2 if number < 4 else number + rng.choice((-3, 6, 8, 11))
    again = f"{other:.3g}{match['unit']} of {match['noun']}"
    templates = (
        "No source was given for the figure of {again}.",
        "The proportion told here, {again}, has been called into question.",
        "Even so, {again} is more than most had expected.",
        "To some, {again} still seems a low figure.",
    )
    end = rng.choice([end for end in ends if end > match.end()])
    gap = " " if text[end : end + 1].strip() else ""
    return edit(
        text, (*match.span(), mark(match.group())), (end, end, " " + fill(rng, templates, again=mark(again)) + gap)
    )


def digits_of_a_sum(text: str, rng: random.Random) -> Planted | None:
    """A sum of money that the article gives twice has two digits exchanged, or a nought added, the second time."""
    found: dict[str, list[re.Match[str]]] = {}
    for match in re.finditer(r"[$£€](?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit> (?:million|billion))?(?![\w,.]?\d)", text):
        if len(re.sub(r"\D", "", match["number"])) >= 2:
            found.setdefault(match.group(), []).append(match)
    pairs = [
        matches[:2] for matches in found.values() if len(matches) >= 2 and same_thing(text, matches[0], matches[1], 2)
    ]
    if not pairs:
        return None
    first, second = rng.choice(pairs)
    number = second["number"]
    digits = [index for index, sign in enumerate(number) if sign.isdigit()]
    swaps = [
        (a, b) for a, b in itertools.pairwise(digits) if number[a] != number[b] and not (a == 0 and number[b] == "0")
    ]
    if swaps:
        a, b = rng.choice(swaps)
        changed = number[:a] + number[b] + number[a + 1 : b] + number[a] + number[b + 1 :]
    else:
        changed = f"{int(number.replace(',', '')) * 10:,}" if "." not in number else number[:-1] + rng.choice("2347")
    start = second.start("number")
    words = f"{text[second.start() : start]}{changed}{second['unit'] or ''}"
    return edit(text, (*first.span(), mark(first.group())), (*second.span(), mark(words)))


def two_counts_of_injured(text: str, rng: random.Random) -> Planted | None:
    """Two inserted sentences give the injured or evacuated of one event with two figures."""
    first = rng.randint(13, 60)
    second = first + rng.choice((-8, -5, 4, 6, 11))
    what, year = (
        rng.choice(("bus crash", "stadium stampede", "gas explosion", "rail collision", "hotel blaze")),
        rng.randint(1990, 2014),
    )
    pairs = (
        (
            "The town made headlines in {year}, when {n} people were injured in a {what}.",
            "All {m} of those hurt in the {year} {what} have since recovered.",
        ),
        (
            "{n} people were injured in the {what} of {year}, some of them badly.",
            "Lawyers for all {m} injured in the {what} of {year} reached a settlement.",
        ),
        (
            "A {what} in {year} left {n} people hurt.",
            "Compensation went to all {m} people injured in the {year} {what}.",
        ),
    )
    slots = {"n": first, "m": second, "what": what, "year": year}
    return insert(text, rng, *(mark(sentence.format(**slots)) for sentence in rng.choice(pairs)))


def two_majorities(text: str, rng: random.Random) -> Planted | None:
    """Two inserted sentences give the same election result with two numbers of votes or seats."""
    first = rng.randint(112, 960)
    second = int(str(first)[0] + str(first)[:0:-1]) if str(first)[1] != str(first)[2] else first + 27
    names = [person.full for person in persons(text)] or ["One councillor"]
    who, year = rng.choice(names), rng.randint(1994, 2016)
    pairs = (
        (
            "{who} recalled that the {year} by-election was won by {n} votes.",
            "The {m}-vote majority in the {year} by-election was the smallest on record.",
        ),
        (
            "The {year} referendum passed by {n} votes.",
            "A margin of {m} votes decided the {year} referendum, and a recount was refused.",
        ),
        (
            "At the {year} board election the winner received {n} votes.",
            "With {m} votes, the winner of the {year} board election fell short of a majority.",
        ),
    )
    slots = {"who": who, "n": first, "m": second, "year": year}
    return insert(text, rng, *(mark(sentence.format(**slots)) for sentence in rng.choice(pairs)))


def second_age(text: str, rng: random.Random) -> Planted | None:
    """A person told with an age in commas gets another age in commas at a later mention by family name."""
    found = []
    for person in persons(text):
        age = re.match(r", (?:aged )?(\d\d),", text[person.end :])
        later = [span for span in person.later if re.match(r" [a-z]+\b(?!-)", text[span[1] :])]
        if age and later:
            found.append((person, age, rng.choice(later)))
    if not found:
        return None
    person, age, (start, end) = rng.choice(found)
    other = (
        int(age[1][::-1]) if age[1][0] != age[1][1] and age[1][1] in "234567" else int(age[1]) + rng.choice((-3, 2, 4))
    )
    whole = text[person.start : person.end + age.end() - 1]
    return edit(
        text, (person.start, person.start + len(whole), mark(whole)), (start, end, mark(f"{text[start:end]}, {other},"))
    )


def cost_in_two_units(text: str, rng: random.Random) -> Planted | None:
    """Two inserted sentences give the cost of one thing with the same figure, once in million and once in billion."""
    sign, figure = "£" if "£" in text else "$", rng.choice(("1.6", "2.7", "45", "85", "130", "260"))
    thing = rng.choice(("tram extension", "data centre", "dam repair", "sports arena", "harbour tunnel"))
    first, second = rng.sample(("million", "billion"), 2)
    pairs = (
        (
            "The {thing} is expected to cost {sign}{figure} {first}.",
            "Critics of the {sign}{figure} {second} {thing} say the money is needed elsewhere.",
        ),
        (
            "Ministers signed off the {sign}{figure} {first} {thing} without debate.",
            "The {thing}, priced at {sign}{figure} {second}, has yet to be started.",
        ),
        (
            "A {sign}{figure} {first} loan for the {thing} was approved.",
            "Interest on the {sign}{figure} {second} loan for the {thing} is fixed.",
        ),
    )
    slots = {"thing": thing, "sign": sign, "figure": figure, "first": first, "second": second}
    return insert(text, rng, *(mark(sentence.format(**slots)) for sentence in rng.choice(pairs)))


RULES = {
    "quantities": {
        "repeated_percentage_changed": repeated_percentage_changed,
        "rise_told_again": rise_told_again,
        "share_told_again": share_told_again,
        "digits_of_a_sum": digits_of_a_sum,
        "two_counts_of_injured": two_counts_of_injured,
        "two_majorities": two_majorities,
        "second_age": second_age,
        "cost_in_two_units": cost_in_two_units,
    },
}
