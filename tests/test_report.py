"""Reports in words and as HTML: what they say is true of the numbers, and nothing of an article gets out of hand."""

import html.parser
import json
import math
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import detector
from detector.report import Evidence, Finding, Report, wording
from detector.report.highlights import LEVELS, marks

SOURCE = "The ferry runs daily , they say.\nA wonderful crew.\n\nA wonderful harbour <b>& quay</b>. The end."


def evidence(feature, start, end, contribution, family="praise", base_rate=0.011):
    return Evidence(feature, family, f"About {feature}", start, end, SOURCE[start:end], contribution, base_rate)


def report(**changes):
    """A report about SOURCE whose numbers fit together."""
    fields = {
        "source": SOURCE,
        "score": 0.9241418199787566,
        "log_odds": 2.5,
        "p_value": 0.002,
        "tier": "likely",
        "abstained": None,
        "words": 120,
        "contributions": {"intercept": -1.0, "praise": 2.504, "typography": 0.0, "n-grams": 0.996},
        "evidence": (
            evidence("admiration", 35, 44, 0.6),
            evidence("admiration", 54, 63, 0.6),
            evidence("wording", 0, 32, 0.4, "n-grams", None),
            evidence("closing", 90, 98, -0.3),
            evidence("spaced", 21, 23, 0.0, "typography", 0.0005),
        ),
        "findings": [],
        "quality": {"praise": ("Praise in most sentences", 0.02), "stock": ("", 1.0)},
        "resembles": "chat",
        "likeness": "chat models of 2023-24",
        "model": "news-en",
        "model_version": "1.2",
        "table_id": "0123abcd",
    }
    return Report(**{**fields, **changes})


def section(text, title):
    return re.search(rf"^{title}.*?\n(.*?)(?:\n\n|\Z)", text, re.DOTALL | re.MULTILINE)[1].splitlines()


@pytest.fixture(scope="module")
def real(examples):
    return [detector.explain(row["text"]) for row in examples]


def test_head_says_score_tier_and_p_value_in_words():
    head = str(report()).split("\n\n")[0]
    assert "Score 0.9241 (log-odds +2.50), 120 words. Tier likely: about 2 in 1,000 human news articles" in head
    assert "“chat”" in head
    assert "news-en 1.2, table 0123abcd" in head


def test_an_abstention_gives_its_reason_and_no_p_value():
    text = str(report(p_value=math.nan, tier=None, abstained="too short: 7 words, 80 are needed", resembles=None))
    assert "No verdict (too short: 7 words, 80 are needed)." in " ".join(text.split())
    assert "p-value" not in text
    assert "Tier" not in text
    assert "Strongest passages" in text


@pytest.mark.parametrize("share", [1.0, 0.949, 0.1, 0.05, 0.0349, 0.01, 0.00123, 0.001, 0.00025, 0.00005])
def test_shares_in_words_are_near_the_truth(share):
    count, among = (int(part.replace(",", "")) for part in wording.in_words(share).split(" in "))
    assert count / among == pytest.approx(share, rel=0.1)


def test_a_p_value_below_what_can_be_told_apart_is_a_bound():
    # (0 + 1) / (n + 1) means that none of n human articles scored as high, not that one did.
    assert "at most 2 in 10,000 human news articles" in " ".join(str(report(p_value=1 / 5001, tier="strong")).split())


numbers = st.floats(-1e6, 1e6)


@given(st.dictionaries(st.text(min_size=1, max_size=3), numbers, min_size=1, max_size=9))
def test_printed_parts_add_up_to_the_printed_total(parts):
    total = math.fsum(parts.values())
    printed = wording.adding_up(parts, total)
    assert sum(round(100 * value) for value in printed.values()) == round(100 * total)
    assert all(abs(printed[name] - value) < 0.0101 for name, value in parts.items())


def test_contributions_add_up_as_printed():
    *parts, total = section(str(report()), "Contributions")
    numbers = [float(re.search(r" ([+-]\d+\.\d\d)", line)[1]) for line in parts]
    assert [line.split()[0] for line in parts] == ["intercept", "praise", "typography", "n-grams"]
    assert sum(numbers) == pytest.approx(2.5, abs=1e-9)
    assert total.split() == ["log-odds", "+2.50"]


def test_repeats_of_one_feature_are_one_entry_with_their_sum():
    lines = section(str(report()), "Strongest passages")
    entry = next(n for n, line in enumerate(lines) if "About admiration" in line)
    assert "+1.20" in lines[entry]
    assert "(x 2, first in line 2; 1 in 91 human articles)" in lines[entry]
    assert "A [wonderful] crew." in lines[entry + 1]


def test_passages_come_strongest_first_and_those_for_a_human_after_them():
    lines = section(str(report()), "Strongest passages")
    assert [line[2:8].strip() for line in lines if re.match(r"  +[+-]\d", line)] == ["+1.20", "+0.40", "-0.30", "+0.00"]


def test_typography_is_shown_even_where_it_contributed_nothing():
    text = str(report())
    assert re.search(r"\+0\.00  About spaced \(line 1; under 1 in 1,000 human articles\)", text)


def test_at_most_nine_groups_beside_typography():
    many = tuple(evidence(f"feature{n}", 0, 3, 0.1 * (n - 10)) for n in range(30))
    shown = wording.shown(report(evidence=many))
    assert [group.first.feature for group in shown[:7]] == [f"feature{n}" for n in range(29, 22, -1)]
    assert [group.first.feature for group in shown[7:]] == ["feature0", "feature1"]


def test_a_finding_is_told_once_with_its_contribution_and_lines():
    finding = Finding("typography", "spaced", "A space stands before a comma", ((21, 23), (44, 45)), 0.0016)
    text = str(report(findings=[finding]))
    assert "+0.00  A space stands before a comma (x 2, lines 1, 2; 1 in 625 human articles)" in text
    assert "About spaced" not in text


def test_quality_is_in_words():
    lines = section(str(report()), "Quality")
    assert [line.split(maxsplit=1) for line in lines] == [
        ["praise", "much more than usual (1 in 50 human articles): Praise in most sentences"],
        ["stock", "as usual"],
    ]


def test_a_session_shows_one_line_and_not_the_article():
    assert repr(report()) == (
        "Report(score=0.9241, p_value=0.0020, tier='likely', abstained=None, resembles='chat', words=120, "
        "model='news-en')"
    )


def test_the_last_line_says_what_a_score_is_not():
    last = str(report()).splitlines()[-1]
    assert "no proof" in last
    assert "press releases" in last


def test_no_line_is_wider_than_a_hundred_columns(real):
    for one in [report(), *real]:
        assert max(map(len, str(one).splitlines())) <= 100


def test_real_reports_have_all_their_parts(real):
    for one in real:
        text = str(one)
        for title in ("Score", "Contributions", "Strongest passages", "Quality", "A score is no proof"):
            assert re.search(rf"^{title}", text, re.MULTILINE)
        assert f"Model {one.model} {one.model_version}, table {one.table_id}" in " ".join(text.split())


def test_what_cannot_be_seen_is_spelt_out_in_the_terminal():
    source = "A\x1b[31m wonderful\u202e\u200b crew\ud800\x00 came."
    one = Evidence("odd", "praise", "Odd \x1b marks", 0, len(source), source, 1.0, 0.5)
    text = str(report(source=source, evidence=(one,)))
    assert all(character.isprintable() or character == "\n" for character in text)
    assert r"\u001b[31m" in text
    assert r"\u202e\u200b" in text


class Reader(html.parser.HTMLParser):
    """Collects what a browser would see: tags with their attributes, the article's text, marks in it."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.open, self.article, self.marked, self.inside = [], [], "", [], False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)
        self.inside = self.inside or dict(attrs).get("class") == "article"
        if tag == "mark":
            self.marked.append((dict(attrs), ""))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        self.inside = self.inside and tag == "mark"

    def handle_data(self, data):
        if self.inside:
            self.article += data
            if self.open[-1] == "mark":
                self.marked[-1] = (self.marked[-1][0], self.marked[-1][1] + data)


def test_page_is_well_formed_and_loads_nothing(real):
    for one in [report(), *real]:
        page = one.to_html()
        reader = Reader(page)
        assert reader.open == []
        assert not {tag for tag, _ in reader.tags} & {"script", "link", "img", "iframe", "b"}
        assert not re.search(r"https?:|//|@import|url\(|\bon\w+=", page)
        assert "prefers-color-scheme: dark" in page


def test_page_holds_the_whole_article_escaped(real):
    for one in [report(), *real]:
        assert Reader(one.to_html()).article == one.source


def test_fragment_is_one_element_that_styles_only_itself():
    fragment = report()._repr_html_()
    assert fragment.startswith('<div class="detector-report">')
    assert fragment.strip().endswith("</div>")
    style = re.search(r"<style>(.*?)</style>", fragment, re.DOTALL)[1]
    selectors = re.findall(r"([^{}]+)\{", style)
    assert all(".detector-report" in s or s.strip().startswith("@media") for s in selectors)


def test_hostile_texts_and_messages_stay_text():
    source = "</div><script>alert(1)</script>\x00\ud800 \"quoted' \u202e end"
    one = Evidence("odd", "praise", '"><script>', 0, 12, source[:12], 1.0, 0.5)
    page = report(source=source, evidence=(one,)).to_html()
    page.encode("utf-8")
    assert "<script" not in page
    assert Reader(page).article == source.replace("\x00", "\ufffd").replace("\ud800", "\ufffd")


def test_highlights_are_stronger_where_passages_contribute_more():
    overlapping = (
        evidence("a", 0, 10, 1.0),
        evidence("b", 5, 20, 1.0),
        evidence("c", 30, 40, 0.5),
        evidence("d", 50, 60, -3),
    )
    found = marks(report(evidence=overlapping))
    assert [(mark.start, mark.end, mark.level) for mark in found] == [
        (0, 5, 2),
        (5, 10, LEVELS),
        (10, 20, 2),
        (30, 40, 1),
    ]
    assert found[1].messages == ("About a", "About b")


def test_findings_are_marked_whatever_they_contribute():
    finding = Finding("typography", "spaced", "A space stands before a comma", ((20, 22),), 0.0016)
    reader = Reader(report(evidence=(), findings=[finding]).to_html())
    [(attributes, text)] = reader.marked
    assert (attributes["class"], text) == ("finding", SOURCE[20:22])
    assert "A space stands before a comma" in attributes["title"]


spans = st.tuples(st.integers(0, 60), st.integers(1, 30), st.floats(-2, 2))


@given(st.lists(spans, max_size=12))
def test_marks_never_overlap_and_cover_every_strong_passage(found):
    items = tuple(evidence(f"f{n}", at, at + length, c) for n, (at, length, c) in enumerate(found))
    result = marks(report(evidence=items))
    assert all(a.end <= b.start for a, b in pairwise(result))
    assert all(1 <= mark.level <= LEVELS and mark.start < mark.end for mark in result)
    strongest = max((one.contribution for one in items), default=0)
    if strongest > 0:
        assert max(mark.level for mark in result) == LEVELS


def test_dictionary_is_json_without_the_article(real):
    for one in real:
        plain = json.loads(json.dumps(one.to_dict()))
        assert "source" not in plain
        assert plain["log_odds"] == one.log_odds
        assert plain["evidence"][0]["text"] == one.evidence[0].text
