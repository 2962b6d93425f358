"""What a cold start costs, and what it does not import; measured in processes of their own.

The limits are those that users were promised, without a margin: the median of five runs on an idle two-core machine
lies at half of them or below.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

import detector

# scikit-learn's import alone takes about a second; the others come with it or are extras.
HEAVY = (
    *("sklearn", "scipy", "joblib", "nltk", "pandas", "polars"),
    *("narwhals", "pyarrow", "dask", "distributed", "trafilatura", "warcio"),
)

LOADED = f"import json, sys; print(json.dumps([name for name in {HEAVY} if name in sys.modules]))"

SCORING = """
import detector
from pathlib import Path
text = Path("one.txt").read_text(encoding="utf-8")
loaded = detector.load()
detector.score(text), detector.score([text, ""])
loaded.p_value(text), loaded.flag([text]), loaded.predict_proba([text])
list(loaded.rows([text])), loaded.threshold(0.01), loaded.get_params(), repr(loaded)
report = detector.explain(text)
str(report), report.to_dict(), report.to_html()
loaded.save("copy.npz")
detector.load("copy.npz").score(text)
detector.StyleVectorizer().fit_transform([text])
"""

COMMAND = """
import contextlib, io, sys
from detector.cli import main
with contextlib.redirect_stdout(io.StringIO()):
    try:
        main({arguments})
    except SystemExit as error:
        assert not error.code, error.code
"""


@pytest.fixture
def python(tmp_path, examples):
    """Run Python in a folder with one article, `one.txt`; gives what it prints."""
    (tmp_path / "one.txt").write_text(examples[0]["text"], encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(Path(detector.__file__).parents[1])}

    def call(*arguments):
        command = [sys.executable, *arguments]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True, text=True).stdout

    return call


def median_seconds(call, runs=5):
    call()  # the first run writes the byte code and fills the disk cache
    return statistics.median(call() for _ in range(runs))


def test_the_package_is_imported_in_a_fifth_of_a_second(python):
    program = "import time; start = time.perf_counter(); import detector; print(time.perf_counter() - start)"
    assert median_seconds(lambda: float(python("-c", program))) < 0.2


def test_one_file_is_scored_from_a_cold_start_in_six_tenths_of_a_second(python):
    def seconds():
        start = time.perf_counter()
        assert "one.txt" in python("-m", "detector", "score", "one.txt")
        return time.perf_counter() - start

    assert median_seconds(seconds) < 0.6


@pytest.mark.parametrize(
    "program", ["import detector", "from detector import *", SCORING], ids=["bare", "all", "scoring"]
)
def test_scoring_and_explaining_import_numpy_and_the_standard_library_only(python, program):
    assert json.loads(python("-c", f"{program}\n{LOADED}")) == []


@pytest.mark.parametrize(
    "arguments",
    [["score", "one.txt"], ["score", "--json", "one.txt"], ["explain", "one.txt"], ["features", "one.txt"], ["info"]],
    ids=" ".join,
)
def test_commands_import_numpy_and_the_standard_library_only(python, arguments):
    assert json.loads(python("-c", f"{COMMAND.format(arguments=arguments)}\n{LOADED}")) == []


def test_public_names_are_loaded_when_they_are_used(python):
    program = (
        "import sys, detector; before = 'numpy' in sys.modules; detector.score; print(before, 'numpy' in sys.modules)"
    )
    assert python("-c", program).split() == ["False", "True"]


def test_every_public_name_exists_and_others_do_not():
    assert {name for name in detector.__all__ if getattr(detector, name, None) is None} == set()
    assert set(detector.__all__) <= set(dir(detector))
    with pytest.raises(AttributeError, match="no attribute 'scores'"):
        detector.scores  # noqa: B018 - reading it is the test
