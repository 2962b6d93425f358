"""Consistency checks: both places of a contradiction, silence on anything else, and the rates that they ship with."""

import json
import time
from datetime import date
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import detector
from detector import consistency
from detector.batchtext import Batch
from detector.cli import main
from detector.consistency import (
    CHECKS,
    HEADLINE_CHECKS,
    KINDS,
    Article,
    articles,
    checks_of,
    suspects,
    suspects_of,
    triggers,
)
from detector.consistency.article import places_of

CASES = Path(__file__).parent / "cases" / "consistency"
ROWS = [row for path in sorted(CASES.glob("*.json")) for row in json.loads(path.read_text(encoding="utf-8"))]
FIRING = [(row["feature"], text) for row in ROWS for text in row["fires"]]
NAMED = {check.name: check for check in CHECKS}
MEASURED = json.loads((Path(detector.__file__).parents[1] / "models" / "consistency.json").read_text(encoding="utf-8"))

pieces = st.lists(
    st.one_of(
        st.sampled_from([text for _, text in FIRING]),
        st.sampled_from(
            ["Tuesday, March 5, 2023. ", "born in 1960, aged 45, ", "from 2014 to 2010 ", "three people: Al and Bo ",
             "rose from 40 to 50, ", "Mr Quill ", "Jia Yangqing ", "(TIAI) ", '"', "\u201c", "[City] ", "\n\n", ". ",
             "Said ", "12 ", "million ", "we at ", "%", "the "]
        ),
        st.text(st.characters(exclude_categories=["C", "M"]).filter(lambda one: one not in "*#_~|"), max_size=12),
    ),
    max_size=8,
)  # fmt: skip
"""Without characters that the canonical view drops: they may join two words there, which a check reads as two."""


def looked_at(check, batch):
    """The rows of the articles that a check looks at."""
    [found] = places_of(batch, [check.trigger])
    return set(found)


def test_every_check_has_cases_and_a_kind():
    assert {row["feature"] for row in ROWS} == set(NAMED)
    assert len(NAMED) == len(CHECKS) >= 15
    assert [check.kind for check in CHECKS] == [kind for kind in KINDS for _ in checks_of(kind)]
    for row in ROWS:
        assert len(row["fires"]) >= 3, row["feature"]
        assert len(row["silent"]) >= 4, row["feature"]


def test_no_file_has_checks_that_are_never_run():
    names = [path.stem for path in Path(consistency.__file__).parent.glob("*.py") if path.stem != "__init__"]
    modules = {name: import_module(f"detector.consistency.{name}") for name in names}
    unknown = {name for name, one in modules.items() if set(getattr(one, "CHECKS", ())) - {*CHECKS, *HEADLINE_CHECKS}}
    assert not unknown


@pytest.mark.parametrize(("name", "text"), FIRING)
def test_a_suspect_points_at_every_place_and_quotes_it(name, text):
    article = Article.of(text)
    longest = max(end - start for start, end in article.sentences)
    for suspect in NAMED[name].find(article):
        assert suspect.message.endswith(".")
        assert suspect.spans
        for start, end in suspect.spans:
            assert 0 <= start < end <= len(text)
            assert end - start <= longest
    assert 0 in looked_at(NAMED[name], Batch.from_texts([text, ""]))


@pytest.mark.parametrize("name", NAMED)
def test_cases(name):
    [row] = [row for row in ROWS if row["feature"] == name]
    for kind, expected in (("fires", True), ("silent", False)):
        for text in row[kind]:
            assert bool(list(NAMED[name].find(Article.of(text)))) == expected, text


KNOWN = [
    pytest.param(row["feature"], case, marks=pytest.mark.xfail(strict=True, reason=case["why"]))
    for row in ROWS
    for case in row.get("known_failures", [])
]


@pytest.mark.parametrize(("name", "case"), KNOWN)
def test_known_failures(name, case):
    fires = bool(list(NAMED[name].find(Article.of(case["text"]))))
    assert fires == (case["expected"] == "fires")


HEADLINES = json.loads((CASES.parent / "headline" / "headline.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("check", HEADLINE_CHECKS, ids=lambda one: one.name)
def test_headlines(check):
    [row] = [row for row in HEADLINES if row["feature"] == check.name]
    for kind, expected in (("fires", True), ("silent", False)):
        for headline, text in row[kind]:
            found = [one for one in detector.check(text, headline=headline) if one.check == check.name]
            assert bool(found) == expected, headline
            assert all(0 <= start < end <= len(text) for one in found for start, end in one.spans)
            assert not [one for one in detector.check(text) if one.check == check.name]


def test_the_headline_of_a_record_is_checked(tmp_path, capsys):
    record = {"title": "Fire kills 12 miners", "text": "A fire killed 14 miners in Ostvik. It is out."}
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps(record), encoding="utf-8")
    assert main(["check", str(path)]) == 0
    assert "12 miners" in capsys.readouterr().out
    assert main(["check", str(path), "--headline", "Fire kills 14 miners"]) == 0
    assert "12 miners" not in capsys.readouterr().out


@given(pieces)
@settings(max_examples=150, deadline=None)
def test_what_a_trigger_passes_over_holds_no_suspect(parts):
    text = "".join(parts)
    batch = Batch.from_texts(["", text])
    [article] = articles(batch, np.ones(1, int))
    assert article.text == text
    for check in CHECKS:
        found = list(check.find(article))
        assert not found or 1 in looked_at(check, batch), check.name
        for start, end in (span for suspect in found for span in suspect.spans):
            assert 0 <= start < end <= len(text)
    listed = [(check.name, suspect) for row, check, suspect in suspects_of(batch) if row == 1]
    assert listed == [(check.name, suspect) for check, suspect in suspects(article)]


def test_collected_words_are_those_that_are_looked_up():
    batch = Batch.from_texts([text for _, text in FIRING])
    everywhere = np.arange(len(batch.kind))
    for number in sorted(triggers._collected):
        found = triggers.find_any(batch, number)
        assert found.tolist() == np.flatnonzero(triggers.is_any(batch, number, everywhere)).tolist()
    with pytest.raises(AssertionError, match="the simply"):
        triggers.find_any(batch, triggers.word_set("the simply", collected=False))


@pytest.mark.parametrize("size", [9, 5000])
def test_keys_that_recur_are_among_those_that_may(size):
    keys = np.random.default_rng(size).integers(0, 1 << 62, size)
    keys[[0, 3, size - 1]] = keys[5]
    may = triggers.recurring(keys)
    assert {0, 3, 5, size - 1} <= set(may.tolist())
    assert size < 1000 or len(may) < size / 5


@pytest.mark.parametrize(
    "unit",
    ["a", "\u201c", '"', "a. ", "1", "7 ", "Aa ", "(AB) ", "on May 5, 2020 ", "said Mr Ng, 5%. ", "[x", "\n", "- "],
)
def test_the_worst_text_takes_time_in_proportion_to_its_length(unit):
    def seconds(size):
        article = Article.of(unit * (size // len(unit)))
        start = time.process_time()
        suspects(article)
        return time.process_time() - start

    seconds(2_000)
    assert seconds(400_000) < 12 * seconds(100_000) + 0.5


def test_a_report_holds_what_check_finds(examples):
    texts = [row["text"] for row in examples] + [text for _, text in FIRING[::7]]
    for text in texts:
        found = detector.check(text)
        assert detector.explain(text).findings == found
        for one in found:
            assert one.kind in (*KINDS, "typography")
            assert 0 < one.base_rate <= 1
            assert list(one.spans) == sorted(one.spans)
    with pytest.raises(AttributeError):
        found[0].kind = "other"  # type: ignore[misc]


def test_findings_are_there_where_there_is_no_verdict():
    text = next(text for name, text in FIRING if len(text.split()) < 60)
    report = detector.explain(text)
    assert report.abstained
    assert report.findings


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((None,), "text is NoneType"),
        (("A.", "2020-01-01"), "published is str, not a date"),
        (("A.", None, 5), "headline is int"),
    ],
)
def test_what_is_no_article_is_refused(arguments, message):
    with pytest.raises(TypeError, match=message):
        detector.check(*arguments)


def test_the_day_of_publication_is_held_against_the_text():
    text = "The ferry to Ostermere ran aground on Tuesday, March 5, and nobody was hurt, the port said."
    assert not detector.check(text)
    assert not detector.check(text, published=date(2024, 3, 6))
    [finding] = detector.check(text, published=date(2023, 3, 6))
    assert finding.kind == "calendar"
    assert "2023-03-06" in finding.message


@pytest.mark.parametrize("name", [*NAMED, *(check.name for check in HEADLINE_CHECKS)])
def test_a_check_ships_only_if_people_seldom_trip_it_and_mostly_by_a_slip(name):
    measured = MEASURED["checks"][name]
    assert MEASURED["articles"] >= 15_000
    assert measured["rate"] <= 1 / 200
    assert measured["read"] >= min(15, measured["fired"])
    assert measured["real"] > measured["read"] / 2 or measured["fired"] == 0
