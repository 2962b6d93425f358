"""Detector and StyleVectorizer under scikit-learn: its own checks, cloning, tuning, pipelines."""

import pickle
import warnings

import numpy as np
import pytest
from invented import articles, fitted
from sklearn.base import clone, is_classifier
from sklearn.calibration import CalibratedClassifierCV
from sklearn.exceptions import NotFittedError, SkipTestWarning
from sklearn.frozen import FrozenEstimator
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, GroupKFold, cross_val_predict, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.utils import estimator_checks, get_tags
from sklearn.utils.estimator_checks import parametrize_with_checks
from sklearn.utils.validation import check_is_fitted

from detector import Detector, StyleVectorizer, load
from detector.estimator import CHUNK_ARTICLES, CHUNK_CHARACTERS, chunks

CALLS = ("predict", "predict_proba", "decision_function", "p_value", "flag", "score", "explain")

# For estimators that take no matrix of numbers scikit-learn collects the check of cloning only, and says so in a
# warning.  These of its checks feed no matrix either; all others do, and cannot be met by an estimator of texts.
WITHOUT_MATRIX = (
    "check_estimator_cloneable",
    "check_estimator_tags_renamed",
    "check_valid_tag_types",
    "check_estimator_repr",
    "check_no_attributes_set_in_init",
    "check_do_not_raise_errors_in_init_or_set_params",
    "check_mixin_order",
    "check_parameters_default_constructible",
    "check_get_params_invariance",
    "check_set_params",
)

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", "Can't test estimator", SkipTestWarning)
    warnings.filterwarnings("ignore", ".*does not inherit from", UserWarning)
    collected = parametrize_with_checks([Detector(), StyleVectorizer()])


@collected
def test_the_checks_that_scikit_learn_collects(estimator, check):
    check(estimator)


@pytest.mark.parametrize("estimator", [Detector(), StyleVectorizer()], ids=["Detector", "StyleVectorizer"])
@pytest.mark.parametrize("check", WITHOUT_MATRIX)
def test_the_checks_that_need_no_matrix(estimator, check):
    getattr(estimator_checks, check)(type(estimator).__name__, estimator)


def test_tags():
    tags = get_tags(Detector())
    assert is_classifier(Detector())
    assert (tags.estimator_type, tags.target_tags.required, tags.requires_fit) == ("classifier", True, True)
    assert not tags.classifier_tags.multi_class
    tags = get_tags(StyleVectorizer())
    assert (tags.estimator_type, tags.target_tags.required, tags.requires_fit) == ("transformer", False, False)
    for estimator in (Detector(), StyleVectorizer()):
        inputs = get_tags(estimator).input_tags
        assert (inputs.string, inputs.one_d_array, inputs.two_d_array) == (True, True, False)


def test_parameters():
    own = Detector(alpha=0.5)
    assert own.get_params() == {"alpha": 0.5, "folds": 5, "n_jobs": None, "random_state": 0}
    assert own.set_params(folds=3, random_state=7) is own
    assert (own.folds, own.random_state) == (3, 7)
    with pytest.raises(ValueError, match="Detector has no parameter colour, depth; its parameters are alpha, folds"):
        own.set_params(depth=1, colour=2, folds=9)
    assert own.folds == 3


def test_an_estimator_prints_what_is_not_at_its_default():
    assert repr(Detector()) == "Detector()"
    assert repr(Detector(n_jobs=2, alpha=0.1)) == "Detector(alpha=0.1, n_jobs=2)"
    assert repr(StyleVectorizer(families=["praise"])) == "StyleVectorizer(families=['praise'])"
    assert "StyleVectorizer()" in repr(make_pipeline(StyleVectorizer(), LogisticRegression()))


@pytest.mark.parametrize("call", CALLS)
def test_an_unfitted_detector_says_so(call):
    with pytest.raises(NotFittedError, match="This Detector is not fitted yet"):
        getattr(Detector(), call)("A text.")


def test_an_unfitted_detector_has_no_file_and_no_threshold(tmp_path):
    with pytest.raises(NotFittedError):
        Detector().save(tmp_path / "none.npz")
    with pytest.raises(NotFittedError):
        Detector().threshold(0.01)
    with pytest.raises(NotFittedError):
        check_is_fitted(Detector())
    check_is_fitted(load())
    check_is_fitted(StyleVectorizer())


def test_a_clone_has_the_parameters_and_is_not_fitted():
    copy = clone(fitted())
    assert copy.get_params() == fitted().get_params()
    assert not hasattr(copy, "model_")


def test_a_fitted_detector_can_be_pickled_for_parallel_work():
    copy = pickle.loads(pickle.dumps(fitted()))
    texts = articles(4)[0]
    np.testing.assert_array_equal(copy.decision_function(texts), fitted().decision_function(texts))


def test_cross_validation():
    texts, labels = articles()
    scores = cross_val_score(Detector(folds=2), texts, labels, cv=2, scoring="roc_auc")
    assert scores.min() > 0.9
    groups = [seed // 4 for seed in range(len(texts))]
    predicted = cross_val_predict(
        Detector(folds=2), np.array(texts, object), labels, groups=groups, cv=GroupKFold(2), method="predict_proba"
    )
    assert predicted.shape == (len(texts), 2)
    assert ((predicted[:, 1] > 0.5) == np.array(labels)).mean() > 0.9


def test_tuning_with_groups_and_sources_for_fit():
    texts, labels = articles()
    search = GridSearchCV(Detector(folds=2), {"alpha": [0.002, 0.2]}, cv=GroupKFold(2))
    search.fit(texts, labels, groups=[str(seed // 4) for seed in range(120)], sources=["own"] * 120)
    assert len(search.cv_results_["mean_test_score"]) == 2
    assert search.best_estimator_.model_.about["corpora"] == [{"source": "own", "human": 60, "machine": 60}]
    assert search.score(texts, labels) > 0.9


def test_recalibration_of_a_fitted_detector():
    texts, labels = articles()
    recalibrated = CalibratedClassifierCV(FrozenEstimator(fitted()), method="sigmoid", cv=2).fit(texts, labels)
    assert (recalibrated.predict(texts) == labels).mean() > 0.9


def test_a_detector_may_end_a_pipeline():
    texts, labels = articles(6)
    pipeline = make_pipeline(fitted())
    np.testing.assert_array_equal(pipeline.predict_proba(texts), fitted().predict_proba(texts))
    assert pipeline.score(texts, labels) == fitted().score(texts, labels)


def test_chunks_are_small_and_keep_the_order():
    texts = [str(number) for number in range(600)]
    parts = list(chunks(iter(texts)))
    assert [text for part in parts for text in part] == texts
    assert max(map(len, parts)) == CHUNK_ARTICLES
    long = "x" * (CHUNK_CHARACTERS - 1)
    assert [len(part) for part in chunks(["a", long, "b", long * 3, "c"])] == [2, 1, 1, 1]
    assert list(chunks([])) == []
