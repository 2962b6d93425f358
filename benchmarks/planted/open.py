"""The open half of the planted contradictions: kind, then rule name, then rule."""

from __future__ import annotations

import random
from collections.abc import Callable

from benchmarks.planted import open_dates, open_names, open_numbers, open_words
from benchmarks.planted.planting import Planted

Rule = Callable[[str, random.Random], Planted | None]
RULES: dict[str, dict[str, Rule]] = {
    kind: dict(rules)
    for module in (open_dates, open_numbers, open_words, open_names)
    for kind, rules in module.RULES.items()
}
