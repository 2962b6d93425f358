"""Passages: every range that a feature counted in the articles of a batch, with its share in the log-odds.

An article has over a thousand, so they are arrays over all articles of the batch, and never one object each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from detector.additive import Evidences
from detector.families import FAMILIES, describe
from detector.families.measure import FeatureFunction, Measured, spans_of
from detector.findings import prior_note
from detector.modelfile import Model
from detector.report.evidence import Passages, Told
from detector.verdict import Judged


class Places(NamedTuple):
    """Arrays over passages: article, start and end in its text, share in its log-odds, number in `told`."""

    row: np.ndarray
    start: np.ndarray
    end: np.ndarray
    part: np.ndarray
    number: np.ndarray
    told: list[Told]


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


def by_article(some: Sequence[Places], texts: list[str]) -> list[Passages]:
    """The passages of each text."""
    before = np.cumsum([0, *(len(one.told) for one in some)]).tolist()
    told = [one for places in some for one in places.told]
    number = np.concatenate([one.number + count for one, count in zip(some, before[:-1], strict=True)])
    row, start, end, part = (np.concatenate([one[field] for one in some]) for field in range(4))
    order = np.argsort(row, kind="stable")
    bounds = np.searchsorted(row.take(order), np.arange(len(texts) + 1)).tolist()
    found = []
    for text, (first, last) in zip(texts, pairwise(bounds), strict=True):
        mine = order[first:last]
        used, which = np.unique(number.take(mine), return_inverse=True)
        mine_told = [told[at] for at in used.tolist()]
        found.append(Passages(text, start.take(mine), end.take(mine), part.take(mine), which, mine_told))
    return found


def ranges(model: Model, evidences: Evidences, judged: Judged, size: int) -> Places:
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
    shown = np.bincount(group) > 0
    number = (np.cumsum(shown) - 1).take(group)
    told = [_told(model, evidences, *divmod(one, len(columns))) for one in np.flatnonzero(shown).tolist()]
    for at, note in _notes(some, mine).items():
        told.append(told[number[at]]._replace(message=note))
        number[at] = len(told) - 1
    return Places(row, start, end, part, number, told)


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


def _notes(found: Iterable[Measured], mine: np.ndarray) -> dict[int, str]:
    """What is said of single ranges, by their number among those of all ranges that are `mine`."""
    notes: dict[int, str] = {}
    before = 0
    for one in found:
        notes |= {before + number: note for number, note in one.notes.items()}
        before += len(one.first)
    kept = np.flatnonzero(np.isin(mine, list(notes))).tolist() if notes else []
    return {at: notes[int(mine[at])] for at in kept}


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


def _told(model: Model, evidences: Evidences, row: int, number: int) -> Told:
    """What is said of a feature's passages in an article, and their base rate.

    Its description; with value and human median where most people write some of it, and with its prior.
    """
    function, family, column, _ = counted()[number]
    value, median = float(evidences.values[row, column]), model.human.median(column)
    message = describe(function)
    if median > 0:
        message += f": {value:.3g} here, {median:.3g} in the median human article"
    name = function.__name__
    return Told(name, family, message + prior_note(model, name), model.human.base_rate(column, value))
