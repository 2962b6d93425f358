"""Voice: who speaks, to whom, and in which spelling.

A news report tells of others, in one spelling, to its readers.  An outlet that wishes its subject luck in the last
paragraph, a note to whoever ordered the text, and a blank that nobody filled are not a reporter's.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np

from detector.batchtext import UPPER_CASE, Batch
from detector.characters import byte_class
from detector.consistency.article import Article, Span
from detector.consistency.blanks import ASKING, blanks
from detector.consistency.checks import Check, Suspect, show
from detector.consistency.dialects import AMERICAN, BRITISH, pairs
from detector.consistency.prompter import CHECKS as PROMPTER
from detector.consistency.speech import is_quoted
from detector.consistency.triggers import Pairs, find_any, hashes, marks, sharing, within, word_set
from detector.lexicon import HashTable
from detector.patterns import Pattern
from detector.tokens import ALNUM

_FIRST_PERSON = Pattern(r"\b(?:I|I['’]\w+|[Mm]y|[Ww]e|[Ww]e['’]\w+|[Oo]ur|us)\b")
_WISH = (
    r"(?:wish(?:es)?|hopes?|congratulates?|sends?|extends?|thanks?|would like to|wants? to|looks? forward|applauds?|"
    r"salutes?|offers?|prays?|(?:is|are) (?:proud|delighted|pleased|happy|thrilled|excited|committed)|celebrates?|"
    r"remains? committed|will (?:continue|keep)|can(?:not|['’]t) wait|joins?|expresses?|will miss|believes?)\b"
)
_PLACE = r"(?:the )?[A-Z][\w.&’']*(?: [A-Z][\w.&’']*){0,4}"
_GROUP = r"(?:every(?:one|body)|all of us|those of us|(?:the |our )?(?:whole |entire )?(?:team|staff|newsroom))"
_DESK = r"(?:newsroom|editorial (?:team|staff|board)|editors|reporters|news team|newspaper|publication|outlet|team)"
_OUTLET = Pattern(
    rf"\b(?i:{_GROUP})(?: over)?(?: here)? at {_PLACE},? {_WISH}"
    rf"|\b[Ww]e(?: all)?(?: here)? at {_PLACE}|\b[Hh]ere at {_PLACE}, we\b"
    rf"|\b(?:[Ff]rom|[Oo]n behalf of) (?:every(?:one|body)|all of us|those of us)(?: here)? at {_PLACE}"
    rf"|\b(?:[Oo]ur|[A-Z]\w*['’]s) (?:whole |entire )?{_DESK} {_WISH}"
    rf"|\b[Tt]h(?:e (?:editors|staff|team) of th)?is (?:newspaper|publication|outlet|newsroom) {_WISH}"
    r"|\b[Ww]e (?:wish|congratulate|salute|applaud|extend our|send our)\b"
    r"|\b[Ww]e(?:['’]d| would)? (?:want|like) to (?:wish|congratulate)\b"
    r"|\b[Ww]e(?: all)?(?: will|['’]ll)? (?:eagerly )?look forward(?: eagerly)?\b|\b[Ww]e(?: will|['’]ll) keep you\b"
)


def outlet_voice(article: Article) -> Iterator[Suspect]:
    """The outlet speaks of itself in a report that tells of others.

    >>> text = "The port opened in May. Oddny Tveit runs it. She starts on Monday. Rain is due. "
    >>> show(outlet_voice, text + "Everyone here at the Ostby Post wishes her luck.")
    [['Everyone here at the Ostby Post wishes']]
    """
    text, middle = article.text, article.sentences[len(article.sentences) // 2][0]
    found = [
        one
        for start, end in article.sentences_of(_ourselves)
        if end > middle
        for one in _OUTLET.finditer(text, max(start, middle), end)
        if not is_quoted(text, one.start())
    ]
    own = found and (one for one in _FIRST_PERSON.finditer(text, 0, middle) if not is_quoted(text, one.start()))
    if own and next(own, None) is None:
        phrase = " ".join(found[0][0].split())
        yield Suspect(f"The outlet speaks of itself (“{phrase}”) in a report.", tuple(one.span() for one in found))


def _ourselves(batch: Batch) -> np.ndarray:
    """The pairs in the second half of the sentences that have words."""
    at = batch.keep(_OURSELVES)
    full = np.bincount(batch.sentence_article[batch.sentence_words > 0], minlength=batch.size)
    return at[batch.sentence_place[batch.sentence[at]] >= full[batch.article[at]] // 2]


_OURSELVES = Pairs(
    ("everyone everybody us team staff newsroom we all here over", "at here"),
    ("keep", "you"),
    ("we we'll all eagerly", "wish congratulate salute applaud extend send look eagerly keep bring"),
    ("our", "newsroom editorial editors reporters news newspaper publication outlet team whole entire"),
    ("this", "newspaper publication outlet newsroom"),
    ("to", "wish congratulate"),
    ("newsroom team staff editors reporters", "wishes wish sends send hopes hope extends congratulates congratulate"),
)


def unfilled_blank(article: Article) -> Iterator[Suspect]:
    """A blank of a template was left open, in a form other than a listed placeholder.

    >>> show(unfilled_blank, "The pier in {city_name} cost $X million, said [Mayor Name].")
    [['{city_name}'], ['[Mayor Name]'], ['$X']]
    """
    text = article.text[: article.end]
    for start, end in blanks(text, bare=bool(article.places(_bare_blanks))):
        yield Suspect(f"The blank “{text[start:end]}” was never filled in.", ((start, end),))


def _blank_marks(batch: Batch) -> np.ndarray:
    """Brackets, underlines and words of capitals that may be blanks."""
    at, closing = marks(batch, "[{<"), marks(batch, "]}>")
    # A blank ends at the next bracket, if there is one.
    size = np.append(closing, len(batch.mark)).take(np.searchsorted(closing, at)) - at
    asks = within(find_any(batch, _ASKED_FOR), at, -1, np.minimum(size, _LONGEST_BLANK)) > 0
    return np.concatenate([at[asks], batch.keep(_bare_blanks)])


_LONGEST_BLANK = 25  # tokens
_ASKED_FOR = word_set(" ".join(sorted(ASKING)))


def _bare_blanks(batch: Batch) -> np.ndarray:
    """Words of capitals, a century and underlines, which may be blanks without brackets."""
    capitals = find_any(batch, _CAPITALS)
    capitals = capitals[batch.case[capitals] == UPPER_CASE]
    alone = (batch.length[capitals] == 1) & _PLAIN[batch.tokens.first[capitals - 1]]
    capitals = capitals[~alone]
    lines = batch.tokens.given.places(ord("_"))  # the canonical view drops them
    begin = np.searchsorted(batch.article, np.searchsorted(batch.tokens.starts, lines, "right") - 1)
    return np.concatenate([capitals, find_any(batch, _CENTURY), begin])


_PLAIN = ALNUM | byte_class(".,-\"'(:;")  # before an X that stands alone: no sign of money
_CENTURY = word_set("20xx")
_CAPITALS = word_set("x x.x xx xxx xxxx tk tktk insert enter")


def spelling_of_two_countries(article: Article) -> Iterator[Suspect]:
    """American and British spellings stand side by side, outside quoted speech and names.

    >>> show(spelling_of_two_countries, "The color of the center is old. Its colour is grey.")
    [['color', 'colour']]
    """
    text, places = article.text, dict[str, Span]()
    for place in article.places(_both_spellings):
        found = _LOWER.match(text, place, article.end)
        word = found[0] if found else ""
        if (word in AMERICAN or word in BRITISH) and word not in places and not is_quoted(text, place):
            places[word] = place, place + len(word)
    american, british = ([word for word in places if word in words] for words in (AMERICAN, BRITISH))
    known = pairs()
    shown = [word for one in british if known.get(one) in places for word in (known[one], one)]
    # The Oxford spelling has "organize" beside "colour".
    if not shown and min(sum("iz" not in word for word in american), len(british)) >= _SEVERAL:
        shown = american + british
    if shown:
        message = f"American and British spellings are mixed: {', '.join(shown)}."
        yield Suspect(message, tuple(places[word] for word in shown))


_LOWER = Pattern(r"\b[a-z]{4,}\b")
_SEVERAL = 2


def _both_spellings(batch: Batch) -> np.ndarray:
    """American and British spellings, of articles that have both."""
    american, british = (_spelled(batch, words, known) for words, known in _SPELLINGS)
    one, other = american[sharing(batch, american, british) > 0], british[sharing(batch, british, american) > 0]
    return np.concatenate([one, other])


def _spelled(batch: Batch, words: str, known: int) -> np.ndarray:
    """The places of some words: of so many, half of a hash is too often that of another."""
    at = find_any(batch, known)
    return at[_table(words)(batch.hash[at]) > 0]


@cache
def _table(words: str) -> HashTable:
    return HashTable(hashes(words))


_WITH_OWNERS = (" ".join(sorted(words | {f"{word}'s" for word in words})) for words in (AMERICAN, BRITISH))
_SPELLINGS = tuple((words, word_set(words)) for words in _WITH_OWNERS)


CHECKS: tuple[Check, ...] = (
    Check("voice", outlet_voice, _ourselves),
    *PROMPTER,
    Check("voice", unfilled_blank, _blank_marks),
    Check("voice", spelling_of_two_countries, _both_spellings),
)

__all__ = ["CHECKS", "show"]
