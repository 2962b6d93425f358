"""What flagged articles have in common: families that drive the score, findings by check, stock phrases."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from detector.batch.readers.columns import TEXT
from detector.report.corpus.columns import Columns
from detector.report.corpus.shares import Share

READ = 1_000
"""Flagged articles whose texts are read for stock phrases, and as many others."""

_PREFIX = "contribution_"
_LONGEST = 60  # characters of a phrase; what is longer is a sentence and never repeats


@dataclass(frozen=True)
class Family:
    """The mean contribution of a family of features in flagged articles and in all others, in log-odds."""

    name: str
    flagged: float
    others: float


@dataclass(frozen=True)
class Check:
    """How many articles have a finding, and at most which share of human articles has it."""

    kind: str
    articles: Share
    expected: float


@dataclass(frozen=True)
class Phrase:
    """A stock phrase, and the shares of flagged articles and of others that hold it."""

    text: str
    flagged: Share
    others: Share


def families(columns: Columns, flagged: np.ndarray, judged: np.ndarray) -> tuple[Family, ...]:
    """Families by how much more they contribute in flagged articles; () where either kind of article is missing."""
    others = judged & ~flagged
    if not (flagged.any() and others.any()):
        return ()
    found = []
    for name in columns.names:
        if name.startswith(_PREFIX) and name != "contribution_intercept":
            numbers = columns.numbers(name)
            means = [float(np.nanmean(numbers[rows])) if np.isfinite(numbers[rows]).any() else 0.0
                     for rows in (flagged, others)]  # fmt: skip
            found.append(Family(name.removeprefix(_PREFIX), *means))
    return tuple(sorted(found, key=lambda one: one.others - one.flagged))


def checks(columns: Columns, read: np.ndarray) -> tuple[Check, ...]:
    """Findings by kind and check, the commonest first, among the articles that could be read.

    Of a check whose base rate depends on how much there is of it, the expected share is that of the least seen.
    """
    if "findings_list" not in columns:
        return ()
    articles: Counter[tuple[str, str]] = Counter()
    expected: dict[tuple[str, str], float] = {}
    for value, told in zip(columns.values("findings_list"), read.tolist()):
        if told and value is not None:
            rates = _rates(value)
            articles.update(rates.keys())
            for key, rate in rates.items():
                expected[key] = max(rate, expected.get(key, 0.0))
    n = int(read.sum())
    return tuple(
        Check(kind, Share(check, hits, n), expected[kind, check])
        for (kind, check), hits in sorted(articles.items(), key=lambda one: (-one[1], one[0]))
    )


def _rates(value: Any) -> dict[tuple[str, str], float]:
    """The base rate of each kind and check among one article's findings, given as structs or as JSON."""
    found: dict[tuple[str, str], float] = {}
    for one in listed(value, "findings_list"):
        key = str(one["kind"]), str(one["check"])
        found[key] = max(float(one.get("base_rate") or 0.0), found.get(key, 0.0))
    return found


def listed(value: Any, column: str) -> list[Mapping[str, Any]]:
    """A list of structs, as a table or JSON holds it; `ValueError` names the column of what is neither."""
    try:
        items = json.loads(value) if isinstance(value, str) else list(value)
        if all(isinstance(one, Mapping) for one in items):
            return items
    except (TypeError, ValueError):
        pass
    raise ValueError(f"column {column!r} holds {str(value)[:40]!r}, which is no list of findings")


def phrases(
    columns: Columns, flagged: np.ndarray, judged: np.ndarray, log_odds: np.ndarray, most: int
) -> tuple[Phrase, ...]:
    """Stock phrases that flagged articles hold more often than others, the commonest first.

    They are read from a column `evidence` as `Report.to_dict` gives it, else from the texts, of READ flagged articles
    and READ others; () where the frame has neither.
    """
    column = columns.first_of(("evidence", *TEXT))
    sides = [_sample(flagged, log_odds), _sample(judged & ~flagged, log_odds)]
    if column is None or not all(sides):
        return ()
    counts = []
    for rows in sides:
        values = columns.values(column, rows)
        found = _of_evidence(values) if column == "evidence" else _of_texts([str(v) for v in values if v is not None])
        counts.append(Counter(phrase for article in found for phrase in article))
    n, m = map(len, sides)
    shown = [
        Phrase(text, Share("flagged", hits, n), Share("others", counts[1][text], m)) for text, hits in counts[0].items()
    ]
    commoner = [one for one in shown if one.flagged.hits > 1 and one.flagged.share > one.others.share]
    return tuple(sorted(commoner, key=lambda one: (one.others.share - one.flagged.share, one.text))[:most])


def _sample(rows: np.ndarray, log_odds: np.ndarray) -> list[int]:
    """At most READ of these rows, evenly spread over their log-odds."""
    at = np.flatnonzero(rows)
    at = at[np.argsort(log_odds[at], kind="stable")]
    return at[np.unique(np.linspace(0, len(at) - 1, min(READ, len(at))).astype(int))].tolist()


def _of_evidence(values: Sequence[Any]) -> Iterator[set[str]]:
    for value in values:
        items = listed(value, "evidence") if value is not None else []
        yield set(_shown(str(one["text"]) for one in items if one["family"] == "stock"))


def _of_texts(texts: Sequence[str]) -> Iterator[set[str]]:
    """The stock phrases of each text, by the same features that scoring counts."""
    from detector.batchtext import Batch
    from detector.estimator import chunks
    from detector.families.measure import spans_of
    from detector.families.stock import FAMILY

    for chunk in chunks(texts):
        batch = Batch.from_texts(chunk)
        found: dict[int, set[str]] = defaultdict(set)
        for function in FAMILY.features:
            spans = (part.tolist() for part in spans_of(batch, function(batch)))
            for article, start, end in zip(*spans):
                found[article].update(_shown([chunk[article][start:end]]))
        yield from (found[article] for article in range(len(chunk)))


def _shown(passages: Iterable[str]) -> Iterator[str]:
    """Phrases of more than one word, alike whatever their capitals, line ends and outer marks."""
    for passage in passages:
        words = passage.lower().strip(" ,;:.-").split()
        if len(words) > 1 and len(passage) <= _LONGEST:
            yield " ".join(words)
