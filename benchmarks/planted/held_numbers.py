"""Held planted contradictions of sums, shares and repeated figures."""

from __future__ import annotations

import random
import re

from benchmarks.planted.planting import (
    Planted,
    an_organisation,
    edit,
    fill,
    insert,
    mark,
    percent,
)

OWNERS = ("the firm", "the club", "the hospital trust", "the airline", "the town hall")


def wrong_multiple(text: str, rng: random.Random) -> Planted | None:
    """An inserted sentence says a figure doubled, tripled or halved, but its two values are not in that proportion."""
    verb, times = rng.choice(
        (("doubled", 2.0), ("more than doubled", 2.0), ("tripled", 3.0), ("halved", 0.5), ("quadrupled", 4.0))
    )
    old = rng.choice((120, 160, 220, 340, 460, 1200, 1800))
    factor = {2.0: (1.25, 1.5), 3.0: (1.5, 2.0), 0.5: (0.75, 0.8), 4.0: (2.0, 2.5)}[times]
    new = round(old * rng.choice(factor))
    templates = (
        "Visitor numbers at {who} {verb}, from {old:,} to {new:,}.",
        "The waiting list has {verb} from {old:,} names to {new:,}.",
        "Thefts {verb} over the same period, to {new:,} from {old:,}.",
        "Its workforce {verb} in three years, going from {old:,} to {new:,}.",
    )
    return insert(
        text, rng, mark(fill(rng, templates, who=an_organisation(text, rng, OWNERS), verb=verb, old=old, new=new))
    )


def wrong_difference(text: str, rng: random.Random) -> Planted | None:
    """An inserted sentence tells a change by a number that is not the difference of the two figures told with it."""
    old, change = rng.randint(210, 480), rng.randint(25, 90)
    told = change + rng.choice((-18, -12, 11, 15, 20))
    templates = (
        "Staff at {who} were cut by {told}, from {old} to {low}.",
        "Enrolment fell by {told} to {low}, compared with {old} a year earlier.",
        "The number of beds was raised by {told}, to {old} from {low}.",
        "That is {told} more than before: {old} households, against {low}.",
    )
    return insert(
        text,
        rng,
        mark(fill(rng, templates, who=an_organisation(text, rng, OWNERS), told=told, old=old, low=old - change)),
    )


def list_too_short(text: str, rng: random.Random) -> Planted | None:
    """An inserted sentence announces a number of things and lists another number of them."""
    things = rng.choice(
        (
            ("districts", "Eastfield Marlow Thornbury Castleton Redbank"),
            ("languages", "English French Arabic Portuguese Somali"),
            ("subjects", "history chemistry music geography physics"),
            ("crops", "wheat barley oats rye maize"),
            ("committees", "finance planning housing education transport"),
        )
    )
    noun, words = things[0], rng.sample(things[1].split(), rng.choice((2, 3, 4)))
    count = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}[
        len(words) + rng.choice((-1, 1, 1, 2) if len(words) > 2 else (1, 2))
    ]
    listed = ", ".join(words[:-1]) + " and " + words[-1]
    templates = (
        "Material was gathered in {count} {noun} - {listed} - over several weeks.",
        "The report looks at {count} {noun}: {listed}.",
        "Only {count} {noun}, namely {listed}, are covered by the grant.",
        "The {count} {noun} concerned are {listed}.",
    )
    return insert(text, rng, mark(fill(rng, templates, count=count, noun=noun, listed=listed)))


def two_shares_too_large(text: str, rng: random.Random) -> Planted | None:
    """An inserted sentence gives exclusive shares of one whole, in per cent or in fractions, that exceed it."""
    first = rng.randint(54, 68)
    second = 100 - first + rng.randint(8, 19)
    slots = {"a": percent(text, first), "b": percent(text, second)}
    templates = (
        "In the final vote, {a} backed the plan and {b} opposed it.",
        "Women make up {a} of the membership and men the other {b}.",
        "{a} of its income comes from abroad, while domestic sales bring in the remaining {b}.",
        "Half of the money went to schools, a third to roads and a quarter to flood defences.",
        "Two thirds of the land is forest and the other half is pasture.",
    )
    return insert(text, rng, mark(fill(rng, templates, **slots)))


def range_downwards(text: str, rng: random.Random) -> Planted | None:
    """The ends of a range of numbers with "to" or a dash before a unit in the article change places."""
    pattern = (
        r"(?<![\w.,$£€/:-])(?<!from )(\d[\d,]*(?:\.\d+)?)( to |-|–)(\d[\d,]*(?:\.\d+)?)"
        r"(?= (?:percent|per cent|million|billion|years|months|weeks|days|"
        r"hours|minutes|miles|people|tonnes|metres|feet|degrees|cents|pounds)|%)"
    )
    found = []
    for match in re.finditer(pattern, text):
        low, high = (float(match[index].replace(",", "")) for index in (1, 3))
        if low < high and not re.search(
            r"(?:rose|fell|increased?|up|down|votes?|rise|fall|growth|margin|win|won) (?:\w+ )?$", text[: match.start()]
        ):
            found.append(match)
    if not found:
        return None
    match = rng.choice(found)
    return edit(text, (*match.span(), mark(f"{match[3]}{match[2]}{match[1]}")))


def wrong_product(text: str, rng: random.Random) -> Planted | None:
    """An inserted sentence gives a number of things, the price of each and a sum that is not their product."""
    count, price = rng.choice((40, 60, 80, 120, 200)), rng.choice((5, 12, 15, 25))
    total = round(count * price * rng.choice((0.6, 0.75, 1.3, 1.5, 2)))
    sign = "£" if "£" in text else "$"
    templates = (
        "{count} tickets were sold at {sign}{price} each, bringing in {sign}{total:,}.",
        "A collection from {count} households, each giving {sign}{price}, raised {sign}{total:,} in all.",
        "At {sign}{price} a copy, the {count} copies that were bought made {sign}{total:,}.",
    )
    return insert(text, rng, mark(fill(rng, templates, count=count, price=price, sign=sign, total=total)))


RULES = {
    "arithmetic": {
        "wrong_multiple": wrong_multiple,
        "wrong_difference": wrong_difference,
        "list_too_short": list_too_short,
        "two_shares_too_large": two_shares_too_large,
        "range_downwards": range_downwards,
        "wrong_product": wrong_product,
    },
}
