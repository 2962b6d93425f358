"""Whole sentences as passages: what tables of common words and the n-grams give, which no single place explains."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from detector.additive import Evidences
from detector.batchtext import Batch
from detector.characters import EDGE
from detector.families import FAMILIES
from detector.families.measure import Measured
from detector.modelfile import Model
from detector.passages import Places, counted
from detector.report.evidence import Told
from detector.verdict import Judged


def sentences(model: Model, evidences: Evidences, judged: Judged, texts: list[str]) -> Iterator[Places]:
    """The sentences of `texts`, the first articles of the batch, by what tables of features and the n-grams give."""
    batch = evidences.batch
    some = _Sentences(batch, texts)
    tables = {family.name: np.zeros(len(batch.article)) for family in FAMILIES if family.tables}
    for (_, family, column, width), found in zip(counted(), evidences.found, strict=True):
        if width > 1:
            tables[family] += _of_tokens(batch, found, judged.by_feature[:, column : column + width])
    for family, by_token in tables.items():
        yield some.places(f"{family}_tables", family, "Mix of common words and word endings", by_token)
    yield some.places("wording", "n-grams", "Wording", model.panel.token_contributions(evidences, judged.lead))


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
        shown = (batch.sentence_words > 0) & (batch.sentence_article < len(texts))
        self.number = np.flatnonzero(shown)
        self.row = batch.sentence_article.take(self.number)
        self.first, self.last = batch.sentence_first.take(self.number), batch.sentence_last.take(self.number)
        self.sizes = (self.last - self.first).tolist()
        self.start, self.end = batch.spans(self.first, self.last)
        self.tokens = np.flatnonzero(shown.take(batch.sentence) & (batch.mark != EDGE))
        self.begin = np.searchsorted(self.tokens, self.first)
        self.sentence = np.repeat(np.arange(len(self.first)), self.last - self.first)

    def places(self, feature: str, family: str, message: str, by_token: np.ndarray) -> Places:
        """Every sentence with the sum over its tokens; the three of them that give most are quoted."""
        part = np.bincount(self.batch.sentence, by_token, len(self.batch.sentence_first)).take(self.number)
        told = [Told(feature, family, f"{message}: above all {quoted}", None) for quoted in self._strongest(by_token)]
        return Places(self.row, self.start, self.end, part, np.arange(len(told)), told)

    def _strongest(self, by_token: np.ndarray) -> Iterator[str]:
        """The three tokens of each sentence with the largest numbers, each with the one behind it."""
        three = np.stack(list(self._largest(by_token)), axis=1)
        starts, ends = self.batch.spans(three.ravel(), np.minimum(three + 2, self.last[:, None]).ravel())
        edges = np.stack([starts, ends], axis=1).reshape(-1, 6).tolist()
        for row, size, (a, b, c, d, e, f) in zip(self.row.tolist(), self.sizes, edges, strict=True):
            text = self.texts[row]
            if size > 2:
                yield f"“{text[a:b]}”, “{text[c:d]}”, “{text[e:f]}”"
            else:
                yield f"“{text[a:b]}”, “{text[c:d]}”" if size > 1 else f"“{text[a:b]}”"

    def _largest(self, by_token: np.ndarray) -> Iterator[np.ndarray]:
        """The token of each sentence with the largest number, that with the next smaller one, and the third."""
        numbers = by_token.take(self.tokens)
        for _ in range(3):  # which takes a ninth of the time of sorting them all
            most = np.maximum.reduceat(numbers, self.begin) if len(self.begin) else numbers[:0]
            at = np.flatnonzero(numbers == most.take(self.sentence))
            first = at.take(np.searchsorted(at, self.begin))
            numbers[first] = -np.inf
            yield self.tokens.take(first)
