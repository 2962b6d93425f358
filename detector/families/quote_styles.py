"""Quote styles: straight and curly marks mixed in one article, changing half-way, or closing what nobody opened."""

from __future__ import annotations

import numpy as np

from detector.batchtext import Batch, kept
from detector.families.drift import drifts
from detector.families.glyphs import DIGIT, UPPER, counted, glyphs
from detector.families.measure import Measured, show


@kept
def _quotes(batch: Batch) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Places of apostrophes inside words and of double quotes, which are double, and which are straight."""
    found = glyphs(batch)
    inside = (found.before <= UPPER) & (found.after <= UPPER)
    single = inside & ((found.point == ord("'")) | (found.point == 0x2019))
    double = (found.point == ord('"')) & (found.before != DIGIT) | (found.point == 0x201C) | (found.point == 0x201D)
    use = single | double
    return found.at[use], double[use], found.point[use] < 0x80


def mixed_quotes(batch: Batch) -> Measured:
    """Curly and straight marks of one kind stand in the same article.

    The number of the rarer ones, from four on: one or two come with a quoted post or a pasted name, and even so one
    human article in thirty has them.

    >>> show(mixed_quotes, "It\u2019s I\u2019m " * 3 + "it's I'm " * 2)
    (4.0, ["'", "'", "'", "'"])
    """
    at, double, straight = _quotes(batch)
    group = 2 * glyphs(batch).article(at) + double
    straights, curlies = (np.bincount(group[mask], minlength=2 * batch.size) for mask in (straight, ~straight))
    mixed = np.minimum(straights, curlies) >= _HABIT
    rarer = mixed[group] & ((straights <= curlies)[group] == straight)
    return counted(batch, at[rarer], at[rarer] + 1)


_HABIT = 4


def quote_drift(batch: Batch) -> Measured:
    """Quotation marks or apostrophes change between straight and curly half-way through the article.

    >>> show(quote_drift, "It\u2019s so. " * 7 + "It's so. " * 7)
    (1.0, ["'"])
    """
    at, double, straight = _quotes(batch)
    single = drifts(batch, at[~double], straight[~double], 1, ("straight apostrophes", "curly ones"))
    pairs = drifts(batch, at[double], straight[double], 1, ("straight quotation marks", "curly ones"))
    notes = single.notes | {len(single.first) + n: note for n, note in pairs.notes.items()}
    first, last, weight = (
        np.append(one, two)
        for one, two in ((single.first, pairs.first), (single.last, pairs.last), (single.weight, pairs.weight))
    )
    return Measured(single.value + pairs.value, first, last, weight, raw=True, notes=notes)


def stray_quotes(batch: Batch) -> Measured:
    """A closing quotation mark has no opening one.

    >>> show(stray_quotes, "\u201cIt is late,\u201d she said. So it is.\u201d")
    (1.0, ['\u201d'])
    """
    found = glyphs(batch)
    mark = np.isin(found.point, _DOUBLE) & (found.before != DIGIT)  # after a digit it stands for inches
    at, closing = found.at[mark], found.point[mark] == _DOUBLE[1]
    article = found.article(at)
    lone = closing.copy()
    lone[1:] &= closing[:-1] | (article[1:] != article[:-1])
    return counted(batch, at[lone], at[lone] + 1)


_DOUBLE = (0x201C, 0x201D, ord('"'))


__all__ = ["show"]
