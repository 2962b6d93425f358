"""What evaders' edits do to held-out articles: TPR lost on machine ones, false positives gained on human ones."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from joblib import Parallel, delayed

from detector.attacks import ATTACKS, attack
from detector.calibration import equal_source_weights
from detector.evaluation.heldout import FLAG, Scored, score_texts
from detector.evaluation.holdouts import NEWS, PAIRED
from detector.evaluation.metrics import threshold_at
from detector.evaluation.records import Records
from detector.evaluation.tables import machine_rows, trial

SAMPLE = 60
"""Articles of each source and class that are edited."""


def edits(scored: Sequence[Scored], records: Records, most: int, n_jobs: int | None) -> dict[str, Any]:
    """For each edit the mean over sources of shares before and after it; machine sources are the paired corpora."""
    tasks = [task for one in scored for task in _samples(one, records, most)]
    rows = Parallel(n_jobs=n_jobs)(delayed(_edited)(*task) for task in tasks)
    machine, human = ([row for row in rows if row["machine"] == side] for side in (True, False))
    return {
        name: {
            "kind": one.kind,
            "machine": _mean(machine, name, "flagged") | _mean(machine, name, "tpr"),
            "human": _mean(human, name, "flagged"),
            "corpora": {row["source"]: row[name]["tpr"] - row["none"]["tpr"] for row in machine},
        }
        for name, one in ATTACKS.items()
    } | {"sample": {"most": most, "machine": sum(r["n"] for r in machine), "human": sum(r["n"] for r in human)}}


def _samples(one: Scored, records: Records, most: int) -> list[tuple[Any, ...]]:
    """What there is to edit in a holdout: (source, is it machine, texts, model, threshold on the margin at 1 %)."""
    if one.holdout.about != "source":
        return []
    tasks: list[tuple[Any, ...]] = []
    source, label = np.array(one.corpus.sources), one.corpus.labels
    for name in sorted(set(one.corpus.sources)):
        limit = _limit(records, name) if name in PAIRED else np.inf
        for side, wanted in ((1, name in PAIRED), (0, name in PAIRED or name in NEWS)):
            rows = np.flatnonzero((source == name) & (label == side))
            if wanted and len(rows):
                rng = np.random.default_rng(zlib.crc32(f"{name}/{side}".encode()))
                texts = [one.corpus.texts[row] for row in np.sort(rng.permutation(rows)[:most])]
                tasks.append((name, side == 1, texts, one.model, limit))
    return tasks


def _limit(records: Records, source: str) -> float:
    one = trial(records, machine_rows(records, source), source)
    return threshold_at(one.human, equal_source_weights(list(one.human_source)), FLAG) if one else np.inf


def _edited(source: str, machine: bool, texts: list[str], model: Any, limit: float) -> dict[str, Any]:
    """Shares of a sample under each edit, and under the name none without one."""
    row: dict[str, Any] = {"source": source, "machine": machine, "n": len(texts)}
    for name in ("none", *ATTACKS):
        p_values, margin = score_texts(model, texts if name == "none" else attack(texts, name))
        row[name] = {
            "flagged": float((p_values <= FLAG).mean()),
            "tpr": float((margin >= limit).mean()),
        }
    return row


def _mean(rows: list[dict[str, Any]], name: str, what: str) -> dict[str, float]:
    """The unweighted means over sources before and after an edit."""
    if not rows:
        return {}
    before, after = (float(np.mean([row[edit][what] for row in rows])) for edit in ("none", name))
    return {f"{what}_before": before, f"{what}_after": after}
