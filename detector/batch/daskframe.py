"""Score a Dask table: every partition by itself, where it lies, with one copy of the detector for each worker."""

from __future__ import annotations

from typing import Any

from detector.batch.frame import Options, score_table
from detector.model import Detector


def score_partitions(frame: Any, detector: Detector, options: Options) -> Any:
    """The lazy scores of a Dask table or column: the same partitions, divisions and index.

    Columns are looked for at once, so that a wrong name is an error here and not on the workers.
    """
    import dask

    empty = score_table(frame._meta, detector, options)
    # As an argument of its own the detector is one task, whose result a worker keeps; inside the function it would be
    # written into every partition's task.
    return frame.map_partitions(_score_partition, dask.delayed(detector), options, meta=empty)


def _score_partition(partition: Any, detector: Detector, options: Options) -> Any:
    return score_table(partition, detector, options)
