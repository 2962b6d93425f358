"""Held planted contradictions of acronyms and quotations."""

from __future__ import annotations

import random
import re

from benchmarks.planted.planting import SPEECH, Planted, edit, fill, insert, mark, persons, quoted
from benchmarks.planted.planting_words import BANK, SMALL, expansions, inserted_beside, quotations

FIRST_WORDS = ("Global", "Regional", "National", "International", "Federal", "Joint", "United", "Central")
LAST_WORDS = ("Association", "Bureau", "Commission", "Forum", "Institute", "Office", "Partnership", "Union")


def word_of_expansion_replaced(text: str, rng: random.Random) -> Planted | None:
    """One word of an expansion before its acronym in the article is replaced by a word with another initial."""
    found = []
    for match, start, words in expansions(text):
        tokens = [token for token in re.finditer(r"[\w-]+", words) if token.group() not in SMALL]
        found += [(match, start, tokens[0], FIRST_WORDS), (match, start, tokens[-1], LAST_WORDS)]
    if not found:
        return None
    match, start, token, pool = rng.choice(found)
    other = rng.choice([word for word in pool if word[0] != token.group()[0]])
    at = start + token.start()
    return edit(text, (start, match.end(), mark(text[start:at] + other + text[at + len(token.group()) : match.end()])))


def bracket_that_does_not_fit(text: str, rng: random.Random) -> Planted | None:
    """A name of three or more capitalised words in the article gets an acronym in brackets with a wrong letter."""
    ending = (
        r"(?:Council|University|Association|Institute|Foundation|Authority|Commission|"
        r"Agency|Society|Federation|Department|Board|Union|Service|Party|Committee)"
    )
    found = []
    for match in re.finditer(
        rf"\b[Tt]he (?P<name>(?:[A-Z][a-z]+ (?:of |for |and )?){{2,4}}{ending})\b(?! [A-Z(]|'|’)", text
    ):
        letters = "".join(word[0] for word in match["name"].split() if word not in SMALL)
        if len(letters) >= 3 and f"{letters}" not in text:
            found.append((match, letters))
    if not found:
        return None
    match, letters = rng.choice(found)
    at = rng.randrange(1, len(letters))
    wrong = rng.choice(
        (
            letters[:at] + rng.choice([c for c in "ABCFMPRST" if c not in letters]) + letters[at + 1 :],
            letters + rng.choice("BKMW"),
        )
    )
    start, end = match.span("name")
    return edit(text, (start, end, mark(f"{match['name']} ({wrong})")))


def letters_with_two_readings(text: str, rng: random.Random) -> Planted | None:
    """Two inserted sentences read the same letters in two ways."""
    letters = rng.choice(("NRC", "CSA", "RWP", "ESF", "MTA", "LDA", "PHF"))
    last = {
        "C": ("Council", "Committee"),
        "A": ("Agency", "Authority"),
        "P": ("Partnership", "Panel"),
        "F": ("Fund", "Forum"),
    }[letters[-1]]
    one = [rng.sample(list(BANK[letter].split()), 2) for letter in letters[:-1]]
    first, second = (" ".join([*(words[side] for words in one), last[side]]) for side in (0, 1))
    pairs = (
        ("A draft was sent to the {a}.", "A reply from the {b} is expected next month."),
        ("Both sides have turned to the {a} for advice.", "The {b} has not taken a position."),
        ("Data on this are collected by the {a}.", "Last year the {b} changed the way it counts."),
    )
    forms = (
        (f"{first} ({letters})", f"{second} ({letters})")
        if rng.random() < 0.6
        else (f"{first} ({letters})", f"{letters}, the {second},")
    )
    pair = rng.choice(pairs)
    return insert(
        text,
        rng,
        *(
            sentence.format(a=mark(forms[0]), b=mark(forms[1].rstrip(","))).replace(
                f"{letters}, the {second}⟧ ", f"{letters}, the {second}⟧, "
            )
            for sentence in pair
        ),
    )


def letters_first(text: str, rng: random.Random) -> Planted | None:
    """An inserted sentence gives letters and, after them, a name that does not have those letters."""
    names = (
        ("National Library Consortium", "NLF NLSC LNC"),
        ("Pacific Weather Bureau", "PWD PAWB WPB"),
        ("Youth Sports Federation", "YSA YSFT FYS"),
        ("European Rail Inspectorate", "ERA EURO EIR"),
        ("Bureau of Mineral Statistics", "BMRS BMI BSM"),
        ("Housing Advice Line", "HALT HAC AHL"),
    )
    name, wrong = rng.choice(names)
    letters = rng.choice(wrong.split())
    templates = (
        "Staff from the {whole} visited twice.",
        "It asked the {whole} to check the numbers.",
        "The {whole} keeps a list of such cases.",
        "Guidance from the {whole} is due in the spring.",
    )
    whole = rng.choice((f"{letters} ({name})", f"{letters} (the {name})", f"{letters}, the {name},"))
    marked = fill(rng, templates, whole=mark(whole.rstrip(",")) + ("," if whole.endswith(",") else ""))
    return insert(text, rng, marked)


def other_letters_later(text: str, rng: random.Random) -> Planted | None:
    """A later mention of an expanded acronym in the article is expanded again, with other letters in the brackets."""
    found = []
    for match, start, words in expansions(text):
        mentions = [
            m for m in re.finditer(rf"\b[Tt]he {match['letters']}\b(?!['’\w-])", text) if m.start() > match.end()
        ]
        found += [(match, start, words, m) for m in mentions]
    if not found:
        return None
    match, start, words, later = rng.choice(found)
    letters = match["letters"]
    wrong = letters[:-1] + rng.choice([letter for letter in "ABCFGNS" if letter not in letters])
    return edit(
        text,
        (start, match.end(), mark(text[start : match.end()])),
        (*later.span(), later.group()[:4] + mark(f"{words} ({wrong})")),
    )


def told_by_another_first(text: str, rng: random.Random) -> Planted | None:
    """A quotation of the article is told again by another person whose name and verb come before it."""
    found, people = quotations(text), persons(text)
    if not found:
        return None
    match = rng.choice(found)
    near = text[max(0, match.start() - 200) : match.end() + 200]
    names = [person.full for person in people if person.family not in near]
    who = (
        rng.choice(names)
        if names
        else rng.choice(
            (
                "Joan Ferris, a shopkeeper",
                "The group's lawyer, Anil Deo",
                "A senior official",
                "A colleague, Ruth Amsel",
            )
        )
    )
    verb = rng.choice(("put it this way:", "told reporters:", "agreed, saying:", "was more cautious:"))
    words = match["words"].rstrip(",.")
    words += "" if words[-1] in "!?" else "."
    return inserted_beside(text, rng, match, f"{who}{',' if ',' in who else ''} {verb} {mark(quoted(text, words))}")


def first_part_repeated(text: str, rng: random.Random) -> Planted | None:
    """The first sentence of a longer quotation is quoted again, with "added" or "went on" in front of it."""
    found = []
    for match in re.finditer(r"(?P<open>[\"“])(?P<words>[A-Z][^\"”“\n]{60,400}[,.!?])[\"”]", text):
        line = text.rfind("\n", 0, match.start()) + 1
        opening = re.match(r"[^.!?]{40,200}[.!?](?= [A-Z])", match["words"])
        if (
            opening
            and len(opening.group().split()) >= 8
            and (match["open"] == "“" or text.count('"', line, match.start()) % 2 == 0)
        ):
            found.append((match, opening.group()))
    if not found:
        return None
    match, part = rng.choice(found)
    people = [person.family for person in persons(text)]
    who = rng.choice(people) if people else "The speaker"
    told = f"{who} {rng.choice(('added:', 'went on:', 'later said:', 'stressed:'))} {mark(quoted(text, part))}"
    made = inserted_beside(text, rng, match, told)
    if made is None:
        return None
    spans = [(a, a + 1 + len(part)) if b - a > len(part) + 2 else (a, b) for a, b in made.places]
    return Planted(made.text, tuple(spans))


def closing_quotation_again(text: str, rng: random.Random) -> Planted | None:
    """A quotation from the first two thirds of the article closes the article a second time."""
    found = [match for match in quotations(text) if match.end() < len(text) * 2 / 3]
    if not found:
        return None
    match = rng.choice(found)
    said = re.match(
        rf"[ ]?(?:{SPEECH} (?P<a>(?:[A-Z][\w’'.-]+ ?){{1,3}})|(?P<b>(?:[A-Z][\w’'.-]+ ?){{1,3}}) {SPEECH})\b",
        text[match.end() :],
    )
    who = (said["a"] or said["b"]).strip(" .") if said else ""
    words = match["words"].rstrip(",.")
    words += "" if words[-1] in "!?" else ","
    body = text.rstrip()
    closing = mark(quoted(text, words)) + (
        f" {who} said." if who else rng.choice((" one of them said.", " was how one resident summed it up."))
    )
    return edit(
        body, (*match.span(), mark(match.group())), (len(body), len(body), ("\n" if "\n" in body else " ") + closing)
    )


def word_changed_and_told_again(text: str, rng: random.Random) -> Planted | None:
    """A quotation of the article is told a second time, by someone else, with one small word or contraction changed."""
    swaps = {
        "very": "really",
        "people": "folks",
        "I think": "I believe",
        "a lot of": "lots of",
        "because": "since",
        "want to": "wish to",
    }
    swaps |= {
        "can't": "cannot",
        "we're": "we are",
        "it's": "it is",
        "don't": "do not",
        "big": "large",
        "really": "truly",
    }
    found = [
        (match, word)
        for match in quotations(text)
        for word in swaps
        if re.search(rf"\b{word}\b", match["words"]) and len(match["words"].split()) >= 12
    ]
    if not found:
        return None
    match, word = rng.choice(found)
    words = re.sub(rf"\b{word}\b", swaps[word], match["words"], count=1).rstrip(",.")
    words += "" if words[-1] in "!?" else ","
    who = rng.choice(("another participant", "a second witness", "Leah Brandt, who works nearby", "the deputy head"))
    return inserted_beside(
        text,
        rng,
        match,
        mark(quoted(text, words)) + f" {who} {rng.choice(('said', 'remarked'))}.".replace("nearby ", "nearby, "),
    )


RULES = {
    "acronyms": {
        "word_of_expansion_replaced": word_of_expansion_replaced,
        "bracket_that_does_not_fit": bracket_that_does_not_fit,
        "letters_with_two_readings": letters_with_two_readings,
        "letters_first": letters_first,
        "other_letters_later": other_letters_later,
    },
    "duplicated_quotations": {
        "told_by_another_first": told_by_another_first,
        "first_part_repeated": first_part_repeated,
        "closing_quotation_again": closing_quotation_again,
        "word_changed_and_told_again": word_changed_and_told_again,
    },
}
