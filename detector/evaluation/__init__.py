"""Accuracy on sources that training has not seen: the whole procedure, model and table, rerun without them.

`holdouts` says what is left out, `heldout` trains without it and scores it, and all other modules make tables from
these scores.  Numbers at 1 % are those of the p-values that a user would see, unless a table says otherwise.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from detector.cleaning import clean
from detector.corpora import Corpus, read, roles
from detector.evaluation import comparison, holdouts, shares, tables
from detector.evaluation.edits import SAMPLE, edits
from detector.evaluation.floors import digest
from detector.evaluation.heldout import FLAG, Measured, Scored, hold_out, panel_sums, sample, sample_rows
from detector.evaluation.holdouts import Holdout, instruction_parts
from detector.evaluation.own_newsroom import own_newsrooms
from detector.evaluation.printed import summary
from detector.evaluation.records import Records
from detector.evaluation.splices import mixed_texts
from detector.evaluation.transfer import transfer
from detector.evaluation.weights import largest
from detector.leaks import leak_test
from detector.modelfile import Model

QUICK = 1000
"""Articles of a source and class in the quick evaluation."""

CAP = 500
"""Articles of a source and class in the capped holdouts of the full evaluation."""

QUICK_EDITS = 20
"""Articles of a source and class that the quick evaluation edits."""

BASELINE = 2000
"""Articles of a source and class that the baseline learns from; it is tested on all."""


def evaluate(
    paths: Iterable[str | Path],
    parameters: Mapping[str, Any],
    quick: bool = False,
    only: Iterable[str] = (),
    model: Model | None = None,
) -> dict[str, Any]:
    """Hold sources out in turn and measure on them; the result is ready for JSON and for `summary`.

    `quick` takes QUICK articles of each source and class and runs a few holdouts.  `only` names the holdouts to run,
    all where it is empty; with it only the tables of their scores are made.  The largest weights are those of `model`.
    Times go to standard error, never into the result.
    """
    corpus, counts = clean(read(paths))
    corpus = corpus.select([role != "outside" for role in roles(corpus)])
    data = digest(corpus)
    corpus = sample(corpus, QUICK) if quick else corpus
    with _timed(f"measuring {len(corpus):,} articles"):
        measured = Measured.of(corpus, parameters["n_jobs"])
    chosen = set(only)
    scored = list(_scored(measured, parameters, quick, chosen))
    result = {
        "quick": quick,
        "only": sorted(chosen),
        "data": data,
        "articles": len(corpus),
        "cap": CAP,
        "cleaned": counts,
        **table_set(Records.of(scored) if scored else None),
        "leaks": leak_test(corpus),
    }
    return result if chosen else result | _more(measured, scored, parameters, quick, model)


def _scored(measured: Measured, parameters: Mapping[str, Any], quick: bool, chosen: set[str]) -> Iterator[Scored]:
    corpus = measured.corpus
    if quick:
        # A sixth of modern2026 beside the sources: its plain news and some kinds more.
        yield from _run(measured, [*holdouts.QUICK, *instruction_parts(corpus, 6)[:1]], parameters, chosen, False)
        return
    yield from _run(measured, holdouts.whole(corpus), parameters, chosen, False)
    small = measured.select(sample_rows(corpus, CAP))
    yield from _run(small, holdouts.capped(small.corpus), parameters, chosen, True)


def _run(
    measured: Measured, some: list[Holdout], parameters: Mapping[str, Any], chosen: set[str], capped: bool
) -> Iterator[Scored]:
    wanted = [one for one in some if (not chosen or one.name in chosen) and one.rows(measured.corpus).any()]
    for number, holdout in enumerate(wanted, 1):
        with _timed(f"{number} of {len(wanted)}: without {holdout.name}"):
            scored = hold_out(measured, holdout, parameters, capped)
        yield scored


def table_set(records: Records | None) -> dict[str, Any]:
    """Every table that is made from scores alone."""
    if records is None:
        return {"held_out": []}
    return {
        "macro": tables.macro(records),
        "held_out": list(tables.by_source(records)),
        "human": shares.human_shares(records),
        "modern2026": shares.instruction_groups(records, "instructions"),
        "tomorrow": shares.instruction_groups(records, "tomorrow"),
        "few": shares.drawn(records, "few"),
        "sites": shares.sites(records) if (records.about == "site").any() else {},
        "generators": shares.drawn(records, "generator"),
        "resemblance": shares.resemblance(records),
        "calibration": shares.calibration(records),
    }


def _more(
    measured: Measured, scored: list[Scored], parameters: Mapping[str, Any], quick: bool, model: Model | None
) -> dict[str, Any]:
    """What takes more than scores: edited texts, the baseline, and in the full evaluation the transfer matrix."""
    n_jobs, corpus = parameters["n_jobs"], measured.corpus
    result: dict[str, Any] = {}
    with _timed("edits"):
        whole = [one for one in scored if not one.capped]
        result["edits"] = edits(whole, Records.of(whole), QUICK_EDITS if quick else SAMPLE, n_jobs) if whole else {}
    with _timed("baseline"):
        usable = np.isin(np.arange(len(corpus)), sample_rows(corpus, BASELINE))
        result["baseline"] = comparison.compare(corpus, usable, whole, n_jobs)
    with _timed("own newsrooms"):
        result["own_newsrooms"] = own_newsrooms(whole)
    with _timed("spliced texts"):
        result["mixtures"] = mixed_texts(whole)
    if not quick:
        with _timed("transfer matrix"):
            result["transfer"] = transfer(measured, parameters["alpha"], n_jobs)
    if model:
        with _timed("largest weights"):
            result["weights"] = largest(model, corpus, n_jobs)
    return result


@contextmanager
def _timed(step: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    print(f"{step}: {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)


__all__ = [
    "FLAG",
    "QUICK",
    "Corpus",
    "Holdout",
    "Measured",
    "Scored",
    "evaluate",
    "hold_out",
    "instruction_parts",
    "panel_sums",
    "sample",
    "summary",
]
