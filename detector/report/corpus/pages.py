"""The report pages of the most suspicious articles, beside a summary's page that links to them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from detector.batch.readers.columns import TEXT
from detector.report.corpus.columns import Columns

if TYPE_CHECKING:
    from detector.report.corpus import Summary


def write_pages(
    summary: Summary, columns: Columns, detector: Any, folder: Path, text: str | None = None
) -> dict[int, Path]:
    """Write `1.html`, `2.html` ... into `folder`, in the order of the summary, and give the file of each row.

    `text` names the column of the texts, the first of TEXT if it is None.  A row without a text has no page.
    Raises `ValueError` where the frame has no such column.
    """
    name = text or columns.first_of(TEXT)
    if name is None:
        raise ValueError(f"reports need the texts, and the frame has no column {', '.join(TEXT)}")
    folder.mkdir(parents=True, exist_ok=True)
    rows = [one.row for one in summary.suspicious]
    texts = {row: str(article) for row, article in zip(rows, columns.values(name, rows)) if article is not None}
    written = {row: folder / f"{rank}.html" for rank, row in enumerate(rows, 1) if row in texts}
    for file, report in zip(written.values(), detector.explain(texts.values()), strict=True):
        file.write_text(report.to_html(), encoding="utf-8")
    return written


def links(pages: dict[int, Path], page: Path) -> dict[int, str]:
    """The addresses of pages as seen from another page, for any browser and system."""
    start = page.resolve().parent
    return {row: quote(Path(os.path.relpath(one.resolve(), start)).as_posix()) for row, one in pages.items()}
