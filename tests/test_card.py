"""The card of a model: every number from the model or from its evaluation, weaknesses first."""

import re

import pytest
from invented import fitted

from detector.card import WORST, card
from detector.corpora import registry
from detector.model import load
from detector.reference import TIERS, wilson


def rates(hits, n, abstained=0.0):
    return {
        "n": n, "flagged": hits / n, "interval": wilson(hits, n),
        "abstained": abstained, "abstained_long": abstained / 2,
    }  # fmt: skip


def tpr(one, three, bracketed=True):
    return {
        rate: {"tpr": value, **({"interval": [value - 0.1, value + 0.1]} if bracketed else {})}
        for rate, value in (("0.01", one), ("0.001", three))
    }


def part(hits, n):
    return {**rates(hits, n), "auroc": 0.9, "tpr": tpr(0.8, 0.4, bracketed=False)}


def row(source, human=None, machine=None, attacks=None, holdout=None, **more):
    return {
        "holdout": holdout or f"{source} alone", "source": source, "human": human, "machine": machine,
        "resembles": {"chat": 3, "today": 9}, "attacks": attacks or {}, "generators": attacks or {},
        "lengths": attacks or {}, "auroc": None, "tpr": {}, **more,
    }  # fmt: skip


def levels(*flagged):
    return {str(rate): rates(hits, 50) for rate, hits in zip((0.001, 0.01, 0.05), flagged, strict=True)}


MEANS = {"macro": 0.01, "worst": 0.03, "worst_lower": 0.015}
INTERVALS = {f"{name}_interval": (0.1, 0.2) for name in ("ours", "theirs", "difference", "misses")}
VERSUS = {"ours": 0.8, "theirs": 0.6, "difference": 0.2, "misses": 0.5, **INTERVALS}
EDIT = {"tpr_before": 0.9, "tpr_after": 0.7, "flagged_before": 0.8, "flagged_after": 0.6}
TODAY = {
    "groups": {"content farm": levels(10, 40, 50), "humanised": levels(1, 2, 3)},
    "kinds": {"seo": rates(3, 4)}, "human": {"0.001": 0.0011, "0.01": 0.0122, "0.05": 0.0533}, "leaders": {"today": 5},
}  # fmt: skip
RESULTS = {
    "cap": 1000,
    "macro": {"corpora": ["gecscore", "imbd"], "tpr": tpr(0.8, 0.5), "auroc": 0.98, "flagged": 0.7, "abstained": 0.01},
    "held_out": [
        row("gecscore", rates(4, 400), rates(330, 400), {"none": part(190, 200), "paraphrase": part(140, 200)},
            auroc=0.98765, tpr=tpr(0.9, 0.6)),
        row("human_abc2006", rates(9, 300, 0.125)),
        row("hart_humanized", None, rates(50, 500), {"": part(50, 500)}),
        row("modern2026", None, rates(50, 50), holdout="modern2026, part 1"),
    ],
    "human": {"news": {"parts": {"human_abc2006": rates(9, 300)}, **MEANS},
              "lengths": {"parts": {"40-80": rates(1, 90)}, **MEANS}},
    "modern2026": TODAY,
    "tomorrow": TODAY,
    "few": {"100 of modern2026 kept": rates(60, 80)},
    "sites": {"sites": {"a/site": {**rates(1, 40), "generators": ["some model"], "resembles": {}}},
              "generations": {"current": levels(1, 2, 3)}},
    "generators": {"generators claude": {**rates(70, 90), "tpr": {"0.01": 0.876}, "sources": {"imbd": rates(7, 9)}}},
    "resemblance": {"chat": {"leaders": {"chat": 7}, "right": 1.0, "means": ["chat"]},
                    "web": {"leaders": {"joint": 2}, "right": None, "means": []}},
    "edits": {"synonym": {"kind": "word", "machine": EDIT, "human": EDIT, "corpora": {}},
              "sample": {"most": 60, "machine": 480, "human": 840}},
    "baseline": {"training_articles": 1234, "macro": {"0.01": VERSUS, "0.001": VERSUS},
                 "corpora": {"gecscore": {"auroc": 0.95, "tpr": tpr(0.7, 0.3)}}},
    "calibration": {"expected_calibration_error": 0.0345, "brier": 0.0678,
                    "bins": [{"low": 0.4, "high": 0.5, "share": 0.1, "score": 0.45, "machine": 0.35}]},
    "own_newsrooms": {"human_abc2006": {"draws": 50, "n": 200, "rest": 100, "inside": 0.94, "mean_fpr": 0.0102,
                                        "low": 0.001, "high": 0.02}},
    "mixtures": {"gecscore": {"articles": 90, "auroc": 0.8767}},
    "transfer": {"imbd": {"imbd": 0.5, "f3": 0.25}, "f3": {"imbd": 0.125, "f3": 0.75}},
    "leaks": {"gecscore": 0.5432},
    "weights": {"joint": {"features": [{"feature": "plain_said", "range": 1.25, "direction": "down"}],
                          "variance": {"features": 0.75, "word1": 0.25},
                          "ngrams": [{"channel": "word1", "name": "said", "effect": -0.123}]}},
}  # fmt: skip


@pytest.fixture(scope="module")
def text():
    return card(fitted().model_, RESULTS)


def table(text, heading, number=0):
    """The cells of a table under a heading, without its head."""
    section = text.split(f"## {heading}\n")[1].split("\n## ")[0]
    found = re.findall(r"(?:^\|.*\n?)+", section, re.M)[number]
    return [
        [cell.strip() for cell in line.removeprefix("| ").removesuffix(" |").split(" | ")]
        for line in found.strip().splitlines()[2:]
    ]


def test_it_opens_with_the_model_and_then_its_weaknesses(text):
    about = fitted().model_.about
    assert text.startswith(f"# {about['name']} {about['version']}\n")
    assert fitted().model_.reference.table_id in text
    assert about["training_digest"] in text
    assert "date not set" in text
    assert re.findall(r"^## (.*)$", text, re.M)[0] == "Weaknesses first"


def test_machine_articles_that_are_missed_most_come_first(text):
    assert [cells[0] for cells in table(text, "Weaknesses first")] == [
        "a/site", "modern2026 without any in training: humanised", "hart_humanized", "generators claude",
        "modern2026 without any in training: content farm", "gecscore", "modern2026, part 1",
    ]  # fmt: skip
    assert [cells[0] for cells in table(text, "Weaknesses first", 1)] == ["human_abc2006", "gecscore"]
    assert table(text, "Weaknesses first")[2] == ["hart_humanized", "0.100 [0.077, 0.129]", "500"]


def test_only_the_worst_are_listed_as_weaknesses():
    many = [row(f"source{n}", rates(n, 100), rates(n, 100)) for n in range(WORST + 5)]
    text = card(fitted().model_, {"held_out": many, "leaks": {}, "cap": 10})
    assert len(table(text, "Weaknesses first")) == WORST
    assert len(table(text, "Sources left out in turn")) == WORST + 5


def test_the_macro_average_is_the_first_result(text):
    headings = re.findall(r"^## (.*)$", text, re.M)
    assert headings[:2] == ["Weaknesses first", "Macro average"]
    assert table(text, "Macro average")[0] == [
        "1.0%", "0.800 [0.700, 0.900]", "0.600 [0.100, 0.200]", "0.200 [0.100, 0.200]", "0.500 [0.100, 0.200]",
    ]  # fmt: skip
    assert "at most 1,234" in text


def test_every_result_has_its_row(text):
    rows = table(text, "Sources left out in turn")
    assert [cells[1] for cells in rows] == ["gecscore", "human_abc2006", "hart_humanized", "modern2026"]
    assert rows[0][2:7] == ["0.9877", "0.900 [0.800, 1.000]", "0.600 [0.500, 0.700]", "0.9500", "0.700 [0.600, 0.800]"]
    assert rows[0][-3:] == ["0.000 / 0.000", "0.000 / 0.000", "today 9, chat 3"]
    assert rows[1][-3:-1] == ["0.125", "0.062"]
    kinds = table(text, "Machine articles by attack or instruction")
    assert [cells[:2] for cells in kinds] == [
        ["gecscore", "none"], ["gecscore", "paraphrase"], ["hart_humanized", "none"],
    ]  # fmt: skip
    assert kinds[0][2:5] == ["0.9000", "0.800", "0.400"]


@pytest.mark.parametrize(
    ("heading", "number", "first"),
    [
        ("Human articles at the shipped threshold", 0, ["human_abc2006", "0.030 [0.016, 0.056]", "300", "0.000"]),
        ("Human articles at the shipped threshold", 1, ["40-80", "0.011 [0.002, 0.060]", "90", "0.000"]),
        ("Today's machine under unseen instructions", 1, ["seo", "0.750 [0.301, 0.954]", "4", "0.000"]),
        ("A few articles of today's machine in training", 0,
         ["100 of modern2026 kept", "0.750 [0.645, 0.832]", "80", "0.000"]),
        ("Machine newsrooms, each site left out", 1,
         ["a/site", "some model", "0.025 [0.004, 0.129]", "40", "0.000", ""]),
        ("Generators left out in turn", 0,
         ["claude", "0.876", "0.778 [0.682, 0.851]", "90", "0.000", "imbd 0.78 of 9"]),
        ("How often the named expert is right", 0, ["chat", "7", "0", "chat", "1.000"]),
        ("Edits that evaders make", 0, ["synonym", "word", "0.900", "0.700", "0.800", "0.600", "0.800", "0.600"]),
        ("Calibration", 0, ["0.4-0.5", "0.100", "0.450", "0.350"]),
        ("Calibrated on one's own articles", 0,
         ["human_abc2006", "200", "100", "0.0102", "[0.0010, 0.0200]", "0.94"]),
        ("Windows of spliced articles", 0, ["gecscore", "90", "0.877"]),
        ("Transfer between machines", 0, ["imbd", "0.50", "0.25"]),
        ("Leak test", 0, ["gecscore", "0.543"]),
        ("Largest weights", 0, ["joint", "0.750", "0.250"]),
    ],
)  # fmt: skip
def test_every_table_is_there(text, heading, number, first):
    assert table(text, heading, number)[0] == first


def test_todays_machine_stands_beside_the_human_share(text):
    for heading in ("Today's machine under unseen instructions", "Today's machine without any of it in training"):
        rows = table(text, heading)
        assert rows[0][0] == "content farm"
        assert [cell.split()[0] for cell in rows[0][1:4]] == ["0.200", "0.800", "1.000"]
        assert rows[-1][:4] == ["human news", "0.0011", "0.0122", "0.0533"]


def test_weights_are_named(text):
    assert "plain_said 1.25 down" in text
    assert "`said` -0.123" in text


def test_what_was_not_measured_has_no_heading():
    text = card(fitted().model_, {"held_out": RESULTS["held_out"], "leaks": {}, "cap": 10})
    headings = re.findall(r"^## (.*)$", text, re.M)
    assert not {"Macro average", "Edits that evaders make", "Transfer between machines", "Calibration"} & set(headings)


def test_thresholds_are_those_of_the_model():
    detector = load()
    rows = table(card(detector._model, RESULTS), "Thresholds")
    for cells, words in zip(rows, detector._model.reference.starts, strict=True):
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
