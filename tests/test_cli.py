"""The command line in real processes: help, wrong use, rows, and what each command prints."""

import math
import os
import subprocess
import sys
from pathlib import Path

import pytest
from commandline import is_one_sentence, lines, rows_of, write

import detector
from detector.commands import COMMANDS as SUMMARIES
from detector.families import FEATURE_NAMES
from detector.shipped import datasets_folder

EXAMPLES = datasets_folder() / "examples.jsonl"
ROOT = Path(detector.__file__).parents[1]
COMMANDS = ("score", "explain", "check", "features", "info", "train", "evaluate")


@pytest.fixture(scope="module")
def article(examples):
    return examples[0]["text"]


@pytest.mark.parametrize("arguments", [(), *((name,) for name in COMMANDS)])
def test_help_has_an_example(run, arguments):
    result = run(*arguments, "--help")
    assert (result.returncode, result.stderr) == (0, "")
    assert f"detector {' '.join(arguments)}" in result.stdout.split("example:")[1]


def test_the_help_lists_every_command_with_what_it_does(run):
    listed = " ".join(run("--help").stdout.split())
    assert len(SUMMARIES) > len(COMMANDS)
    for name, summary in SUMMARIES.items():
        assert f" {name} {summary}" in listed
        assert f"{summary[0].upper()}{summary[1:]}." in " ".join(run(name, "--help").stdout.split())


def test_version(run):
    result = run("--version")
    assert (result.returncode, result.stdout) == (0, f"detector {detector.__version__}\n")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("guess",),
        ("score",),
        ("score", EXAMPLES, "--format", "pdf"),
        ("score", EXAMPLES, "--model"),
        ("explain", EXAMPLES, EXAMPLES),
        ("train", "--output", "m.npz"),
        ("train", "--data", EXAMPLES, "--output", "m.npz", "--date", "today"),
        ("evaluate",),
    ],
)
def test_wrong_use_is_one_sentence_and_status_2(run, arguments):
    result = run(*arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert is_one_sentence(result.stderr)
    assert "--help" in result.stderr


def test_rows_are_those_of_the_library(run, examples):
    result = run("score", EXAMPLES, "--json")
    assert (result.returncode, result.stderr) == (0, "")
    expected = detector.load().rows(row["text"] for row in examples)
    assert rows_of(result) == [{"id": e["id"], **row, "error": None} for e, row in zip(examples, expected)]
    assert not any(number in result.stdout for number in ("NaN", "Infinity"))


def test_table_has_one_aligned_row_an_article(run, examples):
    result = run("score", EXAMPLES)
    head, *table = result.stdout.splitlines()
    assert head.split() == ["article", "score", "p-value", "tier", "resembles"]
    assert [row.split()[0] for row in table] == [example["id"] for example in examples]
    *scores, _ = detector.score([example["text"] for example in examples])
    at = head.index("score")
    *shown, last = [row[at - 2 : at + 5].strip(" <>") for row in table]
    assert [float(score) for score in shown] == pytest.approx(scores, abs=1e-4)
    assert last == "-"
    assert table[-1].endswith("no verdict (too short: 38 words, 80 are needed)")


def test_files_and_folders_in_order(run, tmp_path, article):
    write(tmp_path / "b.txt", article)
    write(tmp_path / "in/z.TXT", article)
    write(tmp_path / "in/deep/a.txt", article)
    write(
        tmp_path / "in/deep/some.jsonl",
        lines({"id": 7, "text": article}, {"url": "https://example.org/x", "text": article}),
    )
    write(tmp_path / "in/readme.md", "not one of them")
    result = run("score", "b.txt", "in", "--json")
    assert result.returncode == 0
    deep = os.path.join("in", "deep", "a.txt")  # noqa: PTH118 - as the command prints it
    assert [row["id"] for row in rows_of(result)] == [
        "b.txt",
        deep,
        "7",
        "https://example.org/x",
        str(Path("in/z.TXT")),
    ]


def test_standard_input_is_one_text_or_json_lines(run, article):
    one = rows_of(run("score", "-", "--json", input=article))
    assert [(row["id"], row["score"]) for row in one] == [("-", detector.score(article))]
    two = rows_of(
        run("score", "-", "--input-format", "jsonl", "--json", input=lines({"body": article}, {"article": "Short."}))
    )
    assert [row["id"] for row in two] == ["-:1", "-:2"]
    assert two[0]["score"] == one[0]["score"]


def test_text_column_can_be_named(run, tmp_path, article):
    write(tmp_path / "a.jsonl", lines({"text": "Teaser.", "story": article}, {"text": article}))
    first, second = rows_of(run("score", "a.jsonl", "--text", "story", "--json"))
    assert first["score"] == detector.score(article)
    assert second["error"] == "line 2 has no story"


def test_long_and_strange_names_stay_on_their_line(run, tmp_path, article):
    write(
        tmp_path / "a.jsonl",
        lines({"id": "x" * 60 + "end", "text": article}, {"id": "two\nlines\x1b[2J", "text": article}),
    )
    table = run("score", "a.jsonl").stdout.splitlines()[1:]
    assert len(table) == 2
    assert table[0].split()[0].endswith("xend")
    assert table[0][36:] == table[1][36:]
    assert "\x1b" not in table[1]


def test_a_row_is_the_same_alone_and_among_many(run, examples, tmp_path):
    texts = [examples[number % 8]["text"] for number in range(150)]
    write(tmp_path / "a.jsonl", lines(*({"text": text} for text in texts)))
    found = [row["log_odds"] for row in rows_of(run("score", "a.jsonl", "--json"))]
    alone = {text: detector.load().decision_function(text) for text in texts[:8]}
    assert found == [alone[text] for text in texts]


def test_scoring_needs_neither_scikit_learn_nor_scipy(run):
    code = (
        "import sys; from detector.cli import main; "
        f"assert main(['score', {str(EXAMPLES)!r}]) == 0; assert main(['info']) == 0; "
        "assert not {'sklearn', 'scipy', 'joblib', 'nltk', 'pandas'} & set(sys.modules)"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    result = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")


def test_explain_prints_the_report(run, tmp_path, article):
    write(tmp_path / "a.txt", article)
    result = run("explain", "a.txt")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == f"{detector.explain(article)}\n"


def test_explain_as_json_and_as_a_page(run, examples, tmp_path):
    for example in (examples[0], examples[-1]):
        result = run("explain", EXAMPLES, "--id", example["id"], "--json", "--html", "out.html")
        assert (result.returncode, result.stderr) == (0, "")
        [told] = rows_of(result)
        report = detector.explain(example["text"])
        assert told["id"] == example["id"]
        assert told["p_value"] == (None if math.isnan(report.p_value) else report.p_value)
        assert math.fsum(told["contributions"].values()) == pytest.approx(told["log_odds"], abs=1e-9)
        assert (tmp_path / "out.html").read_text(encoding="utf-8") == report.to_html()


@pytest.mark.parametrize("command", ["explain", "features"])
def test_one_article_must_be_named(run, tmp_path, command):
    many = run(command, EXAMPLES)
    assert (many.returncode, many.stdout) == (2, "")
    assert "choose one with --id" in many.stderr
    wrong = run(command, EXAMPLES, "--id", "no-such-id")
    assert wrong.returncode == 2
    assert "no-such-id" in wrong.stderr
    missing = run(command, "missing.txt")
    assert (missing.returncode, missing.stderr) == (1, "detector: missing.txt: there is no such file or folder\n")
    write(tmp_path / "image.txt", bytes(range(256)))
    assert "image.txt" in run(command, "image.txt").stderr
    write(tmp_path / "nothing.jsonl", "\n\n")
    assert run(command, "nothing.jsonl").stderr == "detector: nothing.jsonl holds no article\n"


def test_a_page_that_cannot_be_written(run, tmp_path, article):
    write(tmp_path / "a.txt", article)
    result = run("explain", "a.txt", "--html", "no/such/folder.html")
    assert (result.returncode, result.stdout) == (1, "")
    assert is_one_sentence(result.stderr)
    assert "folder.html" in result.stderr


def test_features_are_all_there(run, tmp_path, article):
    write(tmp_path / "a.txt", article)
    [told] = rows_of(run("features", "a.txt", "--json"))
    assert [row["feature"] for row in told["features"]] == list(FEATURE_NAMES)
    assert all(row["family"] and row["description"] and math.isfinite(row["value"]) for row in told["features"])
    assert any(row["value"] > 0 for row in told["features"])
    table = run("features", "-", input=article).stdout.splitlines()
    assert [row.split()[1] for row in table] == list(FEATURE_NAMES)


def test_info_says_what_a_reader_needs(run):
    [told] = rows_of(run("info", "--json"))
    news = detector.load()
    assert told["model"] == "news-en"
    assert told["experts"].keys() == set(news.model_.panel.names)
    for band in told["thresholds"]:
        words = band["words_from"]
        for one in band["at"]:
            threshold = news.threshold(one["max_fpr"], words)
            assert one["log_odds"] == (threshold if math.isfinite(threshold) else None)
            if one["log_odds"] is not None:
                low, high = one["interval"]
                assert low <= one["flagged"] <= high
    text = run("info").stdout
    for part in ("news-en", told["table_id"], "score", "p-value", "0.1 %", "Limits", *told["experts"]):
        assert part in text
    assert all(len(line) <= 100 for line in text.splitlines())


@pytest.mark.parametrize(
    ("data", "extra", "named"),
    [
        ("missing.jsonl", (), "missing.jsonl"),
        ("bad.jsonl", (), "line 1"),
        (EXAMPLES, ("--without", "nowhere"), "nowhere"),
        (EXAMPLES, (), "human"),
    ],
)
def test_training_says_what_is_wrong_with_the_data(run, tmp_path, data, extra, named):
    write(tmp_path / "bad.jsonl", '{"text": 3, "label": 0}\n')
    result = run("train", "--data", data, "--output", "m.npz", *extra)
    assert (result.returncode, result.stdout) == (1, "")
    assert is_one_sentence(result.stderr)
    assert named in result.stderr
    assert not (tmp_path / "m.npz").exists()
