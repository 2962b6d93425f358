"""Writers: the same rows out of every format, and bytes that depend on the rows alone."""

import csv
import io
import json
import math
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from invented import articles

import detector
from detector.batch.plain import json_line, plain
from detector.batch.records import Record
from detector.batch.rows import row_names, rows
from detector.batch.writers import FORMATS, guess, parquet, writer

TEXTS = [articles(1)[0][0], "", 'A "quoted", odd\nline — with 30 February 2011 in it.']
KEEP = ("outlet", "rank", "share", "live", "mixed", "nothing")
KEPT = {"outlet": "Wire", "rank": 3, "share": 0.5, "live": True, "mixed": 1, "nothing": None}


@pytest.fixture(scope="module")
def table():
    given = [Record(f"{number}, é", text, kept=KEPT) for number, text in enumerate(TEXTS)]
    given.append(Record("lost", error="line 9 is no JSON object", kept={"mixed": "two", "share": 1}))
    return list(rows(detector.load(), given, keep=KEEP, explain=True))


def written(tmp_path, name, table, piece=3):
    """The bytes of a file whose rows are given to the writer a few at a time, and its path."""
    one = writer(name, row_names(KEEP, explain=True))
    collected = tmp_path / f"out.{name}.partial"
    collected.write_bytes(one.head + b"".join(one.encode(table[at : at + piece]) for at in range(0, len(table), piece)))
    return one.finish(collected)


@pytest.mark.parametrize("name", FORMATS)
def test_bytes_depend_on_the_rows_and_not_on_the_pieces(tmp_path, table, name):
    files = [written(tmp_path, name, table, piece).read_bytes() for piece in (1, 3, len(table))]
    assert files[0] == files[1] == files[2]


def test_json_lines_hold_the_rows_themselves(tmp_path, table):
    lines = written(tmp_path, "jsonl", table).read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == table


def test_csv_holds_every_value_and_lists_as_json(tmp_path, table):
    text = written(tmp_path, "csv", table).read_bytes().decode()
    csv.field_size_limit(10_000_000)  # the evidence of an article is longer than the default
    head, *records = csv.reader(io.StringIO(text, newline=""))
    assert tuple(head) == row_names(KEEP, explain=True)
    for record, row in zip(records, table, strict=True):
        for cell, value in zip(record, row.values(), strict=True):
            if value is None or isinstance(value, str):
                assert cell == (value or "")
            else:
                assert json.loads(cell) == value


def test_parquet_has_one_type_a_column_and_lists_as_json(tmp_path, table):
    found = pq.read_table(written(tmp_path, "parquet", table))
    assert tuple(found.column_names) == row_names(KEEP, explain=True)
    types = {name: str(found.schema.field(name).type) for name in found.column_names}
    assert {name: types[name] for name in KEEP} == {
        "outlet": "string",
        "rank": "int64",
        "share": "double",
        "live": "bool",
        "mixed": "string",
        "nothing": "string",
    }
    assert (types["score"], types["words"], types["flagged"], types["tier"]) == ("double", "int64", "bool", "string")
    for row, expected in zip(found.to_pylist(), table, strict=True):
        for name, value in expected.items():
            assert (json.loads(row[name]) if isinstance(value, list) else row[name]) == (
                str(value) if name == "mixed" and value is not None else value
            )


@pytest.mark.parametrize("piece", [1, 3])
def test_row_groups_hold_so_many_rows_or_so_many_bytes(tmp_path, table, monkeypatch, piece):
    sizes = [len(json_line(row)) for row in table]
    monkeypatch.setattr(parquet, "GROUP_BYTES", sizes[0] + 1)
    monkeypatch.setattr(parquet, "GROUP_ROWS", 3)
    file = pq.ParquetFile(written(tmp_path, "parquet", table, piece))
    groups = [file.metadata.row_group(number).num_rows for number in range(file.num_row_groups)]
    assert groups == [2, 2], sizes


def test_a_table_without_rows_has_its_columns(tmp_path):
    assert pq.read_table(written(tmp_path, "parquet", [])).column_names == list(row_names(KEEP, explain=True))
    assert written(tmp_path, "csv", []).read_text(encoding="utf-8") == ",".join(row_names(KEEP, explain=True)) + "\n"
    assert written(tmp_path, "jsonl", []).read_bytes() == b""


@pytest.mark.parametrize("name", FORMATS)
def test_half_a_surrogate_pair_stops_no_writer(tmp_path, table, name):
    odd = [table[0] | {"id": "half \ud83d a pair", "mixed": 2**70}]
    finished = written(tmp_path, name, odd)
    if name == "jsonl":
        assert json.loads(finished.read_text(encoding="utf-8")) == odd[0]
    elif name == "csv":
        assert "half ? a pair" in finished.read_text(encoding="utf-8")
    else:
        [row] = pq.read_table(finished).to_pylist()
        assert (row["id"], row["mixed"]) == ("half ? a pair", str(2**70))


def test_formats_are_guessed_from_endings():
    guessed = {"a.jsonl": "jsonl", "b.NDJSON": "jsonl", "c.csv": "csv", "d.parquet": "parquet", "e.pq": "parquet"}
    assert {name: guess(Path(name)) for name in guessed} == guessed
    for name in ("scores", "scores.txt", "scores.jsonl.gz"):
        with pytest.raises(ValueError, match=name):
            guess(Path(name))


def test_plain_values_are_what_json_has():
    given = {
        "a": np.float64(1.5),
        "b": np.int64(3),
        "c": np.array([1, 2]),
        "d": math.inf,
        5: Decimal("1.50"),
        "e": b"x",
    }
    assert plain(given) == {"a": 1.5, "b": 3, "c": [1, 2], "d": None, "5": "1.50", "e": "x"}
    assert json.loads(json_line(plain(given)))["c"] == [1, 2]
