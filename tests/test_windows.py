"""Windows: they cut an article into whole sentences, add up, and find the half of a splice that a machine wrote."""

import json
import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import PLAIN, PUFFED, article, fitted

import detector
from detector import modelfile
from detector.additive import Evidences
from detector.batchtext import Batch
from detector.evaluation.splices import LONGEST, SHORTEST, spliced, window_auroc
from detector.training import corpus_of
from detector.verdict import judge
from detector.windows import LABELS, LENGTH, Window, fractions, stretch

MIXED = article(1, PLAIN, 30) + "\n\n" + article(2, PUFFED, 30)
TEXTS = ["", "word", "\ud800 \u200b", "One. Two.", article(3, PLAIN), MIXED, "never ending " * 300]


def window(number, log_odds, label, p_value=0.5):
    return Window(100 * number, 100 * number + 99, 120, log_odds, p_value, label)


def check(text, scores):
    assert len(scores.windows) >= 1
    assert sum(scores.fractions.values()) == pytest.approx(1, abs=1e-12)
    assert tuple(scores.fractions) == LABELS
    for one in scores.windows:
        assert 0 <= one.start <= one.end <= len(text)
        assert math.isfinite(one.log_odds)
        assert math.isnan(one.p_value) or 0 < one.p_value <= 1
        assert one.label in LABELS
    for one, following in pairwise(scores.windows):
        assert one.end <= following.start
    if scores.stretch is not None:
        assert scores.stretch[0] in {one.start for one in scores.windows}
        assert scores.stretch[1] in {one.end for one in scores.windows}


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_has_windows_in_its_order(text):
    check(text, fitted().windows(text))


@settings(max_examples=40)
@given(st.text(st.one_of(st.characters(), st.sampled_from(" .,!?'\"\n\u2019-AaeI1 \ud800")), max_size=300))
def test_no_text_breaks_windows(text):
    check(text, fitted().windows(text))
    check(text + MIXED, fitted().windows(text + MIXED))


def test_windows_are_whole_sentences_of_about_the_stated_length():
    scores = fitted().windows(MIXED)
    assert len(scores.windows) == round(Batch.from_texts([MIXED]).words[0] / LENGTH)
    for one in scores.windows:
        assert 2 / 3 * LENGTH <= one.words <= 3 / 2 * LENGTH
        assert MIXED[one.end - 1] in '."'
    covered = "".join(MIXED[one.start : one.end] for one in scores.windows)
    assert covered.split() == MIXED.split() or len(covered) >= len(MIXED) - 2 * len(scores.windows)


def test_one_sentence_is_one_window_however_long():
    assert len(fitted().windows("word " * 1000 + ".").windows) == 1


def test_a_window_scores_as_a_text_of_its_own():
    model = fitted().model_
    slope, offset = model.about["windows"]
    for one in fitted().windows(MIXED).windows:
        judged = judge(model, Evidences.from_texts([MIXED[one.start : one.end]]))
        assert one.log_odds == slope * judged.log_odds[0] + offset
        np.testing.assert_array_equal(one.p_value, judged.p_values[0])


def test_labels_follow_p_value_and_log_odds():
    for text in TEXTS:
        for one in fitted().windows(text).windows:
            if math.isnan(one.p_value):
                assert one.label == "unclear"
            else:
                assert (one.label == "machine") == (one.p_value <= 0.01)
                assert (one.label == "human") == (one.p_value > 0.01 and one.log_odds < 0)


def test_fractions_are_shares_of_words():
    three = [window(0, 2, "machine"), window(1, -2, "human"), window(2, 1, "unclear"), window(3, -1, "human")]
    assert fractions(three) == {"machine": 0.25, "unclear": 0.25, "human": 0.5}
    assert fractions([]) == {"machine": 0.0, "unclear": 1.0, "human": 0.0}


@pytest.mark.parametrize(
    ("log_odds", "machine", "expected"),
    [
        ([-1, 3, 2, -4], {1}, (1, 2)),
        ([-1, 3, -1, 2, -4], {1, 3}, (1, 3)),
        ([3, -5, 4, 1], {0, 2}, (2, 3)),
        ([1, 1, 1], set(), None),
        ([-1, -2], set(), None),
        ([2, -3, 1, 1.5], {0}, None),
    ],
)
def test_the_stretch_is_the_run_of_the_largest_sum_with_a_machine_window_in_it(log_odds, machine, expected):
    parts = [window(n, x, "machine" if n in machine else "unclear") for n, x in enumerate(log_odds)]
    wanted = expected and (parts[expected[0]].start, parts[expected[1]].end)
    assert stretch(parts) == wanted


def test_a_window_without_a_verdict_adds_nothing_to_the_stretch():
    parts = [window(0, 50, "unclear", math.nan), window(1, 2, "machine", 0.001), window(2, 50, "unclear", math.nan)]
    assert stretch(parts) == (parts[1].start, parts[1].end)


def pairs(count):
    """A corpus of groups with one plain and one puffed article each."""
    labels = [n % 2 for n in range(2 * count)]
    texts = [article(5000 + n, PUFFED if label else PLAIN, 30) for n, label in enumerate(labels)]
    return corpus_of(texts, labels, [n // 2 for n in range(2 * count)])


def test_splices_are_half_and_half_with_a_known_seam():
    corpus = pairs(12)
    splices = spliced(corpus, np.arange(len(corpus)), 0)
    assert len(splices) == 12
    assert len({one.machine_first for one in splices}) == 2
    for one in splices:
        halves = one.text[: one.seam], one.text[one.seam :]
        words = Batch.from_texts(list(halves)).words
        assert SHORTEST <= min(words) <= max(words) <= LONGEST + 20
        assert max(words) - min(words) <= 30
        machine = halves[0 if one.machine_first else 1].strip()
        assert any(machine in text for text, label in zip(corpus.texts, corpus.labels, strict=True) if label)
        assert halves[0].rstrip()[-1] in '."'
    assert splices == spliced(corpus, np.arange(len(corpus)), 0)
    assert splices != spliced(corpus, np.arange(len(corpus)), 1)


def test_groups_without_both_authors_or_with_too_few_words_are_not_spliced():
    assert spliced(pairs(3), np.array([0, 3]), 0) == []
    assert spliced(corpus_of(["Too short. " * 5, "Too short. " * 5], [0, 1], ["g", "g"]), np.arange(2), 0) == []


def test_windows_tell_the_halves_of_splices_apart():
    corpus = pairs(12)
    measured = window_auroc(fitted().model_, spliced(corpus, np.arange(len(corpus)), 0))
    assert measured["articles"] == 12
    assert min(measured["auroc"], measured["off_seam"], measured["within"]) >= 0.85


def test_the_stretch_lies_in_the_half_by_a_machine():
    corpus, model = pairs(12), fitted()
    overlaps = []
    for one in spliced(corpus, np.arange(len(corpus)), 0):
        found = model.windows(one.text).stretch
        if found is not None:
            start, end = (0, one.seam) if one.machine_first else (one.seam, len(one.text))
            overlaps.append((min(end, found[1]) - max(start, found[0])) / (found[1] - found[0]))
    assert not overlaps or np.mean(overlaps) > 0.6


def test_the_windows_calibration_is_saved_and_files_without_one_load(tmp_path):
    model = fitted().model_
    slope, _ = model.about["windows"]
    assert slope > 0
    fitted().save(tmp_path / "new.npz")
    assert detector.load(tmp_path / "new.npz").windows(MIXED) == fitted().windows(MIXED)
    about = {key: value for key, value in model.about.items() if key != "windows"}
    modelfile.save(modelfile.Model(model.panel, model.reference, model.human, about), tmp_path / "old.npz")
    old = detector.load(tmp_path / "old.npz").windows(MIXED)
    assert [one.p_value for one in old.windows] == [one.p_value for one in fitted().windows(MIXED).windows]
    check(MIXED, old)


def test_wrong_types_are_refused():
    for wrong in (None, 3, b"bytes", ["a list"]):
        with pytest.raises(TypeError, match=r"^text is \w+, not a str$"):
            fitted().windows(wrong)


def test_a_report_shows_windows_where_there_are_several():
    report = fitted().explain(MIXED)
    assert report.windows == fitted().windows(MIXED)
    text, page = str(report), report.to_html()
    assert "Windows of about 120 words" in text
    assert page.count('style="flex-grow') == len(report.windows.windows)
    if report.windows.stretch:
        start, end = report.windows.stretch
        assert MIXED[start:end].strip()
        assert f"characters {start:,} to {end:,}" in " ".join(text.split())
        assert f"characters {start:,} to {end:,}" in page
    plain = json.loads(json.dumps(report.to_dict()))
    assert len(plain["windows"]["windows"]) == len(report.windows.windows)
    assert plain["windows"]["fractions"] == report.windows.fractions


def test_a_report_of_one_window_says_nothing_of_windows():
    report = fitted().explain(article(3, PLAIN, 8))
    assert len(report.windows.windows) == 1
    assert "Windows of about" not in str(report) + report.to_html()
