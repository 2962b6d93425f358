"""The classifier that anyone would try first, on our folds: TF-IDF of words and characters with logistic regression.

It is scikit-learn's TfidfVectorizer twice, word 1-2 and char_wb 2-4, in a FeatureUnion, and LogisticRegression with
balanced classes, all else at its defaults.  Its text is the canonical view that our learned features see, whole
articles, so that it cannot win by the format of a corpus either.  It sees what our n-grams are spared, names, numbers
and rare words; it does not see paragraphs, nor the typography of the original.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from joblib import Parallel, delayed
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression

from detector.corpora import Corpus
from detector.evaluation.ngramcounts import counts

Split = tuple[np.ndarray, np.ndarray]
"""Row numbers to train on and row numbers to score."""


def scores(corpus: Corpus, splits: Sequence[Split], n_jobs: int | None = None) -> list[np.ndarray]:
    """Decision values of the test rows of each split, by a pipeline fitted on its training rows.

    What no split changes, the counts, is made once; the rest is scikit-learn's own.
    """
    blocks = counts(corpus.texts, n_jobs)
    # Threads, for the counts are gigabytes; sparse products, where the time goes, run beside each other.
    run = Parallel(n_jobs=n_jobs, prefer="threads")
    return list(run(delayed(_scores)(blocks, corpus.labels, train, test) for train, test in splits))


def _scores(blocks: Sequence[sp.csr_matrix], labels: np.ndarray, train: np.ndarray, test: np.ndarray) -> np.ndarray:
    fitted, tested = _matrices(blocks, train, test)
    classifier = LogisticRegression(max_iter=1000, class_weight="balanced").fit(fitted, labels[train])
    return classifier.decision_function(tested)


def _matrices(
    blocks: Sequence[sp.csr_matrix], train: np.ndarray, test: np.ndarray
) -> tuple[sp.csr_matrix, sp.csr_matrix]:
    """TF-IDF of training and of test rows, the two blocks side by side as in a FeatureUnion."""
    fitted, tested = zip(*(_weighted(block, train, test) for block in blocks), strict=True)
    return sp.hstack(fitted, format="csr"), sp.hstack(tested, format="csr")


def _weighted(block: sp.csr_matrix, train: np.ndarray, test: np.ndarray) -> tuple[sp.csr_matrix, sp.csr_matrix]:
    """TF-IDF in the columns that some training row has, which are the vocabulary that a vectoriser would find."""
    rows = block[train]
    known = np.bincount(rows.indices, minlength=block.shape[1]) > 0
    # Counts are kept as float32 for their size; in float32 the regression would stop iterations earlier.
    fitted, tested = (part[:, known].astype(np.float64) for part in (rows, block[test]))
    weights = TfidfTransformer().fit(fitted)
    return weights.transform(fitted, copy=False), weights.transform(tested, copy=False)
