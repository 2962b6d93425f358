"""The command train: train a model on labelled articles."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from detector.commands.arguments import add_data, add_jobs, command, iso_date
from detector.commands.status import DONE

if TYPE_CHECKING:
    from detector.commands.arguments import Commands


def add(commands: Commands) -> None:
    """Its arguments."""
    one = command(commands, "train", "detector train --data corpora/ --output mine.npz --date 2026-05-01")
    add_data(one)
    one.add_argument(
        "--without",
        metavar="NAME",
        action="append",
        default=[],
        help="leave out the corpus of this name (may be repeated)",
    )
    one.add_argument("--output", metavar="M.npz", required=True, help="the model file to write")
    one.add_argument("--name", help="the model's name (default: that of the file)")
    one.add_argument("--version", help="the model's version (default: 0)")
    one.add_argument(
        "--date", metavar="YYYY-MM-DD", type=iso_date, help="the model's date (default: SOURCE_DATE_EPOCH, else none)"
    )
    one.add_argument("--seed", type=int, default=0, help="seed of the random crops (default: 0)")
    add_jobs(one)


def run(options: Namespace) -> int:
    """Train a model on corpora and write it."""
    from detector.model import Detector
    from detector.modelfile import save
    from detector.training import train_files

    given = {"name": options.name or Path(options.output).stem, "version": options.version, "date": options.date}
    parameters = Detector(random_state=options.seed, n_jobs=options.jobs).get_params()
    about = {key: value for key, value in given.items() if value is not None}
    model = train_files(options.data, options.without, parameters, about)
    save(model, Path(options.output))
    articles = sum(one["human"] + one["machine"] for one in model.about["corpora"])
    print(f"{options.output}: {model.about['name']} {model.about['version']}, trained on {articles:,} articles")
    return DONE
