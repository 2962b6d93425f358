"""Every large human source as a newsroom that calibrates on its own articles, with a model that never saw it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from detector.evaluation.heldout import Scored
from detector.evaluation.own_newsroom import coverage

SMALLEST = 300
"""Articles that a source must have: 200 calibrate, the rest is judged."""


def own_newsrooms(scored: Sequence[Scored]) -> dict[str, Any]:
    """`coverage` of each human source of SMALLEST articles or more, of those that get a verdict."""
    result = {}
    for one in scored:
        if one.holdout.about != "source":
            continue
        source = np.array(one.corpus.sources)
        for name in sorted(set(one.corpus.sources)):
            mine = (source == name) & (one.corpus.labels == 0) & ~one.abstained
            if mine.sum() >= SMALLEST:
                result[name] = coverage(one.model.reference, one.log_odds[mine], one.words[mine])
    return result
