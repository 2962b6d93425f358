"""Window scores inside articles spliced from a human and a machine text of one group, by models that saw neither."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from detector.evaluation.heldout import Scored
from detector.evaluation.holdouts import PAIRED
from detector.evaluation.splices import spliced, window_auroc

MOST, FEWEST = 100, 20
"""Spliced articles of a corpus: at most, and as many as it must give to have a row."""


def mixed_texts(scored: Sequence[Scored]) -> dict[str, Any]:
    """`window_auroc` of each paired corpus whose groups have texts of both classes."""
    result: dict[str, Any] = {}
    for one in scored:
        for name in sorted(set(one.corpus.sources) & set(PAIRED)) if one.holdout.about == "source" else ():
            rows = np.flatnonzero(np.array(one.corpus.sources) == name)
            splices = spliced(one.corpus, rows, seed=0)
            if len(splices) >= FEWEST:
                chosen = np.random.default_rng(0).permutation(len(splices))[:MOST]
                result[name] = window_auroc(one.model, [splices[number] for number in np.sort(chosen)])
    return result
