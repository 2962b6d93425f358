"""Every consistency check, by kind, from its own docstring, with how often it fires on human news."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from docstrings import markdown

from detector.consistency import CHECKS, HEADLINE_CHECKS, KINDS
from detector.shipped import models_folder


def checks() -> str:
    """The kinds in their order, and the checks of each."""
    measured = json.loads((models_folder() / "consistency.json").read_text(encoding="utf-8"))
    return "\n\n".join(part for kind in KINDS for part in _kind(kind, measured))


def _kind(kind: str, measured: Mapping[str, Any]) -> Iterator[str]:
    yield f"## {kind}"
    for check in (*CHECKS, *HEADLINE_CHECKS):
        if check.kind == kind:
            yield f"### {check.name}"
            yield markdown(check.find)
            one = measured["checks"][check.name]
            yield _base_rate(one, one.get("articles", measured["articles"]))


def _base_rate(one: Mapping[str, Any], articles: int) -> str:
    if not one["fired"]:
        return f"Base rate: never seen in {articles:,} human news articles; reports say 1 in {articles:,}."
    rate = f"Base rate: 1 in {articles / one['fired']:,.0f} human news articles ({one['fired']:,} of {articles:,})."
    return f"{rate} Read one by one: {one['read']:,}. Real slips among them: {one['real']:,}." if one["read"] else rate
