"""Reading labelled articles, and cleaning them."""

import csv
import gzip
import json

import numpy as np
import pytest

from detector import corpora
from detector.cleaning import clean, join_duplicates, noise

NAMES = (
    "Alder",
    "Birch",
    "Cedar",
    "Dogwood",
    "Elm",
    "Fir",
    "Gorse",
    "Hazel",
    "Ivy",
    "Juniper",
    "Larch",
    "Maple",
    "Oak",
)


def story(seed, sentences=12):
    """An invented article whose sentences depend on the seed alone."""
    rng = np.random.default_rng(seed)

    def sentence():
        town, river, mayor = rng.choice(NAMES, 3)
        price = rng.integers(100, 10**6)
        return (
            f"The council of {town} said that it will pay {price} for the bridge over the {river}, and so did {mayor}."
        )

    return " ".join(sentence() for _ in range(sentences))


def jsonl(path, *rows):
    lines = "".join(row if isinstance(row, str) else json.dumps(row) + "\n" for row in rows)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(lines.encode()))
    else:
        path.write_text(lines, encoding="utf-8")
    return path


def corpus_of(tmp_path, *rows):
    return corpora.read(jsonl(tmp_path / "made.jsonl", *rows), known={})


def human(text, **fields):
    return {"text": text, "label": 0, **fields}


def machine(text, **fields):
    return {"text": text, "label": 1, **fields}


def test_a_row_with_every_field_keeps_them(tmp_path):
    row = {"id": "a1", "text": "Rain.", "label": 1, "source": "s", "dataset": "d", "kind": "wire", "domain": "news"}
    corpus = corpus_of(tmp_path, row | {"generator": "m", "attack": "polish", "group": 7})
    assert (corpus.ids, corpus.texts, corpus.sources, corpus.kinds) == (["a1"], ["Rain."], ["s"], ["wire"])
    assert (corpus.generators, corpus.attacks, corpus.groups) == (["m"], ["polish"], ["7"])
    assert corpus.labels.dtype == np.int8
    assert corpus.labels.tolist() == [1]


def test_what_a_row_leaves_out_is_filled_in(tmp_path):
    corpus = corpus_of(tmp_path, human("Rain."), "\n", machine("Sun.", id="x", domain="web", dataset="d"))
    assert corpus.ids == ["made:1", "x"]
    assert corpus.groups == ["made:1", "made:x"]
    assert corpus.sources == ["made", "d"]
    assert corpus.kinds == ["", "web"]
    assert corpus.generators == ["human", "unknown"]
    assert corpus.attacks == ["none", "none"]


def test_the_kind_comes_from_the_registry_before_the_domain(tmp_path):
    path = jsonl(tmp_path / "a.jsonl", human("Rain.", source="s", domain="news"))
    assert corpora.read(path, known={"s": {"name": "a", "kind": "wire"}}).kinds == ["wire"]


def test_rows_without_a_label_are_skipped_and_counted(tmp_path):
    corpus = corpus_of(tmp_path, human("Rain."), {"text": "Who knows?", "label": None})
    assert (len(corpus), corpus.skipped) == (1, 1)


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path):
    jsonl(tmp_path / "b.jsonl.gz", machine("Two."))
    jsonl(tmp_path / "a.jsonl", human("One."))
    (tmp_path / "c.csv").write_text("text,label\nThree.,1\n", encoding="utf-8")
    (tmp_path / "notes.md").write_text("not a corpus", encoding="utf-8")
    corpus = corpora.read(tmp_path, known={})
    assert corpus.texts == ["One.", "Two.", "Three."]
    assert corpus.sources == ["a", "b", "c"]
    assert corpora.read([tmp_path / "c.csv", tmp_path / "a.jsonl"], known={}).texts == ["Three.", "One."]


def test_csv_keeps_line_ends_quotes_and_groups(tmp_path):
    path = tmp_path / "t.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(["label", "text", "group", "source", "generator", "attack"])
        table.writerow([0, 'A "quoted", wet\nday', "g", "paper", "", ""])
        table.writerow(["1.0", "Sun", "g", "", "m", "polish"])
        table.writerow(["", "Fog", "", "", "", ""])
    corpus = corpora.read(path, known={})
    assert corpus.texts == ['A "quoted", wet\nday', "Sun"]
    assert corpus.labels.tolist() == [0, 1]
    assert (corpus.groups, corpus.sources) == (["g", "g"], ["paper", "t"])
    assert (corpus.generators, corpus.attacks, corpus.skipped) == (["human", "m"], ["none", "polish"], 1)


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ({"label": 0}, "line 2: the row has no 'text'"),
        ({"text": "Rain."}, "line 2: the row has no 'label'"),
        ({"text": "Rain.", "label": 2}, "line 2: the label is 2"),
        ({"text": "Rain.", "label": "human"}, "line 2: the label is 'human'"),
        ({"text": "Rain.", "label": True}, "line 2: the label is True"),
        ({"text": None, "label": 0}, "line 2: the text is NoneType"),
        ({"text": 5, "label": 0}, "line 2: the text is int"),
        ('{"text": "Rain.", "label"\n', "line 2: broken JSON"),
        ("[1, 2]\n", "line 2: a row must be a JSON object"),
    ],
)
@pytest.mark.parametrize("name", ["made.jsonl", "made.jsonl.gz"])
def test_a_broken_row_is_named_by_file_and_line(tmp_path, name, bad, said):
    path = jsonl(tmp_path / name, human("Fine."), bad)
    with pytest.raises(ValueError, match=said) as error:
        corpora.read(path, known={})
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("text,group\nRain.,g\n", "line 1: no column is called 'label'"),
        ("", "line 1: no column is called 'text'"),
        ("text,label\nRain.,0\nSun.,maybe\n", "line 3: the label is 'maybe'"),
        ("text,label\nRain.\n", "line 2: the row has another number of cells"),
        ("text,label\nRain.,0,0\n", "line 2: the row has another number of cells"),
    ],
)
def test_a_broken_table_is_named_by_file_and_line(tmp_path, table, said):
    (tmp_path / "t.csv").write_text(table, encoding="utf-8")
    with pytest.raises(ValueError, match=said) as error:
        corpora.read(tmp_path / "t.csv", known={})
    assert "t.csv" in str(error.value)


def test_a_cell_of_a_table_may_hold_a_long_article(tmp_path):
    text = "It rained. " * 20_000
    (tmp_path / "t.csv").write_text(f"text,label\n{text},0\n", encoding="utf-8")
    assert corpora.read(tmp_path / "t.csv", known={}).texts == [text]


def test_files_that_are_no_corpus_are_refused_by_name(tmp_path):
    whole = jsonl(tmp_path / "whole.jsonl.gz", *(human(story(i)) for i in range(50))).read_bytes()
    (tmp_path / "cut.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "plain.jsonl.gz").write_bytes(b'{"text": "Rain.", "label": 0}')
    (tmp_path / "latin.jsonl").write_bytes('{"text": "Café", "label": 0}'.encode("latin-1"))
    (tmp_path / "a.txt").write_text("Rain.", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    for name, said in {
        "cut.jsonl.gz": "no whole gzip file",
        "plain.jsonl.gz": "no whole gzip file",
        "latin.jsonl": "not UTF-8",
        "a.txt": "must end in",
        "empty": "holds no",
        "absent.jsonl": "no file or folder",
    }.items():
        with pytest.raises(ValueError, match=said) as error:
            corpora.read(tmp_path / name, known={})
        assert name in str(error.value)


def test_without_leaves_out_sources_files_and_entries_of_the_registry(tmp_path):
    jsonl(tmp_path / "one.jsonl", human("a", source="s1"), human("b", source="s2"))
    jsonl(tmp_path / "two.jsonl", human("c", source="s3"))
    known = {"pair": {"name": "pair"}, "s1": {"name": "pair"}, "s3": {"name": "pair"}}
    read = {name: corpora.read(tmp_path, without=[name], known=known).texts for name in ("s1", "one", "pair", "two")}
    assert read == {"s1": ["b", "c"], "one": ["c"], "pair": ["b"], "two": ["a", "b"]}
    assert corpora.read(tmp_path, without="s2", known=known).texts == ["a", "c"]


def test_an_unknown_name_to_leave_out_is_an_error_that_lists_what_is_known(tmp_path):
    path = jsonl(tmp_path / "one.jsonl", human("a", source="s1"))
    with pytest.raises(ValueError, match="no source is called 's9'; known are one, s1, shelf"):
        corpora.read(path, without=["s1", "s9"], known={"shelf": {"name": "shelf"}})


def test_select_and_concatenate(tmp_path):
    corpus = corpus_of(tmp_path, human("a"), machine("b"), {"text": "?", "label": None}, human("c"))
    assert corpus.select(corpus.labels == 0).texts == ["a", "c"]
    assert corpus.select([2, 0]).texts == ["c", "a"]
    assert len(corpus.select([])) == 0
    both = corpora.Corpus.concatenate([corpus, corpus.select([1])])
    assert (both.texts, both.labels.tolist(), both.skipped) == (["a", "b", "c", "b"], [0, 1, 0, 1], 2)
    assert len(corpora.Corpus.concatenate([])) == 0
    with pytest.raises(ValueError, match="the mask has 2 entries for 3 articles"):
        corpus.select(np.array([True, False]))


def test_roles_and_families_come_from_the_registry(tmp_path):
    known = {"essays": {"role": "other"}, "bots": {"role": None, "family": "web"}}
    rows = human("a", source="essays"), machine("b", source="bots"), human("c", source="mine"), machine("d")
    corpus = corpus_of(tmp_path, *rows)
    assert corpora.roles(corpus, known) == ["other", "news", "news", "news"]
    assert corpora.families(corpus, known) == ["", "web", "", "own"]


PITCH = (
    "At our casino you can play poker and roulette and win a jackpot from your sofa. If you like slots, your first "
    "bets are on us, and you will see that gambling has never been so easy for you and your friends as it is here."
)
NEWS = (
    "The owners of the casino at the harbour said on Monday that it will close in May, after the town refused to renew "
    "its licence for slots and poker. About ninety people work there, and the union called for talks with the mayor."
)
FRENCH = "Le conseil municipal a voté mardi soir le budget de la commune après un long débat avec les habitants. " * 4


@pytest.mark.parametrize(
    ("text", "label", "reason"),
    [
        (PITCH, 0, "advertising"),
        (PITCH, 1, None),
        (NEWS, 0, None),
        (FRENCH, 0, "not_english"),
        (FRENCH, 1, "not_english"),
        ("Profit 12 vs 9, sales 30 vs 28, shares 4 vs 3. " * 8, 0, "not_english"),
        ("The rain will be back.", 0, "short"),
        ("", 1, "short"),
        (story(1), 0, None),
    ],
)
def test_noise_names_its_rule(text, label, reason):
    assert noise(text, label) == reason


def test_cleaning_leaves_noise_out_and_counts_it(tmp_path):
    rows = [human(PITCH), human(FRENCH), human("Rain."), human(story(1)), machine(story(2)), human(story(1))]
    kept, counts = clean(corpus_of(tmp_path, *rows))
    assert kept.texts == [story(1), story(2)]
    assert counts == {"short": 1, "not_english": 1, "advertising": 1, "copies": 1, "joined": 1, "largest": 2}


def test_sources_outside_are_measured_as_they_are(tmp_path):
    kept, _ = clean(corpus_of(tmp_path, human(FRENCH, source="human_masakhanews_pidgin"), human(FRENCH)))
    assert kept.sources == ["human_masakhanews_pidgin"]


def test_near_duplicates_share_one_group_and_human_copies_go(tmp_path):
    first, cut = story(1), " ".join(story(1).upper().split()[:150])
    rows = [
        human(first, group="a"),
        human(story(2), group="b"),
        human(cut, group="c"),
        machine(first + " " + story(3, 2), group="d"),
        human(first, group="e", attack="perturb_word"),
    ]
    kept, counts = join_duplicates(corpus_of(tmp_path, *rows))
    assert kept.groups == ["a", "b", "a", "a"]
    assert kept.attacks == ["none", "none", "none", "perturb_word"]
    assert counts == {"copies": 1, "joined": 3, "largest": 4}


def test_articles_that_share_less_than_half_stay_apart(tmp_path):
    rows = [human(story(1, 4) + " " + story(i, 16), group=str(i)) for i in (2, 3)]
    kept, counts = join_duplicates(corpus_of(tmp_path, *rows))
    assert kept.groups == ["2", "3"]
    assert counts == {"copies": 0, "joined": 0, "largest": 1}


def test_furniture_of_an_outlet_glues_nothing_together(tmp_path):
    rows = [human(story(0, 20) + " " + story(i, 4)) for i in range(1, 31)]
    kept, counts = join_duplicates(corpus_of(tmp_path, *rows))
    assert len(set(kept.groups)) == 30
    assert counts == {"copies": 0, "joined": 0, "largest": 1}


def test_joining_bears_empty_and_odd_texts(tmp_path):
    corpus = corpus_of(tmp_path, human(""), human("\ud800 " * 60), human("word " * 5000))
    assert len(join_duplicates(corpus)[0]) == 3
    assert len(join_duplicates(corpus.select([]))[0]) == 0
