"""The article that the users brought: flagged, with evidence at the places that they pointed out.

The article belongs to its publisher and is not quoted here; places are found from its paragraphs and its marks.
"""

import re

import pytest

from detector.model import load

SPLIT = re.compile(r"\w+ [\u2018\u2019'] s\b")
SPACED = re.compile(r"(?<=\w) +(?=[,.;!?](?:\s|$))")


@pytest.fixture(scope="module")
def report(seed_article):
    return load().explain(seed_article)


@pytest.fixture(scope="module")
def paragraphs(seed_article):
    """Start and end of each paragraph."""
    return [match.span() for match in re.finditer(r"[^\n]+", seed_article)]


def evidence(report, feature):
    return [one for one in report.evidence if one.feature == feature]


def numbers(found, paragraphs):
    """The paragraphs, counted from 1, in which pieces of evidence lie."""
    return {n for n, (start, end) in enumerate(paragraphs, 1) for one in found if start <= one.start < one.end <= end}


def test_the_article_is_flagged(report, seed_article):
    assert report.p_value <= 0.01
    assert report.tier in ("likely", "strong")
    assert report.abstained is None
    assert report.resembles is not None
    assert load().flag(seed_article, 0.01)


def test_spaced_punctuation_is_said_to_begin_in_the_fourth_paragraph(report, paragraphs, seed_article):
    (drift,) = evidence(report, "spacing_drift")
    assert "begins" in drift.message
    assert "paragraph 4" in drift.message
    assert numbers([drift], paragraphs) == {4}
    first = SPACED.search(seed_article)
    assert drift.start <= first.start() < drift.end
    assert drift.base_rate < 0.01
    assert "paragraph 4" in str(report)
    (finding,) = [one for one in report.findings if one.check == "spacing_drift"]
    assert finding.spans == ((drift.start, drift.end),)


def test_every_spaced_mark_is_shown(report, seed_article):
    shown = {one.start for one in evidence(report, "spaced_punctuation")}
    places = {match.start() for match in SPACED.finditer(seed_article)}
    assert len(places) > 10
    assert places <= shown


def test_both_split_apostrophes_are_shown(report, seed_article):
    places = [match.span() for match in SPLIT.finditer(seed_article)]
    assert len(places) == 2
    found = evidence(report, "split_apostrophes")
    for start, end in places:
        assert any(one.start < end and start < one.end and one.end == end for one in found)


def test_praise_of_the_same_subject_is_shown_over_the_whole_article(report, paragraphs):
    found = evidence(report, "repeated_praise")
    assert len(found) >= 3
    assert len(numbers(found, paragraphs)) >= 3


def test_the_publisher_speaks_in_the_last_paragraph(report, paragraphs):
    assert len(paragraphs) in numbers(evidence(report, "publisher_voice"), paragraphs)


def test_vague_attributions_are_shown(report, paragraphs):
    assert numbers(evidence(report, "vague_attribution"), paragraphs) >= {4, 5}


def test_evidence_is_what_stands_at_its_place(report, seed_article):
    assert len(report.evidence) > 30
    for one in report.evidence:
        assert one.text == seed_article[one.start : one.end]
        assert one.text.strip()
    assert sum(report.contributions.values()) == pytest.approx(report.log_odds, abs=1e-9)


def test_the_article_with_its_punctuation_repaired_still_scores_high(seed_article, report):
    repaired = SPACED.sub("", re.sub(r" ([\u2018\u2019']) s\b", "\u2019s", seed_article))
    assert not SPACED.search(repaired)
    assert not SPLIT.search(repaired)
    mended = load().explain(repaired)
    assert mended.p_value <= 0.05
    assert mended.log_odds <= report.log_odds
    assert not evidence(mended, "spacing_drift") + evidence(mended, "split_apostrophes")


def test_learned_features_do_not_see_the_repair(seed_article):
    repaired = SPACED.sub("", seed_article)
    before, after = load().explain(seed_article).contributions, load().explain(repaired).contributions
    assert {name for name in before if before[name] != after[name]} <= {"typography"}
