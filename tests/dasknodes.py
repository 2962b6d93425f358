"""A Dask scheduler and workers as processes of their own, and work for them that counts copies or kills its worker."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

from distributed import Client

import detector

PATH = os.pathsep.join([str(Path(detector.__file__).parents[1]), str(Path(__file__).parent)])


class Nodes:
    """A scheduler at `address`, and its workers."""

    def __init__(self, folder, workers=0, **settings):
        self.folder, self.workers = folder, []
        self._environment = os.environ | {"PYTHONPATH": PATH, "OMP_NUM_THREADS": "1"} | settings
        where = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", where)
        self.address = waited(lambda: json.loads(where.read_text(encoding="utf-8"))["address"])
        for _ in range(workers):
            self.workers.append(self._start("worker", self.address, "--nthreads", "1", "--no-nanny"))

    def _start(self, command, *arguments):
        with (self.folder / "log.txt").open("a", encoding="utf-8") as log:
            line = [sys.executable, "-m", f"distributed.cli.dask_{command}", "--no-dashboard", *map(str, arguments)]
            return subprocess.Popen(line, cwd=self.folder, env=self._environment, stdout=log, stderr=log)

    def close(self):
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait(60)


@contextmanager
def nodes(folder, workers=0, **settings):
    """Nodes that are gone afterwards."""
    started = Nodes(folder, workers, **settings)
    try:
        if workers:
            # A busy machine takes minutes to start them; no test is about that.
            with Client(started.address, timeout=300, set_as_default=False) as client:
                client.wait_for_workers(workers, timeout=300)
        yield started
    finally:
        started.close()


def waited(call):
    """What the call gives, once the file that it reads is there."""
    for _ in range(600):
        with suppress(OSError, ValueError):
            return call()
        time.sleep(0.1)
    return call()


class Square:
    """A number's square and the process that found it; every copy that is unpacked is written to `log`."""

    def __init__(self, log):
        self.log = log

    def __setstate__(self, state):
        self.__dict__.update(state)
        note(self.log)

    def __call__(self, number):
        time.sleep(0.02)
        return number * number, os.getpid()


def note(log):
    with Path(log).open("a", encoding="utf-8") as lines:
        lines.write(f"{os.getpid()}\n")


def noted(log):
    """The processes that have unpacked a copy."""
    return [int(line) for line in Path(log).read_text(encoding="utf-8").splitlines()]


def kill_at(number, fatal=None, once=None):
    """The number, unless it is the fatal one: that kills the process, and with a file `once` only the first time."""
    if number == fatal and not (once and Path(once).exists()):
        if once:
            Path(once).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def kill_in_partition(partition, label, once):
    """The partition; the first process that meets the one with this label dies of it."""
    kill_at(label, label if label in partition.index else None, once)
    return partition
