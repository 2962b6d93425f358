"""The registry of corpora and the example articles."""

import importlib.util
from pathlib import Path

import pytest

from detector import corpora
from detector.shipped import datasets_folder

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "registry.py"
FIELDS = {
    "name", "file", "source", "url", "licence", "commercial", "citation", "human", "machine", "unlabelled", "sha256",
    "role", "family", "kind", "note",
}  # fmt: skip


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("registry_command", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def known():
    return corpora.registry()


def test_every_entry_is_complete(known):
    files = [entry for name, entry in known.items() if name == entry["name"]]
    assert len(files) == 27
    for entry in files:
        assert entry.keys() == FIELDS, entry["name"]
        assert entry["licence"]
        assert entry["note"]
        assert len(entry["sha256"]) == 64
        assert entry["commercial"] in (True, False, None)
        assert entry["url"] is None or entry["url"].startswith("https://github.com/")


def test_whoever_has_human_articles_has_a_role_and_whoever_has_machine_ones_a_family(known):
    for name, entry in known.items():
        assert entry["role"] in (("news", "other", "outside") if entry["human"] or entry["unlabelled"] else (None,)), (
            name
        )
        assert entry["family"] in (("chat", "today", "newsrooms", "web") if entry["machine"] else (None,)), name


def test_a_source_takes_what_it_does_not_state_from_its_file(known):
    basil = known["human_basil"]
    assert (basil["name"], basil["file"], basil["kind"]) == ("human_modern", "human_modern.jsonl.gz", "wire")
    assert basil["human"] == 200
    parts = [entry for source, entry in known.items() if entry["name"] == "human_modern" != source]
    assert len(parts) == 17
    assert sum(part["human"] for part in parts) == known["human_modern"]["human"]


def test_the_registry_agrees_with_the_corpora(corpora, script, capsys):
    assert script.main(["--data", str(corpora), "--check"]) == 0
    assert capsys.readouterr().out == ""


def test_the_command_tells_what_differs_and_writes_it(tmp_path, script, monkeypatch, capsys):
    (tmp_path / "made.jsonl").write_text('{"text": "Rain.", "label": 0}\n', encoding="utf-8")
    (tmp_path / "registry.json").write_text(
        '[{"name": "made", "file": "made.jsonl", "human": 5, "machine": 0, "unlabelled": 0, "sha256": ""}]',
        encoding="utf-8",
    )
    monkeypatch.setattr(script, "datasets_folder", lambda: tmp_path)
    command = ["--data", str(tmp_path)]
    assert script.main([*command, "--check"]) == 1
    assert "made: human is 1, the registry says 5" in capsys.readouterr().out
    assert script.main(command) == 0
    assert script.main([*command, "--check"]) == 0


def test_the_examples_are_eight_articles_that_say_a_machine_wrote_them():
    read = corpora.read(datasets_folder() / "examples.jsonl")
    assert (len(read), read.skipped) == (8, 0)
    assert read.labels.all()
    assert set(read.generators) == {"written by a language model for this project"}
    assert len(set(read.groups)) == len(set(read.ids)) == 8
    lengths = sorted(len(text.split()) for text in read.texts)
    assert lengths[0] <= 45
    assert lengths[1] >= 180
    assert lengths[-1] <= 350
