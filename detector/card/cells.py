"""Cells and tables of a model card, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Rates = Mapping[str, Any]
"""What `detector.evaluation.records.rates` gives."""


def share(one: Rates | None) -> list[Any]:
    """The cells of a share flagged: with its interval, of how many, and how many got no verdict."""
    return ["", "", ""] if one is None else [rate(one), one["n"], f"{one['abstained']:.3f}"]


def rate(rates: Rates | None) -> str:
    """A share flagged with its Wilson interval, "" where there are no articles."""
    return "" if rates is None else bracketed(rates["flagged"], rates["interval"])


def tpr(one: Mapping[str, Any] | None) -> str:
    """A TPR with its bootstrap interval."""
    return "" if one is None else bracketed(one["tpr"], one["interval"])


def bracketed(value: float, interval: Iterable[float]) -> str:
    """A number with its interval behind it.

    >>> bracketed(0.5, (0.25, 0.75))
    '0.500 [0.250, 0.750]'
    """
    low, high = interval
    return f"{value:.3f} [{low:.3f}, {high:.3f}]"


def number(value: float | None, digits: int = 3) -> str:
    """A number, "" where it was not measured."""
    return "" if value is None else f"{value:.{digits}f}"


def leading(counts: Mapping[str, int]) -> str:
    """The experts that lead, with their counts, most first."""
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items(), key=lambda item: -item[1]))


def markdown(head: list[str], rows: Iterable[Iterable[Any]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)
