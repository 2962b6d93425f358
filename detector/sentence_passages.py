"""Whole sentences as passages: what tables of common words and the n-grams give, which no single place explains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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

QUOTED = 3
"""Tokens of a sentence that are quoted at most, those that give most."""


def sentences(model: Model, evidences: Evidences, judged: Judged, texts: list[str]) -> Places:
    """The sentences of `texts`, the first articles of the batch, by what tables of features and the n-grams give."""
    batch = evidences.batch
    tables = {family.name: np.zeros(len(batch.article)) for family in FAMILIES if family.tables}
    for (_, family, column, width), found in zip(counted(), evidences.found, strict=True):
        if width > 1:
            tables[family] += _of_tokens(batch, found, judged.by_feature[:, column : column + width])
    told = [(f"{family}_tables", family, "Mix of common words and word endings") for family in tables]
    by_token = [*tables.values(), model.panel.token_contributions(evidences, judged.lead)]
    return _Sentences(batch, texts).places([*told, ("wording", "n-grams", "Wording")], by_token)


def _of_tokens(batch: Batch, found: Measured, by_column: np.ndarray) -> np.ndarray:
    """(T,) what each token gives to its article, of the (N, C) that the columns of a table give."""
    assert found.column is not None
    key = batch.article.take(found.first) * by_column.shape[1] + found.column
    total = np.bincount(key, found.weight, by_column.size)
    share = np.divide(by_column.ravel(), total, out=np.zeros(by_column.size), where=total > 0)
    return np.bincount(found.first, share.take(key) * found.weight, len(batch.article))


class _Sentences:
    """The sentences with words of the first articles of a batch, and their tokens."""

    def __init__(self, batch: Batch, texts: list[str]) -> None:
        shown = (batch.sentence_words > 0) & (batch.sentence_article < len(texts))
        self.batch, self.texts, self.number = batch, texts, np.flatnonzero(shown)
        self.first, self.last = batch.sentence_first.take(self.number), batch.sentence_last.take(self.number)
        self.tokens = np.flatnonzero(shown.take(batch.sentence) & (batch.mark != EDGE))
        self.begin = np.searchsorted(self.tokens, self.first)

    def places(self, told: Sequence[tuple[str, str, str]], by_token: Sequence[np.ndarray]) -> Places:
        """Every sentence once for each of `by_token`, with its sum over the tokens of the sentence.

        `told` gives the feature, the family and the message of each.
        """
        if not len(self.number):
            none = np.zeros(0, np.int64)
            return Places(none, none, none, np.zeros(0), none, [])
        sums = [np.bincount(self.batch.sentence, one).take(self.number) for one in by_token]
        row = np.tile(self.batch.sentence_article.take(self.number), len(told))
        start, end = (np.tile(edge, len(told)) for edge in self.batch.spans(self.first, self.last))
        quoted = self._quoted(row.tolist(), np.stack([one.take(self.tokens) for one in by_token]))
        said = [
            Told(feature, family, f"{message}: above all {next(quoted)}", None)
            for feature, family, message in told
            for _ in self.number
        ]
        return Places(row, start, end, np.concatenate(sums), np.arange(len(said)), said)

    def _quoted(self, row: list[int], numbers: np.ndarray) -> Iterator[str]:
        """For each row of numbers the tokens of each sentence with the largest ones, each with the token behind it."""
        most = np.stack(list(self._largest(numbers)), axis=1)
        beyond = np.tile(self.last, len(numbers))
        starts, ends = self.batch.spans(most.ravel(), np.minimum(most + 2, beyond[:, None]).ravel())
        edges = np.stack([starts, ends], axis=1).reshape(-1, 2 * QUOTED).tolist()
        sizes = np.tile(self.last - self.first, len(numbers)).tolist()
        for number, size, (a, b, c, d, e, f) in zip(row, sizes, edges, strict=True):
            text = self.texts[number]
            if size >= QUOTED:
                yield f"“{text[a:b]}”, “{text[c:d]}”, “{text[e:f]}”"
            else:
                yield f"“{text[a:b]}”, “{text[c:d]}”" if size > 1 else f"“{text[a:b]}”"

    def _largest(self, numbers: np.ndarray) -> Iterator[np.ndarray]:
        """The token of each sentence with the largest number, that with the largest one left, and once more."""
        # All rows of numbers one after the other.
        begin = (self.begin + numbers.shape[1] * np.arange(len(numbers))[:, None]).ravel()
        left = numbers.ravel()
        size = np.diff(begin, append=len(left))
        for _ in range(QUOTED):  # which takes a ninth of the time of sorting them all
            at = np.flatnonzero(left == np.repeat(np.maximum.reduceat(left, begin), size))
            first = at.take(np.searchsorted(at, begin))
            left[first] = -np.inf
            yield self.tokens.take(first % numbers.shape[1])
