"""A model calibrated on a newsroom's own human articles: which of them count, and what its header says of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

import numpy as np

from detector.additive import Evidences
from detector.cleaning import join_duplicates
from detector.corpora import Corpus
from detector.estimator import chunks
from detector.modelfile import Model
from detector.recalibration import FEWEST, counts_by_length, recalibrate
from detector.reference import SHORTEST, TIERS
from detector.verdict import judge

MACHINE_LIKE = 0.001
"""P-value of the model's own table up to which an article is counted as machine-like: one human article in 1,000."""


@dataclass(frozen=True, eq=False)
class Usable:
    """Scores of the articles that count, (N,) each, and how many were left out and why."""

    log_odds: np.ndarray
    words: np.ndarray
    copies: int
    too_short: int
    no_verdict: int


def calibrate(model: Model, texts: str | Iterable[str]) -> Model:
    """The model with a table of these human articles; its weights are the same.

    Copies, exact and near, count once, for a hundred copies are no hundred articles.  Machine-like articles are kept,
    as an own table without them would be made to fit; the header counts them.  Raises `ValueError` where under FEWEST
    articles are usable, or the model is calibrated on own articles already; `TypeError` for what is no str.
    """
    if "calibration" in model.about:
        raise ValueError(
            f"{model.about['name']} {model.about['version']} is calibrated on own articles already: "
            "calibrate the model that it was made from"
        )
    given = [text for chunk in chunks(texts) for text in chunk]
    usable = _usable(model, given)
    _check_enough(len(given), usable)
    table, groups = recalibrate(model.reference, usable.log_odds, usable.words)
    machine_like = model.reference.p_value(usable.log_odds, usable.words) <= MACHINE_LIKE
    calibration = {
        "articles": len(usable.words),
        "copies": usable.copies,
        "too_short": usable.too_short,
        "no_verdict": usable.no_verdict,
        "machine_like": int(machine_like.sum()),
        "by_length": counts_by_length(usable.words),
        "promises": [asdict(group.promise(rate)) for group in groups for _, rate in reversed(TIERS)],
        "made_from": {"version": model.about["version"], "table_id": model.reference.table_id},
    }
    version = f"{model.about['version']}+own{len(usable.words)}"
    return Model(model.panel, table, model.human, {**model.about, "version": version, "calibration": calibration})


def _usable(model: Model, given: list[str]) -> Usable:
    distinct = _without_copies(given)
    log_odds, words, judged_at_all = [np.zeros(0)], [np.zeros(0, int)], [np.zeros(0, bool)]
    for chunk in chunks(distinct):
        evidences = Evidences.from_texts(chunk)
        judged = judge(model, evidences)
        log_odds.append(judged.log_odds)
        words.append(evidences.batch.words)
        judged_at_all.append(np.array([reason is None for reason in judged.reasons]))
    all_words, keep = np.concatenate(words), np.concatenate(judged_at_all)
    short = int((all_words < SHORTEST).sum())
    return Usable(
        np.concatenate(log_odds)[keep], all_words[keep], len(given) - len(distinct), short, int((~keep).sum()) - short
    )


def _without_copies(texts: list[str]) -> list[str]:
    """The texts without those that repeat another, white space and case aside, or share most of its ten-word runs."""
    distinct = list({" ".join(text.split()).casefold(): text for text in reversed(texts)}.values())[::-1]
    names, same = [str(number) for number in range(len(distinct))], [""] * len(distinct)
    labels = np.zeros(len(distinct), np.int8)
    return join_duplicates(Corpus(names, distinct, labels, same, same, same, same, names))[0].texts


def _check_enough(given: int, usable: Usable) -> None:
    count = len(usable.words)
    if count < FEWEST:
        raise ValueError(
            f"calibrating needs at least {FEWEST} usable human articles, and of the {given:,} given {count} are: "
            f"left out as copies {usable.copies:,}, under {SHORTEST} words {usable.too_short:,}, "
            f"without a verdict {usable.no_verdict:,}"
        )
