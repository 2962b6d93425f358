"""Drift: an article that is written in one way up to a place and in another way from there on.

A uniform habit says where a text was stored.  A change of habit half-way says that two hands, or two machines, made it.
The change is found as one change point in a sequence of marks of two kinds, by the gain in binomial log-likelihood
(Hinkley and Hinkley 1970, Biometrika 57:477, inference about the change-point in a sequence of binomial variables).
"""

from __future__ import annotations

import numpy as np

from detector.batchtext import Batch
from detector.families.measure import Measured

_GAIN = 9.0  # nats; the best split of 100 marks in random order gains more once in a thousand (20,000 simulations)
_FEWEST = 6  # marks of the habit on its side, and of the other habit on the other
_CLEARLY = 0.5  # how far the shares of the two sides must lie apart


def change_point(odd: np.ndarray) -> tuple[int, float]:
    """The first mark of the second part, and the difference of the odd share there and before; (0, 0.0) for none.

    >>> change_point(np.array([0] * 9 + [1] * 7))
    (9, 1.0)
    >>> change_point(np.array([0, 1] * 9))
    (0, 0.0)
    """
    size, total = len(odd), odd.sum()
    left_size = np.arange(1, size)
    left = np.cumsum(odd)[:-1]
    gain = _likelihood(left, left_size) + _likelihood(total - left, size - left_size)
    best = int(np.argmax(gain))
    split, before = best + 1, left[best]
    difference = (total - before) / (size - split) - before / split
    odd_side, plain_side = (
        (total - before, split - before) if difference > 0 else (before, size - split - total + before)
    )
    gained = gain[best] - _likelihood(total, size) > _GAIN
    if gained and abs(difference) >= _CLEARLY and min(odd_side, plain_side) >= _FEWEST:
        return split, float(difference)
    return 0, 0.0


def _likelihood(hits: np.ndarray, size: np.ndarray | int) -> np.ndarray:
    """The binomial log-likelihood at its maximum, 0 log 0 taken as 0."""
    misses = size - hits
    return hits * np.log(np.maximum(hits, 1) / size) + misses * np.log(np.maximum(misses, 1) / size)


def drifts(batch: Batch, places: np.ndarray, odd: np.ndarray, width: int, words: tuple[str, str]) -> Measured:
    """How far the share of odd marks changes at one place of an article, 0 where it does not, and that place.

    `places` are code points in the order of the text, `odd` is a mask over them, a range is `width` long and ends with
    its mark, and `words` name the odd marks and the others in the note that says where the change is.
    """
    starts = batch.tokens.starts
    article = np.searchsorted(starts, places, "right") - 1
    odds, all_marks = (np.bincount(chosen, minlength=batch.size) for chosen in (article[odd], article))
    value = np.zeros(batch.size)
    found: list[int] = []
    notes: dict[int, str] = {}
    for number in np.flatnonzero((odds >= _FEWEST) & (all_marks - odds >= _FEWEST)):
        these = np.flatnonzero(article == number)
        split, difference = change_point(odd[these].astype(np.int64))
        if not split:
            continue
        value[number] = abs(difference)
        begins = difference > 0
        behind = np.flatnonzero(odd[these[split:]] == begins)[0] + split
        place = int(places[these[behind]])
        end = starts[number + 1] - 1 if number + 1 < batch.size else len(batch.tokens.points)
        text = batch.tokens.points[starts[number] : end].tobytes().decode("utf-32-le", "surrogatepass")
        notes[len(found)] = _note(begins, words, behind, paragraph_of(text, place - int(starts[number])))
        found.append(place)
    last = np.array(found, np.int64) + 1
    return Measured(value, last - width, last, np.ones(len(found)), raw=True, notes=notes)


def _note(begins: bool, words: tuple[str, str], earlier: int, paragraph: int) -> str:
    name, others = words
    if begins:
        return f"{name} begins here, in paragraph {paragraph}, after {earlier} {others}"
    return f"{name} ends here, in paragraph {paragraph}: from here on {others}"


def paragraph_of(text: str, place: int) -> int:
    r"""The paragraph, counted from 1, in which a place lies; by blank lines, or by line breaks where there are none.

    >>> paragraph_of("one\n\ntwo\nstill two\n\nthree", 22), paragraph_of("one\ntwo\nthree", 9)
    (3, 3)
    """
    blank_lines = any(not line.strip() for line in text.strip().splitlines())
    lines = [line.strip() for line in text[: place + 1].splitlines()]
    begun = [line for n, line in enumerate(lines) if line and not (blank_lines and n and lines[n - 1])]
    return max(len(begun), 1)
