"""The strict reader of JSON Lines and CSV: every way in which a file is broken is one sentence, and no row is lost."""

import gzip

import pytest

from detector.tablefile import rows


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.jsonl", '{"n": 1}\n{"n": \n', "a.jsonl, line 2: broken JSON"),
        ("a.jsonl", '{"n": 1}\n\n[2]\n', "a.jsonl, line 3: a row must be a JSON object"),
        ("a.jsonl", "[" * 100_000, "a.jsonl, line 1: JSON beyond what can be read"),
        ("a.jsonl", '{"n": ' + "1" * 5_000 + "}", "a.jsonl, line 1: JSON beyond what can be read"),
        ("a.csv", "n,m\n1,2\n3\n", "a.csv, line 3: the row has another number of cells than the header"),
        ("a.csv", 'n,m\n1,2\n3,"4\n5,6\n', "a.csv, after line 2: unexpected end of data"),
        ("a.csv", "m\n1\n", "a.csv, line 1: no column is called 'n'"),
    ],
)
def test_what_is_broken_is_named_by_file_and_line(tmp_path, name, content, said):
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=said) as error:
        list(rows(tmp_path / name, ["n"]))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("break_", ["\n", "\r\n"])
def test_rows_have_the_numbers_of_their_last_lines(tmp_path, break_):
    table = break_.join(["\ufeffn,m", "", '1,"two', 'lines, ""quoted"""', "2,", ""])
    (tmp_path / "a.CSV").write_text(table, encoding="utf-8", newline="")
    found = [(4, {"n": "1", "m": f'two{break_}lines, "quoted"'}), (5, {"n": "2", "m": ""})]
    assert list(rows(tmp_path / "a.CSV", ["m"])) == found
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(break_.join(['{"n": 1}', "", '{"m": 2}']).encode()))
    assert list(rows(tmp_path / "a.jsonl.gz")) == [(1, {"n": 1}), (3, {"m": 2})]
    for empty in ("b.jsonl", "b.csv"):
        (tmp_path / empty).touch()
        assert list(rows(tmp_path / empty)) == []
