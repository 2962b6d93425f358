"""What the README shows is what happens: its Python runs, its commands run, its outputs are the real ones."""

import re
import shlex

import pytest
from documents import ROOT, call, furnish, run_python
from documents import blocks as blocks_of

README = (ROOT / "README.md").read_text(encoding="utf-8")
SCORE = "pip install -e . && detector score datasets/examples.jsonl"
TEST = 'pip install -e ".[test]" && python -m pytest'


def blocks(language):
    return blocks_of(README, language)


def commands():
    lines = [line for block in blocks("bash") for line in block.splitlines()]
    return [part for line in lines for part in line.split(" && ") if part.startswith("detector ")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return furnish(tmp_path_factory.mktemp("readme"))


def test_set_up_is_exactly_two_commands():
    [section] = re.findall(r"## Two commands\n(.*?)\n## ", README, re.DOTALL)
    assert re.findall(r"```bash\n(.*?)\n```", section, re.DOTALL) == [SCORE, TEST]
    assert [block.strip() for block in blocks("bash") if "pip" in block] == [SCORE, TEST]


def test_every_python_block_gives_what_it_shows(folder, monkeypatch):
    monkeypatch.chdir(folder)
    assert run_python(README, "README.md") >= 20


def test_every_command_runs(folder):
    shown = commands()
    assert {shlex.split(command)[1] for command in shown} == {
        "score",
        "explain",
        "check",
        "features",
        "info",
        "calibrate",
        "train",
        "report",
    }
    for command in shown:
        result = call(folder, "-m", *shlex.split(command))
        # A run into a file tells on standard error what it did, and prints nothing.
        told, empty = result.stdout, result.stderr
        if "score" in command and "--output" in command:
            told, empty = empty, told
        assert (result.returncode, empty) == (0, ""), command
        assert told, command


def test_shown_outputs_are_what_the_commands_print():
    result = call(ROOT, "benchmarks/readme_output.py", "--check")
    assert result.returncode == 0, result.stdout + result.stderr
    assert README.count("<!-- output: detector ") == 2


def test_files_and_folders_that_are_named_exist():
    named = set(re.findall(r"`((?:detector|models|datasets|examples|tests|benchmarks)/[\w./-]*)`", README))
    assert len(named) >= 8
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_pictures_exist_and_are_small():
    shown = re.findall(r"!\[(.+?)\]\((.+?)\)", README)
    assert shown
    for text, name in shown:
        assert len(text) > 20
        assert (ROOT / name).read_bytes().startswith(b"\x89PNG")
        assert (ROOT / name).stat().st_size < 300_000


def test_example_script_lists_a_folder(folder):
    result = call(folder, ROOT / "examples" / "score_folder.py", "articles", "0.999")
    assert (result.returncode, result.stderr) == (0, "")
    *rows, total = result.stdout.splitlines()
    assert total.startswith(f"{len(rows)} of 8 articles flagged at 0.999")
    p_values = [float(row.split("p-value ")[1].split()[0]) for row in rows]
    assert p_values == sorted(p_values)
    assert rows
