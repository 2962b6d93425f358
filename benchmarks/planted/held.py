"""The held half of the planted contradictions: kind, then rule name, then rule."""

from __future__ import annotations

import random
from collections.abc import Callable

from benchmarks.planted import held_dates, held_names, held_numbers, held_quantities, held_words
from benchmarks.planted.planting import Planted

Rule = Callable[[str, random.Random], Planted | None]
RULES: dict[str, dict[str, Rule]] = {
    kind: dict(rules)
    for module in (
        held_dates,
        held_numbers,
        held_quantities,
        held_words,
        held_names,
    )
    for kind, rules in module.RULES.items()
}
