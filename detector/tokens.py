"""Words, numbers and marks of many articles, cut and hashed with array operations only.

A token is a run of letters and digits (with its inner apostrophes, decimal points and the full stops of "U.S."), or one
punctuation mark.  White space never becomes a token, so "end ." and "end." and "end.Next" give the same tokens: the
token sequence is the canonical view of a text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from detector import hashkeys
from detector.characters import DASH, DROPPED, ELLIPSIS, FOLD, FOREIGN, LOWER, CodePoints, by_byte, byte_class

WORD, NUMBER, MARK = 0, 1, 2
"""Kinds of token; the EDGE before each article is a MARK."""

_UPPERS = "".join(map(chr, range(ord("A"), ord("Z") + 1)))
_DIGITS = "0123456789"
UPPER = byte_class(_UPPERS)
DIGIT = byte_class(_DIGITS)
LETTER = byte_class(_UPPERS + _UPPERS.lower() + chr(FOREIGN))
ALNUM = LETTER | DIGIT
_IS_LETTER, _IS_DIGIT, _IS_SPACE, _IS_INNER = 1, 2, 4, 8
_TRAITS = (
    LETTER * _IS_LETTER + DIGIT * _IS_DIGIT + byte_class(" \n") * _IS_SPACE + byte_class("'.,:") * _IS_INNER
).astype(np.uint8)
_BYTE_KEYS = hashkeys.BYTES[LOWER]
_PLACE_KEYS = hashkeys.PLACES | np.uint32(1)


@dataclass(frozen=True)
class Tokens:
    """Token arrays of a batch; `chars` is the folded text, and `origin` gives its places among the code points."""

    given: CodePoints  # all articles as given
    chars: np.ndarray  # uint8, folded text without dropped characters
    dropped: tuple[np.ndarray, ...]  # int64, what was taken out of the folded text, step by step
    start: np.ndarray  # int64, first folded character of each token
    end: np.ndarray  # int64, one past its last
    kind: np.ndarray  # uint8, WORD, NUMBER or MARK
    hash: np.ndarray  # uint32, of the token in lower case

    @property
    def points(self) -> np.ndarray:
        """(P,) uint32: the code points of all articles as given, a separator before each."""
        return self.given.points

    @property
    def starts(self) -> np.ndarray:
        """(N,) int64: where each article begins in `points`."""
        return self.given.starts

    @cached_property
    def first(self) -> np.ndarray:
        """(T,) uint8: the first folded character of each token."""
        return self.chars.take(self.start)

    def origin(self, place: np.ndarray) -> np.ndarray:
        """The index in `points` of each of these places in `chars`."""
        for gone in reversed(self.dropped):
            # The characters before the nth that is gone are `gone[n] - n` that stay.
            place = place + np.searchsorted(gone - np.arange(len(gone)), place, "right")
        return place

    def starts_of(self, at: np.ndarray) -> np.ndarray:
        """The index in `points` at which each of these tokens begins."""
        return self.origin(self.start.take(at))

    def ends_of(self, at: np.ndarray) -> np.ndarray:
        """One past the index in `points` at which each of these tokens ends."""
        tail = self.end.take(at)
        end = self.origin(tail - 1) + 1
        # "..." and "--" are folded to their first character; a token that ends with them reaches to the next one kept.
        last = self.chars.take(tail - 1)
        merged = np.flatnonzero(FOLD.take(self.points.take(end - 1), mode="clip") != last)
        tail = tail.take(merged)
        end[merged] = np.where(tail < len(self.chars), self.origin(tail), len(self.points))
        return end

    def select(self, keep: np.ndarray) -> Tokens:
        """The same text with these tokens alone."""
        return replace(self, **{name: getattr(self, name).take(keep) for name in ("start", "end", "kind", "hash")})


def tokenise(texts: list[str]) -> Tokens:
    """Cut texts into tokens, every article opening with an EDGE token.

    >>> cut = tokenise(["The U.S. won't pay $3.5m ."])
    >>> [cut.chars[a:b].tobytes().decode() for a, b in zip(cut.start[1:], cut.end[1:])]
    ['The', 'U.S', '.', "won't", 'pay', '$', '3.5m', '.']
    """
    given = CodePoints.of(texts)
    chars, dropped = given.folded(), []
    # One after the other: a dropped character may stand inside a pair, and a split apostrophe beside either.
    for find in (_unseen, _merge_pairs, _split_apostrophes):
        gone = find(chars)
        dropped.append(gone)
        chars = _without(chars, gone)
    traits = by_byte(chars.tobytes(), _TRAITS)
    inside = _word_characters(chars, traits)
    joined = inside[1:] & inside[:-1]
    edge_before = (traits & _IS_SPACE) == 0
    edge_after = edge_before.copy()
    edge_before[1:] &= ~joined
    edge_after[:-1] &= ~joined
    start, end = np.flatnonzero(edge_before), np.flatnonzero(edge_after) + 1
    opening = traits.take(start)
    kind = ((opening & (_IS_LETTER | _IS_DIGIT)) == 0) * np.uint8(MARK)
    kind[_numbers(traits, opening, start, end)] = NUMBER
    return Tokens(given, chars, tuple(dropped), start, end, kind, _hash(chars, start, end))


def _without(chars: np.ndarray, gone: np.ndarray) -> np.ndarray:
    if not len(gone):
        return chars
    chars[gone] = DROPPED
    return np.frombuffer(bytearray(chars).translate(None, bytes([DROPPED])), np.uint8)


def _unseen(chars: np.ndarray) -> np.ndarray:
    return np.flatnonzero(chars == DROPPED)


def _merge_pairs(chars: np.ndarray) -> np.ndarray:
    """Fold "--" to a dash, "..." to an ellipsis and ``quotes'' to a double quote; the places of what follows."""
    behind = chars[1:]
    # Double letters and spaces are many: those of _PAIRED lie between DASH and "." and are no space.
    same = np.flatnonzero((behind == chars[:-1]) & (behind >= DASH) & (behind <= ord(".")) & (behind != ord(" ")))
    same = same[_PAIRED.take(chars.take(same))]
    if len(same):
        firsts = same[np.r_[True, np.diff(same) > 1]]
        chars[firsts] = _PAIR_FOLD[chars[firsts]]
    return same + 1


_PAIRED = byte_class("-.'" + chr(DASH) + chr(ELLIPSIS))
_PAIR_FOLD = np.arange(256, dtype=np.uint8)
_PAIR_FOLD[[ord("-"), ord("."), ord("'")]] = [DASH, ELLIPSIS, ord('"')]


def _split_apostrophes(chars: np.ndarray) -> np.ndarray:
    """The spaces around an apostrophe between a word and its ending, as in "China ' s" and "do n't"."""
    quotes = np.flatnonzero(chars == ord("'"))
    # Reading on past the last character wraps round to the EDGE of the first article, which ends the text as well.
    before, after = chars[quotes - 1] == 32, chars.take(quotes + 1, mode="wrap") == 32
    ending = LOWER[chars.take(quotes + 1 + after, mode="wrap")]
    split = quotes[before & LETTER[chars[quotes - 2]] & _ENDING[ending]]
    beyond = chars.take(split + 2 + (chars[split + 1] == 32), mode="wrap")
    split = split[~ALNUM[beyond]]
    behind = split[chars[split + 1] == 32] + 1
    return distinct(np.append(split - 1, behind))


_ENDING = byte_class("stdm")


def _word_characters(chars: np.ndarray, traits: np.ndarray) -> np.ndarray:
    """True for letters and digits, and for the marks that belong inside a word or number."""
    inside = (traits & (_IS_LETTER | _IS_DIGIT)) != 0
    at = np.flatnonzero((traits & _IS_INNER) != 0)
    at = at[at < len(chars) - 1]
    between = traits.take(at - 1) & traits.take(at + 1)  # what is on both sides
    at = at[between > 0]
    mark, between = chars.take(at), between[between > 0]
    beyond = traits.take(at - 2) | traits.take(at + 2, mode="wrap")  # wraps round to an EDGE
    alone = beyond & (_IS_LETTER | _IS_DIGIT) == 0
    letters = (mark == ord("'")) | ((mark == ord(".")) & alone)
    digits = mark != ord("'")
    belongs = (letters & (between & _IS_LETTER > 0)) | (digits & (between & _IS_DIGIT > 0))
    inside[at[belongs]] = True
    return inside


def _numbers(traits: np.ndarray, opening: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """The tokens that hold digits and no letter; every one begins with a digit."""
    at = np.flatnonzero((opening & _IS_DIGIT) != 0)
    place, begins = _characters(start[at], end[at])
    letters = (traits.take(place) & _IS_LETTER).astype(np.int64)
    return at[np.add.reduceat(letters, begins) == 0] if len(at) else at


def _characters(start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The places of all characters of some tokens, one after the other, and where each token's begin in there."""
    length = end - start
    begins = np.cumsum(length) - length
    return np.arange(int(length.sum())) + np.repeat(start - begins, length), begins


def _hash(chars: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """One 32-bit hash a token: the sum of byte keys times place keys (multilinear hashing), mixed."""
    # Two characters a look-up: the first _BLOCKS * 8 of each token are read eight at a time, as one number.
    eights = np.ndarray(len(chars), "<u8", np.append(chars, _PADDING).data, strides=(1,))
    total, length = _of_eight(eights, start, end - start, 0), end - start
    for block in range(1, _BLOCKS):
        at = np.flatnonzero(length > 8 * block)
        total[at] += _of_eight(eights, start[at] + 8 * block, length[at] - 8 * block, block)
    at = np.flatnonzero(length > 8 * _BLOCKS)
    if len(at):
        place, begins = _characters(start[at] + 8 * _BLOCKS, end[at])
        beyond = place - np.repeat(start[at], length[at] - 8 * _BLOCKS)
        products = _BYTE_KEYS.take(chars.take(place)) * _PLACE_KEYS.take(beyond, mode="clip")
        total[at] += np.add.reduceat(products, begins, dtype=np.uint32)
    return mix(total)


def _of_eight(eights: np.ndarray, start: np.ndarray, length: np.ndarray, block: int) -> np.ndarray:
    """The part of the hashes that eight characters from `start` on add, or `length` where that is less."""
    # Not `take`, which would first copy the whole overlapping array.
    number = eights[start] & _MASKS.take(length, mode="clip")
    pairs = number.view("<u2").reshape(-1, 4)
    total = _PAIR_KEYS[4 * block].take(pairs[:, 0])
    for column in range(1, 4):
        total += _PAIR_KEYS[4 * block + column].take(pairs[:, column])
    return total


_BLOCKS = 2
_PADDING = np.zeros(8, np.uint8)
_MASKS = np.array([(1 << 8 * length) - 1 for length in range(9)], np.uint64)


def _pair_keys() -> np.ndarray:
    """For each pair of places the sums of products of any two characters, of which 0 is none."""
    keys = _BYTE_KEYS.copy()
    keys[0] = 0
    products = keys * _PLACE_KEYS[: 8 * _BLOCKS, None]
    return (products[1::2, :, None] + products[::2, None, :]).reshape(4 * _BLOCKS, 1 << 16)


_PAIR_KEYS = _pair_keys()


def distinct(numbers: np.ndarray) -> np.ndarray:
    """The numbers in order, each once.

    `np.unique` does the same, but its first call imports NumPy's masked arrays, a twentieth of a cold start.

    >>> distinct(np.array([3, 1, 3])).tolist(), distinct(np.zeros(0, int)).tolist()
    ([1, 3], [])
    """
    ordered = np.sort(numbers)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]]


def mix(numbers: np.ndarray) -> np.ndarray:
    """Spread uint32 numbers over all their bits (the finaliser of MurmurHash3)."""
    mixed = numbers ^ (numbers >> np.uint32(16))
    mixed *= np.uint32(0x85EBCA6B)
    mixed ^= mixed >> np.uint32(13)
    mixed *= np.uint32(0xC2B2AE35)
    mixed ^= mixed >> np.uint32(16)
    return mixed
