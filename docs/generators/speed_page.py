"""How fast: the figures that the benchmarks wrote into `benchmarks/results/`, by their own tables."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT))  # the benchmarks are no part of what is installed

from benchmarks import batch, scaling, throughput  # noqa: E402


def _shown(name: str, table: Callable[[Any], str]) -> str:
    path = ROOT / "benchmarks" / "results" / f"{name}.json"
    return f"```text\n{table(json.loads(path.read_text(encoding='utf-8')))}\n```"


def throughputs() -> str:
    """Articles a second beside what one would write otherwise."""
    return _shown("throughput", throughput.table)


def scalings() -> str:
    """Time and memory against the number and the length of articles."""
    return _shown("scaling", scaling.table)


def batches() -> str:
    """A run of the command line against scoring in memory."""
    return _shown("batch", batch.table)
