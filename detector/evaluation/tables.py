"""AUROC, TPR at a fixed FPR and shares flagged: by source, generator, attack and length, and their macro average.

TPR at a rate uses as humans the corpus's own ones and those of every held-out news source, sources with equal weights;
the threshold lies on the margin to the shipped one, and an abstention is a miss.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from sklearn.metrics import roc_auc_score

from detector.calibration import equal_source_weights
from detector.evaluation.holdouts import NEWS, PAIRED
from detector.evaluation.metrics import Trial, bootstrap_tpr, macro_tpr
from detector.evaluation.records import Records, rates

RATES = (0.01, 0.001)
"""False-positive rates at which TPR is given; in results they are keys, as text."""


def human_rows(records: Records, source: str) -> np.ndarray:
    """(N,) the human articles for a corpus's threshold: its own and those of news, each held out as a source."""
    human = (records.label == 0) & (records.about == "source")
    return human & (np.isin(records.source, NEWS) | (records.source == source))


def trial(records: Records, machine: np.ndarray, source: str, length: str = "") -> Trial | None:
    """The articles of a mask against human ones, of one length band if it is named; None where a side is missing."""
    rows = human_rows(records, source)
    if length:
        rows &= records.length == length
    if not (rows.any() and machine.any()):
        return None
    human, test = records.where(rows), records.where(machine)
    return Trial(human.margin, human.weight_source.tolist(), human.group.tolist(), test.margin, test.group.tolist())


def tprs(one: Trial | None, intervals: bool = True) -> dict[str, Any]:
    """TPR of a trial at each of RATES, with bootstrap intervals on request."""
    if one is None:
        return {}
    result: dict[str, Any] = {}
    for rate in RATES:
        result[str(rate)] = {"tpr": one.tpr(rate)}
        if intervals:
            given = (one.human, one.human_source, one.human_group, one.machine, one.machine_group)
            result[str(rate)]["interval"] = list(bootstrap_tpr(*given, rate))
    return result


def auroc(records: Records, machine: np.ndarray, source: str) -> float | None:
    """AUROC of log-odds against the corpus's own human articles, or the news sources where it has none."""
    own = (records.label == 0) & (records.source == source) & (records.about == "source")
    human = own if own.any() else human_rows(records, source)
    if not (human.any() and machine.any()):
        return None
    weight = np.concatenate(
        [np.ones(machine.sum()) / machine.sum(), _shares(records.where(human).weight_source.tolist())]
    )
    y = np.repeat([1, 0], [machine.sum(), human.sum()])
    scores = np.concatenate([records.log_odds[machine], records.log_odds[human]])
    return float(roc_auc_score(y, scores, sample_weight=weight))


def _shares(sources: list[str]) -> np.ndarray:
    weight = equal_source_weights(sources)
    return weight / weight.sum()


def by_source(records: Records) -> Iterator[dict[str, Any]]:
    """A row for each source of the holdouts of sources and of instructions."""
    wanted = np.isin(records.about, ("source", "instructions"))
    pairs = dict.fromkeys(zip(records.holdout[wanted].tolist(), records.source[wanted].tolist(), strict=True))
    for holdout, source in pairs:
        mine = (records.holdout == holdout) & (records.source == source)
        yield {"holdout": holdout, "source": source, **_row(records, mine, source)}


def _row(records: Records, mine: np.ndarray, source: str) -> dict[str, Any]:
    machine = mine & (records.label == 1)
    row = {
        "human": rates(records.where(mine & (records.label == 0))),
        "machine": rates(records.where(machine)),
        "auroc": auroc(records, machine, source),
        "tpr": tprs(trial(records, machine, source)),
        "resembles": leaders(records.where(machine)),
    }
    for name, column in (("attacks", "attack"), ("generators", "generator"), ("lengths", "length")):
        row[name] = parts(records, machine, source, column)
    row["human_lengths"] = _human_lengths(records.where(mine & (records.label == 0)))
    return row


def parts(records: Records, machine: np.ndarray, source: str, column: str) -> dict[str, Any]:
    """The machine articles of a mask by the values of a column, each against the same human articles.

    A length band stands against human articles of that length.
    """
    values, result = getattr(records, column), {}
    for value in sorted(set(values[machine].tolist()), key=_in_order):
        mine = machine & (values == value)
        one = trial(records, mine, source, value if column == "length" else "")
        result[value] = {
            **(rates(records.where(mine)) or {}),
            "auroc": auroc(records, mine, source),
            "tpr": tprs(one, intervals=False),
        }
    return result


def _human_lengths(human: Records) -> dict[str, Any]:
    return {v: rates(human.where(human.length == v)) for v in sorted(set(human.length.tolist()), key=_in_order)}


def _in_order(value: str) -> tuple[int, str]:
    """Length bands by their first number, everything else by name."""
    digits = value.removeprefix("from ").split("-")[0]
    return (int(digits) if digits.isdigit() else -1 if value.startswith("under") else 0, value)


def leaders(machine: Records) -> dict[str, int]:
    """How many flagged articles each expert leads in."""
    names, counts = np.unique(machine.lead[machine.flagged()], return_counts=True)
    return dict(zip(names.tolist(), counts.tolist(), strict=True))


def macro(records: Records) -> dict[str, Any]:
    """The mean over the paired corpora, every one with the same weight."""
    corpora = paired(records)
    if not corpora:
        return {}
    trials = [one for _, one in corpora]
    result: dict[str, Any] = {"corpora": [name for name, _ in corpora], "tpr": {}}
    for rate in RATES:
        value, interval = macro_tpr(trials, rate)
        result["tpr"][str(rate)] = {"tpr": value, "interval": list(interval)}
    result["auroc"] = float(np.mean([auroc(records, machine_rows(records, name), name) for name, _ in corpora]))
    flagged = [records.where(machine_rows(records, name)) for name, _ in corpora]
    result["flagged"] = float(np.mean([one.flagged().mean() for one in flagged]))
    result["abstained"] = float(np.mean([one.abstained.mean() for one in flagged]))
    return result


def machine_rows(records: Records, source: str) -> np.ndarray:
    """(N,) the machine articles of a source that was held out as a source."""
    return (records.about == "source") & (records.source == source) & (records.label == 1)


def paired(records: Records) -> list[tuple[str, Trial]]:
    """The trials of the paired corpora that were held out, by name."""
    found = ((name, trial(records, machine_rows(records, name), name)) for name in PAIRED)
    return [(name, one) for name, one in found if one is not None]
