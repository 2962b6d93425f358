"""The page of one article in a real browser: what it marks and says, on every screen, and that nothing in it runs."""

import dataclasses
import os
import re
from pathlib import Path

import numpy as np
import pytest

import detector
from detector.report import Finding, wording
from detector.report.highlights import FAINTEST, highlights
from detector.report.names import FAMILIES

HOSTILE = (
    "A \"quoted' &amp; &lt;b&gt; remarkable <script>document.title = 'ran'</script> testament </div></span></mark>\n"
    "<img src=x onerror=\"document.title='ran'\"> <style>* { display: none }</style> <!-- a comment\n\n"
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \u202e turned \u202c back, e\u0301 "
    "\U0001f469\u200d\U0001f680 \U0001f1eb\U0001f1ee \ufeff\u200b\u00ad hidden, javascript:alert(1) "
    "{{7*7}} ${7*7} ]]> &#x3C;script&#x3E;\n"
)
"""Written for this test: nothing of it may become more than text."""


@pytest.fixture(scope="module")
def reports(examples):
    """Reports of the example articles, one of which is too short, and of the users' own where it is there."""
    texts = [row["text"] for row in examples]
    if "DETECTOR_DATA" in os.environ:
        seeds = Path(os.environ["DETECTOR_DATA"]).resolve().parent / "seeds"
        texts += [path.read_text(encoding="utf-8") for path in sorted(seeds.glob("*.txt"))]
    return [detector.explain(text) for text in texts]


@pytest.fixture(scope="module")
def hostile(reports):
    """The report of a text that is full of markup, with a finding whose message and kind are as bad."""
    report = detector.explain(HOSTILE + reports[0].source + HOSTILE)
    found = Finding("<i>kind", "check", "<script>document.title = 'ran'</script>\"'", ((0, 40), (60, 90)), 0.01)
    return dataclasses.replace(report, findings=[*report.findings, found])


@pytest.fixture
def screen(browser):
    """The browser, with a window of usual size in light colours."""
    browser.look()
    return browser


def strongest(screen, report):
    """The mark that adds most, and its element."""
    mark = max(highlights(report).marks, key=lambda one: one.strength)
    [element] = screen.every(f'mark[id$="-m-{mark.start}-{mark.end}"]')
    return mark, element


def added(report):
    """What passages that hold no whole sentence add at each code point, the faintest left out, and what faint is."""
    faint = FAINTEST / max(report.words, 300)
    whole = [(one.start, one.end) for one in report.evidence if one.feature == "wording"]
    total = np.zeros(len(report.source))
    for one in report.evidence:
        if abs(one.contribution) >= faint and not any(one.start <= start and end <= one.end for start, end in whole):
            total[one.start : one.end] += one.contribution
    return total, faint


def test_marks_stand_in_the_page_where_passages_stand_in_the_text(screen, reports):
    for report in reports:
        screen.show(report.to_html())
        read, found = screen.article(), highlights(report)
        assert read["text"] == report.source
        for kind, expected in (("mark", found.marks), ("sentence", found.sentences)):
            shown = [(one["start"], one["text"]) for one in read[kind]]
            assert shown == [(one.start, report.source[one.start : one.end]) for one in expected]
        covered = {at for one in read["mark"] for at in range(one["start"], one["start"] + len(one["text"]))}
        adds, faint = added(report)
        assert covered.issuperset(np.flatnonzero(adds >= 2 * faint).tolist())
        found = {at for finding in report.findings for span in finding.spans for at in range(*span)}
        assert not covered & set(np.flatnonzero(adds <= 0).tolist()) - found


def test_strength_of_colour_is_the_contribution(screen, reports):
    for report in reports[:3]:
        screen.show(report.to_html())
        found = highlights(report)
        for mark, shown in zip(found.marks, screen.article()["mark"], strict=True):
            alpha = float(re.search(r"([\d.]+)\)$", shown["color"])[1])
            assert alpha == pytest.approx(0.07 + 0.4 * max(mark.strength, 0) / found.full, abs=0.005)


def test_pointing_at_a_mark_shows_message_contribution_and_base_rate(screen, reports):
    for report in (reports[0], reports[-1]):
        screen.show(report.to_html())
        mark, element = strongest(screen, report)
        first = mark.passages[0]
        assert screen.notes() == []
        screen.hover(element)
        [note] = screen.notes()
        assert first.message in " ".join(note.split())
        assert wording.signed(first.contribution) in note
        assert wording.base_rate(first.base_rate) in note
        assert FAMILIES[first.family] in note
        screen.leave()
        assert screen.notes() == []


def test_pointing_at_a_sentence_outside_of_its_marks_shows_what_it_adds(screen, reports):
    screen.show(reports[2].to_html())
    sentence = next(one for one in screen.every(".article .sentence") if not one.find_elements("tag name", "mark"))
    screen.hover(sentence)
    [note] = screen.notes()
    assert "above all" in note


def test_the_tab_key_reaches_every_mark_and_shows_its_note(screen, reports):
    screen.show(reports[1].to_html())
    expected = [one.get_attribute("id") for one in screen.every(".article mark")]
    screen.run("document.querySelector('.skip').focus()")
    reached = []
    while screen.run("return document.activeElement.matches('.skip, .article *')") and len(reached) < 200:
        screen.press("\ue004")
        focused = screen.run(
            "const e = document.activeElement; return [e.tagName, e.id, e.getAttribute('aria-describedby')]"
        )
        if focused[0] == "MARK":
            reached.append(focused[1])
            [note] = screen.notes()
            assert note == screen.run("return document.getElementById(arguments[0]).innerText", focused[2])
    assert reached == expected


def test_the_article_can_be_skipped(screen, reports):
    screen.show(reports[0].to_html())
    screen.run("document.querySelector('.skip').focus()")
    assert screen.one(".skip").is_displayed()
    screen.press("\ue007")
    screen.press("\ue004")
    assert screen.run("return document.activeElement.closest('.aside') !== null")


def test_a_tap_shows_a_note_that_fits_a_phone(screen, reports):
    screen.look(width=360, height=700)
    screen.show(reports[0].to_html())
    mark, element = strongest(screen, reports[0])
    screen.tap(element)
    [note] = screen.awaited(screen.notes)
    assert mark.passages[0].message in " ".join(note.split())
    left, right = screen.run(
        "const b = [...document.querySelectorAll('.note')].find(n => n.offsetHeight).getBoundingClientRect();"
        "return [b.left, b.right]"
    )
    assert 0 <= left < right <= 360


def test_a_phone_scrolls_only_down(screen, reports, hostile):
    screen.look(width=360, height=700)
    for report in (*reports, hostile):
        screen.show(report.to_html())
        assert screen.run("return document.documentElement.scrollWidth") <= 360
        for element in screen.every(".article mark")[:3]:
            screen.hover(element)
            assert screen.run("return document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_scheme(screen, reports, scheme):
    screen.look(scheme)
    screen.show(reports[0].to_html())
    colours = screen.run(
        "return ['body', '.detector-report', '.article'].map(s => getComputedStyle(document.querySelector(s)))"
        ".map(s => [s.backgroundColor, s.color])"
    )
    light = [[sum(map(float, re.findall(r"[\d.]+", colour)[:3])) / 765 for colour in pair] for pair in colours]
    assert (light[0][0] > 0.9) == (scheme == "light")
    assert (light[1][0] > 0.9) == (scheme == "light")
    assert (light[2][1] < 0.2) == (scheme == "light")


def test_paper_is_light_and_tells_families_apart_without_colour(screen, reports):
    screen.look("dark", media="print")
    screen.show(reports[0].to_html())
    ink = screen.run("return getComputedStyle(document.querySelector('.article')).color")
    assert max(map(int, re.findall(r"\d+", ink))) < 80
    styles = screen.run(
        "return [...document.querySelectorAll('.legend > li > *')].map(m => getComputedStyle(m)).map(s =>"
        "[s.textDecorationLine, s.textDecorationStyle, s.boxShadow, s.textDecorationThickness].join(' '))"
    )
    assert len(styles) >= 8
    assert len(set(styles)) == len(styles)
    screen.run("document.querySelector('mark').focus()")
    assert screen.notes() == []


def test_links_lead_to_the_places_that_they_name(screen, reports):
    report = reports[0]
    screen.show(report.to_html())
    anchors = {one["id"]: one["start"] for one in screen.article()["at"]}
    for element, window in zip(screen.every(".strip a"), report.windows.windows, strict=True):
        element.click()
        name = screen.run("return location.hash.slice(1)")
        assert anchors[name] == window.start
        top = screen.run("return document.getElementById(arguments[0]).getBoundingClientRect().top", name)
        assert 0 <= top < 900
    found = next(one for one in report.findings if one.check == "impossible_date")
    [link] = [one for one in screen.every(".aside q a") if one.text == report.source[slice(*found.spans[0])]]
    link.click()
    assert anchors[screen.run("return location.hash.slice(1)")] == found.spans[0][0]


def test_places_that_disagree_lead_to_each_other(screen, reports):
    text = reports[0].source
    first, second = text.index("Hesperdale"), text.rindex("Hesperdale")
    spans = ((first, first + 10), (second, second + 10))
    screen.show(
        dataclasses.replace(reports[0], findings=[Finding("names", "two", "Two places", spans, 0.01)]).to_html()
    )
    mark = next(one for one in screen.every(".article mark.finding") if one.text == "Hesperdale")
    mark.click()
    note = screen.by_id(mark.get_attribute("aria-describedby"))
    note.find_element("tag name", "a").click()
    name = screen.run("return location.hash.slice(1)")
    assert {one["id"]: one["start"] for one in screen.article()["at"]}[name] == second


def test_markup_in_an_article_is_text_and_nothing_runs(screen, hostile):
    page = hostile.to_html()
    address = screen.show(page)
    read = screen.article()
    assert read["text"] == hostile.source
    assert screen.run("return document.scripts.length + document.images.length") == 0
    assert "ran" not in screen.run("return document.title").split()
    inside = screen.run("return [...new Set([...document.querySelectorAll('.article *')].map(e => e.tagName))].sort()")
    assert set(inside) <= {"A", "B", "MARK", "SMALL", "SPAN"}
    assert "<script>document.title = 'ran'</script>" in screen.run("return document.querySelector('.aside').innerText")
    assert screen.complaints() == []
    assert screen.requests() == [address]


def test_no_page_asks_for_anything_or_complains(screen, reports):
    for number, report in enumerate(reports):
        screen.look("dark" if number % 2 else "light")
        address = screen.show(report.to_html())
        screen.hover(screen.one(".article mark"))
        assert screen.requests() == [address]
        assert screen.complaints() == []


def test_the_policy_lets_no_script_run(screen, reports):
    page = reports[0].to_html().replace("</main>", "<script>document.title = 'ran'</script></main>")
    screen.show(page)
    assert screen.run("return document.title") != "ran"
    assert any("Content Security Policy" in message for message in screen.complaints())


def test_reports_in_a_notebook_change_nothing_around_them_and_do_not_clash(screen, reports):
    around = (
        "<style>html { overflow-y: scroll }</style><div id='around'><h2>Title</h2><p>Text <mark>mark</mark> "
        "<a href='#'>link</a></p><ul><li class='stock'>item</li></ul></div>"
    )
    styles = (
        "return [...document.querySelectorAll('#around, #around *')].map(e => JSON.stringify("
        "[...getComputedStyle(e)].map(name => getComputedStyle(e).getPropertyValue(name))))"
    )
    screen.show(f"<!DOCTYPE html>{around}")
    before = screen.run(styles)
    fragments = "".join(report._repr_html_() for report in reports[:3])
    screen.show(f"<!DOCTYPE html>{around}{fragments}")
    assert screen.run(styles) == before
    names = screen.run("return [...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(names) == len(set(names))
    assert screen.run("return document.querySelectorAll('.article').length") == 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(screen, reports, hostile, scheme):
    if not Path(os.environ.get("AXE_CORE", "")).is_file():
        pytest.skip("needs axe-core: set AXE_CORE to its axe.min.js")
    screen.look(scheme)
    for report in (reports[0], reports[2], reports[7], hostile):
        screen.show(report.to_html())
        screen.run("document.querySelector('mark').focus()")
        assert screen.faults() == []
