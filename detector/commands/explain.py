"""The command explain: show what the score of one article is made of."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from detector.commands.arguments import add_article, add_model, command
from detector.commands.articles import chosen, loaded
from detector.commands.printing import as_json
from detector.commands.status import DONE

if TYPE_CHECKING:
    from detector.commands.arguments import Commands


def add(commands: Commands) -> None:
    """Its arguments."""
    one = command(commands, "explain", "detector explain article.txt --html report.html")
    add_article(one)
    add_model(one)
    one.add_argument("--json", action="store_true", help="print the report as one JSON object")
    one.add_argument("--html", metavar="OUT", help="also write the report as an HTML page to this file")


def run(options: Namespace) -> int:
    """Print the report of one article."""
    detector, article = loaded(options.model), chosen(options)
    report = detector.explain(article.text)
    if options.html:
        Path(options.html).write_text(report.to_html(), encoding="utf-8")
    print(as_json({"id": article.id, **report.to_dict()}) if options.json else report)
    return DONE
