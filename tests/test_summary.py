"""Summaries: every figure follows from the rows, whatever library holds them, and is held against chance."""

import dataclasses
import json
import math
import sys
import time

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from invented import PLAIN, article
from scoredframe import FAMILIES, OUTLETS, columns, scored

import detector
from detector.report.corpus import distribution, evidence, periods, prevalence, summarise
from detector.report.corpus.reference import against
from detector.shipped import models_folder


@pytest.fixture(scope="module")
def frame():
    return columns()


@pytest.fixture(scope="module")
def summary(frame):
    return summarise(frame)


@pytest.fixture(scope="module")
def evaluation():
    return json.loads((models_folder() / "news-en.evaluation.json").read_text(encoding="utf-8"))


def small(p_values, **more):
    """A frame of these p-values, with log-odds that fall with them, and more columns."""
    size = len(p_values)
    return {"p_value": p_values, "log_odds": [None if p is None else -float(p) for p in p_values]} | {
        name: values if isinstance(values, list) else [values] * size for name, values in more.items()
    }


def test_every_row_has_a_verdict_or_a_reason(frame, summary):
    assert summary.rows == 400
    assert summary.abstained == {"too short": 20}
    assert summary.failed == {"line n: broken JSON": 10}
    assert summary.judged == 370 == sum(p is not None for p in frame["p_value"])


def test_reasons_of_failure_beyond_the_commonest_are_one():
    errors = ["a"] * 3 + [f"reason {chr(97 + n)}" for n in range(12)]
    failed = summarise(small([None] * 15, error=errors)).failed
    assert (len(failed), failed["a"], failed["other reasons"]) == (11, 3, 3)


def test_an_abstention_without_a_reason_and_an_article_with_an_error_are_told_apart():
    made = summarise(small([0.001, None, 0.5], error=["gone", None, None], abstained=None))
    assert (made.judged, made.failed, made.abstained) == (1, {"gone": 1}, {"no reason given": 1})
    assert made.flagged.hits == 0  # a number beside an error is no verdict


def test_shares_of_the_tiers_are_counted_with_their_wilson_intervals(frame, summary):
    known = [p for p in frame["p_value"] if p is not None]
    for level, name, limit in zip(summary.levels, ("strong", "likely", "weak"), (0.001, 0.01, 0.05), strict=True):
        assert (level.flagged.name, level.max_fpr) == (name, limit)
        assert (level.flagged.hits, level.flagged.n) == (sum(p <= limit for p in known), len(known))
        low, high = level.flagged.interval
        assert low < level.flagged.share < high
    two = summarise(small([0.001] * 2 + [0.9] * 198)).flagged
    assert [round(end, 3) for end in two.interval] == [0.003, 0.036]


def test_flagged_are_those_at_the_threshold_of_the_frame():
    assert summarise(small([0.01, 0.02, 0.05, 0.06], threshold_fpr=0.05)).flagged.hits == 3
    assert summarise(small([0.01, 0.02, 0.05, 0.06])).flagged.hits == 1


KINDS = {
    "pandas": pd.DataFrame,
    "pandas with its own missing value": lambda made: pd.DataFrame(made).convert_dtypes(),
    "polars": lambda made: pl.DataFrame(made, infer_schema_length=None),
    "pyarrow": pa.table,
    "pandas with lists as JSON": lambda made: pd.DataFrame(
        made | {"findings_list": [json.dumps(one) for one in made["findings_list"]]}
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_table_gives_the_same_summary(kind, frame, summary):
    assert summarise(KINDS[kind](frame)) == summary


def test_rows_are_counted_from_the_top_whatever_the_index_of_pandas(frame, summary):
    odd = pd.DataFrame(frame).set_index(pd.Index([7] * 400))
    odd[3] = "a column without a name of text"
    assert summarise(odd) == summary


def test_the_result_of_a_detector_can_be_summarised():
    made = summarise(scored(detector.load()))
    assert made.rows == made.judged == 60
    assert made.models == ("news-en 0.1.0, table " + detector.load().model_.reference.table_id,)
    assert any(one.text == "stands as a testament" and one.flagged.hits > 10 for one in made.phrases)
    assert made.by[0].column == "outlet"


def test_p_values_of_human_articles_fill_all_bins_alike():
    spread = distribution.p_values((np.arange(1000) + 0.5) / 1000)
    assert set(spread) == {50}
    human = summarise(small(((np.arange(1000) + 0.5) / 1000).tolist()))
    assert human.p_values == spread
    assert [level.flagged.hits for level in human.levels] == [1, 10, 50]


def test_densities_are_shares_with_the_human_articles_weighed_by_source(frame, summary):
    found = summary.density
    assert sum(found.articles) == pytest.approx(1)
    assert sum(found.human) == pytest.approx(1)
    human = against_shipped(frame)
    inside = (human.log_odds >= found.edges[10]) & (human.log_odds < found.edges[11])
    assert found.human[10] == pytest.approx(human.weight[inside].sum())
    # The reference lets through as many as the model's threshold promises, or fewer.
    assert human.weight[human.log_odds >= detector.load().threshold(0.01)].sum() <= 0.01


def against_shipped(frame):
    from detector.report.corpus.columns import Columns

    return against(Columns(frame), None)


def test_the_estimate_solves_the_equation_of_rogan_and_gladen(evaluation):
    found = prevalence.prevalence(300, 1000, evaluation)
    m = found.estimate
    assert m * found.tpr + (1 - m) * found.fpr == pytest.approx(0.3)
    assert found.interval[0] < m < found.interval[1]


def test_rates_are_those_of_the_evaluation_among_articles_with_a_verdict(evaluation):
    found = prevalence.prevalence(300, 1000, evaluation)
    assert [one.source for one in found.machines] == evaluation["macro"]["corpora"]
    machine = next(row["machine"] for row in evaluation["held_out"] if row["source"] == "detectrl")
    first = next(one for one in found.machines if one.source == "detectrl")
    assert first.flagged == pytest.approx(machine["flagged"] / (1 - machine["abstained"]), rel=1e-3)
    assert found.fpr == pytest.approx(np.mean([one.flagged for one in found.humans]))
    assert {one.source for one in found.humans} == set(evaluation["human"]["news"]["parts"])


def test_what_chance_alone_would_flag_is_no_prevalence(evaluation):
    found = prevalence.prevalence(5, 1000, evaluation)
    assert found.estimate == 0
    assert found.interval[0] == 0 < found.interval[1]


def test_everything_flagged_is_everything_machine_made(evaluation):
    found = prevalence.prevalence(1000, 1000, evaluation)
    assert (found.estimate, found.interval) == (1, (1, 1))


def test_more_machines_are_needed_where_they_are_missed_more_often(evaluation):
    found = prevalence.prevalence(100, 1000, evaluation)
    *families, unseen = [(one.flagged, share) for one, share in found.if_like]
    assert families == sorted(families, reverse=True, key=lambda one: one[0])
    assert unseen[1] > families[0][1]
    assert all(share is None for rate, share in found.if_like if rate.flagged < 0.1)
    assert {one.source for one, _ in found.if_like} >= {"chat", "today", "newsrooms", prevalence.UNSEEN}


@pytest.mark.parametrize("machine", [0.0, 0.03, 0.3])
def test_the_interval_holds_the_truth_for_a_next_corpus(machine, evaluation):
    rng, trials, inside = np.random.default_rng(0), 300, 0
    known = prevalence.prevalence(1, 10, evaluation)
    for _ in range(trials):
        tpr, fpr = rng.choice(known.machines).flagged, rng.choice(known.humans).flagged
        hits = rng.binomial(2000, machine * tpr + (1 - machine) * fpr)
        low, high = prevalence.prevalence(int(hits), 2000, evaluation).interval
        inside += low <= machine <= high
    assert inside / trials >= 0.92


def test_there_is_no_estimate_where_nothing_is_known_of_the_model(frame, summary):
    assert summary.missing is None
    other = summarise(frame | {"table": ["0123abcd"] * 400})
    assert (other.prevalence, other.density) == (None, None)
    assert "table" in other.missing
    assert "There is no estimate" in str(other)
    mixed = summarise(frame | {"model_version": ["1"] * 100 + ["2"] * 300})
    assert mixed.missing == "the rows come from 2 models"
    assert len(mixed.models) == 2
    assert "not shipped" in summarise(frame | {"model": ["mine"] * 400}).missing


def test_a_model_file_must_be_the_one_that_scored_the_frame(frame, tmp_path):
    detector.load().save(tmp_path / "news-en.npz")
    made = summarise(frame, model=tmp_path / "news-en.npz")
    assert made.density is not None
    assert (made.prevalence, made.missing) == (None, "no results of an evaluation lie beside the model file")
    with pytest.raises(
        ValueError, match=r"news-en has the table .*; the frame was scored with news-en 0\.1\.0, table x"
    ):
        summarise(frame | {"table": ["x"] * 400}, model="news-en")
    with pytest.raises(ValueError, match="no shipped model is called 'nix'"):
        summarise(frame, model="nix")


def test_a_frame_of_a_model_calibrated_on_own_articles_is_not_held_against_other_news():
    made = scored(detector.load().calibrate(article(seed, PLAIN) for seed in range(60)), 6)
    assert "table" in summarise(made).missing


def test_groups_stand_by_the_lower_end_of_their_interval():
    outlet = ["big"] * 100 + ["tiny"] * 2 + ["none"] * 50 + [None] * 3
    p_values = [0.001] * 50 + [0.5] * 50 + [0.001] * 2 + [0.5] * 53
    found = summarise(small(p_values, outlet=outlet)).by[0]
    assert [(one.name, one.hits, one.n) for one in found.shown] == [("big", 50, 100), ("tiny", 2, 2), ("none", 0, 50)]
    assert (found.others, found.missing) == (None, 3)


def test_groups_beyond_the_top_are_summed(frame):
    found = summarise(frame, top=2).by[0]
    every = summarise(frame).by[0]
    assert found.shown == every.shown[:2]
    assert (found.others.name, found.others.n) == ("3 others", sum(one.n for one in every.shown[2:]))
    assert found.others.hits == sum(one.hits for one in every.shown[2:])
    assert {one.name for one in every.shown} == set(OUTLETS)


def test_any_columns_can_be_compared(frame):
    assert [one.column for one in summarise(frame, by=["tier", "words"]).by] == ["tier", "words"]
    assert [one.column for one in summarise(frame, by="resembles").by] == ["resembles"]


@pytest.mark.parametrize(
    ("days", "unit", "first", "count"),
    [
        (["2026-02-27", "2026-03-02T10:00:00Z"], "day", "2026-02-27", 4),
        (["Fri, 27 Feb 2026 09:00:00 GMT", "2026-02-28"], "day", "2026-02-27", 2),
        (["2025-11-30", "2026-02-01"], "month", "2025-11", 4),
        (["2001-01-01", "2026-02-01"], "year", "2001", 26),
        (["1000-01-01", "2026-02-01"], "year", "1907", 120),
    ],
)
def test_periods_suit_the_span_and_have_no_gap(days, unit, first, count):
    found = summarise(small([0.001, 0.5], published=days)).time
    assert (found.unit, found.shown[0].name, len(found.shown)) == (unit, first, count)
    assert found.shown[-1].n == 1
    outside = found.others.n if found.others else 0
    assert sum(one.n for one in found.shown) + outside == 2


def test_a_stray_date_does_not_stretch_the_axis():
    days = ["1970-01-01"] + ["2026-02-01", "2026-02-02"] * 1000
    found = summarise(small([0.5] * 2001, published=days)).time
    assert (found.unit, len(found.shown), found.others.n) == ("day", 2, 1)


def test_dates_may_be_of_any_library():
    days = ["2026-02-27", "2026-03-02"]
    made = small([0.001, 0.5])
    tables = [
        pd.DataFrame(made).assign(published=pd.to_datetime(days)),
        pl.DataFrame(made).with_columns(published=pl.Series(days).str.to_date()),
        pa.table(made | {"published": pa.array(days).cast(pa.date32())}),
    ]
    assert [summarise(one).time for one in tables] == [summarise(made | {"published": days}).time] * 3


def test_articles_without_a_date_are_counted_and_a_column_of_none_is_refused():
    found = summarise(small([0.5] * 3, date=["2026-02-27", "soon", None])).time
    assert (found.column, found.missing) == ("date", 2)
    assert summarise(small([0.5], published=["soon"])).time is None
    with pytest.raises(ValueError, match="column 'published' holds no date"):
        summarise(small([0.5], published=["soon"]), time="published")


def test_every_guessed_column_of_time_is_found():
    assert {summarise(small([0.5], **{name: "2026-01-01"})).time.column for name in periods.COLUMNS} == set(
        periods.COLUMNS
    )


def test_families_are_means_of_flagged_and_others_by_their_difference(frame, summary):
    assert {one.name for one in summary.families} == {*FAMILIES, "ngrams"}
    differences = [one.flagged - one.others for one in summary.families]
    assert differences == sorted(differences, reverse=True)
    praise = next(one for one in summary.families if one.name == "praise")
    values = list(zip(frame["p_value"], frame["contribution_praise"], strict=True))
    assert praise.flagged == pytest.approx(np.mean([c for p, c in values if p is not None and p <= 0.01]))
    assert praise.others == pytest.approx(np.mean([c for p, c in values if p is not None and p > 0.01]))


def test_checks_count_articles_once_and_expect_the_share_of_the_least_seen():
    two = [
        {"kind": "names", "check": "spellings", "base_rate": 0.01},
        {"kind": "names", "check": "spellings", "base_rate": 0.02},
    ]
    one = [{"kind": "dates", "check": "weekdays", "base_rate": 0.005}]
    found = summarise(small([0.5, 0.5, None, 0.5], findings_list=[two, two, one, json.dumps([])], error=None)).checks
    assert [(c.kind, c.articles.name, c.articles.hits, c.articles.n, c.expected) for c in found] == [
        ("names", "spellings", 2, 4, 0.02),
        ("dates", "weekdays", 1, 4, 0.005),  # an article without a verdict has findings all the same
    ]


def test_phrases_come_from_the_column_of_evidence():
    stock = [{"family": "stock", "text": "A beacon\nof"}, {"family": "praise", "text": "very good"}]
    plain = [{"family": "stock", "text": "delve"}]
    made = small([0.001] * 3 + [0.5] * 4, evidence=[stock, json.dumps(stock), plain, stock, plain, None, []])
    [found] = summarise(made).phrases
    assert (found.text, found.flagged.hits, found.flagged.n) == ("a beacon of", 2, 3)
    assert (found.others.hits, found.others.n) == (1, 4)


def test_phrases_are_read_from_at_most_so_many_texts(monkeypatch):
    monkeypatch.setattr(evidence, "READ", 5)
    texts = ["It stands as a testament to Ostermere."] * 30
    [*_, found] = summarise(small([0.001] * 10 + [0.5] * 20, text=texts[:10] + [""] * 20)).phrases
    assert (found.flagged.n, found.others.n) == (5, 5)
    assert summarise(small([0.001] * 10, text=texts[:10])).phrases == ()  # nothing to hold them against


def test_the_most_suspicious_have_the_lowest_p_values_and_name_their_rows(frame, summary):
    assert len(summary.suspicious) == 20
    keys = [(one.p_value, -one.log_odds, one.row) for one in summary.suspicious]
    assert keys == sorted(keys)
    for one in summary.suspicious:
        assert frame["id"][one.row] == one.id
        assert frame["title"][one.row] == one.title
        assert frame["findings"][one.row] == one.findings
        for name, value in one.families:
            assert frame[f"contribution_{name}"][one.row] == value > 0
    worst = min(p for p in frame["p_value"] if p is not None)
    assert summary.suspicious[0].p_value == worst


def test_only_articles_with_a_tier_are_suspicious():
    assert [one.row for one in summarise(small([0.3, 0.05, 0.001, None])).suspicious] == [2, 1]
    assert summarise(small([0.3, 0.5])).suspicious == ()


def test_a_frame_of_flagged_rows_alone_is_doubted():
    told = [" ".join(str(summarise(small(p_values))).split()) for p_values in ([0.001] * 3, [0.001] * 3 + [0.5])]
    assert ["if the others were left out" in text for text in told] == [True, False]


@pytest.mark.parametrize("size", [0, 3])
def test_a_frame_without_a_verdict_is_told_as_such(size):
    made = summarise(small([None] * size, abstained="too short: 3 words, 80 are needed"))
    assert (made.rows, made.judged) == (size, 0)
    assert "No article has a verdict." in str(made)
    assert "there is no article with a verdict" in str(summarise(columns(10) | {"p_value": [None] * 10}))
    json.dumps(made.to_dict(), allow_nan=False)
    assert "No article has a verdict." in made.to_html()


@pytest.mark.parametrize(
    ("given", "error", "sentence"),
    [
        ({"score": [1.0]}, ValueError, "has no column 'p_value'"),
        (small([1.5]), ValueError, r"column 'p_value' holds 1.5 in row 0"),
        ({"p_value": [0.5, "much"], "log_odds": [0.0, 0.0]}, ValueError, "column 'p_value' holds 'much' in row 1"),
        (small([0.5, 0.5], threshold_fpr=[0.01, 0.05]), ValueError, r"several rates \(0.01, 0.05\)"),
        ({"p_value": [0.1], "log_odds": []}, ValueError, "several lengths: 0, 1"),
        (small([0.5], findings_list=["{"]), ValueError, "column 'findings_list' holds '{'"),
        (small([0.001, 0.5], evidence=[[3], []]), ValueError, "column 'evidence' holds"),
        ([0.5], TypeError, "frame is builtins.list, not a table"),
        (pl.LazyFrame(small([0.5])), TypeError, "frame is polars.LazyFrame, not a table"),
    ],
)
def test_what_is_no_scored_frame_is_named(given, error, sentence):
    with pytest.raises(error, match=sentence):
        summarise(given)


@pytest.mark.parametrize("asked", [{"by": "nix"}, {"time": "nix"}])
def test_a_column_that_is_not_there_is_named_with_those_that_are(asked, frame):
    with pytest.raises(ValueError, match="the frame has no column 'nix'; it has id, score"):
        summarise(frame, **asked)


def test_nothing_can_be_listed_at_no_length(frame):
    with pytest.raises(ValueError, match="top is 0"):
        summarise(frame, top=0)


def test_a_table_without_narwhals_names_the_extra(frame, monkeypatch, summary):
    monkeypatch.setitem(sys.modules, "narwhals", None)
    with pytest.raises(ImportError, match=r'tables need narwhals.*"detector\[frames\]"'):
        summarise(pd.DataFrame(frame))
    assert summarise(frame) == summary  # plain lists need nothing


def test_dictionary_is_json_with_every_interval(summary):
    plain = json.loads(json.dumps(summary.to_dict(), allow_nan=False))
    assert set(plain) == {field.name for field in dataclasses.fields(summary)}
    assert plain["flagged"]["interval"] == list(summary.flagged.interval)
    assert plain["by"][0]["shown"][0]["share"] == summary.by[0].shown[0].share
    assert "text" not in plain["suspicious"][0]


def test_a_session_shows_one_line(summary):
    assert repr(summary).startswith("Summary(rows=400, judged=370, flagged=")
    assert "\n" not in repr(summary)


def test_text_says_what_chance_would_do_and_is_no_wider_than_a_hundred_columns(summary):
    text = str(summary)
    joined = " ".join(text.split())
    assert "If people had written all of them, at most about 1 % would be: 4 articles." in joined
    assert "rests on the machines in the model's evaluation" in joined
    assert max(map(len, text.splitlines())) <= 100
    for title in ("Most suspicious", "Findings", "By outlet", "By month of", "Mean contributions"):
        assert title in text


def test_what_cannot_be_seen_is_spelt_out_in_the_terminal(frame):
    odd = ["\x1b[31mred\u202e\nline"] * 400
    text = str(summarise(frame | {"outlet": odd, "title": odd}))
    assert all(character.isprintable() or character == "\n" for character in text)


def test_time_grows_with_the_number_of_rows_and_not_faster_and_the_page_does_not():
    def page(rows):
        outlets = tuple(f"Outlet {n}" for n in range(3_000))
        made = pl.DataFrame(columns(rows, outlets=outlets), infer_schema_length=None)
        start = time.process_time()
        page = summarise(made).to_html()
        return time.process_time() - start, page

    few, _ = min(page(10_000) for _ in range(2))  # the first time, modules are imported
    many, large = page(100_000)
    assert many < 30 * few
    assert len(large.encode()) < 5_000_000


def test_the_same_frame_gives_the_same_page(frame, summary):
    assert summarise(frame).to_html() == summary.to_html()
    assert not math.isnan(summary.prevalence.estimate)
