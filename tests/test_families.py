"""Every feature: a true one-sentence description, a doctest, a row of cases, spans inside the text, finite values."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detector.batchtext import Batch
from detector.families import FAMILIES, FEATURE_NAMES, describe, matrix, measure
from detector.families.measure import FeatureFunction, show, spans_of

FUNCTIONS = {function.__name__: function for family in FAMILIES for function in family.features}
ROWS = {
    row["feature"]: row
    for path in sorted((Path(__file__).parent / "cases").glob("*.json"))
    for row in json.loads(path.read_text(encoding="utf-8"))
}


def value(name: str, text: str, column: str | None) -> float:
    number = show(FUNCTIONS[name], text)[0]
    if column is None:
        return float(np.sum(number))
    family = next(f for f in FAMILIES if FUNCTIONS[name] in f.features)
    return number[family.tables[name].index(column)]  # type: ignore[index]


def test_there_are_enough_features():
    assert len(FEATURE_NAMES) >= 120
    assert len(FUNCTIONS) >= 60
    assert len(set(FEATURE_NAMES)) == len(FEATURE_NAMES)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_description_and_doctest(name: str):
    function: FeatureFunction = FUNCTIONS[name]
    assert 15 <= len(describe(function)) <= 116
    assert ">>> show(" in (function.__doc__ or "")


def test_every_feature_has_a_row_of_cases():
    assert set(ROWS) == set(FUNCTIONS)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_cases(name: str):
    row = ROWS[name]
    column = row.get("column")
    if "fires" in row:
        assert len(row["fires"]) >= 2
        assert len(row["silent"]) >= 2
        for text in row["fires"]:
            assert value(name, text, column) > 0, text
        for text in row["silent"]:
            assert value(name, text, column) == 0, text
    else:
        higher = [value(name, text, column) for text in row["higher"]]
        lower = [value(name, text, column) for text in row["lower"]]
        assert min(higher) > max(lower), (higher, lower)


KNOWN = [(name, case) for name, row in ROWS.items() for case in row.get("known_failures", [])]


@pytest.mark.parametrize(
    ("name", "case"), [pytest.param(n, c, marks=pytest.mark.xfail(strict=True, reason=c["why"])) for n, c in KNOWN]
)
def test_known_failures(name: str, case: dict[str, str]):
    fires = value(name, case["text"], ROWS[name].get("column")) > 0
    assert fires == (case["expected"] == "fires")


ANY_TEXT = st.text(alphabet=st.one_of(st.characters(), st.sampled_from(" .,!?'\"\n\u2019\u201c-AaeI1 ")), max_size=300)


@given(st.lists(ANY_TEXT, min_size=1, max_size=4))
def test_any_text_gives_finite_values_and_spans_inside(texts: list[str]):
    batch = Batch.from_texts(texts)
    found = measure(batch)
    assert np.isfinite(matrix(found)).all()
    for one in found:
        article, start, end = spans_of(batch, one)
        lengths = np.array([len(text) for text in texts])
        assert (start >= 0).all()
        assert (end <= lengths[article]).all()
        assert (start < end).all()


@given(ANY_TEXT, ANY_TEXT)
def test_an_article_is_measured_alike_alone_and_in_company(text: str, other: str):
    alone = matrix(measure(Batch.from_texts([text])))
    for texts, at in (([text, other], 0), ([other, text], 1), ([other, text, other], 1)):
        together = matrix(measure(Batch.from_texts(texts)))
        np.testing.assert_allclose(together[at], alone[0], rtol=1e-9, atol=1e-9)
