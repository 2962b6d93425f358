"""Rows: what they say of an article, in any company, and of one that cannot be scored."""

import json
import math
from dataclasses import asdict
from datetime import date, datetime

import pytest
from invented import articles

import detector
from detector.additive import Evidences
from detector.batch.records import Record
from detector.batch.rows import CONTRIBUTIONS, NAMES, columns, day_of, names, row_names, rows

DATED = "The ferry to Ostermere ran aground on Tuesday, March 5, and nobody was hurt, the port said."
TEXTS = [*articles(10)[0], "", "Too short to say.", DATED]


@pytest.fixture(scope="module")
def news():
    return detector.load()


def records(texts, **known):
    return [Record(str(number), text, **known) for number, text in enumerate(texts)]


@pytest.mark.parametrize("explain", [False, True])
def test_columns_are_those_that_are_named_and_as_long_as_the_texts(news, explain):
    found = columns(news, TEXTS, explain=explain)
    assert tuple(found) == names(explain)
    assert {len(values) for values in found.values()} == {len(TEXTS)}
    assert all(values == [] for values in columns(news, [], explain=explain).values())
    json.dumps(found, allow_nan=False)


def test_contributions_add_up_to_the_log_odds(news):
    found = columns(news, TEXTS)
    for row, log_odds in enumerate(found["log_odds"]):
        assert abs(math.fsum(found[name][row] for name in CONTRIBUTIONS) - log_odds) < 1e-9


def test_columns_say_what_reports_and_checks_say(news, examples):
    texts = [*(row["text"] for row in examples), *TEXTS]
    found = columns(news, texts, explain=True)
    for row, text in enumerate(texts):
        report = news.explain(text)
        assert found["log_odds"][row] == report.log_odds
        assert [found[name][row] for name in CONTRIBUTIONS] == list(report.contributions.values())
        checked = [json.loads(json.dumps(asdict(one))) for one in news.check(text)]
        assert found["findings_list"][row] == checked
        assert found["findings"][row] == len(checked)
        assert found["evidence"][row] == [one._asdict() for one in report.evidence]
    assert any(found["findings"])


def test_without_a_search_for_findings_all_else_is_the_same(news, examples):
    texts = [*(row["text"] for row in examples), *TEXTS]
    found, unchecked = columns(news, texts), columns(news, texts, checked=False)
    for name in names():
        assert unchecked[name] == ([None] * len(texts) if name in ("findings", "findings_list") else found[name]), name


def test_a_row_is_the_same_alone_and_in_any_company(news, examples):
    texts = [*(row["text"] for row in examples), *TEXTS]
    many = list(rows(news, records(texts * 5)))
    alone = [next(rows(news, [one])) for one in records(texts)]
    for number, row in enumerate(many):
        assert row == alone[number % len(texts)] | {"id": str(number)}


def test_articles_are_flagged_at_the_rate_that_is_asked_for(news, examples):
    texts = [row["text"] for row in examples]
    for rate in (0.001, 0.01, 0.05):
        found = columns(news, texts, max_fpr=rate)
        assert found["flagged"] == news.flag(texts, rate).tolist()
        assert set(found["threshold_fpr"]) == {rate}
    with pytest.raises(ValueError, match="must lie between 0 and 1"):
        columns(news, texts, max_fpr=1.0)
    with pytest.raises(TypeError, match=r"texts\[1\] is NoneType, not a str"):
        columns(news, [texts[0], None])


def test_a_day_of_publication_is_held_against_the_dates_of_its_article_only(news):
    others = [text for text in TEXTS if text != DATED]
    days = [None] * len(others)
    plain = columns(news, [*others, DATED])["findings"]
    found = columns(news, [*others, DATED], published=[*days, date(2023, 3, 6)])
    assert found["findings"] == [*plain[:-1], 1]
    assert "2023-03-06" in found["findings_list"][-1][0]["message"]
    assert columns(news, [*others, DATED], published=[*days, date(2024, 3, 6)])["findings"] == plain
    everywhere = [date(2024, 3, 6)] * len(TEXTS)
    assert columns(news, TEXTS, published=everywhere)["findings"] == [len(news.check(t, everywhere[0])) for t in TEXTS]


def test_a_published_date_reaches_the_row_where_it_is_one(news):
    for published, found in (("2023-03-06", 1), ("Mon, 06 Mar 2023 10:00:00 +0100", 1), ("yesterday", 0), (None, 0)):
        [row] = rows(news, [Record("a", DATED, published=published)])
        assert row["findings"] == found, published


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2024-03-01", date(2024, 3, 1)),
        (" 2024-03-01T23:59:59.5+02:00", date(2024, 3, 1)),
        ("2024-03-01 08:00", date(2024, 3, 1)),
        ("Fri, 1 Mar 2024 23:30:00 GMT", date(2024, 3, 1)),
        (datetime(2024, 3, 1, 12), date(2024, 3, 1)),
        (date(2024, 3, 1), date(2024, 3, 1)),
        ("2024-13-01", None),
        ("2024-02-30", None),
        ("01/03/2024", None),
        ("1709337600", None),
        (1709337600, None),
        ("", None),
        (None, None),
    ],
)
def test_days_are_read_as_tables_and_feeds_write_them(published, day):
    assert day_of(published) == day


@pytest.mark.parametrize("failing", [MemoryError("no room"), ValueError(), RecursionError("too deep")])
def test_an_article_that_cannot_be_scored_is_a_row_with_its_error(news, monkeypatch, failing):
    measured = Evidences.from_texts

    def measure(texts, *without):
        if "fatal" in texts:
            raise failing
        return measured(texts, *without)

    monkeypatch.setattr(Evidences, "from_texts", measure)
    given = records([*TEXTS, "fatal", *TEXTS])
    given[3] = Record("3", error="line 4 is no JSON object")
    found = list(rows(news, given))
    good = list(rows(news, records(TEXTS)))
    assert [row["id"] for row in found] == [one.id for one in given]
    assert found[3] == dict.fromkeys(row_names()) | {"id": "3", "error": "line 4 is no JSON object"}
    told = f"cannot be scored: {type(failing).__name__}{f': {failing}' if str(failing) else ''}"
    assert found[len(TEXTS)] == dict.fromkeys(row_names()) | {"id": str(len(TEXTS)), "error": told}
    for row in (0, 1, len(TEXTS) - 1, len(TEXTS) + 1, 2 * len(TEXTS)):
        assert found[row] == good[row % (len(TEXTS) + 1)] | {"id": str(row)}


def test_input_columns_are_kept_on_request(news):
    given = [Record("a", TEXTS[0], kept={"outlet": "Wire", "day": date(2024, 3, 1), "share": math.nan})]
    [row] = rows(news, given, keep=("share", "outlet", "day", "absent"))
    assert list(row)[:5] == ["id", "share", "outlet", "day", "absent"]
    assert list(row.values())[:5] == ["a", None, "Wire", "2024-03-01", None]
    assert list(row)[5:] == [*NAMES, "error"]
    for name in ("score", "error", "id", "evidence"):
        with pytest.raises(ValueError, match=f"the input column {name} cannot be kept"):
            next(rows(news, given, keep=(name,), explain=True))


def test_the_detector_gives_the_same_rows(news):
    for explain in (False, True):
        found = list(news.rows(TEXTS, max_fpr=0.05, explain=explain))
        expected = [
            {name: row[name] for name in names(explain)}
            for row in rows(news, records(TEXTS), max_fpr=0.05, explain=explain)
        ]
        assert found == expected
