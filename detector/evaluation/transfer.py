"""The transfer matrix: how many machines of one source an expert catches that learned from another source alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from detector.calibration import equal_source_weights
from detector.corpora import Corpus, roles
from detector.crossfit import ExpertPlan, TrainingSet, assign_folds, fit_all, held_out_sums, rises, source_weights
from detector.designmatrix import Design
from detector.evaluation.heldout import FLAG, Measured, sample_rows
from detector.evaluation.metrics import threshold_at
from detector.fitting import Scaling

GROUPS = (
    "detectrl", "dna_detectllm", "gecscore", "llmfake", "sheepdog", "imbd", "hart_humanized", "ai_blogs",
    "auto_newsrooms", "modern2026",
)  # fmt: skip
"""Sources of machine articles that get an expert of their own."""

CAP, FOLDS = 500, 3
"""Articles of a source and class, and folds: an expert is judged on articles whose groups it has not seen."""


def transfer(measured: Measured, alpha: float, n_jobs: int | None, cap: int = CAP) -> dict[str, dict[str, float]]:
    """TPR at 1 % FPR of the expert of each source (outer) on the machines of each (inner).

    Thresholds are set fold by fold on human news sources that the expert has not seen.  The expert of a source is
    judged on its own machines by groups that it has not seen, so the diagonal is no training score.
    """
    part = measured.select(sample_rows(measured.corpus, cap))
    corpus, rows = part.corpus, part.articles
    names = [name for name in GROUPS if ((np.array(corpus.sources) == name) & (corpus.labels == 1)).sum() >= FOLDS]
    folds, outlets = _folds(corpus)
    plans = [ExpertPlan(name, name, (name,), 1.0) for name in names]
    given = _given(corpus, part.stretches, alpha)
    fitted = fit_all(plans, given, folds, n_jobs)
    sums = held_out_sums(plans, fitted, rows, given.scaling.knots, folds)
    news = outlets & (np.array(roles(corpus)) == "news")
    news = news if news.any() else outlets
    caught = np.stack([_caught(sums[:, column], news, corpus, folds) for column in range(len(names))], axis=1)
    source = np.where(corpus.labels == 1, corpus.sources, "")
    return {
        teacher: {name: float(caught[source == name, column].mean()) for name in names}
        for column, teacher in enumerate(names)
    }


def _folds(corpus: Corpus) -> tuple[np.ndarray, np.ndarray]:
    """(N,) folds, and (N,) True for the human articles of sources without machines, each of which lies in one fold.

    The groups of all other sources are spread: an expert whose source lay in one fold could not be tested on it.
    """
    machine = {source for source, label in zip(corpus.sources, corpus.labels, strict=True) if label == 1}
    paired = np.isin(corpus.sources, sorted(machine))
    return assign_folds(replace(corpus, labels=np.where(paired, 1, corpus.labels)), FOLDS), ~paired


def _given(corpus: Corpus, stretches: Design, alpha: float) -> TrainingSet:
    return TrainingSet(
        rows=stretches,
        scaling=Scaling.of(stretches),
        y=corpus.labels.astype(int),
        families=np.where(corpus.labels == 1, corpus.sources, ""),
        weight=source_weights(corpus, np.ones(len(corpus))),
        unused=rises(),  # what only tells how a file was stored has no part in the comparison
        alpha=alpha,
    )


def _caught(sums: np.ndarray, news: np.ndarray, corpus: Corpus, folds: np.ndarray) -> np.ndarray:
    """(N,) True for articles at or above the threshold of their fold."""
    result = np.zeros(len(sums), bool)
    for fold in sorted(set(folds.tolist())):
        mine = folds == fold
        human = np.flatnonzero(mine & news)
        if len(human):
            weight = equal_source_weights([corpus.sources[row] for row in human])
            result[mine] = sums[mine] >= threshold_at(sums[human], weight, FLAG)
    return result
