"""Words, numbers and marks of many articles, cut and hashed with array operations only.

A token is a run of letters and digits (with its inner apostrophes, decimal points and the full stops of "U.S."), or one
punctuation mark.  White space never becomes a token, so "end ." and "end." and "end.Next" give the same tokens: the
token sequence is the canonical view of a text.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detector.characters import DASH, DROPPED, ELLIPSIS, FOREIGN, LOWER, byte_class, code_points, fold

WORD, NUMBER, MARK = 0, 1, 2
"""Kinds of token; the EDGE before each article is a MARK."""

_UPPERS = "".join(map(chr, range(ord("A"), ord("Z") + 1)))
_DIGITS = "0123456789"
UPPER = byte_class(_UPPERS)
DIGIT = byte_class(_DIGITS)
LETTER = byte_class(_UPPERS + _UPPERS.lower() + chr(FOREIGN))
ALNUM = LETTER | DIGIT
_SPACE = byte_class(" \n")
_INNER = byte_class("'.,:")
_LONGEST = 64  # letters that count in a hash; only pathological words are longer
_random = np.random.default_rng(20230401)
_BYTE_KEYS = _random.integers(1, 2**32, 256, dtype=np.uint32)
_PLACE_KEYS = _random.integers(1, 2**32, _LONGEST, dtype=np.uint32) | np.uint32(1)


@dataclass(frozen=True)
class Tokens:
    """Token arrays of a batch; `chars` is the folded text and `origin` its places among the batch's code points."""

    points: np.ndarray  # uint32, code points of all articles as given, a separator before each
    starts: np.ndarray  # int64, where each article begins in `points`
    chars: np.ndarray  # uint8, folded text without dropped characters
    origin: np.ndarray  # int64, index in `points` of each folded character
    start: np.ndarray  # int64, first folded character of each token
    end: np.ndarray  # int64, one past its last
    kind: np.ndarray  # uint8, WORD, NUMBER or MARK
    hash: np.ndarray  # uint32, of the token in lower case


def tokenise(texts: list[str]) -> Tokens:
    """Cut texts into tokens, every article opening with an EDGE token.

    >>> cut = tokenise(["The U.S. won't pay $3.5m ."])
    >>> [cut.chars[a:b].tobytes().decode() for a, b in zip(cut.start[1:], cut.end[1:])]
    ['The', 'U.S', '.', "won't", 'pay', '$', '3.5m', '.']
    """
    points, starts = code_points(texts)
    folded = fold(points, starts)
    # Twice: a dropped character may stand inside a pair, and merging a pair drops its second half.
    chars, origin = _without_dropped(folded, np.arange(len(folded)))
    chars, origin = _without_dropped(_merge_pairs(chars), origin)
    chars, origin = _close_apostrophes(chars, origin)
    inside = _word_characters(chars)
    solid = ~_SPACE[chars]
    edge_before = solid.copy()
    edge_before[1:] &= ~(inside[1:] & inside[:-1])
    edge_after = solid
    edge_after[:-1] &= ~(inside[:-1] & inside[1:])
    start, end = np.flatnonzero(edge_before), np.flatnonzero(edge_after) + 1
    kind = np.where(inside[start], WORD, MARK).astype(np.uint8)
    kind[_all_digits(chars, start, inside)] = NUMBER
    return Tokens(points, starts, chars, origin, start, end, kind, _hash(chars, start, inside))


def _without_dropped(chars: np.ndarray, origin: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    keep = np.flatnonzero(chars)
    return (chars, origin) if len(keep) == len(chars) else (chars[keep], origin[keep])


def _merge_pairs(folded: np.ndarray) -> np.ndarray:
    """Fold "--" to a dash, "..." to an ellipsis and ``quotes'' to a double quote, in place of the first character."""
    same = np.flatnonzero((folded[1:] == folded[:-1]) & _PAIRED[folded[1:]])
    if len(same):
        firsts = same[np.r_[True, np.diff(same) > 1]]
        folded[same + 1] = DROPPED
        folded[firsts] = _PAIR_FOLD[folded[firsts]]
    return folded


_PAIRED = byte_class("-.'" + chr(DASH) + chr(ELLIPSIS))
_PAIR_FOLD = np.arange(256, dtype=np.uint8)
_PAIR_FOLD[[ord("-"), ord("."), ord("'")]] = [DASH, ELLIPSIS, ord('"')]


def _close_apostrophes(chars: np.ndarray, origin: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Join "China ' s" and "do n't": remove the spaces around an apostrophe between a word and its ending."""
    quotes = np.flatnonzero(chars == ord("'"))
    # Reading on past the last character wraps round to the EDGE of the first article, which ends the text as well.
    before, after = chars[quotes - 1] == 32, chars.take(quotes + 1, mode="wrap") == 32
    ending = LOWER[chars.take(quotes + 1 + after, mode="wrap")]
    split = quotes[before & LETTER[chars[quotes - 2]] & _ENDING[ending]]
    beyond = chars.take(split + 2 + (chars[split + 1] == 32), mode="wrap")
    split = split[~ALNUM[beyond]]
    if not len(split):
        return chars, origin
    keep = np.ones(len(chars), bool)
    keep[split - 1] = False
    keep[split[chars[split + 1] == 32] + 1] = False
    return chars[keep], origin[keep]


_ENDING = byte_class("stdm")


def _word_characters(chars: np.ndarray) -> np.ndarray:
    """True for letters and digits, and for the marks that belong inside a word or number."""
    inside = ALNUM[chars]
    at = np.flatnonzero(_INNER[chars])
    at = at[at < len(chars) - 1]
    mark, left, right = chars[at], chars[at - 1], chars[at + 1]
    apostrophe = (mark == ord("'")) & LETTER[left] & LETTER[right]
    decimal = (mark != ord("'")) & DIGIT[left] & DIGIT[right]
    alone = ~ALNUM[chars[at - 2]] & ~ALNUM[chars.take(at + 2, mode="wrap")]  # wraps round to an EDGE
    initials = (mark == ord(".")) & LETTER[left] & LETTER[right] & alone
    inside[at[apostrophe | decimal | initials]] = True
    return inside


def _all_digits(chars: np.ndarray, start: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """True for the tokens that hold a digit and no letter."""
    letters = np.add.reduceat(LETTER[chars] & inside, start, dtype=np.int32) if len(start) else start
    return (letters == 0) & inside[start]


def _hash(chars: np.ndarray, start: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """One 32-bit hash a token: the sum of byte keys times place keys (multilinear hashing), mixed."""
    if not len(start):
        return np.zeros(0, np.uint32)
    lengths = np.diff(start, append=len(chars))
    place = np.arange(start[0], len(chars)) - np.repeat(start, lengths)
    products = _BYTE_KEYS[LOWER[chars[start[0] :]]] * _PLACE_KEYS.take(place, mode="clip")
    products[_SPACE[chars[start[0] :]]] = 0
    return mix(np.add.reduceat(products, start - start[0], dtype=np.uint32))


def mix(numbers: np.ndarray) -> np.ndarray:
    """Spread uint32 numbers over all their bits (the finaliser of MurmurHash3)."""
    mixed = numbers ^ (numbers >> np.uint32(16))
    mixed *= np.uint32(0x85EBCA6B)
    mixed ^= mixed >> np.uint32(13)
    mixed *= np.uint32(0xC2B2AE35)
    return mixed ^ (mixed >> np.uint32(16))
