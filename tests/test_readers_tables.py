"""Tables: CSV as programs and people write it, Parquet in one file or many; a bad row is a row, the others are read."""

import csv
import io
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from commandline import write
from hypothesis import given
from hypothesis import strategies as st
from peakmemory import PEAK

import detector
from detector.batch.readers import Columns, read, streams

TEXTS = st.lists(st.text(max_size=60), min_size=1, max_size=5)


def told(path, **options):
    """Records as pairs: the id without the folder, and the text or the error."""
    found = read([str(path)], **options)
    return [(one.id.rpartition("/")[2], one.text if one.error is None else one.error) for one in found]


def table(rows, **options):
    stream = io.StringIO()
    csv.writer(stream, **options).writerows(rows)
    return stream.getvalue()


@given(TEXTS, st.sampled_from(",;\t|"))
def test_any_text_comes_back_from_a_table(tmp_path_factory, wanted, delimiter):
    path = tmp_path_factory.mktemp("any") / "a.csv"
    wanted = [text.replace("\0", "") for text in wanted]  # the csv module refuses it before Python 3.11
    rows = [["id", "text"], *([str(number), text] for number, text in enumerate(wanted))]
    write(path, table(rows, delimiter=delimiter))
    assert told(path) == [(str(number), text) for number, text in enumerate(wanted)]


@pytest.mark.parametrize("name", ["a.tsv", "a.tab", "a.csv"])
def test_tab_separated_values(tmp_path, name):
    write(tmp_path / name, "url\ttext, with a comma\ttext\nu\tx\tA ferry, late.\n")
    assert told(tmp_path / name) == [("u", "A ferry, late.")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_and_line_ends_of_other_programs(tmp_path, encoding):
    write(tmp_path / "a.csv", 'id;text\r\n1;"“Late”\r\nagain"\r\n\r\n2;Ferry\r\n'.encode(encoding))
    assert told(tmp_path / "a.csv") == [("1", "“Late”\r\nagain"), ("2", "Ferry")]


def test_a_column_of_one_table_is_guessed_and_others_are_kept(tmp_path):
    write(tmp_path / "a.csv", "date, title ,Content,content,n\n2026-02-03,T,no,yes,5\n")
    [one] = read([str(tmp_path / "a.csv")], columns=Columns(keep=True))
    assert (one.text, one.headline, one.published) == ("yes", "T", "2026-02-03")
    assert one.kept == {"date": "2026-02-03", "title": "T", "Content": "no", "n": "5"}


def test_a_table_without_the_column_is_one_error_that_lists_those_it_has(tmp_path):
    write(tmp_path / "a.csv", "headline,story\nA,B\nC,D\n")
    none = "has no column text or body or content or article; its columns are headline, story"
    assert told(tmp_path / "a.csv") == [("a.csv", none)]
    named = "has no column txt; its columns are headline, story"
    assert told(tmp_path / "a.csv", columns=Columns(text="txt")) == [("a.csv", named)]
    key = told(tmp_path / "a.csv", columns=Columns(text="story", id="key"))
    assert key == [("a.csv", "has no column key; its columns are headline, story")]
    kept = told(tmp_path / "a.csv", columns=Columns(text="story", keep=("headline", "site")))
    assert kept == [("a.csv", "has no column site; its columns are headline, story")]
    write(tmp_path / "b.csv", ",".join(f"column {number}" for number in range(500)) + "\n")
    assert told(tmp_path / "b.csv")[0][1].endswith("column 7 and 492 more")


def test_bad_rows_of_a_table_are_errors_with_their_lines_and_the_rest_goes_on(tmp_path):
    rows = [b"id,text", b"1,good", b"2,one,too many", b"3", b"4,caf\xe9 \x01", b'5,"two', b'lines"']
    rows += [b'6,"a "quote" inside"', b'7,"broken \x81', b'off"', b"8,good"]
    write(tmp_path / "a.csv", b"\n".join(rows) + b"\n")
    encoding = "is neither UTF-8, nor UTF-16 with its mark, nor Windows-1252 text"
    assert told(tmp_path / "a.csv") == [
        ("1", "good"),
        ("a.csv:3", "line 3: 3 cells where the header has 2"),
        ("a.csv:4", "line 4: 1 cells where the header has 2"),
        ("a.csv:5", f"line 5 {encoding}"),
        ("5", "two\nlines"),
        ("a.csv:8", "line 8 is no row of a table: ',' expected after '\"'"),
        ("a.csv:9", f"line 9 {encoding}"),
        ("8", "good"),
    ]


def test_a_quotation_mark_that_is_never_closed_swallows_no_row_in_silence(tmp_path):
    write(tmp_path / "a.csv", 'text\ngood\n"open\nstill open\n')
    assert told(tmp_path / "a.csv") == [
        ("a.csv:2", "good"),
        (
            "a.csv:3",
            "lines 3 to 4 is no row of a table: its last cell begins with a quotation mark that is never closed",
        ),
    ]


def test_cells_and_lines_that_are_too_long_are_errors_and_the_rest_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(streams, "LIMIT", 200_000)
    rows = [
        "id,text",
        "1,good",
        "2," + "x" * 300_000,
        '3,"' + "x" * 300_000,
        'still it"',
        '4,"' + '""' * 150_001 + '"',
        "5,good",
    ]
    write(tmp_path / "a.csv", "\n".join(rows) + "\n")
    first, second, third, fourth, last = told(tmp_path / "a.csv")
    assert (first, last) == (("1", "good"), ("5", "good"))
    assert [error for _, error in (second, third, fourth)] == [f"line {n} is longer than 64 MB" for n in (3, 4, 6)]


def test_a_header_that_cannot_be_read_is_an_error(tmp_path):
    write(tmp_path / "a.csv", b"text\x81\x01\n1\n")
    write(tmp_path / "b.csv", b"")
    assert [error.split()[-2:] for _, error in told(tmp_path)] == [["Windows-1252", "text"]]


VIEWS = int(pa.__version__.split(".")[0]) >= 19
"""Whether this pyarrow writes string_view to Parquet."""


@given(TEXTS)
def test_any_text_comes_back_from_parquet(tmp_path_factory, wanted):
    path = tmp_path_factory.mktemp("any") / "a.parquet"
    kinds = [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string()), pa.binary()]
    if VIEWS and not any("\ud800" <= c <= "\udfff" for text in wanted for c in text):
        kinds.append(pa.string_view())
    for kind in kinds:
        values = pa.array(wanted, pa.string())
        column = values.dictionary_encode() if pa.types.is_dictionary(kind) else values.cast(kind)
        pq.write_table(pa.table({"text": column}), path)
        expected = [(f"a.parquet:{number}", text) for number, text in enumerate(wanted, 1)]
        if kind != pa.binary() or not any(text.startswith("\ufeff") for text in wanted):
            assert told(path) == expected


def test_parquet_as_pandas_writes_it(tmp_path):
    moment = pd.Timestamp("2026-02-03 17:45:00.123456789")
    frame = pd.DataFrame(
        {"id": [1.0, None], "text": ["A", None], "date": [moment, pd.NaT], "n": [1, 2]}, index=["x", "y"]
    )
    frame.to_parquet(tmp_path / "a.parquet")
    first, second = read([str(tmp_path / "a.parquet")], columns=Columns(keep=("n",)))
    assert (first.id, first.text, first.kept) == ("1", "A", {"n": 1})
    assert first.published.startswith("2026-02-03T17:45:00")
    assert (second.error, second.published, second.kept) == ("row 2: text is null, not a string", None, {"n": 2})
    assert second.id == f"{tmp_path / 'a.parquet'}:2"


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ([5], "a number"),
        ([True], "true"),
        ([["a"]], "an array"),
        ([{"a": 1}], "an object"),
        ([date(2026, 2, 3)], "a date"),
    ],
)
def test_a_column_of_another_type_is_an_error_in_each_row(tmp_path, values, named):
    pq.write_table(pa.table({"id": ["i"], "text": values}), tmp_path / "a.parquet")
    assert told(tmp_path / "a.parquet") == [("i", f"row 1: text is {named}, not a string")]


def test_cells_that_are_no_text_are_errors_and_the_others_are_read(tmp_path):
    column = pa.StringArray.from_buffers(
        3, pa.py_buffer(b"\0\0\0\0\1\0\0\0\3\0\0\0\4\0\0\0"), pa.py_buffer(b"A\x81\x01C")
    )
    far = pa.array([0, 570_000_000_000, 0], pa.timestamp("s"))  # the year 20,032
    pq.write_table(pa.table({"text": column, "date": far}), tmp_path / "a.parquet")
    first, bad, last = read([str(tmp_path / "a.parquet")])
    assert (first.text, last.text, bad.published) == ("A", "C", None)
    assert bad.error == "row 2: text is neither UTF-8, nor UTF-16 with its mark, nor Windows-1252 text"


def test_a_partitioned_folder_is_read_in_order_with_what_its_folders_say(tmp_path):
    for year, site in ((2026, "b%2Fc"), (2025, "a"), (2025, "__HIVE_DEFAULT_PARTITION__")):
        folder = tmp_path / "news" / f"year={year}" / f"site={site}"
        folder.mkdir(parents=True)
        pq.write_table(pa.table({"text": [f"{year} {site}"], "n": [1]}), folder / "part-0.parquet")
    write(tmp_path / "news" / "_temporary" / "_part-1.parquet", b"unfinished")
    found = list(read([str(tmp_path / "news")], columns=Columns(id="year", keep=True)))
    assert [(one.id, one.text, one.kept) for one in found] == [
        ("2025", "2025 __HIVE_DEFAULT_PARTITION__", {"n": 1, "site": None}),
        ("2025", "2025 a", {"n": 1, "site": "a"}),
        ("2026", "2026 b%2Fc", {"n": 1, "site": "b/c"}),
    ]


def test_parquet_that_is_broken_is_an_error_and_the_rest_goes_on(tmp_path):
    path = tmp_path / "b.parquet"
    for name in "abc":
        column = pa.array([f"{name} {os.urandom(40).hex()}" for _ in range(900)])
        pq.write_table(
            pa.table({"text": column}), tmp_path / f"{name}.parquet", row_group_size=300, use_dictionary=False
        )
    metadata = pq.ParquetFile(path).metadata
    offset = metadata.row_group(1).column(0).data_page_offset
    data = bytearray(path.read_bytes())
    data[offset : offset + 2000] = bytes(2000)
    write(path, bytes(data))
    write(tmp_path / "d.parquet", b"PAR1 nothing")
    write(tmp_path / "e.parquet", b"")
    write(tmp_path / "f.parquet", (tmp_path / "a.parquet").read_bytes()[:-9])
    found = told(tmp_path)
    assert [error for name, error in found if name[0] in "def"] == ["is no Parquet file, or a corrupt one"] * 3
    broken = [(name, text) for name, text in found if name.startswith("b.")]
    assert broken[300] == ("b.parquet:301", "rows 301 to 600: their data are corrupt")
    assert len([name for name, _ in found if name[0] in "abc"]) == 900 + 601 + 900
    assert broken[-1][0] == "b.parquet:900"


def test_a_missing_column_of_parquet_and_standard_input(tmp_path, run):
    pq.write_table(pa.table({"story": ["A"], "n": [1]}), tmp_path / "a.parquet")
    error = "has no column text or body or content or article; its columns are story, n"
    assert told(tmp_path / "a.parquet") == [("a.parquet", error)]
    result = run("score", "-", "--input-format", "parquet", "--json")
    assert result.stderr == "detector: -: is standard input, which cannot hold a Parquet file: give its path\n"


MEMORY = (
    PEAK
    + """
import sys
from detector.batch.readers import read
count = sum(len(one.text) for one in read(sys.argv[1:]))
print(count, peak())
"""
)


def test_a_row_group_as_large_as_its_file_is_read_page_by_page(tmp_path):
    def megabytes(articles):
        path = tmp_path / f"{articles}.parquet"
        text = "The ferry to Port Ellery was late again, and no one at the harbour knew why. " * 40
        column = pa.array([f"{number} {text}" for number in range(articles)])
        pq.write_table(
            pa.table({"text": column}), path, row_group_size=articles, use_dictionary=False, compression="none"
        )
        environment = os.environ | {"PYTHONPATH": str(Path(detector.__file__).parents[1])}
        command = [sys.executable, "-c", MEMORY, str(path)]
        count, used = subprocess.run(command, env=environment, capture_output=True, check=True).stdout.split()
        assert int(count) > articles * len(text)
        return int(used)

    assert megabytes(60_000) < megabytes(1_000) + 40  # 185 MB and 3 MB of text
