"""The largest weights of a model, for the eye: a subject or an outlet among them would be a leak.

Only words of the common vocabulary are ever named; every other one is shown by its ending, a name as Name, digits as 0.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import numpy as np

from detector.additive import Evidences, Expert, ramps
from detector.batchtext import Batch
from detector.characters import DASH, ELLIPSIS, SYMBOL
from detector.corpora import Corpus
from detector.designmatrix import CHUNK, Design, channel_columns, design
from detector.evaluation.heldout import channel_sums, sample_rows
from detector.families import FEATURE_NAMES
from detector.families.ngrams import BITS, Channel
from detector.modelfile import Model

SAMPLE = 60
"""Articles of a source and class from which shares and names are counted."""

MOST_FEATURES, MOST_NGRAMS = 15, 40
"""Rows of the two lists of each expert."""

_SIGNS = {chr(DASH): "-", chr(ELLIPSIS): "...", chr(SYMBOL): "(symbol)", "`": "'"}

SOURCES = 10
"""Sources in which an n-gram must stand to be named."""


def largest(model: Model, corpus: Corpus, n_jobs: int | None, most: int = SAMPLE) -> dict[str, Any]:
    """For each expert its largest features and n-grams, and what each part adds to the variance of its scores."""
    part = corpus.select(sample_rows(corpus, most))
    rows = design(part.texts, n_jobs)
    spread = {name: _spread(rows, name) for name in BITS}
    tops = {one.name: _top(one, spread) for one in model.panel.experts}
    wanted = {(channel, bucket) for top in tops.values() for channel, bucket, _ in top}
    names = _names(part, wanted)
    return {
        one.name: {
            "features": _features(one),
            "variance": _variance(one, ramps(rows.values, model.panel.knots), rows),
            "ngrams": [
                {"channel": channel, "name": names[channel, bucket], "effect": effect}
                for channel, bucket, effect in tops[one.name]
                if (channel, bucket) in names
            ][:MOST_NGRAMS],
        }
        for one in model.panel.experts
    }


def _features(expert: Expert) -> list[dict[str, Any]]:
    """Features by the range of their curve; the direction is mixed where the curve both rises and falls."""
    curves = np.hstack([np.zeros((len(expert.heights), 1)), np.cumsum(expert.heights, axis=1)])
    spans = np.ptp(curves, axis=1)
    order = np.argsort(-spans, kind="stable")[:MOST_FEATURES]
    return [
        {"feature": FEATURE_NAMES[f], "range": float(spans[f]), "direction": _direction(curves[f], float(spans[f]))}
        for f in order.tolist()
    ]


def _direction(curve: np.ndarray, span: float) -> str:
    if curve.min() >= -0.1 * span and curve[-1] > 0.5 * span:
        return "up"
    return "down" if curve.max() <= 0.1 * span and curve[-1] < -0.5 * span else "mixed"


def _variance(expert: Expert, ramped: np.ndarray, rows: Design) -> dict[str, float]:
    """The covariance of each part with the whole score, as a share of its variance: the shares add up to 1."""
    parts = {"features": expert.feature_contributions(ramped).sum(axis=1), **channel_sums(expert, rows)}
    total = sum(parts.values(), np.zeros(len(rows.words)))
    return {name: float(np.cov(part, total)[0, 1] / total.var(ddof=1)) for name, part in parts.items()}


def _spread(rows: Design, channel: str) -> np.ndarray:
    """The standard deviation of the share of each bucket over articles."""
    shares = rows.ngrams[:, channel_columns(channel)].astype(float)
    mean = np.asarray(shares.mean(axis=0)).ravel()
    return np.sqrt(np.maximum(np.asarray(shares.multiply(shares).mean(axis=0)).ravel() - mean**2, 0.0))


def _top(expert: Expert, spread: dict[str, np.ndarray]) -> list[tuple[str, int, float]]:
    """Buckets by log-odds for one standard deviation of their share; more than are shown, as some have no name."""
    found: list[tuple[str, int, float]] = []
    for channel in BITS:
        effect = expert.scales[channel] * expert.tables[channel].astype(float) * spread[channel]
        order = np.argsort(-np.abs(effect), kind="stable")[: 2 * MOST_NGRAMS].tolist()
        found.extend((channel, bucket, float(effect[bucket])) for bucket in order)
    return sorted(found, key=lambda one: -abs(one[2]))[: 2 * MOST_NGRAMS]


def _names(corpus: Corpus, wanted: set[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """The commonest masked n-gram of each wanted bucket, if it stands in SOURCES sources or more."""
    sources: dict[tuple[str, int, str], set[str]] = defaultdict(set)
    counts: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    for at in range(0, len(corpus), CHUNK):
        evidences = Evidences.from_texts(corpus.texts[at : at + CHUNK])
        for channel, places in evidences.ngrams.items():
            for bucket, token in _places(places, channel, wanted):
                name = _masked(evidences.batch, channel, token)
                counts[channel, bucket][name] += 1
                sources[channel, bucket, name].add(corpus.sources[at + int(evidences.batch.article[token])])
    first = {key: count.most_common(1)[0][0] for key, count in counts.items()}
    return {key: name for key, name in first.items() if len(sources[(*key, name)]) >= SOURCES}


def _places(places: Channel, channel: str, wanted: set[tuple[str, int]]) -> list[tuple[int, int]]:
    """(bucket, first token) of each n-gram whose bucket is wanted."""
    buckets = [bucket for name, bucket in wanted if name == channel]
    rows = np.flatnonzero(np.isin(places.bucket, buckets))
    return list(zip(places.bucket[rows].tolist(), places.token[rows].tolist(), strict=True))


def _masked(batch: Batch, channel: str, token: int) -> str:
    """An n-gram as the model sees it: in a skeleton every word but a function word is its ending."""
    length = {"word1": 1, "word2": 2, "skeleton": 3}[channel]
    return " ".join(_shown(batch, at, channel == "skeleton") for at in range(token, token + length))


def _shown(batch: Batch, at: int, skeleton: bool) -> str:
    text = batch.token_text(at).lower()
    if batch.is_name[at]:
        return "Name"
    if batch.is_number[at]:
        return "0"
    if not batch.is_word[at]:
        return _SIGNS.get(text, text)
    plain = batch.is_listed("function_words")[at] if skeleton else batch.word[at] != 0
    return text if plain else f"~{text[-2:]}"
