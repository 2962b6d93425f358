"""Scores of every training article by experts that saw neither its source nor its group.

Human sources are left out whole, because a threshold that holds on the outlets a model was trained on fails on the next
one.  Everything derived from an article stays on its side of the split.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np
from joblib import Parallel, delayed

from detector.corpora import Corpus
from detector.designmatrix import Design
from detector.families import FAMILIES
from detector.fitting import Fitted, Scaling, fit


@dataclass(frozen=True)
class ExpertPlan:
    """An expert to train: its name, the machine families it learns from (None: all), its share of false positives."""

    name: str
    description: str
    families: tuple[str, ...] | None
    share: float


def assign_folds(corpus: Corpus, folds: int) -> np.ndarray:
    """A fold number for each article: whole human sources with all that was made from their articles.

    A group is never split: where one joins articles of several sources (copies found in cleaning, about one human
    article in a thousand), it stays with the source that comes first.  With fewer human sources than folds, groups are
    spread instead.
    """
    humans = Counter(s for s, y in zip(corpus.sources, corpus.labels, strict=True) if y == 0)
    fold_of_source: dict[str, int] = {}
    if len(humans) >= folds:
        load = [0] * folds
        for source, count in sorted(humans.items(), key=lambda item: (-item[1], item[0])):
            fold_of_source[source] = load.index(min(load))
            load[fold_of_source[source]] += count
    fold_of_group: dict[str, int] = {}
    for group, source, label in zip(corpus.groups, corpus.sources, corpus.labels, strict=True):
        if label == 0 and source in fold_of_source:
            fold_of_group.setdefault(group, fold_of_source[source])
    spread = {group: zlib.crc32(str(group).encode()) % folds for group in set(corpus.groups)}
    return np.array([fold_of_group.get(group, spread[group]) for group in corpus.groups])


def source_weights(corpus: Corpus, extra: np.ndarray) -> np.ndarray:
    """Training weights: a source counts as the root of its size, times `extra` for each article."""
    keys = list(zip(corpus.sources, corpus.labels.tolist(), strict=True))
    counts = Counter(keys)
    return np.array([counts[key] ** -0.5 for key in keys]) * extra


def rises() -> np.ndarray:
    """(F,) True for the features of families that may only raise the score."""
    return np.array([family.only_raises for family in FAMILIES for _ in family.names])


@dataclass(frozen=True, eq=False)
class TrainingSet:
    """Measured articles with all that the experts' fits share."""

    rows: Design
    scaling: Scaling
    y: np.ndarray  # (N,) 0 or 1
    families: np.ndarray  # (N,) family of machines, "" for humans
    weight: np.ndarray  # (N,)
    unused: np.ndarray  # (F,) features that get no learned weight
    alpha: float


def fit_expert(plan: ExpertPlan, given: TrainingSet, use: np.ndarray) -> Fitted:
    """Fit one expert on the rows in the mask `use`: its machines against all humans, both classes of equal weight."""
    y = given.y
    mine = use if plan.families is None else use & ((y == 0) | np.isin(given.families, plan.families))
    at = np.flatnonzero(mine)
    balanced = given.weight[at].copy()
    for label in (0, 1):
        balanced[y[at] == label] /= balanced[y[at] == label].sum()
    return fit(given.rows.select(at), given.scaling, y[at], balanced, given.alpha, rises(), given.unused)


def fit_all(
    plans: list[ExpertPlan], given: TrainingSet, folds: np.ndarray, n_jobs: int | None
) -> dict[tuple[str, int], Fitted]:
    """Every expert without each fold, and under fold -1 on everything."""
    tasks = [(plan, fold) for plan in plans for fold in (-1, *sorted(set(folds.tolist())))]
    fitted = Parallel(n_jobs=n_jobs)(delayed(fit_expert)(plan, given, folds != fold) for plan, fold in tasks)
    return {(plan.name, fold): one for (plan, fold), one in zip(tasks, fitted, strict=True)}


def held_out_sums(
    plans: list[ExpertPlan], fitted: dict[tuple[str, int], Fitted], rows: Design, knots: np.ndarray, folds: np.ndarray
) -> np.ndarray:
    """(N, E) uncalibrated sums of each article by the experts fitted without its fold."""
    sums = np.zeros((len(folds), len(plans)))
    for fold in sorted(set(folds.tolist())):
        at = np.flatnonzero(folds == fold)
        mine = rows.select(at)
        for column, plan in enumerate(plans):
            sums[at, column] = fitted[plan.name, fold].sums(mine, knots)
    return sums


def by_source(sources: list[str]) -> dict[str, np.ndarray]:
    """Row numbers of each source."""
    rows: dict[str, list[int]] = defaultdict(list)
    for row, source in enumerate(sources):
        rows[source].append(row)
    return {source: np.array(numbers) for source, numbers in sorted(rows.items())}
