"""The command report: show what a corpus of scored articles looks like."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from detector.batch.readers.columns import TEXT
from detector.commands.arguments import command
from detector.commands.articles import loaded
from detector.commands.printing import as_json
from detector.commands.status import DONE, WrongUseError

if TYPE_CHECKING:
    from detector.commands.arguments import Commands
    from detector.report.corpus import Summary
    from detector.report.corpus.columns import Columns


def add(commands: Commands) -> None:
    """Its arguments."""
    more = (
        "\n\nHow many articles are flagged, and how many would be by chance; over time, by outlet; what"
        "\ndrives the flags. Without --html as text. The file is what score --output wrote."
    )
    example = "detector report scored.parquet --html corpus.html --by outlet --reports reports/"
    one = command(commands, "report", example, more)
    one.add_argument("file", metavar="SCORED", help="a .parquet, .jsonl or .csv file of scored articles")
    one.add_argument("--html", metavar="OUT", help="write an HTML page to this file")
    one.add_argument(
        "--by",
        metavar="COLUMN",
        action="append",
        help="a column to compare (may be repeated; default: the first of outlet, source, site, domain)",
    )
    one.add_argument("--time", metavar="COLUMN", help="the column of the date (default: found by its name)")
    one.add_argument("--top", metavar="N", type=int, default=20, help="groups and articles listed (default: 20)")
    one.add_argument(
        "--reports", metavar="FOLDER", help="write a page for each of the most suspicious articles; needs their texts"
    )
    one.add_argument("--text", metavar="COLUMN", help=f"the column of the texts (default: {', '.join(TEXT)})")
    one.add_argument("--model", metavar="NAME|FILE", help="the model that scored it (default: the one it names)")
    one.add_argument("--json", action="store_true", help="print the summary as one JSON object")


def run(options: Namespace) -> int:
    """Print the summary of a scored corpus, or write it as a page."""
    from detector.report.corpus import files, pages, summarise

    if options.reports and not options.html:
        raise WrongUseError("--reports writes the pages that the page of --html links to: give both")
    columns = files.read(Path(options.file))
    summary = summarise(columns, options.by, options.time, options.top, options.model)
    written = _reports(options, summary, columns) if options.reports else {}
    if options.html:
        page = summary.to_html(pages.links(written, Path(options.html)))
        Path(options.html).write_text(page, encoding="utf-8")
    if options.json:
        print(as_json(summary.to_dict()))
    elif options.html:
        more = f", with {len(written):,} reports" if options.reports else ""
        print(f"{options.html}: {summary.flagged.hits:,} of {summary.judged:,} articles flagged{more}")
    else:
        print(summary)
    return DONE


def _reports(options: Namespace, summary: Summary, columns: Columns) -> dict[int, Path]:
    from detector.report.corpus.pages import write_pages

    if not options.model and len(summary.models) != 1:
        raise WrongUseError(f"the rows come from {len(summary.models):,} models: say with --model which explains them")
    detector = loaded(options.model or summary.models[0].split()[0])
    return write_pages(summary, columns, detector, Path(options.reports), options.text)
