"""Summary: what a frame of scored articles shows, against what human news alone would show.

Shares are of the articles with a verdict.  A p-value is uniform among human articles, so that a share q of them is
flagged at q by chance: no share means anything unless it is held against that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

from detector.report.corpus import page, text
from detector.report.corpus.distribution import Density
from detector.report.corpus.evidence import Check, Family, Phrase
from detector.report.corpus.prevalence import Prevalence
from detector.report.corpus.shares import Groups, Level, Share
from detector.report.corpus.suspicious import Suspicious


@dataclass(frozen=True, repr=False)
class Summary:
    """What `summarise` returns.

    `rows` are `judged`, or have a reason in `abstained` or in `failed`.  `levels` are the tiers from strong to weak,
    `threshold` the p-value at which all other shares count an article as flagged.  `p_values` counts the judged in
    equal bins from 0 to 1; `density` is their log-odds beside those of human news.  `prevalence` is None where nothing
    is known of the model's errors, and `missing` says why.  `time` and `by` are shares over time and by column,
    `resembles` counts what the flagged are most like, and `experts` says what these names mean.
    """

    rows: int
    judged: int
    abstained: Mapping[str, int]
    failed: Mapping[str, int]
    models: tuple[str, ...]
    threshold: float
    flagged: Share
    levels: tuple[Level, ...]
    p_values: tuple[int, ...]
    density: Density | None
    prevalence: Prevalence | None
    missing: str | None
    time: Groups | None
    by: tuple[Groups, ...]
    resembles: Mapping[str, int]
    experts: Mapping[str, str]
    families: tuple[Family, ...]
    checks: tuple[Check, ...]
    phrases: tuple[Phrase, ...]
    suspicious: tuple[Suspicious, ...]

    def __str__(self) -> str:
        """The summary for a terminal, 100 columns wide."""
        return text.render(self)

    def __repr__(self) -> str:
        return (
            f"Summary(rows={self.rows}, judged={self.judged}, flagged={self.flagged.hits}, "
            f"threshold={self.threshold}, models={self.models!r})"
        )

    def to_dict(self) -> dict[str, Any]:
        """The summary as plain dictionaries, lists, strings and numbers, every share with its interval."""
        return _plain(self)

    def to_html(self, links: Mapping[int, str] | None = None) -> str:
        """The summary as one self-contained HTML page; `links` leads from rows of the frame to their own reports."""
        return page.page(self, links or {})

    def _repr_html_(self) -> str:
        return page.fragment(self, {})


def summarise(
    frame: Any,
    by: str | Sequence[str] | None = None,
    time: str | None = None,
    top: int = 20,
    model: str | Path | None = None,
) -> Summary:
    """What a frame of scored articles shows: a table of pandas, polars or pyarrow, or lists by column name.

    The frame is what `score_frame` or `detector score --output` gives.  `by` names columns to compare, the first of
    outlet, source, site or domain if it is None; `time` the column of the date, found by its name if it is None.  `top`
    is how many groups, phrases and articles are listed.  `model` is the model file that scored the frame, where it is
    not a shipped one.  Raises `ValueError` for a column that is missing or holds something else, `TypeError` for what
    is no table.
    """
    from detector.report.corpus.summarising import summary_of

    return summary_of(frame, [by] if isinstance(by, str) else by, time, top, model)


def _plain(value: Any) -> Any:
    if isinstance(value, Share):
        shown = {"name": value.name, "flagged": value.hits, "n": value.n}
        return {**shown, "share": value.share, "interval": list(value.interval)}
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


__all__ = ["Summary", "summarise"]
