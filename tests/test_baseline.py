"""The baseline: its counts are CountVectorizer's and its scores those of the pipeline that a user would write."""

import numpy as np
import pytest
from invented import PLAIN, PUFFED, article
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union

from detector.corpora import Corpus
from detector.evaluation.baseline import scores
from detector.evaluation.ngramcounts import CHUNK, canonical, counts

ODD = [
    "",
    " \n",
    "a",
    "Un",
    "…—é ’ s",
    "Ünïcode 東京 x9 4.5 U.S. don't",
    "* **Bold** words",
    "\ud800 lone",
    "end.Next one",
]


def corpus(size):
    """Alternating labels from two sources, every fourth text of the second."""
    texts = [article(n, PUFFED if n % 2 else PLAIN, 6) for n in range(size)]
    none = [""] * size
    ids = [str(n) for n in range(size)]
    sources = ["there" if n % 4 > 1 else "here" for n in range(size)]
    return Corpus(ids, texts, np.arange(size, dtype=np.int8) % 2, sources, none, none, none, ids)


def columns(matrix):
    """The columns of a matrix as sorted tuples: equal for two matrices that differ in the order of columns only."""
    return sorted(map(tuple, matrix.toarray().T.tolist()))


@pytest.mark.parametrize(
    ("block", "settings"), [(0, {"ngram_range": (1, 2)}), (1, {"analyzer": "char_wb", "ngram_range": (2, 4)})]
)
def test_counts_are_those_of_count_vectorizer(block, settings):
    texts = ODD + corpus(CHUNK + 20).texts
    ours, theirs = counts(texts)[block], CountVectorizer(**settings).fit_transform(canonical(texts))
    assert ours.shape == theirs.shape
    assert columns(ours) == columns(theirs)


def test_scores_are_those_of_the_plain_pipeline():
    given = corpus(160)
    here = np.array(given.sources) == "here"
    splits = [(np.flatnonzero(here), np.flatnonzero(~here)), (np.arange(100), np.arange(120, 160))]
    texts = np.array(canonical(given.texts), object)
    for found, (train, test) in zip(scores(given, splits), splits, strict=True):
        pipeline = make_pipeline(
            make_union(TfidfVectorizer(ngram_range=(1, 2)), TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4))),
            LogisticRegression(max_iter=1000, class_weight="balanced"),
        )
        pipeline.fit(texts[train], given.labels[train])
        assert found == pytest.approx(pipeline.decision_function(texts[test]), abs=1e-6)


def test_processes_change_nothing():
    given = corpus(60)
    splits = [(np.arange(40), np.arange(40, 60)), (np.arange(20, 60), np.arange(20))]
    one, two = scores(given, splits), scores(given, splits, n_jobs=2)
    assert all((a == b).all() for a, b in zip(one, two, strict=True))


def test_the_canonical_text_has_nothing_of_the_format():
    plain = 'The ferry didn\'t sail. "We waited," she said.'
    typed = "**The** ferry\u00a0didn\u2019t sail .\n\n\u201cWe waited,\u201d  she said. And th"
    assert canonical([plain, typed, ""]) == [
        'The ferry didn\'t sail . " We waited , " she said .',
        'The ferry didn\'t sail . " We waited , " she said .',
        "",
    ]
