"""Findings: what is odd in a text whatever its score, from typography, leftovers and consistency alike."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import cache

from detector.batchtext import Batch
from detector.consistency import Article, suspects
from detector.families import FEATURE_NAMES, describe
from detector.families.measure import spans_of
from detector.families.typography import FAMILY as TYPOGRAPHY
from detector.modelfile import Model
from detector.report import Finding
from detector.shipped import models_folder

VOICE = frozenset({"chat_leftovers", "placeholders", "template_lines", "citation_leftovers"})
"""Typography features that tell who speaks: a chat or a template, in place of a reporter."""


def findings(model: Model, batch: Batch, published: date | None = None, headline: str | None = None) -> list[Finding]:
    """What typography and consistency checks see in a batch of one article, by place, with their human base rates."""
    found = [
        *_typography(model, batch),
        *_consistency(Article(batch, 0, published, headline)),
    ]
    return sorted(found, key=lambda one: (one.spans, one.check))


def _typography(model: Model, batch: Batch) -> Iterator[Finding]:
    for function in TYPOGRAPHY.features:
        found, name = batch.keep(function), function.__name__  # an explained article has them measured already
        if len(found.first):
            _, starts, ends = spans_of(batch, found)
            message = next(iter(found.notes.values()), describe(function)) + prior_note(model, name)
            rate = model.human.base_rate(FEATURE_NAMES.index(name), float(found.value[0]))
            kind = "voice" if name in VOICE else "typography"
            yield Finding(kind, name, message, tuple(zip(starts.tolist(), ends.tolist(), strict=True)), rate)


def _consistency(article: Article) -> Iterator[Finding]:
    for check, suspect in suspects(article):
        yield Finding(check.kind, check.name, suspect.message, tuple(sorted(suspect.spans)), base_rates()[check.name])


@cache
def base_rates() -> dict[str, float]:
    """The share of human news articles in which each check fires, as `benchmarks/consistency.py` counted them.

    A check that never fired has the share of one article: no smaller one was seen.  Checks of the headline were
    counted on the articles that have one.
    """
    measured = json.loads((models_folder() / "consistency.json").read_text(encoding="utf-8"))
    return {
        name: max(one["fired"], 1) / one.get("articles", measured["articles"])
        for name, one in measured["checks"].items()
    }


def prior_note(model: Model, name: str) -> str:
    """What a message says of a feature whose weight was not learned."""
    return " (weight by prior, not learned)" if name in model.about["priors"] else ""
