"""The engine: one function over a stream of pieces of work, in order, in this process or in several."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, TypeVar

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")

WAVE = 32
"""Pieces of work for each process that are handed out before all of them have to be back: it bounds the memory."""

RETRIES = 2
"""How often work is begun again that lost its process, with nothing done in between."""


class WorkerLostError(Exception):
    """Processes were killed again and again: a sentence that says what to do."""


def processes(n_jobs: int | None) -> int:
    """The number of processes; None asks joblib, if anybody has imported it, what `parallel_config` says."""
    if n_jobs == 1 or (n_jobs is None and "joblib" not in sys.modules):
        return 1
    import joblib

    return int(joblib.effective_n_jobs(n_jobs))


def in_order(
    function: Callable[[_Given], _Made], pieces: Iterable[_Given], n_jobs: int | None = None
) -> Iterator[_Made]:
    """What the function gives for each piece, in order, as soon as it is there.

    Pieces are read while others are worked on, but never more than WAVE a process ahead.  The work of a process that
    was killed is begun again; `WorkerLostError` where that does not help.
    """
    jobs = processes(n_jobs)
    if jobs == 1:
        yield from map(function, pieces)
        return
    # With one process, what several need is not even imported.
    import logging
    from concurrent.futures.process import BrokenProcessPool

    log = logging.getLogger(__name__)
    waves, packed = _Waves(iter(pieces), WAVE * jobs), _Packed(function)
    lost = 0
    while waves.left or waves.open:  # the last wave too may have lost a process
        try:
            for made in _parallel(packed, waves.next(), n_jobs):
                waves.open.popleft()
                lost = 0
                yield made
            waves.check()
        except BrokenProcessPool:  # noqa: PERF203 - it ends a wave, and the loop is over waves
            lost += 1
            log.info("a process was killed; its work is begun again")
            if lost > RETRIES:
                raise WorkerLostError(
                    "a process that scored was killed again and again, perhaps for want of memory: try fewer --jobs"
                ) from None


def _parallel(function: Callable[[_Given], _Made], pieces: Iterator[_Given], n_jobs: int | None) -> Iterator[_Made]:
    import joblib

    # Of its own, joblib would send many small pieces together, and hold the first until the last is done.
    parallel = joblib.Parallel(n_jobs, return_as="generator", batch_size=1)
    work = joblib.delayed(_Uninterrupted(function, os.getpid()))
    made: Any = parallel(work(piece) for piece in pieces)
    yield from made


@dataclass(frozen=True)
class _Uninterrupted:
    """The function, in processes that leave an interruption to the one that started them.

    A terminal interrupts all of them, and one that is between two pieces would print a traceback; the process `started`
    ends them.
    """

    function: Callable[[Any], Any]
    started: int

    def __call__(self, piece: Any) -> Any:
        if os.getpid() != self.started and threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        return self.function(piece)


class _Packed:
    """A function as bytes: it goes out with every piece of work, and each process unpacks it once.

    Unpacked anew, a model would have to prepare its tables for each piece again.
    """

    def __init__(self, function: Callable[[Any], Any]) -> None:
        from uuid import uuid4

        import joblib

        # Pickle alone would send a class of the user's script or notebook by nothing but its name.
        whole = joblib.wrap_non_picklable_objects(partial(function), keep_wrapper=False)  # of a class it makes another
        self._name, self._data = uuid4().hex, pickle.dumps(whole)

    def __call__(self, piece: Any) -> Any:
        function = _unpacked.get(self._name)
        if function is None:
            function = pickle.loads(self._data)  # noqa: S301 - what the process that began this one has packed
            _unpacked.clear()
            _unpacked[self._name] = function
        return function(piece)


_unpacked: dict[str, Callable[[Any], Any]] = {}


class _Waves:
    """Pieces in waves; `open` are those that were handed out and are not back yet, `left` says whether more come."""

    def __init__(self, pieces: Iterator[Any], size: int) -> None:
        self._pieces, self._size = pieces, size
        self.open: deque[Any] = deque()
        self.left = True
        self._error: Exception | None = None

    def next(self) -> Iterator[Any]:
        """The pieces of the next wave, first those that were lost with a process."""
        again = list(self.open)
        yield from again
        count = len(again)
        try:
            for piece in islice(self._pieces, self._size - count):
                count += 1
                self.open.append(piece)
                yield piece
        except Exception as error:  # noqa: BLE001 - a thread of joblib's runs this, where an error would be lost
            self._error = error
        self.left = count == self._size

    def check(self) -> None:
        """Raise what was raised while pieces were read."""
        if self._error is not None:
            raise self._error
