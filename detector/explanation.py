"""From one article's measurements to a Report: the same sums as scoring, with every share kept."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from detector import abstention
from detector.additive import Evidences, Expert, ramps
from detector.families import FAMILIES, describe
from detector.families.measure import Family, FeatureFunction, Measured, spans_of
from detector.modelfile import Model
from detector.report import Evidence, Finding, Report

QUALITY = ("praise", "stock", "sourcing", "repetition", "typography")
"""Families whose unusual features describe the quality of the prose, whoever wrote it."""


def explain_article(model: Model, text: str) -> Report:
    """The report of one article."""
    evidences = Evidences.from_texts([text])
    log_odds = model.panel.sums(evidences)[0]
    lead = int(np.argmax(log_odds))
    expert = model.panel.experts[lead]
    by_feature = expert.feature_contributions(ramps(evidences.values, model.panel.knots))[0]
    words = int(evidences.batch.words[0])
    reason = abstention.reasons(evidences.batch)[0]
    p_value = float(model.reference.p_value(log_odds[lead : lead + 1], np.array([words]))[0])
    p_value = math.nan if reason else p_value
    tier = model.reference.tier(p_value, words)
    return Report(
        source=text,
        score=float(logistic(log_odds[lead])),
        log_odds=float(log_odds[lead]),
        p_value=p_value,
        tier=tier,
        abstained=reason,
        words=words,
        contributions=_by_family(expert, by_feature, evidences),
        evidence=tuple(sorted(_evidence(model, expert, by_feature, evidences, text), key=_strongest_first)),
        findings=list(_findings(model, evidences)),
        quality=_quality(model, evidences.values[0]),
        resembles=expert.name if tier not in (None, "none") else None,
        model=model.about["name"],
        model_version=model.about["version"],
        table_id=model.reference.table_id,
    )


def logistic(log_odds: np.ndarray) -> np.ndarray:
    """The probability of log-odds, without overflow at either end."""
    small = np.exp(-np.abs(log_odds))
    return np.where(log_odds >= 0, 1 / (1 + small), small / (1 + small))


def _strongest_first(one: Evidence) -> tuple[float, int, str]:
    return -one.contribution, one.start, one.feature


def _by_family(expert: Expert, by_feature: np.ndarray, evidences: Evidences) -> dict[str, float]:
    sums = {"intercept": expert.intercept}
    at = 0
    for family in FAMILIES:
        sums[family.name] = float(by_feature[at : at + len(family.names)].sum())
        at += len(family.names)
    return {**sums, "n-grams": float(expert.ngram_contributions(evidences)[0])}


def _columns(evidences: Evidences) -> Iterator[tuple[Family, Measured, FeatureFunction, int, int]]:
    """Family, measurement, function, first column and one past the last of each feature function."""
    at, found = 0, iter(evidences.found)
    for family in FAMILIES:
        for function in family.features:
            width = len(family.tables.get(function.__name__, ("",)))
            yield family, next(found), function, at, at + width
            at += width


def _evidence(
    model: Model, expert: Expert, by_feature: np.ndarray, evidences: Evidences, text: str
) -> Iterator[Evidence]:
    by_token = {family.name: np.zeros(len(evidences.batch.article)) for family in FAMILIES if family.tables}
    for family, found, function, first, last in _columns(evidences):
        if last - first > 1:
            by_token[family.name] += _table_tokens(found, by_feature[first:last], len(evidences.batch.article))
        else:
            yield from _passages(model, family, found, function, first, float(by_feature[first]), evidences, text)
    for name, contribution in by_token.items():
        yield from _sentences(
            name, f"{name}_tables", "Mix of common words and word endings", contribution, evidences, text
        )
    ngrams = expert.token_contributions(evidences)
    yield from _sentences("n-grams", "wording", "Wording", ngrams, evidences, text)


def _table_tokens(found: Measured, by_column: np.ndarray, tokens: int) -> np.ndarray:
    assert found.column is not None
    total = np.bincount(found.column, found.weight, len(by_column))
    share = np.divide(by_column, total, out=np.zeros(len(by_column)), where=total > 0)
    return np.bincount(found.first, share[found.column] * found.weight, tokens)


def _passages(
    model: Model,
    family: Family,
    found: Measured,
    function: FeatureFunction,
    column: int,
    contribution: float,
    evidences: Evidences,
    text: str,
) -> Iterator[Evidence]:
    name, value = function.__name__, float(evidences.values[0, column])
    weight = np.abs(found.weight)
    share = weight / weight.sum() if weight.sum() > 0 else np.full(len(weight), 1 / max(len(weight), 1))
    rate = model.human.base_rate(column, value)
    _, starts, ends = spans_of(evidences.batch, found)
    for number, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        message = found.notes.get(number, describe(function))
        yield Evidence(
            name, family.name, message, start, end, text[start:end], contribution * float(share[number]), rate
        )


def _sentences(
    family: str, feature: str, message: str, by_token: np.ndarray, evidences: Evidences, text: str
) -> Iterator[Evidence]:
    batch = evidences.batch
    sums = np.bincount(batch.sentence, by_token, len(batch.sentence_first))
    starts, ends = batch.spans(batch.sentence_first, batch.sentence_last)
    for number in np.flatnonzero(batch.sentence_words > 0).tolist():
        begin, end = int(batch.sentence_first[number]), int(batch.sentence_last[number])
        strongest = begin + np.argsort(-by_token[begin:end], kind="stable")[:3]
        first, last = batch.spans(strongest, np.minimum(strongest + 2, end))
        quoted = ", ".join(f"“{text[a:b]}”" for a, b in zip(first.tolist(), last.tolist(), strict=True))
        passage = text[starts[number] : ends[number]]
        yield Evidence(
            feature, family, f"{message}: above all {quoted}", int(starts[number]), int(ends[number]), passage,
            float(sums[number]), None,
        )  # fmt: skip


def _findings(model: Model, evidences: Evidences) -> Iterator[Finding]:
    """What the typography family saw: it is worth knowing whatever the score."""
    for family, found, function, first, _ in _columns(evidences):
        if family.only_raises and len(found.first):
            _, starts, ends = spans_of(evidences.batch, found)
            spans = tuple(zip(starts.tolist(), ends.tolist(), strict=True))
            message = next(iter(found.notes.values()), describe(function))
            rate = model.human.base_rate(first, float(evidences.values[0, first]))
            yield Finding(family.name, function.__name__, message, spans, rate)


def _quality(model: Model, values: np.ndarray) -> dict[str, tuple[str, float]]:
    """For each family of QUALITY its feature that fewest human articles show as strongly, and their share."""
    result, at = {}, 0
    for family in FAMILIES:
        if family.name in QUALITY:
            rates = [
                (model.human.base_rate(at + n, values[at + n]), name)
                for n, name in enumerate(family.names)
                if values[at + n] > model.human.median(at + n)
            ]
            rate, name = min(rates, default=(1.0, ""))
            result[family.name] = (name, rate)
        at += len(family.names)
    return result
