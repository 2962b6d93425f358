"""What a calibration on own articles says of itself, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import fill
from typing import Any

_LEFT_OUT = {"copies": "as copies", "too_short": "as too short", "no_verdict": "without a verdict"}


def promised(calibration: Mapping[str, Any]) -> Iterator[str]:
    """The own articles that a model was calibrated on, and what each rate promises."""
    left_out = ", ".join(f"{what} {calibration[key]:,}" for key, what in _LEFT_OUT.items() if calibration[key])
    yield f"Calibrated on {calibration['articles']:,} of your own articles. Left out: {left_out or 'none'}"
    if calibration["machine_like"]:
        yield fill(
            f"{calibration['machine_like']:,} of them read like machines (p-value at most 0.001 before). Look at them: "
            "if they are no human work, machine articles like them will be missed.",
            100,
        )
    yield f"  {'words':<10} {'own articles':>14} {'at':>8}   flagged of your later human articles, at 95 %"
    for one in calibration["promises"]:
        words = words_range(one["words_from"], one["words_to"])
        note = "" if one["own"] else ", an estimate: too few articles"
        share = f"{100 * one['low']:.2g} to {100 * one['high']:.2g} %{note}"
        yield f"  {words:<10} {one['articles']:>14,} {100 * one['max_fpr']:>6g} %   {share}"


def words_range(first: int, last: int | None) -> str:
    """A range of lengths in words."""
    return f"{first}-{last}" if last else f"{first}+"
