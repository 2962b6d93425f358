"""Held-out accuracy: that nothing of a source is left in training, and the figures on the corpora that are promised."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from invented import PLAIN, PUFFED, article

import detector
from detector import evaluation
from detector.corpora import Corpus
from detector.evaluation import Holdout, Measured, hold_out, instruction_parts, sample, summary
from detector.leaks import leak_test
from detector.model import Detector

KINDS = ("none", "wire", "promo", "feature")
PAIRED = {
    "detectrl", "dna_detectllm", "f3", "gecscore", "imbd", "kinit_disinfo", "llmfake", "outfox", "politifact_pp",
    "sheepdog",
}  # fmt: skip
PARAMETERS = Detector(folds=3).get_params()


@pytest.fixture(scope="module")
def measured():
    """Three outlets; gecscore's articles were rewritten, and half of modern2026 is on the subjects of an outlet."""
    rows = [(outlet, 0, f"{outlet}{n}", "none") for outlet in ("human_abc2006", "human_gum", "gecscore")
            for n in range(40)]  # fmt: skip
    rows += [("gecscore", 1, f"gecscore{n}", "paraphrase" if n % 2 else "none") for n in range(40)]
    rows += [("modern2026", 1, f"human_abc2006{n}" if n % 2 else f"new{n // 8}", KINDS[n % 4]) for n in range(80)]
    rows += [("imbd", 1, f"gecscore{n}", "polish") for n in range(30)] + [("imbd", 1, f"i{n}", "") for n in range(30)]
    texts = [article(n, PUFFED if label else PLAIN) for n, (_, label, _, _) in enumerate(rows)]
    sources, labels, groups, attacks = map(list, zip(*rows, strict=True))
    none = [""] * len(rows)
    ids = [str(n) for n in range(len(rows))]
    return Measured.of(Corpus(ids, texts, np.array(labels, np.int8), sources, none, none, attacks, groups), None)


@pytest.fixture
def training_parts(monkeypatch):
    """The corpora that holdouts train on, in order; training itself goes on as ever."""
    parts, train = [], evaluation.train_measured

    def noted(corpus, stretches, articles, parameters):
        parts.append(corpus)
        assert len(stretches.values) == len(articles.values) == len(corpus)
        return train(corpus, stretches, articles, parameters)

    monkeypatch.setattr(evaluation, "train_measured", noted)
    return parts


@pytest.mark.parametrize("sources", [("gecscore",), ("human_abc2006",), ("gecscore", "human_gum"), ("imbd",)])
def test_a_held_out_source_leaves_no_article_and_no_group_in_training(measured, training_parts, sources):
    rows = hold_out(measured, Holdout("these", sources), PARAMETERS)
    (training,) = training_parts
    test = measured.corpus.select(np.isin(measured.corpus.sources, sources))
    assert not set(training.sources) & set(sources)
    assert not set(training.groups) & set(test.groups)
    # Nothing else is left out.
    free = [g not in set(test.groups) for g in measured.corpus.groups]
    assert training.ids == [one for one, keep in zip(measured.corpus.ids, free, strict=True) if keep]
    assert {row["source"] for row in rows} == set(sources)
    assert sum(row[side]["n"] for row in rows for side in ("human", "machine") if row[side]) == len(test)


def test_held_out_instructions_leave_neither_their_kind_nor_their_groups_in_training(measured, training_parts):
    (row,) = hold_out(measured, Holdout("part", attacks=("wire", "promo")), PARAMETERS)
    (training,) = training_parts
    modern = [(kind, group) for source, kind, group in
              zip(measured.corpus.sources, measured.corpus.attacks, measured.corpus.groups, strict=True)
              if source == "modern2026" and kind in ("wire", "promo")]  # fmt: skip
    assert row["machine"]["n"] == len(modern) == 40
    assert set(row["attacks"]) == {"wire", "promo"}
    left = [kind for source, kind in zip(training.sources, training.attacks, strict=True) if source == "modern2026"]
    assert left
    assert not {"wire", "promo"} & set(left)
    assert not set(training.groups) & {group for _, group in modern}


def test_the_rows_of_a_result_agree_with_the_detector_that_was_trained(measured, monkeypatch):
    models, train = [], evaluation.train_measured
    monkeypatch.setattr(evaluation, "train_measured", lambda *given: models.append(train(*given)) or models[-1])
    rows = {row["source"]: row for row in hold_out(measured, Holdout("two", ("gecscore", "human_gum")), PARAMETERS)}
    fitted = Detector._of(models[0])
    for source, row in rows.items():
        for label, side in ((0, "human"), (1, "machine")):
            texts = [t for t, s, y in zip(measured.corpus.texts, measured.corpus.sources, measured.corpus.labels,
                     strict=True) if (s, y) == (source, label)]  # fmt: skip
            if not texts:
                assert row[side] is None
                continue
            assert row[side]["flagged"] == fitted.flag(texts, evaluation.FLAG).mean()
            assert row[side]["abstained"] == np.isnan(fitted.p_value(texts)).mean()
            low, high = row[side]["interval"]
            assert 0 <= low <= row[side]["flagged"] <= high <= 1
    assert rows["gecscore"]["auroc"] > 0.95
    assert "auroc" not in rows["human_gum"]
    assert sum(rows["gecscore"]["resembles"].values()) == round(rows["gecscore"]["machine"]["flagged"] * 40)


def test_parts_of_instructions_hold_every_kind_once(measured):
    parts = instruction_parts(measured.corpus, 3)
    assert sorted(kind for part in parts for kind in part.attacks) == sorted(KINDS)
    assert instruction_parts(measured.corpus.select(np.arange(40)), 3) == []


def test_a_sample_is_of_every_source_and_class_and_repeatable(measured):
    part = sample(measured.corpus, 25)
    counts = {}
    for source, label in zip(part.sources, part.labels.tolist(), strict=True):
        counts[source, label] = counts.get((source, label), 0) + 1
    assert counts == {
        ("human_abc2006", 0): 25, ("human_gum", 0): 25, ("gecscore", 0): 25, ("gecscore", 1): 25,
        ("modern2026", 1): 80, ("imbd", 1): 25,
    }  # fmt: skip
    assert part.ids == sample(measured.corpus, 25).ids
    assert part.ids != sample(measured.corpus, 25, seed=1).ids


def test_the_leak_test_finds_a_leak_and_no_leak():
    texts = [article(n, PLAIN) for n in range(240)]
    labels = [n % 2 for n in range(240)]
    leaking = [text + " (Ends)" if label else text for text, label in zip(texts, labels, strict=True)]
    result = leak_test(_leak_corpus(texts + leaking, labels * 2, ["clean"] * 240 + ["leaking"] * 240))
    assert result["clean"] < 0.6
    assert result["leaking"] > 0.95


def test_the_leak_test_needs_both_classes():
    texts = [article(n, PLAIN, 4) for n in range(120)]
    assert leak_test(_leak_corpus(texts, [0] * 120, ["one"] * 120)) == {}
    assert leak_test(_leak_corpus(texts, [0] * 100 + [1] * 20, ["one"] * 120)) == {}


def _leak_corpus(texts, labels, sources):
    none = [""] * len(texts)
    ids = [str(n) for n in range(len(texts))]
    return Corpus(ids, texts, np.array(labels, np.int8), sources, none, none, none, ids)


def test_the_summary_has_a_line_for_every_result(measured):
    rows = hold_out(measured, Holdout("these", ("gecscore", "human_gum")), PARAMETERS)
    lines = summary({"articles": 7, "held_out": rows, "leaks": {"gecscore": 0.5}}).splitlines()
    assert lines[0].startswith("7 articles")
    assert [line.split()[0] for line in lines[3:5]] == ["gecscore", "human_gum"]
    assert f"{rows[1]['human']['flagged']:.4f} [" in lines[4]
    assert lines[-1].split() == ["gecscore", "0.500"]


@pytest.fixture(scope="module")
def quick(corpora, tmp_path_factory):
    """Result and printed tables of the quick evaluation, which takes a few minutes."""
    output = tmp_path_factory.mktemp("quick") / "quick.json"
    command = [sys.executable, "-m", "detector", "evaluate", "--quick", "--data", corpora, "--output", output]
    root = str(Path(detector.__file__).parents[1])
    done = subprocess.run(
        command, env=os.environ | {"PYTHONPATH": root}, capture_output=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    print(done.stdout)
    result = json.loads(output.read_text(encoding="utf-8"))
    return result | {"rows": {row["source"]: row for row in result["held_out"]}, "printed": done.stdout}


@pytest.mark.parametrize(("source", "least"), [("gecscore", 0.995), ("imbd", 0.98)])
def test_classes_of_an_unseen_corpus_are_told_apart(quick, source, least):
    assert quick["rows"][source]["auroc"] >= least, quick["printed"]


@pytest.mark.parametrize("source", ["human_reuters_c50", "human_echoes_3dlnews"])
def test_few_human_articles_of_an_unseen_outlet_are_flagged(quick, source):
    human = quick["rows"][source]["human"]
    assert human["n"] >= 200
    assert human["flagged"] <= 0.02, f"95 % interval up to {human['interval'][1]:.4f}\n{quick['printed']}"


def test_most_articles_of_todays_machine_are_flagged_under_unseen_instructions(quick):
    machine = quick["rows"]["modern2026"]["machine"]
    assert machine["n"] >= 100
    assert machine["flagged"] >= 0.7, quick["printed"]


def test_every_paired_corpus_has_its_leak_test_and_it_is_printed(quick):
    assert set(quick["leaks"]) == PAIRED
    for name, auroc in quick["leaks"].items():
        assert 0 <= auroc <= 1
        assert [name, f"{auroc:.3f}"] in [line.split() for line in quick["printed"].splitlines()]


def test_every_held_out_source_is_printed(quick):
    printed = [line.split()[0] for line in quick["printed"].splitlines() if line.strip()]
    assert set(quick["rows"]) <= set(printed)
    assert quick["quick"] is True
