"""The commands, a module each: `add` gives the parser its arguments, `run` does the work and gives the exit status."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

COMMANDS = {
    "score": "score articles",
    "explain": "show what the score of one article is made of",
    "check": "show statements of one article that contradict each other",
    "report": "show what a corpus of scored articles looks like",
    "features": "show the value of every feature of one article",
    "info": "show what a model was trained on, its thresholds and its limits",
    "calibrate": "calibrate a model on one's own human articles",
    "train": "train a model on labelled articles",
    "evaluate": "hold each source out of training in turn and measure on it",
}
"""What the commands do, by their names, in the order of the help."""


def module(name: str) -> ModuleType:
    """The module of a command; those of the others are not imported."""
    return import_module(f"{__name__}.{name}")
