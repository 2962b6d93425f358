"""Word and phrase lists, looked up by hash for every token of a batch at once.

Each file `families/lists/NAME.txt` is one list: an entry a line, words separated by spaces, punctuation as separate
words (", highlighting"), and lines that start with "#" give the reason and the source.  `common.txt` holds the words
that are frequent in any news; words outside every list have the identifier 0.
"""

from __future__ import annotations

import hashlib
from functools import cache
from itertools import chain
from pathlib import Path

import numpy as np

from detector.characters import EDGE
from detector.hits import FREQUENT, Hits, Index, Phrases
from detector.tokens import mix, tokenise

LISTS = Path(__file__).parent / "families" / "lists"
PUNKT = Path(__file__).parent / "punkt"
LONGEST_PHRASE = 8
_WHOLE, _BEGUN = 1, 2  # a pair of tokens that is an entry of a list, or begins a longer one
_HALF, _VALUE = np.uint64(32), np.uint64(0xFFFFFFFF)
_PLACES = np.array([pow(0x2545F491, k + 1, 2**32) for k in range(LONGEST_PHRASE)], np.uint32)


def _step(probe: int) -> np.uint32:
    return np.uint32(probe * 0x9E3779B1 & 0xFFFFFFFF)


class HashTable:
    """A fixed map from distinct uint32 hashes to 1, 2, 3 ... with 0 for every other hash (linear probing)."""

    def __init__(self, keys: np.ndarray) -> None:
        bits = max(8, int(4 * len(keys)).bit_length())
        self._mask = np.uint32((1 << bits) - 1)
        # A key and its value are one number, so that one look in memory finds both.
        self._slots = np.zeros(1 << bits, np.uint64)
        entries = keys.astype(np.uint64) << _HALF | np.arange(1, len(keys) + 1, dtype=np.uint64)
        pending, self._probes = np.arange(len(keys)), 0
        while len(pending):  # every key takes the first free slot of its probe sequence
            slot = (keys[pending] + _step(self._probes)) & self._mask
            _, first = np.unique(slot, return_index=True)
            first = first[self._slots[slot[first]] == 0]
            self._slots[slot[first]] = entries[pending[first]]
            pending = np.delete(pending, first)
            self._probes += 1

    def __call__(self, hashes: np.ndarray) -> np.ndarray:
        """The value of each hash, 0 where it is not a key: int64."""
        found, other = self._look(hashes, hashes & self._mask)
        open_ = np.flatnonzero(other & (found != 0))
        found *= ~other
        for probe in range(1, self._probes):
            if not len(open_):
                break
            sought = hashes.take(open_)
            value, other = self._look(sought, (sought + _step(probe)) & self._mask)
            found[open_] = value * ~other
            open_ = open_[other & (value != 0)]
        return found

    def _look(self, hashes: np.ndarray, slot: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The value in each slot, and whether it is that of another hash."""
        entry = self._slots.take(slot)
        return (entry & _VALUE).view(np.int64), (entry >> _HALF) != hashes


class Lexicon:
    """All word and phrase lists of a folder."""

    def __init__(self, entries: dict[str, list[str]]) -> None:
        self.names = sorted(entries)
        # Joined list by list: in a cold start, one line a time costs more than all that is hashed.
        joined = "\n".join(f"{name}\t" + f"\n{name}\t".join(entries[name]) for name in self.names if entries[name])
        self.fingerprint = hashlib.sha256(joined.encode()).hexdigest()
        texts = sorted(dict.fromkeys(chain.from_iterable(entries[name] for name in self.names)))
        cut = tokenise(texts)
        first = np.flatnonzero(cut.first == EDGE) + 1
        size = np.diff(first, append=len(cut.start) + 1) - 1
        _refuse(texts, size)
        number = {text: n for n, text in enumerate(texts)}
        member = np.zeros((len(self.names), len(texts)), bool)
        for row, name in enumerate(self.names):
            member[row, list(map(number.__getitem__, entries[name]))] = True
        single = np.flatnonzero(size == 1)
        self.words = ["", *(texts[n] for n in single)]
        self._word_table = HashTable(cut.hash[first[single]])
        none = np.zeros((len(self.names), 1), bool)
        self._member = dict(zip(self.names, np.hstack([none, member[:, single]]), strict=True))
        self.bits = {name: np.uint16(1 << bit) for bit, name in enumerate(sorted(FREQUENT & self._member.keys()))}
        self.flags = np.zeros(len(self.words), np.uint16)
        for name, bit in self.bits.items():
            self.flags |= self._member[name] * bit
        self._index_phrases(cut.hash, first, size, member)

    def _index_phrases(self, hashes: np.ndarray, first: np.ndarray, size: np.ndarray, member: np.ndarray) -> None:
        several = np.flatnonzero(size > 1)
        self._pairs, self._triples = np.zeros(1 << 16, np.uint8), np.zeros(1 << 16, bool)
        for kind, these in ((_WHOLE, first[size == 2]), (_BEGUN, first[size > 2])):
            self._pairs[_pair(hashes[these], hashes[these + 1])] |= kind
        self._triples[_triple(hashes, first[size > 2])] = True
        self._phrase_size = np.append(0, size[several])
        runs = _runs(hashes, first[several])
        self._phrase_table = HashTable(runs[np.arange(len(several)), size[several] - 1])
        phrases = np.hstack([np.zeros((len(member), 1), bool), member[:, several]])
        self._with_phrases = frozenset(self.names[row] for row in np.flatnonzero(phrases.sum(axis=1)).tolist())
        self._index = Index(self._member, dict(zip(self.names, phrases, strict=True)))

    def word_ids(self, hashes: np.ndarray) -> np.ndarray:
        """The identifier of each token in `words`, 0 for unlisted ones."""
        return self._word_table(hashes)

    def has_word(self, name: str) -> np.ndarray:
        """A boolean table over word identifiers: which stand in the list."""
        return self._member[name]

    def only_words(self, name: str) -> bool:
        """True where no entry of the list has several words."""
        return name not in self._with_phrases

    def hits(self, word: np.ndarray, hashes: np.ndarray) -> Hits:
        """Where the entries of every list stand, but of the most frequent words."""
        return self._index.hits(word, self.find_phrases(hashes))

    def number(self, name: str) -> int | None:
        """The number under which `hits` has a list, None for a list of frequent words.

        >>> lexicon().number("common") is None, lexicon().number("months") is None
        (True, False)
        """
        if name not in self._member:
            raise KeyError(f"there is no list {name}")
        return self._index.numbers.get(name)

    def find_phrases(self, hashes: np.ndarray) -> Phrases:
        """Every place where an entry of several words stands, overlapping ones included, the longest first."""
        pairs = self._pairs.take(_pair(hashes[:-1], hashes[1:]))
        at = np.flatnonzero(pairs != 0)
        # Most pairs that begin a longer entry go on in another way.
        at = at[(pairs.take(at) & _WHOLE != 0) | self._triples.take(_triple(hashes, at))]
        sizes = np.arange(LONGEST_PHRASE, 0, -1)
        entry = self._phrase_table(_runs(hashes, at)[:, ::-1].ravel()).reshape(-1, LONGEST_PHRASE)
        ends = at[:, None] + sizes
        row, column = np.nonzero((entry > 0) & (self._phrase_size.take(entry) == sizes) & (ends <= len(hashes)))
        return Phrases(at.take(row), ends[row, column], entry[row, column])


def _refuse(texts: list[str], size: np.ndarray) -> None:
    for wrong in np.flatnonzero((size < 1) | (size > LONGEST_PHRASE)).tolist():
        raise ValueError(f"list entry {texts[wrong]!r} has {size[wrong]} tokens, not 1 to {LONGEST_PHRASE}")


def _pair(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    return (left * _PLACES[0] + right * _PLACES[1]) >> np.uint32(16)


def _triple(hashes: np.ndarray, first: np.ndarray) -> np.ndarray:
    third = hashes.take(first + 2, mode="clip")
    return _pair(hashes.take(first) * _PLACES[2] + hashes.take(first + 1, mode="clip"), third)


def _runs(hashes: np.ndarray, first: np.ndarray) -> np.ndarray:
    """(K, LONGEST_PHRASE) one hash for each run of 1, 2, 3 ... tokens that begins at `first`."""
    tokens = np.minimum(first[:, None] + np.arange(LONGEST_PHRASE), len(hashes) - 1)
    return mix(np.cumsum(hashes.take(tokens) * _PLACES, axis=1, dtype=np.uint32))


def read_list(path: Path) -> list[str]:
    """The entries of a list file, without comments and blank lines."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    return list(filter(None, map(str.strip, lines)))


@cache
def lexicon() -> Lexicon:
    """The lists that come with the library, Punkt's abbreviations and sentence starters among them, read once."""
    paths = sorted([*LISTS.glob("*.txt"), *PUNKT.glob("*.txt")])
    return Lexicon({path.stem: read_list(path) for path in paths})
