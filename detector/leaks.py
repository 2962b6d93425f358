"""The leak test: how well format alone, without a word, tells the classes of a corpus apart in the learned view."""

from __future__ import annotations

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from detector.batchtext import Batch
from detector.characters import DASH, ELLIPSIS
from detector.corpora import Corpus
from detector.families.measure import divide

FEWEST = 50
"""Articles of either class that a corpus needs for the test."""

_MARKS = ("\"'", "-" + chr(DASH), chr(ELLIPSIS))
_ENDS = (".", "\"'", "!?", ")]:;" + chr(ELLIPSIS))


def leak_test(corpus: Corpus, most: int = 400) -> dict[str, float]:
    """AUROC by grouped five-fold logistic regression on format features, for every source that has both classes."""
    sources = np.array(corpus.sources)
    result = {}
    for name in sorted(set(corpus.sources)):
        rows = np.concatenate([np.flatnonzero((sources == name) & (corpus.labels == y))[:most] for y in (0, 1)])
        y = corpus.labels[rows]
        if min((y == 0).sum(), (y == 1).sum()) >= FEWEST:
            part = corpus.select(rows)
            result[name] = _auroc(format_features(part.texts), y, part.groups)
    return result


def format_features(texts: list[str]) -> np.ndarray:
    """Quotes, dashes and ellipses per 100 words and the kind of last mark, from the canonical view: (N, 7).

    White space has no columns: the canonical view has none.  Length is left out.
    """
    batch = Batch.from_texts(texts)
    rates = [
        divide(100 * np.bincount(batch.article[batch.is_mark(marks)], minlength=batch.size), batch.words)
        for marks in _MARKS
    ]
    last = np.searchsorted(batch.article, np.arange(batch.size), "right") - 1
    ends = [batch.is_mark(marks)[last].astype(float) for marks in _ENDS]
    return np.stack([*rates, *ends], axis=1)


def _auroc(features: np.ndarray, y: np.ndarray, groups: list[str]) -> float:
    classifier = make_pipeline(StandardScaler(), LogisticRegression())
    folds = GroupKFold(min(5, len(set(groups))))
    probability = cross_val_predict(classifier, features, y, groups=groups, cv=folds, method="predict_proba")
    return float(roc_auc_score(y, probability[:, 1]))
