"""Shares flagged by length, generator, attack or any other group, with their intervals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from detector.plots.axes import HUMAN, MACHINE, axes, labels
from detector.report.corpus.shares import Share

PARTS = ("lengths", "generators", "attacks")
"""What an evaluation is divided by, beside its sources."""


class RatesDisplay:
    """Shares flagged at `max_fpr`, group by group: TPR for machine articles, false positives for human ones.

    `machine` and `human` are tuples of `Share` (name, hits, n, share, interval), one for each group that has any.
    """

    def __init__(self, *, machine: Sequence[Share], human: Sequence[Share] = (), max_fpr: float) -> None:
        self.machine = tuple(machine)
        self.human = tuple(human)
        self.max_fpr = max_fpr

    @classmethod
    def from_estimator(
        cls,
        estimator: Any,
        X: Iterable[str],
        y: Iterable[int],
        *,
        groups: Sequence[str] | None = None,
        max_fpr: float = 0.01,
        ax: Any = None,
        **kwargs: Any,
    ) -> RatesDisplay:
        """Flag the texts and draw; without `groups` (generator, attack, outlet ...) they are bands of length."""
        texts = list(X)
        named = _lengths(estimator, texts) if groups is None else groups
        return cls.from_predictions(y, estimator.flag(texts, max_fpr), groups=named, max_fpr=max_fpr, ax=ax, **kwargs)

    @classmethod
    def from_predictions(
        cls,
        y_true: Iterable[int],
        flagged: Iterable[bool],
        *,
        groups: Sequence[str],
        max_fpr: float = 0.01,
        ax: Any = None,
        **kwargs: Any,
    ) -> RatesDisplay:
        """Draw which articles are flagged at `max_fpr`, by the group of each; groups keep the order they come in."""
        hit = np.asarray(list(flagged), bool)
        y = labels(y_true, len(hit), "articles")
        if len(groups) != len(hit):
            raise ValueError(f"there are {len(groups):,} groups for {len(hit):,} articles")
        human, machine = (_shares(np.asarray(groups, object), hit, y == label) for label in (0, 1))
        return cls(machine=machine, human=human, max_fpr=max_fpr).plot(ax=ax, **kwargs)

    @classmethod
    def from_evaluation(
        cls, result: Mapping[str, Any], by: str, *, sources: Sequence[str] = (), ax: Any = None, **kwargs: Any
    ) -> RatesDisplay:
        """Draw what `detector evaluate` wrote: machine articles by lengths, generators, attacks or sources.

        Articles of all sources left out of training are added up, or of those named in `sources`.  Raises `ValueError`
        for another division.
        """
        if by not in (*PARTS, "sources"):
            raise ValueError(f"by is {by!r}; it must be one of {', '.join((*PARTS, 'sources'))}")
        counts: dict[str, list[float]] = {}
        for row in result["held_out"]:
            if row["machine"] and (not sources or row["source"] in sources):
                parts = {row["source"]: row["machine"]} if by == "sources" else row[by]
                for name, part in parts.items():
                    one = counts.setdefault(name, [0, 0])
                    one[0] += part["n"] * part["flagged"]
                    one[1] += part["n"]
        machine = [Share(name, round(hits), int(n)) for name, (hits, n) in counts.items()]
        ordered = machine if by == "lengths" else sorted(machine, key=lambda one: (-one.share, one.name))
        return cls(machine=ordered, max_fpr=0.01).plot(ax=ax, **kwargs)

    def plot(self, ax: Any = None, **kwargs: Any) -> RatesDisplay:
        """Draw on the axes given or on new ones; further arguments go to matplotlib's `errorbar`."""
        self.ax_ = axes(ax)
        self.figure_ = self.ax_.figure
        names = list(dict.fromkeys(one.name for one in (*self.machine, *self.human)))
        for shares, label, colour, mark in ((self.machine, "machine", MACHINE, "o"), (self.human, "human", HUMAN, "s")):
            if shares:
                _draw(self.ax_, shares, names, {"label": label, "color": colour, "fmt": mark, **kwargs})
        self.ax_.axvline(self.max_fpr, color="0.4", linestyle="--", linewidth=1, label=f"{100 * self.max_fpr:g} %")
        self.ax_.set_yticks(range(len(names)), names)
        self.ax_.set(xlim=(-0.02, 1.02), ylim=(len(names) - 0.5, -0.5), xlabel="Share flagged, with 95 % interval")
        self.ax_.grid(visible=True, axis="x", alpha=0.3)
        self.ax_.legend(loc="best")
        return self


def _draw(ax: Any, shares: Sequence[Share], names: Sequence[str], style: Mapping[str, Any]) -> None:
    share = np.array([one.share for one in shares])
    low, high = np.array([one.interval for one in shares]).T
    places = [names.index(one.name) for one in shares]
    # At a share of 0 or 1 the interval's end may be off by a rounding, and matplotlib takes no negative length.
    ax.errorbar(share, places, xerr=np.maximum([share - low, high - share], 0), **style)


def _shares(groups: np.ndarray, hit: np.ndarray, mine: np.ndarray) -> list[Share]:
    names = dict.fromkeys(groups.tolist())
    every = [
        Share(str(name), int(hit[mine & (groups == name)].sum()), int((mine & (groups == name)).sum()))
        for name in names
    ]
    return [one for one in every if one.n]


def _lengths(estimator: Any, texts: Sequence[str]) -> list[str]:
    """The band of length of each text, under the names of the tables of an evaluation."""
    from detector.evaluation.records import LENGTHS, length_name

    words = [row["words"] for row in estimator.rows(texts)]
    return [length_name(int(band)) for band in np.searchsorted(LENGTHS, words, "right") - 1]
