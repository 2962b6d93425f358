"""Spellings: one person's surname or full name that is written in two ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np

from detector.batchtext import LOWER_CASE, TITLE_CASE, Batch
from detector.characters import LOWER
from detector.consistency.article import Article
from detector.consistency.checks import Check, Suspect, show
from detector.consistency.persons import (
    PLAIN_TITLES,
    SAID,
    TITLES,
    Mention,
    full_names,
    is_common,
    mentions_of,
    misspelt,
)
from detector.consistency.triggers import find_any, near, numbers, recurring, word_set
from detector.tokens import mix

KIND = "names"
_SHORTEST, _LONGEST = 5, 24  # letters of a name whose spelling is compared
_CROWD = 6  # names with one beginning that are compared
_SAID_WORDS, _ACCORDING = word_set(SAID.replace("|", " ")), word_set("according")
_TITLE_WORDS = word_set(" ".join(TITLES))


def surname_spelling(article: Article) -> Iterator[Suspect]:
    """A speaker, or somebody with a title, has a surname one letter off that of a full name.

    >>> show(surname_spelling, "Piotr Kowalski runs the mill. Few came. Mr Kowalsky said it was old.")
    [['Piotr Kowalski', 'Kowalsky']]
    """
    for known, place in article.keep(_slips):
        if _is_person(place):
            yield _suspect(known, place)


def surname_variant(article: Article) -> Iterator[Suspect]:
    """A surname that stands alone is one letter off that of somebody who speaks elsewhere.

    >>> show(surname_variant, "Piotr Kowalski said no. The mill that Kowalsky bought was old.")
    [['Piotr Kowalski', 'Kowalsky']]
    """
    sure = {one.words[-1] for one in article.keep(_near_names) if _is_person(one)}
    for known, place in article.keep(_slips):
        if known.words[-1] in sure and not _is_person(place) and not is_common(place.words[0]):
            yield _suspect(known, place)


def _is_person(one: Mention) -> bool:
    return one.speaks or one.title in PLAIN_TITLES


def _suspect(known: Mention, place: Mention) -> Suspect:
    message = f'"{place.words[0]}" is written for "{known.words[-1]}".'
    return Suspect(message, tuple(sorted((known.span, place.span))))


def _slips(article: Article) -> list[tuple[Mention, Mention]]:
    """Full names, with the surest mention of a name that only stands alone and is one letter off the surname."""
    full = {one.words[-1]: one for one in reversed(full_names(article.keep(_near_names)))}
    in_runs = {word for one in article.keep(_near_names) if len(one.words) > 1 for word in one.words}
    alone: dict[str, list[Mention]] = defaultdict(list)
    for one in article.keep(_near_names):
        if len(one.words) == 1 and len(one.words[0]) >= _SHORTEST and one.words[0] not in in_runs:
            alone[one.words[0]].append(one)
    near = _by_ends(name for name in full if len(name) >= _SHORTEST)
    return [
        (full[other], max(places, key=_is_person))
        for name, places in alone.items()
        if (name[1:].islower() or name.startswith("Mc")) and all(one.title in PLAIN_TITLES | {""} for one in places)
        for other in {other: None for end in _ends(name) for other in near[end][:_CROWD]}
        if misspelt(name, other) and not (is_common(name) and is_common(other))
    ]


def _near_names(article: Article) -> list[Mention]:
    """The mentions of names that have another one a slip away."""
    return mentions_of(article, article.words_at(_misspelt))


def full_name_spelling(article: Article) -> Iterator[Suspect]:
    """A full name is written in two ways.

    >>> show(full_name_spelling, "Piotr Kowalski said no. Few came. Piotr Kowalsky left.")
    [['Piotr Kowalski', 'Piotr Kowalsky']]
    """
    full = {one.words: one for one in reversed(full_names(article.keep(_near_names)))}
    sure = [one.words for one in article.keep(_near_names) if one.speaks or one.title]
    known = {*sure, *(words[-1:] for words in sure)}
    groups: dict[tuple[str, int], list[tuple[str, ...]]] = defaultdict(list)
    for words in full:
        groups[words[0], -1].append(words)
        groups[words[-1], 0].append(words)
    for (_, at), group in groups.items():
        whole = {words[at]: words for words in group if len(words[at]) >= _SHORTEST}
        near = _by_ends(whole) if len(whole) > 1 else {}
        pairs = {(a, b) for names in near.values() for a in names[:_CROWD] for b in names[:_CROWD] if a < b}
        for a, b in sorted(pairs):
            one, other = whole[a], whole[b]
            person = not known.isdisjoint((one, other) if at == 0 else (one[-1:], other[-1:]))
            if person and misspelt(a, b) and not (is_common(a) and is_common(b)) and (at or not _another_sex(a, b)):
                spans = tuple(sorted((full[one].span, full[other].span)))
                yield Suspect(f'"{" ".join(one)}" and "{" ".join(other)}" may be one name.', spans)


def _another_sex(a: str, b: str) -> bool:
    """Whether two given names differ in their last letters only, as those of brother and sister do."""
    return a[:-1] == b[:-1] or a[-1] in "ae" != b[-1] in "ae"


def _ends(name: str) -> tuple[str, str, str]:
    """What one slip leaves alike in two names of five letters or more: the beginning, the end, or both ends."""
    low = name.lower()
    return low[:3], ">" + low[-3:], low[:2] + "-" + low[-2:]


def _by_ends(names: Iterable[str]) -> dict[str, list[str]]:
    """Names by their ends: those that one slip turns into each other share one."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in dict.fromkeys(names):
        for end in _ends(name):
            found[end].append(name)
    return found


def _misspelt(batch: Batch) -> np.ndarray:
    """Names of an article a slip apart from one another, one beside another name, one that speaks or has a title."""
    at, start, end = _names(batch)
    place = np.arange(len(at))
    key = batch.hash.take(at) ^ (batch.article.take(at).astype(np.uint32) * np.uint32(0x9E3779B1))
    slot, slots = _slots(key)
    last_of = np.zeros(slots, np.int32)
    last_of[slot] = place
    last = last_of.take(slot)
    keep = np.flatnonzero((last == place) | (key.take(last) != key))  # once for each name
    person, behind, before = (_of_any(slot, slots, so, keep) for so in _evidence(batch, at))
    at, start, end = (one.take(keep) for one in (at, start, end))
    article, common = batch.article.take(at), batch.has(at, "common")
    front, back = (_letters(batch, [place, place + 1]) for place in (start, end - 2))
    beginning, ending = _letters(batch, [start + 2]), _letters(batch, [end - 3])
    found, pairs = [], []
    for ends in ((front << 8) | beginning, (back << 8) | ending | (1 << 32), (front << 16) | back | (1 << 33)):
        crowd, pair = _alike((article << 34) | ends, person, common)
        found.append(crowd)
        pairs += pair
    one, other = np.hstack(pairs) if pairs else np.zeros((2, 0), np.int64)
    named = behind[one] | behind[other] | (before[one] & before[other])
    worth = named & (person[one] | person[other]) & ~(common[one] & common[other])
    one, other = one[worth], other[worth]
    slip = _slip(batch.tokens.chars, start, end, one, other)
    return at[np.concatenate([*found, one[slip], other[slip]])]


def _slots(key: np.ndarray) -> tuple[np.ndarray, int]:
    """One of so many slots for each name: one name a slot among few, and mostly one among many."""
    if len(key) < 1000:
        return np.unique(key, return_inverse=True)[1], len(key)
    return (mix(key) >> np.uint32(14)).astype(np.int64), 1 << 18


def _of_any(slot: np.ndarray, slots: int, is_so: np.ndarray, keep: np.ndarray) -> np.ndarray:
    """For each name that is kept whether any of its places is so."""
    table = np.zeros(slots, bool)
    table[slot.compress(is_so)] = True
    return table.take(slot.take(keep))


def _alike(key: np.ndarray, person: np.ndarray, common: np.ndarray) -> tuple[np.ndarray, list[np.ndarray]]:
    """Names with one key, a person and a rare word among them: all of a crowd, and the pairs of fewer."""
    chosen = recurring(key)
    if not len(chosen):
        return chosen, []
    order = chosen[np.argsort(key[chosen], kind="stable")]
    key = key[order]
    begin = np.flatnonzero(np.append(True, key[1:] != key[:-1]))
    size = np.diff(np.append(begin, len(key)))
    held = (np.logical_or.reduceat(some[order], begin) for some in (person, ~common))
    worth = np.repeat(np.logical_and(*held) & (size > 1), size)
    order, key, size = order[worth], key[worth], np.repeat(size, size)[worth]
    pairs = []
    for lag in range(1, min(_CROWD, len(order))):
        same = np.flatnonzero(key[lag:] == key[:-lag])
        if not len(same):
            break
        pairs.append(np.stack([order[same], order[same + lag]]))
    return order[size > _CROWD], pairs


def _letters(batch: Batch, places: list[np.ndarray]) -> np.ndarray:
    """The small letters at some places of each word, as one number."""
    number = np.zeros(len(places[0]), np.int64)
    for place in places:
        number = (number << 8) | LOWER.take(batch.tokens.chars.take(place))
    return number


def _names(batch: Batch) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Capitalised words that are long enough, and where they begin and end without an owner's ending."""
    chars = batch.tokens.chars
    at = np.flatnonzero((batch.case == TITLE_CASE) & (batch.length >= _SHORTEST))
    at = at.compress(batch.is_word.take(at) & ~batch.has(at, "function_words"))
    start, end = batch.tokens.start.take(at), batch.tokens.end.take(at)
    end -= 2 * ((chars.take(end - 1) == ord("s")) & (chars.take(end - 2) == ord("'")))
    size = end - start
    keep = np.flatnonzero((size >= _SHORTEST) & (size <= _LONGEST))
    return at.take(keep), start.take(keep), end.take(keep)


def _evidence(batch: Batch, at: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Whether words may name a speaker or somebody with a title, and whether they stand behind or before a name."""
    last, stop = len(batch.hash) - 1, ord(".")
    said, before = find_any(batch, _SAID_WORDS), (find_any(batch, _ACCORDING), find_any(batch, _TITLE_WORDS))
    person = near(batch, said, 2, 5) | near(batch, _ages(batch), -2, 4)
    person |= near(batch, before[0], 3, -1) | near(batch, before[1], 2, -1)
    capital, stops = batch.is_word & (batch.case > LOWER_CASE), batch.mark == stop
    return (
        person.take(at),
        (capital | stops).take(at - 1),
        capital.take(np.minimum(at + 1, last)) | stops.take(np.minimum(at + 2, last)),
    )


def _ages(batch: Batch) -> np.ndarray:
    """Numbers of two digits between commas, or behind a comma and a word."""
    at, comma, last = numbers(batch), ord(","), len(batch.kind) - 1
    at = at[(batch.length[at] == 2) & (batch.mark[np.minimum(at + 1, last)] == comma)]
    return at[(batch.mark[at - 1] == comma) | (batch.mark[at - 2] == comma)]


def _slip(chars: np.ndarray, start: np.ndarray, end: np.ndarray, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Which pairs of words share all letters from both ends but one, or but two where they are equally long."""
    size, other_size = end[one] - start[one], end[other] - start[other]
    close = np.flatnonzero(np.abs(size - other_size) < 2)
    one, other, size, other_size = one[close], other[close], size[close], other_size[close]
    longest = np.maximum(size, other_size)
    step = np.arange(longest.max(initial=0))
    inside = step < np.minimum(size, other_size)[:, None]

    def shared(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        same = inside & (LOWER.take(chars.take(a, mode="clip")) == LOWER.take(chars.take(b, mode="clip")))
        return np.logical_and.accumulate(same, axis=1).sum(axis=1)

    front = shared(start[one][:, None] + step, start[other][:, None] + step)
    back = shared(end[one][:, None] - 1 - step, end[other][:, None] - 1 - step)
    size = np.where(size == other_size, size, 0)
    first, second = (chars.take(start[which] + front, mode="clip") for which in (one, other))
    first_next, second_next = (chars.take(start[which] + front + 1, mode="clip") for which in (one, other))
    swapped = (front + back == size - 2) & (first == second_next) & (second == first_next)
    edited = (front + back >= longest - 1) & ((front > 0) | (size == 0))
    return close[(swapped | edited) & (front < inside.sum(axis=1))]


CHECKS: tuple[Check, ...] = (
    Check(KIND, surname_spelling, _misspelt),
    Check(KIND, surname_variant, _misspelt),
    Check(KIND, full_name_spelling, _misspelt),
)

__all__ = ["CHECKS", "show"]
