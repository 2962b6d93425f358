"""score_frame: the same scores in every kind of table, with its index and without a lost row."""

import json
from datetime import date, datetime

import joblib
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from invented import articles, fitted

import detector
from detector.batch import frame as frame_module
from detector.batch.rows import CONTRIBUTIONS, columns, names

TEXTS = articles(6)[0]
SHORT = "Too short for a verdict."
SATURDAY = "The ferry ran aground on Tuesday, March 5, the port said. " + TEXTS[0]
KINDS = {
    "pandas": pd.DataFrame,
    "polars": pl.DataFrame,
    "arrow": pa.table,
}
STRINGS = [
    "object",
    "str",
    "string",
    "string[pyarrow]",
    "category",
    pd.ArrowDtype(pa.string()),
    pd.ArrowDtype(pa.large_string()),
    pd.StringDtype("python"),
]


@pytest.fixture(scope="module")
def news():
    return fitted()


def listed(frame, name):
    """A column as plain values; what is missing is None in every kind of table."""
    if isinstance(frame, pa.Table):
        return frame[name].to_pylist()
    if isinstance(frame, pl.DataFrame):
        return frame[name].to_list()
    return [None if pd.isna(value) else value for value in frame[name].tolist()]


def names_of(frame):
    return frame.column_names if isinstance(frame, pa.Table) else list(frame.columns)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("explain", [False, True])
def test_every_kind_of_table_holds_what_the_rows_hold(news, kind, explain):
    table = KINDS[kind]({"text": [*TEXTS, SHORT, ""]})
    scores = news.score_frame(table, explain=explain)
    assert type(scores) is type(table)
    assert names_of(scores) == [*names(explain), "error"]
    expected = columns(news, [*TEXTS, SHORT, ""], explain=explain)
    for name, values in expected.items():
        given = listed(scores, name)
        assert (
            [json.loads(value) for value in given] == values
            if name in ("findings_list", "evidence")
            else (given == values)
        ), name
    assert listed(scores, "error") == [None] * 8
    assert listed(scores, "abstained")[6:] == expected["abstained"][6:] != [None, None]


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_without_a_text_has_an_error_and_no_scores(news, kind):
    scores = news.score_frame(KINDS[kind]({"body": [TEXTS[0], None, TEXTS[1]]}))
    assert listed(scores, "error") == [None, "text is missing", None]
    assert {name: listed(scores, name)[1] for name in names()} == dict.fromkeys(names())
    assert [listed(scores, "score")[at] for at in (0, 2)] == news.score(TEXTS[:2]).tolist()


def test_values_that_are_no_text_have_an_error(news):
    values = [TEXTS[0], None, np.nan, pd.NA, pd.NaT, 3, 1.5, b"bytes", ["a list"], {}, date(2024, 1, 1), TEXTS[1]]
    scores = news.score_frame(pd.DataFrame({"text": pd.Series(values, dtype=object)}))
    assert listed(scores, "error") == [
        None,
        *["text is missing"] * 4,
        *(f"text is {kind}, not a str" for kind in ("int", "float", "bytes", "list", "dict", "date")),
        None,
    ]
    assert scores["score"].notna().tolist() == [True, *[False] * 10, True]
    numbers = news.score_frame(pl.DataFrame({"text": [1, None]}))
    assert numbers["error"].to_list() == ["text is int, not a str", "text is missing"]
    assert news.score_frame(pa.table({"text": [b"x"]}))["error"].to_pylist() == ["text is bytes, not a str"]


@pytest.mark.parametrize("dtype", STRINGS, ids=str)
def test_strings_of_every_pandas_type_give_the_same_scores(news, dtype):
    table = pd.DataFrame({"text": pd.Series([TEXTS[0], None, TEXTS[1], TEXTS[0]], dtype=dtype)})
    plain = pd.DataFrame({"text": pd.Series([TEXTS[0], None, TEXTS[1], TEXTS[0]], dtype=object)})
    pd.testing.assert_frame_equal(news.score_frame(table), news.score_frame(plain))


@pytest.mark.parametrize("dtype", [pl.String, pl.Categorical, pl.Object, pl.Enum([TEXTS[0], TEXTS[1]])], ids=str)
def test_strings_of_every_polars_type_give_the_same_scores(news, dtype):
    table = pl.DataFrame({"text": pl.Series([TEXTS[0], None, TEXTS[1]], dtype=dtype)})
    assert news.score_frame(table).equals(news.score_frame(pl.DataFrame({"text": [TEXTS[0], None, TEXTS[1]]})))


@pytest.mark.parametrize(
    "dtype", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())], ids=str
)
def test_strings_of_every_arrow_type_give_the_same_scores(news, dtype):
    texts = pa.array([TEXTS[0], None, TEXTS[1]])
    assert news.score_frame(texts.cast(dtype)).equals(news.score_frame(texts))


def test_a_column_alone_is_scored_as_its_table_is(news):
    texts = [*TEXTS, None]
    series = pd.Series(texts, index=range(7, 0, -1), name="whatever")
    expected = news.score_frame(series.to_frame("text"))
    pd.testing.assert_frame_equal(news.score_frame(series), expected)
    pd.testing.assert_frame_equal(news.score_frame(series.rename(None)), expected)
    assert news.score_frame(pl.Series(texts)).equals(news.score_frame(pl.DataFrame({"text": texts})))
    arrow = news.score_frame(pa.table({"text": texts}))
    assert news.score_frame(pa.array(texts)).equals(arrow)
    assert news.score_frame(pa.chunked_array([texts[:2], texts[2:]])).equals(arrow)
    assert news.score_frame(pa.record_batch({"text": texts})).to_pylist() == arrow.to_pylist()


@pytest.mark.parametrize(
    "index",
    [
        pd.Index([5, 5, 5, 5]),
        pd.Index(["b", "a", None, "a"], name="key"),
        pd.MultiIndex.from_tuples([(1, "x"), (1, "x"), (0, "y"), (2, "z")], names=["n", None]),
        pd.date_range("2024-01-01", periods=4, tz="Europe/Paris"),
        pd.CategoricalIndex(["a", "b", "a", "b"]),
        pd.RangeIndex(9, 1, -2),
    ],
    ids=["duplicates", "strings", "levels", "days", "categories", "backwards"],
)
def test_the_pandas_index_stays(news, index):
    table = pd.DataFrame({"text": TEXTS[:4], "outlet": list("abcd")}, index=index)
    scores = news.score_frame(table, keep=["outlet"])
    pd.testing.assert_index_equal(scores.index, index)
    assert scores["outlet"].tolist() == list("abcd")
    assert scores["score"].tolist() == news.score(TEXTS[:4]).tolist()


@pytest.mark.parametrize("kind", KINDS)
def test_no_rows_give_no_rows_of_the_same_columns_and_types(news, kind):
    table = KINDS[kind]({"text": TEXTS[:2], "outlet": ["a", "b"]})
    some, none = (news.score_frame(part, keep=True) for part in (table, table[:0]))
    types = {"pandas": lambda f: f.dtypes.to_dict(), "polars": lambda f: f.schema, "arrow": lambda f: f.schema}[kind]
    assert types(none) == types(some)
    assert len(none) == 0


@pytest.mark.parametrize("kind", KINDS)
def test_types_do_not_depend_on_the_rows(news, kind):
    tables = [KINDS[kind]({"text": texts}) for texts in (TEXTS, [SHORT], [TEXTS[0], None])]
    given = [news.score_frame(table) for table in tables]
    types = [[str(t) for t in (f.dtypes if kind != "arrow" else f.schema.types)] for f in given]
    assert types[0] == types[1] == types[2]


def test_pandas_columns_with_gaps_are_no_plain_numbers(news):
    scores = news.score_frame(pd.DataFrame({"text": [TEXTS[0], None]}))
    assert {name: str(scores[name].dtype) for name in ("words", "findings", "flagged")} == {
        "words": "Int64",
        "findings": "Int64",
        "flagged": "boolean",
    }
    assert all(scores[name].dtype == np.float64 for name in ("score", "log_odds", "p_value", *CONTRIBUTIONS))
    assert scores["flagged"].isna().tolist() == [False, True]


def test_the_column_is_guessed_in_a_fixed_order(news):
    table = {"article": TEXTS[:1], "content": TEXTS[1:2], "body": TEXTS[2:3], "text": TEXTS[3:4]}
    for at, name in enumerate(("text", "body", "content", "article")):
        assert news.score_frame(pl.DataFrame(table))["score"].to_list() == news.score(TEXTS[3 - at : 4 - at]).tolist()
        del table[name]
    with pytest.raises(ValueError, match="frame has no column text, body, content or article: name the one"):
        news.score_frame(pl.DataFrame({"title": TEXTS}))


def test_the_column_is_the_one_that_is_named(news):
    scores = news.score_frame(pd.DataFrame({"text": TEXTS[:1], 7: TEXTS[1:2]}), 7)
    assert scores["score"].tolist() == news.score(TEXTS[1:2]).tolist()
    with pytest.raises(ValueError, match="frame has no column 'prose'; its columns are 'text', 'n'"):
        news.score_frame(pl.DataFrame({"text": TEXTS, "n": range(6)}), "prose")


@pytest.mark.parametrize("kind", KINDS)
def test_columns_are_kept_on_request(news, kind):
    table = KINDS[kind]({"id": [1, 2], "text": TEXTS[:2], "day": [date(2024, 1, 1), None]})
    assert names_of(news.score_frame(table))[0] == "score"
    assert names_of(news.score_frame(table, keep=["day", "id"]))[:3] == ["day", "id", "score"]
    everything = news.score_frame(table, keep=True)
    assert names_of(everything) == ["id", "text", "day", *names(), "error"]
    assert listed(everything, "day") == [date(2024, 1, 1), None]


def test_a_kept_column_never_hides_a_score(news):
    table = pl.DataFrame({"text": TEXTS[:1], "score": [5], "error": ["none"], "evidence": [1]})
    assert news.score_frame(table)["score"].to_list() == news.score(TEXTS[:1]).tolist()
    for name in ("score", "error"):
        with pytest.raises(ValueError, match=f"frame has a column {name!r}, as the scores have"):
            news.score_frame(table, keep=["text", name])
    assert news.score_frame(table, keep=["evidence"])["evidence"].to_list() == [1]
    with pytest.raises(ValueError, match="frame has a column 'evidence'"):
        news.score_frame(table, keep=["evidence"], explain=True)
    with pytest.raises(ValueError, match="frame has no column 'outlet'"):
        news.score_frame(table, keep=["outlet"])
    with pytest.raises(ValueError, match="keep is 'text'; it must be True, False or a list of columns"):
        news.score_frame(table, keep="text")


@pytest.mark.parametrize(
    "day", [date(2023, 3, 6), datetime(2023, 3, 6, 12), pd.Timestamp("2023-03-06"), "2023-03-06"], ids=repr
)
def test_dates_are_held_against_the_day_of_publication(news, day):
    table = pd.DataFrame({"text": [SATURDAY, SATURDAY], "published": [day, None], "other": [None, day]})
    with_day, without = news.score_frame(table)["findings"]
    assert with_day == len(news.check(SATURDAY, published=date(2023, 3, 6)))
    assert without == len(news.check(SATURDAY))
    assert with_day > without
    assert news.score_frame(table, published="other")["findings"].tolist() == [without, with_day]
    with pytest.raises(ValueError, match="frame has no column 'day'"):
        news.score_frame(table, published="day")


def test_the_limit_is_the_one_that_is_asked_for(news):
    scores = news.score_frame(pl.DataFrame({"text": TEXTS}), max_fpr=0.3)
    assert scores["flagged"].to_list() == news.flag(TEXTS, 0.3).tolist()
    assert set(scores["threshold_fpr"]) == {0.3}
    with pytest.raises(ValueError, match="max_fpr is 2; it must lie between 0 and 1"):
        detector.score_frame(pl.DataFrame({"text": []}), max_fpr=2)


def test_the_detector_is_the_shipped_one_unless_one_is_given(news, tmp_path):
    news.save(tmp_path / "own.npz")
    table = pl.DataFrame({"text": TEXTS})
    assert detector.score_frame(table)["score"].to_list() == detector.score(TEXTS).tolist()
    own = news.score_frame(table)
    assert detector.score_frame(table, detector=news).equals(own)
    assert detector.score_frame(table, detector=str(tmp_path / "own.npz")).equals(own)
    assert not detector.score_frame(table).equals(own)


@pytest.mark.parametrize("size", [1, 2, 5, 6, 7])
def test_slices_and_processes_change_nothing(news, monkeypatch, size):
    table = pd.DataFrame({"text": [*TEXTS, None], "n": range(7)}, index=[0] * 7)
    whole = news.score_frame(table, keep=True)
    monkeypatch.setattr(frame_module, "SLICE", size)
    pd.testing.assert_frame_equal(news.score_frame(table, keep=True), whole)
    if size == 2:
        pd.testing.assert_frame_equal(news.score_frame(table, keep=True, n_jobs=2), whole)
        with joblib.parallel_config("threading", n_jobs=2):
            pd.testing.assert_frame_equal(news.score_frame(table, keep=True), whole)


@pytest.mark.parametrize(
    "given", [TEXTS, "a text", None, {"text": TEXTS}, np.array(TEXTS)], ids=lambda x: type(x).__name__
)
def test_what_is_no_table_is_refused_by_its_type(given):
    with pytest.raises(TypeError, match=f"frame is {type(given).__name__}, not a pandas, polars, Arrow or Dask table"):
        detector.score_frame(given)


def test_a_query_that_was_not_run_is_refused():
    with pytest.raises(TypeError, match=r"frame is LazyFrame, which holds no rows yet: call its collect\(\) first"):
        detector.score_frame(pl.LazyFrame({"text": TEXTS}))


def test_a_detector_that_is_not_fitted_says_so():
    from sklearn.exceptions import NotFittedError

    with pytest.raises(NotFittedError, match="not fitted yet"):
        detector.Detector().score_frame(pl.DataFrame({"text": TEXTS}))


def test_without_narwhals_one_sentence_names_the_extra(monkeypatch):
    monkeypatch.setattr("detector.batch.extras.find_spec", lambda name: None)
    with pytest.raises(
        ImportError, match=r'tables need narwhals, which is not installed: pip install "detector\[frames\]"$'
    ):
        detector.score_frame(pl.DataFrame({"text": TEXTS}))
