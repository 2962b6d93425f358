"""FAMILIES, the ordered tuple of feature families, and the matrix that they give for a batch."""

from __future__ import annotations

from functools import cache

import numpy as np

from detector.batchtext import Batch
from detector.families import consistency, praise, repetition, rhythm, sourcing, stock, typography, words
from detector.families.measure import Family, FeatureFunction, Measured, unmeasured

FAMILIES: tuple[Family, ...] = (
    rhythm.FAMILY,
    words.FAMILY,
    stock.FAMILY,
    praise.FAMILY,
    sourcing.FAMILY,
    repetition.FAMILY,
    typography.FAMILY,
    consistency.FAMILY,
)

FEATURE_NAMES: tuple[str, ...] = tuple(name for family in FAMILIES for name in family.names)


def measure(batch: Batch, without: frozenset[str] = frozenset()) -> list[Measured]:
    """What every feature function finds in a batch, in the order of FAMILIES; those named in `without` nothing."""
    return [
        unmeasured(batch, len(family.names_of(function))) if function.__name__ in without else batch.keep(function)
        for family in FAMILIES
        for function in family.features
    ]


def matrix(found: list[Measured]) -> np.ndarray:
    """The values side by side: (articles, len(FEATURE_NAMES)), float64."""
    columns = [one.value if one.value.ndim > 1 else one.value[:, None] for one in found]
    return np.concatenate(columns, axis=1, dtype=np.float64)


@cache
def describe(function: FeatureFunction) -> str:
    """The one-sentence description of a feature: the first line of its docstring, without the full stop."""
    return (function.__doc__ or "").strip().splitlines()[0].rstrip(".")


@cache
def features() -> tuple[tuple[Family, FeatureFunction, str], ...]:
    """Family, function and name of every column of the matrix."""
    return tuple(
        (family, function, name)
        for family in FAMILIES
        for function in family.features
        for name in family.names_of(function)
    )


__all__ = ["FAMILIES", "FEATURE_NAMES", "describe", "features", "matrix", "measure"]
