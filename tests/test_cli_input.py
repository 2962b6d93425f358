"""Bad input at the command line: a row each, one sentence on standard error, and the rest is scored."""

import json
import math
import os
from pathlib import Path

import pytest
from commandline import is_one_sentence, lines, rows_of, write

import detector
from detector.shipped import datasets_folder

EXAMPLES = datasets_folder() / "examples.jsonl"
ROOT = Path(detector.__file__).parents[1]


@pytest.fixture(scope="module")
def article(examples):
    return examples[0]["text"]


@pytest.mark.parametrize(
    ("value", "named"),
    [
        ("null", "null"),
        ("3", "a number"),
        ("NaN", "a number"),
        ("true", "true"),
        ('["a"]', "an array"),
        ("{}", "an object"),
    ],
)
def test_a_text_that_is_no_string_is_a_row_with_its_error(run, tmp_path, article, value, named):
    write(tmp_path / "a.jsonl", lines({"text": article}, f'{{"id": "bad", "text": {value}}}', {"text": article}))
    result = run("score", "a.jsonl", "--json")
    assert result.returncode == 1
    first, bad, last = rows_of(result)
    assert (bad["id"], bad["error"]) == ("bad", f"line 2: text is {named}, not a string")
    assert {key for key, value in bad.items() if value is not None} == {"id", "error"}
    assert bad.keys() == first.keys()
    assert first["score"] == last["score"] == detector.score(article)
    assert result.stderr == f"detector: bad: {bad['error']}\n"


ABSTAINS = {
    "empty": "",
    "white space": " \n\t \u3000 ",
    "one word": "Ferry",
    "no letters": "12 345 - 6.7 %, 89!\n" * 100,
    "emoji": "\U0001f600\U0001f680 " * 200,
    "surrogates": "\ud800\udfff\udc00 " * 100,
    "NUL": "\x00" * 500,
    "invisible": "\u200b\u202e\u2066\ufeff" * 100,
    "German": "Der Rat der Stadt hat am Montag beschlossen, die alte Brücke nicht mehr zu sperren. " * 9,
    "Chinese": "市议会星期一决定不再关闭那座旧桥。" * 40,
}


def test_texts_that_cannot_be_judged_abstain_and_are_no_failure(run, tmp_path):
    write(tmp_path / "a.jsonl", lines(*({"id": name, "text": text} for name, text in ABSTAINS.items())))
    result = run("score", "a.jsonl", "--json")
    assert (result.returncode, result.stderr) == (0, "")
    rows = rows_of(result)
    assert [row["id"] for row in rows] == list(ABSTAINS)
    for row in rows:
        assert row["abstained"], row
        assert (row["p_value"], row["tier"], row["resembles"], row["error"]) == (None, None, None, None)
        assert math.isfinite(row["log_odds"])
    table = run("score", "a.jsonl").stdout.splitlines()[1:]
    assert ["no verdict (" in row for row in table] == [True] * len(ABSTAINS)


def test_odd_characters_in_an_article_do_not_stop_it(run, tmp_path, article):
    odd = (
        "\u200b" + article,
        article.replace("\n", "\r\n"),
        article.replace(" ", "\x00 ", 3),
        article + "\ud800 \u202e",
    )
    write(tmp_path / "a.jsonl", lines(*({"text": text} for text in odd)))
    result = run("score", "a.jsonl", "--json")
    assert result.returncode == 0
    assert all(row["tier"] is not None for row in rows_of(result))


def test_mixed_line_ends_in_a_file(run, tmp_path, article):
    paragraphs = article.split("\n\n")
    write(tmp_path / "a.txt", "\r\n\r\n".join(paragraphs[:2]) + "\r\r" + "\n\n".join(paragraphs[2:]))
    [row] = rows_of(run("score", "a.txt", "--json"))
    assert row["words"] == detector.explain(article).words


def test_two_megabytes_of_one_word(run, tmp_path):
    write(tmp_path / "a.txt", "ferry " * 350_000)
    result = run("score", "a.txt", "--json")
    assert result.returncode == 0
    [row] = rows_of(result)
    assert row["words"] == 350_000
    assert math.isfinite(row["log_odds"])


def test_missing_files_and_empty_folders_are_rows(run, article, tmp_path):
    write(tmp_path / "good.txt", article)
    (tmp_path / "empty").mkdir()
    result = run("score", "missing.txt", "empty", "good.txt", "", "--json")
    assert result.returncode == 1
    missing, empty, good, nameless = rows_of(result)
    assert (missing["id"], missing["error"]) == ("missing.txt", "there is no such file or folder")
    assert (empty["id"], empty["error"]) == ("empty", "the folder holds no .txt, .jsonl, .ndjson file")
    assert good["score"] == detector.score(article)
    assert nameless["error"] == "there is no such file or folder"
    assert is_one_sentence(result.stderr)
    assert "missing.txt" in result.stderr
    assert "2 more of 4" in result.stderr


def test_a_failed_row_in_the_table(run, tmp_path, article):
    write(tmp_path / "good.txt", article)
    result = run("score", "missing.txt", "good.txt")
    assert result.returncode == 1
    _, missing, good = result.stdout.splitlines()
    assert missing.split(maxsplit=1) == ["missing.txt", "error: there is no such file or folder"]
    assert good.startswith("good.txt ")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
def test_encodings_that_can_be_told_are_read(run, tmp_path, article, encoding, name):
    text = f"“Déjà vu,” the café’s owner said – and smiled. {article}"
    content = (
        text if name == "a.txt" else json.dumps({"text": text}, ensure_ascii=False) + "\n\n" + json.dumps({"text": ""})
    )
    # Windows-1252 has no character for some of an example's; those are no part of this test.
    write(tmp_path / name, content.encode(encoding, "ignore"))
    result = run("score", name, "--json")
    assert result.returncode == 0
    readable = text.encode(encoding, "ignore").decode(encoding)
    assert rows_of(result)[0]["log_odds"] == detector.load().decision_function(readable)


def test_files_in_no_known_encoding_are_refused_by_name(run, tmp_path, article):
    write(tmp_path / "good.txt", article)
    write(tmp_path / "image.txt", bytes(range(256)) * 4)
    write(tmp_path / "controls.txt", b"caf\xe9 \x01\x02 " * 50)
    write(tmp_path / "cut.txt", article.encode("utf-16")[:-1])
    write(
        tmp_path / "a.jsonl",
        lines({"text": article}).encode() + b'{"text": "\x81\x01"}\n' + lines({"text": article}).encode(),
    )
    result = run("score", "image.txt", "good.txt", "controls.txt", "cut.txt", "a.jsonl", "--json")
    assert result.returncode == 1
    image, good, controls, cut, first, broken, last = rows_of(result)
    for row in (image, controls, cut, broken):
        assert "is neither UTF-8" in row["error"]
    assert [image["id"], cut["id"], broken["id"]] == ["image.txt", "cut.txt", "a.jsonl:2"]
    assert good["score"] == first["score"] == last["score"] is not None


@pytest.mark.parametrize(
    "line", ['{"text": "broken', "nonsense", '["a list"]', '"a string"', "[" * 200_000, '{"n": ' + "9" * 9000 + "}"]
)
def test_a_broken_line_is_reported_with_its_number(run, tmp_path, article, line):
    write(tmp_path / "a.jsonl", lines({"text": article}, "", line, {"text": article}))
    result = run("score", "a.jsonl", "--json")
    assert result.returncode == 1
    first, broken, last = rows_of(result)
    assert broken["id"] == "a.jsonl:3"
    assert broken["error"].startswith("line 3 ")
    assert first["score"] == last["score"] == detector.score(article)
    assert is_one_sentence(result.stderr)


def test_tables_and_web_pages_are_refused_unless_called_text(run, tmp_path, article):
    for name in ("a.csv", "a.json", "A.HTML"):
        write(tmp_path / name, article)
        result = run("score", name)
        assert result.returncode == 1
        assert "neither plain text nor JSON Lines" in result.stderr
        assert is_one_sentence(result.stderr)
        (row,) = rows_of(run("score", name, "--input-format", "text", "--json"))
        assert row["score"] == detector.score(article)


def test_an_article_without_text_names_where_it_was_looked_for(run, tmp_path):
    write(tmp_path / "a.jsonl", lines({"id": "no-text", "headline": "Ferry"}))
    [row] = rows_of(run("score", "a.jsonl", "--json"))
    assert (row["id"], row["error"]) == ("no-text", "line 1 has no text or body or content or article")


@pytest.mark.skipif(os.name == "nt", reason="needs a file name that is no text, which Windows does not allow")
def test_a_file_name_that_is_no_text(run, tmp_path, article):
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "wb") as file:  # noqa: PTH123 - a path in bytes
        file.write(article.encode())
    for extra in ((), ("--json",)):
        result = run("score", ".", *extra)
        assert (result.returncode, result.stderr) == (0, "")
