"""The command info: show what a model says of itself."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping
from textwrap import fill
from typing import TYPE_CHECKING, Any

from detector.commands.arguments import add_model, command
from detector.commands.articles import loaded
from detector.commands.calibration import promised, words_range
from detector.commands.printing import as_json
from detector.commands.status import DONE

if TYPE_CHECKING:
    from detector.commands.arguments import Commands


def add(commands: Commands) -> None:
    """Its arguments."""
    one = command(commands, "info", "detector info --json")
    add_model(one)
    one.add_argument("--json", action="store_true", help="print it as one JSON object")


def run(options: Namespace) -> int:
    """Print what a model says of itself."""
    from detector.modelinfo import describe

    about = describe(loaded(options.model).model_)
    print(as_json(about) if options.json else "\n".join(_about(about)))
    return DONE


_NAMES: dict[str, Any] = {"initial_indent": "  ", "subsequent_indent": "  ", "break_on_hyphens": False}


def _about(about: Mapping[str, Any]) -> Iterator[str]:
    date, languages = about["date"] or "undated", ", ".join(about["languages"])
    yield f"{about['model']} {about['model_version']}, {date}, for {languages}"
    yield f"table of human news: {about['table_id']}"
    yield from ("", "How to read it")
    for name, meaning in about["meanings"].items():
        yield fill(meaning, 100, initial_indent=f"  {name.replace('_', '-'):<8} ", subsequent_indent=" " * 11)
    yield from ("", "Experts: the kinds of machine that an article may resemble")
    yield from (f"  {name:<10} {what}" for name, what in about["experts"].items())
    if about["calibration"]:
        yield from ("", *promised(about["calibration"]))
    whose = "human articles like your own" if about["calibration"] else "human news"
    yield from ("", f"Log-odds from which at most this share of {whose} is flagged")
    counted = "own articles" if about["calibration"] else "human articles"
    yield f"  {'words':<10} {counted:>14} {'5 %':>8} {'1 %':>8} {'0.1 %':>8}"
    for band in about["thresholds"]:
        words = words_range(band["words_from"], band["words_to"])
        cells = " ".join(
            f"{'-' if one['log_odds'] is None else format(one['log_odds'], '+.3f'):>8}" for one in band["at"]
        )
        yield f"  {words:<10} {band['human_articles']:>14,} {cells}"
    yield from ("", f"  {'Trained on':<34} {'human':>8} {'machine':>8}")
    yield from (f"  {one['source']:<34} {one['human']:>8,} {one['machine']:>8,}" for one in about["corpora"])
    yield from ("", "Machines in training")
    yield fill(", ".join(about["generators"]) or "not named", 100, **_NAMES)
    yield from (
        "",
        "Limits",
        *(fill(limit, 100, initial_indent="  ", subsequent_indent="    ") for limit in about["limits"]),
    )
