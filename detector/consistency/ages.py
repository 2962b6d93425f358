"""Ages: one person with two ages in one article.

Deaths, prices, sizes of groups, scales and long figures told twice were tried as well and left out: in human news the
pairs that they found were two things, and no slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from detector.batchtext import Batch
from detector.consistency.amounts import flat
from detector.consistency.article import Article
from detector.consistency.checks import Check, Suspect, show
from detector.consistency.triggers import numbers
from detector.patterns import Pattern

_AGED = Pattern(r"\b([A-Z][a-z'-]+ (?:[A-Z]\. )?[A-Z][\w'-]+), ([1-9][0-9]|10[0-9])(?=,|\.| \()")


def age_of_person(article: Article) -> Iterator[Suspect]:
    """One person is given two ages.

    >>> show(age_of_person, "Asta Brask, 41, was chosen. The choir clapped. Asta Brask, 47, sings alto.")
    [['Asta Brask, 41', 'Asta Brask, 47']]
    """
    text = flat(article)
    seen: dict[str, re.Match[str]] = {}
    for one in _AGED.finditer(text):
        earlier = seen.setdefault(one[1], one)
        if earlier[2] != one[2]:
            spans = (earlier.span(), one.span())
            yield Suspect("“{}” and “{}” are two ages.".format(*(text[slice(*span)] for span in spans)), spans)


def _aged_twice(batch: Batch) -> np.ndarray:
    """Numbers behind a capitalised word and a comma, of words that have two of them."""
    at = numbers(batch)
    at = at[batch.is_number[at] & (batch.length[at] < 4) & (batch.mark[at - 1] == ord(",")) & (batch.case[at - 2] > 0)]
    key = (batch.article[at] << 32) | batch.hash[at - 2]
    _, number, count = np.unique(key, return_inverse=True, return_counts=True)
    return at[count[number] > 1]


CHECKS: tuple[Check, ...] = (Check("quantities", age_of_person, _aged_twice),)

__all__ = ["CHECKS", "show"]
