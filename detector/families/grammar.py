"""Verb forms and noun phrases of the family "words", recognised by short lists and by the endings of words.

No tagger is used: the fast ones cost a hundred times the rest of the library.  The patterns follow Biber (1988),
Variation across Speech and Writing, appendix II, and miss or mistake a few words in a hundred.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from detector.batchtext import LOWER_CASE, Batch, kept
from detector.characters import FOREIGN, LOWER
from detector.families.measure import Measured, per, per_100_words, show
from detector.lexicon import Lexicon
from detector.tokens import LETTER, tokenise

_COLUMNS = {
    "tion": "tion sion",
    "ment": "ment",
    "ness": "ness",
    "ity": "ity itie",
    "ance": "ance ence ancy ency",
    "ing": "ing",
    "ed": "ed",
    "ly": "ly",
    "er": "er or",
    "est": "est",
    "ism": "ism",
    "ist": "ist",
    "ive": "ive",
    "ous": "ous",
    "al": "al",
    "able": "able ible",
    "ful": "ful",
    "less": "less",
    "ic": "ic",
    "ise": "ise ize",
    "ship": "ship hood",
}
ENDINGS = tuple(_COLUMNS)
"""Classes of word endings, each named by its first member."""

STACK = 3  # words
_OF = tokenise(["of"]).hash[1]
_ABSTRACT = np.isin(
    np.arange(len(ENDINGS) + 1), [1 + ENDINGS.index(e) for e in ("tion", "ment", "ness", "ity", "ance")]
)
_SMALL = np.where(LETTER, LOWER & 31, 0).astype(np.uint8)  # a letter as 1 to 26
_SMALL[FOREIGN] = 0


def _ending_table() -> tuple[np.ndarray, np.ndarray]:
    """The class of any last four letters (from 1 on, 0 for none), and the length of each class's endings."""
    column = np.zeros(32**4, np.uint8)
    for number, members in enumerate(_COLUMNS.values(), 1):
        for ending in members.split():
            column[_code(ending) :: 32 ** len(ending)] = number  # any letters before it
    column[_code("eed") :: 32**3] = 0  # "speed" and "agreed" alike
    return column, np.array([0, *map(len, ENDINGS)])


def _code(letters: str) -> int:
    """Letters as one number, five bits each."""
    return sum((ord(letter) & 31) << 5 * place for place, letter in enumerate(reversed(letters)))


_CLASS, _ENDING_LENGTH = _ending_table()


def _last_pairs() -> np.ndarray:
    """(256, 256) bool, by last and second last letter: a word with them may have an ending of ENDINGS."""
    small = _SMALL.astype(np.int64)
    may = np.zeros(32 * 32, bool)
    for members in _COLUMNS.values():
        may[[_code(ending) % 32**2 for ending in members.split()]] = True
    may[_code("s") :: 32] = True  # a plural
    return may[small[:, None] + 32 * small]


_MAY_END = _last_pairs().ravel()


def may_end(batch: Batch) -> np.ndarray:
    """(W,) the words of five letters or more whose last two letters may belong to an ending of ENDINGS."""
    last = _MAY_END.take(batch.last_letters) & batch.is_word & (batch.length >= 5)
    return np.flatnonzero(last)


def endings(batch: Batch, at: np.ndarray) -> np.ndarray:
    """The place of each token's ending in ENDINGS plus one, 0 for none; a plural counts as its singular."""
    chars, end = batch.tokens.chars, batch.tokens.end.take(at)
    last, before = _SMALL.take(batch.last_letter.take(at)), _SMALL.take(batch.second_last_letter.take(at))
    end = end - ((last == 19) & (before != 19) & (before != 21))  # "s", but neither "ss" nor "us"
    code = np.zeros(len(at), np.int64)
    for back in (4, 3, 2, 1):
        code <<= 5
        code |= _SMALL.take(chars.take(end - back))
    column = _CLASS.take(code)
    return column * (end - batch.tokens.start.take(at) >= _ENDING_LENGTH.take(column) + 3)


def _among(batch: Batch, at: np.ndarray, *lists: str) -> np.ndarray:
    """True for tokens that are a one-word entry of one of the lists."""
    return _table(batch.lexicon, *lists).take(batch.word.take(at))


@cache
def _table(lexicon: Lexicon, *lists: str) -> np.ndarray:
    """A boolean table over word identifiers: which stand in one of the lists."""
    return np.logical_or.reduce([lexicon.has_word(name) for name in lists])


def _ends_in(batch: Batch, ending: str) -> np.ndarray:
    """(T,) bool: a lower-case word of five letters or more with these two last letters."""
    ends = (batch.last_letter == ord(ending[1])) & (batch.second_last_letter == ord(ending[0]))
    return ends & batch.is_word & (batch.length >= 5) & (batch.case == LOWER_CASE)


@kept
def _regular_past(batch: Batch) -> np.ndarray:
    """(T,) bool: the word ends in -ed, "need" and "speed" left out."""
    past = _ends_in(batch, "ed")
    at = np.flatnonzero(past)
    past[at] = batch.tokens.chars.take(batch.tokens.end.take(at) - 3) != ord("e")
    return past


@kept
def _adverb(batch: Batch) -> np.ndarray:
    """(T,) bool: the word ends in -ly and is an adverb."""
    return _ends_in(batch, "ly") & ~batch.is_listed("ly_nouns_and_adjectives")


def adverbs(batch: Batch) -> Measured:
    """Adverbs that end in -ly.

    >>> show(adverbs, "The family quickly and quietly left early.")
    (28.57, ['quickly', 'quietly'])
    """
    return per_100_words(batch, np.flatnonzero(_adverb(batch)))


def nominal_style(batch: Batch) -> Measured:
    """Abstract nouns that carry their object behind "of", as in "the implementation of".

    Nominalisations of Biber (1988), feature 14, in the place where a verb could stand.

    >>> show(nominal_style, "The modernisation of the harbour pleased the organisation.")
    (12.5, ['modernisation of'])
    """
    of = np.flatnonzero(batch.hash == _OF) - 1
    of = of[batch.is_word[of] & (batch.length[of] >= 5)]
    at = of[_ABSTRACT[endings(batch, of)]]
    return per_100_words(batch, at, at + 2)


def noun_stacks(batch: Batch) -> Measured:
    """Three or more content words in a row, with no function word, verb or name between them.

    >>> show(noun_stacks, "The city launched a water quality monitoring scheme.")
    (12.5, ['water quality monitoring scheme'])
    """
    other = _table(batch.lexicon, "function_words", "past_verbs", "present_verbs").take(batch.word)
    other |= _regular_past(batch) | _adverb(batch)
    at = np.flatnonzero(batch.is_word & (batch.case == LOWER_CASE) & ~other)
    gaps = np.flatnonzero(np.diff(at, prepend=-2) > 1)
    first, last = at[gaps], at[np.append(gaps[1:], len(at))[: len(gaps)] - 1] + 1
    stacked = last - first >= STACK
    return per_100_words(batch, first[stacked], last[stacked])


def _before_participle(batch: Batch, at: np.ndarray, *irregular: str) -> tuple[np.ndarray, np.ndarray]:
    """Of these auxiliaries those that a participle follows, at once or behind one adverb; and one past it."""
    end = len(batch.kind) - 1
    following, second = np.minimum(at + 1, end), np.minimum(at + 2, end)
    past = _regular_past(batch)
    adverb = _among(batch, following, "inner_adverbs") | _adverb(batch)[following]
    direct = _among(batch, following, *irregular) | past[following]
    behind = adverb & (_among(batch, second, *irregular) | past[second])
    found = direct | behind
    return at[found], at[found] + 3 - direct[found]


def passives(batch: Batch) -> Measured:
    """Passives: a form of "be" and a participle.

    After Biber (1988), features 17 and 18; "was tired" counts as well.

    >>> show(passives, "The old bridge was finally rebuilt.")
    (16.67, ['was finally rebuilt'])
    """
    auxiliary = batch.listed_words("be_forms")
    return per_100_words(batch, *_before_participle(batch, auxiliary, "participles"))


def perfects(batch: Batch) -> Measured:
    """Perfect tenses: a form of "have" and a participle.

    Biber (1988), feature 2.

    >>> show(perfects, "The council has not paid.")
    (20.0, ['has not paid'])
    """
    auxiliary = batch.listed_words("have_forms")
    return per_100_words(batch, *_before_participle(batch, auxiliary, "participles", "been"))


def past_tense(batch: Batch) -> Measured:
    """Verbs in the past tense, as a share of the verbs whose tense shows.

    Words in -ed that follow a form of "be" or "have" are participles.  Biber (1988), features 1 and 3.

    >>> show(past_tense, "The mayor said that the bridge is old.")
    (0.5, ['said'])
    """
    regular = np.flatnonzero(_regular_past(batch))
    regular = regular[~_among(batch, regular - 1, "be_forms", "have_forms")]
    past = np.sort(np.concatenate([regular, batch.listed_words("past_verbs")]))
    article = np.concatenate([batch.article[past], batch.article[batch.listed_words("present_verbs")]])
    return per(batch, np.bincount(article, minlength=batch.size), past)


def preposition_chains(batch: Batch) -> Measured:
    """Prepositions that follow each other closely, as in "of the board of the bank in".

    Two prepositions with one to three words and no mark between them make one link of a chain.

    >>> show(preposition_chains, "The roof of the church in the valley of Tarn fell.")
    (18.18, ['of the church in', 'in the valley of'])
    """
    at = batch.listed_words("prepositions")
    gap, words = np.diff(at), np.diff(batch.words_before.take(at))
    link = np.flatnonzero((gap >= 2) & (gap <= 4) & (words == gap))  # no mark between them
    return per_100_words(batch, at[link], at[link + 1] + 1)


__all__ = [
    "ENDINGS",
    "adverbs",
    "endings",
    "nominal_style",
    "noun_stacks",
    "passives",
    "past_tense",
    "perfects",
    "preposition_chains",
    "show",
]
