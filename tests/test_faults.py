"""Runs as real processes that are killed, interrupted, starved of disk and set against each other."""

import gzip
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import joblib
import pytest
from commandline import is_one_sentence, lines, write

import detector
from detector.batch.engine import WorkerLostError, in_order

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs signals that Windows does not have")

ROOT = Path(detector.__file__).parents[1]
WORDS = ["the", "a", "mayor", "said", "bridge", "on", "Monday", "in", "town", "council", "vote", "5", "12", "and", "of"]


def notes(count, seed=0):
    """Articles of six words: what a run does around them is what is tested."""
    chance = random.Random(seed)
    return lines(*({"id": number, "text": " ".join(chance.choices(WORDS, k=6))} for number in range(count)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with 20,000 articles, and what an undisturbed run makes of them."""
    folder = tmp_path_factory.mktemp("runs")
    write(folder / "in.jsonl", notes(20_000))
    told = start(folder, "whole.csv").communicate(timeout=300)[1]
    assert "20,000 articles: 20,000 scored, 0 failed" in told
    assert (folder / "whole.csv").read_bytes().count(b"\n") == 20_001
    return folder


def start(folder, output, *arguments, **options):
    command = [sys.executable, "-m", "detector", "score", "in.jsonl", "--output", output, *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    options = {"stderr": subprocess.PIPE, "encoding": "utf-8"} | options
    return subprocess.Popen(command, cwd=folder, env=environment, start_new_session=True, **options)


def safe_pieces(folder, output):
    """The pieces that the journal of a run has."""
    journal = folder / f"{output}.journal"
    return max(journal.read_bytes().count(b"\n") - 1, 0) if journal.exists() else 0


def wait_for_piece(process, folder, output, count):
    while process.poll() is None and safe_pieces(folder, output) < count:
        time.sleep(0.002)


def children(pid):
    """The processes that a process has started, which do not include theirs."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it has ended
            if int(fields[1]) == pid:
                found.append(int(entry.name))
    return found


def test_a_run_that_is_killed_at_twenty_points_ends_in_the_same_bytes(folder):
    chance = random.Random(20)
    killed = 0
    for point in sorted(chance.sample(range(1, 39), 20)):
        process = start(folder, "killed.csv", "--resume")
        wait_for_piece(process, folder, "killed.csv", point)
        time.sleep(chance.uniform(0, 0.05))  # somewhere in the piece that follows
        process.kill()
        killed += process.wait() == -signal.SIGKILL
        process.stderr.close()
        assert not (folder / "killed.csv").exists()
    assert killed == 20
    process = start(folder, "killed.csv", "--resume")
    told = process.communicate(timeout=300)[1]
    assert process.returncode == 0
    assert "20,000 articles: 20,000 scored, 0 failed" in told
    assert (folder / "killed.csv").read_bytes() == (folder / "whole.csv").read_bytes()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interruption_keeps_what_is_done(folder, jobs):
    output = f"interrupted{jobs}.csv"
    process = start(folder, output, "--jobs", jobs)
    wait_for_piece(process, folder, output, 3)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to every process of the command
    told = process.communicate(timeout=300)[1]
    assert process.returncode == 130, told
    assert is_one_sentence(told)
    assert "rows are safe, and the same command with --resume goes on" in told
    process = start(folder, output, "--jobs", jobs, "--resume", "--quiet")
    assert process.communicate(timeout=300)[1] == ""
    assert process.returncode == 0
    assert (folder / output).read_bytes() == (folder / "whole.csv").read_bytes()


def test_a_full_quota_keeps_what_is_done(folder):
    """The size of files is limited to a million bytes, as by a quota: writing fails in the middle of a piece."""

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (10**6, 10**6))

    process = start(folder, "quota.csv", preexec_fn=limit)
    told = process.communicate(timeout=300)[1]
    assert process.returncode == 1
    assert is_one_sentence(told)
    assert "File too large" in told
    assert "rows are safe, and the same command with --resume goes on" in told
    assert 0 < safe_pieces(folder, "quota.csv") < 39
    process = start(folder, "quota.csv", "--resume")
    process.communicate(timeout=300)
    assert process.returncode == 0
    assert (folder / "quota.csv").read_bytes() == (folder / "whole.csv").read_bytes()


def test_of_two_runs_at_once_one_is_refused(folder):
    first = start(folder, "both.csv")
    wait_for_piece(first, folder, "both.csv", 1)
    for more in ((), ("--resume",), ("--overwrite",)):
        second = start(folder, "both.csv", *more)
        told = second.communicate(timeout=300)[1]
        assert (second.returncode, told) == (2, "detector: another run is writing both.csv\n")
    first.communicate(timeout=300)
    assert first.returncode == 0
    assert (folder / "both.csv").read_bytes() == (folder / "whole.csv").read_bytes()


def test_a_worker_that_is_killed_costs_nothing(folder):
    process = start(folder, "worker.csv", "--jobs", "2", "--verbose")
    wait_for_piece(process, folder, "worker.csv", 3)
    workers = [pid for pid in children(process.pid) if b"popen_loky" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    os.kill(workers[0], signal.SIGKILL)
    told = process.communicate(timeout=300)[1]
    assert process.returncode == 0
    assert told.count("a process was killed; its work is begun again") == 1
    assert "Traceback" not in told
    assert (folder / "worker.csv").read_bytes() == (folder / "whole.csv").read_bytes()


def fatal(number):
    """Work that kills the process that does it, whenever it is done."""
    if number == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_work_that_kills_every_worker_is_given_up_in_one_sentence():
    made = []
    with pytest.raises(WorkerLostError, match="killed again and again") as lost:
        made.extend(in_order(fatal, range(20), 2))
    assert made == list(range(len(made)))
    assert len(made) <= 5
    assert "\n" not in str(lost.value)


def test_a_damaged_archive_in_the_middle_of_a_folder_is_a_row(folder, run, tmp_path):
    text = "The council met on Monday. " * 40
    for name in ("a", "b", "c"):
        packed = gzip.compress(lines(*({"id": f"{name}{number}", "text": text} for number in range(300))).encode())
        write(tmp_path / f"in/{name}.jsonl.gz", packed[: len(packed) // 2] if name == "b" else packed)
    result = run("score", "in", "--output", "out.jsonl")
    assert result.returncode == 1
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    [failed] = [row for row in rows if row["error"]]
    assert "b.jsonl.gz" in failed["id"]
    assert [row["id"] for row in rows if row["id"].startswith(("a", "c"))] == [
        f"{name}{number}" for name in ("a", "c") for number in range(300)
    ]
    at = rows.index(failed)
    assert (rows[at + 1]["id"], rows[at]["score"]) == ("c0", None)
    assert f"1 of {len(rows):,} articles failed" in result.stderr
    assert "Traceback" not in result.stderr


def test_what_a_script_or_notebook_defines_reaches_the_processes():
    begin = 7
    assert list(in_order(lambda number: begin + number, range(8), 2)) == list(range(7, 15))


def of_interruption(_):
    return signal.getsignal(signal.SIGINT)


def test_an_interruption_is_for_the_process_that_starts_the_others():
    own = of_interruption(None)
    assert set(in_order(of_interruption, range(8), 2)) == {signal.SIG_IGN}
    with joblib.parallel_config("threading"):
        assert set(in_order(of_interruption, range(8), 2)) == {own}
    assert of_interruption(None) == own != signal.SIG_IGN
