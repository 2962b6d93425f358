"""Where sentences begin, decided for all tokens of a batch at once.

A sentence ends at ".", "!", "?" or "..." with the closing quotes and brackets that touch it, if what follows can begin
one.  Abbreviations and words that often begin sentences come from Punkt (Kiss and Strunk 2006, Computational
Linguistics 32:485), trained on human news.  A line break ends a sentence where the line is a heading or a paragraph,
not where text is hard-wrapped.
"""

from __future__ import annotations

import numpy as np

from detector.characters import DASH, EDGE, ELLIPSIS, FOREIGN, byte_class
from detector.lexicon import Lexicon
from detector.tokens import ALNUM, DIGIT, LETTER, MARK, NUMBER, UPPER, WORD, Tokens

_STOP = byte_class(".!?" + chr(ELLIPSIS))
_CLOSER = byte_class("\"')]")
_CLOSING = _STOP | _CLOSER
_OPENER = byte_class("\"'([$" + chr(DASH))
_LINE_END = byte_class(".!?:;\"')]" + chr(ELLIPSIS))
_WRAPPED = 100  # characters: a longer line is a paragraph, not a hard-wrapped line
_HEADING = 50  # characters: a shorter line before a capital letter is a heading or a by-line
_GOES_ON = (LETTER & ~UPPER) | byte_class(" '")
_CAPITAL = UPPER | byte_class(chr(FOREIGN))


def sentence_starts(cut: Tokens, words: np.ndarray, lexicon: Lexicon) -> np.ndarray:
    """True for the first token of each sentence; the EDGE of an article opens its first sentence."""
    first = cut.first
    starts = np.zeros(len(first), bool)
    marks = np.flatnonzero(cut.kind == MARK)
    stops = marks[_STOP.take(first.take(marks))]
    after = _after_closers(cut, first, stops)
    stops, after = stops[after < len(first)], after[after < len(first)]
    behind = _behind_openers(first, after)
    opens = _can_open(cut, first, stops, after, behind) & ~_abbreviated(cut, words, first, stops, behind, lexicon)
    starts[after[opens]] = True
    starts[_after_line_breaks(cut, first)] = True
    starts[1:][first[:-1] == EDGE] = False
    starts[first == EDGE] = True
    return starts


def finished(cut: Tokens, starts: np.ndarray) -> np.ndarray:
    """The tokens without those of an unfinished last sentence, unless it is half of the article or more."""
    edge = np.flatnonzero(cut.first == EDGE)
    last = np.append(edge[1:], len(starts))[: len(edge)] - 1
    ended = _CLOSING[cut.first[last]] & (cut.kind[last] == MARK)
    opening = np.flatnonzero(starts)
    begin = opening[np.searchsorted(opening, last, "right") - 1]
    drop = ~ended & (2 * (last + 1 - begin) < last + 1 - edge)
    keep = np.ones(len(starts), bool)
    for a, b in zip(begin[drop].tolist(), (last[drop] + 1).tolist(), strict=True):
        keep[a:b] = False
    return np.flatnonzero(keep)


def _after_closers(cut: Tokens, first: np.ndarray, stops: np.ndarray) -> np.ndarray:
    """The first token behind each stop that is no quote or bracket touching it (at most two are skipped)."""
    after = stops + 1
    for _ in range(2):
        at = np.minimum(after, len(first) - 1)
        after = after + (_CLOSER[first[at]] & (cut.start[at] == cut.end[at - 1]) & (after < len(first)))
    return after


def _behind_openers(first: np.ndarray, after: np.ndarray) -> np.ndarray:
    """The first token from there on that is no opening quote, bracket, dash or "$" (at most two are skipped)."""
    for _ in range(2):
        after = np.minimum(after + _OPENER[first[after]], len(first) - 1)
    return after


def _can_open(cut: Tokens, first: np.ndarray, stops: np.ndarray, after: np.ndarray, behind: np.ndarray) -> np.ndarray:
    """True where the token, or the token behind opening marks, begins with a capital or a digit."""
    capital = (_CAPITAL | DIGIT)[first[behind]] | (first[after] == EDGE)
    glued = cut.start[after] == cut.end[after - 1]
    return capital & (~glued | _glued_words(cut, stops, after))


def _glued_words(cut: Tokens, stops: np.ndarray, after: np.ndarray) -> np.ndarray:
    """True where "word.Next" or "word.I" lost its space: a small letter or digit, the stop, one capital."""
    chars, at = cut.chars, cut.start[after]
    left, right = chars[cut.start[stops] - 1], chars[np.minimum(at + 1, len(chars) - 1)]
    return ALNUM[left] & ~UPPER[left] & UPPER[chars[at]] & _GOES_ON[right]


def _abbreviated(
    cut: Tokens, words: np.ndarray, first: np.ndarray, stops: np.ndarray, behind: np.ndarray, lexicon: Lexicon
) -> np.ndarray:
    """True where the full stop belongs to an abbreviation and what follows does not begin a sentence."""
    before = stops - 1
    word = words[before]
    touching = (first[stops] == ord(".")) & (cut.start[stops] - cut.end[before] <= 1) & (cut.kind[before] == WORD)
    length = cut.end[before] - cut.start[before]
    title = lexicon.has_word("titles")[word]
    # "Answer no." ends a sentence, "No. 10" does not: short common words are titles only before a name or number.
    title &= UPPER[first[before]] | (cut.kind[behind] == NUMBER)
    initial = (length == 1) & UPPER[first[before]]
    dotted = (cut.chars[np.minimum(cut.start[before] + 1, len(cut.chars) - 1)] == ord(".")) & (length > 2)
    listed = lexicon.has_word("abbreviations")[word] | lexicon.has_word("abbrev_types")[word]
    starter = lexicon.has_word("sent_starters")[words[behind]] | (first[behind] == EDGE)
    return touching & (title | ((initial | dotted | listed) & ~starter))


def _after_line_breaks(cut: Tokens, first: np.ndarray) -> np.ndarray:
    """Tokens that stand behind a line break which ends a heading, a list item or a paragraph."""
    breaks = np.flatnonzero(cut.chars == ord("\n"))
    if not len(breaks):
        return breaks
    token = np.searchsorted(cut.start, breaks)
    opening = np.r_[True, np.diff(token) > 0] & (token > 0) & (token < len(first))
    lines = np.searchsorted(token, token[opening], "right") - np.flatnonzero(opening)
    breaks, token = breaks[opening], token[opening]
    line_start = np.maximum(np.r_[0, breaks[:-1]], cut.start[_last_edge(first, token)])
    length = breaks - line_start
    ended = _LINE_END[first[token - 1]]
    heading = (length < _HEADING) & _CAPITAL[first[token]]
    return token[ended | heading | (lines > 1) | (length > _WRAPPED)]


def _last_edge(first: np.ndarray, token: np.ndarray) -> np.ndarray:
    """The EDGE token of the article in which each token stands."""
    edges = np.flatnonzero(first == EDGE)
    return edges[np.searchsorted(edges, token, "right") - 1]
