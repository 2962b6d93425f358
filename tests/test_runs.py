"""Runs: the same bytes whatever stops them, what they refuse, and which articles they take."""

import errno
import json
import os
from functools import partial
from pathlib import Path

import joblib
import pyarrow.parquet as pq
import pytest
from commandline import lines, write
from invented import fitted

import detector
from detector.batch import pieces, run
from detector.batch.asked import RefusedError
from detector.batch.engine import WAVE, in_order, processes
from detector.batch.readers import Columns
from detector.batch.records import Record
from detector.batch.rows import rows
from detector.batch.run import Run
from detector.batch.selection import Selection
from detector.batch.writers import FORMATS

PIECE, ROWS = 3, 14


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    monkeypatch.setattr(pieces, "PIECE_RECORDS", PIECE)


@pytest.fixture(scope="module")
def news():
    return detector.load()


@pytest.fixture
def source(tmp_path, examples):
    """Fourteen rows, two of which are broken."""
    texts = [f"Note {number}. {examples[0]['text'] if number == 7 else 'It rained.'}" for number in range(ROWS)]
    given = [{"id": f"n{number}", "text": text, "outlet": "Wire"} for number, text in enumerate(texts)]
    write(tmp_path / "in.jsonl", lines(*given[:5], "{broken", *given[6:11], {"id": "n11", "text": 3}, *given[12:]))
    return tmp_path / "in.jsonl"


@pytest.fixture
def make(tmp_path, source, news):
    """A run over the rows into a file: `make("out.csv", limit=3)`."""

    def one(name="out.jsonl", detector=news, **wanted):
        return Run(Selection((str(source),), **wanted), tmp_path / name, detector)

    return one


def stopping(after, error=KeyboardInterrupt):
    """An engine that fails when so many pieces are done."""

    def engine(function, stream):
        for number, piece in enumerate(stream):
            if number == after:
                raise error
            yield function(piece)

    return engine


def undisturbed(make, name, **wanted):
    one = make(f"whole-{name}", **wanted)
    one.go()
    return one.output.read_bytes()


def beside(output):
    return sorted(path.name.removeprefix(output.name) for path in output.parent.glob(f"{output.name}*"))


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_holds_the_rows_of_the_library(make, news, name):
    one = make(f"out.{name}")
    tally = one.go()
    assert beside(one.output) == ["", ".journal"]
    assert (tally.rows, tally.failures, tally.flagged) == (ROWS, 2, 1)
    assert tally.abstained == {"too short": ROWS - 3}
    expected = list(rows(news, one.selection.records()))
    assert [row["error"] is None for row in expected].count(False) == 2
    if name == "jsonl":
        assert [json.loads(line) for line in one.output.read_text(encoding="utf-8").splitlines()] == expected
    elif name == "csv":
        assert len(one.output.read_text(encoding="utf-8").splitlines()) == 1 + ROWS
    else:
        assert pq.read_table(one.output).column("log_odds").to_pylist() == [row["log_odds"] for row in expected]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("after", range(5))
def test_a_run_that_was_stopped_goes_on_to_the_same_bytes(make, name, after):
    expected = undisturbed(make, f"out.{name}")
    first = make(f"out.{name}")
    with pytest.raises(KeyboardInterrupt):
        first.go(engine=stopping(after))
    assert not first.output.exists()
    assert first.tally.rows == PIECE * after
    told = []
    again = make(f"out.{name}")
    again.told = lambda tally: told.append(tally.rows)
    assert again.go(resume=True).rows == ROWS
    assert (told[0], again.earlier) == (PIECE * after, PIECE * after)
    assert again.output.read_bytes() == expected
    assert beside(again.output) == ["", ".journal"]


def cut(path, count):
    path.write_bytes(path.read_bytes()[:-count])


def flip(path, at):
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    "harm",
    [
        lambda partial, journal: write(partial, partial.read_bytes() + b"half a row"),
        lambda partial, journal: write(journal, journal.read_bytes() + b"0badc0de {"),
        lambda partial, journal: cut(partial, 40),
        lambda partial, journal: cut(journal, 40),
        lambda partial, journal: flip(partial, 20),
        lambda partial, journal: flip(partial, -20),
        lambda partial, journal: flip(journal, -20),
        lambda partial, journal: flip(journal, 20),
        lambda partial, journal: partial.unlink(),
        lambda partial, journal: journal.write_bytes(b""),
    ],
    ids=["row cut short", "entry cut short", "piece lost", "entry lost", "first piece damaged", "last piece damaged",
         "last entry damaged", "first entry damaged", "no rows", "no journal"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["csv", "parquet"])
def test_what_is_not_whole_is_made_again(make, name, harm):
    expected = undisturbed(make, f"out.{name}")
    one = make(f"out.{name}")
    with pytest.raises(KeyboardInterrupt):
        one.go(engine=stopping(3))
    harm(one.output.with_name(f"out.{name}.partial"), one.output.with_name(f"out.{name}.journal"))
    assert make(f"out.{name}").go(resume=True).rows == ROWS
    assert one.output.read_bytes() == expected


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("at", [2, 3, 6, 7])
def test_a_full_disk_keeps_what_is_done(make, monkeypatch, at, share):
    """The disk is full at one of the writes: of a piece, or of the journal's entry for it, after part of it."""
    expected = undisturbed(make, "out.csv")
    calls, append = [], run.append

    def full(file, data):
        calls.append(data)
        if len(calls) == at:
            file.write(data[: int(share * len(data))])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        append(file, data)

    monkeypatch.setattr("detector.batch.run.append", full)
    monkeypatch.setattr("detector.batch.journal.append", full)
    with pytest.raises(OSError, match="No space left"):
        make("out.csv").go()
    monkeypatch.undo()
    monkeypatch.setattr(pieces, "PIECE_RECORDS", PIECE)
    one = make("out.csv")
    one.go(resume=True)
    assert one.output.read_bytes() == expected


def test_a_finished_file_that_got_no_name_gets_it(make, monkeypatch):
    for name in FORMATS:
        expected = undisturbed(make, f"out.{name}")

        def failing(staged, output):
            raise OSError(errno.EIO, "the power is gone")

        monkeypatch.setattr("detector.batch.run.publish", failing)
        with pytest.raises(OSError, match="power"):
            make(f"out.{name}").go()
        monkeypatch.undo()
        one = make(f"out.{name}")
        assert one.go(resume=True, engine=stopping(0)).rows == ROWS
        assert one.output.read_bytes() == expected
        assert beside(one.output) == ["", ".journal"]


def test_a_run_that_is_over_says_what_it_did_and_changes_nothing(make):
    first = make()
    tally = first.go()
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in first.output.parent.iterdir()}
    again = make()
    assert again.go(resume=True, engine=stopping(0)) == tally
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in before} == before
    with pytest.raises(RefusedError, match="exists"):
        make().go()
    first.output.write_text("mine\n", encoding="utf-8")
    with pytest.raises(RefusedError, match="it was changed"):
        make().go(resume=True)
    assert first.output.read_text(encoding="utf-8") == "mine\n"
    first.output.unlink()
    assert make().go(resume=True) == tally


def test_a_file_that_is_there_is_replaced_only_when_asked_and_at_the_end(make):
    one = make()
    write(one.output, "mine\n")
    for resume in (False, True):
        with pytest.raises(RefusedError, match="exists, and no run is known"):
            make().go(resume=resume)
    assert beside(one.output) == [""]
    with pytest.raises(KeyboardInterrupt):
        make().go(overwrite=True, engine=stopping(2))
    assert one.output.read_text(encoding="utf-8") == "mine\n"
    with pytest.raises(RefusedError, match="was stopped: resume continues it"):
        make().go()
    make().go(resume=True)
    assert one.output.read_bytes() == undisturbed(make, "out.jsonl")


def test_resuming_nothing_begins(make):
    one = make()
    one.go(resume=True)
    assert one.output.read_bytes() == undisturbed(make, "out.jsonl")


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({"max_fpr": 0.02}, "max_fpr was 0.01 and is 0.02 now"),
        ({"explain": True}, "explain was false and is true now"),
        ({"limit": 9}, "limit was null and is 9 now"),
        ({"columns": Columns(keep=("outlet",))}, "columns was"),
        ({"where_flagged": True}, "where_flagged was false"),
        ({"kind": "jsonl"}, "kind was"),
        ({"detector": None}, "the model is another one"),
    ],
)
def test_another_run_is_not_resumed(make, wanted, told):
    with pytest.raises(KeyboardInterrupt):
        make().go(engine=stopping(2))
    if "detector" in wanted:
        wanted = {"detector": fitted()}
    with pytest.raises(RefusedError, match=told) as refused:
        make(**wanted).go(resume=True)
    assert "\n" not in str(refused.value)
    assert make().go(resume=True).rows == ROWS


def test_changed_inputs_are_refused(make, source):
    with pytest.raises(KeyboardInterrupt):
        make().go(engine=stopping(2))
    known, content = source.stat(), source.read_bytes()
    write(source, content + b"\n")
    with pytest.raises(RefusedError, match="the inputs have changed"):
        make().go(resume=True)
    # The same name, size and time, but another article among those that were scored.
    write(source, content.replace(b"Note 1.", b"Mote 1."))
    os.utime(source, ns=(known.st_atime_ns, known.st_mtime_ns))
    with pytest.raises(RefusedError, match="no longer give the articles"):
        make().go(resume=True)
    write(source, content)
    os.utime(source, ns=(known.st_atime_ns, known.st_mtime_ns))
    assert make().go(resume=True).rows == ROWS


def test_an_output_is_no_input_and_no_folder(make, source, tmp_path):
    with pytest.raises(RefusedError, match="would be read as an input"):
        make(source.name).go(overwrite=True)
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(RefusedError, match="is a folder"):
        make("folder.csv").go(overwrite=True)
    with pytest.raises(ValueError, match="ends in none of"):
        make("out.xlsx")


def test_an_output_inside_the_folder_that_is_read(tmp_path, source, news):
    def one():
        return Run(Selection((str(source.parent),)), source.parent / "scores.jsonl", news)

    with pytest.raises(KeyboardInterrupt):
        one().go(engine=stopping(2))
    tally = one().go(resume=True)
    assert one().go(resume=True, engine=stopping(0)) == tally
    with pytest.raises(RefusedError, match="would be read as an input"):
        one().go(overwrite=True)


def test_two_runs_on_one_output_refuse_each_other(make):
    def engine(function, stream):
        with pytest.raises(RefusedError, match=r"another run is writing .*out\.jsonl"):
            make().go(resume=True)
        yield from map(function, stream)

    one = make()
    one.go(engine=engine)
    assert one.output.read_bytes() == undisturbed(make, "out.jsonl")


def test_jobs_and_backends_change_nothing(make):
    expected = undisturbed(make, "out.jsonl")
    for number, n_jobs in enumerate((2, -1)):
        one = make(f"jobs{number}.jsonl")
        one.go(engine=partial(in_order, n_jobs=n_jobs))
        assert one.output.read_bytes() == expected
    with joblib.parallel_config("threading", n_jobs=3):
        assert processes(None) == 3
        one = make("threads.jsonl")
        one.go()
    assert one.output.read_bytes() == expected
    assert processes(None) == 1


def test_the_engine_reads_a_bounded_number_of_pieces_ahead():
    read = []

    def stream():
        for number in range(5 * WAVE):
            read.append(number)
            yield number

    with joblib.parallel_config("threading", n_jobs=2):
        for number, made in enumerate(in_order(str, stream())):
            assert made == str(number)
            assert len(read) <= number + 2 * WAVE + 1
    assert len(read) == number + 1 == 5 * WAVE


def test_an_error_while_reading_is_raised_when_what_was_read_is_done():
    def stream():
        yield from range(40)
        raise OSError("the disk is gone")

    for n_jobs in (1, 2):
        made = []
        with joblib.parallel_config("threading"), pytest.raises(OSError, match="the disk is gone"):
            made.extend(in_order(str, stream(), n_jobs))
        assert made in ([], [str(number) for number in range(40)])


def ids(selection):
    return [record.id for record in selection.records()]


def test_limits_and_samples(source):
    def chosen(**wanted):
        return ids(Selection((str(source),), **wanted))

    everything = chosen()
    assert len(everything) == ROWS
    assert chosen(limit=4) == everything[:4]
    assert chosen(limit=99) == chosen(sample=99) == everything
    some = chosen(sample=5)
    assert some == chosen(sample=5) != chosen(sample=5, seed=1)
    assert some == [one for one in everything if one in some]
    assert set(chosen(limit=6, sample=3)) < set(everything[:6])
    counts = dict.fromkeys(everything, 0)
    for seed in range(700):
        for one in chosen(sample=2, seed=seed):
            counts[one] += 1
    assert all(60 <= count <= 145 for count in counts.values())  # 100 expected, standard deviation 9.3


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({"limit": 0}, "limit is 0; it must be at least 1"),
        ({"sample": -2}, "sample is -2"),
        ({"max_fpr": 1.0}, "max_fpr is 1.0"),
        ({"columns": Columns(keep=("score",))}, "input column score cannot be kept"),
        ({"columns": Columns(keep=True)}, "must be named"),
    ],
)
def test_senseless_wishes_are_refused_at_the_start(wanted, told):
    with pytest.raises(ValueError, match=told):
        Selection(("in.jsonl",), **wanted)


def test_only_flagged_rows_are_written_and_all_are_counted(make):
    one = make(where_flagged=True, columns=Columns(keep=("outlet",)))
    tally = one.go()
    [row] = [json.loads(line) for line in one.output.read_text(encoding="utf-8").splitlines()]
    assert (row["id"], row["outlet"], row["flagged"]) == ("n7", "Wire", True)
    assert (tally.rows, tally.failures, tally.flagged) == (ROWS, 2, 1)


def test_records_in_memory_make_the_same_pieces():
    given = [Record(str(number), "x" * number) for number in range(20)]
    assert [len(piece) for piece in pieces.pieces(given)] == [3] * 6 + [2]
    assert pieces.digest(given) != pieces.digest([*given[:-1], Record("19", "y" * 19)])


def test_the_name_of_a_format_must_be_known(tmp_path, source, news):
    with pytest.raises(ValueError, match="format is 'xlsx'"):
        Run(Selection((str(source),)), Path(tmp_path / "a.csv"), news, "xlsx")
