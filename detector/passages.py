"""Passages: every range that a feature counted in the articles of a batch, with its share in the log-odds.

An article has over a thousand, so they are arrays until they are in order; one object a passage is made at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from detector.additive import Evidences
from detector.families import FAMILIES, describe
from detector.families.measure import FeatureFunction, Measured, spans_of
from detector.findings import prior_note
from detector.modelfile import Model
from detector.report import Evidence
from detector.verdict import Judged


class Passages(NamedTuple):
    """Arrays over passages: article, start and end in its text, share in its log-odds, number of the label.

    `said` gives the message of each and its base rate, None for whole sentences.
    """

    row: np.ndarray
    start: np.ndarray
    end: np.ndarray
    part: np.ndarray
    label: np.ndarray
    said: Sequence[tuple[str, float | None]]


class Counted(NamedTuple):
    """A feature function, the name of its family, its first column in the matrix and the number of its columns."""

    function: FeatureFunction
    family: str
    column: int
    width: int


@cache
def counted() -> tuple[Counted, ...]:
    """Every feature function, in the order in which they are measured."""
    found, at = [], 0
    for family in FAMILIES:
        for function in family.features:
            width = len(family.names_of(function))
            found.append(Counted(function, family.name, at, width))
            at += width
    return tuple(found)


TABLES = tuple(family.name for family in FAMILIES if family.tables)
"""Families with tables of features: what those give is told by the sentence, as what the n-grams give is."""


@cache
def labels() -> tuple[tuple[str, str], ...]:
    """Feature and family that a passage may be shown under: those of every function, of TABLES and of the n-grams."""
    functions = ((one.function.__name__, one.family) for one in counted())
    return (*functions, *((f"{name}_tables", name) for name in TABLES), ("wording", "n-grams"))


@cache
def _alphabetical() -> np.ndarray:
    """The place of each label where they are sorted by feature."""
    return np.argsort(np.argsort([feature for feature, _ in labels()], kind="stable"))


def in_order(parts: Sequence[Passages], texts: list[str]) -> list[list[Evidence]]:
    """The passages of each text, those first that speak most for a machine."""
    joined = [np.concatenate([one[field] for one in parts]) for field in range(5)]
    row, start, _, part, label = joined
    said = [one for some in parts for one in some.said]
    order = np.lexsort((_alphabetical().take(label), start, -part, row))
    found: list[list[Evidence]] = [[] for _ in texts]
    named = labels()
    told = zip(order.tolist(), *(numbers.take(order).tolist() for numbers in joined), strict=True)
    for at, number, begin, end, contribution, name in told:
        message, rate = said[at]
        passage = texts[number][begin:end]
        found[number].append(Evidence(*named[name], message, begin, end, passage, contribution, rate))
    return found


def ranges(model: Model, evidences: Evidences, judged: Judged, size: int) -> Passages:
    """The passages of the first `size` articles that features of one column counted."""
    found = [(number, one) for number, one in enumerate(evidences.found) if len(one.first) and one.column is None]
    found.sort(key=lambda pair: pair[1].raw)  # ranges of tokens, then those of code points
    some = [one for _, one in found]
    label = np.repeat(np.array([number for number, _ in found], np.int64), [len(one.first) for one in some])
    row, start, end = _spans(evidences, some)
    weight = np.abs(np.concatenate([np.zeros(0), *(one.weight for one in some)]))
    mine = np.flatnonzero(row < size)
    row, start, end, label, weight = (numbers.take(mine) for numbers in (row, start, end, label, weight))
    columns = np.array([one.column for one in counted()])
    group = row * len(columns) + label
    part = judged.by_feature[row, columns.take(label)] * _shares(weight, group)
    told = {one: _told(model, evidences, *divmod(one, len(columns))) for one in np.flatnonzero(np.bincount(group)).tolist()}
    said = [told[one] for one in group.tolist()]
    notes = _notes(some)
    if notes:
        said = [(notes.get(at, message), rate) for at, (message, rate) in zip(mine.tolist(), said, strict=True)]
    return Passages(row, start, end, part, label, said)


def _spans(evidences: Evidences, found: list[Measured]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Article, start and end of all ranges."""
    none = np.zeros(0, np.int64)
    sides = [(none, none, none)]
    for raw in (False, True):
        some = [one for one in found if one.raw is raw]
        first, last = (np.concatenate([none, *(getattr(one, side) for one in some)]) for side in ("first", "last"))
        sides.append(spans_of(evidences.batch, Measured(none, first, last, none, raw=raw)))
    row, start, end = (np.concatenate(one) for one in zip(*sides, strict=True))
    return row, start, end


def _notes(found: Iterable[Measured]) -> dict[int, str]:
    """What is said of single ranges, by their number among all."""
    notes: dict[int, str] = {}
    at = 0
    for one in found:
        notes |= {at + number: note for number, note in one.notes.items()}
        at += len(one.first)
    return notes


def _shares(weight: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Each passage's share in its group; equal shares where none of them weighs anything."""
    count, total = np.bincount(group), np.bincount(group, weight)
    # Sums of whole numbers are exact; others are made by `sum`, which rounds less than `bincount` does.
    broken = np.flatnonzero(np.bincount(group, weight % 1))
    if len(broken):
        order, end = np.argsort(group, kind="stable"), np.cumsum(count)
        total[broken] = [weight[order[end[one] - count[one] : end[one]]].sum() for one in broken.tolist()]
    weighed = total > 0
    return np.where(weighed.take(group), weight, 1.0) / np.where(weighed, total, count).take(group)


def _told(model: Model, evidences: Evidences, row: int, number: int) -> tuple[str, float]:
    """What is said of a feature's passages in an article, and their base rate.

    Its description; with value and human median where most people write some of it, and with its prior.
    """
    function, _, column, _ = counted()[number]
    value, median = float(evidences.values[row, column]), model.human.median(column)
    message = describe(function)
    if median > 0:
        message += f": {value:.3g} here, {median:.3g} in the median human article"
    return message + prior_note(model, function.__name__), model.human.base_rate(column, value)
