"""Open planted contradictions of acronyms, quotations and names, and open leftovers of prompts and templates."""

from __future__ import annotations

import random
import re

from benchmarks.planted.planting import (
    SPEECH,
    Planted,
    edit,
    fill,
    insert,
    mark,
    persons,
    quoted,
)
from benchmarks.planted.planting_words import BANK, expansions, inserted_beside, quotations

LAST = {
    "A": "Association",
    "B": "Board",
    "C": "Council",
    "D": "Directorate",
    "E": "Exchange",
    "F": "Foundation",
    "G": "Group",
    "I": "Initiative",
    "L": "League",
    "M": "Movement",
    "N": "Network",
    "O": "Organisation",
    "P": "Programme",
    "R": "Register",
    "S": "Society",
    "T": "Trust",
    "U": "Union",
    "W": "Workshop",
}


def scrambled_acronym(text: str, rng: random.Random) -> Planted | None:
    """Two letters of an acronym in brackets after its expansion in the article change places."""
    found = [entry for entry in expansions(text) if len(set(entry[0]["letters"])) > 2]
    if not found:
        return None
    match, start, _words = rng.choice(found)
    letters = match["letters"]
    at = rng.choice([index for index in range(len(letters) - 1) if letters[index] != letters[index + 1]])
    swapped = letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :]
    return edit(text, (start, match.end(), mark(text[start : match.end()].replace(f"{letters})", f"{swapped})"))))


def second_expansion(text: str, rng: random.Random) -> Planted | None:
    """A later mention of an acronym expanded in the article gets another expansion of the same letters."""
    found = []
    for match, start, _ in expansions(text):
        letters = match["letters"]
        mentions = [m for m in re.finditer(rf"\b[Tt]he {letters}\b(?!['’\w-])", text) if m.start() > match.end()]
        if mentions and letters[-1] in LAST:
            found.append((match, start, rng.choice(mentions)))
    if not found:
        return None
    match, start, later = rng.choice(found)
    letters = match["letters"]
    used = set(text[start : match.start("letters")].split())
    middle: list[str] = []
    for letter in letters[:-1]:
        words = [word for word in BANK[letter].split() if word not in used and word not in middle]
        if not words:
            return None
        middle.append(rng.choice(words))
    other = " ".join([*middle, LAST[letters[-1]]])
    return edit(
        text,
        (start, match.end(), mark(text[start : match.end()])),
        (*later.span(), f"{later.group()[:4]}{mark(f'{other} ({letters})')}"),
    )


def letter_too_many(text: str, rng: random.Random) -> Planted | None:
    """An inserted sentence introduces a body whose acronym has one letter that its name does not have."""
    names = (
        ("Institute for Regional Water Studies", "TIRWS IRWSE CIRWS"),
        ("Coastal Research and Safety Board", "CSRBA NCRSB CRSBT"),
        ("Council on Rural Schooling", "CORSE NCRS CRSA"),
        ("Alliance for Open Transport", "AOTP UAOT AOTN"),
        ("Northern Grain Growers", "NGGC ANGG NGGW"),
        ("Centre for Voluntary Service", "CVSB TCVS CVSR"),
    )
    name, wrong = rng.choice(names)
    whole = mark(f"{name} ({rng.choice(wrong.split())})")
    templates = (
        "The {whole} has offered to share its own figures.",
        "A spokeswoman for the {whole} said it would study the matter.",
        "Similar concerns were raised by the {whole} last year.",
        "Funding for the work came in part from the {whole}.",
    )
    return insert(text, rng, fill(rng, templates, whole=whole))


def known_as_wrong(text: str, rng: random.Random) -> Planted | None:
    """An inserted sentence says a body is known by letters of which one does not fit its name."""
    names = (
        ("National Forest Advisory Panel", "NFIP NRAP MFAP"),
        ("Joint Harbour Safety Committee", "JHEC JTSC GHSC"),
        ("Family Farming Network", "FSN FFM EFN"),
        ("Western Rail Users Group", "WRSG WRUC WBUG"),
    )
    name, wrong = rng.choice(names)
    letters = rng.choice(wrong.split())
    templates = (
        "The {whole}, has been asked for its opinion.",
        "Members of the {whole}, met twice in the same month.",
        "A copy of the letter went to the {whole}, which has yet to reply.",
    )
    link = rng.choice((", known as {}", ", or {}", ", abbreviated {}"))
    return insert(text, rng, fill(rng, templates, whole=mark(name + link.format(letters))))


def second_speaker(text: str, rng: random.Random) -> Planted | None:
    """A quotation of the article is told again, in an inserted sentence, as said by another person of the article."""
    found = quotations(text)
    people = persons(text)
    if not found or len(people) < 2:
        return None
    match = rng.choice(found)
    near = text[max(0, match.start() - 160) : match.end() + 160]
    others = [person for person in people if person.family not in near]
    if not others:
        return None
    other = rng.choice(others)
    words = match["words"].rstrip(",.")
    mark_end = "" if words[-1] in "!?" else ","
    told = mark(quoted(text, words + mark_end)) + rng.choice(
        (f" said {other.full}.", f" {other.full} said.", f" {other.family} added.")
    )
    return inserted_beside(text, rng, match, told)


def invented_second_speaker(text: str, rng: random.Random) -> Planted | None:
    """A quotation of the article is told again as said by an invented spokesperson."""
    found = quotations(text)
    if not found:
        return None
    match = rng.choice(found)
    who = rng.choice(
        (
            "Marion Tate, who chairs the residents' group",
            "a spokesman for the ministry",
            "Gordon Ashby, a retired engineer",
            "one of the organisers",
        )
    )
    words = match["words"].rstrip(",.")
    return inserted_beside(
        text, rng, match, mark(quoted(text, words + ("" if words[-1] in "!?" else ","))) + f" said {who}."
    )


def repeated_quotation(text: str, rng: random.Random) -> Planted | None:
    """A quotation of the article with its attribution stands in the article a second time, word for word."""
    found = []
    for match in quotations(text):
        told = re.match(rf"[ ]?(?:{SPEECH} [^.\n\"“]{{3,60}}|[^.\n\"“]{{3,60}} {SPEECH})\.(?!\w)", text[match.end() :])
        if told:
            found.append((match, told.group()))
    if not found:
        return None
    match, after = rng.choice(found)
    return inserted_beside(text, rng, match, mark(match.group()) + after)


RULES = {
    "acronyms": {
        "scrambled_acronym": scrambled_acronym,
        "second_expansion": second_expansion,
        "letter_too_many": letter_too_many,
        "known_as_wrong": known_as_wrong,
    },
    "duplicated_quotations": {
        "second_speaker": second_speaker,
        "invented_second_speaker": invented_second_speaker,
        "repeated_quotation": repeated_quotation,
    },
}
