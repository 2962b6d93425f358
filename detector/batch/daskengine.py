"""The engine for many machines: one function over pieces of work, in order, on the workers of a Dask scheduler."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, TypeVar
from uuid import uuid4

import detector
from detector.batch.engine import WorkerLostError
from detector.batch.extras import require

AHEAD = 8
"""Pieces of work for each thread of a worker that are handed out before the first is back: it bounds the memory."""

SECONDS = 30
"""How long a scheduler may take to answer, and to have its first worker."""

Given = TypeVar("Given")
Made = TypeVar("Made")


class SchedulerError(OSError):
    """A Dask scheduler cannot be used: a sentence that says why."""


def in_order(function: Callable[[Given], Made], pieces: Iterable[Given], address: str) -> Iterator[Made]:
    """What the function gives for each piece, in order, as soon as it is there.

    The function is sent once to each worker.  What a worker had in hand when it was lost is done by another one, or by
    the same one when it is back.  Raises `SchedulerError` where the scheduler does not answer, has no workers or
    workers with another version of this library, and `WorkerLostError` where it is lost itself or its workers again
    and again.
    """
    require("dask", "Dask schedulers")
    with _client(address) as client, _sent(client, function, address) as call:
        waiting: deque[Any] = deque()
        for piece in pieces:
            with _lost(address):
                waiting.append(client.submit(call, piece, pure=False))
                full = len(waiting) >= AHEAD * _threads(client)
            if full:
                yield _result(waiting, address)
        while waiting:
            yield _result(waiting, address)


def _result(waiting: deque[Any], address: str) -> Any:
    with _lost(address):
        return waiting.popleft().result()


def _threads(client: Any) -> int:
    return sum(client.nthreads().values())


@contextmanager
def _client(address: str) -> Iterator[Any]:
    """A client of a scheduler that has a worker, and closes behind it."""
    import asyncio

    from distributed import Client
    from distributed.comm import get_address_host_port

    try:
        get_address_host_port(address)  # a client of what is no address cannot be closed, and says so at exit
        client = Client(address, timeout=SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise SchedulerError(f"no Dask scheduler answers at {address}: {error}") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=SECONDS)
        except (TimeoutError, asyncio.TimeoutError):  # two classes before Python 3.11
            raise SchedulerError(f"the Dask scheduler at {address} has no workers") from None
        yield client


@contextmanager
def _sent(client: Any, function: Callable[[Any], Any], address: str) -> Iterator[Callable[[Any], Any]]:
    """The function that each worker has, once it is called there."""
    from detector.batch.daskplugin import Sent, call

    name = f"detector-{uuid4()}"
    try:
        with _lost(address):
            client.register_plugin(Sent(name, function))
        yield partial(call, name)
    finally:
        # The scheduler would keep it for workers to come.  One that is lost would be waited for.
        if client.status == "running":
            with suppress(Exception):
                client.unregister_worker_plugin(name)


@contextmanager
def _lost(address: str) -> Iterator[None]:
    """What a scheduler says when it cannot go on, as one sentence."""
    from distributed import CancelledError, KilledWorker

    try:
        yield
    except KilledWorker:
        raise WorkerLostError(
            f"workers of {address} were killed again and again by one piece of work, perhaps for want of memory"
        ) from None
    except ImportError as error:
        raise SchedulerError(f"the workers of {address} need detector {detector.__version__}: {error}") from None
    except (CancelledError, OSError):
        raise WorkerLostError(f"the Dask scheduler at {address} was lost") from None
