"""What the tests share: the corpora, the example articles, the command line as a real process."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from browser import Browser, programs
from hypothesis import settings

import detector
from detector.shipped import datasets_folder

# The same examples in every run, and no deadline: a busy machine is no failure.
settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.load_profile("repeatable")


def _without_skip(report):
    """In continuous integration, where everything is installed, a test that did not run is a failure."""
    if os.environ.get("CI") == "true" and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"nothing may be skipped where CI=true, but this was: {reason}"
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport():
    return _without_skip((yield))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report():
    return _without_skip((yield))


@pytest.fixture(scope="session")
def corpora():
    """Folder of the corpora, named by the environment variable DETECTOR_DATA."""
    folder = os.environ.get("DETECTOR_DATA")
    if not folder or not Path(folder).is_dir():
        pytest.skip("needs the corpora: set DETECTOR_DATA to their folder")
    return Path(folder).resolve()


@pytest.fixture(scope="session")
def seed_article(corpora):
    """The article that the users brought as an example of what they want to catch."""
    return (corpora.parent / "seeds" / "000_2ec65b3866188647.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def examples():
    """Rows of the example articles: dictionaries in the corpus schema."""
    lines = (datasets_folder() / "examples.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    """A headless Chromium, for the tests of pages."""
    if programs() is None:
        pytest.skip("needs Chromium: install chromium and chromium-driver")
    one = Browser(tmp_path_factory.mktemp("browser"))
    yield one
    one.close()


@pytest.fixture(scope="session")
def quick(corpora, tmp_path_factory):
    """Result and printed tables of the quick evaluation, which takes a few minutes."""
    output = tmp_path_factory.mktemp("quick") / "quick.json"
    command = [sys.executable, "-m", "detector", "evaluate", "--quick", "--data", corpora, "--output", output]
    root = str(Path(detector.__file__).parents[1])
    done = subprocess.run(
        command, env=os.environ | {"PYTHONPATH": root}, capture_output=True, check=False, encoding="utf-8"
    )
    # Status 1 may be a figure below its floor, which tests/test_floors.py tells from the result.
    assert output.is_file(), done.stderr
    print(done.stdout)
    result = json.loads(output.read_text(encoding="utf-8"))
    return result | {"rows": {row["source"]: row for row in result["held_out"]}, "printed": done.stdout}


@pytest.fixture
def run(tmp_path):
    """Call the command line in an empty folder: ``run("score", path)`` gives a CompletedProcess of text.

    Standard input is empty unless ``input`` is given; surrogate escapes in it, as in the output, stand for raw bytes.
    """
    # The process must load the copy that the tests import, installed or not.
    environment = os.environ | {"PYTHONPATH": str(Path(detector.__file__).parents[1]), "PYTHONIOENCODING": "utf-8"}

    def call(*arguments, input=""):  # noqa: A002 - the name that subprocess.run gives it
        command = [sys.executable, "-m", "detector", *map(str, arguments)]
        return subprocess.run(
            command,
            input=input,
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="surrogateescape",
            timeout=300,
        )

    return call
