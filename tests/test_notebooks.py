"""The notebooks run from the top without an error or a warning, load nothing, and are stored without output."""

import json
import re
import shutil

import pytest
from documents import ROOT, call

FOLDER = ROOT / "examples" / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
NAMES = [path.stem for path in NOTEBOOKS]

# A call that would leave the machine ends the notebook; the kernel itself is reached over the loopback.
OFFLINE = """
import socket

_connect = socket.socket.connect


def connect(self, address):
    if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
        raise OSError(f"a notebook asked for {address}")
    return _connect(self, address)


socket.socket.connect = connect
"""


def cells(path):
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def test_there_are_five():
    assert NAMES == ["calibrating", "corpus_from_scratch", "first_steps", "reading_a_score", "training"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_stored_without_output(path):
    for cell in cells(path):
        assert (cell.get("outputs", []), cell.get("execution_count")) == ([], None)
        assert cell["metadata"] == {}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_says_that_its_articles_are_invented(path):
    told = " ".join("".join(cell["source"]) for cell in cells(path) if cell["cell_type"] == "markdown")
    assert "invented" in told
    assert re.search("language model|No person\\s+wrote", told)


@pytest.fixture
def workplace(tmp_path):
    """A copy of the notebooks' folder, and a folder whose `sitecustomize` keeps kernels off the network."""
    shutil.copytree(FOLDER, tmp_path / "notebooks", ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"))
    (tmp_path / "offline").mkdir()
    (tmp_path / "offline" / "sitecustomize.py").write_text(OFFLINE, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_runs_from_the_top(path, workplace):
    given = workplace / "notebooks" / path.name
    known = {
        "PYTHONPATH": f"{workplace / 'offline'}:{ROOT}",
        "JUPYTER_PLATFORM_DIRS": "1",
        "IPYTHONDIR": str(workplace / "ipython"),
    }
    before = sorted(given.parent.iterdir())
    result = call(given.parent, ROOT / "tests" / "executed.py", given, given.parent, workplace / "done.ipynb", **known)
    assert result.returncode == 0, result.stderr[-3000:]
    outputs = [output for cell in cells(workplace / "done.ipynb") for output in cell.get("outputs", ())]
    assert [output["text"] for output in outputs if output.get("name") == "stderr"] == []
    assert any("data" in output or output.get("name") == "stdout" for output in outputs)
    assert [name for name in sorted(given.parent.iterdir()) if name.name != "__pycache__"] == before
