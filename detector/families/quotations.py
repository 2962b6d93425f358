"""Quotations: how much of an article is in other people's words, and whether anybody speaks them.

The canonical view knows one double quotation mark, without direction, so marks are paired in the order of the text
inside each article.  A pair that reaches further than 100 tokens is a lost mark, not a quotation.
"""

from __future__ import annotations

import numpy as np

from detector.batchtext import Batch, kept
from detector.families.measure import Measured, divide, per, per_100_words, show

_LONGEST = 100  # tokens: a longer quotation is a mark that was lost
_NEAR = 12  # tokens on either side in which a speaker is looked for


@kept
def quotations(batch: Batch) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """First and one past the last token inside each pair of quotation marks, and the words between them."""
    marks = batch.marks('"')
    article = batch.article[marks]
    rank = np.arange(len(marks)) - np.searchsorted(article, article)
    opening = np.flatnonzero((rank[:-1] % 2 == 0) & (article[:-1] == article[1:]))
    first, last = marks[opening] + 1, marks[opening + 1]
    whole = (last > first) & (last - first <= _LONGEST)
    first, last = first[whole], last[whole]
    words = batch.words_before
    return first, last, words[last] - words[first]


def quoted_share(batch: Batch) -> Measured:
    """The share of the words that stands between quotation marks.

    >>> show(quoted_share, 'He said: "We sail at noon." Nobody came.')
    (0.5, ['We sail at noon.'])
    """
    first, last, words = quotations(batch)
    inside = np.bincount(batch.article[first], words, batch.size)
    return Measured(divide(inside, batch.words), first, last, words.astype(float))


def short_quotations(batch: Batch) -> Measured:
    """One to three words are quoted, as a phrase or for a doubtful word.

    >>> show(short_quotations, 'The "experts" met. "We will not come back," he said.')
    (10.0, ['experts'])
    """
    first, last, words = quotations(batch)
    short = (words > 0) & (words <= 3)
    return per_100_words(batch, first[short], last[short])


def speakerless_quotations(batch: Batch) -> Measured:
    """The share of quotations of more than three words with no attribution verb near them.

    >>> show(speakerless_quotations, 'The sign read: "No boats beyond this pier." It was old.')
    (1.0, ['No boats beyond this pier.'])
    """
    first, last, words = quotations(batch)
    long = words > 3
    first, last = first[long], last[long]
    verbs = batch.listed_words("attribution_verbs")
    spoken = _any_between(batch, verbs, first, first - 1 - _NEAR, first - 1)
    spoken |= _any_between(batch, verbs, first, last + 1, last + 1 + _NEAR)
    return per(batch, np.bincount(batch.article[first], minlength=batch.size), first[~spoken], last[~spoken])


def _any_between(batch: Batch, places: np.ndarray, home: np.ndarray, begin: np.ndarray, end: np.ndarray) -> np.ndarray:
    """True where one of the places lies from `begin` to before `end`, inside the article of the token `home`."""
    article = batch.article[home]
    begin = np.maximum(begin, batch.bounds[article])
    end = np.minimum(end, batch.bounds[article + 1])
    return np.searchsorted(places, begin) < np.searchsorted(places, end)


def pronoun_speakers(batch: Batch) -> Measured:
    """The share of attribution verbs whose speaker is a mere he, she or they.

    >>> show(pronoun_speakers, "The pier is safe, she said. The mayor said so too.")
    (0.5, ['she said'])
    """
    verb = batch.listed_words("attribution_verbs")
    verbs = np.bincount(batch.article.take(verb), minlength=batch.size)
    at = verb[batch.has(verb - 1, "speaker_pronouns")]
    return per(batch, verbs, at - 1, at + 1)


__all__ = ["show"]
