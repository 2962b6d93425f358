"""Train without a holdout and score its articles: every table is made from these scores, and from nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from detector.additive import Evidences, Expert, Panel
from detector.corpora import Corpus
from detector.designmatrix import CHUNK, Design, channel_columns, design, draws
from detector.evaluation.holdouts import MODERN, Holdout
from detector.families.ngrams import BITS
from detector.modelfile import Model
from detector.reference import Reference
from detector.training import train_measured
from detector.verdict import judge

FLAG = 0.01
"""The false-positive rate of the shipped threshold: articles are flagged at p-values up to it."""


@dataclass(frozen=True, eq=False)
class Measured:
    """A cleaned corpus with everything that was measured of it, once for all holdouts."""

    corpus: Corpus
    articles: Design
    stretches: Design
    learned: Design

    @classmethod
    def of(cls, corpus: Corpus, n_jobs: int | None, seed: int = 0) -> Measured:
        """Measure a corpus."""
        return cls(corpus, design(corpus.texts, n_jobs), *draws(corpus.texts, seed, n_jobs))

    def select(self, rows: np.ndarray) -> Measured:
        """The articles of these row numbers."""
        parts = (one.select(rows) for one in (self.articles, self.stretches, self.learned))
        return Measured(self.corpus.select(rows), *parts)


@dataclass(frozen=True, eq=False)
class Scored:
    """Articles and what a model says of them that saw neither them nor their groups.

    `rows` are their numbers in the measured corpus; `margin` is the log-odds less the shipped 1 % threshold of the
    article's length; an abstention has the p-value NaN and the margin -inf, as it can never be flagged.
    """

    holdout: Holdout
    capped: bool
    rows: np.ndarray
    corpus: Corpus
    log_odds: np.ndarray
    p_value: np.ndarray
    margin: np.ndarray
    lead: np.ndarray
    abstained: np.ndarray
    words: np.ndarray
    model: Model

    def select(self, rows: np.ndarray) -> Scored:
        """The articles of these row numbers."""
        names = ("rows", "log_odds", "p_value", "margin", "lead", "abstained", "words")
        return replace(self, corpus=self.corpus.select(rows), **{name: getattr(self, name)[rows] for name in names})


def hold_out(measured: Measured, holdout: Holdout, parameters: Mapping[str, Any], capped: bool = False) -> Scored:
    """Train without a holdout and its groups, the whole procedure anew, and score what was held out."""
    train = measured.select(np.flatnonzero(holdout.training_rows(measured.corpus)))
    model = train_measured(train.corpus, train.stretches, train.learned, train.articles, parameters)
    rows = np.flatnonzero(holdout.rows(measured.corpus))
    test = measured.articles.select(rows)
    sums, words, abstained = panel_sums(model.panel, test), test.words, test.abstained
    log_odds = sums.max(axis=1)
    return Scored(
        holdout=holdout,
        capped=capped,
        rows=rows,
        corpus=measured.corpus.select(rows),
        log_odds=log_odds,
        p_value=np.where(abstained, np.nan, model.reference.p_value(log_odds, words)),
        margin=margins(model.reference, log_odds, words, abstained),
        lead=sums.argmax(axis=1),
        abstained=abstained,
        words=words,
        model=model,
    )


def margins(reference: Reference, log_odds: np.ndarray, words: np.ndarray, abstained: np.ndarray) -> np.ndarray:
    """(N,) log-odds less the 1 % threshold for its length; -inf where there is no verdict."""
    limits = np.array([band.threshold(FLAG) for band in reference.shifted] + [np.inf])
    limit = limits[reference.band_of(words)]  # -1 below the first band, which is the infinite one
    usable = np.isfinite(limit) & ~abstained
    return np.where(usable, log_odds - np.where(usable, limit, 0.0), -np.inf)


def score_texts(model: Model, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """(N,) p-values, NaN where the model abstains, and (N,) margins of texts."""
    p_values, margin = [np.zeros(0)], [np.zeros(0)]
    for at in range(0, len(texts), CHUNK):
        evidences = Evidences.from_texts(list(texts[at : at + CHUNK]))
        judged = judge(model, evidences)
        p_values.append(judged.p_values)
        abstained = np.array([reason is not None for reason in judged.reasons])
        margin.append(margins(model.reference, judged.log_odds, evidences.batch.words, abstained))
    return np.concatenate(p_values), np.concatenate(margin)


def panel_sums(panel: Panel, rows: Design) -> np.ndarray:
    """(N, E) log-odds from measured articles: what `Panel.sums` gives for their texts."""
    none = np.zeros(len(rows.words))
    ngrams = [sum(channel_sums(expert, rows).values(), none) for expert in panel.experts]
    return panel.combine(rows.values, np.stack(ngrams, axis=1))


def channel_sums(expert: Expert, rows: Design) -> dict[str, np.ndarray]:
    """The log-odds (N,) that each channel of n-grams gives to measured articles."""
    sums = {}
    for channel in BITS:
        shares = rows.ngrams[:, channel_columns(channel)]
        present = np.asarray(shares.sum(axis=1)).ravel() > 0
        sums[channel] = expert.channel_contribution(channel, shares @ expert.tables[channel].astype(float), present)
    return sums


def sample_rows(corpus: Corpus, most: int, seed: int = 0) -> np.ndarray:
    """Row numbers of at most `most` random articles of each source and class; of modern2026 all, for it is small."""
    keys = np.array([f"{s}\t{y}" for s, y in zip(corpus.sources, corpus.labels.tolist(), strict=True)])
    rng = np.random.default_rng(seed)
    rows = [np.zeros(0, int)]
    for key in sorted(set(keys.tolist())):
        mine = rng.permutation(np.flatnonzero(keys == key))
        rows.append(mine if key.startswith(MODERN) else mine[:most])
    return np.sort(np.concatenate(rows))


def sample(corpus: Corpus, most: int, seed: int = 0) -> Corpus:
    """The articles of `sample_rows`."""
    return corpus.select(sample_rows(corpus, most, seed))
