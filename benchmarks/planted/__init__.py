"""Planted contradictions: written rules that edit a human article so that it contradicts itself in one place.

The rules were written down before the checks, by someone who had not seen them.  OPEN was there to be looked at while
the checks were made; HELD was kept back until they were done.
"""

from benchmarks.planted.held import RULES as HELD
from benchmarks.planted.open import RULES as OPEN

__all__ = ["HELD", "OPEN"]
