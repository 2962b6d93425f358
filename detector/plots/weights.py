"""The largest weights of a model: how far each feature can move the log-odds."""

from __future__ import annotations

from typing import Any

import numpy as np

from detector.plots.axes import HUMAN, MACHINE, axes


class WeightsDisplay:
    """How far each feature's curve departs at most from where it begins, in log-odds, by size.

    Above 0 more of the feature speaks for a machine, below 0 for a human.  `names` and `effects` hold every feature,
    the largest effects first; n-grams have weights of their own and are not among them.
    """

    def __init__(self, *, names: list[str], effects: np.ndarray, expert: str) -> None:
        self.names = names
        self.effects = effects
        self.expert = expert

    @classmethod
    def from_estimator(
        cls, estimator: Any, *, expert: str | None = None, most: int = 15, ax: Any = None, **kwargs: Any
    ) -> WeightsDisplay:
        """Draw one expert of a fitted detector, the first without a name; `ValueError` where it has no such expert."""
        from detector.families import FEATURE_NAMES

        panel = estimator.model_.panel
        chosen = panel.names[0] if expert is None else expert
        if chosen not in panel.names:
            raise ValueError(f"expert is {expert!r}; it must be one of {', '.join(panel.names)}")
        curves = np.cumsum(panel.experts[panel.names.index(chosen)].heights, axis=1)
        effects = np.take_along_axis(curves, np.abs(curves).argmax(axis=1)[:, None], axis=1)[:, 0]
        order = np.argsort(-np.abs(effects), kind="stable")
        names = [FEATURE_NAMES[at] for at in order.tolist()]
        return cls(names=names, effects=effects[order], expert=chosen).plot(ax=ax, most=most, **kwargs)

    def plot(self, ax: Any = None, *, most: int = 15, **kwargs: Any) -> WeightsDisplay:
        """Draw the `most` largest on the axes given or on new ones; further arguments go to matplotlib's `barh`."""
        self.ax_ = axes(ax)
        self.figure_ = self.ax_.figure
        names, effects = self.names[:most], self.effects[:most]
        colours = [MACHINE if effect > 0 else HUMAN for effect in effects]
        self.bars_ = self.ax_.barh(range(len(names)), effects, **{"color": colours, **kwargs})
        self.ax_.set_yticks(range(len(names)), [name.replace("_", " ") for name in names])
        self.ax_.axvline(0, color="0.4", linewidth=1)
        self.ax_.set(
            ylim=(len(names) - 0.5, -0.5), title=f"Expert “{self.expert}”",
            xlabel="Largest effect in log-odds: left speaks for a human, right for a machine",
        )  # fmt: skip
        return self
