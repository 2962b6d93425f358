"""The command evaluate: hold each source out of training in turn and measure on it."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from detector.batch.plain import plain
from detector.commands.arguments import add_data, add_jobs, command
from detector.commands.status import DONE, FAILED, WrongUseError, complain

if TYPE_CHECKING:
    from detector.commands.arguments import Commands


def add(commands: Commands) -> None:
    """Its arguments."""
    one = command(
        commands,
        "evaluate",
        "detector evaluate --quick --data corpora/ --output results.json",
        "\n\nCompares the figures with the quality floors that were pinned on the same data."
        "\nExit status: 0 none has fallen below its floor, 1 some have, 2 wrong use.",
    )
    add_data(one)
    one.add_argument("--quick", action="store_true", help="a sample of each source and only a few holdouts")
    one.add_argument("--only", metavar="NAME", action="append", default=[], help="only this holdout (may be repeated)")
    one.add_argument("--pin", action="store_true", help="raise the quality floors to these results")
    one.add_argument("--lower-floors", action="store_true", help="let --pin lower floors or leave some out")
    one.add_argument("--output", metavar="FILE", help="also write the results as JSON to this file")
    one.add_argument("--card", metavar="M.npz", help="also write the card of this model file, beside it, as M.md")
    add_jobs(one)


def run(options: Namespace) -> int:
    """Hold sources out in turn and print what was found."""
    from detector import card, evaluation, modelfile
    from detector.evaluation import floors
    from detector.model import Detector

    if options.pin and options.only:
        raise WrongUseError("--pin takes a whole evaluation: leave out --only")
    if options.lower_floors and not options.pin:
        raise WrongUseError("--lower-floors says what --pin may do: give both")
    described = Path(options.card) if options.card else None
    model = modelfile.load(described) if described else None  # before the long work, for it may fail
    parameters = Detector(n_jobs=options.jobs).get_params()
    result = evaluation.evaluate(options.data, parameters, options.quick, options.only, model)
    if options.output:
        text = json.dumps(plain(result), indent=1, ensure_ascii=False)
        Path(options.output).write_text(text + "\n", encoding="utf-8")
    if described and model:
        measured = described.with_name("consistency.json")
        checks = json.loads(measured.read_text(encoding="utf-8")) if measured.exists() else {}
        described.with_suffix(".md").write_text(card.card(model, result, checks), encoding="utf-8")
    print(evaluation.summary(result))
    passed, sentences = floors.review(result, options.pin, options.lower_floors)
    for sentence in sentences:
        complain(sentence)
    return DONE if passed else FAILED
