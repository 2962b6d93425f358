"""Shared tools for planting in acronyms and quotations."""

from __future__ import annotations

import random
import re

from benchmarks.planted.planting import Planted, edit, mark, sentence_ends

EXPANSION = re.compile(
    r"(?P<words>(?:[A-Z][\w-]+ (?:(?:of|for|and|the|on|in|to) "
    r"){0,2}){1,7}[A-Z][\w-]+) \((?:the )?(?P<letters>[A-Z]{3,6})\)"
)
QUOTATION = re.compile(r"(?P<open>[\"“])(?P<words>[A-Z][^\"”“\n]{40,240}[,.!?])[\"”]")
SMALL = {"of", "for", "and", "the", "on", "in", "to"}
BANK = {
    "A": "Agricultural Advisory Atlantic",
    "B": "British Basic Border",
    "C": "Coastal Central Civic",
    "D": "Digital Domestic District",
    "E": "Eastern Environmental Export",
    "F": "Fisheries Family Forest",
    "G": "General Global Grain",
    "H": "Health Housing Heritage",
    "I": "International Industrial Inland",
    "J": "Joint Judicial",
    "K": "Kindred",
    "L": "Local Labour Land",
    "M": "Marine Municipal Medical",
    "N": "National Northern Nuclear",
    "O": "Overseas Ocean",
    "P": "Public Pacific Pension",
    "Q": "Quality",
    "R": "Regional Rural Research",
    "S": "Social Southern Scientific",
    "T": "Technical Trade Transport",
    "U": "Urban Universal",
    "V": "Voluntary",
    "W": "Western Water Wildlife",
    "X": "Xenon",
    "Y": "Youth",
    "Z": "Zonal",
}


def expansions(text: str) -> list[tuple[re.Match[str], int, str]]:
    """Right expansions with their acronym in brackets: the match, where the expansion begins, the expansion."""
    found = []
    for match in EXPANSION.finditer(text):
        tokens = list(re.finditer(r"[\w-]+", match["words"]))
        for first in range(len(tokens)):
            heads = [token.group()[0] for token in tokens[first:] if token.group() not in SMALL]
            if "".join(heads) == match["letters"] and tokens[first].group() not in SMALL:
                start = match.start() + tokens[first].start()
                found.append((match, start, match["words"][tokens[first].start() :]))
                break
    return found


def quotations(text: str) -> list[re.Match[str]]:
    """Quotations of eight words or more that begin with a capital and stand on one line."""
    found = []
    for match in QUOTATION.finditer(text):
        line = text.rfind("\n", 0, match.start()) + 1
        balanced = match["open"] == "“" or text.count('"', line, match.start()) % 2 == 0
        if balanced and len(match["words"].split()) >= 8:
            found.append(match)
    return found


def inserted_beside(text: str, rng: random.Random, quotation: re.Match[str], told: str) -> Planted | None:
    """Insert a marked sentence after a later sentence end than a quotation, else an earlier one, and mark both."""
    ends = [end for end in sentence_ends(text)[1:] if end > quotation.end() + 60] or [
        end for end in sentence_ends(text)[1:] if end < quotation.start()
    ]
    if not ends:
        return None
    end = rng.choice(ends)
    gap = " " if text[end : end + 1].strip() else ""
    return edit(text, (*quotation.span(), mark(quotation.group())), (end, end, " " + told + gap))
