"""The model that ships: its size and speed, what its header says, what it gives for the example articles."""

import json
import re
import time
import zipfile
from statistics import median

import numpy as np
import pytest

from detector import modelfile
from detector.corpora import registry
from detector.families import FAMILIES, FEATURE_NAMES
from detector.families.ngrams import BITS
from detector.fitting import RAMPS
from detector.model import load
from detector.reference import SHORTEST, TIERS
from detector.shipped import model_path, models_folder
from detector.training import PLANS, PRIORS, STORED

PATH = model_path("news-en")
MOST_BYTES = 8 * 1024 * 1024
LOAD_RATIO = 3  # times as long as to unpack its members; 1.4 is reached


@pytest.fixture(scope="module")
def model():
    return modelfile.load(PATH)


@pytest.fixture(scope="module")
def header():
    with zipfile.ZipFile(PATH) as archive:
        return json.loads(archive.read("header.json"))


@pytest.fixture(scope="module")
def card():
    path = models_folder() / "news-en.md"
    assert path.is_file(), "the model ships without its card: make card"
    return path.read_text(encoding="utf-8")


def test_size():
    assert PATH.stat().st_size <= MOST_BYTES


def test_loading_is_quick():
    def seconds(call):
        start = time.process_time()
        call()
        return time.process_time() - start

    def unpack():
        with zipfile.ZipFile(PATH) as archive:
            return [archive.read(name) for name in archive.namelist()]

    modelfile.load(PATH)  # reads the lists, which are read once a process
    assert median(seconds(lambda: modelfile.load(PATH)) / seconds(unpack) for _ in range(5)) < LOAD_RATIO


def test_every_planned_expert_is_in_the_model(model, header):
    assert model.panel.names == tuple(plan.name for plan in PLANS)
    assert set(header["about"]["experts"]) == set(header["about"]["shares"]) == set(model.panel.names)
    assert all(header["about"]["experts"].values())


def test_shapes_fit_the_features_and_weights_are_small_integers(model):
    assert model.panel.knots.shape == (len(FEATURE_NAMES), RAMPS + 1)
    assert (np.diff(model.panel.knots, axis=1) > 0).all()
    for expert in model.panel.experts:
        assert expert.heights.shape == (len(FEATURE_NAMES), RAMPS)
        assert expert.centre.shape == (len(FEATURE_NAMES),)
        assert set(expert.tables) == set(expert.scales) == set(expert.means) == set(BITS)
        for channel, bits in BITS.items():
            assert expert.tables[channel].dtype == np.int8
            assert expert.tables[channel].shape == (1 << bits,)
            assert expert.tables[channel].any()
        numbers = [expert.intercept, *expert.scales.values(), *expert.means.values()]
        assert np.isfinite(numbers).all()
        assert np.isfinite(expert.heights).all()


def test_the_schema_is_that_of_the_features(header):
    assert header["format"] == modelfile.FORMAT
    assert header["schema"] == modelfile.schema_digest()


def test_there_is_no_clock_in_the_file(header):
    with zipfile.ZipFile(PATH) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    date = header["about"]["date"]
    assert date is None or re.fullmatch(r"\d{4}-\d\d-\d\d", date)
    assert not re.search(r"\d\d:\d\d", json.dumps(header))


def test_the_header_says_what_it_was_made_of(header):
    about = header["about"]
    assert (about["name"], about["languages"]) == ("news-en", ["en"])
    assert re.fullmatch(r"\d+\.\d+\.\d+", about["version"])
    assert re.fullmatch("[0-9a-f]{16}", about["training_digest"])
    assert set(about["libraries"]) == {"numpy", "scipy"}
    assert set(about["parameters"]) == set(load().get_params())
    assert about["generators"]


def test_every_registered_source_is_in_training(header):
    known = registry()
    counts = {one["source"]: one for one in header["about"]["corpora"]}
    files_of_several = {entry["name"] for name, entry in known.items() if entry["name"] != name}
    outside = {name for name, entry in known.items() if entry.get("role") == "outside"}
    assert set(counts) == set(known) - files_of_several - outside
    for name, one in counts.items():
        assert (one["human"] > 0) == (known[name].get("role") is not None), name
        assert (one["machine"] > 0) == (known[name].get("family") is not None), name


def test_typography_only_raises_and_what_a_corpus_stored_counts_nothing(model):
    columns = [FEATURE_NAMES.index(name) for family in FAMILIES if family.only_raises for name in family.names]
    for expert in model.panel.experts:
        assert (expert.heights[columns] >= 0).all()
        assert not expert.heights[[FEATURE_NAMES.index(name) for name in STORED]].any()


def test_priors_are_those_documented(model):
    priors = model.about["priors"]
    assert set(priors) <= set(PRIORS)
    assert sum(priors.values()) <= 1.0
    for name, prior in priors.items():
        for expert in model.panel.experts:
            assert expert.heights[FEATURE_NAMES.index(name)].tolist() == [prior, *[0.0] * (RAMPS - 1)]


def test_the_human_table_supports_every_tier(model):
    reference = model.reference
    assert reference.starts == (SHORTEST,)
    assert reference.shift >= 0
    for band, words in zip(reference.bands, reference.starts, strict=True):
        assert (np.diff(band.log_odds) >= 0).all()
        assert (np.diff(band.upper_share) <= 0).all()
        assert band.upper_share[0] == pytest.approx(1)
        limits = [reference.threshold(q, words) for _, q in TIERS]
        assert all(np.isfinite(limits))
        assert limits == sorted(limits, reverse=True)


def test_base_rates_are_shares(model):
    human = model.human
    assert ((human.shown >= 0) & (human.shown <= 1)).all()
    for column in range(len(FEATURE_NAMES)):
        for value in (0.0, *human.quantiles[column], human.quantiles[column].max() + 1):
            assert 0 <= human.base_rate(column, float(value)) <= 1


def test_the_example_articles_score_and_add_up(examples):
    texts = [row["text"] for row in examples]
    assert len(texts) == 8
    detector = load()
    assert np.isfinite(detector.decision_function(texts)).all()
    assert ((detector.score(texts) > 0) & (detector.score(texts) < 1)).all()
    for text, log_odds in zip(texts, detector.decision_function(texts), strict=True):
        report = detector.explain(text)
        assert report.log_odds == pytest.approx(log_odds, abs=1e-9)
        assert sum(report.contributions.values()) == pytest.approx(report.log_odds, abs=1e-9)
        assert all(one.base_rate is None or 0 <= one.base_rate <= 1 for one in report.evidence)


def test_the_card_is_of_this_model(model, card):
    about = model.about
    assert f"# {about['name']} {about['version']}" in card
    assert model.reference.table_id in card
    assert about["training_digest"] in card
    for one in about["corpora"]:
        assert f"| {one['source']} | {one['human']} | {one['machine']} |" in card
    for name in (*about["experts"], *about["priors"], *about["generators"]):
        assert name in card
