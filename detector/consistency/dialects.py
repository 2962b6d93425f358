"""Dialects: which words are American, which British, and which are two spellings of one word."""

from __future__ import annotations

from functools import cache

from detector.lexicon import LISTS, read_list

AMERICAN = frozenset(read_list(LISTS / "american_spellings.txt"))
BRITISH = frozenset(read_list(LISTS / "british_spellings.txt"))
_RULES = (
    *(("our", "or"), ("isa", "iza"), ("ise", "ize"), ("isi", "izi"), ("yse", "yze"), ("ysi", "yzi"), ("tre", "ter")),
    *(
        ("bre", "ber"),
        ("ll", "l"),
        ("ence", "ense"),
        ("ey", "ay"),
        ("ium", "um"),
        ("gei", "gi"),
        ("l", "ll"),
        ("sce", "ske"),
    ),
    *(("ae", "e"), ("oe", "e"), ("llery", "lry"), ("plough", "plow"), ("py", "pa"), ("mou", "mu")),
)


@cache
def pairs() -> dict[str, str]:
    """The American spelling of each British one, found by the rules that part them."""
    return {word: other for word in BRITISH for old, new in _RULES if (other := word.replace(old, new, 1)) in AMERICAN}
