"""The command calibrate: calibrate a model on one's own human articles."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from detector.commands.arguments import add_model, add_reading, command
from detector.commands.articles import loaded, reading
from detector.commands.calibration import promised
from detector.commands.status import DONE

if TYPE_CHECKING:
    from detector.commands.arguments import Commands


def add(commands: Commands) -> None:
    """Its arguments."""
    more = (
        "\n\nWrites a model whose p-values rest on these articles; its scores stay the same. From 50"
        "\narticles on, better some hundred. People must have written them beyond doubt."
    )
    example = "detector calibrate --human articles/ --output mine.npz"
    one = command(commands, "calibrate", example, more)
    one.add_argument(
        "--human", metavar="PATH", nargs="+", required=True, help="human articles: files, folders or -, as for score"
    )
    one.add_argument("--output", metavar="M.npz", required=True, help="the model file to write")
    add_model(one)
    add_reading(one)


def run(options: Namespace) -> int:
    """Write a model that is calibrated on one's own human articles, and say what it promises."""
    detector = loaded(options.model)
    articles = list(reading(options, options.human))
    failed = [article for article in articles if article.error is not None]
    if failed:
        more = f" (and {len(failed) - 1:,} more of {len(articles):,} inputs failed)" if len(failed) > 1 else ""
        raise ValueError(f"{failed[0].id}: {failed[0].error}{more}")
    own = detector.calibrate(article.text for article in articles)
    own.save(options.output)
    about = own.model_.about
    print(f"{options.output}: {about['name']} {about['version']}", *promised(about["calibration"]), sep="\n")
    return DONE
