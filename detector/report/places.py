"""Where things stand in an article, and the names by which a page links to them."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detector.report import Report


class Places:
    """Lines of a report's article, and the names of its places in a page.

    The names begin with a digest of the report, so that several reports on one page do not clash.  `linked` collects
    the places that a link leads to: the article has to be written last.
    """

    def __init__(self, report: Report) -> None:
        text = report.source
        known = f"{report.model} {report.model_version} {report.table_id} {report.log_odds!r} {text}"
        self.prefix = "d" + hashlib.sha256(known.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        self._breaks = [at for at, character in enumerate(text) if character == "\n"]
        self.linked: set[int] = set()

    def line(self, position: int) -> int:
        """The line, counted from 1, in which a code point stands."""
        return bisect_right(self._breaks, position - 1) + 1

    def link(self, position: int) -> str:
        """The name of a place that something links to."""
        self.linked.add(position)
        return self.name("at", position)

    def name(self, kind: str, *positions: int) -> str:
        """A name that no other report on the page has."""
        return "-".join([self.prefix, kind, *map(str, positions)])

    def links(self, starts: Iterable[int], most: int) -> str:
        """Links to places, each with its line; what is left out beyond `most` is said.

        A line with several places is named once.
        """
        lines: dict[int, int] = {}
        for start in sorted(starts):
            lines.setdefault(self.line(start), start)
        shown = [f'<a href="#{self.link(start)}">{line:,}</a>' for line, start in list(lines.items())[:most]]
        more = f" and {len(lines) - most:,} more" if len(lines) > most else ""
        return f"{'lines' if len(lines) > 1 else 'line'} {', '.join(shown)}{more}"
