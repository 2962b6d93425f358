"""StyleVectorizer: columns, containers, and its place in scikit-learn's pipelines."""

import numpy as np
import pandas as pd
import polars as pl
import pytest
import sklearn
from invented import articles
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.preprocessing import StandardScaler

from detector import StyleVectorizer
from detector.additive import Evidences
from detector.families import FAMILIES, FEATURE_NAMES

TEXTS = articles(5)[0]


def test_the_matrix_is_the_one_that_detector_scores():
    values = StyleVectorizer().fit_transform(TEXTS)
    assert values.dtype == np.float64
    assert values.shape == (5, len(FEATURE_NAMES))
    np.testing.assert_array_equal(values, Evidences.from_texts(TEXTS).values)


def test_a_text_has_the_same_row_alone_in_a_generator_and_in_many_chunks():
    values = StyleVectorizer().transform(TEXTS)
    np.testing.assert_array_equal(StyleVectorizer().transform(text for text in TEXTS * 30), np.tile(values, (30, 1)))
    np.testing.assert_array_equal(StyleVectorizer().transform(TEXTS[2]), values[2:3])


def test_no_texts_give_no_rows():
    assert StyleVectorizer().transform([]).shape == (0, len(FEATURE_NAMES))
    assert StyleVectorizer(families=["praise"]).set_output(transform="pandas").transform([]).shape[0] == 0


def test_names():
    names = StyleVectorizer().get_feature_names_out()
    assert names.dtype == object
    assert tuple(names) == FEATURE_NAMES
    assert tuple(StyleVectorizer().get_feature_names_out(["article"])) == FEATURE_NAMES


@pytest.mark.parametrize(
    "families", [["praise"], ("typography", "rhythm"), {"words"}, [f.name for f in FAMILIES]], ids=str
)
def test_chosen_families_give_their_own_columns_in_the_usual_order(families):
    chosen = StyleVectorizer(families=families)
    columns = [FEATURE_NAMES.index(name) for name in chosen.get_feature_names_out()]
    assert columns == sorted(columns)
    assert len(columns) == sum(len(family.names) for family in FAMILIES if family.name in families)
    np.testing.assert_array_equal(chosen.transform(TEXTS), StyleVectorizer().transform(TEXTS)[:, columns])


@pytest.mark.parametrize("families", [["prays"], ["praise", "n-grams"], "praise", [], [None]], ids=str)
@pytest.mark.parametrize("call", ["fit", "transform", "fit_transform"])
def test_families_that_do_not_exist(families, call):
    vectorizer = StyleVectorizer(families=families)  # not refused yet, so that scikit-learn can clone anything
    with pytest.raises(ValueError, match="it must be None or a list of some of rhythm, words"):
        getattr(vectorizer, call)(TEXTS)


def test_every_column_is_described_in_a_sentence():
    described = StyleVectorizer().describe()
    assert tuple(described) == FEATURE_NAMES
    assert all(sentence[0].isupper() and len(sentence) > 10 for sentence in described.values())
    assert list(StyleVectorizer(families=["praise"]).describe()) == FAMILIES[3].names


def test_pandas_keeps_the_index_of_a_series():
    series = pd.Series(TEXTS, index=[30, 10, 20, 50, 40])
    table = StyleVectorizer().set_output(transform="pandas").fit_transform(series)
    assert list(table.index) == [30, 10, 20, 50, 40]
    assert tuple(table.columns) == FEATURE_NAMES
    np.testing.assert_array_equal(table.to_numpy(), StyleVectorizer().transform(TEXTS))
    assert list(StyleVectorizer().set_output(transform="pandas").transform(TEXTS).index) == [0, 1, 2, 3, 4]


def test_polars():
    table = StyleVectorizer().set_output(transform="polars").fit_transform(pl.Series(TEXTS))
    assert isinstance(table, pl.DataFrame)
    assert tuple(table.columns) == FEATURE_NAMES
    np.testing.assert_array_equal(table.to_numpy(), StyleVectorizer().transform(TEXTS))


def test_scikit_learns_own_setting_holds_where_nothing_was_chosen():
    with sklearn.config_context(transform_output="pandas"):
        assert isinstance(StyleVectorizer().transform(TEXTS), pd.DataFrame)
        assert isinstance(StyleVectorizer().set_output(transform="default").transform(TEXTS), np.ndarray)
        assert isinstance(StyleVectorizer().set_output(transform=None).transform(TEXTS), pd.DataFrame)
    assert isinstance(StyleVectorizer().transform(TEXTS), np.ndarray)


def test_a_container_that_does_not_exist():
    with pytest.raises(ValueError, match="transform is 'arrow'; it must be one of default, pandas, polars"):
        StyleVectorizer().set_output(transform="arrow")


def test_a_clone_keeps_parameters_and_container():
    copy = clone(StyleVectorizer(families=["words"]).set_output(transform="pandas"))
    assert copy.get_params() == {"families": ["words"]}
    assert isinstance(copy.transform(TEXTS), pd.DataFrame)


def test_cross_validation_of_a_pipeline():
    texts, labels = articles()
    pipeline = make_pipeline(StyleVectorizer(), StandardScaler(), LogisticRegression())
    assert cross_val_score(pipeline, texts, labels, cv=3).min() > 0.9


def test_a_pipeline_with_named_columns():
    texts, labels = articles(20)
    pipeline = make_pipeline(StyleVectorizer(families=["praise", "stock"]), StandardScaler(), LogisticRegression())
    pipeline.set_output(transform="pandas").fit(pd.Series(texts), labels)
    assert list(pipeline[-1].feature_names_in_) == list(pipeline[0].get_feature_names_out())
    pipeline.set_params(stylevectorizer__families=["rhythm"]).fit(texts, labels)
    assert pipeline[-1].n_features_in_ == len(FAMILIES[0].names)


def test_beside_other_columns_of_a_table():
    table = pd.DataFrame({"text": TEXTS, "views": [3, 1, 4, 1, 5]}, index=list("edcba"))
    columns = ColumnTransformer([("style", StyleVectorizer(), "text"), ("views", "passthrough", ["views"])])
    result = columns.set_output(transform="pandas").fit_transform(table)
    assert list(result.index) == list("edcba")
    assert list(result.columns) == [*(f"style__{name}" for name in FEATURE_NAMES), "views__views"]


def test_in_a_union():
    union = FeatureUnion([("praise", StyleVectorizer(["praise"])), ("words", StyleVectorizer(["words"]))])
    assert union.fit_transform(TEXTS).shape == (5, len(union.get_feature_names_out()))


@pytest.mark.parametrize("wrong", [[TEXTS[0], None], [TEXTS[0], b"bytes"], [TEXTS[0], float("nan")]], ids=repr)
def test_what_is_no_str_is_named_by_its_index(wrong):
    with pytest.raises(TypeError, match=r"^texts\[1\] is \w+, not a str$"):
        StyleVectorizer().transform(wrong)


def test_a_whole_table_is_no_column_of_texts():
    for wrong in (pd.DataFrame({"text": TEXTS}), pl.DataFrame({"text": TEXTS}), np.array([TEXTS])):
        with pytest.raises(TypeError, match="of 2 dimensions, not one column of str"):
            StyleVectorizer().transform(wrong)
