"""What would be read, what a format needs, and how the command line says what its inputs are."""

import gzip
from pathlib import Path

import pytest
from commandline import is_one_sentence, lines, rows_of, write

import detector
from detector.batch.extras import MissingExtraError
from detector.batch.readers import FORMATS, plan, read


def test_the_plan_says_what_would_be_read(tmp_path):
    write(tmp_path / "news" / "a.txt", "12345")
    write(tmp_path / "news" / "b.csv.gz", gzip.compress(b"text\n"))
    size = (tmp_path / "news" / "b.csv.gz").stat().st_size
    found = list(plan([str(tmp_path / "news"), str(tmp_path / "gone"), "-", str(tmp_path / "*.x")]))
    assert [(Path(one.path).name, one.format, one.bytes, one.error) for one in found] == [
        ("a.txt", "text", 5, None),
        ("b.csv.gz", "csv", size, None),
        ("gone", "text", None, "there is no such file or folder"),
        ("-", "text", None, None),
        ("*.x", "auto", None, "no file matches this pattern"),
    ]
    assert [one.format for one in plan([str(tmp_path / "news" / "a.txt")], "jsonl")] == ["jsonl"]


@pytest.mark.parametrize(
    ("name", "extra", "library"),
    [
        ("a.parquet", "parquet", "pyarrow"),
        ("a.html", "html", "trafilatura"),
        ("a.warc.gz", "warc", "warcio"),
        ("a.jsonl.zst", "zst", "zstandard"),
    ],
)
def test_an_absent_library_is_named_with_its_extra_before_anything_is_read(tmp_path, monkeypatch, name, extra, library):
    write(tmp_path / "0.txt", "ferry")
    write(tmp_path / name, b"")
    real = detector.batch.extras.find_spec
    monkeypatch.setattr("detector.batch.extras.find_spec", lambda one: None if one == library else real(one))
    with pytest.raises(
        MissingExtraError, match=rf'{library}, which is not installed: pip install "detector\[{extra}\]"'
    ):
        read([str(tmp_path)])
    assert [one.text for one in read([str(tmp_path / "0.txt")])] == ["ferry"]


def test_the_command_line_names_columns_formats_and_what_is_absent(run, tmp_path):
    write(tmp_path / "a.csv", "name;story\none;A ferry was late.\n")
    for option in ("--text", "--text-column"):
        result = run("score", "a.csv", option, "story", "--id-column", "name", "--json")
        assert [(row["id"], row["words"]) for row in rows_of(result)] == [("one", 4)]
    result = run("score", "a.csv")
    assert result.stderr == (
        "detector: a.csv: has no column text or body or content or article; its columns are name, story\n"
    )
    assert is_one_sentence(result.stderr)
    for kind in FORMATS:
        assert kind in run("score", "--help").stdout


def test_check_holds_the_text_against_the_date_of_its_row(run, tmp_path):
    text = "The ferry ran aground on Tuesday, March 5, the port said."
    write(tmp_path / "a.jsonl", lines({"text": text, "published": "2023-03-06"}))
    assert "calendar" in run("check", "a.jsonl").stdout
    assert "calendar" not in run("check", "a.jsonl", "--published", "2024-03-06").stdout
