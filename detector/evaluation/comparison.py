"""Ours beside the baseline, on the same holdouts and the same test articles, with paired intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from detector.corpora import Corpus
from detector.evaluation.baseline import scores
from detector.evaluation.heldout import Scored
from detector.evaluation.holdouts import HUMAN_NEWS, PAIRED
from detector.evaluation.metrics import paired_difference
from detector.evaluation.records import Records
from detector.evaluation.tables import RATES, auroc, machine_rows, paired, tprs


def needed(scored: Sequence[Scored]) -> list[Scored]:
    """The holdouts that the macro average and its thresholds need: paired corpora and human news sources."""
    wanted = {*PAIRED, *HUMAN_NEWS}
    return [one for one in scored if one.holdout.about == "source" and set(one.corpus.sources) <= wanted]


def compare(corpus: Corpus, usable: np.ndarray, scored: Sequence[Scored], n_jobs: int | None) -> dict[str, Any]:
    """Train the baseline without each holdout, on the `usable` (N,) articles, and compare macro TPR.

    Both detectors are tested on the same articles; the baseline's threshold lies on its decision values.
    """
    chosen = needed(scored)
    splits = [(np.flatnonzero(one.holdout.training_rows(corpus) & usable), one.rows) for one in chosen]
    if not splits:
        return {}
    values = np.concatenate(scores(corpus, splits, n_jobs))
    ours = Records.of(chosen)
    theirs = replace(ours, log_odds=values, margin=values, abstained=np.zeros(len(values), bool))
    trials = [dict(paired(records)) for records in (ours, theirs)]
    rows = {
        name: {"auroc": auroc(theirs, machine_rows(theirs, name), name), "tpr": tprs(one)}
        for name, one in trials[1].items()
    }
    macro = {
        str(rate): vars(paired_difference(list(trials[0].values()), list(trials[1].values()), rate)) for rate in RATES
    }
    return {"training_articles": int(usable.sum()), "corpora": rows, "macro": macro if rows else {}}
