"""What gives each worker of a Dask scheduler its copy of the function that it calls; imported with Dask only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from distributed import WorkerPlugin, get_worker

import detector


class Sent(WorkerPlugin):
    """A function that the scheduler sends once to each worker it has, and to each that joins later.

    As an argument, or as the result of a task, it would be sent again and again: a worker keeps those no longer than
    the next task needs them.
    """

    def __init__(self, name: str, function: Callable[[Any], Any]) -> None:
        self.name, self.function, self.version = name, function, detector.__version__

    def setup(self, worker: Any) -> None:
        """Refuse a worker whose scores would be those of another version."""
        if detector.__version__ != self.version:
            raise ImportError(f"a worker has detector {detector.__version__}")


def call(name: str, piece: Any) -> Any:
    """What the function of that name gives for a piece: the task of a worker."""
    return get_worker().plugins[name].function(piece)
