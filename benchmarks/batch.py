"""Measure runs from Parquet to Parquet: against scoring in memory, two jobs against one, and their memory.

usage: python -m benchmarks.batch --data FOLDER [--articles 200000]

The articles are those of the corpora in the folder, in random order, and again from the first where there are fewer.
Each measurement is a process of its own, with one thread for NumPy.  Processor time is told beside wall time: on a
machine that does other work as well it is what can be compared.  A run's time holds its start and the writing of the
file; that of scoring in memory is of `Detector.score` alone.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

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


def prepare(data, articles, folder):
    """A Parquet file of so many articles of the corpora, and one of a quarter of them."""
    corpus = read([data])
    order = np.random.default_rng(0).permutation(len(corpus)).tolist()
    rows = list(islice(cycle(order), articles))
    table = pa.table({"id": [f"{n}" for n in range(articles)], "text": [corpus.texts[row] for row in rows]})
    pq.write_table(table, folder / "all.parquet", row_group_size=2048)
    pq.write_table(table.slice(0, articles // 4), folder / "quarter.parquet", row_group_size=2048)


def in_memory(folder):
    """Wall and processor time of scoring all texts in memory."""
    command = [sys.executable, "-c", IN_MEMORY, folder / "all.parquet"]
    told = subprocess.run(command, capture_output=True, check=True, text=True, env=environment()).stdout
    wall, processor = map(float, told.split())
    return {"wall": wall, "processor": processor}


def run(folder, name, jobs):
    """Wall time, processor time and peak memory of a run; with several jobs the memory is of the largest process."""
    files = [folder / f"{name}.parquet", "--output", folder / f"{name}-{jobs}.parquet"]
    command = [sys.executable, "-m", "detector", "score", *files, "--jobs", str(jobs), "--quiet"]
    begun = time.perf_counter()
    process = subprocess.Popen(command, env=environment())
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0, status
    wall = time.perf_counter() - begun
    return {"wall": wall, "processor": used.ru_utime + used.ru_stime, "peak_megabytes": used.ru_maxrss / 1024}


def environment():
    return os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": str(Path(__file__).parents[1])}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=200_000)
    options = parser.parse_args()
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
        "peak_against_a_quarter": one["peak_megabytes"] / quarter["peak_megabytes"],
    }
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
