"""Measure what the consistency family adds to a score: TPR at 1 % FPR with it and without, corpus by corpus.

usage: python -m benchmarks.consistency_adds --data FOLDER [--articles 500]

Each corpus is left out in turn of a sample of ARTICLES articles a source and class, as in `detector evaluate`.  Without
the family means the same experts with its curves at 0: a family whose weights cannot be negative has no other way to
help.  The result goes to `models/consistency.json`, from which the card takes it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.consistency import RESULT
from detector.additive import Panel
from detector.cleaning import clean
from detector.corpora import Corpus, read, roles
from detector.evaluation import holdouts, tables
from detector.evaluation.heldout import Measured, Scored, hold_out, margins, panel_sums, sample
from detector.evaluation.records import Records
from detector.families import FAMILIES, FEATURE_NAMES
from detector.model import Detector, load

NAMES = next(family.names for family in FAMILIES if family.name == "consistency")
MINE = np.isin(FEATURE_NAMES, NAMES)


def adds(corpus: Corpus, parameters: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """For each corpus with machines the TPR at 1 % FPR `with` and `without` the family."""
    measured = Measured.of(corpus, parameters["n_jobs"])
    scored = [hold_out(measured, one, parameters) for one in holdouts.whole(corpus)]
    both = {"with": scored, "without": [_without(one, measured) for one in scored]}
    result: dict[str, dict[str, float]] = {}
    for name, some in both.items():
        for row in tables.by_source(Records.of(some)):
            if row["tpr"]:
                result.setdefault(row["source"], {})[name] = row["tpr"]["0.01"]["tpr"]
    return result


def _without(scored: Scored, measured: Measured) -> Scored:
    """The same articles scored by the same experts with the family's curves at 0."""
    panel, reference = scored.model.panel, scored.model.reference
    flat = [replace(one, heights=np.where(MINE[:, None], 0, one.heights)) for one in panel.experts]
    flat = [replace(one, centre=np.where(MINE, 0, one.centre)) for one in flat]
    log_odds = panel_sums(Panel(panel.knots, tuple(flat)), measured.articles.select(scored.rows)).max(axis=1)
    margin = margins(reference, log_odds, scored.words, scored.abstained)
    return replace(scored, log_odds=log_odds, margin=margin)


def weights() -> dict[str, dict[str, float]]:
    """For each expert of the shipped model the height of every curve of the family, in log-odds."""
    return {
        expert.name: dict(zip(NAMES, expert.heights[MINE].sum(axis=1).round(3).tolist(), strict=True))
        for expert in load().model_.panel.experts
    }


def main() -> None:
    """Measure and write the result beside what was measured before."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=500)
    options = parser.parse_args()
    corpus, _ = clean(read([options.data]))
    corpus = sample(corpus.select([role != "outside" for role in roles(corpus)]), options.articles)
    result = json.loads(RESULT.read_text(encoding="utf-8"))
    result |= {"adds": adds(corpus, Detector(n_jobs=-1).get_params()), "weights": weights()}
    RESULT.write_text(json.dumps(result, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(json.dumps({name: result[name] for name in ("adds", "weights")}, indent=1, sort_keys=True))


if __name__ == "__main__":
    main()
