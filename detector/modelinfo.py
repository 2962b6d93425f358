"""What a model says of itself: origin, machines, human table, thresholds, and how its numbers are to be read."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from detector.modelfile import Model
from detector.recalibration import own_articles
from detector.reference import SHORTEST, TIERS, Band, wilson
from detector.verdict import logistic

MEANINGS = {
    "score": "the probability of machine origin if half of all articles were machine-made: no share of your articles",
    "p_value": "the share of human news that scores at least as high, judged by models that had not "
    "seen its source: how often a human writer would be flagged in error",
}

OWN_P_VALUE = (
    "the share of human articles like your own that score at least as high, by the articles that you calibrated on: "
    "how often your own writers would be flagged in error; below what these articles can tell it is an estimate"
)

LIMITS = (
    "No proof: a flagged article may be human, and a passed one may not be.",
    f"No verdict below {SHORTEST} words, or where a text is not English prose.",
    "Pages scraped with their menus are flagged more often than clean news; non-native English is hardly measured.",
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
        "meanings": {**MEANINGS, "p_value": OWN_P_VALUE} if "calibration" in about else MEANINGS,
        "calibration": about.get("calibration"),
        "experts": about["experts"],
        "generators": about.get("generators", []),
        "corpora": about["corpora"],
        "priors": about["priors"],
        "training_digest": about["training_digest"],
        "libraries": about["libraries"],
        "thresholds": [_band(model, number) for number in range(len(model.reference.bands))],
        "limits": list(LIMITS),
    }


def _band(model: Model, number: int) -> dict[str, Any]:
    """One band of the human table: its words, its number of human articles, and one threshold for each tier.

    Of a model that was calibrated on own articles these are counted, and what each rate promises stands elsewhere.
    """
    band, (words_from, words_to) = model.reference.shifted[number], model.reference.ranges()[number]
    own = own_articles(model.about, words_from)
    return {
        "words_from": words_from,
        "words_to": words_to,
        "human_articles": len(band) if own is None else own,
        "at": [_threshold(band, tier, max_fpr, own is None) for tier, max_fpr in reversed(TIERS)],
    }


def _threshold(band: Band, tier: str, max_fpr: float, counted: bool) -> dict[str, Any]:
    """Log-odds and score from which `max_fpr` is kept, and what share of the table lies above, with its interval.

    All are None where the number of human articles cannot support that rate.  Share and interval are None unless the
    band is `counted`, one entry a human article.
    """
    threshold = band.threshold(max_fpr)
    known = not math.isinf(threshold)
    hits = int((band.log_odds >= threshold).sum()) if known and counted else None
    return {
        "tier": tier,
        "max_fpr": max_fpr,
        "log_odds": threshold if known else None,
        "score": float(logistic(np.array(threshold))) if known else None,
        "flagged": None if hits is None else hits / len(band),
        "interval": None if hits is None else list(wilson(hits, len(band))),
    }
