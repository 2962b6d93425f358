"""Bad model files, readers that go away, interruptions, terminals that lack characters."""

import json
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from commandline import is_one_sentence, lines, write

import detector
from detector.shipped import datasets_folder, model_path

EXAMPLES = datasets_folder() / "examples.jsonl"
ROOT = Path(detector.__file__).parents[1]


@pytest.fixture(scope="module")
def article(examples):
    return examples[0]["text"]


def edited(source, target, change):
    with zipfile.ZipFile(source) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def change_header(**values):
    def change(members):
        members["header.json"] = json.dumps({**json.loads(members["header.json"]), **values}).encode()

    return change


def change_number(members):
    content = bytearray(members["centre.npy"])
    content[-1] ^= 1
    members["centre.npy"] = bytes(content)


def bad_models(folder):
    good = model_path("news-en")
    (folder / "truncated.npz").write_bytes(good.read_bytes()[:-1000])
    (folder / "empty.npz").write_bytes(b"")
    (folder / "text.npz").write_text("a model", encoding="utf-8")
    # A pickle by hand: protocol 2, and a call of print. Nothing may ever be called.
    (folder / "pickle.npz").write_bytes(b"\x80\x02cbuiltins\nprint\nX\x06\x00\x00\x00CALLED\x85R.")
    np.savez(folder / "foreign.npz", weights=np.zeros(3))
    np.savez(folder / "objects.npz", weights=np.array([{}], object))
    edited(good, folder / "newer.npz", change_header(format=99))
    edited(good, folder / "schema.npz", change_header(schema="0" * 16))
    edited(good, folder / "header.npz", change_header(shift=-9.0))
    edited(good, folder / "number.npz", change_number)
    edited(good, folder / "less.npz", lambda members: members.pop("centre.npy"))
    (folder / "folder.npz").mkdir()
    return sorted(path.name for path in folder.glob("*.npz"))


def test_bad_model_files_are_refused_in_one_sentence(run, tmp_path):
    names = bad_models(tmp_path)
    assert len(names) == 12
    for name in [*names, "missing.npz", "no-such-model"]:
        for command in (("score", EXAMPLES), ("info",)):
            result = run(*command, "--model", name)
            assert (result.returncode, result.stdout) == (2, ""), name
            assert is_one_sentence(result.stderr), result.stderr
            assert name in result.stderr
    assert "99" in run("info", "--model", "newer.npz").stderr


def start(tmp_path, *arguments, **options):
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "detector", *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=tmp_path, env=environment, stdin=pipe, stdout=pipe, stderr=pipe, **options)


@pytest.mark.parametrize("extra", [(), ("--json",)])
def test_a_reader_that_goes_away_ends_it_quietly(tmp_path, article, extra):
    write(tmp_path / "a.jsonl", lines(*[{"text": article}] * 2000))
    with start(tmp_path, "score", "a.jsonl", *extra) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        process.stdin.close()
        assert process.wait(60) == 141


@pytest.mark.skipif(os.name == "nt", reason="needs a signal that Windows does not have")
def test_an_interruption_ends_it_quietly(tmp_path):
    with start(tmp_path, "score", "-") as process:
        process.stdout.readline()  # the head of the table: it is reading now
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
        assert process.stderr.read() == b""


def test_a_terminal_without_the_characters(tmp_path, article):
    write(tmp_path / "a.jsonl", lines({"id": "naïve \U0001f600", "text": article}))
    for extra in ((), ("--json",)):
        environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"}
        command = [sys.executable, "-m", "detector", "score", "a.jsonl", *extra]
        result = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
        assert (result.returncode, result.stderr) == (0, b"")
        assert result.stdout.isascii()
    assert json.loads(result.stdout)["id"] == "naïve \U0001f600"
