"""The card's section on consistency: how often each check fires on human news, and what it finds of what is planted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from detector.card.cells import markdown, number


def consistency(measured: Mapping[str, Any]) -> Iterator[str]:
    """Sections of the card from what `benchmarks/consistency.py` wrote; none where it measured nothing."""
    if checks := measured.get("checks"):
        yield "## Consistency checks"
        yield (
            f"On {measured['articles']:,} human news articles. Firings there were read one by one: a real slip is a "
            "contradiction, or a misspelling, in the article as it stands. The worst source has 200 articles or more."
        )
        yield markdown(
            ["check", "kind", "human articles in which it fires", "share", "worst source", "read", "real slips"],
            ([name, one["kind"], one["fired"], f"{one['rate']:.4%}", f"{one['worst_source']} {one['worst_rate']:.2%}",
              one["read"], one["real"]] for name, one in checks.items()),
        )  # fmt: skip
    if planted := measured.get("planted"):
        yield "## Planted contradictions"
        yield (
            "Human articles edited by written rules, one contradiction each. The rules were written by someone who had "
            "not seen the checks; those held back were first looked at when the checks were done. Found: one finding "
            "points at every planted place. False alarm: a finding of that kind in the untouched original."
        )
        yield markdown(
            ["kind", "open rules: found", "of", "held back: found", "of", "false alarms in originals"],
            ([kind, *(cell for half in ("open", "held") for cell in _found(planted[half][kind])),
              number(sum(planted[half][kind]["false_alarms"] for half in planted)
                     / max(1, sum(planted[half][kind]["edited"] for half in planted)), 4)]
             for kind in planted["held"]),
        )  # fmt: skip
    if adds := measured.get("adds"):
        yield "## What the consistency family adds to a score"
        yield (
            "TPR at 1 % of each corpus left out in turn of a sample, by the same experts with the family and with its "
            "curves at 0. Its weights cannot be negative: a kind of slip that people make more often has the weight 0."
        )
        yield markdown(
            ["left out", "with", "without", "adds"],
            ([name, number(one["with"], 4), number(one["without"], 4), f"{one['with'] - one['without']:+.4f}"]
             for name, one in adds.items()),
        )  # fmt: skip
        kinds = list(next(iter(measured["weights"].values())))
        yield markdown(
            ["log-odds at most, by expert", *kinds],
            ([expert, *(number(one[kind], 2) for kind in kinds)] for expert, one in measured["weights"].items()),
        )


def _found(one: Mapping[str, Any]) -> tuple[str, int]:
    return number(one["found"] / max(1, one["edited"]), 2), one["edited"]
