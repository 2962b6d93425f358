"""Report: one article's score, what it is made of, and the passages behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from detector.report.comparison import Comparison
from detector.report.evidence import Evidence

if TYPE_CHECKING:
    from detector.windows import WindowScores


@dataclass(frozen=True)
class Finding:
    """Something odd in the text, whatever the score: what was seen, where, and how often human articles have it."""

    kind: str
    check: str
    message: str
    spans: tuple[tuple[int, int], ...]
    base_rate: float


@dataclass(frozen=True, repr=False)
class Report:
    """What `explain` returns; `contributions` of the families and `intercept` add up to `log_odds`.

    `score` is the probability of machine origin if half of all articles were machine-made.  `p_value` is the share of
    human news with at least this log-odds (NaN where the detector abstains), `tier` its name (None then) and
    `abstained` the reason.  `resembles` names the leading expert of a flagged article, `likeness` says what it knows.
    `calibrated_on` counts the own articles that the p-value rests on, None where it rests on the model's human news.
    `windows` are the scores of the article's parts; they are no part of the verdict.  `comparison` says where other
    articles lie; None where the article is too short for it.
    `quality` gives for some families the description of the rarest defect and the share of human articles that show as
    much of it; it is no part of the verdict.
    """

    source: str
    score: float
    log_odds: float
    p_value: float
    tier: str | None
    abstained: str | None
    words: int
    contributions: Mapping[str, float]
    evidence: Sequence[Evidence]
    findings: list[Finding]
    quality: Mapping[str, tuple[str, float]]
    resembles: str | None
    likeness: str | None
    model: str
    model_version: str
    table_id: str
    calibrated_on: int | None = None
    windows: WindowScores | None = None
    comparison: Comparison | None = None

    def __str__(self) -> str:
        """The report for a terminal, 100 columns wide."""
        from detector.report import text

        return text.render(self)

    def __repr__(self) -> str:
        # The article and hundreds of passages would fill a session's window: str(report) is what one reads.
        return (
            f"Report(score={self.score:.4f}, p_value={self.p_value:.4f}, tier={self.tier!r}, "
            f"abstained={self.abstained!r}, resembles={self.resembles!r}, words={self.words}, model={self.model!r})"
        )

    def to_dict(self) -> dict[str, Any]:
        """The report as plain dictionaries, lists, strings and numbers, without the article's own text."""
        fields = asdict(replace(self, evidence=()))  # which would copy a thousand passages field by field
        del fields["source"]
        fields["evidence"] = tuple(one._asdict() for one in self.evidence)
        return {**fields, "contributions": dict(self.contributions), "quality": dict(self.quality)}

    def to_html(self) -> str:
        """The report as one HTML page, self-contained and with every piece of the article escaped."""
        from detector.report import html

        return html.page(self)

    def _repr_html_(self) -> str:
        from detector.report import html

        return html.fragment(self)


__all__ = ["Comparison", "Evidence", "Finding", "Report"]
