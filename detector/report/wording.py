"""What a report says in words: shares, verdict, passages gathered by feature; the same for terminal and HTML."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detector.report import Evidence, Report

CAUTION = "A score is no proof: op-eds, press releases and plain English by people can score high as well."
RAISING, LOWERING = 7, 2
"""Groups of passages that are shown at most: for a machine, and for a human."""


def in_words(share: float) -> str:
    """A share as a count of few digits, within a tenth of the truth.

    >>> in_words(0.35), in_words(0.012), in_words(0.0004)
    ('35 in 100', '12 in 1,000', '4 in 10,000')
    """
    for among in (100, 1_000, 10_000, 100_000):
        count = round(share * among)
        if abs(count - share * among) <= 0.1 * share * among:
            break
    return f"{count:,} in {among:,}"


def base_rate(rate: float | None) -> str:
    """How many human articles show as much of a feature; empty where that is not known.

    >>> base_rate(0.011), base_rate(0.4), base_rate(0.0005), base_rate(None)
    ('1 in 91 human articles', '40 in 100 human articles', 'under 1 in 1,000 human articles', '')
    """
    if rate is None:
        return ""
    # The model keeps no quantile beyond one in a thousand, so nothing rarer is known.
    if rate < 0.001:
        return "under 1 in 1,000 human articles"
    return f"{f'1 in {round(1 / rate):,}' if rate < 0.1 else f'{round(100 * rate)} in 100'} human articles"


def verdict(report: Report) -> str:
    """The verdict in one sentence: the tier and what the p-value means, or why there is none."""
    if report.abstained is not None:
        return f"No verdict ({report.abstained})."
    if math.isnan(report.p_value):
        return "No verdict."
    told = f"Tier {report.tier}: {share_of_humans(report)} (p-value {bounded(report.p_value)})."
    return f"{told} {doubt(report)}".strip()


def share_of_humans(report: Report) -> str:
    """What the p-value says, in words."""
    bound = "at most" if report.p_value < 0.001 and report.calibrated_on is None else "about"
    return f"{bound} {in_words(report.p_value)} {whom(report)} score this high"


def whom(report: Report) -> str:
    """Whose articles the p-value compares with."""
    return "human news articles" if report.calibrated_on is None else "human articles like your own"


def doubt(report: Report) -> str:
    """What a p-value below the resolution of one's own articles rests on; else empty."""
    n = report.calibrated_on
    if n is None or report.p_value * (n + 1) > 1 - 1e-9:
        return ""
    return f"That is an estimate from other news: {n:,} own articles tell of no share under 1 in {n + 1:,}."


def model(report: Report) -> str:
    """The model, its version and table, and the own articles that it was calibrated on."""
    named = f"Model {report.model} {report.model_version}, table {report.table_id}"
    n = report.calibrated_on
    return named if n is None else f"{named}, calibrated on {n:,} of your own articles for this length"


def likeness(report: Report) -> str:
    """What the article reads like, where it is flagged; else empty."""
    return f"It reads most like {report.likeness} (expert “{report.resembles}”)." if report.resembles else ""


def bounded(share: float) -> str:
    """Four decimals of a share that is never shown as 0 or 1 unless it is.

    >>> bounded(0.99999), bounded(0.5), bounded(0.00001)
    ('>0.9999', '0.5000', '<0.0001')
    """
    if 0.99995 <= share < 1:
        return ">0.9999"
    return "<0.0001" if 0 < share < 0.00005 else f"{share:.4f}"


def signed(value: float) -> str:
    """A contribution with its sign; the small ones with two digits more, so that not all of them are 0.

    >>> signed(9.567), signed(-0.0012), signed(0.0)
    ('+9.57', '−0.0012', '0.00')
    """
    digits = 2 if abs(value) >= 0.00995 else 4
    return f"{value:+.{digits}f}".replace("-", "−") if value else "0.00"


def hundredths(value: float) -> str:
    """A contribution in hundredths, for columns that add up.

    >>> hundredths(-0.5), hundredths(0.0)
    ('−0.50', '+0.00')
    """
    return f"{value:+.2f}".replace("-", "−")


def adding_up(parts: Mapping[str, float], total: float) -> dict[str, float]:
    """The parts in hundredths such that what is printed adds up to the printed total; each moves by under 0.01.

    >>> adding_up({"a": 0.004, "b": 0.004, "c": 0.004}, 0.012)
    {'a': 0.01, 'b': 0.0, 'c': 0.0}
    """
    down = {name: math.floor(100 * value) for name, value in parts.items()}
    missing = round(100 * total) - sum(down.values())
    by_remainder = sorted(parts, key=lambda name: down[name] - 100 * parts[name])
    up = set(by_remainder[: max(missing, 0)])
    return {name: (low + (name in up)) / 100 for name, low in down.items()}


@dataclass(frozen=True)
class Passages:
    """The passages of one feature in the order of the text, with their joint contribution."""

    passages: tuple[Evidence, ...]
    contribution: float

    @property
    def first(self) -> Evidence:
        """The passage that stands for the group: the first one of the text."""
        return self.passages[0]


def gathered(evidence: Iterable[Evidence]) -> list[Passages]:
    """Evidence by feature, the largest contribution first; a sentence's wording (no base rate) stays by itself."""
    groups: dict[tuple[str, str, int], list[Evidence]] = {}
    for one in evidence:
        groups.setdefault((one.family, one.feature, one.start if one.base_rate is None else -1), []).append(one)
    found = [
        Passages(tuple(sorted(group, key=lambda one: one.start)), math.fsum(one.contribution for one in group))
        for group in groups.values()
    ]
    return sorted(found, key=lambda group: (-group.contribution, group.first.start, group.first.feature))


def shown(report: Report) -> list[Passages]:
    """The groups of passages worth showing: the strongest either way, and typography whatever it contributed."""
    # What is among the findings is told there, with its contribution.
    told = {finding.check for finding in report.findings}
    groups = [
        group
        for group in gathered(report.evidence)
        if group.first.feature not in told and group.first.family != "consistency"
    ]
    raising = [group for group in groups if group.contribution >= 0.005][:RAISING]
    lowering = [group for group in groups if group.contribution <= -0.005][::-1][:LOWERING]
    marks = [group for group in groups if group.first.family == "typography" and group not in raising]
    return raising + [group for group in lowering if group not in marks] + marks


def of_findings(report: Report) -> list[float]:
    """What each finding contributed: all passages of its typography feature, or those that its suspect left."""
    parts: dict[str, list[float]] = {}
    for one in report.evidence:
        parts.setdefault(one.message if one.family == "consistency" else one.feature, []).append(one.contribution)
    sums = {key: math.fsum(values) for key, values in parts.items()}
    return [sums.get(one.check, sums.get(one.message, 0.0)) for one in report.findings]


def quality(report: Report) -> list[tuple[str, str]]:
    """Family and judgement of each entry of the quality view, in words."""
    lines = []
    for family, (defect, rate) in report.quality.items():
        degree = next((word for most, word in _DEGREES if rate <= most), "as usual")
        lines.append((family, f"{degree} ({base_rate(rate)}): {defect}" if defect and rate <= 0.2 else degree))
    return lines


_DEGREES = ((0.01, "far more than usual"), (0.05, "much more than usual"), (0.2, "more than usual"))


def windows(report: Report) -> list[str]:
    """How much of the article reads like a machine's, and which stretch; empty where there is only one window."""
    scores = report.windows
    if scores is None or len(scores.windows) < 2:
        return []
    shares = {label: round(100 * share) for label, share in adding_up(scores.fractions, 1.0).items()}
    told = [f"By words: {shares['machine']} % machine, {shares['unclear']} % unclear, {shares['human']} % human."]
    if scores.stretch is None:
        return [*told, "No stretch looks machine-written."]
    start, end = scores.stretch
    first, last = line_of(report.source, start), line_of(report.source, end)
    lines = f"line {first}" if first == last else f"lines {first}-{last}"
    return [*told, f"The stretch that looks machine-written: characters {start:,} to {end:,} ({lines})."]


def line_of(source: str, position: int) -> int:
    """The line of a text, counted from 1, in which a code point stands."""
    return source.count("\n", 0, position) + 1


def visible(text: str) -> str:
    r"""Text on one line, in which what cannot be seen, or would move the cursor, is spelt out.

    >>> visible("so\nit\u200b went")
    'so it\\u200b went'
    """
    spaced = " ".join(text.split(" ")).replace("\r\n", " ").replace("\n", " ").replace("\t", " ")
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in spaced)


def shortened(text: str, width: int) -> str:
    """Text of at most `width` characters, its middle left out where it is longer.

    >>> shortened("the quick brown fox jumps", 13)
    'the q...jumps'
    """
    if len(text) <= width:
        return text
    tail = (width - 3) // 2
    return f"{text[: width - 3 - tail]}...{text[len(text) - tail :]}"


def quoted(source: str, start: int, end: int, width: int) -> str:
    """The passage in at most `width` characters; one of a few characters stands in brackets in what surrounds it."""
    passage = visible(source[start:end])
    if end - start > 12:
        return f'"{shortened(passage, width - 2)}"'
    before, after = source[max(start - 24, 0) : start], source[end : end + 24]
    # Words that are cut in two are left out, unless there is nothing else.
    before = before[before.find(" ") + 1 :] if start > 24 else before
    after = after[: after.rfind(" ")] if end + 24 < len(source) and " " in after else after
    return shortened(f'"{visible(before)}[{passage}]{visible(after)}"', width)
