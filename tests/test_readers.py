"""Reading: which files, in which order, as what; text and JSON Lines, compressed or not; nothing lost, memory flat."""

import bz2
import gzip
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import zstandard
from commandline import lines, write
from hypothesis import given
from hypothesis import strategies as st
from peakmemory import PEAK

import detector
from detector.batch.readers import Columns, read, streams

PACK = {
    "": bytes,
    ".gz": lambda data: gzip.compress(data, mtime=0),
    ".bz2": bz2.compress,
    ".zst": lambda data: zstandard.ZstdCompressor().compress(data),
}
CUT = "is not whole: its compressed data end too early"


def told(*paths, **options):
    """What is read, each record as its id with its text or its error; ids without the folder they lie in."""
    folder = str(Path(paths[0]).parent) + os.sep
    found = read(map(str, paths), **options)
    return [(one.id.removeprefix(folder), one.text if one.error is None else one.error) for one in found]


def texts(path, **options):
    return [(one.text, one.error) for one in read([str(path)], **options)]


def test_a_folder_is_read_by_name_at_any_depth_whatever_its_formats(tmp_path):
    folder = tmp_path / "news"
    write(folder / "b.txt", "B")
    write(folder / "a.jsonl", lines({"text": "A1"}, {"id": "own", "text": "A2"}))
    write(folder / "b" / "c.txt", "BC")
    write(folder / "b" / "a" / "deep.csv", "text\nBA\n")
    write(folder / "Z.TXT", "Z")
    write(folder / "picture.jpg", b"\xff\xd8")
    write(folder / ".hidden" / "d.txt", "hidden")
    write(folder / "._b.txt", "hidden")
    expected = ["news/Z.TXT", "news/a.jsonl:1", "own", "news/b/a/deep.csv:2", "news/b/c.txt", "news/b.txt"]
    assert [name for name, _ in told(folder)] == expected
    assert [text for _, text in told(folder)] == ["Z", "A1", "A2", "BA", "BC", "B"]


def test_a_link_back_to_a_folder_above_ends_nowhere(tmp_path):
    write(tmp_path / "news" / "a.txt", "A")
    (tmp_path / "news" / "loop").symlink_to(tmp_path / "news")
    assert told(tmp_path / "news") == [("news/a.txt", "A")]


def test_a_folder_that_cannot_be_listed_is_an_error(tmp_path, monkeypatch):
    write(tmp_path / "news" / "shut" / "a.txt", "A")
    write(tmp_path / "news" / "open.txt", "B")
    real = Path.iterdir
    denied = PermissionError(13, "Permission denied")

    def iterdir(path):
        if path.name == "shut":
            raise denied
        return real(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    error = "the folder cannot be listed: Permission denied"
    assert told(tmp_path / "news") == [("news/open.txt", "B"), ("news/shut", error)]


def test_a_folder_and_a_format_take_the_files_of_that_format(tmp_path):
    write(tmp_path / "news" / "a.txt", "A")
    write(tmp_path / "news" / "b.jsonl", lines({"text": "B"}))
    assert told(tmp_path / "news", kind="jsonl") == [("news/b.jsonl:1", "B")]
    assert told(tmp_path / "news", kind="warc") == [("news", "the folder holds no .warc file")]


def test_patterns_name_files_of_any_ending(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("2026-02.txt", "2026-01.txt", "2025-12.txt", "deep/er/2026-03.txt", "plain/2026"):
        write(tmp_path / name, name)
    write(tmp_path / "[odd]*.txt", "odd")
    assert texts("2026-*") == [("2026-01.txt", None), ("2026-02.txt", None)]
    assert texts("**/2026*") == [
        (name, None) for name in ("2026-01.txt", "2026-02.txt", "deep/er/2026-03.txt", "plain/2026")
    ]
    assert texts("de*") == [("deep/er/2026-03.txt", None)]
    assert texts("[odd]*.txt") == [("odd", None)]
    assert texts("2024-*") == [("", "no file matches this pattern")]


@pytest.mark.parametrize("packed", PACK)
@pytest.mark.parametrize("name", ["a.jsonl", "a.txt", "a.csv", "a.html"])
def test_compressed_files_are_read_as_what_they_hold(tmp_path, name, packed):
    content = {"a.jsonl": lines({"text": "ferry"}), "a.csv": "text\nferry\n", "a.txt": "ferry"}
    page = f"<html><body><article><p>{'The ferry to Port Ellery was late again. ' * 9}</p></article></body></html>"
    write(tmp_path / (name + packed), PACK[packed](content.get(name, page).encode()))
    [(text, error)] = texts(tmp_path / (name + packed))
    assert error is None
    assert text.lower().startswith("ferry" if name in content else "the ferry")


@pytest.mark.parametrize("packed", [".gz", ".bz2", ".zst"])
def test_compressed_data_that_are_cut_or_corrupt_cost_only_what_follows(tmp_path, packed):
    rows = [{"text": f"{number} {os.urandom(400).hex()}"} for number in range(3000)]
    whole = PACK[packed](lines(*rows).encode())
    half = len(whole) // 2
    write(tmp_path / ("a.jsonl" + packed), whole[:-1])
    write(tmp_path / ("b.jsonl" + packed), whole[:half] + bytes(64) + whole[half + 64 :])
    write(tmp_path / ("c.jsonl" + packed), whole[:half])
    write(tmp_path / ("d.jsonl" + packed), b"no compressed data at all")
    write(tmp_path / ("e.jsonl" + packed), whole)
    found = list(read([str(tmp_path)]))
    by_file = {name: [one for one in found if f"{name}.jsonl{packed}" in one.id] for name in "abcde"}
    assert [one.text for one in by_file["e"]] == [row["text"] for row in rows]
    for name in "abc":
        good = [one.text for one in by_file[name] if one.error is None]
        assert len(good) > 300, name
        # gzip checks what it has unpacked at the very end: a row behind what is corrupt may be another one.
        sure = 1400 if packed == ".gz" and name == "b" else len(good)
        assert good[:sure] == [row["text"] for row in rows[: len(good)]][:sure]
        assert by_file[name][-1].id == str(tmp_path / f"{name}.jsonl{packed}")
        assert by_file[name][-1].error.endswith(f"(after {len(by_file[name]) - 1:,} articles)")
    assert by_file["a"][-1].error.startswith(CUT)
    assert by_file["c"][-1].error.startswith(CUT)
    assert [one.error for one in by_file["d"]] == ["holds corrupt compressed data"]


def test_files_of_several_compressed_parts_are_read_to_their_end(tmp_path):
    for packed in (".gz", ".bz2", ".zst"):
        parts = (PACK[packed](lines({"text": text}).encode()) for text in "abc")
        write(tmp_path / f"a.jsonl{packed}", b"".join(parts))
        assert [text for text, _ in texts(tmp_path / f"a.jsonl{packed}")] == ["a", "b", "c"]


def test_zst_of_a_stream_and_with_a_long_window_is_read(tmp_path):
    parameters = zstandard.ZstdCompressionParameters(window_log=28, enable_ldm=True)
    stream = io.BytesIO()
    with zstandard.ZstdCompressor(compression_params=parameters).stream_writer(stream, closefd=False) as writer:
        for number in range(50):
            writer.write(lines({"text": str(number)}).encode())
            writer.flush()
    write(tmp_path / "a.jsonl.zst", stream.getvalue())
    assert [text for text, _ in texts(tmp_path / "a.jsonl.zst")] == [str(number) for number in range(50)]


@given(st.lists(st.text(st.characters(), max_size=60), max_size=5))
def test_any_text_comes_back_from_json_lines(tmp_path_factory, wanted):
    path = tmp_path_factory.mktemp("any") / "a.jsonl.gz"
    for ascii_only in (True, False):
        content = "".join(json.dumps({"text": text}, ensure_ascii=ascii_only) + "\n" for text in wanted)
        if ascii_only or content.isascii() or not any("\ud800" <= c <= "\udfff" for c in content):
            path.write_bytes(gzip.compress(content.encode()))
            assert texts(path) == [(text, None) for text in wanted]


def test_columns_are_named_or_guessed_and_others_kept(tmp_path):
    row = {
        "url": "u",
        "headline": "H",
        "date": "2026-02-03",
        "body": "B",
        "n": 1,
        "tags": ["x"],
        "title": "",
        "id": None,
    }
    write(tmp_path / "a.jsonl", lines(row))
    [one] = read([str(tmp_path / "a.jsonl")])
    assert (one.id, one.text, one.headline, one.published, one.kept) == ("u", "B", "H", "2026-02-03", {})
    [one] = read([str(tmp_path / "a.jsonl")], columns=Columns("headline", "n", "date", "body", ("tags", "gone")))
    assert (one.id, one.text, one.headline, one.published) == ("1", "H", "2026-02-03", "B")
    assert one.kept == {"tags": ["x"], "gone": None}
    [one] = read([str(tmp_path / "a.jsonl")], columns=Columns(keep=True))
    assert one.kept == {key: value for key, value in row.items() if key not in ("url", "body")}


def test_a_row_with_an_error_keeps_its_columns(tmp_path):
    write(tmp_path / "a.jsonl", lines({"id": 7, "text": None, "site": "s"}, {"site": "t"}))
    null, absent = read([str(tmp_path / "a.jsonl")], columns=Columns(keep=("site",)))
    assert (null.id, null.error, null.kept) == ("7", "line 1: text is null, not a string", {"site": "s"})
    assert (absent.id, absent.kept) == (f"{tmp_path / 'a.jsonl'}:2", {"site": "t"})
    assert absent.error == "line 2 has no text or body or content or article"


def test_an_empty_text_is_no_error(tmp_path):
    write(tmp_path / "a.jsonl", lines({"text": ""}))
    write(tmp_path / "b.txt", "")
    assert texts(tmp_path) == [("", None), ("", None)]


def test_what_is_too_long_is_an_error_and_the_rest_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(streams, "LIMIT", 200_000)
    monkeypatch.setattr("detector.batch.readers.text.LIMIT", 200_000)
    write(
        tmp_path / "a.jsonl",
        lines({"text": "first"}, {"text": "x" * 400_000}, {"text": "last"}, '{"text": "' + "y" * 300_000),
    )
    write(tmp_path / "b.txt", "x" * 200_001)
    write(tmp_path / "c.txt", "x" * 200_000)
    too_long = "is longer than 64 MB"
    first, second, third, fourth, fifth, sixth = texts(tmp_path)
    assert (first, second, third) == (("first", None), ("", f"line 2 {too_long}"), ("last", None))
    assert (fourth, fifth) == (("", f"line 4 {too_long}"), ("", too_long))
    assert len(sixth[0]) == 200_000


def test_a_text_that_would_take_gigabytes_to_score_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr("detector.batch.readers.LONGEST", 10)
    write(
        tmp_path / "a.jsonl",
        lines({"id": "a", "text": "0123456789", "n": 1}, {"id": "b", "text": "0123456789+", "n": 2}),
    )
    good, long = read([str(tmp_path / "a.jsonl")], columns=Columns(keep=("n",)))
    assert (good.id, good.text, good.error, good.kept) == ("a", "0123456789", None, {"n": 1})
    assert (long.id, long.text, long.kept) == ("b", "", {"n": 2})
    assert long.error == "the text is longer than 4,000,000 characters"


def test_wide_encodings_stream_too(tmp_path):
    for encoding in ("utf-16", "utf-32", "utf-8-sig"):
        content = "".join(json.dumps({"text": f"“{n}”\u2028"}, ensure_ascii=False) + "\r\n" for n in range(9000))
        write(tmp_path / "a.jsonl", content.encode(encoding))
        assert texts(tmp_path / "a.jsonl") == [(f"“{n}”\u2028", None) for n in range(9000)]
        write(tmp_path / "a.jsonl", content.encode(encoding) + b"\xff")
        assert texts(tmp_path / "a.jsonl")[-1][1] is not None


MEMORY = (
    PEAK
    + """
import json, sys
from detector.batch.readers import read
articles = int(sys.argv[1])
line = json.dumps({"text": "The ferry was late again. " * 120}) + "\\n"
import os, threading
taken, given = os.pipe()
os.dup2(taken, 0)
def feed():
    with os.fdopen(given, "w") as pipe:
        for _ in range(articles):
            pipe.write(line)
        pipe.write('{"text": "' + "x" * 2**20)
        for _ in range(int(sys.argv[2])):
            pipe.write("x" * 2**20)
thread = threading.Thread(target=feed)
thread.start()
count = sum(one.error is None for one in read(["-"], "jsonl"))
thread.join()
print(count, peak())
"""
)


def memory(articles, last):
    environment = os.environ | {"PYTHONPATH": str(Path(detector.__file__).parents[1])}
    command = [sys.executable, "-c", MEMORY, str(articles), str(last)]
    count, megabytes = subprocess.run(command, env=environment, capture_output=True, check=True).stdout.split()
    assert int(count) == articles
    return int(megabytes)


def test_a_stream_of_any_length_takes_the_same_memory():
    assert memory(60_000, 0) < memory(600, 0) + 10  # 190 MB and 2 MB


def test_a_line_of_a_gigabyte_is_never_held_whole():
    assert memory(600, 1000) < memory(600, 0) + 3 * 64
