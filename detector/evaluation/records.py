"""The scores of all holdouts as flat columns, from which the tables are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from detector.corpora import families
from detector.evaluation.heldout import FLAG, Scored
from detector.evaluation.holdouts import NEWS
from detector.reference import wilson

LENGTHS = (40, 80, 150, 300, 600)
"""Words at which the length bands of the tables begin."""

LONG = 80
"""Words from which abstentions are counted a second time: shorter texts are bound to have more."""

FEWEST = 50
"""Human articles of a source that has a weight of its own at a threshold; smaller ones share one."""


@dataclass(frozen=True, eq=False)
class Records:
    """Columns of one entry for each tested article; `family` is that of the machine, `lead` the leading expert."""

    holdout: np.ndarray
    about: np.ndarray
    source: np.ndarray
    label: np.ndarray
    family: np.ndarray
    generator: np.ndarray
    attack: np.ndarray
    kind: np.ndarray
    group: np.ndarray
    words: np.ndarray
    log_odds: np.ndarray
    p_value: np.ndarray
    margin: np.ndarray
    lead: np.ndarray
    abstained: np.ndarray

    def __len__(self) -> int:
        """Count the articles."""
        return len(self.label)

    @classmethod
    def of(cls, scored: Sequence[Scored]) -> Records:
        """The articles of several holdouts, one after the other."""
        parts = [_columns(one) for one in scored]
        return cls(**{f.name: np.concatenate([part[f.name] for part in parts]) for f in fields(cls)})

    def where(self, rows: np.ndarray) -> Records:
        """The articles of a mask or of row numbers."""
        return Records(**{f.name: getattr(self, f.name)[rows] for f in fields(self)})

    def flagged(self, rate: float = FLAG) -> np.ndarray:
        """(N,) True where the p-value is at most `rate`; never for an abstention, whose p-value is NaN."""
        return self.p_value <= rate

    @property
    def length(self) -> np.ndarray:
        """(N,) the length band of each article, as text."""
        names = np.array([length_name(n) for n in range(-1, len(LENGTHS))])
        return names[np.searchsorted(LENGTHS, self.words, "right")]

    @property
    def weight_source(self) -> np.ndarray:
        """(N,) the source under whose name an article is weighed: that of small ones is "small"."""
        names, inverse, counts = np.unique(self.source, return_inverse=True, return_counts=True)
        return np.where(counts >= FEWEST, names, "small")[inverse] if len(names) else self.source

    def news(self) -> Records:
        """The human articles of news sources that were held out as sources."""
        return self.where(np.isin(self.source, NEWS) & (self.label == 0) & (self.about == "source"))


def length_name(band: int) -> str:
    """The name of a length band of the tables.

    >>> [length_name(band) for band in (-1, 0, 4)]
    ['under 40', '40-80', 'from 600']
    """
    if band < 0:
        return f"under {LENGTHS[0]}"
    return f"{LENGTHS[band]}-{LENGTHS[band + 1]}" if band + 1 < len(LENGTHS) else f"from {LENGTHS[band]}"


def _columns(one: Scored) -> dict[str, np.ndarray]:
    size, corpus = len(one.rows), one.corpus
    texts = {
        "source": corpus.sources,
        "family": families(corpus),
        "generator": corpus.generators,
        "attack": corpus.attacks,
        "kind": corpus.kinds,
        "group": corpus.groups,
        "holdout": [one.holdout.name] * size,
        "about": [one.holdout.about] * size,
        "lead": [one.model.panel.names[number] for number in one.lead],
    }
    numbers = {name: getattr(one, name) for name in ("words", "log_odds", "p_value", "margin", "abstained")}
    return {name: np.array(values, dtype=str) for name, values in texts.items()} | numbers | {
        "label": corpus.labels.astype(int)
    }  # fmt: skip


def rates(records: Records, rate: float = FLAG) -> dict[str, Any] | None:
    """How many of the articles are flagged at a rate, with a Wilson interval, and how many get no verdict."""
    n = len(records)
    if not n:
        return None
    hits, long = int(records.flagged(rate).sum()), records.words >= LONG
    return {
        "n": n,
        "flagged": hits / n,
        "interval": list(wilson(hits, n)),
        "abstained": float(records.abstained.mean()),
        "abstained_long": float(records.abstained[long].mean()) if long.any() else 0.0,
    }
