"""The command check: show statements of one article that contradict each other."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict
from textwrap import fill
from typing import TYPE_CHECKING

from detector.batch.records import Record
from detector.commands.arguments import add_article, add_model, command, day
from detector.commands.articles import chosen, loaded
from detector.commands.printing import as_json
from detector.commands.status import DONE
from detector.report.wording import base_rate, line_of, quoted, visible

if TYPE_CHECKING:
    from detector.commands.arguments import Commands
    from detector.report import Finding


def add(commands: Commands) -> None:
    """Its arguments."""
    more = (
        "\n\nDates, numbers, names and acronyms that contradict each other, and marks that no editor"
        "\nleaves, each with its places and with how often human news has it. A suspect is no verdict."
    )
    example = "detector check article.txt --published 2026-05-01"
    one = command(commands, "check", example, more)
    add_article(one)
    add_model(one)
    one.add_argument("--published", metavar="YYYY-MM-DD", type=day, help="the day on which it was published")
    one.add_argument("--headline", metavar="TEXT", help="its headline (default: the one that the file gives)")
    one.add_argument("--json", action="store_true", help="print one JSON object a finding")


def run(options: Namespace) -> int:
    """Print what is odd in one article whatever its score, held against its date and headline where these are known."""
    from detector.batch.rows import day_of

    detector, article = loaded(options.model), chosen(options)
    published = options.published or day_of(article.published)
    found = detector.check(article.text, published, options.headline or article.headline)
    for finding in found:
        print(as_json({"id": article.id, **asdict(finding)}) if options.json else "\n".join(_suspect(article, finding)))
    if not found and not options.json:
        print("Nothing found: no statements that contradict each other, no odd typography.")
    return DONE


def _suspect(article: Record, finding: Finding) -> Iterator[str]:
    told = f"{finding.message} ({base_rate(finding.base_rate)})"
    yield fill(visible(told), 100, initial_indent=f"{finding.kind:<11} ", subsequent_indent=" " * 12)
    for start, end in finding.spans:
        yield f"{'':12}line {line_of(article.text, start)}: {quoted(article.text, start, end, 76)}"
