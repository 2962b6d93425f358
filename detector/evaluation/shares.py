"""What the shipped threshold does to human news by source and kind, and to today's machines by instruction and site."""

from __future__ import annotations

from typing import Any

import numpy as np

from detector.evaluation.generators import generation
from detector.evaluation.heldout import FLAG
from detector.evaluation.holdouts import MIXED, MODERN, NEWS, SITES
from detector.evaluation.metrics import balanced_weights, brier, expected_calibration_error, reliability
from detector.evaluation.records import Records, rates
from detector.evaluation.tables import leaders, trial

LEVELS = (0.001, 0.01, 0.05)
"""Rates of the shipped thresholds in the tables of today's machine; keys of results, as text."""

CONTENT_FARM = ("content_farm", "seo", "mill", "promo", "faq")
"""Kinds of instruction of modern2026 for content-farm prose; `humanised` stands alone, all others are news."""

RIGHT = {"chat": ("chat", "joint"), "today": ("today",), "newsrooms": ("newsrooms", "today")}
"""Experts whose name is right for the machines of a family."""


def human_shares(records: Records) -> dict[str, Any]:
    """Shares of human articles flagged: of news by source, of `human_modern` by kind, of mixed genres, of essays."""
    human = records.where((records.label == 0) & (records.about == "source"))
    modern = human.where(human.holdout == "human_modern")
    return {
        "news": _shares(human.where(np.isin(human.source, NEWS)), "source"),
        "modern": _shares(modern, "kind"),
        "mixed": _shares(human.where(np.isin(human.source, MIXED)), "source"),
        "essays": _shares(human.where(human.source == "outfox"), "source"),
        "lengths": _shares(human.where(np.isin(human.source, NEWS)), "length"),
    }


def _shares(human: Records, column: str) -> dict[str, Any]:
    """Rates by the values of a column, their mean, and the highest Wilson lower bound among them."""
    values = getattr(human, column)
    parts = {value: rates(human.where(values == value)) for value in sorted(set(values.tolist()))}
    flagged = [part["flagged"] for part in parts.values() if part]
    lows = [part["interval"][0] for part in parts.values() if part]
    return {
        "parts": parts,
        "macro": float(np.mean(flagged)) if flagged else None,
        "worst": max(flagged, default=None),
        "worst_lower": max(lows, default=None),
    }


def instruction_groups(records: Records, about: str) -> dict[str, Any]:
    """Articles of modern2026 by groups of instructions, flagged at each of LEVELS; beside them the human share."""
    mine = records.where((records.source == MODERN) & (records.about == about))
    if not len(mine):
        return {}
    farm, humanised = np.isin(mine.attack, CONTENT_FARM), mine.attack == "humanised"
    groups = {"content farm": farm, "news": ~farm & ~humanised, "humanised": humanised}
    return {
        "groups": {name: levels(mine.where(rows)) for name, rows in groups.items() if rows.any()},
        "kinds": {kind: rates(mine.where(mine.attack == kind)) for kind in sorted(set(mine.attack.tolist()))},
        "human": human_levels(records),
        "leaders": leaders(mine),
    }


def levels(machine: Records) -> dict[str, Any]:
    """Rates at each of LEVELS."""
    return {str(rate): rates(machine, rate) for rate in LEVELS}


def human_levels(records: Records) -> dict[str, float | None]:
    """The mean over held-out news sources of the share flagged at each of LEVELS."""
    news = records.news()
    names = sorted(set(news.source.tolist()))
    share = {str(q): [float(news.flagged(q)[news.source == name].mean()) for name in names] for q in LEVELS}
    return {q: float(np.mean(values)) if values else None for q, values in share.items()}


def sites(records: Records) -> dict[str, Any]:
    """Machine newsrooms, each held out as a site: by site, and all of them by the generation of their model."""
    mine = records.where(records.about == "site")
    generations = np.array([generation(name) for name in mine.generator.tolist()], dtype=str)
    by_site = {}
    for site in sorted(set(mine.group.tolist())):
        rows = mine.group == site
        by_site[site] = {
            **(rates(mine.where(rows)) or {}),
            "generators": sorted(set(mine.generator[rows].tolist())),
            "resembles": leaders(mine.where(rows)),
        }
    parts = {name: levels(mine.where(generations == name)) for name in sorted(set(generations.tolist()))}
    return {"sites": by_site, "generations": parts}


def drawn(records: Records, about: str) -> dict[str, Any]:
    """Rates of each holdout of a kind: of the few-shot draws, or of families of generators with the sources' rates."""
    result = {}
    for name in dict.fromkeys(records.holdout[records.about == about].tolist()):
        rows = records.holdout == name
        mine = records.where(rows)
        one = trial(records, rows, "")
        result[name] = {
            **(rates(mine) or {}),
            "tpr": {str(FLAG): one.tpr(FLAG)} if one else {},
            "sources": {
                source: rates(mine.where(mine.source == source)) for source in sorted(set(mine.source.tolist()))
            },
        }
    return result


def resemblance(records: Records) -> dict[str, Any]:
    """For flagged articles of known machines: which expert led, by family, and how often its name was right."""
    known = records.where((records.label == 1) & np.isin(records.about, ("source", "instructions", "site")))
    once = known.where((known.about != "source") | (known.source != SITES))  # sites are held out one by one as well
    result = {}
    for family in sorted(set(once.family.tolist())):
        mine = once.where(once.family == family)
        led = leaders(mine)
        right = RIGHT.get(family)
        hits = sum(led.get(name, 0) for name in right or ())
        share = hits / sum(led.values()) if right and led else None
        result[family] = {"leaders": led, "right": share, "means": list(right or ())}
    return result


def calibration(records: Records) -> dict[str, Any]:
    """Reliability, expected calibration error and Brier score over sources left out, classes and sources balanced."""
    mine = records.where(records.about == "source")
    if len(set(mine.label.tolist())) < 2:
        return {}
    weight = balanced_weights(mine.label, mine.source.tolist())
    given = (mine.log_odds, mine.label, weight)
    return {
        "bins": [vars(one) for one in reliability(*given)],
        "expected_calibration_error": expected_calibration_error(*given),
        "brier": brier(*given),
    }
