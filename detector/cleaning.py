"""Label noise taken out by rule, and copies of one article found across corpora.

Scraped news holds pages that no one wrote as an article: other languages, results tables, notices of domain sellers,
paid casino and loan texts. Published corpora also draw on the same sites, so that one article stands in several of
them under different groups, and a split that goes by group would then test on what it trained on.
"""

from __future__ import annotations

import hashlib
import re

import numpy as np

from detector.corpora import Corpus, roles

SHORTEST = 40
"""Words below which a text is left out: nothing can be learned from a caption."""

HUMAN_FUNCTION_SHARE, MACHINE_FUNCTION_SHARE = 0.2, 0.08
"""Share of common function words below which a text is no English prose.

Human corpora in English have medians of 0.38-0.48; at 0.2 lie other languages and tables of results. English of some
machines goes down to 0.09, so that from machines only what is no English at all is left out.
"""

PITCH_SHARE, ADDRESS_SHARE = 0.02, 0.02
"""Shares of sellers' words and of "you" and "your" from which on a human page is an advertisement or a notice.

News about casinos or lenders has the first, service columns the second, and hardly any has both.
"""

RUN, SAMPLE, CROWD, TEXTS = 10, 8, 6, 50
"""Words in a run, one run kept in so many, and the most groups and the most texts that may hold one.

What more of them hold is an outlet's furniture (menus, notices, the weather), which would glue its pages together.
"""

JOINED, COPIED, FEWEST = 0.5, 0.8, 3
"""Shares of the smaller text's runs that join two groups and that make a copy, and the least number of shared runs."""

_LETTERS = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"[^\W_]+")
_FUNCTION_WORDS = frozenset(
    _LETTERS.findall(
        "the of to and a in that is was for it on as with he be at by his this had from but not are they or an have "
        "which were her she we all their there been has when who will more no if would out so said what up its about "
        "than into them can only other new some could these two may then do any my now such our over me you i"
    )
)
_SELLERS_WORDS = frozenset(
    _LETTERS.findall(
        "casino casinos slot slots jackpot jackpots poker baccarat roulette gambling betting bets sportsbook "
        "sportsbooks bookmaker bookmakers payday loan loans lender lenders pharmacy pharmacies viagra cialis domain "
        "domains"
    )
)
_ADDRESS = frozenset({"you", "your", "yours"})


def clean(corpus: Corpus) -> tuple[Corpus, dict[str, int]]:
    """Return the corpus without label noise and copies, its groups joined over near duplicates, and what was done.

    The counts are of rows left out, under ``short``, ``not_english``, ``advertising`` and ``copies``, and those of
    ``join_duplicates``. Sources whose role is ``outside`` are measured as they are: from them only copies go.
    """
    reasons = [
        None if role == "outside" else noise(text, int(label))
        for text, label, role in zip(corpus.texts, corpus.labels, roles(corpus), strict=True)
    ]
    counts = {reason: reasons.count(reason) for reason in ("short", "not_english", "advertising")}
    kept, joined = join_duplicates(corpus.select([reason is None for reason in reasons]))
    return kept, counts | joined


def noise(text: str, label: int) -> str | None:
    """Name the rule by which a text is label noise (``short``, ``not_english``, ``advertising``), or None.

    >>> noise("Too short to learn from.", 0)
    'short'
    """
    words = _LETTERS.findall(text.lower())
    if len(text.split()) < SHORTEST:
        return "short"
    if _share(words, _FUNCTION_WORDS) < (MACHINE_FUNCTION_SHARE if label else HUMAN_FUNCTION_SHARE):
        return "not_english"
    if label == 0 and _share(words, _ADDRESS) >= ADDRESS_SHARE and _share(words, _SELLERS_WORDS) >= PITCH_SHARE:
        return "advertising"
    return None


def _share(words: list[str], of: frozenset[str]) -> float:
    return sum(word in of for word in words) / max(1, len(words))


def join_duplicates(corpus: Corpus) -> tuple[Corpus, dict[str, int]]:
    """Give articles that share most of their ten-word runs one group, and drop human copies after the first.

    One run in ``SAMPLE`` is kept, by its hash, so that the same runs are kept of every text. Two texts are near
    duplicates if ``JOINED`` of the smaller one's runs are shared; runs that more than ``CROWD`` groups hold are an
    outlet's furniture and count on neither side. A human text is a copy at ``COPIED``, if both went through the same
    attack. The counts are ``copies``, ``joined`` (groups that took another's name) and ``largest`` (groups under one
    name); a group takes the name that comes first in the corpus.
    """
    first, second, share = _near_duplicates(corpus.texts, corpus.groups)
    groups, count, largest = _joined(corpus.groups, first, second)
    attacks = np.unique(corpus.attacks, return_inverse=True)[1]
    human = corpus.labels == 0
    copied = (share >= COPIED) & human[first] & human[second] & (attacks[first] == attacks[second])
    keep = np.ones(len(corpus), bool)
    keep[second[copied]] = False
    renamed = Corpus(**{**vars(corpus), "groups": groups})
    return renamed.select(keep), {"copies": int((~keep).sum()), "joined": count, "largest": largest}


class _WordHashes(dict):
    """64-bit hashes of words, each computed once; Python's own differ from run to run."""

    def __missing__(self, word: str) -> int:
        digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        self[word] = value = int.from_bytes(digest, "little")
        return value


def _sampled_runs(text: str, hashes: _WordHashes) -> np.ndarray:
    """Hash every run of ``RUN`` words and return those of the sample, each once."""
    words = _WORDS.findall(text.lower())
    if len(words) < RUN:
        return np.empty(0, np.uint64)
    codes = np.fromiter(map(hashes.__getitem__, words), np.uint64, len(words))
    runs = np.zeros(len(words) - RUN + 1, np.uint64)
    for offset in range(RUN):
        # A polynomial in an odd constant, modulo 2^64: the same words in another order are another run.
        runs = runs * np.uint64(0x9E3779B97F4A7C15) + codes[offset : offset + len(runs)]
    mixed = (runs ^ (runs >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    return np.unique(mixed[(mixed >> np.uint64(40)) % np.uint64(SAMPLE) == 0])


def _near_duplicates(texts: list[str], groups: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return row numbers of near duplicates, the earlier first, and the share of the smaller one's runs."""
    hashes = _WordHashes()
    per_text = [_sampled_runs(text, hashes) for text in texts]
    runs = np.concatenate([np.empty(0, np.uint64), *per_text])
    rows = np.repeat(np.arange(len(texts)), [len(runs) for runs in per_text])
    usual = ~_furniture(runs, np.unique(groups, return_inverse=True)[1][rows])
    runs, rows = runs[usual], rows[usual]
    order = np.argsort(runs, kind="stable")
    runs, rows = runs[order], rows[order]
    # Sorted by run, and rows ascend within one: equal neighbours at every distance are all the pairs, earlier first.
    pairs = [np.empty(0, np.int64)]
    for distance in range(1, TEXTS):
        same = np.flatnonzero(runs[distance:] == runs[:-distance])
        pairs.append(rows[same] * len(texts) + rows[same + distance])
    pair, shared = np.unique(np.concatenate(pairs), return_counts=True)
    first, second = np.divmod(pair, max(1, len(texts)))
    sizes = np.bincount(rows, minlength=len(texts))
    share = shared / np.maximum(1, np.minimum(sizes[first], sizes[second]))
    near = (share >= JOINED) & (shared >= FEWEST)
    return first[near], second[near], share[near]


def _furniture(runs: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Return a mask of the runs that too many groups or texts hold."""
    _, kind, texts = np.unique(runs, return_inverse=True, return_counts=True)
    holders = np.unique(np.stack([kind, groups], axis=1), axis=0)
    return (np.bincount(holders[:, 0])[kind] > CROWD) | (texts[kind] > TEXTS)


def _joined(groups: list[str], first: np.ndarray, second: np.ndarray) -> tuple[list[str], int, int]:
    """Join the groups of paired rows; return new names, how many were renamed, and the most groups under one name."""
    number = {name: i for i, name in enumerate(dict.fromkeys(groups))}
    parent = list(range(len(number)))

    def root(group: int) -> int:
        while parent[group] != group:
            parent[group] = group = parent[parent[group]]
        return group

    for i, j in zip(first.tolist(), second.tolist(), strict=True):
        a, b = root(number[groups[i]]), root(number[groups[j]])
        parent[max(a, b)] = min(a, b)
    roots = np.array([root(group) for group in range(len(number))], np.int64)
    names = list(number)
    renamed = int((roots != np.arange(len(names))).sum())
    return [names[roots[number[name]]] for name in groups], renamed, int(np.bincount(roots).max()) if names else 0
