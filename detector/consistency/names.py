"""Names: one person under two spellings, in the wrong order, or with a title that changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from detector.batchtext import LOWER_CASE, Batch
from detector.consistency import spellings
from detector.consistency.article import Article, Span
from detector.consistency.checks import Check, Suspect, show
from detector.consistency.persons import (
    EAST_ASIAN,
    EITHER,
    NO_GIVEN,
    PLAIN_TITLES,
    TITLES,
    Mention,
    full_names,
    is_common,
    is_given,
    mentions_of,
)
from detector.consistency.triggers import find_any, is_any, recurring, sharing, word_set
from detector.patterns import Pattern

KIND = "names"
_TELLING = frozenset({"Mr", "Mrs", "Ms", "Miss"})
_FORMAL = frozenset({"Mr", "Mrs", "Ms"})  # a doctor or a child's teacher may go by a given name
_COUPLE = Pattern(r"\b(?:wife|husband|widow|widower|couple|married|spouse|marriage)\b")
_KIN = Pattern(
    r"\b(?:son|daughter|brothers?|sisters?|mother|father|parents?|family|cousin|uncle|aunt|twins?|siblings?"
    r"|grand\w+|niece|nephew)\b"
)


def name_order(article: Article) -> Iterator[Suspect]:
    """A person is called by title and given name, or the two names change places.

    >>> show(name_order, "Chen Yuming runs the mill. Chen said no. Mr Yuming left.")
    [['Chen Yuming', 'Mr Yuming']]
    """
    found = _people(article)
    full = {one.words: one for one in reversed(full_names(found)) if len(one.words) == 2 and one.adjacent}
    lasts = {words[1] for words in full}
    alone = [one for one in found if len(one.words) == 1]
    bare = {one.words[0] for one in alone if not one.title}
    speakers = {one.words[0] for one in alone if one.speaks or one.title in PLAIN_TITLES}
    titled = {one.words[0]: one for one in reversed(alone) if one.title in PLAIN_TITLES}
    for (first, second), one in full.items():
        for given, surname in ((first, second), (second, first)):
            if given not in titled or given in bare or surname == given:
                continue
            if first in EAST_ASIAN or second in EAST_ASIAN:
                known = surname in EAST_ASIAN - EITHER or (surname in EITHER and surname in bare)
                swapped = known and given not in EAST_ASIAN and is_given(given)
            else:
                known = surname in speakers or (surname in bare and not is_common(surname))
                swapped = known and given == first and given not in lasts and titled[given].title in _FORMAL
            if swapped:
                place = titled[given]
                start = article.text.rfind(place.title, 0, place.span[0])
                called = start, place.span[1]
                message = f'"{article.text[slice(*called)]}" is "{first} {second}", whose surname is "{surname}".'
                yield Suspect(message, tuple(sorted((one.span, called))))
    people = speakers | {words[-1] for words, one in full.items() if one.speaks or one.title}
    for words, one in full.items():
        other = full.get(words[::-1])
        if words < words[::-1] and other and people & set(words) and not all(map(is_common, words)):
            spans = tuple(sorted((one.span, other.span)))
            yield Suspect(f'"{" ".join(words)}" is also "{" ".join(words[::-1])}".', spans)


def _people(article: Article) -> list[Mention]:
    """The mentions of the names that may be swapped, and of the other names of those people."""
    names = article.words_at(_may_be_swapped)
    return mentions_of(article, names | {word for one in full_names(mentions_of(article, names)) for word in one.words})


def name_title(article: Article) -> Iterator[Suspect]:
    """One person is called by two titles that exclude each other.

    >>> show(name_title, "Piotr Kowalski runs the mill. Mr Kowalski said no. Later Ms Kowalski left.")
    [['Mr Kowalski', 'Ms Kowalski']]
    """
    titles: dict[str, dict[str, Span]] = defaultdict(dict)
    found = mentions_of(article, article.words_at(_may_change_title))
    for one in found:
        if len(one.words) < 3 and one.adjacent and not one.owner and one.title in _TELLING:
            start = article.text.rfind(one.title, 0, one.span[0])
            titles[one.words[-1]].setdefault(one.title, (start, one.span[1]))
    several = {name for name, places in titles.items() if len(places) > 1}
    given: dict[str, set[str]] = defaultdict(set)
    for one in found:
        if len(one.words) > 1 and one.words[-1] in several:
            given[one.words[-1]].add(one.words[0])
    if not several or _COUPLE.search(article.text):
        return
    for name in sorted(several):
        places = titles[name]
        if len(given[name]) < 2 and not any(_has_kin(article, place) for place in places.values()):
            yield Suspect(f'One "{name}" is called {" and ".join(places)}.', tuple(sorted(places.values())))


def _has_kin(article: Article, place: Span) -> bool:
    """Whether a word for kin stands in the sentence of a place or beside it: several people may have the name."""
    number, last = article.sentence_number(place[0]), len(article.sentences) - 1
    begin, end = article.sentences[max(0, number - 1)][0], article.sentences[min(last, number + 1)][1]
    return bool(_KIN.search(article.text, begin, end))


_TITLE_WORDS, _SEX_TITLES = word_set(" ".join(PLAIN_TITLES)), word_set(" ".join(_TELLING))
_OUTSIDE, _SURNAMES = (
    word_set(" ".join(NO_GIVEN | TITLES), collected=False),
    word_set(" ".join(EAST_ASIAN), collected=False),
)


def _after_title(batch: Batch, titles: int) -> tuple[np.ndarray, np.ndarray]:
    """The titles in a batch, and the names behind them."""
    title = find_any(batch, titles)
    after = np.minimum(title + 1, len(batch.hash) - 1)
    return title, np.minimum(after + (batch.mark[after] == ord(".")), len(batch.hash) - 1)


def _keys(batch: Batch, at: np.ndarray, hashes: np.ndarray | None = None) -> np.ndarray:
    """One number for a word, or some other hash, in an article."""
    return (batch.article[at] << 32) | (batch.hash[at] if hashes is None else hashes)


def _may_be_swapped(batch: Batch) -> np.ndarray:
    """Titles before the first of two names, and names that stand in both orders."""
    capital = (batch.case > LOWER_CASE) & batch.is_word & (batch.length > 1)
    first = np.flatnonzero(capital[:-1] & capital[1:])
    outside = is_any(batch, _OUTSIDE, first) | is_any(batch, _OUTSIDE, first + 1)
    first = first[~outside]
    _, titled = _after_title(batch, _TITLE_WORDS)
    titled = titled[~capital[np.minimum(titled + 1, len(capital) - 1)]]
    first_of_titled = first[sharing(batch, first, titled) > 0]
    at_home = first_of_titled[is_any(batch, _SURNAMES, first_of_titled)] + 1
    called = np.isin(_keys(batch, titled), _keys(batch, np.concatenate([first_of_titled, at_home])))
    one, other = batch.hash[first], batch.hash[first + 1]
    both = _keys(batch, first, one ^ other)  # the same in either order
    some = recurring(both)
    first, both = first[some], both[some]
    order = np.argsort(both)
    repeated = np.flatnonzero(np.diff(both[order]) == 0)
    again = first[np.unique(order[np.concatenate([repeated, repeated + 1])])]
    one, other = batch.hash[again], batch.hash[again + 1]
    turn = np.uint32(0x2545F491)
    common = (
        batch.lexicon.has_word("common")[batch.word[again]] & batch.lexicon.has_word("common")[batch.word[again + 1]]
    )
    reverse = (one != other) & ~common
    reverse &= np.isin(_keys(batch, again, one * turn ^ other), _keys(batch, again, other * turn ^ one))
    return np.concatenate([titled[called], again[reverse]])


def _may_change_title(batch: Batch) -> np.ndarray:
    """Names behind two titles."""
    title, name = _after_title(batch, _SEX_TITLES)
    beyond = np.minimum(name + 1, len(batch.hash) - 1)
    name = np.where(batch.is_word[beyond] & (batch.case[beyond] > LOWER_CASE), beyond, name)
    key = _keys(batch, name)
    order = np.argsort(key, kind="stable")
    key, title = key[order], batch.hash[title[order]]
    return name[order[1:]][(key[1:] == key[:-1]) & (title[1:] != title[:-1])]


CHECKS: tuple[Check, ...] = (
    *spellings.CHECKS,
    Check(KIND, name_order, _may_be_swapped),
    Check(KIND, name_title, _may_change_title),
)

__all__ = ["CHECKS", "show"]
