"""Held planted contradictions of names, and held leftovers of prompts and templates."""

from __future__ import annotations

import random
import re

from benchmarks.planted.planting import (
    GIVEN_MEN,
    GIVEN_WOMEN,
    WEEKDAY,
    Planted,
    edit,
    insert,
    mark,
    persons,
    sentence_ends,
)


def one_letter_off(text: str, rng: random.Random) -> Planted | None:
    """A later mention of a family name has one vowel changed, or a consonant doubled or undoubled."""
    people = [person for person in persons(text) if person.later and len(person.family) >= 5]
    if not people:
        return None
    person = rng.choice(people)
    name = person.family
    forms = [re.sub(r"(.)\1", r"\1", name, count=1)] if re.search(r"([a-z])\1", name) else []
    forms += [
        name[:at] + rng.choice([v for v in "aeio" if v != name[at]]) + name[at + 1 :]
        for at in range(2, len(name))
        if name[at] in "aeio"
    ]
    forms += [
        name[:at] + name[at] + name[at:]
        for at in range(2, len(name) - 1)
        if name[at] in "lnrst" and name[at - 1] in "aeiou" and name[at] not in (name[at - 1], name[at + 1])
    ]
    if not forms:
        return None
    start, end = rng.choice(person.later)
    return edit(
        text, (person.start, person.end, mark(text[person.start : person.end])), (start, end, mark(rng.choice(forms)))
    )


def names_in_the_other_order(text: str, rng: random.Random) -> Planted | None:
    """A later mention of a person, by family name or in full, has the family name first and the given name after it."""
    found = []
    for person in persons(text):
        full = [m.span() for m in re.finditer(rf"\b{re.escape(person.full)}\b", text) if m.start() > person.end]
        found += [(person, span) for span in (full or person.later[:2])]
    if not found:
        return None
    person, (start, end) = rng.choice(found)
    title = re.search(r"\b(?:Mr|Mrs|Ms|Dr)\.? $", text[:start])
    start = title.start() if title else start
    return edit(
        text,
        (person.start, person.end, mark(text[person.start : person.end])),
        (start, end, mark(f"{person.family} {person.given}")),
    )


def pronoun_of_the_other_sex(text: str, rng: random.Random) -> Planted | None:
    """In an article that only says "he" (or only "she"), one "he said" after a named person becomes "she said"."""
    men, women = re.findall(r"\b(?:he|his|him)\b", text, re.I), re.findall(r"\b(?:she|her|hers)\b", text, re.I)
    if (men and women) or len(men + women) < 3:
        return None
    now, then = ("he", "she") if men else ("she", "he")
    given = GIVEN_MEN if men else GIVEN_WOMEN
    found = []
    people = [person for person in persons(text) if person.given in given]
    for match in re.finditer(
        rf"\b{now}\b(?= (?:said|says|told|added|was|is|had|has|also)\b)|"
        rf"\b{now.title()}\b(?= (?:said|says|was|is|had|has|also)\b)",
        text,
    ):
        spans = [(person.start, person.end) for person in people] + [span for person in people for span in person.later]
        before = [span for span in spans if 0 < match.start() - span[1] < 250]
        if before:
            found.append((match, max(before)))
    if not found:
        return None
    match, span = rng.choice(found)
    word = then.title() if match.group()[0].isupper() else then
    return edit(text, (*span, mark(text[span[0] : span[1]])), (*match.span(), mark(word)))


def other_given_name(text: str, rng: random.Random) -> Planted | None:
    """A later mention of a person gets a given name that is not that person's and not in the article."""
    found = []
    for person in persons(text):
        full = [m.span() for m in re.finditer(rf"\b{re.escape(person.full)}\b", text) if m.start() > person.end]
        found += [(person, span) for span in (*full, *person.later)]
    if not found:
        return None
    person, (start, end) = rng.choice(found)
    title = re.search(r"\b(?:Mr|Mrs|Ms)\.? $", text[:start])
    start = title.start() if title else start
    pool = sorted(GIVEN_WOMEN if person.given in GIVEN_WOMEN else GIVEN_MEN)
    close = [name for name in pool if name[0] == person.given[0] and name != person.given and name not in text]
    other = rng.choice(close or [name for name in pool if name not in text])
    return edit(
        text,
        (person.start, person.end, mark(text[person.start : person.end])),
        (start, end, mark(f"{other} {person.family}")),
    )


def given_name_misspelt(text: str, rng: random.Random) -> Planted | None:
    """The second full mention of a person has a letter left out of or changed in the given name."""
    found = []
    for person in persons(text):
        full = [m.span() for m in re.finditer(rf"\b{re.escape(person.full)}\b", text) if m.start() > person.end]
        found += [(person, span) for span in full if len(person.given) >= 5]
    if not found:
        return None
    person, (start, end) = rng.choice(found)
    at = rng.randrange(2, len(person.given) - 1)
    wrong = (
        person.given[:at]
        + rng.choice(("", rng.choice([c for c in "aeionrst" if c != person.given[at]])))
        + person.given[at + 1 :]
    )
    return edit(
        text,
        (person.start, person.end, mark(text[person.start : person.end])),
        (start, end, mark(f"{wrong} {person.family}")),
    )


def template_variable(text: str, rng: random.Random) -> Planted | None:
    """A name or weekday of the article is replaced by a variable of a template, such as {{name}} or <DAY>."""
    found = [(start, end, "name") for person in persons(text) for start, end in person.later]
    found += [(*match.span(), "day") for match in re.finditer(rf"\b{WEEKDAY}\b", text)]
    if not found:
        return None
    start, end, what = rng.choice(found)
    forms = ("{{{{{0}}}}}", "{{{0}}}", "<{1}>", "${{{0}}}", "%{1}%", "{{{{ {0} }}}}")
    words = rng.choice(forms).format(
        rng.choice(("speaker_name", "surname", "name")) if what == "name" else "day",
        "NAME" if what == "name" else "DAY",
    )
    return edit(text, (start, end, mark(words)))


def instruction_in_brackets(text: str, rng: random.Random) -> Planted | None:
    """An instruction in brackets for something that should have been filled in stands between two sentences."""
    notes = (
        "[Insert quote from a local official here]",
        "[Add statistics on unemployment]",
        "[Include reaction from the opposition]",
        "[Link to the full report]",
        "[QUOTE TO COME]",
        "(insert photo caption here)",
        "[Your Name, Staff Writer]",
        "[Add a sentence on the background]",
    )
    return insert(text, rng, mark(rng.choice(notes)))


def voice_of_the_model(text: str, rng: random.Random) -> Planted | None:
    """A sentence in which a language model speaks of itself stands in the article."""
    notes = (
        "As an AI language model, I do not have access to real-time information on this.",
        "As of my last update in September 2021, no further details were available.",
        "I'm sorry, but I cannot verify the accuracy of this claim.",
        "Based on the text you have shared, the main points can be summed up as follows.",
        "As an AI, I don't hold personal opinions, but the debate shows how strongly people feel.",
        "I'm unable to browse the internet, so please check the latest figures.",
    )
    return insert(text, rng, mark(rng.choice(notes)))


def offer_at_the_end(text: str, rng: random.Random) -> Planted | None:
    """The article ends with an offer to change it."""
    offers = (
        "Let me know if you'd like me to adjust the tone or length!",
        "Would you like me to turn this into a press release?",
        "Feel free to edit the details above to suit your publication.",
        "If you need any changes or want me to add more quotes, just tell me.",
        "Want a version for social media as well?",
    )
    body = text.rstrip()
    return edit(body, (len(body), len(body), ("\n\n" if "\n" in body else " ") + mark(rng.choice(offers))))


def reference_marks(text: str, rng: random.Random) -> Planted | None:
    """A chat program's mark for a source stands after a sentence of the article."""
    ends = sentence_ends(text)
    if not ends:
        return None
    marks = (
        ":contentReference[oaicite:2]{index=2}",
        "【8†source】",
        "citeturn0search3",
        "[oai_citation:1]",
        "[cite: 14]",
        "(https://www.example.org/?utm_source=chatgpt.com)",
    )
    end = rng.choice(ends)
    gap = " " if text[end : end + 1].strip() else ""
    return edit(text, (end, end, rng.choice(("", " ")) + mark(rng.choice(marks)) + gap))


def to_come(text: str, rng: random.Random) -> Planted | None:
    """A number before a noun in the article is replaced by a newsroom's or template's sign for a missing one."""
    found = list(
        re.finditer(
            r"(?<![\w.,$£€:/-])\d[\d,]*(?= (?:people|years|jobs|workers|students|"
            r"members|homes|countries|days|months|children|women|men|companies)\b)",
            text,
        )
    )
    if not found:
        return None
    match = rng.choice(found)
    return edit(
        text, (*match.span(), mark(rng.choice(("TK", "TKTK", "[number]", "[NUMBER]", "___", "??", "TBC", "{count}"))))
    )


RULES = {
    "names": {
        "one_letter_off": one_letter_off,
        "names_in_the_other_order": names_in_the_other_order,
        "pronoun_of_the_other_sex": pronoun_of_the_other_sex,
        "other_given_name": other_given_name,
        "given_name_misspelt": given_name_misspelt,
    },
    "placeholders": {
        "template_variable": template_variable,
        "instruction_in_brackets": instruction_in_brackets,
        "voice_of_the_model": voice_of_the_model,
        "offer_at_the_end": offer_at_the_end,
        "reference_marks": reference_marks,
        "to_come": to_come,
    },
}
