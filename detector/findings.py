"""Findings: what is odd in a text whatever its score, from typography, leftovers and consistency alike."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import zip_longest

from detector.batchtext import Batch
from detector.consistency import Check, Suspect, suspects_known, suspects_of
from detector.families import FEATURE_NAMES, describe
from detector.families.measure import spans_of
from detector.families.typography import FAMILY as TYPOGRAPHY
from detector.modelfile import Model
from detector.report import Finding
from detector.shipped import models_folder

VOICE = frozenset({"chat_leftovers", "placeholders", "template_lines", "citation_leftovers"})
"""Typography features that tell who speaks: a chat or a template, in place of a reporter."""


def findings(
    model: Model, batch: Batch, published: Sequence[date | None] = (), headlines: Sequence[str | None] = ()
) -> list[list[Finding]]:
    """What typography and consistency checks see in each article of a batch, by place, with their human base rates.

    `published` are the days of publication and `headlines` the headlines, None where one is not known; none at all say
    that none is.
    """
    found: list[list[Finding]] = [[] for _ in range(batch.size)]
    for row, finding in (*_typography(model, batch), *_consistency(batch, published, headlines)):
        found[row].append(finding)
    return [sorted(mine, key=lambda one: (one.spans, one.check)) for mine in found]


def _typography(model: Model, batch: Batch) -> Iterator[tuple[int, Finding]]:
    for function in TYPOGRAPHY.features:
        found, name = batch.keep(function), function.__name__  # a scored batch has them measured already
        if not len(found.first):
            continue
        spans: dict[int, list[tuple[int, int]]] = {}
        notes: dict[int, str] = {}
        places = zip(*(numbers.tolist() for numbers in spans_of(batch, found)), strict=True)
        for number, (row, start, end) in enumerate(places):
            spans.setdefault(row, []).append((start, end))
            if number in found.notes:
                notes.setdefault(row, found.notes[number])
        column, kind = FEATURE_NAMES.index(name), "voice" if name in VOICE else "typography"
        described, note = describe(function), prior_note(model, name)
        for row, mine in spans.items():
            message = notes.get(row, described) + note
            rate = model.human.base_rate(column, float(found.value[row]))
            yield row, Finding(kind, name, message, tuple(mine), rate)


def _consistency(
    batch: Batch, published: Sequence[date | None], headlines: Sequence[str | None]
) -> Iterator[tuple[int, Finding]]:
    for row, check, suspect in _suspects(batch, published, headlines):
        spans = tuple(sorted(suspect.spans))
        yield row, Finding(check.kind, check.name, suspect.message, spans, base_rates()[check.name])


def _suspects(
    batch: Batch, published: Sequence[date | None], headlines: Sequence[str | None]
) -> Iterator[tuple[int, Check, Suspect]]:
    known = {row: (day, line) for row, (day, line) in enumerate(zip_longest(published, headlines)) if day or line}
    if len(known) < batch.size:
        yield from (found for found in batch.keep(suspects_of) if found[0] not in known)
    for row, (day, line) in known.items():
        for check, suspect in suspects_known(batch, row, day, line):
            yield row, check, suspect


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
