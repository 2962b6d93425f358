"""Open planted contradictions of names, and open leftovers of prompts and templates."""

from __future__ import annotations

import random
import re

from benchmarks.planted.planting import (
    GIVEN_MEN,
    GIVEN_WOMEN,
    MONTH,
    Person,
    Planted,
    a_person,
    an_organisation,
    edit,
    fill,
    mark,
    persons,
)

ROLES = (
    "chief executive",
    "chief financial officer",
    "finance director",
    "managing director",
    "general manager",
    "head of research",
    "spokesman",
    "spokeswoman",
    "chairman",
    "mayor",
    "treasurer",
    "coach",
    "principal",
    "deputy director",
)


def told_again(text: str, least: int = 1) -> list[Person]:
    """People with at least so many later mentions by family name alone."""
    return [person for person in persons(text) if len(person.later) >= least]


def family_name_misspelt(text: str, rng: random.Random) -> Planted | None:
    """Two neighbouring letters inside a family name change places at one later mention."""
    people = [person for person in told_again(text) if len(person.family) >= 5]
    if not people:
        return None
    person = rng.choice(people)
    name = person.family
    spots = [
        at
        for at in range(2, len(name) - 1)
        if name[at].islower() and name[at] != name[at + 1] and name[at + 1].islower()
    ]
    if not spots:
        return None
    at = rng.choice(spots)
    wrong = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    start, end = rng.choice(person.later)
    return edit(text, (person.start, person.end, mark(text[person.start : person.end])), (start, end, mark(wrong)))


def title_with_given_name(text: str, rng: random.Random) -> Planted | None:
    """A later mention by family name becomes a title with the given name ("Mr Jia" style for "Mr Wei")."""
    people = told_again(text)
    if not people:
        return None
    person = rng.choice(people)
    start, end = rng.choice(person.later)
    title = re.search(r"\b(?:Mr|Mrs|Ms|Dr)\.? $", text[:start])
    if title:
        start, wrong = title.start(), title.group() + person.given
    elif person.given in GIVEN_MEN | GIVEN_WOMEN and not re.search(
        r"\w\.? $", text[:start].removesuffix("said ")[-12:].replace(", ", "")
    ):
        dot = "." if "Mr." in text or "U.S." in text else ""
        wrong = ("Mr" if person.given in GIVEN_MEN else "Ms") + dot + " " + person.given
    else:
        return None
    return edit(text, (person.start, person.end, mark(text[person.start : person.end])), (start, end, mark(wrong)))


def title_of_the_other_sex(text: str, rng: random.Random) -> Planted | None:
    """The title of a person told twice with the same one ("Mr Brown") changes at the last mention ("Ms Brown")."""
    found: dict[str, list[re.Match[str]]] = {}
    for match in re.finditer(r"\b(?P<title>Mr|Mrs|Ms)(?P<dot>\.?) (?P<family>[A-Z][\w’'-]*[a-z])\b(?! [A-Z])", text):
        found.setdefault(match["family"].removesuffix("'s").removesuffix("’s"), []).append(match)
    people = [
        matches for matches in found.values() if len(matches) >= 2 and len({match["title"] for match in matches}) == 1
    ]
    if not people:
        return None
    first, *_, last = rng.choice(people)
    other = rng.choice(("Ms", "Mrs")) if last["title"] == "Mr" else "Mr"
    return edit(
        text, (*first.span(), mark(first.group())), (*last.span(), mark(f"{other}{last['dot']} {last['family']}"))
    )


def two_people_blended(text: str, rng: random.Random) -> Planted | None:
    """A later mention of one person by family name gets the given name of another person of the article."""
    people = persons(text)
    told = [person for person in told_again(text) if any(other.given != person.given for other in people)]
    if not told:
        return None
    person = rng.choice(told)
    other = rng.choice([other for other in people if other.given != person.given])
    start, end = rng.choice(person.later)
    title = re.search(r"\b(?:Mr|Mrs|Ms|Dr)\.? $", text[:start])
    start = title.start() if title else start
    return edit(
        text,
        (person.start, person.end, mark(text[person.start : person.end])),
        (start, end, mark(f"{other.given} {person.family}")),
    )


def second_job(text: str, rng: random.Random) -> Planted | None:
    """A person told with a job at the first mention gets another job, in commas, at a later mention."""
    found = []
    for person in told_again(text):
        before, after = text[max(0, person.start - 60) : person.start], text[person.end : person.end + 60]
        role = next(
            (
                role
                for role in ROLES
                if re.search(rf"\b{role} $", before, re.I)
                or re.match(rf", (?:the |its |a )?(?:[a-z]+ )?{role}\b", after)
            ),
            None,
        )
        ends = [
            (start, end) for start, end in person.later if re.match(r" (?:said|says|told|added|also)\b", text[end:])
        ]
        if role and ends:
            found.append((person, role, rng.choice(ends)))
    if not found:
        return None
    person, role, (start, end) = rng.choice(found)
    at = re.search(rf"\b{role}\b", text[max(0, person.start - 60) : person.end + 60], re.I)
    if not at:
        return None
    span = sorted(
        (max(0, person.start - 60) + at.start(), max(0, person.start - 60) + at.end(), person.start, person.end)
    )
    other = rng.choice(
        [other for other in ("head of research", "treasurer", "head of sales", "legal adviser") if other != role]
    )
    return edit(
        text,
        (span[0], span[-1], mark(text[span[0] : span[-1]])),
        (start, end, mark(f"{text[start:end]}, the {other},")),
    )


def bracket_for_a_name(text: str, rng: random.Random) -> Planted | None:
    """A person's later mention is replaced by an unfilled bracket such as [Name] or [LAST NAME]."""
    people = told_again(text)
    if not people:
        return None
    start, end = rng.choice(rng.choice(people).later)
    return edit(
        text,
        (
            start,
            end,
            mark(rng.choice(("[Name]", "[LAST NAME]", "[Spokesperson's Name]", "[Surname]", "[insert name]"))),
        ),
    )


def bracket_for_a_date(text: str, rng: random.Random) -> Planted | None:
    """A date of the article is replaced by an unfilled bracket such as [Date] or [Month Day]."""
    found = list(
        re.finditer(
            rf"\b{MONTH} \d{{1,2}}\b(?![-–:/]\d)(?:, \d{{4}})?|\b\d{{1,2}} {MONTH.replace('?P<month>', '?:')}", text
        )
    )
    if not found:
        return None
    match = rng.choice(found)
    return edit(
        text,
        (*match.span(), mark(rng.choice(("[Date]", "[DATE]", "[Month Day, Year]", "[insert date]", "[date here]")))),
    )


def letters_for_a_figure(text: str, rng: random.Random) -> Planted | None:
    """The figure of a percentage or sum of the article becomes XX."""
    found = list(
        re.finditer(r"(?<![\w.,])(?P<sign>[$£€]?)\d[\d,.]*(?P<unit> percent| per cent|%| million| billion)", text)
    )
    if not found:
        return None
    match = rng.choice(found)
    return edit(text, (*match.span(), mark(match["sign"] + rng.choice(("XX", "X", "XXX")) + match["unit"])))


def answer_to_a_prompter(text: str, rng: random.Random) -> Planted | None:
    """The article begins with a sentence that hands it over to whoever asked for it."""
    person = a_person(text, rng)
    about = person.full if person else an_organisation(text, rng, ("the topic you gave me",))
    templates = (
        "Sure! Here is a news article about {about}:",
        "Certainly! Below is a news report based on the information you provided.",
        "Of course. Here's the article on {about}, written in a neutral journalistic style:",
        "Here is a rewritten version of the article:",
    )
    words = mark(fill(rng, templates, about=about))
    return edit(text, (0, 0, words + ("\n\n" if "\n" in text else " ")))


def note_on_the_request(text: str, rng: random.Random) -> Planted | None:
    """The article ends with a note about how a request was carried out."""
    count = round(len(text.split()), -1)
    templates = (
        "Note: As requested, I have kept the article to about {count} words and avoided jargon.",
        "I hope this helps! I can also write a shorter version or add a headline.",
        "(Word count: {count})",
        "Please note that the quotes in this article are fictional and should be replaced with real ones.",
    )
    words = mark(fill(rng, templates, count=count))
    body = text.rstrip()
    return edit(body, (len(body), len(body), ("\n\n" if "\n" in body else " ") + words))


RULES = {
    "names": {
        "family_name_misspelt": family_name_misspelt,
        "title_with_given_name": title_with_given_name,
        "title_of_the_other_sex": title_of_the_other_sex,
        "two_people_blended": two_people_blended,
        "second_job": second_job,
    },
    "placeholders": {
        "bracket_for_a_name": bracket_for_a_name,
        "bracket_for_a_date": bracket_for_a_date,
        "letters_for_a_figure": letters_for_a_figure,
        "answer_to_a_prompter": answer_to_a_prompter,
        "note_on_the_request": note_on_the_request,
    },
}
