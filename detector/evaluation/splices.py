"""Articles half by a person and half by a machine, on which window scores are measured: the seam is known.

A human and a machine text of one group tell the same story, so that neither subject nor source marks the halves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.metrics import roc_auc_score

from detector.batchtext import Batch
from detector.corpora import Corpus
from detector.estimator import chunks
from detector.evaluation.heldout import Scored
from detector.evaluation.holdouts import PAIRED
from detector.modelfile import Model
from detector.windows import Window, window_scores

SHORTEST, LONGEST = 60, 300
"""Words of each half, at least and at most; scrapes run to thousands of words, and their end is page furniture."""

MOST, FEWEST = 100, 20
"""Spliced articles of a corpus: at most, and as many as it must give to have a row."""

PURE = 0.8
"""Share of one author's words from which a window counts as lying off the seam."""


def mixed_texts(scored: Sequence[Scored]) -> dict[str, Any]:
    """`window_auroc` of each paired corpus whose groups have texts of both classes."""
    result: dict[str, Any] = {}
    for one in scored:
        for name in sorted(set(one.corpus.sources) & set(PAIRED)) if one.holdout.about == "source" else ():
            rows = np.flatnonzero(np.array(one.corpus.sources) == name)
            splices = spliced(one.corpus, rows, seed=0)
            if len(splices) >= FEWEST:
                chosen = np.random.default_rng(0).permutation(len(splices))[:MOST]
                result[name] = window_auroc(one.model, [splices[number] for number in np.sort(chosen)])
    return result


@dataclass(frozen=True)
class Spliced:
    """A text whose characters before `seam` are by one author and from there on by another; `machine_first` says who.

    `source` is the corpus of its machine half.
    """

    text: str
    seam: int
    machine_first: bool
    source: str


def spliced(corpus: Corpus, rows: np.ndarray, seed: int) -> list[Spliced]:
    """One splice for each group with a human and a machine text among `rows`: the start of one, the end of the other.

    Both halves have about as many words, those of the shorter text or LONGEST, and are cut at sentence ends; which
    text of several is taken and which author begins is drawn with `seed`.  Groups with too short a text are left out.
    """
    rng = np.random.default_rng(seed)
    result = []
    for humans, machines in _pairs(corpus, rows):
        pair = [corpus.texts[rng.choice(humans)], ""]
        machine = int(rng.choice(machines))
        pair[1] = corpus.texts[machine]
        machine_first = bool(rng.random() < 0.5)
        halves = _halves(pair[::-1] if machine_first else pair)
        if halves:
            text = "\n\n".join(halves)
            result.append(Spliced(text, len(halves[0]) + 2, machine_first, corpus.sources[machine]))
    return result


def _pairs(corpus: Corpus, rows: np.ndarray) -> list[tuple[list[int], list[int]]]:
    """Row numbers of the human and the machine texts of each group that has both."""
    groups: dict[str, tuple[list[int], list[int]]] = {}
    for row in np.sort(rows).tolist():
        groups.setdefault(corpus.groups[row], ([], []))[int(corpus.labels[row])].append(row)
    return [groups[name] for name in sorted(groups) if all(groups[name])]


def _halves(pair: list[str]) -> list[str]:
    """The beginning of the first and the end of the second text, of about equal length; none where one is too short."""
    batch = Batch.from_texts(pair)
    most = min(*batch.words.tolist(), LONGEST)
    if most < SHORTEST:
        return []
    begin, end = batch.spans(batch.sentence_first, batch.sentence_last)
    first, second = (np.flatnonzero(batch.sentence_article == number) for number in (0, 1))
    last = first[_nearest(np.cumsum(batch.sentence_words[first]), most)]
    opening = second[::-1][_nearest(np.cumsum(batch.sentence_words[second][::-1]), most)]
    return [pair[0][: end[last]].strip(), pair[1][begin[opening] : end[second[-1]]].strip()]


def _nearest(reached: np.ndarray, words: int) -> int:
    return int(np.argmin(np.abs(reached - words)))


def window_auroc(model: Model, splices: list[Spliced]) -> dict[str, float]:
    """AUROC of the windows of spliced articles, each labelled by the author of most of its characters.

    `auroc` counts every window with the same limit for all articles, `off_seam` those of which PURE is by one author,
    `within` is the mean over articles of the AUROC inside each.  `stretch` is the mean overlap (Jaccard index) of the
    stretch that looks machine-written with the machine half, 0 where none was found.
    """
    log_odds, share, article, overlap = _measured(model, splices)
    labels = share > 0.5
    pure = np.abs(share - 0.5) >= PURE - 0.5
    inside = [article == number for number in range(len(splices))]
    mixed = [rows for rows in inside if 0 < labels[rows].sum() < rows.sum()]
    return {
        "articles": len(splices),
        "windows": len(labels),
        "auroc": float(roc_auc_score(labels, log_odds)),
        "off_seam": float(roc_auc_score(labels[pure], log_odds[pure])),
        "within": float(np.mean([roc_auc_score(labels[rows], log_odds[rows]) for rows in mixed])),
        "stretch": float(np.mean(overlap)),
    }


def _measured(model: Model, splices: list[Spliced]) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[float]]:
    """Log-odds, machine share and article of each window; overlap of stretch and machine half of each article."""
    log_odds, share, article, overlap = [], [], [], []
    results = (one for chunk in chunks(one.text for one in splices) for one in window_scores(model, chunk))
    for number, (splice, scores) in enumerate(zip(splices, results, strict=True)):
        log_odds += [window.log_odds for window in scores.windows]
        share += [_machine_share(splice, window) for window in scores.windows]
        article += [number] * len(scores.windows)
        overlap.append(_overlap(scores.stretch, _machine_half(splice)))
    return np.array(log_odds), np.array(share), np.array(article), overlap


def _machine_half(splice: Spliced) -> tuple[int, int]:
    return (0, splice.seam) if splice.machine_first else (splice.seam, len(splice.text))


def _machine_share(splice: Spliced, window: Window) -> float:
    start, end = _machine_half(splice)
    return max(0, min(end, window.end) - max(start, window.start)) / (window.end - window.start)


def _overlap(one: tuple[int, int] | None, other: tuple[int, int]) -> float:
    if one is None:
        return 0.0
    both = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return both / (one[1] - one[0] + other[1] - other[0] - both)
