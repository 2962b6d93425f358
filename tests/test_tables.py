"""The tables of an evaluation against numbers worked out by hand on made-up scores."""

import numpy as np
import pytest
from synthetic import records

from detector.evaluation import shares, tables
from detector.evaluation.records import Records, length_name, rates
from detector.reference import wilson

# A hundred human articles of two sources each: at 1 % FPR with equal weights, two of the hundred in one may be above.
HUMAN = np.linspace(-5, -1, 100)


def paired(**more):
    """gecscore with its humans at -5 to -1, abc2006 as well but for one at 3, and four machine articles."""
    return records(
        {"margin": HUMAN},
        {"margin": np.append(HUMAN[:-1], 3.0), "source": "human_abc2006", "holdout": "human_abc2006"},
        {"margin": [-2.0, -0.5, 1.0, 4.0], "label": 1, "family": "chat", "generator": ["a", "a", "b", "b"],
         "attack": ["x", "x", "x", "y"], "lead": ["chat", "chat", "chat", "joint"], **more},
    )  # fmt: skip


def test_rates_are_shares_with_wilson_intervals_and_abstentions():
    given = records({"margin": [1, 1, -1, 1], "label": 1, "words": [50, 200, 200, 200],
                     "abstained": [True, False, False, True]})  # fmt: skip
    assert rates(given) == {
        "n": 4, "flagged": 0.25, "interval": list(wilson(1, 4)), "abstained": 0.5, "abstained_long": 1 / 3,
    }  # fmt: skip
    assert rates(given.where(np.zeros(4, bool))) is None


def test_tpr_counts_the_humans_of_every_news_source_with_equal_weights():
    row = next(tables.by_source(paired()))
    # The article at 3 weighs 0.5 %, the two at -1 and near it 0.5 % each: the threshold lies just above the third.
    assert row["tpr"]["0.01"]["tpr"] == 0.75
    # At 0.1 % none of them may be above: only the machine article at 4 is.
    assert row["tpr"]["0.001"]["tpr"] == 0.25
    assert row["machine"]["flagged"] == 0.5
    assert row["human"] == rates(records({"margin": HUMAN}))
    # Own humans only: of the hundred, 75 lie under -2 and all under the others.
    below = (HUMAN < -2).sum()
    assert row["auroc"] == pytest.approx((below + 300) / 400)
    assert row["resembles"] == {"chat": 1, "joint": 1}


def test_an_abstention_is_a_miss_in_tpr():
    row = next(tables.by_source(paired(abstained=[False, False, False, True])))
    assert row["tpr"]["0.01"]["tpr"] == 0.5
    assert row["tpr"]["0.001"]["tpr"] == 0.0
    assert row["machine"]["abstained"] == 0.25


def test_parts_have_the_threshold_of_the_whole_corpus():
    row = next(tables.by_source(paired()))
    assert {name: (one["n"], one["tpr"]["0.01"]["tpr"], one["flagged"]) for name, one in row["attacks"].items()} == {
        "x": (3, 2 / 3, 1 / 3),
        "y": (1, 1.0, 1.0),
    }
    assert {name: one["flagged"] for name, one in row["generators"].items()} == {"a": 0.0, "b": 1.0}


def test_lengths_stand_against_humans_of_their_length():
    given = records(
        {"margin": HUMAN, "words": 200},
        {"margin": HUMAN + 10, "words": 700},
        {"margin": [5.0, 5.0], "words": [200, 700], "label": 1},
    )
    row = next(tables.by_source(given))
    assert {name: one["tpr"]["0.01"]["tpr"] for name, one in row["lengths"].items()} == {"150-300": 1, "from 600": 0}
    assert list(row["lengths"]) == ["150-300", "from 600"]
    assert row["human_lengths"]["150-300"]["flagged"] == 0
    assert row["human_lengths"]["from 600"]["flagged"] == 1


def test_length_bands():
    given = records({"margin": np.zeros(6), "words": [39, 40, 79, 80, 599, 600]})
    assert given.length.tolist() == ["under 40", "40-80", "40-80", "80-150", "300-600", "from 600"]
    assert length_name(1) == "80-150"


def test_small_human_sources_share_one_weight():
    given = records({"margin": HUMAN}, {"margin": [1.0], "source": "human_gum"}, {"margin": [2.0], "source": "f3"})
    assert given.weight_source[-2:].tolist() == ["small", "small"]
    assert set(given.weight_source[:-2]) == {"gecscore"}


def test_the_macro_average_weighs_corpora_alike():
    given = records(
        {"margin": HUMAN},
        {"margin": HUMAN, "source": "imbd", "holdout": "imbd"},
        {"margin": [1.0] * 30 + [-6.0] * 10, "label": 1},
        {"margin": [1.0, -6.0], "label": 1, "source": "imbd", "holdout": "imbd"},
        # Machines that were tested otherwise have no part in it.
        {"margin": [-9.0] * 50, "label": 1, "about": "generator", "holdout": "generators b"},
    )
    result = tables.macro(given)
    assert result["corpora"] == ["gecscore", "imbd"]
    assert result["tpr"]["0.01"]["tpr"] == result["flagged"] == (0.75 + 0.5) / 2
    assert result["auroc"] == pytest.approx((0.75 + 0.5) / 2)
    low, high = result["tpr"]["0.01"]["interval"]
    assert 0 <= low < 0.625 < high <= 1


def test_without_a_paired_corpus_there_is_no_macro_average():
    assert tables.macro(records({"margin": HUMAN, "source": "human_gum"})) == {}


def test_human_shares_by_source_kind_and_length():
    given = records(
        {"margin": [1.0] + [-1.0] * 99},
        {"margin": [-1.0] * 100, "source": "human_abc2006", "holdout": "human_abc2006"},
        {"margin": [1.0, -1.0], "source": "human_basil", "holdout": "human_modern", "kind": ["wire", "student"]},
        {"margin": [-1.0], "source": "human_brown", "holdout": "mixed genres"},
        {"margin": [1.0], "source": "outfox", "holdout": "outfox"},
        {"margin": [1.0] * 9, "label": 1},
    )
    result = shares.human_shares(given)
    assert result["news"]["macro"] == 0.005
    assert result["news"]["worst"] == 0.01
    assert result["news"]["worst_lower"] == wilson(1, 100)[0]
    assert {kind: one["flagged"] for kind, one in result["modern"]["parts"].items()} == {"student": 0, "wire": 1}
    assert set(result["mixed"]["parts"]) == {"human_brown"}
    assert result["essays"]["macro"] == 1.0
    assert result["lengths"]["parts"]["150-300"]["n"] == 200


def test_todays_machine_by_groups_of_instructions_beside_the_human_share():
    given = records(
        {"margin": [-1.0] * 4, "p_value": [0.0005, 0.005, 0.04, 0.9]},
        {"margin": [0.0] * 5, "label": 1, "source": "modern2026", "about": "instructions", "holdout": "part",
         "attack": ["seo", "faq", "wire", "none", "humanised"], "p_value": [0.0009, 0.02, 0.01, 0.2, 0.05],
         "family": "today", "lead": "today"},
    )  # fmt: skip
    result = shares.instruction_groups(given, "instructions")
    share = {name: [one["flagged"] for one in levels.values()] for name, levels in result["groups"].items()}
    assert share == {"content farm": [0.5, 0.5, 1.0], "news": [0, 0.5, 0.5], "humanised": [0, 0, 1.0]}
    assert result["human"] == {"0.001": 0.25, "0.01": 0.5, "0.05": 0.75}
    assert result["leaders"] == {"today": 2}
    assert shares.instruction_groups(given, "tomorrow") == {}


def test_sites_by_generation_and_by_name():
    given = records(
        {"margin": [1.0, -1.0, 1.0, 1.0], "label": 1, "source": "auto_newsrooms", "about": "site",
         "holdout": ["site a", "site a", "site a", "site b"], "group": ["a", "a", "a", "b"],
         "generator": ["Claude Opus 4.6", "gpt-5.2", "GPT-4o", "llm-unspecified"], "family": "newsrooms"},
    )  # fmt: skip
    result = shares.sites(given)
    assert {name: one["0.01"]["flagged"] for name, one in result["generations"].items()} == {
        "current": 0.5, "older or smaller": 1.0, "unstated": 1.0,
    }  # fmt: skip
    assert result["sites"]["a"]["flagged"] == 2 / 3
    assert result["sites"]["a"]["generators"] == ["Claude Opus 4.6", "GPT-4o", "gpt-5.2"]


def test_generators_are_tested_against_the_news_sources():
    given = records(
        {"margin": HUMAN},
        {"margin": [0.0, -9.0], "label": 1, "about": "generator", "holdout": "generators b", "source": ["imbd", "f3"]},
    )
    (one,) = shares.drawn(given, "generator").values()
    assert one["tpr"] == {"0.01": 0.5}
    assert {source: rate["flagged"] for source, rate in one["sources"].items()} == {"imbd": 1.0, "f3": 0.0}


def test_how_often_the_leading_expert_is_the_right_one():
    result = shares.resemblance(paired())
    assert result["chat"] == {"leaders": {"chat": 1, "joint": 1}, "right": 1.0, "means": ["chat", "joint"]}
    today = paired(family="today", source="modern2026", about="instructions")
    assert shares.resemblance(today)["today"]["right"] == 0.0
    assert shares.resemblance(paired(family="web"))["web"]["right"] is None


def test_calibration_balances_classes_and_sources():
    # The score of 0 log-odds is a half; of the balanced articles half are machines.
    given = records({"margin": [0.0] * 99}, {"margin": [0.0], "label": 1})
    result = shares.calibration(given)
    assert result["expected_calibration_error"] == pytest.approx(0)
    assert result["brier"] == pytest.approx(0.25)
    assert [(one["low"], one["machine"]) for one in result["bins"]] == [(0.5, pytest.approx(0.5))]
    assert shares.calibration(records({"margin": [0.0]})) == {}


def test_records_select_every_column():
    given = paired()
    part = given.where(np.array([0, 203]))
    assert len(part) == 2
    assert part.margin.tolist() == [-5.0, 4.0]
    assert isinstance(part, Records)
