"""What the shipped model says of itself: its card, its limits, and what its numbers mean."""

from __future__ import annotations

from docstrings import table

from detector.modelinfo import LIMITS, MEANINGS
from detector.shipped import models_folder


def card() -> str:
    """The card of the shipped model, under a headline of the page's own."""
    return (models_folder() / "news-en.md").read_text(encoding="utf-8").partition("\n")[2].strip()


def limits() -> str:
    """The limits that `detector info` prints."""
    return "\n".join(f"- {limit}" for limit in LIMITS)


def meanings() -> str:
    """The meanings that `detector info` prints."""
    return table(["number", "what it means"], [[name.replace("_", "-"), text] for name, text in MEANINGS.items()])
