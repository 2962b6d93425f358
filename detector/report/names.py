"""What a page calls the families, and under which class the style sheet knows them."""

from __future__ import annotations

FAMILIES = {
    "stock": "Stock phrases",
    "praise": "Praise",
    "sourcing": "Sourcing",
    "repetition": "Repetition",
    "words": "Choice of words",
    "rhythm": "Sentence rhythm",
    "typography": "Typography",
    "consistency": "Consistency",
    "n-grams": "Wording",
}
"""Names of the families whose passages are marked, in the order of the legend."""

FINDING = "finding"
"""The class of passages that a finding points at, whatever their family."""

SENTENCE = "sentence"
"""The class of whole sentences, which are tinted and not underlined."""


def name(family: str) -> str:
    """The plain name of a family; of another, such as the kind of a finding, its own.

    >>> name("n-grams"), name("intercept"), name("new")
    ('Wording', 'Starting point', 'New')
    """
    return "Starting point" if family == "intercept" else FAMILIES.get(family, family.capitalize())


def css_class(family: str) -> str:
    """The family's class in the style sheet; never a piece of text from elsewhere.

    >>> css_class("stock"), css_class("calendar")
    ('stock', 'other')
    """
    return family if family in FAMILIES else "other"
