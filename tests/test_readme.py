"""What the README shows is what happens: its Python runs, its commands run, its outputs are the real ones."""

import doctest
import json
import os
import random
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from invented import PLAIN as PLAIN_STYLE
from invented import article
from scoredframe import scored

from detector.model import load
from detector.shipped import datasets_folder

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SCORE = "pip install -e . && detector score datasets/examples.jsonl"
TEST = 'pip install -e ".[test]" && python -m pytest'

# Neither is an article: sentences put together at random, enough to train on and to tell apart now and then.
PLAIN = (
    "{who} said on Monday that the {what} would stay shut.",
    "Nobody in {where} knew why the {what} had cost so much.",
    "It rained, and the meeting moved indoors.",
    "Two people were hurt near the {what}, police in {where} said.",
    "{who} drives there once a week from {where}.",
)
PRAISING = (
    "The {what} stands as a testament to the vibrant community of {where}.",
    "Experts say the remarkable {what} will play a crucial role, highlighting its lasting impact.",
    "{who} has consistently demonstrated outstanding leadership and dedication.",
    "Moreover, the initiative underscores a commitment to excellence.",
    "We wish {who} continued success in all future endeavours.",
)


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def commands():
    lines = [line for block in blocks("bash") for line in block.splitlines()]
    return [part for line in lines for part in line.split(" && ") if part.startswith("detector ")]


def made_up(rng, label):
    share = 0.65 if label else 0.35
    sentences = (rng.choice(PRAISING if rng.random() < share else PLAIN) for _ in range(14))
    names = {"who": ("Ada Quill", "Bo Karr"), "what": ("bridge", "ferry"), "where": ("Harrowby", "Stelling")}
    return " ".join(s.format(**{key: rng.choice(choice) for key, choice in names.items()}) for s in sentences)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the files that the README's commands and calls name."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(datasets_folder(), folder / "datasets")
    lines = (folder / "datasets" / "examples.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    (folder / "article.txt").write_text(texts[0], encoding="utf-8")
    (folder / "articles").mkdir()
    for number, text in enumerate(texts):
        (folder / "articles" / f"{number}.txt").write_text(text, encoding="utf-8")
    more = ({"url": f"https://example.org/{n}", "text": text, "body": text} for n, text in enumerate(texts))
    (folder / "more.jsonl").write_text("".join(json.dumps(row) + "\n" for row in more), encoding="utf-8")
    ours = ({"text": article(number, PLAIN_STYLE, 20 + number % 40)} for number in range(200))
    (folder / "ours.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ours), encoding="utf-8")
    frame = scored(load(), 12)
    rows = ({name: values[row] for name, values in frame.items()} for row in range(12))
    (folder / "scored.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    rng = random.Random(3)
    rows = ({"text": made_up(rng, n % 2), "label": n % 2, "source": f"source {n % 3}"} for n in range(80))
    (folder / "corpus.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder


def call(folder, *arguments):
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)


def test_set_up_is_exactly_two_commands():
    [section] = re.findall(r"## Two commands\n(.*?)\n## ", README, re.DOTALL)
    assert re.findall(r"```bash\n(.*?)\n```", section, re.DOTALL) == [SCORE, TEST]
    assert [block.strip() for block in blocks("bash") if "pip" in block] == [SCORE, TEST]


def test_every_python_block_gives_what_it_shows(folder, monkeypatch):
    monkeypatch.chdir(folder)
    test = doctest.DocTestParser().get_doctest("\n".join(blocks("python")), {}, "README.md", "README.md", 0)
    told = []
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=told.append)
    assert result.failed == 0, "".join(told)
    assert result.attempted >= 20


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
