"""What a summary says in words; the same for terminal and HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from detector.report.corpus.prevalence import UNSEEN

if TYPE_CHECKING:
    from detector.report.corpus import Summary
    from detector.report.corpus.shares import Groups, Share

CAUTION = (
    "A flagged article may be human, and one that is not flagged may be a machine's. Intervals are at 95 % and take "
    "the articles as drawn at random from all that could have been scored."
)
_FAMILIES = {"today": "of whose articles others were in training", "web": "machine-written blogs of 2025-26"}


def percent(share: float) -> str:
    """A share in per cent, with one decimal or as many as tell something.

    >>> percent(0.0), percent(0.00004), percent(0.0123), percent(0.64), percent(0.9999), percent(1.0)
    ('0 %', '0.004 %', '1.2 %', '64.0 %', '>99.9 %', '100 %')
    """
    value = round(100 * share, 9)
    if value in (0, 100):
        return f"{value:.0f} %"
    if value > 99.9:
        return ">99.9 %"
    return f"{value:.{1 if value >= 0.95 else 2 if value >= 0.095 else 3}f} %"


def roughly(share: float) -> str:
    """An estimate in per cent, with two digits.

    >>> roughly(0.1637), roughly(0.0164), roughly(1.0)
    ('16 %', '1.6 %', '100 %')
    """
    return f"{100 * share:.0f} %" if share >= 0.0995 else f"{100 * share:.2g} %"


def between(interval: tuple[float, float], named: Callable[[float], str] = percent) -> str:
    """An interval in per cent.

    >>> between((0.011, 0.13)), between((0.011, 0.13), roughly)
    ('1.1 to 13.0 %', '1.1 to 13 %')
    """
    low, high = (named(end).removesuffix(" %") for end in interval)
    return f"{low} to {high} %"


def rate(max_fpr: float) -> str:
    """A rate as it is written where it was chosen: 0.01 is 1 %.

    >>> rate(0.01), rate(0.001)
    ('1 %', '0.1 %')
    """
    return f"{100 * max_fpr:.6g} %"


def told(share: Share) -> str:
    """A share with its interval."""
    return f"{percent(share.share)} ({between(share.interval)})" if share.n else "none"


def counts(summary: Summary) -> str:
    """How many rows have a verdict, and how many have none."""
    untold, failed = sum(summary.abstained.values()), sum(summary.failed.values())
    return (
        f"{summary.rows:,} rows: {summary.judged:,} with a verdict, {untold:,} without one, {failed:,} that could not "
        "be read."
    )


def headline(summary: Summary) -> str:
    """How many are flagged, and how many would be by chance."""
    one, limit = summary.flagged, rate(summary.threshold)
    if not one.n:
        return "No article has a verdict."
    chance = round(summary.threshold * one.n)
    # A file of flagged rows alone looks like a corpus that machines wrote.
    doubt = (
        "" if one.hits < one.n else " Every one is flagged: if the others were left out, no share here means anything."
    )
    return (
        f"{one.hits:,} of {one.n:,} articles are flagged at a p-value of at most {limit}: {told(one)}. "
        f"If people had written all of them, at most about {limit} would be: "
        f"{chance:,} article{'' if chance == 1 else 's'}.{doubt}"
    )


def estimate(summary: Summary) -> Iterator[str]:
    """The prevalence and what it rests on, in sentences."""
    found = summary.prevalence
    if found is None:
        yield f"There is no estimate of how many are machine-made: {summary.missing}."
        return
    yield (
        f"Corrected for both kinds of error, about {roughly(found.estimate)} of the articles are machine-made "
        f"({between(found.interval, roughly)})."
    )
    yield (
        f"That rests on the machines in the model's evaluation: {roughly(found.tpr)} of their articles were flagged at "
        f"1 % when training had not seen the corpus ({_ends(found.machines)} in {len(found.machines)} corpora), and "
        f"{roughly(found.fpr)} of human news ({_ends(found.humans)} in {len(found.humans)} sources). The interval "
        "takes yours as the next of each. Of machines that are missed more often there may be more:"
    )


def _ends(rates: tuple) -> str:
    shares = [one.flagged for one in rates]
    return between((min(shares), max(shares)), roughly)


def if_like(summary: Summary) -> Iterator[tuple[str, float, str]]:
    """A kind of machine, the share of its articles that are flagged, and in words the estimate if all were like it."""
    for one, share in summary.prevalence.if_like if summary.prevalence else ():
        name, note = one.source, _FAMILIES.get(one.source, "")
        meaning = summary.experts.get(name, "" if name != UNSEEN else UNSEEN)
        shown = ", ".join(part for part in (meaning, note) if part) or name
        yield shown, one.flagged, "fewer of these are found" if share is None else roughly(share)


def groups(summary: Summary, found: Groups) -> str:
    """What the order of groups means, what a high share does not mean, and what is left out."""
    missing = f" {found.missing:,} articles have no value here." if found.missing else ""
    if found.unit:
        others = f" {found.others.n:,} articles lie at dates outside." if found.others else ""
        return f"By {found.unit} of “{found.column}”.{others}{missing}"
    worst = max((one.flagged for one in summary.prevalence.humans), default=0) if summary.prevalence else 0
    seen = f" Human news of single outlets held out reached {roughly(worst)} at 1 %." if worst else ""
    return f"Sorted by the lower end of the interval, for a few articles say little.{seen}{missing}"


def chance(summary: Summary) -> str:
    """How many human articles would stand among the most suspicious ones by chance."""
    last = summary.suspicious[-1].p_value
    expected = last * summary.judged
    number = f"{expected:,.0f}" if expected >= 10 else f"{expected:.2g}"
    return (
        f"If people had written all {summary.judged:,} articles, about {number} would score as high as the last of "
        f"these {len(summary.suspicious):,}. Look at the passages yourself before you say anything of one."
    )
