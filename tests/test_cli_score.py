"""The command score beside its rows: files, choices, summaries, what a terminal is shown, and wrong use."""

import csv
import io
import json
import os
import struct
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from commandline import is_one_sentence, lines, rows_of, write

import detector
from detector.batch.progress import expected
from detector.batch.selection import Selection
from detector.batch.tally import Tally
from detector.shipped import datasets_folder

EXAMPLES = datasets_folder() / "examples.jsonl"
ROOT = Path(detector.__file__).parents[1]


def test_a_file_gets_the_rows_that_the_screen_gets_and_the_summary_says_how_many(run, tmp_path):
    shown = run("score", EXAMPLES, "--json", "--keep", "kind")
    written = run("score", EXAMPLES, "--output", "out.jsonl", "--keep", "kind")
    assert (written.returncode, written.stdout) == (0, "")
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == shown.stdout
    assert rows_of(shown)[0]["kind"]
    summary = written.stderr.splitlines()
    assert summary[0].startswith("8 articles: 8 scored, 0 failed, ")
    assert summary[0].endswith(" a second")
    assert "  no verdict: 1 too short" in summary
    flagged = [row for row in rows_of(shown) if row["flagged"]]
    assert f"  flagged: {len(flagged):,}" in summary
    again = run("score", EXAMPLES, "--output", "out.jsonl", "--keep", "kind", "--resume", "--quiet")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    refused = run("score", EXAMPLES, "--output", "out.jsonl")
    assert (refused.returncode, is_one_sentence(refused.stderr)) == (2, True)
    assert "out.jsonl exists: overwrite replaces it" in refused.stderr


def test_failed_rows_are_counted_by_reason_and_told_by_the_status(run, tmp_path):
    write(tmp_path / "a.jsonl", lines({"text": "Short."}, "{", {"text": 3}, "{", {"text": ""}))
    for more in ((), ("--resume",)):
        result = run("score", "a.jsonl", "--output", "out.csv", *more)
        assert result.returncode == 1
        assert "  failed: 2 line # is broken JSON: Expecting property name" in result.stderr
        assert "  no verdict: 1 empty" in result.stderr
        assert result.stderr.endswith("detector: 3 of 5 articles failed: column error says why\n")
    quiet = run("score", "a.jsonl", "--output", "out.csv", "--overwrite", "--quiet")
    assert quiet.stderr == "detector: 3 of 5 articles failed: column error says why\n"


def test_csv_and_choices_on_the_screen(run):
    result = run("score", EXAMPLES, "--format", "csv", "--where-flagged", "--max-fpr", "0.002", "--limit", "7")
    rows = list(csv.DictReader(io.StringIO(result.stdout, newline="")))
    assert rows
    assert {row["flagged"] for row in rows} == {"true"}
    assert all(float(row["p_value"]) <= 0.002 == float(row["threshold_fpr"]) for row in rows)
    assert "example-note" not in result.stdout


def test_a_dry_run_says_what_would_be_read_and_reads_nothing(run, tmp_path):
    write(tmp_path / "in/a.jsonl", "{broken")
    write(tmp_path / "in/b.txt", "Text.")
    result = run("score", "in", "missing.txt", "--dry-run", "--output", "out.csv")
    assert result.returncode == 1
    first, second, third, total = result.stdout.splitlines()
    assert first.split() == ["jsonl", "7", str(Path("in/a.jsonl"))]
    assert second.split() == ["text", "5", str(Path("in/b.txt"))]
    assert third.endswith("missing.txt  error: there is no such file or folder")
    assert total == "3 inputs, 1 of them cannot be read, 12 bytes; rows would go to out.csv"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--resume",), "give --output"),
        (("--format", "parquet"), "give --output"),
        (("--output", "scores.xlsx"), "scores.xlsx ends in none of"),
        (("--output", "no/such/folder/out.csv"), "no/such/folder"),
        (("--limit", "0"), "limit is 0"),
        (("--max-fpr", "2"), "max_fpr is 2.0"),
        (("--keep", "score"), "the input column score cannot be kept"),
        (("--jobs", "0"), "--jobs is 0"),
        (("--engine", "dask"), "--scheduler"),
    ],
)
def test_wrong_use_is_one_sentence(run, tmp_path, arguments, told):
    result = run("score", EXAMPLES, *arguments)
    assert (result.returncode, result.stdout) == (1 if "no/such/folder/out.csv" in arguments else 2, "")
    assert is_one_sentence(result.stderr)
    assert told in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def terminal(tmp_path):
    """Call the command line on a terminal: `terminal("score", path)` gives what it shows."""
    if os.name == "nt":
        pytest.skip("needs a terminal of a kind that Windows does not have")

    def call(*arguments):
        import fcntl
        import termios

        ours, theirs = os.openpty()
        # A new terminal has no columns, and a progress bar takes as many as there are.
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
        command = [sys.executable, "-m", "detector", *arguments]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=theirs, stderr=theirs) as process:
            os.close(theirs)
            with os.fdopen(ours, "rb", buffering=0) as stream:
                content = b"".join(blocks(stream))
        assert process.returncode == 0, content
        return content.decode()

    return call


def blocks(stream):
    """What a terminal shows until the other end is closed, which reads as an error."""
    with suppress(OSError):
        while block := stream.read(65536):
            yield block


def test_a_terminal_is_not_flooded(terminal, tmp_path):
    write(tmp_path / "a.jsonl", lines(*({"id": f"row{number}", "text": "Short."} for number in range(500))))
    shown = terminal("score", "a.jsonl")
    assert shown.count("no verdict (too short") == 300
    assert "more than 300 rows are not printed on a terminal; --output FILE keeps them all" in shown
    assert "500 articles: 500 scored, 0 failed" in shown


def test_a_terminal_sees_how_far_a_run_has_come(terminal, tmp_path):
    write(tmp_path / "a.jsonl", lines(*[{"text": "Short."}] * 40))
    assert "40/40" in terminal("score", "a.jsonl", "--output", "out.csv")
    assert terminal("score", "a.jsonl", "--output", "out.csv", "--overwrite", "--quiet") == ""


def test_the_number_of_articles_is_known_where_that_is_cheap(tmp_path):
    write(tmp_path / "in/a.jsonl", lines({"text": "A."}, {"text": "B."}, {"text": "C."}))
    write(tmp_path / "in/b.txt", "D.")
    folder = str(tmp_path / "in")
    assert expected(Selection((folder,))) == 4
    assert expected(Selection((folder,), limit=3)) == 3
    assert expected(Selection((folder,), limit=3, sample=2)) == 2
    assert expected(Selection((folder, "-"))) is None
    assert expected(Selection((folder, "-"), limit=9)) == 9


def test_tallies_add_up_and_survive_the_journal():
    rows = [
        {"error": None, "abstained": None, "tier": "strong", "flagged": True},
        {"error": None, "abstained": "too short: 3 words, 80 are needed", "tier": None, "flagged": False},
        {"error": "line 3 has no text", "abstained": None, "tier": None, "flagged": None},
    ]
    total = Tally()
    for row in rows:
        total.add(Tally.of([row]))
    assert total == Tally.of(rows) == Tally.from_dict(json.loads(json.dumps(total.to_dict())))
    assert (total.rows, total.flagged, total.failures) == (3, 1, 1)
    assert list(total.lines(3, 1.5)) == [
        "3 articles: 2 scored, 1 failed, 2 a second",
        "  tiers: strong 1, likely 0, weak 0, none 0",
        "  flagged: 1",
        "  no verdict: 1 too short",
        "  failed: 1 line # has no text",
    ]
    assert list(Tally().lines(0, 0.0)) == ["0 articles: 0 scored, 0 failed"]
