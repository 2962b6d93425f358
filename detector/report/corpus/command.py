"""What `detector report` does with its parsed arguments."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from detector.commands import WrongUseError
from detector.report.corpus import Summary, files, pages, summarise
from detector.report.corpus.columns import Columns


def run(options: Namespace) -> dict[str, Any] | str:
    """Summarise a scored file, write the pages asked for, and give what is to be printed."""
    if options.reports and not options.html:
        raise WrongUseError("--reports writes the pages that the page of --html links to: give both")
    try:
        columns = files.read(Path(options.file))
    except ImportError as error:
        raise WrongUseError(str(error)) from None
    summary = summarise(columns, options.by, options.time, options.top, options.model)
    written = _reports(options, summary, columns) if options.reports else {}
    if options.html:
        page = summary.to_html(pages.links(written, Path(options.html)))
        Path(options.html).write_text(page, encoding="utf-8")
    if options.json:
        return summary.to_dict()
    if not options.html:
        return str(summary)
    more = f", with {len(written):,} reports" if options.reports else ""
    return f"{options.html}: {summary.flagged.hits:,} of {summary.judged:,} articles flagged{more}"


def _reports(options: Namespace, summary: Summary, columns: Columns) -> dict[int, Path]:
    from detector.model import load

    if not options.model and len(summary.models) != 1:
        raise WrongUseError(f"the rows come from {len(summary.models):,} models: say with --model which explains them")
    try:
        detector = load(options.model or summary.models[0].split()[0])
    except ValueError as error:
        raise WrongUseError(str(error)) from None
    return pages.write_pages(summary, columns, detector, Path(options.reports), options.text)
