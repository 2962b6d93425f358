"""Scored frames for the tests, as `score_frame` gives them: all numbers are invented, and so are the outlets.

`columns` draws them at random, a share `machine` of the articles with low p-values; `scored` takes them from a real
detector and the invented articles.
"""

import math

import numpy as np
from invented import PLAIN, PUFFED, article

from detector.batch.rows import columns as scores
from detector.model import load
from detector.reference import TIERS

FAMILIES = ("rhythm", "words", "stock", "praise", "sourcing", "repetition", "typography")
CHECKS = (("calendar", "weekdays", 0.002), ("typography", "spaced_marks", 0.01), ("names", "spellings", 0.03))
OUTLETS = ("Ostermere Bugle", "Low Candle Post", "Tern Hollow Times", "Vane Dispatch", "Brackwater <b>Echo</b>")


def columns(size=400, machine=0.2, seed=0, outlets=OUTLETS):
    """Columns by name; of every 20 articles one has no verdict, of every 40 one could not be read."""
    rng = np.random.default_rng(seed)
    made = rng.random(size) < machine
    p_value = np.where(made, rng.beta(0.2, 6, size), rng.random(size)).clip(1 / 20_000, 1)
    log_odds = -2 + np.log((1 - p_value + 1e-5) / (p_value + 1e-5))
    rows = np.arange(size)
    failed, untold = rows % 40 == 39, rows % 20 == 9
    known = ~failed & ~untold
    numbers = {f"contribution_{name}": rng.normal(made * (0.2 + 0.1 * at), 1) for at, name in enumerate(FAMILIES)}
    day = np.datetime64("2026-01-05") + rng.integers(0, 150, size)
    frame = {
        "id": [f"article-{row}" for row in rows],
        "score": 1 / (1 + np.exp(-log_odds)),
        "log_odds": log_odds,
        "p_value": np.where(known, p_value, math.nan),
        "tier": [_tier(p) if told else None for p, told in zip(p_value.tolist(), known.tolist())],
        "abstained": ["too short: 38 words, 80 are needed" if row else None for row in untold.tolist()],
        "flagged": known & (p_value <= 0.01),
        "resembles": [("chat" if row % 3 else "today") if p <= 0.05 and known[row] else None
                      for row, p in enumerate(p_value.tolist())],
        "words": rng.integers(80, 900, size),
        "contribution_intercept": np.full(size, -4.2),
        **numbers,
        "contribution_ngrams": rng.normal(made, 1),
        "findings": [len(_findings(row)) for row in rows.tolist()],
        "findings_list": [_findings(row) for row in rows.tolist()],
        **_model(size),
        "threshold_fpr": np.full(size, 0.01),
        "error": [f"line {row}: broken JSON" if gone else None for row, gone in enumerate(failed.tolist())],
        "outlet": [outlets[int(n)] for n in (rng.random(size) ** 2 * len(outlets)).astype(int)],
        "published": day.astype(str).tolist(),
        "title": [f"Invented headline {row}" for row in rows],
        "url": [f"https://example.org/{row}" for row in rows],
    }  # fmt: skip
    for name in ("score", "log_odds", *(name for name in frame if name.startswith("contribution_"))):
        frame[name] = np.where(failed, math.nan, frame[name])
    return {name: _plain(values) for name, values in frame.items()}


def _plain(values):
    """A list with None for NaN."""
    values = values.tolist() if isinstance(values, np.ndarray) else values
    return [None if isinstance(value, float) and math.isnan(value) else value for value in values]


def _tier(p_value):
    return next((name for name, most in TIERS if p_value <= most), "none")


def _findings(row):
    found = [one for at, one in enumerate(CHECKS) if row % (7 + 10 * at) == 3]
    return [{"kind": kind, "check": check, "message": f"Invented: {check}", "spans": [[0, 4]], "base_rate": rate}
            for kind, check, rate in found]  # fmt: skip


def _model(size):
    given = load().model_
    named = {"model": given.about["name"], "model_version": given.about["version"], "table": given.reference.table_id}
    return {name: [value] * size for name, value in named.items()}


def scored(detector, size=60):
    """The columns of a detector for invented articles of two styles, with text, outlet and date."""
    texts = [article(seed, PUFFED if seed % 3 == 0 else PLAIN, 16) for seed in range(size)]
    return {
        "id": [f"invented-{seed}" for seed in range(size)],
        **scores(detector, texts),
        "error": [None] * size,
        "outlet": [OUTLETS[seed % 4] for seed in range(size)],
        "published": [f"2026-0{1 + seed % 6}-11" for seed in range(size)],
        "text": texts,
    }
