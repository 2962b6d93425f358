"""Quality floors: that a regression is told, that floors only rise, and that the shipped figures keep theirs."""

import copy
import json

import numpy as np
import pytest

from detector import cli, evaluation
from detector.corpora import Corpus
from detector.evaluation import floors
from detector.shipped import models_folder

RESULT = {
    "quick": True,
    "data": "0123456789abcdef",
    "macro": {"tpr": {"0.01": {"tpr": 0.75}, "0.001": {"tpr": 0.5}}},
    "held_out": [
        {"source": "gecscore", "auroc": 0.9996},
        {"source": "imbd", "auroc": 0.992},
        {"source": "human_abc2006", "auroc": None},
        {"source": "modern2026", "auroc": 0.99},
    ],
    "human": {"news": {"macro": 0.008, "worst": 0.015}},
    "modern2026": {"groups": {"content farm": {"0.01": {"flagged": 0.97}}, "news": {"0.01": {"flagged": 0.9}}}},
    "calibration": {"expected_calibration_error": 0.04},
}
PINNED = {
    "TPR, macro at 1 % FPR": 0.74,
    "AUROC, gecscore": 0.9986,
    "AUROC, imbd": 0.991,
    "FPR, mean of news sources at the shipped 1 %": 0.01,
    "FPR, worst news source at the shipped 1 %": 0.017,
    "flagged, modern2026 content farm at the shipped 1 %": 0.95,
    "flagged, modern2026 news at the shipped 1 %": 0.88,
    "calibration error, sources left out": 0.045,
}


def changed(*path, to, **top):
    """RESULT with one number replaced, and top-level entries besides."""
    result = copy.deepcopy(RESULT)
    *where, last = path
    inner = result
    for key in where:
        inner = inner[key]
    inner[last] = to
    return {**result, **top}


@pytest.fixture
def pinned(tmp_path):
    """A file with RESULT pinned."""
    file = tmp_path / "floors.json"
    assert floors.review(RESULT, pin=True, file=file)[0]
    return file


def read(file):
    return json.loads(file.read_text(encoding="utf-8"))


def test_floors_are_figures_less_their_tolerance(pinned):
    assert read(pinned) == {"quick": {"data": RESULT["data"], "floors": pytest.approx(PINNED)}}


def test_the_result_that_was_pinned_keeps_its_floors(pinned):
    assert floors.review(RESULT, file=pinned) == (True, [])


@pytest.mark.parametrize(
    ("path", "kept", "broken"),
    [
        (("macro", "tpr", "0.01", "tpr"), 0.7401, 0.7399),
        (("held_out", 0, "auroc"), 0.9987, 0.9985),
        (("human", "news", "macro"), 0.0099, 0.0101),
        (("human", "news", "worst"), 0.0169, 0.0171),
        (("modern2026", "groups", "news", "0.01", "flagged"), 0.881, 0.879),
        (("calibration", "expected_calibration_error"), 0.0449, 0.0451),
    ],
)
def test_each_floor_tells_its_regression_in_one_sentence(pinned, path, kept, broken):
    assert floors.review(changed(*path, to=kept), file=pinned) == (True, [])
    passed, (sentence,) = floors.review(changed(*path, to=broken), file=pinned)
    assert not passed
    assert f"{broken:.4f} is " in sentence
    assert ("above its ceiling" if broken > kept else "below its floor") in sentence


def test_a_figure_that_is_no_longer_measured_is_a_regression(pinned):
    passed, (sentence,) = floors.review(changed("calibration", to={}), file=pinned)
    assert not passed
    assert sentence == "calibration error, sources left out: not measured, but its floor is 0.0450"


def test_a_better_result_raises_and_a_slightly_worse_one_leaves_the_floor(pinned):
    better = changed("macro", "tpr", "0.01", "tpr", to=0.8)
    floors.review(better, pin=True, file=pinned)
    assert read(pinned)["quick"]["floors"]["TPR, macro at 1 % FPR"] == pytest.approx(0.79)
    floors.review(changed("macro", "tpr", "0.01", "tpr", to=0.795), pin=True, file=pinned)
    assert read(pinned)["quick"]["floors"]["TPR, macro at 1 % FPR"] == pytest.approx(0.79)
    floors.review(changed("human", "news", "worst", to=0.012, macro=better["macro"]), pin=True, file=pinned)
    assert read(pinned)["quick"]["floors"]["FPR, worst news source at the shipped 1 %"] == pytest.approx(0.014)


def test_lowering_takes_the_flag(pinned):
    worse = changed("macro", "tpr", "0.01", "tpr", to=0.6)
    before = pinned.read_bytes()
    with pytest.raises(ValueError, match=r"TPR, macro at 1 % FPR: 0\.6000, and its floor of 0\.7400 falls only with"):
        floors.review(worse, pin=True, file=pinned)
    assert pinned.read_bytes() == before
    floors.review(worse, pin=True, lower=True, file=pinned)
    assert read(pinned)["quick"]["floors"]["TPR, macro at 1 % FPR"] == pytest.approx(0.59)


def test_a_floor_goes_only_with_the_flag(pinned):
    without = changed("calibration", to={})
    with pytest.raises(ValueError, match="not measured, and its floor"):
        floors.review(without, pin=True, file=pinned)
    floors.review(without, pin=True, lower=True, file=pinned)
    assert "calibration error, sources left out" not in read(pinned)["quick"]["floors"]


def test_other_data_is_said_and_not_compared(pinned):
    passed, (sentence,) = floors.review(changed("macro", "tpr", "0.01", "tpr", to=0.1, data="other"), file=pinned)
    assert passed
    assert "pinned on other data (0123456789abcdef, here other)" in sentence


def test_other_data_is_no_way_to_lower_a_floor(pinned):
    other = changed("macro", "tpr", "0.01", "tpr", to=0.745, data="other")
    with pytest.raises(ValueError, match="falls only with --lower-floors"):
        floors.review(other, pin=True, file=pinned)
    floors.review({**RESULT, "data": "other"}, pin=True, file=pinned)
    assert read(pinned)["quick"]["data"] == "other"


def test_some_holdouts_are_neither_compared_nor_pinned(pinned):
    some = changed("macro", "tpr", "0.01", "tpr", to=0.1, only=["gecscore"])
    passed, (sentence,) = floors.review(some, file=pinned)
    assert passed
    assert "only some holdouts" in sentence
    with pytest.raises(ValueError, match="from a whole evaluation"):
        floors.review(some, pin=True, lower=True, file=pinned)


def test_quick_and_full_have_floors_of_their_own(pinned):
    full = changed("macro", "tpr", "0.01", "tpr", to=0.3, quick=False)
    passed, (sentence,) = floors.review(full, file=pinned)
    assert passed
    assert sentence == "no quality floors are pinned for the full evaluation, so nothing was compared"
    floors.review(full, pin=True, file=pinned)
    assert list(read(pinned)) == ["full", "quick"]
    assert floors.review(full, file=pinned) == floors.review(RESULT, file=pinned) == (True, [])


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"quick": 1}', '{"quick": {"data": ""}}', '{"quick": {"data": "", "floors": {"a": null}}}']
)
def test_a_file_of_something_else_is_refused(tmp_path, text):
    file = tmp_path / "floors.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="holds no quality floors"):
        floors.review(RESULT, file=file)


def test_the_digest_changes_with_text_label_and_source():
    def digest(text, label, source):
        return floors.digest(Corpus(["a"], [text], np.array([label], np.int8), [source], [""], [""], [""], ["a"]))

    same = digest("One text.", 0, "here")
    assert same == digest("One text.", 0, "here")
    assert len({same, digest("One text!", 0, "here"), digest("One text.", 1, "here"), digest("One text.", 0, "x")}) == 4
    assert len(digest("\ud800 lone", 0, "here")) == 16


@pytest.fixture
def command(pinned, monkeypatch, capsys):
    """Run ``detector evaluate`` on a made-up result: its exit status and what it says on standard error."""
    monkeypatch.setattr(floors, "path", lambda: pinned)
    monkeypatch.setattr(evaluation, "summary", lambda _: "tables")

    def call(result, *arguments):
        monkeypatch.setattr(evaluation, "evaluate", lambda *_, **__: result)
        status = cli.main(["evaluate", "--quick", "--data", "corpora", *arguments])
        return status, capsys.readouterr().err

    return call


def test_the_command_fails_on_a_regression_with_a_sentence_for_each(command):
    assert command(RESULT) == (0, "")
    worse = changed("macro", "tpr", "0.01", "tpr", to=0.6, calibration={"expected_calibration_error": 0.2})
    status, said = command(worse)
    assert status == 1
    assert said.splitlines() == [
        "detector: TPR, macro at 1 % FPR: 0.6000 is below its floor of 0.7400",
        "detector: calibration error, sources left out: 0.2000 is above its ceiling of 0.0450",
    ]


def test_the_command_pins_and_lowers_only_when_told(command, pinned):
    worse = changed("macro", "tpr", "0.01", "tpr", to=0.6)
    status, said = command(worse, "--pin")
    assert (status, said.count("\n")) == (1, 1)
    assert "falls only with --lower-floors" in said
    status, said = command(worse, "--pin", "--lower-floors")
    assert (status, said) == (0, "detector: the floors of the quick evaluation are pinned in floors.json\n")
    assert command(worse) == (0, "")
    assert read(pinned)["quick"]["floors"]["TPR, macro at 1 % FPR"] == pytest.approx(0.59)


@pytest.mark.parametrize(
    ("arguments", "named"), [(("--pin", "--only", "gecscore"), "--only"), (("--lower-floors",), "--pin")]
)
def test_flags_that_do_not_go_together_are_wrong_use(command, arguments, named):
    status, said = command(RESULT, *arguments)
    assert (status, said.count("\n")) == (2, 1)
    assert named in said


def gate(result):
    """Fail unless the result keeps the pinned floors; figures of other data fail as well, for nothing guards them."""
    pinned = floors.read(floors.path())
    assert floors.incomparable(result, pinned) is None
    assert floors.regressions(result, pinned) == []


def test_the_shipped_evaluation_keeps_the_full_floors():
    gate(json.loads((models_folder() / "news-en.evaluation.json").read_text(encoding="utf-8")))


def test_the_quick_evaluation_keeps_its_floors(quick):
    gate(quick)
