"""Calibration on one's own articles: what is promised holds, and what the numbers say of themselves is true."""

import json
import math
import re
from pathlib import Path

import numpy as np
import pytest
from commandline import is_one_sentence, lines, rows_of, write
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import PLAIN, PUFFED, article

import detector
from detector.corpora import read
from detector.evaluation.own_newsroom import coverage
from detector.recalibration import BANDS, OWN_TABLE, Lengths, lengths, recalibrate
from detector.reference import TIERS, Reference, make_band

RATES = [rate for _, rate in TIERS]
MIDDLE = [first + 10 for first in BANDS]


def reference(n=3000, seed=0):
    """A table of normal scores from two sources."""
    return Reference((make_band(np.random.default_rng(seed).normal(-1.5, 1.5, n), np.arange(n) % 2),), 0.2)


def outlet(n, seed=0, mean=1.0, spread=1.3):
    """Scores and lengths of an outlet that scores higher than the table's sources, the more the shorter the article."""
    rng = np.random.default_rng([seed, n])
    band = rng.integers(0, len(BANDS), n)
    return rng.normal(mean, spread, n) - band, np.array(MIDDLE)[band]


@pytest.fixture(scope="module")
def own_texts():
    return [article(seed, PLAIN, 16 + seed % 30) for seed in range(120)]


@pytest.fixture(scope="module")
def own(own_texts):
    return detector.load().calibrate(own_texts)


@pytest.mark.parametrize(("mean", "spread"), [(1.0, 1.3), (-3.0, 0.7), (0.0, 1.0)])
def test_the_promise_holds_for_outlets_unlike_those_of_the_table(mean, spread):
    found = coverage(reference(), *outlet(1200, mean=mean, spread=spread))
    assert (found["draws"], found["n"], found["rest"]) == (50, 200, 1000)
    assert found["inside"] >= 0.9
    assert 0.005 < found["mean_fpr"] < 0.015
    assert found["low"] < found["mean_fpr"] < found["high"] < 0.04


def test_the_promise_holds_by_length_where_lengths_differ():
    log_odds, words = outlet(2000, mean=0.0)
    log_odds[words > BANDS[-1]] += 2.0
    table, groups = recalibrate(reference(), log_odds[:1000], words[:1000])
    assert len(groups) == len(BANDS)
    for group, asked in zip(groups, MIDDLE, strict=True):
        assert abs((table.p_value(log_odds, words) <= 0.05)[1000:][words[1000:] == asked].mean() - 0.05) < 0.035
        assert group.promise(0.05).own


def test_shipped_thresholds_would_have_failed_where_own_ones_hold():
    log_odds, words = outlet(1200)
    assert (reference().p_value(log_odds, words) <= 0.01).mean() > 0.05


def test_coverage_needs_enough_articles_and_a_rest():
    for n in (OWN_TABLE - 1, 300):
        with pytest.raises(ValueError, match="n is"):
            coverage(reference(), *outlet(300), n=n)


@given(st.integers(50, 400), st.integers(0, 10**6), st.sampled_from([-2.0, 0.0, 4.0]))
@settings(max_examples=25)
def test_p_values_fall_with_the_score_and_never_undercut_the_own_articles(n, seed, mean):
    log_odds, words = outlet(n, seed, mean)
    table, groups = recalibrate(reference(300), log_odds, words)
    for group in groups:
        for number in range(group.first, group.last + 1):
            asked = np.sort(np.concatenate([np.linspace(-20, 20, 400), log_odds]))
            p_values = table.p_value(asked, np.full(len(asked), MIDDLE[number]))
            assert (np.diff(p_values) <= 0).all()
            assert p_values[0] == 1
            assert p_values[-1] > 0
    # The articles themselves: the k-th highest of a group has (k + 1) / (n + 1), to the last bit that decides a flag.
    for group in groups:
        mine = group.holds(words)
        p_values = np.sort(table.p_value(log_odds[mine], words[mine]))
        exact = np.arange(2, group.articles + 2) / (group.articles + 1)
        np.testing.assert_allclose(p_values, exact, rtol=1e-12)
        assert (p_values <= exact).all()


@given(st.integers(50, 300), st.integers(0, 10**6), st.sampled_from([*RATES, 0.02, 0.3]))
@settings(max_examples=25)
def test_thresholds_and_p_values_never_disagree(n, seed, rate):
    log_odds, words = outlet(n, seed)
    table, _ = recalibrate(reference(500), log_odds, words)
    for asked in MIDDLE:
        limit = table.threshold(rate, asked)
        near = np.array([limit, np.nextafter(limit, -math.inf), *log_odds, 50.0])
        near = near[np.isfinite(near)]
        np.testing.assert_array_equal(table.p_value(near, np.full(len(near), asked)) <= rate, near >= limit)


def test_the_own_table_goes_over_into_the_models_without_a_jump():
    models, (log_odds, words) = reference(20_000), outlet(60, mean=-1.0)
    table, [group] = recalibrate(models, log_odds, words)
    ranks = models.p_value(log_odds, words)
    highest = int(np.argmin(ranks))
    above = np.linspace(log_odds[highest] + 1e-6, log_odds[highest] + 3, 50)
    p_values = table.p_value(above, np.full(50, words[highest]))
    scaled = models.p_value(above, np.full(50, words[highest])) / ranks[highest] / (group.articles + 1)
    assert p_values[0] == pytest.approx(1 / (group.articles + 1), rel=0.02)
    np.testing.assert_allclose(p_values, scaled, rtol=0.02, atol=1e-4)


def test_a_score_above_all_is_no_strong_case_where_the_outlet_scores_high():
    log_odds, words = outlet(200, mean=9.0)
    table, _ = recalibrate(reference(2000), log_odds, words)
    assert table.p_value(np.array([1e6]), np.array([400])) == pytest.approx([1 / 201])
    assert table.threshold(0.001, 400) == math.inf


def test_an_article_too_short_for_a_verdict_has_no_place_in_a_table():
    with pytest.raises(ValueError, match="79 words; 80 are needed"):
        recalibrate(reference(), np.zeros(60), np.append(np.full(59, 200), 79))


def test_lengths_hold_the_words_from_their_first_band_to_their_last():
    words = np.array([79, 80, 149, 150, 299, 300, 5000])
    assert Lengths(0, 1, 9).holds(words).tolist() == [False, True, True, True, True, False, False]
    assert Lengths(2, 3, 9).holds(words).tolist() == [False] * 5 + [True, True]


@pytest.mark.parametrize(
    ("counts", "sizes"),
    [([0, 0, 0, 60], [60]), ([99, 98, 0, 0], [197]), ([99, 0, 0, 99], [99, 99]), ([10, 90, 200, 5], [100, 205])],
)
def test_lengths_are_judged_by_themselves_from_99_articles_on(counts, sizes):
    groups = lengths(counts)
    assert [group.articles for group in groups] == sizes
    assert [groups[0].first, groups[-1].last] == [0, len(counts) - 1]


@pytest.mark.parametrize(
    ("n", "rate", "own", "low", "high"),
    [  # quantiles of Beta(1, 99), Beta(10, 990) and Beta(2, 199), and of 0.51 times Beta(1, 50)
        (99, 0.01, True, 0.00026, 0.03658),
        (98, 0.01, False, 0.00026, 0.03656),
        (999, 0.001, True, 0.00003, 0.00369),
        (998, 0.001, False, 0.00003, 0.00369),
        (999, 0.01, True, 0.00481, 0.01701),
        (200, 0.01, True, 0.00121, 0.02754),
        (50, 0.01, False, 0.00026, 0.03627),
    ],
)
def test_promises(n, rate, own, low, high):
    promise = Lengths(0, len(BANDS) - 1, n).promise(rate)
    assert (promise.own, promise.articles, promise.words_from, promise.words_to) == (own, n, BANDS[0], None)
    assert (promise.low, promise.high) == pytest.approx((low, high), abs=3e-5)


def test_a_new_detector_is_returned_and_the_old_one_is_as_it_was(own, own_texts):
    shipped = detector.load()
    before = shipped.p_value(own_texts[0])
    assert "calibration" not in shipped.model_.about
    np.testing.assert_array_equal(own.decision_function(own_texts[:9]), shipped.decision_function(own_texts[:9]))
    assert own.p_value(own_texts[0]) != before
    assert next(own.rows([""]))["table"] != next(shipped.rows([""]))["table"]
    assert own.model_.about["version"] == shipped.model_.about["version"] + "+own120"


def test_flags_are_exactly_the_small_p_values(own, own_texts):
    p_values = own.p_value(own_texts)
    for rate in (*RATES, 5 / 121, 0.2):
        assert (own.flag(own_texts, rate) == (p_values <= rate)).all()
    # Each own article counts itself: of 120, the 3 highest have at most 4 in 121.
    assert own.flag(own_texts, 4 / 121).sum() == 3


def test_promises_of_a_detector(own):
    [promise] = own.promise(0.01)
    assert (promise.own, promise.articles) == (True, 120)
    assert own.promise(0.001)[0].own is False
    with pytest.raises(ValueError, match="must lie between"):
        own.promise(1.0)
    with pytest.raises(ValueError, match="call calibrate first"):
        detector.load().promise(0.01)


def test_what_does_not_count_is_counted(own_texts):
    shouted = own_texts[3].upper().replace(" ", "  ")
    nearly = own_texts[4].replace("\n\n", "\n\nStill. ", 1)
    german = "Der Rat von Ostermark hat am Montag lange über die neue Fähre gestritten. " * 12
    more = [own_texts[0], shouted, nearly, "Too short.", "", german]
    about = detector.load().calibrate(own_texts + more).model_.about["calibration"]
    counted = {name: about[name] for name in ("articles", "copies", "too_short", "no_verdict")}
    assert counted == {"articles": 120, "copies": 3, "too_short": 2, "no_verdict": 1}


def test_machine_like_articles_are_kept_and_counted(own_texts):
    machine = [article(seed, PUFFED, 20 + seed) for seed in range(6)]
    shipped = detector.load()
    likely = int((shipped.p_value(own_texts + machine) <= 0.001).sum())
    about = shipped.calibrate(own_texts + machine).model_.about["calibration"]
    assert about["machine_like"] == likely >= 5
    assert about["articles"] == 126


def test_too_few_articles_are_refused_with_the_reasons(own_texts):
    given = [*own_texts[:49], own_texts[0], "Short.", ""]
    expected = "at least 50 .* of the 52 given 49 are: left out as copies 1, under .* words 2, without a verdict 0"
    with pytest.raises(ValueError, match=expected):
        detector.load().calibrate(given)
    assert detector.load().calibrate(own_texts[:50]).promise(0.01)[0].own is False
    with pytest.raises(TypeError, match=r"texts\[1\] is NoneType"):
        detector.load().calibrate([own_texts[0], None])


def test_a_calibrated_model_is_not_calibrated_again(own, own_texts):
    with pytest.raises(ValueError, match="already"):
        own.calibrate(own_texts)


def test_a_calibrated_model_is_saved_and_loaded_with_the_same_bytes(own, own_texts, tmp_path):
    own.save(tmp_path / "one.npz")
    loaded = detector.load(tmp_path / "one.npz")
    loaded.save(tmp_path / "two.npz")
    detector.load().calibrate(own_texts).save(tmp_path / "three.npz")
    assert len({(tmp_path / f"{name}.npz").read_bytes() for name in ("one", "two", "three")}) == 1
    np.testing.assert_array_equal(loaded.p_value(own_texts), own.p_value(own_texts))
    assert loaded.promise(0.01) == own.promise(0.01)


def test_reports_say_whose_articles_they_compare_with(own, own_texts):
    usual, unusual = own.explain(own_texts[0]), own.explain(article(3, PUFFED, 20))
    for report in (usual, unusual):
        text, page = " ".join(str(report).split()), report.to_html()
        assert report.calibrated_on == report.to_dict()["calibrated_on"] == 120
        for shown in (text, page):
            assert "human articles like your own score this high" in shown
            assert "calibrated on 120 of your own articles" in shown
    assert usual.p_value > 1 / 121 > unusual.p_value
    assert "estimate" not in str(usual)
    assert "120 own articles tell of no share under 1 in 121" in " ".join(str(unusual).split())
    assert "your own" not in str(detector.explain(own_texts[0]))


def test_an_article_at_the_limit_of_the_own_articles_is_no_estimate(own, own_texts):
    highest = max(own_texts, key=own.decision_function)
    assert own.p_value(highest) == pytest.approx(2 / 121)
    assert "estimate" not in str(own.explain(highest))


def test_the_command_calibrates_and_info_tells_of_it(run, tmp_path, own_texts, own):
    write(tmp_path / "ours.jsonl", lines(*({"text": text} for text in own_texts[:60])))
    for number, text in enumerate(own_texts[59:]):
        write(tmp_path / "more" / f"{number}.txt", text)
    result = run("calibrate", "--human", "ours.jsonl", "more", "--output", "mine.npz")
    assert (result.returncode, result.stderr) == (0, "")
    assert "Calibrated on 120 of your own articles. Left out: as copies 1\n" in result.stdout
    assert "estimate: too few articles" in result.stdout
    [row] = rows_of(run("score", "more/0.txt", "--json", "--model", "mine.npz"))
    assert row["p_value"] == own.p_value(own_texts[59])
    assert row["model_version"].endswith("+own120")
    about = json.loads(run("info", "--json", "--model", "mine.npz").stdout)
    assert about["calibration"]["articles"] == about["thresholds"][0]["human_articles"] == 120
    assert [one["max_fpr"] for one in about["calibration"]["promises"]] == [0.05, 0.01, 0.001]
    assert "own articles" in run("info", "--model", "mine.npz").stdout
    assert json.loads(run("info", "--json").stdout)["calibration"] is None


@pytest.mark.parametrize(
    ("paths", "status", "said"),
    [
        (["few.jsonl"], 1, "at least 50 usable human articles, and of the 3 given 3 are"),
        (["few.jsonl", "photo.txt"], 1, "photo.txt: is neither UTF-8"),
        (["missing", "photo.txt"], 1, "there is no such file or folder (and 1 more of 2 inputs failed)"),
        (["few.csv"], 1, "neither plain text nor JSON Lines"),
        ([], 2, "--human"),
        (["few.jsonl", "--model", "no-such-model"], 2, "no-such-model"),
    ],
)
def test_what_cannot_calibrate_is_one_sentence_and_writes_nothing(run, tmp_path, own_texts, paths, status, said):
    write(tmp_path / "few.jsonl", lines(*({"text": text} for text in own_texts[:3])))
    write(tmp_path / "few.csv", "text\nnothing\n")
    write(tmp_path / "photo.txt", b"\xff\xd8\xff\xe0\x00\x10\x81\x8d" * 40)
    result = run("calibrate", "--human", *paths, "--output", "mine.npz")
    assert (result.returncode, result.stdout) == (status, "")
    assert is_one_sentence(result.stderr)
    assert said in result.stderr
    assert not (tmp_path / "mine.npz").exists()


def test_the_table_of_the_readme_is_what_is_promised():
    readme = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([\d,]+) \| (.+) \| (.+) \| (.+) \|$", readme, re.MULTILINE)
    assert [row[0] for row in rows] == ["50", "200", "1,000"]
    for count, *cells in rows:
        for rate, cell in zip((0.05, 0.01, 0.001), cells, strict=True):
            promise = Lengths(0, 0, int(count.replace(",", ""))).promise(rate)
            assert promise.own == (cell != "estimate")
            if promise.own:
                told = [float(number) for number in re.findall(r"[\d.]+", cell)]
                decimals = [3 if number < 0.1 else 1 for number in told]
                exact = (100 * promise.low, 100 * promise.high)
                assert told == [round(value, digits) for value, digits in zip(exact, decimals, strict=True)]


@pytest.mark.parametrize("name", ["human_reuters_c50", "human_abc2006", "human_echoes_opinions", "human_reuters21578"])
def test_the_promise_holds_on_news_sources(corpora, name):
    """These sources were in training: what is tested is the promise, which needs none of them held out."""
    corpus = read(corpora / f"{name}.jsonl.gz")
    rows = np.random.default_rng(0).permutation(len(corpus))[:700]
    scored = [row for row in detector.load().rows(corpus.select(rows).texts) if row["abstained"] is None]
    log_odds, words = (np.array([row[key] for row in scored]) for key in ("log_odds", "words"))
    found = coverage(detector.load().model_.reference, log_odds, words)
    assert found["inside"] >= 0.9
    assert 0.004 < found["mean_fpr"] < 0.016
