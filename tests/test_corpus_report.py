"""The page of a corpus: its figures are those of the summary, it loads and runs nothing, it can be read anywhere."""

import csv
import html.parser
import json
import re

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from commandline import is_one_sentence, lines
from scoredframe import columns, scored
from selenium.webdriver import Keys

import detector
from detector.cli import main
from detector.report import charts
from detector.report.corpus import files, summarise, wording

VOID = ("meta", "br")
HOSTILE = "</title></table><script>alert(1)</script>\" onload='alert(1)' &amp; \u202e\u05d0 \U0001f600 \ud800\x00"


@pytest.fixture(scope="module")
def frame():
    return columns()


@pytest.fixture(scope="module")
def page(frame):
    return summarise(frame).to_html()


@pytest.fixture(scope="module")
def articles():
    return scored(detector.load())


class Reader(html.parser.HTMLParser):
    """Collects tags with their attributes and, for each table, caption and rows of cells."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.open, self.tables, self.text = [], [], [], ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "table":
            self.tables.append({"caption": "", "rows": []})
        elif tag == "tr":
            self.tables[-1]["rows"].append([])
        elif tag in ("td", "th"):
            self.tables[-1]["rows"][-1].append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data
        if "caption" in self.open:
            self.tables[-1]["caption"] += data
        elif "td" in self.open or "th" in self.open:
            self.tables[-1]["rows"][-1][-1] += data

    def table(self, caption):
        return next(table["rows"] for table in self.tables if table["caption"].startswith(caption))

    def of(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def test_page_is_well_formed_and_loads_nothing(page):
    reader = Reader(page)
    assert reader.open == []
    assert not {tag for tag, _ in reader.tags} & {"script", "link", "img", "iframe", "object", "form", "base"}
    assert not re.search(r"@import|url\(|\bon\w+=|\bsrc=", page)
    policy = next(one["content"] for one in reader.of("meta") if one.get("http-equiv") == "Content-Security-Policy")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


def test_fragment_is_one_element_that_styles_only_itself(frame):
    fragment = summarise(frame)._repr_html_()
    assert fragment.startswith('<div class="detector-corpus">')
    assert fragment.strip().endswith("</div>")
    style = re.search(r"<style>(.*?)</style>", fragment, re.DOTALL)[1]
    for selectors in re.findall(r"([^{}]+)\{", style):
        assert selectors.strip().startswith("@media") or all(
            one.strip().startswith(".detector-corpus") for one in selectors.split(",")
        )


def test_tables_say_what_they_show_and_what_heads_what(page):
    reader = Reader(page)
    assert len(reader.tables) >= 9
    assert all(table["caption"] for table in reader.tables)
    assert {one.get("scope") for one in reader.of("th")} == {"row", "col"}
    assert all(len({len(row) for row in table["rows"]}) == 1 for table in reader.tables)


def test_charts_are_named_and_described_with_ids_of_their_own(page):
    reader = Reader(page)
    drawn = [one for one in reader.of("svg") if one.get("role") == "img"]
    assert len(drawn) == 3
    for one in drawn:
        for name in one["aria-labelledby"].split():
            assert re.search(rf'<(title|desc) id="{name}">[^<]+<', page)
    ids = [one["id"] for _, one in reader.tags if "id" in one]
    assert len(ids) == len(set(ids))


def test_tables_hold_the_figures_of_the_summary(frame, page):
    summary, reader = summarise(frame), Reader(page)
    _, *rows = reader.table("Articles flagged at each tier")
    assert [(row[0], int(row[1])) for row in rows] == [(one.flagged.name, one.flagged.hits) for one in summary.levels]
    _, *rows = reader.table("Share flagged by outlet")
    assert [(row[0], int(row[1]), int(row[2])) for row in rows] == [(g.name, g.n, g.hits) for g in summary.by[0].shown]
    assert [row[3] for row in rows] == [wording.told(one) for one in summary.by[0].shown]
    _, *rows = reader.table("Articles with the lowest p-values")
    assert [row[0].split(" published")[0] for row in rows] == [one.title for one in summary.suspicious]
    _, *rows = reader.table("Mean contribution")
    assert [row[1] for row in rows] == [f"{one.flagged:+.2f}" for one in summary.families]
    shown = wording.roughly(summary.prevalence.estimate)
    assert f"about {shown} of the articles" in reader.text.replace("\xa0", " ")


def test_bars_are_as_high_as_their_shares(frame, page):
    counts = summarise(frame).p_values
    bars = re.findall(r'<rect class="bar" x="[\d.]+%" width="[\d.]+%" y="[\d.]+" height="([\d.]+)">', page)
    heights = [float(height) for height in bars]
    assert len(heights) == len(counts) == 20
    assert [height / heights[0] for height in heights] == pytest.approx([c / counts[0] for c in counts], abs=0.01)


@pytest.mark.parametrize("value", [1e-9, 0.0004, 0.034, 0.1, 0.25, 0.99, 1.0, 3, 47, 12345])
def test_an_axis_holds_its_largest_value_with_few_round_marks(value):
    top, marks = charts.nice(value, "{:g}".format)
    assert value <= top * (1 + 1e-9) < 2.6 * value
    assert [at for at, _ in marks] == pytest.approx([n / (len(marks) - 1) for n in range(len(marks))])
    assert 2 <= len(marks) <= 6


def test_axis_of_nothing_goes_to_one():
    assert charts.nice(0, "{:g}".format) == (1.0, [(0.0, "0"), (1.0, "1")])


def test_hostile_names_stay_text(frame):
    size = len(frame["p_value"])
    odd = {name: [HOSTILE] * size for name in ("outlet", "title", "id", "resembles", "tier", "url")}
    checks = [[{"kind": HOSTILE, "check": HOSTILE, "base_rate": 0.1}]] * size
    evidence = [[{"family": "stock", "text": "very <script>"}] if (p or 1) <= 0.01 else [] for p in frame["p_value"]]
    made = frame | odd | {"findings_list": checks, "evidence": evidence}
    made |= {
        f"contribution_{HOSTILE}": [1.0] * size,
        HOSTILE: [HOSTILE] * size,
        "error": [HOSTILE, *frame["error"][1:]],
    }
    page = summarise(made, by=HOSTILE).to_html()
    page.encode("utf-8")
    assert "<script" not in page
    reader = Reader(page)
    assert not any(name.startswith("on") for _, attributes in reader.tags for name in attributes)
    assert HOSTILE.replace("\ud800", "\ufffd").replace("\x00", "\ufffd") in reader.text


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//x.example"])
def test_only_addresses_of_the_web_become_links(address, frame):
    made = frame | {"url": [address] * len(frame["id"])}
    assert Reader(summarise(made).to_html()).of("a") == []
    assert Reader(summarise(frame).to_html()).of("a")[0]["href"].startswith("https://example.org/")


def test_an_article_links_to_its_report(frame):
    summary = summarise(frame)
    row = summary.suspicious[2].row
    links = Reader(summary.to_html({row: "reports/a&b.html"})).of("a")
    assert [one["href"] for one in links if not one["href"].startswith("https:")] == ["reports/a&b.html"]


@pytest.fixture
def call(tmp_path, monkeypatch, capsys):
    """Call the command line in this process, in an empty folder; gives its status and what it printed."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        status = main(list(arguments))
        return status, *capsys.readouterr()

    return call


def keep(*names):
    return [part for name in names for part in ("--keep", name)]


def write(frame, path):
    """The frame as a file, as the command line writes it; lists are JSON in CSV."""
    size = len(frame["p_value"])
    if path.suffix == ".parquet":
        pq.write_table(pa.table(frame), path, row_group_size=7)
    elif path.suffix == ".jsonl":
        path.write_text(lines(*({n: v[row] for n, v in frame.items()} for row in range(size))), encoding="utf-8")
    else:
        with path.open("w", encoding="utf-8", newline="") as stream:
            table = csv.writer(stream)
            table.writerow(frame)
            for row in range(size):
                cells = (values[row] for values in frame.values())
                table.writerow(json.dumps(cell) if isinstance(cell, list | bool) else cell for cell in cells)
    return path


@pytest.mark.parametrize("name", ["scored.parquet", "scored.jsonl", "scored.csv"])
def test_every_format_of_file_gives_the_same_summary(name, articles, tmp_path):
    assert summarise(files.read(write(articles, tmp_path / name))) == summarise(articles)


def test_texts_of_a_parquet_file_are_read_in_the_order_asked_for(articles, tmp_path):
    read = files.read(write(articles, tmp_path / "scored.parquet"))
    assert read.values("text", [41, 0, 13, 41]) == [articles["text"][row] for row in (41, 0, 13, 41)]
    assert read.values("text") == articles["text"]
    assert read.values("text", []) == []


def test_command_prints_the_summary(call, articles, tmp_path):
    write(articles, tmp_path / "scored.jsonl")
    asked = ("--by", "outlet", "--by", "words", "--top", "3")
    assert call("report", "scored.jsonl", *asked) == (0, f"{summarise(articles, by=['outlet', 'words'], top=3)}\n", "")
    plain = json.loads(call("report", "scored.jsonl", "--json")[1])
    assert plain == json.loads(json.dumps(summarise(articles).to_dict()))


def test_command_writes_a_page_that_links_to_reports(run, articles, tmp_path):
    write(articles, tmp_path / "scored.parquet")
    (tmp_path / "pages").mkdir()
    result = run("report", "scored.parquet", "--html", "pages/corpus.html", "--reports", "own reports", "--top", "4")
    assert (result.returncode, result.stderr) == (0, "")
    flagged = sum(articles["flagged"])
    assert result.stdout == f"pages/corpus.html: {flagged} of 60 articles flagged, with 4 reports\n"
    page = (tmp_path / "pages" / "corpus.html").read_text(encoding="utf-8")
    hrefs = [one["href"] for one in Reader(page).of("a")]
    assert hrefs == [f"../own%20reports/{rank}.html" for rank in (1, 2, 3, 4)]
    first = summarise(articles).suspicious[0].row
    own = (tmp_path / "own reports" / "1.html").read_text(encoding="utf-8")
    assert own == detector.explain(articles["text"][first]).to_html()


@pytest.mark.parametrize("name", ["scored.parquet", "scored.jsonl", "scored.csv"])
def test_what_score_writes_is_reported_alike(call, articles, tmp_path, name):
    kept = ("id", "text", "outlet", "published")
    rows = [{key: articles[key][row] for key in kept} for row in range(12)]
    (tmp_path / "more.jsonl").write_text(lines(*rows, {"id": "odd", "text": 3}), encoding="utf-8")
    scoring = ("more.jsonl", "--output", name, *keep("outlet", "published", "text"), "--jobs", "1", "--quiet")
    assert call("score", *scoring)[0] == 1
    status, printed, complaint = call("report", name, "--json")
    assert (status, complaint) == (0, "")
    summary = json.loads(printed)
    assert (summary["rows"], summary["judged"], sum(summary["failed"].values())) == (13, 12, 1)
    assert summary["flagged"]["flagged"] == sum(articles["flagged"][:12])
    assert [one["column"] for one in summary["by"]] == ["outlet"]
    assert summary["time"]["column"] == "published"
    assert summary["prevalence"] is not None
    assert {one["name"] for one in summary["families"]} >= {"stock", "ngrams"}
    assert summary["phrases"]
    asked = ("--html", "corpus.html", "--reports", "reports", "--top", "2")
    assert call("report", name, *asked)[::2] == (0, "")
    assert sorted(path.name for path in (tmp_path / "reports").iterdir()) == ["1.html", "2.html"]


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (["nix.parquet"], 1, "nix.parquet: No such file or directory"),
        (["broken.parquet"], 1, "broken.parquet is no Parquet file"),
        (["broken.jsonl"], 1, "broken.jsonl, line 1: broken JSON"),
        (["list.jsonl"], 1, "list.jsonl, line 1: a row must be a JSON object"),
        (["wide.csv"], 1, "wide.csv, line 2: the row has another number of cells than the header"),
        (["latin.csv"], 1, "latin.csv is not UTF-8"),
        (["article.txt"], 1, "article.txt is no scored file"),
        (["texts.jsonl"], 1, "the frame has no column 'p_value'"),
        (["good.jsonl", "--by", "nix"], 1, "the frame has no column 'nix'"),
        (["good.jsonl", "--model", "nix"], 1, "no shipped model is called 'nix'"),
        (["good.jsonl", "--reports", "r"], 2, "--reports writes the pages"),
        (["good.jsonl", "--html", "c.html", "--reports", "r"], 1, "reports need the texts"),
        (["good.jsonl", "--html", "no/c.html"], 1, "no/c.html: No such file or directory"),
    ],
)
def test_command_names_what_is_wrong_in_one_sentence(call, frame, tmp_path, arguments, status, sentence):
    broken = {
        "broken.parquet": b"PAR1",
        "broken.jsonl": b"{",
        "list.jsonl": b"[]",
        "wide.csv": b"p_value,log_odds\n1\n",
        "latin.csv": b"p_value\n\xff\n",
        "article.txt": b"text",
        "texts.jsonl": b'{"text": "a"}\n',
    }
    for name, content in broken.items():
        (tmp_path / name).write_bytes(content)
    write(frame, tmp_path / "good.jsonl")
    given, _, complaint = call("report", *arguments)
    assert given == status
    assert sentence in complaint
    assert is_one_sentence(complaint)


@pytest.fixture(scope="module")
def written(frame):
    """The page of a frame with long and strange names."""
    outlets = ("Ostermere" * 9, HOSTILE, *frame["outlet"][:3])
    summary = summarise(columns(outlets=outlets) | {"title": ["A headline " * 12] * 400})
    return summary.to_html({summary.suspicious[0].row: "1.html"})


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1100])
def test_page_fits_its_window_and_stays_quiet(browser, written, width, scheme):
    browser.look(scheme, width)
    address = browser.show(written)
    assert browser.run("return document.documentElement.scrollWidth") <= width
    outside = """return [...document.querySelectorAll('td, th, text, p, h2')].filter(one => {
        const box = one.getBoundingClientRect(); return box.width && (box.left < 0 || box.right > innerWidth + 1);
    }).map(one => one.textContent)"""
    assert browser.run(outside) == []
    assert (browser.complaints(), browser.requests()) == ([], [address])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_the_paper(browser, written, scheme):
    browser.look(scheme)
    browser.show(written)
    colours = browser.run("""
        const root = document.querySelector('.detector-corpus'), paper = getComputedStyle(root).backgroundColor;
        const one = name => document.querySelector('.detector-corpus ' + name);
        return [paper, getComputedStyle(root).color, getComputedStyle(one('.faint')).color,
                getComputedStyle(one('a')).color, getComputedStyle(one('text')).fill];""")
    paper, *others = (luminance(colour) for colour in colours)
    assert (paper > 0.5) == (scheme == "light")
    for other in others:
        high, low = max(paper, other), min(paper, other)
        assert (high + 0.05) / (low + 0.05) >= 4.5  # level AA of the web's rules for contrast


def luminance(colour):
    """The relative luminance of a colour of CSS, as WCAG defines it."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_periods_open_as_a_table_by_keyboard(browser, written):
    browser.look()
    browser.show(written)
    table = next(one for one in browser.every("table") if "Share flagged by month" in one.get_attribute("textContent"))
    assert not table.is_displayed()
    browser.run("document.querySelector('summary').focus()")
    browser.press(Keys.ENTER)
    browser.awaited(table.is_displayed)
    assert len(table.find_elements("css selector", "tr")) == 1 + len(summarise(columns()).time.shown)
