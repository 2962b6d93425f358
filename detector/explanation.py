"""From one article's measurements to a Report: the same sums as scoring, with every share kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import numpy as np

from detector.additive import Evidences, Expert
from detector.families import FAMILIES, describe, features
from detector.families.measure import Family, FeatureFunction, Measured, spans_of
from detector.findings import findings, prior_note
from detector.modelfile import Model
from detector.recalibration import own_articles
from detector.report import Evidence, Report
from detector.verdict import Judged, judge, verdicts
from detector.windows import window_scores

QUALITY = {
    "praise": ("repeated_praise", "superlatives", "promotional_words", "publisher_voice", "closing_wishes"),
    "stock": ("significance", "hedged_outlook", "fillers", "vague_intensity", "metaphors", "tabloid_phrases"),
    "sourcing": ("vague_attribution", "speakerless_quotations", "hedged_claims"),
    "repetition": ("repeated_threes", "repeated_fours", "near_duplicate_sentences", "closing_echo"),
    "typography": (),
}
"""Features that an editor would call a defect, by family (all of a family where none is named)."""


def explain_article(model: Model, text: str) -> Report:
    """The report of one article."""
    evidences = Evidences.from_texts([text])
    judged = judge(model, evidences)
    [given] = verdicts(model, evidences, judged)
    return Report(
        source=text,
        **asdict(given),
        likeness=model.about["experts"][given.resembles] if given.resembles else None,
        contributions={name: float(values[0]) for name, values in judged.contributions().items()},
        evidence=tuple(evidence_of(model, evidences, judged, text)),
        findings=findings(model, evidences.batch)[0],
        quality=_quality(model, evidences.values[0]),
        model=model.about["name"],
        model_version=model.about["version"],
        table_id=model.reference.table_id,
        calibrated_on=own_articles(model.about, given.words),
        windows=window_scores(model, evidences.batch, [text])[0],
    )


def evidence_of(model: Model, evidences: Evidences, judged: Judged, text: str) -> list[Evidence]:
    """The passages behind the score of the one article of a batch, those first that speak most for a machine."""
    expert, by_feature = model.panel.experts[int(judged.lead[0])], judged.by_feature[0]
    return sorted(_evidence(model, expert, by_feature, evidences, text), key=_strongest_first)


def _strongest_first(one: Evidence) -> tuple[float, int, str]:
    return -one.contribution, one.start, one.feature


def _columns(evidences: Evidences) -> Iterator[tuple[Family, Measured, FeatureFunction, int, int]]:
    """Family, measurement, function, first column and one past the last of each feature function."""
    at, found = 0, iter(evidences.found)
    for family in FAMILIES:
        for function in family.features:
            width = len(family.names_of(function))
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
    rate, told = model.human.base_rate(column, value), _message(model, function, column, value)
    _, starts, ends = spans_of(evidences.batch, found)
    for number, (start, end) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        message = found.notes.get(number, told)
        yield Evidence(
            name, family.name, message, start, end, text[start:end], contribution * float(share[number]), rate
        )


def _message(model: Model, function: FeatureFunction, column: int, value: float) -> str:
    """A feature's description; with value and human median where most people write some of it, and with its prior."""
    message, median = describe(function), model.human.median(column)
    if median > 0:
        message += f": {value:.3g} here, {median:.3g} in the median human article"
    return message + prior_note(model, function.__name__)


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


def _quality(model: Model, values: np.ndarray) -> dict[str, tuple[str, float]]:
    """For each family of QUALITY its rarest defect here, in words, and the share of humans who show as much."""
    result = {}
    for name, defects in QUALITY.items():
        rates = [(1.0, "")]
        for column, (family, function, feature) in enumerate(features()):
            defect = family.name == name and (not defects or feature in defects)
            if defect and values[column] > model.human.median(column):
                rates.append((model.human.base_rate(column, values[column]), describe(function)))
        rate, description = min(rates)
        result[name] = (description, rate)
    return result
