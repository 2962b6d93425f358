"""Training: what it refuses, which experts it makes, what may not be learned, and that it can be repeated."""

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from invented import PLAIN, PUFFED, article, fitted

import detector
from detector import modelfile, training
from detector.corpora import Corpus
from detector.families import FAMILIES, FEATURE_NAMES
from detector.fitting import RAMPS
from detector.model import Detector
from detector.training import FEWEST, PRIORS, STORED, corpus_of, train, train_files

TYPOGRAPHY = [name for family in FAMILIES if family.only_raises for name in family.names]
COLUMNS = [FEATURE_NAMES.index(name) for name in TYPOGRAPHY]
PARAMETERS = Detector(folds=3).get_params()
CHAT, TODAY = "gecscore", "modern2026"


def training_corpus(chat=30, today=30, human=60, change=lambda number, label, text: text):
    """Invented articles under the names of registered sources; `change` edits a text."""
    rows = [(0, ("human_abc2006", "human_reuters_c50", "human_horne2017")[n % 3]) for n in range(human)]
    rows += [(1, CHAT)] * chat + [(1, TODAY)] * today
    texts = [article(n, PUFFED if label else PLAIN) for n, (label, _) in enumerate(rows)]
    texts = [change(n, label, text) for n, (text, (label, _)) in enumerate(zip(texts, rows, strict=True))]
    return corpus_of(texts, [label for label, _ in rows], None, [source for _, source in rows])


@pytest.fixture(scope="module")
def model():
    return train(training_corpus(), PARAMETERS)


def test_parallel_sequences_become_a_corpus():
    corpus = corpus_of((text for text in ("a", "b")), np.array([0, 1]), [7, 7], ["here", "there"])
    assert (corpus.texts, corpus.labels.tolist(), corpus.groups, corpus.sources) == (
        ["a", "b"], [0, 1], ["7", "7"], ["here", "there"],
    )  # fmt: skip
    alone = corpus_of(["a", "b"], [True, False])
    assert (len(set(alone.groups)), set(alone.sources)) == (2, {"own"})


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"y": [0, 1]}, "y has 2 entries for 3 texts"),
        ({"y": [0, 1, 2]}, "y[2] is 2; a label is 0 (human) or 1 (machine)"),
        ({"y": [0, "1", 0]}, "y[1] is '1'; a label is 0 (human) or 1 (machine)"),
        ({"y": [0, None, 0]}, "y[1] is None; a label is 0 (human) or 1 (machine)"),
        ({"y": [0, 0.5, 0]}, "y[1] is 0.5; a label is 0 (human) or 1 (machine)"),
        ({"y": [0, 1, 0], "groups": ["g"]}, "groups has 1 entries for 3 texts"),
        ({"y": [0, 1, 0], "sources": []}, "sources has 0 entries for 3 texts"),
    ],
)
def test_columns_that_do_not_fit_are_refused_in_one_sentence(given, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        corpus_of(["a", "b", "c"], **given)


@pytest.mark.parametrize(
    ("kept", "message"),
    [
        ({0: FEWEST - 1, 1: 60}, f"there are {FEWEST - 1} human texts; training needs at least {FEWEST} of each"),
        ({0: 60, 1: FEWEST - 1}, f"there are {FEWEST - 1} machine texts; training needs at least {FEWEST} of each"),
        ({0: 0, 1: 0}, f"there are 0 human texts; training needs at least {FEWEST} of each"),
    ],
)
def test_too_few_of_a_class_are_refused_in_one_sentence(kept, message):
    corpus = training_corpus()
    rows = np.concatenate([np.flatnonzero(corpus.labels == label)[:count] for label, count in kept.items()])
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        train(corpus.select(rows), PARAMETERS)


def test_sources_outside_the_task_are_not_trained_on():
    corpus = training_corpus()
    corpus.sources[:60] = ["human_masakhanews_pidgin"] * 60
    with pytest.raises(ValueError, match="there are 0 human texts"):
        train(corpus, PARAMETERS)


def test_the_smallest_training_set_gives_a_model_that_scores():
    few = train(training_corpus(chat=FEWEST, today=0, human=FEWEST), PARAMETERS)
    assert np.isfinite(Detector._of(few).decision_function([article(9, PLAIN), "", "word"])).all()


def test_one_group_of_everything_leaves_a_model_that_scores():
    texts, labels = [article(n, PUFFED if n % 2 else PLAIN) for n in range(60)], [n % 2 for n in range(60)]
    model = Detector(folds=3).fit(texts, labels, groups=["one"] * 60)
    assert np.isfinite(model.decision_function(texts)).all()


def test_priors_are_small_and_of_features_that_may_only_raise():
    assert sum(PRIORS.values()) <= 1.0
    assert min(PRIORS.values()) > 0
    assert set(PRIORS) <= set(TYPOGRAPHY)
    assert set(TYPOGRAPHY) >= STORED
    assert not STORED & set(PRIORS)


def test_an_expert_for_each_family_with_enough_machines(model):
    assert model.panel.names == ("joint", "chat", "today")  # without newsrooms theirs would be today's expert again
    texts = [article(n, PUFFED) for n in range(100, 130)]
    own = corpus_of(texts, [1] * 30, None, ["auto_newsrooms"] * 30)
    both = train(Corpus.concatenate([training_corpus(), own]), PARAMETERS)
    assert both.panel.names == tuple(plan.name for plan in training.PLANS)
    alone = train(Corpus.concatenate([training_corpus(today=0), own]), PARAMETERS)
    assert alone.panel.names == ("joint", "chat", "newsrooms")
    assert list(model.about["experts"]) == list(model.panel.names)


@pytest.mark.parametrize(("chat", "today"), [(30, FEWEST - 1), (FEWEST - 1, 30)])
def test_an_expert_with_too_few_machines_is_left_out(chat, today):
    about = train(training_corpus(chat, today), PARAMETERS).about
    wanted = [family for family, count in (("chat", chat), ("today", today)) if count >= FEWEST]
    assert list(about["experts"]) == ["joint", *wanted]


def test_the_shares_of_the_experts_sum_to_1(model):
    for about in (model.about, fitted().model_.about):
        assert set(about["shares"]) == set(about["experts"])
        assert sum(about["shares"].values()) == pytest.approx(1, abs=1e-3)


def spoilt(number, label, text):
    """Machines with Markdown, several kinds of dash and no-break spaces; humans with doubled spaces."""
    if not label:
        return text.replace(" the ", "  the ")
    marked = "**Ferry**\n\n## News\n\n" + text.replace(" said", "\u00a0said").replace(" in ", " \u2013 in ")
    return marked.replace(" that ", " \u2014 that ").replace(" and ", " - and ").replace("&", "&amp;")


def test_typography_may_only_raise_the_score():
    model = train(training_corpus(change=spoilt), PARAMETERS)
    heights = np.stack([expert.heights[COLUMNS] for expert in model.panel.experts])
    assert (heights >= 0).all()
    values = detector.StyleVectorizer().fit_transform(training_corpus(change=spoilt).texts)
    shown = (values > 0).mean(axis=0)
    for name in STORED | {"doubled_spaces"}:
        column = FEATURE_NAMES.index(name)
        assert not any(expert.heights[column].any() for expert in model.panel.experts)
    assert shown[FEATURE_NAMES.index("markdown_leftovers")] > 0.3  # frequent, only in machines, and yet not learned
    assert shown[FEATURE_NAMES.index("doubled_spaces")] > 0.3


def test_a_rare_feature_takes_its_prior_and_a_frequent_one_its_learned_weight():
    drifting = PLAIN[0].replace(".", " .").format(name="X", day="Y", thing="z", town="V", number=5) + " "

    def drift(number, label, text):
        return text + " " + drifting * 12 if label and number % 2 else text

    rare, frequent = train(training_corpus(), PARAMETERS), train(training_corpus(change=drift), PARAMETERS)
    assert rare.about["priors"] == PRIORS
    assert set(frequent.about["priors"]) == set(PRIORS) - {"spacing_drift"}
    column = FEATURE_NAMES.index("spacing_drift")
    for expert in rare.panel.experts:
        assert expert.heights[column].tolist() == [PRIORS["spacing_drift"], *[0.0] * (RAMPS - 1)]


def test_the_header_says_what_the_model_was_trained_on(model):
    corpus = training_corpus()
    counts = {one["source"]: (one["human"], one["machine"]) for one in model.about["corpora"]}
    assert counts == {
        "human_abc2006": (20, 0), "human_reuters_c50": (20, 0), "human_horne2017": (20, 0),
        CHAT: (0, 30), TODAY: (0, 30),
    }  # fmt: skip
    assert set(model.about["libraries"]) == {"numpy", "scipy"}
    assert json.loads(json.dumps(model.about)) == model.about
    # The digest is of texts and labels, in whatever order they came.
    order = np.random.default_rng(0).permutation(len(corpus))
    again = train(corpus.select(order), PARAMETERS)
    assert again.about["training_digest"] == model.about["training_digest"]
    other = train(training_corpus(change=lambda n, label, text: text + " End." if n == 3 else text), PARAMETERS)
    assert other.about["training_digest"] != model.about["training_digest"]


def write(path, corpus):
    rows = zip(corpus.texts, corpus.labels.tolist(), corpus.sources, strict=True)
    lines = [json.dumps({"text": text, "label": label, "source": source}) for text, label, source in rows]
    path.write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpora")
    corpus = training_corpus()
    chat = np.array(corpus.sources) == CHAT
    write(folder / f"{CHAT}.jsonl", corpus.select(chat))
    write(folder / "rest.jsonl", corpus.select(~chat))
    return folder


def test_training_without_a_corpus(files):
    whole = train_files([files], (), PARAMETERS, {"name": "mine", "version": "3", "date": None})
    without = train_files([files], [CHAT], PARAMETERS, {"name": "mine", "version": "3", "date": None})
    assert (without.about["name"], without.about["version"]) == ("mine", "3")
    assert {one["source"] for one in whole.about["corpora"]} - {one["source"] for one in without.about["corpora"]} == {
        CHAT
    }
    assert "chat" in whole.about["experts"]
    assert "chat" not in without.about["experts"]
    assert whole.about["cleaned"]["copies"] == 0
    # It is the model that training on the other files alone gives.
    rest = train_files([files / "rest.jsonl"], (), PARAMETERS, {"name": "mine", "version": "3", "date": None})
    assert rest.reference.table_id == without.reference.table_id
    with pytest.raises(ValueError, match="no source is called 'nowhere'"):
        train_files([files], ["nowhere"], PARAMETERS, {})


def digest_of_training(files, output, **environment):
    """Train in a process of its own and return the hash of the model file."""
    command = [sys.executable, "-m", "detector", "train", "--data", str(files), "--output", str(output), "--jobs", "1"]
    root = str(Path(detector.__file__).parents[1])
    subprocess.run(command, env=os.environ | {"PYTHONPATH": root} | environment, check=True, capture_output=True)
    return hashlib.sha256(output.read_bytes()).hexdigest()


def test_the_same_data_give_the_same_bytes_in_any_process(files, tmp_path):
    first = digest_of_training(files, tmp_path / "one.npz", PYTHONHASHSEED="1", SOURCE_DATE_EPOCH="1700000000")
    (tmp_path / "two").mkdir()
    again = digest_of_training(files, tmp_path / "two" / "one.npz", PYTHONHASHSEED="2", SOURCE_DATE_EPOCH="1700000000")
    later = digest_of_training(files, tmp_path / "one.npz", PYTHONHASHSEED="1", SOURCE_DATE_EPOCH="1800000000")
    assert first == again
    assert later != first
    assert modelfile.load(tmp_path / "two" / "one.npz").about["date"] == "2023-11-14"


def test_other_seeds_give_other_crops_and_another_model():
    corpus = training_corpus(change=lambda n, label, text: text + "\n\n" + article(n + 500, PLAIN, 30))
    one, other = (train(corpus, PARAMETERS | {"random_state": seed}) for seed in (0, 1))
    assert one.reference.table_id != other.reference.table_id
