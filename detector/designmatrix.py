"""The training side of a text: dense feature values and sparse n-gram shares of many articles, and random crops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from joblib import Parallel, delayed

from detector import abstention
from detector.additive import Evidences
from detector.attacks import apply
from detector.batchtext import Batch
from detector.families import FEATURE_NAMES
from detector.families.ngrams import BITS

CHUNK = 128
LEARNED_EDITS = (
    "synonym", "misspelling", "article_deletion", "alternative_spelling", "number_shuffling", "upper_lower_swap",
    "spaced_punctuation",
)  # fmt: skip
"""Edits that the experts see in training: those that the learned view does not undo."""

_OFFSETS = dict(zip(BITS, np.cumsum([0, *(1 << bits for bits in BITS.values())])[:-1].tolist(), strict=True))
BUCKETS = sum(1 << bits for bits in BITS.values())


@dataclass(frozen=True, eq=False)
class Design:
    """Feature values (N, F), n-gram shares (N, BUCKETS) that sum to 1 in each channel, words (N,) and reasons (N,).

    A reason says why an article gets no verdict and is "" where it gets one; no article is measured twice to know it.
    """

    values: np.ndarray
    ngrams: sp.csr_matrix
    words: np.ndarray
    reasons: np.ndarray

    @property
    def abstained(self) -> np.ndarray:
        """(N,) True where there is no verdict."""
        return self.reasons != ""

    def select(self, rows: np.ndarray) -> Design:
        """The articles of these row numbers."""
        return Design(self.values[rows], self.ngrams[rows], self.words[rows], self.reasons[rows])

    @staticmethod
    def stack(parts: Sequence[Design]) -> Design:
        """All articles of several designs, one after the other."""
        return Design(
            np.vstack([one.values for one in parts]),
            sp.vstack([one.ngrams for one in parts], format="csr"),
            np.concatenate([one.words for one in parts]),
            np.concatenate([one.reasons for one in parts]),
        )


def channel_columns(name: str) -> slice:
    """The columns of a channel in `Design.ngrams`."""
    return slice(_OFFSETS[name], _OFFSETS[name] + (1 << BITS[name]))


def design(texts: list[str], n_jobs: int | None = None) -> Design:
    """Measure texts for training."""
    chunks = [texts[at : at + CHUNK] for at in range(0, len(texts), CHUNK)]
    parts = Parallel(n_jobs=n_jobs)(delayed(_piece)(chunk) for chunk in chunks)
    if not parts:
        empty = sp.csr_matrix((0, BUCKETS), dtype=np.float32)
        return Design(np.zeros((0, len(FEATURE_NAMES))), empty, np.zeros(0, int), np.zeros(0, object))
    return Design.stack(parts)


def _piece(texts: list[str]) -> Design:
    evidences = Evidences.from_texts(texts)
    rows, columns, shares = [], [], []
    for name, channel in evidences.ngrams.items():
        article = evidences.batch.article[channel.token]
        count = np.bincount(article, minlength=len(texts))
        rows.append(article)
        columns.append(channel.bucket + _OFFSETS[name])
        shares.append(1 / count[article])
    where = (np.concatenate(rows), np.concatenate(columns))
    matrix = sp.csr_matrix((np.concatenate(shares).astype(np.float32), where), shape=(len(texts), BUCKETS))
    matrix.sum_duplicates()
    reasons = np.array([reason or "" for reason in abstention.reasons(evidences.batch)], object)
    return Design(evidences.values, matrix, evidences.batch.words, reasons)


def draws(texts: list[str], seed: int, n_jobs: int | None = None) -> tuple[Design, Design]:
    """Two random crops of each text, from which the experts learn: one as it stands and one edited.

    The edit is one of LEARNED_EDITS, on texts of both classes: a model that has seen edits on both sides does not take
    them for a sign of either.
    """
    chosen = np.random.default_rng(seed).integers(0, len(LEARNED_EDITS), len(texts)).tolist()
    edited = [
        apply(LEARNED_EDITS[number], text, seed) for number, text in zip(chosen, crops(texts, seed + 1), strict=True)
    ]
    return design(crops(texts, seed), n_jobs), design(edited, n_jobs)


def crops(texts: list[str], seed: int, shortest: int = 40, longest: int = 450) -> list[str]:
    """One random stretch of whole sentences from each text, of `shortest` to `longest` words; short texts whole.

    Machine and human articles differ in length in every corpus: training on crops keeps length from carrying anything.
    """
    rng = np.random.default_rng(seed)
    cropped: list[str] = []
    for at in range(0, len(texts), CHUNK):
        chunk = texts[at : at + CHUNK]
        batch = Batch.from_texts(chunk)
        begin, end = batch.spans(batch.sentence_first, batch.sentence_last)
        for number, text in enumerate(chunk):
            mine = slice(*np.searchsorted(batch.sentence_article, [number, number + 1]))
            place = _stretch(batch.sentence_words[mine], rng, shortest, longest)
            cropped.append(text if place is None else text[begin[mine][place[0]] : end[mine][place[1]]])
    return cropped


def _stretch(words: np.ndarray, rng: np.random.Generator, shortest: int, longest: int) -> tuple[int, int] | None:
    """First and last sentence of a random stretch, None where the text is no longer than the wanted length."""
    wanted = int(rng.integers(shortest, longest + 1))
    total = np.cumsum(words)
    if total[-1] <= wanted:
        return None
    first = int(rng.integers(0, np.searchsorted(total, total[-1] - wanted, "right") + 1))
    before = total[first - 1] if first else 0
    return first, int(min(np.searchsorted(total, before + wanted), len(words) - 1))
