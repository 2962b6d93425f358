"""Acronyms: short forms whose letters do not fit, that stand for two names, or that are explained again or too late."""

from __future__ import annotations

from collections.abc import Iterator

from detector.consistency.article import Article, Span
from detector.consistency.checks import Check, Suspect, show
from detector.consistency.expansions import Expansion, expansions, expansions_at, misfit, words_after, words_before
from detector.consistency.explained import misfits, of_two_names, twice, used_early, written_otherwise
from detector.consistency.smallwords import COMPANY, SMALL
from detector.patterns import Pattern

KIND = "acronyms"
_CAPITALS = Pattern(r"\b[A-Z]{3,8}\b")
_HEADING = Pattern(r"[^\S\n]*(?:\n|  )")
_MOST = 20  # places of one word that are looked at
_SAME = 30  # characters beside an expansion that make it the same passage
_LATE = 2  # sentences between the first use and the expansion


def acronym_letters(article: Article) -> Iterator[Suspect]:
    """The letters of an acronym do not fit the words that it stands for.

    >>> show(acronym_letters, "She leads the Oskel Harbour Safety Board (OHBS), which met.")
    [['Oskel Harbour Safety Board (OHBS)']]
    """
    seen = set()
    for one in expansions_at(article, misfits):
        if one.short not in seen and misfit(one):
            seen.add(one.short)
            yield Suspect(f'The letters of "{one.short}" do not fit "{" ".join(one.words)}".', (one.span,))


def acronym_expansions(article: Article) -> Iterator[Suspect]:
    """One acronym stands for two different names.

    >>> show(acronym_expansions, "The Oskel Harbour Board (OHB) met. The Oskel Housing Bureau (OHB) did not.")
    [['Oskel Harbour Board (OHB)', 'Oskel Housing Bureau (OHB)']]
    """
    first: dict[str, Expansion] = {}
    for one in expansions_at(article, of_two_names):
        if one.fits and len(one.main) > 1:
            earlier = first.setdefault(one.short, one)
            if earlier is not one and _differ(earlier.main, one.main):
                yield _two_names(article, one.short, earlier.span, one.span)
    for one in first.values():
        for place in _almost(article, one):
            yield _two_names(article, one.short, *sorted((one.span, place)))


def _two_names(article: Article, short: str, *places: Span) -> Suspect:
    quoted = " and ".join(f'"{article.text[a:b]}"' for a, b in places)
    return Suspect(f'"{short}" stands for two names: {quoted}.', places)


def _differ(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names differ in a word: not by an ending, a spelling or a word more."""
    if len(one) != len(other):
        return 2 * len(set(one) & set(other)) < min(len(one), len(other))
    return any(a[:4] != b[:4] for a, b in zip(one, other, strict=True))


def _almost(article: Article, one: Expansion) -> Iterator[Span]:
    """Where a name of four words or more stands in full with one of them changed for another of the same initial."""
    text, main, seen = article.text, one.main, [one.span]
    if len(main) < 4 or not all(word[0].isupper() for word in one.words if word.lower() not in SMALL):
        return
    for anchor, words_beside, shift in (
        (one.words[0], words_after, 0),
        (one.words[-1], words_before, len(one.words[-1])),
    ):
        place = text.find(anchor)
        for _ in range(_MOST):
            if place < 0:
                break
            inside = one.span[0] <= place < one.span[1]
            span = None if inside else _changed(text, main, words_beside(text, place + shift))
            if span and not any(a <= span[0] < b for a, b in seen):
                seen.append(span)
                yield span
            place = text.find(anchor, place + len(anchor))


def _changed(text: str, known: tuple[str, ...], places: list[Span]) -> Span | None:
    """The place of the name among some words, if exactly one word is another."""
    main = [(text[a:b].lower(), a, b) for a, b in places if text[a:b].lower() not in SMALL | COMPANY]
    size = len(known)
    main = main[:size] if main and main[0][0].startswith(known[0]) else main[-size:]
    if len(main) < size or not all(text[a].isupper() for _, a, _ in main) or text.startswith(" (", main[-1][2]):
        return None
    changed = [at for at, (word, _, _) in enumerate(main) if word.rstrip(".s")[:5] != known[at].rstrip("s")[:5]]
    if len(changed) != 1:
        return None
    word, right = main[changed[0]][0], known[changed[0]]
    alike = word[0] == right[0] and word[:4] != right[:4] and word.isalpha()
    return (main[0][1], main[-1][2]) if alike else None


def acronym_explained_again(article: Article) -> Iterator[Suspect]:
    """An acronym is explained a second time in the same words.

    >>> show(acronym_explained_again, "The Oskel Harbour Board (OHB) met. Why did the Oskel Harbour Board (OHB) meet?")
    [['Oskel Harbour Board (OHB)', 'Oskel Harbour Board (OHB)']]
    """
    first: dict[str, Expansion] = {}
    for one in expansions_at(article, twice):
        earlier = first.setdefault(one.short, one) if one.fits else one
        if earlier is not one and earlier.main == one.main and not _repeated(article.text, earlier.span, one.span):
            yield Suspect(f'"{one.short}" is explained twice.', (earlier.span, one.span))


def _repeated(text: str, one: Span, other: Span) -> bool:
    """Whether the passage around is the same, or the second is a heading: pages repeat their teasers."""
    before = text[max(0, one[0] - _SAME) : one[0]] == text[max(0, other[0] - _SAME) : other[0]] != ""
    after = text[one[1] : one[1] + _SAME] == text[other[1] : other[1] + _SAME]
    return before or after or bool(_HEADING.match(text, other[1]))


def acronym_used_early(article: Article) -> Iterator[Suspect]:
    """An acronym is used sentences before it is explained.

    >>> show(acronym_used_early, "It rained. The OHB met. Few came. Few left. The Oskel Harbour Board (OHB) rose.")
    [['OHB', 'Oskel Harbour Board (OHB)']]
    """
    seen = set()
    for one in expansions_at(article, used_early):
        if not one.fits or one.short in seen or len(one.short) < 3:
            continue
        seen.add(one.short)
        opening = article.sentences[0][1]  # a headline or a first sentence may use what the next one explains
        use = _word_at(article.text, one.short, opening, one.span[0])
        if use and article.sentence_number(one.span[0]) - article.sentence_number(use[0]) >= _LATE:
            yield Suspect(f'"{one.short}" is used before it is explained.', (use, one.span))


def _word_at(text: str, word: str, start: int, end: int) -> Span | None:
    """The first place of a word that stands alone: in no longer one, and not itself in brackets."""
    place = text.find(word, start, end)
    while place >= 0:
        after = place + len(word)
        if not (text[place - 1].isalnum() or text[place - 1] in "(-.&" or text[after : after + 1].isalnum()):
            return place, after
        place = text.find(word, after, end)
    return None


def acronym_spelling(article: Article) -> Iterator[Suspect]:
    """An acronym is written with other letters than where it was explained.

    >>> show(acronym_spelling, "The Oskel Harbour Board (OHB) met. The OBH rose.")
    [['OHB', 'OBH']]
    """
    known = {one.short: one for one in article.keep(expansions) if one.fits and len(one.short) > 2}
    slips = {slip: one for one in known.values() for slip in _slips(one.short)}
    if not slips:
        return
    for one in article.keep(expansions):
        slips.pop(one.short, None)
    if not any(slip in article.text for slip in slips):
        return
    for match in _CAPITALS.finditer(article.text, 0, article.end):
        found = slips.pop(match[0], None)
        if found:
            explained = found.short_at, found.short_at + len(found.short)
            yield Suspect(f'"{match[0]}" is written for "{found.short}".', tuple(sorted((explained, match.span()))))


def _slips(short: str) -> Iterator[str]:
    """A short form with two neighbouring letters swapped, one doubled, or an inner one of four or more left out."""
    for at in range(len(short)):
        yield short[:at] + short[at + 1 : at + 2] + short[at] + short[at + 2 :]
        yield short[: at + 1] + short[at:]
        if len(short) > 3 and 0 < at < len(short) - 1:
            yield short[:at] + short[at + 1 :]


CHECKS: tuple[Check, ...] = (
    Check(KIND, acronym_letters, misfits),
    Check(KIND, acronym_expansions, of_two_names),
    Check(KIND, acronym_explained_again, twice),
    Check(KIND, acronym_used_early, used_early),
    Check(KIND, acronym_spelling, written_otherwise),
)

__all__ = ["CHECKS", "show"]
