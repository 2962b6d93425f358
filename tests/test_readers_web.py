"""Pages and archives of a crawl: the article and nothing else, offline, the same tomorrow; what is broken a record."""

import gzip
import logging
import random
import socket
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
import webpages
from commandline import rows_of, write
from webpages import FURNITURE, TEXT, TITLE, packed, pages, record, response

import detector
from detector.batch.readers import html, read

URL = "https://packet.example/"


def one(path, **options):
    [found] = read([str(path)], **options)
    return found


@pytest.mark.parametrize("layout", pages())
def test_a_page_gives_its_article_without_what_stands_around_it(tmp_path, layout):
    write(tmp_path / "page.html", pages()[layout])
    found = one(tmp_path / "page.html")
    assert (found.error, found.id, found.headline) == (None, str(tmp_path / "page.html"), TITLE)
    assert [part for part in FURNITURE if part in found.text] == []
    assert found.text == TEXT


@pytest.mark.parametrize(("layout", "day"), [("newspaper", "2026-02-03"), ("blog", "2026-02-03"), ("columns", None)])
def test_the_day_of_publication_is_what_the_page_states(tmp_path, layout, day):
    write(tmp_path / "page.html", pages()[layout])
    assert one(tmp_path / "page.html").published == day


def test_a_day_that_only_the_prose_names_is_none(tmp_path):
    page = pages()["columns"].replace("voted on Tuesday", "voted on 5 March 2024")
    write(tmp_path / "page.html", page.replace("<h1", "<p>Updated March 6, 2024</p><h1"))
    found = one(tmp_path / "page.html")
    assert "5 March 2024" in found.text
    assert found.published is None


def test_a_day_in_the_address_counts(tmp_path):
    write(tmp_path / "a.warc", response(URL + "2024/03/05/slipway", pages()["columns"]))
    assert one(tmp_path / "a.warc").published == "2024-03-05"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", ""), ("cp1252", ""), ("cp1252", "iso-8859-1"), ("utf-16", ""), ("iso-8859-15", "iso-8859-15")],
)
def test_a_page_is_read_in_its_encoding(tmp_path, encoding, declared):
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    page = pages()["blog"].replace('<meta charset="utf-8">', meta).replace("divers", "café divers").replace("“", "«")
    write(tmp_path / "page.html", page.replace("”", "»").encode(encoding))
    assert "café divers" in one(tmp_path / "page.html").text


def test_the_server_names_the_encoding_of_a_page_that_does_not(tmp_path):
    page = pages()["blog"].replace('<meta charset="utf-8">', "").replace("Pellow", "Žižka")
    encoded = page.encode("iso-8859-2", "xmlcharrefreplace")
    write(tmp_path / "a.warc", response(URL, encoded, "text/html; charset=ISO-8859-2"))
    assert "Ivo Žižka" in one(tmp_path / "a.warc").text


@pytest.mark.parametrize(
    "content",
    ["", "<html></html>", webpages.front_page(), "\x89PNG\r\n\x1a\n\x00\x01", "<div>" * 100_000, "no markup", "{}"],
    ids=["empty", "bare", "front", "image", "nested", "text", "json"],
)
def test_a_page_without_an_article_is_an_error(tmp_path, content):
    write(tmp_path / "a.html", content)
    write(tmp_path / "b.html", pages()["blog"])
    empty, good = read([str(tmp_path)])
    assert (empty.id, empty.text, empty.error) == (str(tmp_path / "a.html"), "", "the page holds no article")
    assert good.text == TEXT


def test_a_page_on_which_the_library_fails_is_an_error(tmp_path, monkeypatch):
    def fail(*arguments, **options):
        raise RecursionError

    write(tmp_path / "a.html", pages()["blog"])
    monkeypatch.setattr("trafilatura.bare_extraction", fail)
    assert one(tmp_path / "a.html").error == "the page cannot be read: RecursionError"


def test_a_page_that_is_too_long_is_an_error(tmp_path, monkeypatch):
    write(tmp_path / "a.html", pages()["blog"])
    write(tmp_path / "a.warc", response(URL, pages()["blog"]) + response(URL, gzip.compress(b"<p>" + bytes(9000)),
          headers=["Content-Encoding: gzip"]))  # fmt: skip
    monkeypatch.setattr(html, "LIMIT", 1000)
    monkeypatch.setattr("detector.batch.readers.warc.LIMIT", 1000)
    assert [found.error for found in read([str(tmp_path)])] == ["is a page longer than 8 MB"] * 3


def test_pages_are_read_offline_and_in_silence(tmp_path, monkeypatch, capfd):
    def refuse(*arguments):
        raise AssertionError("no network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    write(tmp_path / "a.html", "")
    write(tmp_path / "b.warc", b"".join(webpages.crawl()))
    assert len(list(read([str(tmp_path)]))) == 5
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger("trafilatura").level == logging.NOTSET


def test_the_same_page_is_read_the_same_in_every_process(tmp_path):
    write(tmp_path / "a.warc", b"".join(webpages.crawl()))
    program = "import sys; from detector.batch.readers import read; print(list(read(sys.argv[1:])))"

    def printed(seed):
        environment = {"PYTHONPATH": str(Path(detector.__file__).parents[1]), "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", program, str(tmp_path)]
        return subprocess.run(command, env=environment, capture_output=True, check=True).stdout

    assert printed("1") == printed("2")


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_an_archive_gives_the_pages_that_were_fetched(tmp_path, name):
    write(tmp_path / name, packed(webpages.crawl()) if name.endswith("gz") else b"".join(webpages.crawl()))
    *good, front = read([str(tmp_path / name)])
    assert [found.id for found in good] == [URL + layout for layout in pages()]
    assert {(found.text, found.headline, found.error) for found in good} == {(TEXT, TITLE, None)}
    assert (front.id, front.error) == (URL, "the page holds no article")


def test_pages_are_unpacked_from_what_their_server_sent(tmp_path):
    page = pages()["blog"].encode()
    halves = (page[:1000], page[1000:])
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(half), half) for half in halves) + b"0\r\n\r\n"
    raw = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    records = [
        response(URL + "1", chunked, headers=["Transfer-Encoding: chunked"]),
        response(URL + "2", gzip.compress(page), headers=["Content-Encoding: gzip"]),
        response(URL + "3", zlib.compress(page), headers=["Content-Encoding: deflate"]),
        response(URL + "4", raw.compress(page) + raw.flush(), headers=["Content-Encoding: deflate"]),
        response(URL + "5", page, headers=["Content-Encoding: br"]),  # unpacked by the crawler, which left the header
        response(URL + "6", page, headers=["Transfer-Encoding: chunked"]),  # the same
        response(URL + "7", page, kind="TEXT/HTML"),
        response(URL + "8", page, status="203 Non-Authoritative Information"),
    ]
    write(tmp_path / "a.warc", b"".join(records))
    assert [(found.id[-1], found.text, found.error) for found in read([str(tmp_path)])] == [
        (str(number), TEXT, None) for number in range(1, 9)
    ]


def test_pages_that_cannot_be_unpacked_are_errors_and_the_rest_goes_on(tmp_path):
    page = pages()["blog"]
    whole = gzip.compress(page.encode())
    records = [
        response(URL, whole[:-200], headers=["Content-Encoding: gzip"]),
        response(URL, whole[:100] + bytes(200) + whole[300:], headers=["Content-Encoding: gzip"]),
        response(URL, b"\x0b\x02\x80", headers=["Content-Encoding: br"]),
        response(URL, page),
    ]
    write(tmp_path / "a.warc", b"".join(records))
    *broken, good = read([str(tmp_path)])
    assert [found.error for found in broken] == [
        "the page's compressed data end too early",
        "the page's compressed data are corrupt",
        "the page is compressed as br, which is not read",
    ]
    assert good.text == TEXT


def told(path):
    return [(found.id.removeprefix(URL).rpartition("/")[2], found.error) for found in read([str(path)])]


CUT, CORRUPT = "the archive breaks off inside this record", "the archive is corrupt or cut off here"
NONE = "no record of the archive begins here, where one should"


def test_an_archive_that_breaks_off_gives_what_stands_before_and_says_so(tmp_path):
    page = response(URL + "1", pages()["blog"])
    other = response(URL + "2", bytes(500), "image/png")
    write(tmp_path / "a.warc", (page + page)[:-500])
    write(tmp_path / "b.warc", (page + other)[:-100])
    write(tmp_path / "c.warc", page + b"WARC/1.0\r\nWARC-Type: resp")
    write(tmp_path / "d.warc.gz", packed([page, other])[:-100])
    write(tmp_path / "e.warc", "A text that is no archive.")
    assert told(tmp_path / "a.warc") == [("1", None), ("1", CUT)]
    assert told(tmp_path / "b.warc") == [("1", None), ("2", CUT)]
    assert told(tmp_path / "c.warc") == [("1", None), ("c.warc:2", CUT)]
    assert told(tmp_path / "d.warc.gz") == [("1", None), ("d.warc.gz:2", CORRUPT)]
    assert told(tmp_path / "e.warc") == [("e.warc:1", NONE)]


def test_reading_goes_on_behind_what_is_corrupt_in_an_archive(tmp_path):
    page = [response(f"{URL}{number}", pages()["columns"]) for number in range(5)]
    packages = [gzip.compress(one, mtime=0) for one in page]
    packages[2] = packages[2][:300] + bytes(200) + packages[2][500:]
    write(tmp_path / "a.warc.gz", b"".join(packages))
    write(tmp_path / "b.warc", b"".join([*page[:2], b"\0" * 5000, b"nonsense\n\n" * 50, *page[3:]]))
    write(tmp_path / "c.warc.gz", gzip.compress(b"".join([*page[:2], b"nonsense\n" * 50, *page[3:]])))
    assert told(tmp_path / "a.warc.gz") == [
        ("0", None),
        ("1", None),
        ("a.warc.gz:3", CORRUPT),
        ("3", None),
        ("4", None),
    ]
    for name in ("b.warc", "c.warc.gz"):
        assert told(tmp_path / name) == [("0", None), ("1", None), (f"{name}:3", NONE), ("3", None), ("4", None)]


def test_a_record_that_is_not_as_long_as_it_says_is_an_error(tmp_path):
    page = response(URL + "1", pages()["columns"])
    length = len(page.partition(b"\r\n\r\n")[2]) - 4
    shorter, longer = (page.replace(b"Length: %d" % length, b"Length: %d" % (length + by)) for by in (-400, 400))
    write(tmp_path / "a.warc", shorter + page + page)
    assert told(tmp_path / "a.warc")[0] == ("1", "the archive's record is not as long as it says")
    assert told(tmp_path / "a.warc")[-1] == ("1", None)
    write(tmp_path / "b.warc", longer + page + page)
    assert told(tmp_path / "b.warc")[0] == ("1", "the archive's record is not as long as it says")
    assert told(tmp_path / "b.warc")[-1] == ("1", None)
    write(tmp_path / "c.warc.gz", packed([longer, page]))
    assert told(tmp_path / "c.warc.gz") == [("1", CUT), ("1", None)]


@pytest.mark.parametrize(
    "odd",
    [
        record("response", URL, b"no answer of a server", "application/http"),
        record("response", URL, b"HTTP/1.1 two hundred\r\nContent-Type text/html\r\n\r\n<p>", "application/http"),
        record("response", URL, b"", "application/http"),
        record("response", "dns:packet.example", b"packet.example 10 IN A 192.0.2.1", "text/dns"),
        record("response", URL, b"x", "application/http").replace(b"WARC-Target-URI: " + URL.encode() + b"\r\n", b""),
        record("response", URL, b"x", "application/http").replace(b"Content-Length: 1", b"Content-Length: many"),
    ],
    ids=["no HTTP", "no status", "empty", "name", "no address", "no length"],
)
def test_an_odd_record_costs_no_page_after_it(tmp_path, odd):
    good = response(URL + "good", pages()["columns"])
    for name, content in (("a.warc", good + odd + good), ("b.warc.gz", packed([good, odd, good]))):
        write(tmp_path / name, content)
        first, *_, last = told(tmp_path / name)
        assert first == last == ("good", None)
        assert len(told(tmp_path / name)) <= 4


def test_archives_as_programs_leave_them(tmp_path):
    page = response(URL + "1", pages()["columns"])
    write(tmp_path / "a.warc.gz", page)  # unpacked on its way
    write(tmp_path / "b.warc.gz", packed([page]) + bytes(9000) + packed([page]))
    write(tmp_path / "c.warc.gz", gzip.compress(page + page))
    assert [len(told(path)) for path in sorted(tmp_path.iterdir())] == [1, 2, 2]
    assert {error for path in tmp_path.iterdir() for _, error in told(path)} == {None}


def test_an_archive_of_many_large_members_is_unpacked_whole(tmp_path):
    body = random.Random(0).randbytes(300_000)
    images = [response(URL + "image", body, "image/png"), response(URL + "zeros", bytes(9_000_000), "image/png")]
    page = response(URL + "1", pages()["columns"])
    write(tmp_path / "a.warc.gz", packed([*images, page] * 3))
    assert told(tmp_path / "a.warc.gz") == [("1", None)] * 3
    whole = (tmp_path / "a.warc.gz").read_bytes()
    broken = bytearray(whole)
    broken[150_000] ^= 255  # inside the first image
    write(tmp_path / "a.warc.gz", bytes(broken))
    assert told(tmp_path / "a.warc.gz")[-3:] == [("1", None)] * 3
    assert sum(error is not None for _, error in told(tmp_path / "a.warc.gz")) <= 1


def test_an_archive_on_standard_input(run):
    archive = b"".join(webpages.crawl()).decode("utf-8", "surrogateescape")
    result = run("score", "-", "--input-format", "warc", "--json", input=archive)
    assert [row["id"] for row in rows_of(result)] == [*(URL + layout for layout in pages()), URL]
    assert result.returncode == 1
