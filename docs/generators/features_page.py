"""Every feature, by family, from its own docstring."""

from __future__ import annotations

from collections.abc import Iterator

from docstrings import markdown

from detector.families import FAMILIES, FEATURE_NAMES
from detector.families.measure import Family


def features() -> str:
    """The families in their order, and the features of each."""
    count = sum(len(family.features) for family in FAMILIES)
    head = f"{count} functions give {len(FEATURE_NAMES)} features, in {len(FAMILIES)} families."
    return "\n\n".join([head, *(part for family in FAMILIES for part in _family(family))])


def _family(family: Family) -> Iterator[str]:
    yield f"## {family.name}"
    yield f"{family.description[0].upper()}{family.description[1:].rstrip('.')}."
    if family.only_raises:
        yield "These features can raise a score, and cannot lower it."
    for function in family.features:
        yield f"### {function.__name__}"
        yield markdown(function)
        if columns := family.tables.get(function.__name__):
            yield f"A feature each: {', '.join(f'`{column}`' for column in columns)}."
