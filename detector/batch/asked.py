"""What a run was asked for, and of which inputs and model: a run continues another only where all of it is the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import detector
from detector.batch.readers import plan
from detector.batch.selection import Selection


class RefusedError(Exception):
    """A run that would destroy something, or continue what it cannot: a sentence that says why."""


_TOLD = {
    "inputs": "the inputs have changed since it began (their names, sizes or times)",
    "model": "the model is another one",
    "paths": "it was asked to read other paths",
}


def asked(selection: Selection, output: Path, written: str, model: str) -> dict[str, Any]:
    """Everything that decides the bytes of the output, as JSON has it; `model` is the model's digest."""
    known = asdict(selection) | {
        "paths": list(selection.paths),
        "format": written,
        "version": detector.__version__,
        "model": model,
        "inputs": _listing(selection, output),
    }
    result: dict[str, Any] = json.loads(json.dumps(known))
    return result


def _listing(selection: Selection, output: Path) -> str:
    """A digest of the inputs' names, sizes and times; an output among them was not there when the run began."""
    total = hashlib.sha256()
    for one in plan(selection.paths, selection.kind):
        path = Path(one.path)
        if one.path == "-" or not _same(path, output):
            time = path.stat().st_mtime_ns if one.path != "-" and path.is_file() else None
            total.update(json.dumps([one.path, one.format, one.bytes, one.error, time]).encode())
    return total.hexdigest()


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def check_same(output: Path, before: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    """Raise `RefusedError` with the first thing that differs."""
    for name, value in now.items():
        if before.get(name) != value:
            what = _TOLD.get(name, f"{name} was {_short(before.get(name))} and is {_short(value)} now")
            raise RefusedError(f"the run to {output} cannot be resumed: {what}; overwrite begins anew")


def _short(value: Any) -> str:
    text = json.dumps(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def check_no_input(selection: Selection, output: Path) -> None:
    """Raise `RefusedError` where the output would be read."""
    if output.exists():
        for one in plan(selection.paths, selection.kind):
            if one.path != "-" and _same(Path(one.path), output):
                raise RefusedError(f"{output} would be read as an input: write to another file or folder")
