"""The site of docs/: it builds without a warning, says of the code what the code says, and its blocks run."""

import html.parser
import re
import subprocess
import sys

import pytest
from documents import ROOT, blocks, call, environment, furnish, run_python

import detector
from detector.commands import COMMANDS
from detector.consistency import CHECKS, HEADLINE_CHECKS
from detector.corpora import registry
from detector.families import FAMILIES, describe
from detector.modelinfo import LIMITS

PAGES = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md"))}
WITH_PYTHON = [name for name, text in PAGES.items() if blocks(text, "python")]
WITH_BASH = [name for name, text in PAGES.items() if blocks(text, "bash")]


class Reader(html.parser.HTMLParser):
    """Collects the text, the headings' names and what a page loads."""

    def __init__(self, page):
        super().__init__()
        self.text, self.ids, self.loaded = "", set(), []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.ids.add(attributes.get("id"))
        if tag in ("script", "img", "iframe", "source"):
            self.loaded.append(attributes.get("src") or "")
        elif tag == "link":
            self.loaded.append(attributes["href"])

    def handle_data(self, data):
        self.text += data


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The pages of the built site by their names, without ending."""
    folder = tmp_path_factory.mktemp("site")
    result = call(ROOT, "-m", "mkdocs", "build", "--strict", "--site-dir", folder)
    assert result.returncode == 0, result.stdout + result.stderr
    assert not re.search("WARNING|ERROR", result.stderr), result.stderr
    return {path.stem: Reader(path.read_text(encoding="utf-8")) for path in folder.glob("*.html")}


def test_every_page_is_built_and_nothing_is_left_to_generate(site):
    assert {name.removesuffix(".md") for name in PAGES} <= set(site)
    assert not [name for name, page in site.items() if "generated:" in page.text]


def test_nothing_is_loaded_from_elsewhere(site):
    loaded = [address for page in site.values() for address in page.loaded]
    assert loaded
    assert [address for address in loaded if re.match(r"(\w+:)?//", address)] == []


def test_every_feature_is_described_with_its_example(site):
    page = site["features"]
    for family in FAMILIES:
        assert family.name in page.ids
        for function in family.features:
            assert function.__name__ in page.ids
            assert describe(function).replace("`", "") in page.text, function.__name__
            assert f"show({function.__name__}, " in page.text
            assert all(column in page.text for column in family.tables.get(function.__name__, ()))


def test_every_check_is_described_with_its_base_rate(site):
    page = site["checks"]
    for check in (*CHECKS, *HEADLINE_CHECKS):
        assert check.name in page.ids
        assert f"show({check.name}, " in page.text
    assert page.text.count("Base rate: ") == len(CHECKS) + len(HEADLINE_CHECKS)


def test_every_command_with_its_options_is_there(site):
    page = site["commands"]
    assert set(COMMANDS) <= page.ids
    assert all(f"usage: detector {name} " in page.text for name in COMMANDS)
    assert "--resume" in page.text


def test_every_public_name_with_its_methods_is_there(site):
    page = site["library"]
    assert {name.lower() for name in detector.__all__ if not name.startswith("_")} <= page.ids
    methods = [name for name, one in vars(detector.Detector).items() if not name.startswith("_") and one.__doc__]
    assert "fit" in methods
    assert {f"detector{name}" for name in methods if callable(getattr(detector.Detector, name))} <= page.ids
    assert "score_frame(frame: " in page.text


def test_every_corpus_with_its_licence_and_every_limit_is_there(site):
    for name, source in registry().items():
        assert name in site["data"].text
        assert source["licence"] in site["data"].text
    assert all(limit in site["reading-a-score"].text for limit in LIMITS)
    assert "Weaknesses first" in site["card"].text


@pytest.mark.parametrize("name", WITH_PYTHON)
def test_every_python_block_gives_what_it_shows(name, tmp_path, monkeypatch):
    monkeypatch.chdir(furnish(tmp_path))
    assert run_python(PAGES[name], name) >= 2


@pytest.mark.parametrize("name", WITH_BASH)
def test_every_command_runs(name, tmp_path):
    folder, program = furnish(tmp_path), tmp_path / "bin" / "detector"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m detector "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    script = "".join(blocks(PAGES[name], "bash"))
    known = environment(PATH=f"{program.parent}:{environment()['PATH']}")
    result = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder,
        env=known,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert all(line.startswith(("detector ", "cat article.txt | detector ")) for line in script.splitlines())


def test_every_block_is_one_that_is_run():
    assert {language for text in PAGES.values() for language in re.findall(r"```(\w*)\n", text) if language} == {
        "bash",
        "python",
    }


def test_files_that_are_named_exist():
    named = {
        found for text in PAGES.values() for found in re.findall(r"`((?:examples|datasets|models)/[\w./-]*)`", text)
    }
    assert len(named) >= 3
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
