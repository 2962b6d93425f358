"""Window scores: where in an article the prose reads like a machine's, for texts that are part human, part machine.

An article is cut at sentence ends into windows of about LENGTH words, each of which is measured as a text of its own,
on the same path as an article.  Log-odds of so few words lie on another scale than those of whole articles, and take a
calibration of their own; p-values are read from the human table of that length.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from detector.additive import Evidences
from detector.batchtext import Batch
from detector.modelfile import Model
from detector.verdict import Judged, judge

LENGTH = 120
"""Words of a window, about."""

FEWEST_WORDS, MOST_WORDS = 80, 180
"""Words of the stretches on which the windows' log-odds are calibrated: what windows have but for long sentences."""

LABELS = ("machine", "unclear", "human")

MACHINE = 0.01
"""Largest p-value of a window that is called machine.  One is human if its log-odds are negative, else unclear."""


@dataclass(frozen=True)
class Window:
    """A stretch of whole sentences, `start` to `end` in code points of the caller's text.

    `log_odds` are on the windows' own scale; `p_value` is the share of human news of the window's length that scores
    at least as high, NaN where a text like the window gets no verdict.  `label` is machine, unclear or human.
    """

    start: int
    end: int
    words: int
    log_odds: float
    p_value: float
    label: str


@dataclass(frozen=True)
class WindowScores:
    """The windows of an article in the order of the text; `fractions` are shares of its words by label and sum to 1.

    `stretch` is the span that looks machine-written: the run of windows whose log-odds have the largest sum.  It is
    None where no window is called machine.
    """

    windows: tuple[Window, ...]
    fractions: Mapping[str, float]
    stretch: tuple[int, int] | None


def cut(batch: Batch) -> tuple[np.ndarray, np.ndarray]:
    """First sentence and one past the last of each window; the windows of an article are of about equal length.

    A sentence belongs to the window in which its middle word lies, so that no short rest is left at the end.

    >>> cut(Batch.from_texts(["One sentence. " * 100, "Another one."]))
    (array([  0,  50, 100]), array([ 50, 100, 101]))
    """
    words = batch.sentence_words
    total = np.bincount(batch.sentence_article, words, batch.size)
    count = np.maximum(np.round(total / LENGTH), 1)
    before = np.cumsum(words) - words - (np.cumsum(total) - total)[batch.sentence_article]
    middle = (before + words / 2) / np.maximum(total, 1)[batch.sentence_article]
    number = np.floor(middle * count[batch.sentence_article])
    first = np.flatnonzero(np.diff(batch.sentence_article * (number.max(initial=0) + 2) + number, prepend=-1) != 0)
    return first, np.append(first[1:], len(words))


class Pieces(NamedTuple):
    """The windows of some articles in their order: the article of each, its start and end there, and its text."""

    article: list[int]
    spans: list[list[int]]
    texts: list[str]

    @classmethod
    def of(cls, texts: list[str]) -> Pieces:
        """Cut texts into windows."""
        batch = Batch.from_texts(texts)
        first, last = cut(batch)
        article = batch.sentence_article[first].tolist()
        found = np.stack(batch.spans(batch.sentence_first[first], batch.sentence_last[last - 1]), axis=1)
        # An empty text has no token but its EDGE, which stands before the first character.
        spans = np.maximum(found, 0).tolist()
        return cls(article, spans, [texts[a][start:end] for a, (start, end) in zip(article, spans, strict=True)])

    def beside(self, texts: list[str]) -> tuple[list[str], list[int]]:
        """The articles and behind them the windows that are not the whole of one; and where each window is in there."""
        both, rows = list(texts), []
        for article, piece in zip(self.article, self.texts, strict=True):
            whole = piece == texts[article]
            rows.append(article if whole else len(both))
            both += [] if whole else [piece]
        return both, rows


def window_scores(model: Model, texts: list[str]) -> list[WindowScores]:
    """The windows of each of `texts`."""
    pieces = Pieces.of(texts)
    evidences = Evidences.from_texts(pieces.texts, model.panel.weightless)
    rows = list(range(len(pieces.texts)))
    return scored(model, pieces, evidences, judge(model, evidences), rows, len(texts))


def scored(
    model: Model, pieces: Pieces, evidences: Evidences, judged: Judged, rows: list[int], size: int
) -> list[WindowScores]:
    """The windows of each of `size` articles, from the rows of a batch in which they were measured.

    A model file without a calibration of windows, from before there was one, shows log-odds on the articles' scale.
    """
    slope, offset = model.about.get("windows", (1.0, 0.0))
    numbers = (evidences.batch.words, slope * judged.log_odds + offset, judged.p_values)
    each = zip(pieces.article, pieces.spans, *(values[rows].tolist() for values in numbers), strict=True)
    found: list[list[Window]] = [[] for _ in range(size)]
    for article, (start, end), words, log_odds, p_value in each:
        found[article].append(Window(start, end, words, log_odds, p_value, _label(log_odds, p_value)))
    return [WindowScores(tuple(mine), fractions(mine), stretch(mine)) for mine in found]


def _label(log_odds: float, p_value: float) -> str:
    if math.isnan(p_value):
        return "unclear"
    if p_value <= MACHINE:
        return "machine"
    return "human" if log_odds < 0 else "unclear"


def fractions(windows: Sequence[Window]) -> dict[str, float]:
    """Shares of the words by label; they sum to 1, and a text without words is unclear."""
    total = sum(window.words for window in windows)
    if not total:
        return {label: float(label == "unclear") for label in LABELS}
    return {label: sum(one.words for one in windows if one.label == label) / total for label in LABELS}


def stretch(windows: Sequence[Window]) -> tuple[int, int] | None:
    """The span of the run of windows with the largest sum of log-odds (Kadane's algorithm, Bentley 1984).

    Windows without a verdict count 0.  None where no window of the run is called machine.
    """
    best, run, start = (0.0, 0, 0), 0.0, 0
    for number, window in enumerate(windows):
        if run <= 0:
            run, start = 0.0, number
        run += 0.0 if math.isnan(window.p_value) else window.log_odds
        best = max(best, (run, start, number + 1), key=lambda one: one[0])
    chosen = windows[best[1] : best[2]]
    return (chosen[0].start, chosen[-1].end) if any(one.label == "machine" for one in chosen) else None
