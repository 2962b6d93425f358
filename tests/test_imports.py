"""What a cold start costs, and what it does not import; measured in processes of their own.

Times are ratios to the import of NumPy, which no cold start can do without, in the same run and on the same machine.
They are processor times, so that others on the machine do not count, with a wide margin.
"""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

import detector
from detector import load
from detector.batchtext import Batch
from detector.commands import COMMANDS
from detector.consistency import CHECKS, KINDS, checks_of, suspects_of
from detector.families.consistency import FAMILY as CONSISTENCY

# scikit-learn's import alone takes about a second; the others come with it or are extras.
HEAVY = (
    *("sklearn", "scipy", "joblib", "nltk", "pandas", "polars"),
    *("narwhals", "pyarrow", "dask", "distributed", "trafilatura", "warcio"),
)

IMPORT_RATIO = 0.15  # 0.05 is reached
SCORE_RATIO = 5  # 3.3 is reached; 6.4 it was while importing the checks compiled all of their patterns

# What a score of one article on the screen has no use for.
NEEDLESS = (
    *("concurrent.futures", "multiprocessing", "logging", "email", "random", "numpy.ma", "numpy.random"),
    *("detector.explanation", "detector.windows", "detector.modelinfo", "detector.report.html", "detector.report.text"),
    *("detector.batch.run", "detector.batch.writers", "detector.commands.score_file", "detector.consistency.headline"),
    *(f"detector.commands.{name}" for name in COMMANDS if name != "score"),
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


TIMED = """
import os, time
begin = time.process_time()
{program}
print(time.process_time() - begin)
"""


# Every kind is looked for in a batch whose words were looked up before the checks of the next kind are there.
LATE = """
import json
from pathlib import Path
from detector.batchtext import Batch
from detector.consistency import KINDS, suspects_of, suspects_of_kind
batch = Batch.from_texts(json.loads(Path("texts.json").read_text(encoding="utf-8")))
for kind in reversed(KINDS):
    suspects_of_kind(batch, kind)
print(json.dumps([(row, check.name) for row, check, _ in suspects_of(batch)]))
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """Python finds the package, and keeps byte code as in an installation, but not in the folders of the sources."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    folder = tmp_path_factory.mktemp("bytecode")
    return kept | {"PYTHONPATH": str(Path(detector.__file__).parents[1]), "PYTHONPYCACHEPREFIX": str(folder)}


@pytest.fixture
def python(tmp_path, examples, environment):
    """Run Python in a folder with one article, `one.txt`; gives what it prints."""
    (tmp_path / "one.txt").write_text(examples[0]["text"], encoding="utf-8")

    def call(*arguments):
        command = [sys.executable, *arguments]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True, text=True).stdout

    return call


def ratio(python, program, runs=5):
    """How many times as long as the import of NumPy a program takes, in the median of interleaved runs."""
    programs = [("-c", TIMED.format(program=one)) for one in (program, "import numpy")]
    for one in programs:
        python(*one)  # the first run writes the byte code and fills the disk cache
    took = [[float(python(*one)) for one in programs] for _ in range(runs)]
    return statistics.median(one for one, _ in took) / statistics.median(other for _, other in took)


def test_the_package_is_imported_in_a_small_part_of_the_time_of_numpy(python):
    assert ratio(python, "import detector") < IMPORT_RATIO


def test_one_file_is_scored_from_a_cold_start_in_a_few_times_the_import_of_numpy(python):
    assert ratio(python, COMMAND.format(arguments=["score", "one.txt"])) < SCORE_RATIO


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


def loaded(python, program):
    """The modules that a program leaves behind, but for those of NumPy, which differ from one version to another."""
    listing = "import sys; print(*sys.modules)"
    own = set(python("-c", f"{program}\n{listing}").split())
    return own - set(python("-c", f"import numpy; {listing}").split())


def test_a_score_imports_the_command_and_the_checks_that_it_needs_and_no_others(python):
    found = loaded(python, COMMAND.format(arguments=["score", "one.txt"]))
    weightless = load().model_.panel.weightless
    kinds = [kind for kind, one in zip(KINDS, CONSISTENCY.features, strict=True) if one.__name__ in weightless]
    checks = {check.find.__module__ for kind in kinds for check in checks_of(kind)}
    assert len(checks) > 10
    assert found & {*NEEDLESS, *checks} == set()
    assert "detector.commands.score" in found


def test_no_pattern_is_compiled_before_it_is_used(python):
    program = "import calendar, re, detector.model; re.compile = None; from detector.consistency import CHECKS"
    assert int(python("-c", f"{program}; print(len(CHECKS))")) == len(CHECKS)


def test_checks_that_are_imported_late_find_what_they_would_have_found(python, tmp_path):
    cases = Path(__file__).parent / "cases" / "consistency"
    rows = [row for path in sorted(cases.glob("*.json")) for row in json.loads(path.read_text(encoding="utf-8"))]
    texts = [text for row in rows for text in row["fires"][:2]]
    (tmp_path / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    found = json.loads(python("-c", LATE))
    assert found == [[row, check.name] for row, check, _ in suspects_of(Batch.from_texts(texts))]
    assert {name for _, name in found} == {check.name for check in CHECKS}


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
