"""The card of a model: every number from the model or from its evaluation, weaknesses first."""

import re

import pytest
from invented import fitted

from detector.card import WORST, card
from detector.corpora import registry
from detector.model import load
from detector.reference import BANDS, TIERS, wilson


def rates(hits, n, abstained=0.0):
    return {"n": n, "flagged": hits / n, "interval": wilson(hits, n), "abstained": abstained}


def row(source, human=None, machine=None, attacks=None, **more):
    return {
        "holdout": f"{source} alone", "source": source, "human": human, "machine": machine, "resembles": {},
        "attacks": attacks or {}, **more,
    }  # fmt: skip


RESULTS = {
    "held_out": [
        row("gecscore", rates(4, 400), rates(330, 400), {"none": rates(190, 200), "paraphrase": rates(140, 200)},
            auroc=0.98765),
        row("human_abc2006", rates(9, 300, 0.125)),
        row("hart_humanized", None, rates(50, 500), {"": rates(50, 500)}),
    ],
    "leaks": {"gecscore": 0.5432},
}  # fmt: skip


@pytest.fixture(scope="module")
def text():
    return card(fitted().model_, RESULTS)


def table(text, heading, number=0):
    """The cells of a table under a heading, without its head."""
    section = text.split(f"## {heading}\n")[1].split("\n## ")[0]
    found = re.findall(r"(?:^\|.*\n?)+", section, re.M)[number]
    return [[cell.strip() for cell in line.strip("| \n").split(" | ")] for line in found.strip().splitlines()[2:]]


def test_it_opens_with_the_model_and_then_its_weaknesses(text):
    about = fitted().model_.about
    assert text.startswith(f"# {about['name']} {about['version']}\n")
    assert fitted().model_.reference.table_id in text
    assert about["training_digest"] in text
    assert "date not set" in text
    assert re.findall(r"^## (.*)$", text, re.M)[0] == "Weaknesses first"


def test_machine_articles_that_are_missed_most_come_first(text):
    assert [cells[0] for cells in table(text, "Weaknesses first")] == ["hart_humanized", "gecscore"]
    assert [cells[0] for cells in table(text, "Weaknesses first", 1)] == ["human_abc2006", "gecscore"]
    assert table(text, "Weaknesses first")[0] == ["hart_humanized", "0.100 [0.077, 0.129]", "500"]


def test_only_the_worst_are_listed_as_weaknesses():
    many = [row(f"source{n}", rates(n, 100), rates(n, 100)) for n in range(WORST + 5)]
    text = card(fitted().model_, {"held_out": many, "leaks": {}})
    assert len(table(text, "Weaknesses first")) == WORST
    assert len(table(text, "Sources left out in turn")) == WORST + 5


def test_every_result_has_its_row(text):
    rows = table(text, "Sources left out in turn")
    assert [cells[1] for cells in rows] == ["gecscore", "human_abc2006", "hart_humanized"]
    assert rows[0][2] == "0.9877"
    assert rows[0][-1] == "0.000 / 0.000"
    assert rows[1][-1] == "0.125"
    kinds = table(text, "Machine articles by attack or instruction")
    assert [cells[:2] for cells in kinds] == [
        ["gecscore", "none"], ["gecscore", "paraphrase"], ["hart_humanized", "none"],
    ]  # fmt: skip
    assert table(text, "Leak test") == [["gecscore", "0.543"]]


def test_thresholds_are_those_of_the_model():
    detector = load()
    rows = table(card(detector._model, RESULTS), "Thresholds")
    for cells, words in zip(rows, BANDS, strict=True):
        assert cells[0] == f"from {words}"
        assert cells[2:] == [f"{detector.threshold(q, words):.3f}" for _, q in TIERS]
    assert sum(int(cells[1]) for cells in rows) == sum(map(len, detector._model.reference.bands))


def test_every_corpus_has_its_counts_and_licence():
    model = load()._model
    text = card(model, RESULTS)
    known = registry()
    assert table(text, "Training data") == [
        [one["source"], str(one["human"]), str(one["machine"]), known[one["source"]]["licence"]]
        for one in model.about["corpora"]
    ]
    assert all(generator in text for generator in model.about["generators"])


def test_experts_and_priors(text):
    about = fitted().model_.about
    assert table(text, "Experts and priors") == [
        [name, description, f"{about['shares'][name]:.2f}"] for name, description in about["experts"].items()
    ]
    assert table(text, "Experts and priors", 1) == [[name, f"{p:.2f}"] for name, p in about["priors"].items()]


def test_every_table_has_rows_of_one_width(text):
    for found in re.findall(r"(?:^\|.*\n)+", text, re.M):
        assert len({line.count(" | ") for line in found.splitlines()}) == 1
    assert "None" not in text
    assert "nan" not in text
