"""Open planted contradictions of sums, shares and repeated figures."""

from __future__ import annotations

import random
import re

from benchmarks.planted.planting import (
    Planted,
    a_person,
    an_organisation,
    edit,
    fill,
    insert,
    mark,
    percent,
    persons,
    same_thing,
    sentence_ends,
)

BODIES = ("the company", "the port authority", "the group", "the regional trust", "the farm cooperative")
COUNT_WORDS = {2: "two", 3: "three", 4: "four", 5: "five"}
NUMBER_AND_NOUN = re.compile(
    r"(?<![\d.,$£€:/-])(?<!\d to )(?<!\d and )(?P<number>\d{1,3}(?:,\d{3})+|"
    r"\d{2,4}(?:\.\d+)?) (?P<noun>people|jobs|workers|students|homes|employees|members|"
    r"residents|acres|hectares|patients|schools|countries|farmers|soldiers|players|cases|deaths|passengers|tonnes|tons|miles|"
    r"kilometres|kilometers|houses|seats|votes|children|women|men|staff|companies|stores|vehicles|cars|megawatts|families|beds)\b"
)
MONEY = re.compile(r"(?P<head>[$£€]?)(?P<number>\d[\d,.]*\d|\d) (?P<unit>million|billion)\b")


def wrong_percentage_of_rise(text: str, rng: random.Random) -> Planted | None:
    """An inserted sentence tells a rise or fall between two figures and a percentage far from what they give."""
    old = rng.choice((40, 48, 60, 75, 80, 120, 150, 240))
    right = rng.choice((20, 25, 30, 40, 50))
    up = rng.random() < 0.6
    new = old * (100 + right if up else 100 - right) / 100
    wrong = percent(text, rng.choice([share for share in (8, 12, 15, 35, 45, 65, 70) if abs(share - right) >= 10]))
    slots = {"who": an_organisation(text, rng, BODIES), "old": f"{old:g}", "new": f"{new:g}", "wrong": wrong}
    templates: tuple[str, ...] = (
        "Turnover at {who} {verb} from ${old} million to ${new} million, {noun} of {wrong}.",
        "The number of complaints {verb} {wrong}, from {old}00 to {new}00.",
        "Spending by {who} {verb} {wrong} last year, to ${new} million from ${old} million.",
        "Membership {verb} from {old}00 to {new}00 over the period, {noun} of {wrong}.",
    )
    if not float(new).is_integer():
        templates = (templates[0], templates[2])
    verb, noun = ("rose", "an increase") if up else ("fell", "a decline")
    return insert(text, rng, mark(fill(rng, templates, verb=verb, noun=noun, **slots)))


def shares_over_the_whole(text: str, rng: random.Random) -> Planted | None:
    """An inserted sentence splits one whole into shares that add up to more than a hundred per cent."""
    first, second = rng.randint(41, 55), rng.randint(31, 39)
    third = 100 - first - second + rng.randint(9, 21)
    slots = {"a": percent(text, first), "b": percent(text, second), "c": percent(text, third)}
    templates = (
        "Of those asked, {a} were in favour, {b} were against and {c} had no opinion.",
        "In a survey of readers, {a} chose the first option, {b} the second and {c} the third.",
        "Of the total budget, {a} goes on wages, {b} on buildings and the remaining {c} on everything else.",
        "{a} of the waste is burned, {b} is buried and {c} is recycled.",
    )
    return insert(text, rng, mark(fill(rng, templates, **slots)))


def announced_more_than_named(text: str, rng: random.Random) -> Planted | None:
    """An inserted sentence announces a number of people and names fewer, between a colon and the full stop."""
    names = [person.full for person in persons(text)]
    rng.shuffle(names)
    names = (
        names[:1] + rng.sample(("Helen Marsh", "Peter Oduya", "Carla Winters", "Tom Lindqvist", "Rita Salgado"), 3)
    )[: rng.choice((2, 3))]
    count = COUNT_WORDS[len(names) + rng.choice((1, 1, 2))]
    listed = ", ".join(names[:-1]) + " and " + names[-1]
    templates = (
        "{count} people spoke at the meeting: {listed}.",
        "The panel has {count} members: {listed}.",
        "{count} candidates remain: {listed}.",
        "The letter was signed by {count} residents: {listed}.",
    )
    return insert(text, rng, mark(fill(rng, templates, count=count, listed=listed)))


def reversed_range(text: str, rng: random.Random) -> Planted | None:
    """The ends of a range of numbers in the article ("between 30 and 40") change places."""
    pattern = (
        r"\bbetween ([$£€]?)(\d[\d,]*(?:\.\d+)?)( percent| per cent|%| million|"
        r" billion)? and ([$£€]?)(\d[\d,]*(?:\.\d+)?)\b(?![,.]?\d| [ap]\.?m)"
    )
    found = []
    for match in re.finditer(pattern, text):
        low, high = (float(match[index].replace(",", "")) for index in (2, 5))
        if (
            low < high
            and not 1800 < low < 2100
            and not (match[3] and not re.match(re.escape(match[3]), text[match.end() :]))
        ):
            found.append(match)
    if not found:
        return None
    match = rng.choice(found)
    words = f"between {match[1]}{match[5]}{match[3] or ''} and {match[4]}{match[2]}"
    return edit(text, (*match.span(), mark(words)))


def parts_against_total(text: str, rng: random.Random) -> Planted | None:
    """An inserted sentence gives a total and three parts said to make it up that add up to something else."""
    parts = [rng.randint(60, 140), rng.randint(30, 58), rng.randint(12, 28)]
    total = sum(parts) + rng.choice((-23, -17, 14, 25, 32))
    templates = (
        "The {total} jobs at {who} comprise {a} in production, {b} in sales and {c} in administration.",
        "In all, {total} applications were received: {a} from the city, {b} from the suburbs and {c} from abroad.",
        "{who} owns {total} vehicles, made up of {a} vans, {b} lorries and {c} cars.",
        "Of the {total} delegates, {a} voted for the motion, {b} voted against and {c} abstained.",
    )
    slots = {"who": an_organisation(text, rng, BODIES), "total": total, "a": parts[0], "b": parts[1], "c": parts[2]}
    return insert(text, rng, mark(fill(rng, templates, **slots)))


def repeated_count_changed(text: str, rng: random.Random) -> Planted | None:
    """A count that the article gives twice with the same noun becomes another count the second time."""
    found: dict[str, list[re.Match[str]]] = {}
    for match in NUMBER_AND_NOUN.finditer(text):
        found.setdefault(match.group(), []).append(match)
    pairs = [
        matches[:2] for words, matches in found.items() if len(matches) >= 2 and not re.match(r"\d0? |100 ", words)
    ]
    pairs = [pair for pair in pairs if same_thing(text, pair[0], pair[1])]
    if not pairs:
        return None
    first, second = rng.choice(pairs)
    number = second["number"]
    digit = next(index for index in range(len(number) - 1, -1, -1) if number[index] not in "0,.")
    changed = number[:digit] + rng.choice([d for d in "123456789" if d != number[digit]]) + number[digit + 1 :]
    return edit(text, (*first.span(), mark(first.group())), (*second.span(), mark(f"{changed} {second['noun']}")))


def million_for_billion(text: str, rng: random.Random) -> Planted | None:
    """A sum that the article gives twice changes its unit the second time, million to billion or the reverse."""
    found: dict[str, list[re.Match[str]]] = {}
    for match in MONEY.finditer(text):
        found.setdefault(match.group(), []).append(match)
    pairs = [
        matches[:2] for matches in found.values() if len(matches) >= 2 and same_thing(text, matches[0], matches[1])
    ]
    if not pairs:
        return None
    first, second = rng.choice(pairs)
    unit = "billion" if second["unit"] == "million" else "million"
    changed = f"{second['head']}{second['number']} {unit}"
    return edit(text, (*first.span(), mark(first.group())), (*second.span(), mark(changed)))


def money_told_again(text: str, rng: random.Random) -> Planted | None:
    """A sum the article tells once ("a $3 million grant") is told again, larger or smaller, with its noun."""
    nouns = (
        "project|deal|contract|fund|grant|bid|loan|budget|package|plan|takeover|"
        "programme|program|lawsuit|settlement|campaign|investment|upgrade|scheme"
    )
    sums = re.finditer(
        rf"(?P<head>(?:A|US|C)?[$£€])(?P<number>\d[\d.]*) (?P<unit>million|billion) "
        rf"(?P<noun>(?:[a-z]+ )?(?:{nouns})|(?:in|of) [a-z]{{5,}}(?: [a-z]{{5,}})?)\b",
        text,
    )
    found = [match for match in sums if len(re.findall(rf"(?:million|billion) {match['noun']}\b", text)) == 1]
    if not found:
        return None
    match = rng.choice(found)
    other = float(match["number"]) * rng.choice((1.2, 1.5) if float(match["number"]) < 3 else (0.5, 0.8, 1.2, 1.5))
    again = f"{match['head']}{other:.3g} {match['unit']} {match['noun']}"
    templates = (
        "Details of the {again} have not been published.",
        "Questions about the {again} remain.",
        "The {again} has been under discussion for some time.",
        "Few had expected the {again} to attract so much attention.",
    )
    ends = [end for end in sentence_ends(text) if end > match.end()]
    if not ends:
        return None
    end = rng.choice(ends)
    gap = " " if text[end : end + 1].strip() else ""
    return edit(
        text, (*match.span(), mark(match.group())), (end, end, " " + fill(rng, templates, again=mark(again)) + gap)
    )


def count_told_again(text: str, rng: random.Random) -> Planted | None:
    """A count that the article tells once ("1,500 jobs") is told again with another figure in an inserted sentence."""
    nouns: dict[str, list[re.Match[str]]] = {}
    for match in NUMBER_AND_NOUN.finditer(text):
        nouns.setdefault(match["noun"], []).append(match)
    loose = set(
        "miles kilometres kilometers men women children cars acres hectares people vehicles countries schools".split()
    )
    found = [matches[0] for noun, matches in nouns.items() if len(matches) == 1 and noun not in loose]
    if not found:
        return None
    match = rng.choice(found)
    number = float(match["number"].replace(",", "")) * rng.choice((0.5, 0.7, 1.4, 2))
    again = f"{max(2, round(number)):,} {match['noun']}"
    templates = (
        "The figure of {again} was not disputed.",
        "How the {again} were counted was not made clear.",
        "The same {again} had been mentioned in an earlier statement.",
    )
    ends = [end for end in sentence_ends(text) if end > match.end()]
    if not ends:
        return None
    end = rng.choice(ends)
    gap = " " if text[end : end + 1].strip() else ""
    return edit(
        text, (*match.span(), mark(match.group())), (end, end, " " + fill(rng, templates, again=mark(again)) + gap)
    )


def two_death_tolls(text: str, rng: random.Random) -> Planted | None:
    """Two inserted sentences give the dead of one accident with two figures."""
    first = rng.randint(11, 48)
    second = first + rng.choice((-6, -4, -3, 5, 7, 9))
    accident, year = (
        rng.choice(("ferry accident", "factory fire", "mine collapse", "train derailment", "flood")),
        rng.randint(1988, 2015),
    )
    templates = (
        (
            "{n} people were killed in the {year} {what}.",
            "The {year} {what}, in which {m} people died, led to new safety rules.",
        ),
        (
            "The {year} {what} claimed {n} lives.",
            "A plaque lists the {m} people who lost their lives in the {year} {what}.",
        ),
        (
            "Many here still remember the {year} {what}, which left {n} dead.",
            "No one was ever charged over the {m} deaths in the {year} {what}.",
        ),
    )
    pair = rng.choice(templates)
    slots = {"year": year, "what": accident}
    return insert(text, rng, *(mark(sentence.format(n=first, m=second, **slots)) for sentence in pair))


def two_prices(text: str, rng: random.Random) -> Planted | None:
    """Two inserted sentences give one sale two prices."""
    first = rng.choice((2.4, 3.1, 5.6, 7.2, 12.5, 18.3))
    second = round(first + rng.choice((0.5, 0.9, 1.3)), 1)
    thing = rng.choice(("the old customs house", "the former cinema", "the paper mill", "the riverside hotel"))
    sign = "£" if "£" in text else "$"
    person = a_person(text, rng)
    who = person.full if person else "a local developer"
    templates = (
        (
            "{thing} was sold for {sign}{n} million.",
            "The buyer, who paid {sign}{m} million for {thing}, has not been named.",
        ),
        (
            "{thing} changed hands for {sign}{n} million.",
            "{who} said the {sign}{m} million paid for {thing} was a fair price.",
        ),
        (
            "A price of {sign}{n} million was agreed for {thing}.",
            "At {sign}{m} million, {thing} was the most expensive sale of the year.",
        ),
    )
    slots = {"thing": thing, "sign": sign, "who": who, "n": first, "m": second}
    made = [sentence.format(**slots) for sentence in rng.choice(templates)]
    return insert(text, rng, *(mark(sentence[0].upper() + sentence[1:]) for sentence in made))


RULES = {
    "arithmetic": {
        "wrong_percentage_of_rise": wrong_percentage_of_rise,
        "shares_over_the_whole": shares_over_the_whole,
        "announced_more_than_named": announced_more_than_named,
        "reversed_range": reversed_range,
        "parts_against_total": parts_against_total,
    },
    "quantities": {
        "repeated_count_changed": repeated_count_changed,
        "million_for_billion": million_for_billion,
        "money_told_again": money_told_again,
        "count_told_again": count_told_again,
        "two_death_tolls": two_death_tolls,
        "two_prices": two_prices,
    },
}
