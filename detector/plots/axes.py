"""What all pictures share: axes to draw on, the colours of the two classes, labels as an array."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from detector.batch.extras import require

HUMAN, MACHINE = "#2b6c9e", "#b85c00"
"""Colours that differ in brightness as well, for the colour-blind and for print."""


def axes(ax: Any) -> Any:
    """The axes given, or those of a new figure; `MissingExtraError` where matplotlib is absent."""
    require("plots", "pictures")
    from matplotlib import pyplot

    return pyplot.subplots()[1] if ax is None else ax


def labels(y: Iterable[int], size: int, what: str) -> np.ndarray:
    """(N,) labels 0 and 1, one for each of `what`; `ValueError` for other labels, another number, one class alone."""
    found = np.asarray(list(y))
    if len(found) != size:
        raise ValueError(f"there are {len(found):,} labels for {size:,} {what}")
    if set(found.tolist()) != {0, 1}:
        raise ValueError("a picture needs labels of both classes, 0 for human and 1 for machine, and no others")
    return found.astype(int)


def source_weights(y: np.ndarray, sources: Sequence[str] | None) -> np.ndarray:
    """(N,) weights that give both classes half, and inside a class every source the same; all alike without sources."""
    from detector.evaluation.metrics import balanced_weights

    if sources is not None and len(sources) != len(y):
        raise ValueError(f"there are {len(sources):,} sources for {len(y):,} articles")
    return balanced_weights(y, [""] * len(y) if sources is None else list(sources))
