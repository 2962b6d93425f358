"""What a model says of itself: origin, machines, human table, thresholds, and how its numbers are to be read."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from detector.modelfile import Model
from detector.reference import BANDS, TIERS, Band, wilson
from detector.verdict import logistic

MEANINGS = {
    "score": "the probability of machine origin if half of all articles were machine-made: no share of your articles",
    "p_value": "the share of human news of this length that scores at least as high, judged by models that had not "
    "seen its source: how often a human writer would be flagged in error",
}

LIMITS = (
    "No proof: a flagged article may be human, and a passed one may not be.",
    f"No verdict below {BANDS[0]} words, or where a text is not English prose.",
    "Op-eds and press releases are flagged more often than news; non-native and translated English is not measured.",
    "Machines that are not among those named above are missed more often, above all newer ones.",
    "Calibrated on English news: essays, fiction, blogs and talk are something else.",
)


def describe(model: Model) -> dict[str, Any]:
    """The header of a model with its thresholds, as plain dictionaries, lists, strings and numbers."""
    about = model.about
    return {
        "model": about["name"],
        "model_version": about["version"],
        "date": about.get("date"),
        "languages": about["languages"],
        "table_id": model.reference.table_id,
        "meanings": MEANINGS,
        "experts": about["experts"],
        "generators": about.get("generators", []),
        "corpora": about["corpora"],
        "priors": about["priors"],
        "training_digest": about["training_digest"],
        "libraries": about["libraries"],
        "thresholds": [_band(model, number) for number in range(len(BANDS))],
        "limits": list(LIMITS),
    }


def _band(model: Model, number: int) -> dict[str, Any]:
    """One length band: its words, its number of human articles, and one threshold for each tier."""
    band = model.reference.shifted[number]
    return {
        "words_from": BANDS[number],
        "words_to": BANDS[number + 1] - 1 if number + 1 < len(BANDS) else None,
        "human_articles": len(band),
        "at": [_threshold(band, tier, max_fpr) for tier, max_fpr in reversed(TIERS)],
    }


def _threshold(band: Band, tier: str, max_fpr: float) -> dict[str, Any]:
    """Log-odds and score from which `max_fpr` is kept, and what share of the table lies above, with its interval.

    All are None where the number of human articles cannot support that rate.
    """
    threshold = band.threshold(max_fpr)
    if math.isinf(threshold):
        return {"tier": tier, "max_fpr": max_fpr, "log_odds": None, "score": None, "flagged": None, "interval": None}
    hits = int((band.log_odds >= threshold).sum())
    return {
        "tier": tier,
        "max_fpr": max_fpr,
        "log_odds": threshold,
        "score": float(logistic(np.array(threshold))),
        "flagged": hits / len(band),
        "interval": list(wilson(hits, len(band))),
    }
