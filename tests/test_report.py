"""Reports in words and as HTML: what they say is true of the numbers, and nothing of an article gets out of hand."""

import dataclasses
import html.parser
import json
import math
import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import detector
from detector.explanation import explain_articles
from detector.reference import TIERS
from detector.report import Comparison, Evidence, Finding, Report, wording
from detector.report.highlights import FAINTEST, MOST, PALEST, highlights
from detector.report.verdicts import HEADLINES

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
    """Collects what a browser would see: tags with their attributes, the article's text, its marks and their notes."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.open, self.article, self.text, self.marked, self.notes = [], [], "", "", [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if tag not in ("meta", "br"):
            self.open.append((tag, attributes.get("class")))
        if self.inside("article"):
            if tag == "mark":
                self.marked.append((attributes, ""))
            elif attributes.get("class") == "note":
                self.notes.append("")

    def inside(self, name):
        return any(one == name for _, one in self.open)

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if ("style", None) not in self.open:
            self.text += data
        if self.inside("note"):
            self.notes[-1] += data
        elif self.inside("article"):
            self.article += data
            if any(tag == "mark" for tag, _ in self.open):
                self.marked[-1] = (self.marked[-1][0], self.marked[-1][1] + data)


def test_page_is_well_formed_and_loads_nothing(real):
    for one in [report(), *real]:
        page = one.to_html()
        reader = Reader(page)
        assert reader.open == []
        assert not {tag for tag, _ in reader.tags} & {"script", "link", "img", "iframe", "object"}
        assert not re.search(r"https?:|//|@import|url\(|\bon\w+=", page)
        assert "prefers-color-scheme: dark" in page


def test_page_holds_the_whole_article_escaped(real):
    for one in [report(), *real]:
        assert Reader(one.to_html()).article == one.source


def test_fragment_is_one_element_that_styles_only_itself():
    fragment = report()._repr_html_()
    assert fragment.startswith('<div class="detector-report">')
    assert fragment.strip().endswith("</div>")
    style = re.sub(r"/\*.*?\*/", "", re.search(r"<style>(.*?)</style>", fragment, re.DOTALL)[1])
    selectors = [one.strip() for rule in re.findall(r"([^{}]+)\{", style) for one in rule.split(",")]
    assert all(".detector-report" in s or re.match(r"@(media|container) \(?", s) for s in selectors)
    assert sum(".detector-report" in s for s in selectors) > 50


def test_hostile_texts_and_messages_stay_text():
    source = "</div><script>alert(1)</script>\x00\ud800 \"quoted' \u202e end"
    one = Evidence("odd", "praise", '"><script>', 0, 12, source[:12], 1.0, 0.5)
    page = report(source=source, evidence=(one,)).to_html()
    page.encode("utf-8")
    assert "<script" not in page
    assert Reader(page).article == source.replace("\x00", "\ufffd").replace("\ud800", "\ufffd")


def test_highlights_are_as_strong_as_the_passages_that_cover_them():
    overlapping = (
        evidence("a", 0, 10, 1.0),
        evidence("b", 5, 20, 0.75, "stock"),
        evidence("c", 30, 40, 0.5),
        evidence("d", 50, 60, -3),
    )
    found = highlights(report(evidence=overlapping))
    assert [(mark.start, mark.end, mark.strength, mark.family) for mark in found.marks] == [
        (0, 5, 1.0, "praise"),
        (5, 10, 1.75, "praise"),
        (10, 20, 0.75, "stock"),
        (30, 40, 0.5, "praise"),
    ]
    assert (found.full, found.sentences, found.left_out) == (1.75, [], 0)
    assert [one.message for one in found.marks[1].passages] == ["About a", "About b"]


def test_what_speaks_for_a_human_weakens_a_mark():
    [mark] = highlights(report(evidence=(evidence("a", 0, 10, 1.0), evidence("b", 0, 10, -0.25)))).marks
    assert mark.strength == 0.75
    assert highlights(report(evidence=(evidence("a", 0, 10, 1.0), evidence("b", 0, 10, -1.25)))).marks == []


def test_whole_sentences_are_tinted_and_marks_cut_at_their_ends():
    wording = [evidence("wording", start, end, 0.25, "n-grams", None) for start, end in ((0, 32), (32, 50))]
    found = highlights(report(evidence=(*wording, evidence("long", 0, 32, 0.5), evidence("a", 27, 41, 0.5))))
    assert [(mark.start, mark.end, mark.strength) for mark in found.sentences] == [(0, 32, 0.75), (32, 50, 0.25)]
    assert [(mark.start, mark.end, mark.strength) for mark in found.marks] == [(27, 32, 0.5), (32, 41, 0.5)]


def test_an_article_in_which_nothing_stands_out_has_pale_marks():
    assert highlights(report(evidence=(evidence("a", 0, 10, 0.02),))).full == PALEST
    assert highlights(report(evidence=(evidence("a", 0, 10, 0.9 * FAINTEST / 300),))).marks == []


def test_findings_are_marked_whatever_they_contribute():
    finding = Finding("typography", "spaced", "A space stands before a comma", ((20, 22),), 0.0016)
    reader = Reader(report(evidence=(evidence("spaced", 20, 22, 0.0, "typography"),), findings=[finding]).to_html())
    [(attributes, text)] = reader.marked
    assert (attributes["class"], text) == ("typography", SOURCE[20:22])
    assert "A space stands before a comma" in reader.notes[0]
    assert "1 in 625 human articles" in reader.notes[0]


def test_places_of_a_finding_link_to_each_other():
    finding = Finding("names", "spelling", "Two spellings", ((4, 9), (54, 63)), 0.0016)
    page = report(evidence=(), findings=[finding]).to_html()
    first, second = (re.search(rf'<span class="at" id="([\w-]+-at-{at})">', page)[1] for at in (4, 54))
    notes = re.findall(r'<span class="note".*?</small></span></span>', page)
    assert [f"#{second}" in note for note in notes] == [True, False]
    assert [f"#{first}" in note for note in notes] == [False, True]


def test_every_link_leads_somewhere_and_no_name_is_used_twice(real):
    for one in [report(), *real]:
        tags = Reader(one.to_html()).tags
        names = [attributes["id"] for _, attributes in tags if "id" in attributes]
        assert len(names) == len(set(names))
        links = [attributes["href"] for tag, attributes in tags if tag == "a"]
        assert {link.removeprefix("#") for link in links} <= set(names)
        assert {attributes["aria-describedby"] for _, attributes in tags if "aria-describedby" in attributes} <= set(
            names
        )


def test_reports_on_one_page_have_names_of_their_own(real):
    names = [set(re.findall(r' id="([^"]+)"', one._repr_html_())) for one in real]
    assert len(set.union(*names)) == sum(map(len, names))


def test_notes_say_message_contribution_and_base_rate():
    [first, *_] = Reader(report(evidence=(evidence("admiration", 35, 44, 0.625),)).to_html()).notes
    assert first.startswith("+0.62 About admiration")
    assert "Praise; 1 in 91 human articles" in first


def test_page_says_verdict_and_p_value_before_the_score(real):
    for one in real[:7]:
        text = Reader(one.to_html()).text
        told = wording.share_of_humans(one)[1:]
        assert text.index(HEADLINES[one.tier]) < text.index(told) < text.index(wording.bounded(one.score))
        assert wording.CAUTION in text
        assert f"Model {one.model} {one.model_version}, table {one.table_id}" in text


def test_page_without_verdict_says_why_and_shows_no_tier(real):
    page = real[7].to_html()
    text = Reader(page).text
    assert "No verdict" in text
    assert "Too short: 38 words, 80 are needed." in text
    assert 'aria-current="true"' not in page
    assert "p-value" not in text
    assert 'class="plot"' not in page


def test_waterfall_adds_up_bar_by_bar(real):
    for one in real:
        bars = re.search(r'<ol class="waterfall".*?</ol>', one.to_html())[0]
        rows = re.findall(r'<b>([+−][\d.]+)</b>.*?class="(up|down)" style="left:([\d.]+)%;width:([\d.]+)%', bars)
        values = [float(value.replace("−", "-")) for value, *_ in rows]
        assert sum(values[:-1]) == pytest.approx(values[-1], abs=1e-9)
        assert values[-1] == pytest.approx(one.log_odds, abs=0.0051)
        # Where the last part ends there the sum ends too, and each part begins where the one before ends.
        ends = [float(left) + float(width) * (side == "up") for _, side, left, width in rows]
        begins = [float(left) + float(width) * (side == "down") for _, side, left, width in rows]
        assert begins[1:-1] == pytest.approx(ends[:-2], abs=0.02)
        assert ends[-1] == pytest.approx(ends[-2], abs=0.1)


def test_plot_shows_machine_articles_where_the_model_has_them():
    human, machine = tuple(n / 10 - 8 for n in range(99)), tuple(n / 10 for n in range(99))
    limits = {"weak": 1.0, "likely": 2.0, "strong": 4.0}
    without = report(comparison=Comparison(human, None, limits)).to_html()
    both = report(comparison=Comparison(human, machine, limits)).to_html()
    assert 'path class="machine"' not in without
    assert "machine articles" not in without
    assert 'path class="machine"' in both
    assert "The median human article has −3.10. The median machine article has +4.90." in both


def test_comparison_is_what_p_values_are_read_from(real):
    news = detector.load()
    for one in real[:7]:
        comparison = one.comparison
        at_median = news.model_.reference.p_value(np.array([comparison.human[49]]), np.array([one.words]))
        assert at_median == pytest.approx(0.5, abs=0.001)
        assert comparison.limits == {tier: news.threshold(most, one.words) for tier, most in TIERS}
        assert list(comparison.human) == sorted(comparison.human)
    assert real[7].comparison is None


def test_machine_scores_are_read_from_the_header_of_a_model(examples):
    model = detector.load().model_
    shipped = explain_articles(model, [examples[0]["text"]])[0].comparison.machine
    assert len(shipped) == 99
    assert list(shipped) == sorted(shipped)
    bare = dataclasses.replace(model, about={key: one for key, one in model.about.items() if key != "machine"})
    assert explain_articles(bare, [examples[0]["text"]])[0].comparison.machine is None
    percentiles = [n / 10 for n in range(99)]
    with_machine = dataclasses.replace(model, about={**model.about, "machine": {"log_odds": percentiles}})
    assert explain_articles(with_machine, [examples[0]["text"]])[0].comparison.machine == tuple(percentiles)


spans = st.tuples(st.integers(0, 60), st.integers(1, 30), st.floats(-2, 2))


@given(st.lists(spans, max_size=12))
def test_marks_never_overlap_and_show_what_covers_them(found):
    items = tuple(evidence(f"f{n}", at, at + length, c) for n, (at, length, c) in enumerate(found))
    result = highlights(report(evidence=items))
    assert all(a.end <= b.start for a, b in pairwise(result.marks))
    for mark in result.marks:
        covering = [one for one in items if one.start < mark.end and mark.start < one.end]
        heard = [one.contribution for one in covering if abs(one.contribution) >= FAINTEST / 300]
        assert mark.strength == pytest.approx(math.fsum(heard))
        assert 0 < mark.strength <= result.full


def test_a_very_long_article_marks_its_strongest_passages_only():
    text = "word " * 20_000
    items = tuple(Evidence("a", "praise", "A", 5 * n, 5 * n + 4, "word", 0.1 + n / 1e6, 0.01) for n in range(20_000))
    found = highlights(report(source=text, evidence=items, words=20_000))
    assert len(found.marks) == MOST
    assert found.left_out == 20_000 - MOST
    assert found.marks[0].start == 5 * (20_000 - MOST)
    assert "The 18,000 weakest passages are not marked." in report(source=text, evidence=items, words=20_000).to_html()


def test_dictionary_is_json_without_the_article(real):
    for one in real:
        plain = json.loads(json.dumps(one.to_dict()))
        assert "source" not in plain
        assert plain["log_odds"] == one.log_odds
        assert plain["evidence"][0]["text"] == one.evidence[0].text
