"""What a frame is held against: the human news of the model that scored it, and how often that model was right."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from detector.report.corpus.columns import Columns
from detector.shipped import model_path

_NAMED = ("model", "model_version", "table")


@dataclass(frozen=True, eq=False)
class Against:
    """Log-odds of human news (H,) with weights that sum to 1, results of the evaluation, the experts' meanings.

    All are empty where the model is not at hand: `missing` says why in one sentence then.
    """

    models: tuple[str, ...]
    log_odds: np.ndarray = field(default_factory=lambda: np.zeros(0))
    weight: np.ndarray = field(default_factory=lambda: np.zeros(0))
    evaluation: Mapping[str, Any] = field(default_factory=dict)
    experts: Mapping[str, str] = field(default_factory=dict)
    missing: str | None = None


def against(columns: Columns, model: str | Path | None) -> Against:
    """What belongs to the model that the frame names, or to a model file that must be the one that scored it.

    Raises `ModelError` for a file that is no model, and `ValueError` where it is another model than the frame's.
    """
    named = _models(columns)
    told = tuple(f"{name} {version}, table {table}" for name, version, table in named)
    if len(named) != 1:
        return Against(told, missing=f"the rows come from {len(named):,} models")
    path = _path(named[0][0], model)
    if path is None:
        return Against(told, missing=f"the model {named[0][0]} is not shipped: give its file")
    from detector.model import load

    loaded = load(path).model_
    if (loaded.about["version"], loaded.reference.table_id) != named[0][1:]:
        if model is not None:
            raise ValueError(f"{model} has the table {loaded.reference.table_id}; the frame was scored with {told[0]}")
        return Against(
            told, missing=f"the shipped model has the table {loaded.reference.table_id}, not that of the frame"
        )
    return _of(told, path, loaded)


def _of(told: tuple[str, ...], path: Path, loaded: Any) -> Against:
    evaluation = path.with_suffix(".evaluation.json")
    measured = json.loads(evaluation.read_text(encoding="utf-8")) if evaluation.is_file() else {}
    missing = None if measured else "no results of an evaluation lie beside the model file"
    bands = loaded.reference.bands
    if len(bands) != 1 or "calibration" in loaded.about:
        # A table of own articles goes on, above the highest, with entries that are no articles.
        return Against(told, evaluation=measured, experts=loaded.about["experts"], missing=missing)
    weight = -np.diff(np.append(bands[0].upper_share, 0.0))
    return Against(told, bands[0].log_odds, weight / weight.sum(), measured, loaded.about["experts"], missing)


def _path(name: str, model: str | Path | None) -> Path | None:
    if model is not None and (isinstance(model, Path) or model.endswith(".npz") or Path(model).name != model):
        return Path(model)
    try:
        return model_path(name if model is None else str(model))
    except ValueError:
        if model is not None:
            raise
        return None


def _models(columns: Columns) -> list[tuple[str, ...]]:
    """Every model, version and table that scored a row; a row with an error names none."""
    parts = zip(*(columns.words(name) for name in _NAMED))
    return sorted({tuple(part) for part in parts if None not in part})
