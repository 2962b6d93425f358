"""Measure runs from Parquet to Parquet: against scoring in memory, two jobs against one, and their memory.

usage: python -m benchmarks.batch --data FOLDER [--articles 200000] [--output FILE.json]

The articles are those of the corpora in the folder, in random order; where there are fewer they come again, each with
a number of its own.  Each measurement is a process of its own, with one thread for NumPy.  Processor time is told
beside wall time: on a machine that does other work as well it is what can be compared.  A run's time holds its start
and the writing of the file; that of scoring in memory is of `Detector.score` alone.  Memory is told for each quarter
of a run's time, of the process that reads and writes and of the largest that scores (where /proc tells it).  200,000
articles take about five minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.articles import edited
from detector.corpora import read

IN_MEMORY = """
import sys, time
import pyarrow.parquet as pq
import detector
texts = pq.read_table(sys.argv[1]).column("text").to_pylist()
news = detector.load()
news.score(texts[:64])
wall, processor = time.perf_counter(), time.process_time()
news.score(texts)
print(time.perf_counter() - wall, time.process_time() - processor)
"""
GROUP = 2048
SECONDS = 0.25
"""How often memory is looked at."""


def prepare(data, articles, folder):
    """A Parquet file of so many articles of the corpora, and one of a quarter of them."""
    texts = read([data]).texts
    order = np.random.default_rng(0).permutation(len(texts)).tolist()
    stream = enumerate(edited([texts[row] for row in order], articles))
    schema = pa.schema([("id", "string"), ("text", "string")])
    with pq.ParquetWriter(folder / "all.parquet", schema) as file:
        while rows := list(islice(stream, GROUP)):
            file.write_table(pa.table({"id": [str(n) for n, _ in rows], "text": [text for _, text in rows]}, schema))
    quarter = pq.read_table(folder / "all.parquet").slice(0, articles // 4)
    pq.write_table(quarter, folder / "quarter.parquet", row_group_size=GROUP)


def in_memory(folder):
    """Wall and processor time of scoring all texts in memory."""
    command = [sys.executable, "-c", IN_MEMORY, folder / "all.parquet"]
    told = subprocess.run(command, capture_output=True, check=True, text=True, env=environment()).stdout
    wall, processor = map(float, told.split())
    return {"wall": wall, "processor": processor}


def run(folder, name, jobs):
    """Wall time, processor time of all processes, and memory of a run."""
    files = [folder / f"{name}.parquet", "--output", folder / f"{name}-{jobs}.parquet"]
    command = [sys.executable, "-m", "detector", "score", *files, "--jobs", str(jobs), "--quiet"]
    begun, seen = time.perf_counter(), []
    process = subprocess.Popen(command, env=environment())
    while True:
        number, status, used = os.wait4(process.pid, os.WNOHANG)
        if number:
            break
        seen.append(memory(process.pid))
        time.sleep(SECONDS)
    assert status == 0, status
    wall = time.perf_counter() - begun
    told = {"wall": wall, "processor": used.ru_utime + used.ru_stime}
    for place, which in enumerate(("parent", "largest_worker")[:jobs]):
        quarters = np.array_split([one[place] for one in seen], 4)
        told[f"{which}_megabytes"] = [round(float(part.max(initial=0)), 1) for part in quarters]
    return told


def memory(process):
    """Megabytes of a process and of the largest of those that it began; 0 where it is over or nothing tells."""
    return resident(process), max(map(resident, children(process)), default=0.0)


def resident(process):
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def children(process):
    try:
        return Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return []


def environment():
    return os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": str(Path(__file__).parents[1])}


def table(result):
    """The figures as text."""
    articles, (alone, one, two) = result["articles"], (result[name] for name in ("in_memory", "one_job", "two_jobs"))
    share, jobs = result["throughput_of_scoring_in_memory"]["wall"], result["two_jobs_against_one"]
    lines = [
        f"{articles:,} articles, from Parquet to Parquet      articles/s",
        f"  Detector.score in memory, one process   {articles / alone['wall']:14,.0f}",
        f"  detector score --jobs 1                 {articles / one['wall']:14,.0f}   {share:.2f} of that",
        f"  detector score --jobs 2                 {articles / two['wall']:14,.0f}   {jobs:.2f} times one job",
    ]
    for name, job in (("one job", one), ("two jobs, parent", two)):
        quarters = ", ".join(f"{megabytes:.0f}" for megabytes in job["parent_megabytes"])
        lines.append(f"  MB of memory, {name:26}{quarters} in each quarter of the run")
    workers = ", ".join(f"{megabytes:.0f}" for megabytes in two["largest_worker_megabytes"])
    return "\n".join([*lines, f"  MB of memory, {'two jobs, largest worker':26}{workers}"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=200_000)
    parser.add_argument("--output", type=Path, help="write the figures to this file as JSON")
    options = parser.parse_args()
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(options.data, options.articles, folder)
        memory, one, two = in_memory(folder), run(folder, "all", 1), run(folder, "all", 2)
        quarter = run(folder, "quarter", 1)
        assert (folder / "all-1.parquet").read_bytes() == (folder / "all-2.parquet").read_bytes()
    result = {
        "articles": options.articles,
        "in_memory": memory | {"articles_a_second": options.articles / memory["processor"]},
        "one_job": one,
        "two_jobs": two,
        "quarter_of_them": quarter,
        "throughput_of_scoring_in_memory": {key: memory[key] / one[key] for key in ("wall", "processor")},
        "two_jobs_against_one": one["wall"] / two["wall"],
        "minutes": (time.perf_counter() - begun) / 60,
    }
    print(table(result))
    if options.output:
        options.output.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
