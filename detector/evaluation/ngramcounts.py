"""What scikit-learn's CountVectorizer counts in canonical text, word 1-2 and char_wb 2-4, by sorting array keys.

CountVectorizer takes 240 articles a second, which for every corpus is longer than the evaluation may last.  Canonical
text is one byte a character, so a gram of four characters is one 32-bit number, and to count is to sort.  A test holds
the counts against CountVectorizer's.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from joblib import Parallel, delayed

from detector.batchtext import Batch
from detector.characters import EDGE, LOWER, byte_class

CHUNK = 256
_TEXT_BITS = np.uint64(8)  # below the 56 bits of a gram's key: the number of its text in a chunk
_KEY_MASK = np.uint64((1 << 56) - 1)
_SPACE = ord(" ")
_WORD = byte_class("abcdefghijklmnopqrstuvwxyz0123456789")
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # odd, so that multiplying by it loses nothing


def canonical(texts: list[str]) -> list[str]:
    """The tokens of the canonical view in their case, joined by single spaces, an unfinished last sentence dropped.

    >>> canonical(["A  “new”  rule .Next it fell.  And th"])
    ['A " new " rule . Next it fell .']
    """
    return [text.strip(" ") for text in _joined(texts).tobytes().decode("latin-1").split(chr(EDGE))[1:]]


def _joined(texts: list[str]) -> np.ndarray:
    """The canonical texts as bytes: EDGE before each, a space after EDGE and every token."""
    cut = Batch.from_texts(texts).tokens
    length = cut.end - cut.start
    inside = np.arange(int(length.sum())) - np.repeat(np.cumsum(length) - length, length)
    place = np.cumsum(length + 1) - length - 1
    joined = np.full(int((length + 1).sum()), _SPACE, np.uint8)
    joined[np.repeat(place, length) + inside] = cut.chars[np.repeat(cut.start, length) + inside]
    return joined


def counts(texts: list[str], n_jobs: int | None = None) -> tuple[sp.csr_matrix, sp.csr_matrix]:
    """Counts of lower-cased word 1-2-grams and of char_wb 2-4-grams: (N, V) matrices of float32.

    Words are runs of at least two letters and digits, and known by 56-bit hashes: any two of ten million share one
    with a chance of 1 in 1,400.  Columns come in the order of hash or character code, not of the alphabet.
    """
    chunks = [texts[at : at + CHUNK] for at in range(0, len(texts), CHUNK)]
    parts = Parallel(n_jobs=n_jobs)(delayed(_chunk)(chunk) for chunk in chunks)
    return _matrix([words for words, _ in parts]), _matrix([characters for _, characters in parts])


_Counted = tuple[np.ndarray, sp.csr_matrix]  # ascending keys, and how often each stands in each text


def _chunk(texts: list[str]) -> tuple[_Counted, _Counted]:
    lower = LOWER[_joined(texts)]
    article = np.cumsum(lower == EDGE) - 1
    return _count(*_word_grams(lower, article), len(texts)), _count(*_character_grams(lower, article), len(texts))


def _character_grams(text: np.ndarray, article: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Keys and articles of the runs of 2 to 4 characters that have a space at most at their ends."""
    key, keys, articles = text.astype(np.uint32), [], []
    good = text != EDGE
    inner = good & (text != _SPACE)
    size = len(text)
    ok = good
    for n in (2, 3, 4):
        key = (key[: size - n + 1] << np.uint32(8)) | text[n - 1 :]
        ok = good[: size - n + 1] & good[n - 1 :]
        for offset in range(1, n - 1):
            ok = ok & inner[offset : offset + size - n + 1]
        keys.append(key[ok])
        articles.append(article[: size - n + 1][ok])
    return np.concatenate(keys), np.concatenate(articles)


def _word_grams(text: np.ndarray, article: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Keys and articles of words and of pairs of words that follow each other."""
    edges = np.diff(np.concatenate([[0], _WORD[text].view(np.int8), [0]]))
    start, end = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    long = end - start >= 2
    start, end = start[long], end[long]
    word, where = _hashes(text, start, end), article[start]
    same = where[1:] == where[:-1]
    pair = _mixed(word[:-1] * _MULTIPLIER + word[1:])
    return np.concatenate([word, pair[same]]), np.concatenate([where, where[1:][same]])


def _hashes(text: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """64-bit hashes of stretches of bytes: polynomials in an odd number, their bits mixed."""
    word = np.zeros(len(start), np.uint64)
    alive, offset = np.arange(len(start)), 0
    while len(alive):
        word[alive] = (word[alive] + text[start[alive] + offset].astype(np.uint64) + np.uint64(1)) * _MULTIPLIER
        word[alive] ^= word[alive] >> np.uint64(32)
        offset += 1
        alive = alive[end[alive] - start[alive] > offset]
    return _mixed(word)


def _mixed(word: np.ndarray) -> np.ndarray:
    word = (word ^ (word >> np.uint64(31))) * _MULTIPLIER
    return (word ^ (word >> np.uint64(29))) & _KEY_MASK


def _count(keys: np.ndarray, articles: np.ndarray, size: int) -> _Counted:
    # One number for key and text, because NumPy sorts plain numbers ten times as fast as pairs of columns.
    both = np.sort((keys.astype(np.uint64) << _TEXT_BITS) | articles.astype(np.uint64))
    first = np.flatnonzero(np.diff(both, prepend=~both[:1]))
    times = np.diff(np.append(first, len(both))).astype(np.float32)
    key, text = both[first] >> _TEXT_BITS, (both[first] & np.uint64(CHUNK - 1)).astype(np.int32)
    begin = np.flatnonzero(np.diff(key, prepend=~key[:1]))
    by_key = sp.csc_matrix((times, text, np.append(begin, len(key))), shape=(size, len(begin)))
    return key[begin], by_key.tocsr()


def _matrix(parts: Sequence[_Counted]) -> sp.csr_matrix:
    """One matrix of all chunks, with a column for every key that occurs."""
    known = np.unique(np.concatenate([keys for keys, _ in parts]))
    places = [np.searchsorted(known, keys).astype(np.int32) for keys, _ in parts]
    columns = np.concatenate([place[part.indices] for place, (_, part) in zip(places, parts, strict=True)])
    times = np.concatenate([part.data for _, part in parts])
    rows = np.concatenate([[0], np.cumsum(np.concatenate([np.diff(part.indptr) for _, part in parts]))])
    return sp.csr_matrix((times, columns, rows), shape=(len(rows) - 1, len(known)))
