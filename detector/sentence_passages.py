"""Whole sentences as passages: what tables of common words and the n-grams give, which no single place explains."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from detector.additive import Evidences
from detector.batchtext import Batch
from detector.characters import EDGE
from detector.families.measure import Measured
from detector.modelfile import Model
from detector.passages import TABLES, Passages, counted, labels
from detector.verdict import Judged


def sentences(model: Model, evidences: Evidences, judged: Judged, texts: list[str]) -> Iterator[Passages]:
    """The sentences of `texts`, the first articles of the batch, by what each of TABLES and then the n-grams give."""
    batch, label = evidences.batch, len(labels()) - len(TABLES) - 1
    some = _Sentences(batch, texts)
    for at, name in enumerate(TABLES, label):
        by_token = np.zeros(len(batch.article))
        for (_, family, column, width), found in zip(counted(), evidences.found, strict=True):
            if family == name and width > 1:
                by_token += _of_tokens(batch, found, judged.by_feature[:, column : column + width])
        yield some.passages(at, "Mix of common words and word endings", by_token)
    yield some.passages(label + len(TABLES), "Wording", model.panel.token_contributions(evidences, judged.lead))


def _of_tokens(batch: Batch, found: Measured, by_column: np.ndarray) -> np.ndarray:
    """(T,) what each token gives to its article, of the (N, C) that the columns of a table give."""
    assert found.column is not None
    key = batch.article.take(found.first) * by_column.shape[1] + found.column
    total = np.bincount(key, found.weight, by_column.size)
    share = np.divide(by_column.ravel(), total, out=np.zeros(by_column.size), where=total > 0)
    return np.bincount(found.first, share.take(key) * found.weight, len(batch.article))


class _Sentences:
    """The sentences of the first articles of a batch that have words."""

    def __init__(self, batch: Batch, texts: list[str]) -> None:
        self.batch, self.texts = batch, texts
        self.tokens = np.flatnonzero(batch.mark[: batch.bounds[len(texts)]] != EDGE)
        self.number = np.flatnonzero((batch.sentence_words > 0) & (batch.sentence_article < len(texts)))
        self.row = batch.sentence_article.take(self.number)
        self.first, self.last = batch.sentence_first.take(self.number), batch.sentence_last.take(self.number)
        self.start, self.end = batch.spans(self.first, self.last)

    def passages(self, label: int, message: str, by_token: np.ndarray) -> Passages:
        """Every sentence with the sum over its tokens, and the three of them that give most."""
        part = np.bincount(self.batch.sentence, by_token, len(self.batch.sentence_first)).take(self.number)
        said = [(f"{message}: above all {quoted}", None) for quoted in self._strongest(by_token)]
        return Passages(self.row, self.start, self.end, part, np.full(len(part), label), said)

    def _strongest(self, by_token: np.ndarray) -> Iterator[str]:
        """The three tokens of each sentence with the largest numbers, each with the one behind it."""
        at, last = self.tokens, self.last[:, None]
        ranked = at.take(np.lexsort((-by_token.take(at), self.batch.sentence.take(at))))
        three = ranked.take(np.searchsorted(at, self.first)[:, None] + np.arange(3), mode="clip")
        starts, ends = self.batch.spans(three.ravel(), np.minimum(three + 2, last).ravel())
        begin, end = starts.reshape(-1, 3).tolist(), ends.reshape(-1, 3).tolist()
        sizes = (self.last - self.first).tolist()  # a sentence may have fewer than three
        for row, size, *places in zip(self.row.tolist(), sizes, begin, end, strict=True):
            text = self.texts[row]
            yield ", ".join(f"“{text[a:b]}”" for a, b in list(zip(*places, strict=True))[:size])
