"""Batch: the tokens and sentences of many articles in one set of arrays, from which every feature is computed.

The arrays hold the canonical view: white space, quote and dash styles are gone, and so is an unfinished last sentence,
because published corpora cut human and machine articles differently.  `points` keeps the text as it was given; every
span that is shown refers to it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, TypeVar

import numpy as np

from detector.characters import EDGE, byte_class
from detector.hits import Hits
from detector.lexicon import Lexicon, lexicon
from detector.sentences import finished, sentence_starts
from detector.tokens import MARK, NUMBER, WORD, Tokens, tokenise

LOWER_CASE, TITLE_CASE, UPPER_CASE = 0, 1, 2
_T = TypeVar("_T")


@dataclass(frozen=True, eq=False)
class Batch:
    """Arrays over the tokens (T), sentences (S) and articles (N) of a batch.

    A token's `mark` is the byte of a punctuation mark and 0 for words and numbers; `word` is its number in the lexicon,
    0 for unlisted words.  `article` and `sentence` say where a token stands.  Each article opens with an EDGE token, a
    mark, so that a pattern of neighbouring tokens never reaches from one article into the next.
    """

    tokens: Tokens
    lexicon: Lexicon = field(repr=False)
    word: np.ndarray  # (T,) int64
    article: np.ndarray  # (T,) int64
    sentence: np.ndarray  # (T,) int64
    texts: list[str] = field(repr=False)  # N, as they were given
    _kept: dict[Callable, Any] = field(default_factory=dict, repr=False)

    @classmethod
    def from_texts(cls, texts: list[str]) -> Batch:
        """Cut and look up texts; any str is accepted.

        >>> batch = Batch.from_texts(["Prices rose. “Mr. Oddny is right,” she said", ""])
        >>> batch.words.tolist(), batch.sentences.tolist()
        ([8, 0], [2, 1])
        """
        cut, lists = tokenise(texts), lexicon()
        word = lists.word_ids(cut.hash)
        starts = sentence_starts(cut, word, lists)
        keep = finished(cut, starts)
        if len(keep) < len(word):
            cut, word, starts = cut.select(keep), word.take(keep), starts.take(keep)
        return cls(cut, lists, word, _numbers(cut.first == EDGE), _numbers(starts), texts)

    def keep(self, make: Callable[[Batch], _T]) -> _T:
        """What `make` gives for this batch, made once."""
        if make not in self._kept:
            self._kept[make] = make(self)
        return self._kept[make]

    @property
    def size(self) -> int:
        """N, the number of articles."""
        return len(self.texts)

    @property
    def kind(self) -> np.ndarray:
        """(T,) uint8: WORD, NUMBER or MARK."""
        return self.tokens.kind

    @property
    def hash(self) -> np.ndarray:
        """(T,) uint32: hash of the token in lower case."""
        return self.tokens.hash

    @cached_property
    def bounds(self) -> np.ndarray:
        """(N + 1,) the first token of each article, its EDGE, and the number of tokens."""
        return np.searchsorted(self.article, np.arange(self.size + 1))

    def count(self, mask: np.ndarray) -> np.ndarray:
        """(N,) how many tokens of each article are in a mask over all tokens."""
        return np.add.reduceat(mask, self.bounds[:-1], dtype=np.int64)

    @cached_property
    def last_letter(self) -> np.ndarray:
        """(T,) uint8: the last folded character of each token."""
        return self.tokens.chars.take(self.tokens.end - 1)

    @cached_property
    def second_last_letter(self) -> np.ndarray:
        """(T,) uint8: the folded character before the last, of another token where this one has a single character."""
        return self.tokens.chars.take(self.tokens.end - 2, mode="clip")

    @cached_property
    def last_letters(self) -> np.ndarray:
        """(T,) int64: both as one number, the last times 256 and the one before it."""
        return self.last_letter.astype(np.int64) << 8 | self.second_last_letter

    @cached_property
    def length(self) -> np.ndarray:
        """(T,) characters in each token."""
        return (self.tokens.end - self.tokens.start).astype(np.int32)

    @cached_property
    def mark(self) -> np.ndarray:
        """(T,) uint8: the byte of a punctuation mark, 0 for words and numbers."""
        return self.tokens.first * (self.kind == MARK)

    @cached_property
    def case(self) -> np.ndarray:
        """(T,) uint8: LOWER_CASE, TITLE_CASE (first letter only) or UPPER_CASE (first two letters, or one alone)."""
        second = self.tokens.chars.take(self.tokens.start + 1, mode="clip")
        # Counted from "A", and around from 0 to 255, capitals are the bytes below 26.  A table takes ten times as long.
        first, capital = (letters - np.uint8(ord("A")) < 26 for letters in (self.tokens.first, second))
        return first.view(np.uint8) + (first & (capital | (self.length == 1)))

    @cached_property
    def is_word(self) -> np.ndarray:
        """(T,) bool: the token has a letter."""
        return self.kind == WORD

    @cached_property
    def is_number(self) -> np.ndarray:
        """(T,) bool: the token is digits."""
        return self.kind == NUMBER

    @cached_property
    def plain(self) -> np.ndarray:
        """(P,) the tokens that are words or numbers."""
        return np.flatnonzero(self.kind != MARK)

    @cached_property
    def openings(self) -> np.ndarray:
        """(O,) the first word or number of each sentence that has one."""
        before = self.words_before.take(self._sentence_bounds[:-1])
        return self.plain.take(before[self.sentence_words > 0])

    @cached_property
    def opens_sentence(self) -> np.ndarray:
        """(T,) bool: the first word or number of its sentence."""
        first = np.zeros(len(self.kind), bool)
        first[self.openings] = True
        return first

    @cached_property
    def is_name(self) -> np.ndarray:
        """(T,) bool: a capitalised word that is no common word, or is capitalised inside a sentence."""
        capital = self.is_word & (self.case > LOWER_CASE)
        inside = ~self.opens_sentence & (self.case == TITLE_CASE)
        return capital & (~self.is_listed("common") | inside)

    @cached_property
    def names(self) -> np.ndarray:
        """The tokens of `is_name`, in the order of the text."""
        return np.flatnonzero(self.is_name)

    @cached_property
    def numbers(self) -> np.ndarray:
        """The tokens that are digits, in the order of the text."""
        return np.flatnonzero(self.is_number)

    @cached_property
    def words(self) -> np.ndarray:
        """(N,) words and numbers in each article."""
        return self.count(self.kind != MARK)

    @cached_property
    def hundreds(self) -> np.ndarray:
        """(N,) hundreds of words in each article; infinite where it has none, so that every rate is 0 there."""
        return np.where(self.words > 0, self.words / 100, np.inf)

    @cached_property
    def sentence_first(self) -> np.ndarray:
        """(S,) first token of each sentence, behind the EDGE unless nothing follows it (an empty text)."""
        first = self._sentence_bounds[:-1]
        return first + ((self.mark.take(first) == EDGE) & (np.diff(self._sentence_bounds) > 1))

    @cached_property
    def sentence_last(self) -> np.ndarray:
        """(S,) one past the last token of each sentence."""
        return self._sentence_bounds[1:]

    @cached_property
    def _sentence_bounds(self) -> np.ndarray:
        """(S + 1,) the first token of each sentence, EDGE included, and the number of tokens."""
        opens = np.append(True, self.sentence[1:] != self.sentence[:-1])[: len(self.sentence)]
        return np.append(np.flatnonzero(opens), len(self.sentence))

    @cached_property
    def sentence_article(self) -> np.ndarray:
        """(S,) the article of each sentence."""
        return self.article[self.sentence_first]

    @cached_property
    def sentence_words(self) -> np.ndarray:
        """(S,) words and numbers in each sentence."""
        return np.diff(self.words_before.take(self._sentence_bounds))

    @cached_property
    def sentences(self) -> np.ndarray:
        """(N,) sentences in each article, at least 1 (an empty text is one empty sentence)."""
        return np.bincount(self.sentence_article, minlength=self.size)

    @cached_property
    def sentence_place(self) -> np.ndarray:
        """(S,) how many sentences of its article stand before each one."""
        return (
            np.arange(len(self.sentence_article)) - (np.cumsum(self.sentences) - self.sentences)[self.sentence_article]
        )

    @cached_property
    def hits(self) -> Hits:
        """Where the entries of every list stand."""
        return self.lexicon.hits(self.word, self.hash)

    @cached_property
    def words_before(self) -> np.ndarray:
        """(T + 1,) words and numbers before each token, and in all."""
        before = np.zeros(len(self.kind) + 1, np.int64)
        np.cumsum(self.kind != MARK, out=before[1:])
        return before

    def marks(self, character: str) -> np.ndarray:
        """The tokens that are this punctuation mark, in the order of the text."""
        if character not in self._marks:
            at, mark = self.all_marks
            self._marks[character] = at[mark == ord(character)]
        return self._marks[character]

    @cached_property
    def all_marks(self) -> tuple[np.ndarray, np.ndarray]:
        """The tokens that are punctuation marks, EDGE among them, in the order of the text, and the byte of each."""
        at = np.flatnonzero(self.kind == MARK)
        return at, self.tokens.first.take(at)

    @cached_property
    def _marks(self) -> dict[str, np.ndarray]:
        return {}

    @cached_property
    def _masks(self) -> dict[str, np.ndarray]:
        return {}

    def has(self, at: np.ndarray, name: str) -> np.ndarray:
        """(K,) bool: each of the tokens `at` is a one-word entry of a list."""
        return self.lexicon.has_word(name).take(self.word.take(at))

    def listed(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """First token and one past the last of every entry of a list, in the order of the text."""
        number = self.lexicon.number(name)
        if number is None:
            at = np.flatnonzero(self.is_listed(name))
            return at, at + 1
        return self.hits.of(number)

    def listed_apart(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """The same, the longest first and without those that begin inside another one."""
        number = self.lexicon.number(name)
        return self.listed(name) if number is None else self.hits.apart.of(number)

    def listed_words(self, name: str) -> np.ndarray:
        """The tokens that are one-word entries of a list, in the order of the text."""
        first, last = self.listed(name)
        return first if self.lexicon.only_words(name) else first[last - first == 1]

    def is_listed(self, name: str) -> np.ndarray:
        """(T,) bool: the token is a one-word entry of a list; looked up once, and not to be written to."""
        if name not in self._masks:
            bit = self.lexicon.bits.get(name)
            has = self.lexicon.has_word(name).take(self.word) if bit is None else (self._flags & bit) != 0
            self._masks[name] = has
        return self._masks[name]

    @cached_property
    def _flags(self) -> np.ndarray:
        """(T,) uint16: a bit for each list of frequent words that the token stands in."""
        return self.lexicon.flags.take(self.word)

    def is_mark(self, characters: str) -> np.ndarray:
        """(T,) bool: the token is one of these punctuation marks.

        >>> Batch.from_texts(["Yes; no."]).is_mark(";").sum()
        np.int64(1)
        """
        return byte_class(characters)[self.mark]

    def spans(self, first: np.ndarray, last: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Start and end of token ranges in code points of the article's own text."""
        if len(self.article) > _LARGE and len(first) * 8 < len(self.article):
            return self._starts_of(first), self._ends_of(last - 1)  # a few places of many articles
        starts, ends = self._token_spans
        return starts.take(first), ends.take(last - 1)

    @cached_property
    def _token_spans(self) -> tuple[np.ndarray, np.ndarray]:
        """(T,) start and end of every token in code points of its article's own text."""
        everywhere = np.arange(len(self.article))
        return self._starts_of(everywhere), self._ends_of(everywhere)

    def _starts_of(self, at: np.ndarray) -> np.ndarray:
        return self.tokens.starts_of(at) - self.tokens.starts.take(self.article.take(at))

    def _ends_of(self, at: np.ndarray) -> np.ndarray:
        return self.tokens.ends_of(at) - self.tokens.starts.take(self.article.take(at))

    def token_text(self, index: int) -> str:
        """A token as the canonical view has it; for messages and doctests."""
        return self.tokens.chars[self.tokens.start[index] : self.tokens.end[index]].tobytes().decode("latin-1")


_LARGE = 10_000  # tokens of a batch from which the places of a few of them are found without those of all


def kept(make: Callable[[Batch], _T]) -> Callable[[Batch], _T]:
    """The same function, but that what it gives for a batch is made once: for arrays that several features need."""

    @wraps(make)
    def of(batch: Batch) -> _T:
        return batch.keep(make)

    return of


def shift(values: np.ndarray, steps: int) -> np.ndarray:
    """The value `steps` tokens further on (further back where negative), 0 or False beyond the end.

    >>> shift(np.array([1, 2, 3]), 1).tolist(), shift(np.array([1, 2, 3]), -1).tolist()
    ([2, 3, 0], [0, 1, 2])
    """
    moved = np.zeros_like(values)
    if steps >= 0:
        moved[: max(len(values) - steps, 0)] = values[steps:]
    else:
        moved[-steps:] = values[:steps]
    return moved


def _numbers(begins: np.ndarray) -> np.ndarray:
    """(T,) int64: how many have begun before each place; the first begins one."""
    first = np.flatnonzero(begins)
    return np.repeat(np.arange(len(first)), np.diff(first, append=len(begins)))


__all__ = ["LOWER_CASE", "MARK", "NUMBER", "TITLE_CASE", "UPPER_CASE", "WORD", "Batch", "kept", "shift"]
