"""From measurements to a Report of each article: the same sums as scoring, with every share kept."""

from __future__ import annotations

from functools import cache

from detector.additive import Evidences
from detector.families import describe, features
from detector.findings import findings
from detector.modelfile import Model
from detector.passages import by_article, ranges
from detector.recalibration import own_articles
from detector.report import Comparison, Report
from detector.report.evidence import Passages
from detector.sentence_passages import sentences
from detector.verdict import Judged, judge, verdicts
from detector.windows import Pieces, scored

QUALITY = {
    "praise": ("repeated_praise", "superlatives", "promotional_words", "publisher_voice", "closing_wishes"),
    "stock": ("significance", "hedged_outlook", "fillers", "vague_intensity", "metaphors", "tabloid_phrases"),
    "sourcing": ("vague_attribution", "speakerless_quotations", "hedged_claims"),
    "repetition": ("repeated_threes", "repeated_fours", "near_duplicate_sentences", "closing_echo"),
    "typography": (),
    "consistency": (),
}
"""Features that an editor would call a defect, by family (all of a family where none is named)."""


def explain_articles(model: Model, texts: list[str]) -> list[Report]:
    """The report of each article."""
    pieces = Pieces.of(texts)
    # In one batch with their windows: of a single article, calling NumPy costs more than the numbers do.
    measured, rows = pieces.beside(texts)
    evidences = Evidences.from_texts(measured)
    judged = judge(model, evidences)
    contributions = judged.contributions()
    # The articles come first, and what is said of the windows as articles is left out.
    parts = zip(
        texts,
        verdicts(model, evidences, judged),
        evidence_of(model, evidences, judged, texts),
        findings(model, evidences.batch),
        evidences.values.tolist(),
        scored(model, pieces, evidences, judged, rows, len(texts)),
        strict=False,
    )
    return [
        Report(
            source=text,
            **vars(given),
            likeness=model.about["experts"][given.resembles] if given.resembles else None,
            contributions={name: float(values[row]) for name, values in contributions.items()},
            evidence=evidence,
            findings=found,
            quality=_quality(model, values),
            model=model.about["name"],
            model_version=model.about["version"],
            table_id=model.reference.table_id,
            calibrated_on=own_articles(model.about, given.words),
            windows=windows,
            comparison=_comparison(model, given.words),
        )
        for row, (text, given, evidence, found, values, windows) in enumerate(parts)
    ]


def _comparison(model: Model, words: int) -> Comparison | None:
    """What an article of so many words is compared with; a model may hold no machine scores."""
    band = model.reference.band(words)
    if band is None:
        return None
    return Comparison(
        human=band.percentiles,
        machine=tuple(model.about["machine"]["log_odds"]) if "machine" in model.about else None,
        limits=dict(band.limits),
    )


def evidence_of(model: Model, evidences: Evidences, judged: Judged, texts: list[str]) -> list[Passages]:
    """The passages behind the score of each of `texts`, which are the first articles of the batch."""
    parts = [ranges(model, evidences, judged, len(texts)), sentences(model, evidences, judged, texts)]
    return by_article(parts, texts)


def _quality(model: Model, values: list[float]) -> dict[str, tuple[str, float]]:
    """For each family of QUALITY its rarest defect here, in words, and the share of humans who show as much."""
    result = {}
    for name, defects in _defects().items():
        rates = [
            (model.human.base_rate(column, values[column]), description)
            for column, description in defects
            if values[column] > model.human.median(column)
        ]
        rate, description = min([(1.0, ""), *rates])
        result[name] = (description, rate)
    return result


@cache
def _defects() -> dict[str, list[tuple[int, str]]]:
    """For each family of QUALITY its defects: column of the matrix and description."""
    return {
        name: [
            (column, describe(function))
            for column, (family, function, feature) in enumerate(features())
            if family.name == name and (not defects or feature in defects)
        ]
        for name, defects in QUALITY.items()
    }
