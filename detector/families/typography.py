"""Typography: marks that no editor leaves, and habits that change in the middle of an article.

Read from the text as given, never from the canonical view.  A consistent style, whichever it is, says only how a file
was stored, and measures 0: a text whose marks are all spaced has been tokenised.  What remains is rare, may only raise
a score, and is shown with its base rate.
"""

from __future__ import annotations

import numpy as np

from detector.batchtext import Batch
from detector.families.disguises import full_width_forms, hidden_characters, homoglyphs, unusual_spaces
from detector.families.drift import drifts
from detector.families.glyphs import (
    DASH,
    LOWER,
    QUOTE,
    SPACE,
    STOP,
    UPPER,
    counted,
    glyphs,
)
from detector.families.leftovers import (
    chat_leftovers,
    citation_leftovers,
    html_entities,
    markdown_leftovers,
    mojibake,
    placeholders,
    template_lines,
)
from detector.families.measure import Family, Measured, divide, show
from detector.families.quote_styles import mixed_quotes, quote_drift, stray_quotes


def _tokenised(batch: Batch) -> np.ndarray:
    """(N,) True where spaced punctuation is the rule of the whole text, or of its "! ? ; :" as in French."""
    at, spaced = glyphs(batch).stops
    article = glyphs(batch).article(at)
    point = batch.tokens.points.take(at)
    high = (point != ord(".")) & (point != ord(","))
    kind = np.bincount(4 * article + 2 * high + spaced, minlength=4 * batch.size).reshape(batch.size, 4)
    low_closed, low_spaced, high_closed, high_spaced = kind.T
    whole = 10 * (low_closed + high_closed) <= low_spaced + high_spaced
    return (low_spaced + high_spaced > 0) & (whole | ((low_spaced == 0) & (high_closed == 0)))


def spaced_punctuation(batch: Batch) -> Measured:
    """A space stands before a comma, a full stop or another mark, here but not everywhere.

    The share of such marks in the article, if there are three; one or two are a slip of anybody's.

    >>> show(spaced_punctuation, "It rained , and we left . It is late , I said. Yes. No.")
    (0.5, [' ,', ' .', ' ,'])
    """
    at, spaced = glyphs(batch).stops
    article = glyphs(batch).article(at)
    spaces = np.bincount(article[spaced], minlength=batch.size)
    odd = (spaces >= _SLIPS) & ~_tokenised(batch)
    share = divide(spaces * odd, np.bincount(article, minlength=batch.size))
    shown = at[spaced & odd[article]]
    return Measured(share, shown - 1, shown + 1, np.ones(len(shown)), raw=True)


_SLIPS = 3


def spacing_drift(batch: Batch) -> Measured:
    """Spaced punctuation begins or ends half-way through the article.

    >>> show(spacing_drift, "So, it is. " * 6 + "And yes , it was . " * 6)
    (1.0, [' ,'])
    """
    at, spaced = glyphs(batch).stops
    return drifts(batch, at, spaced, 2, ("spaced punctuation", "marks without a space"))


def split_apostrophes(batch: Batch) -> Measured:
    """Spaces split an apostrophe from its word.

    >>> show(split_apostrophes, "The town ' s pier isn't old. He did n't say 'so'.")
    (2.0, ["n ' s", "d n't"])
    """
    found, points = glyphs(batch), batch.tokens.points
    classes = found.classes
    at = found.where(_apostrophe(found.point) & (found.before == SPACE))
    at = at[classes[at - 2] <= UPPER]
    ending = at + 1 + (classes[at + 1] == SPACE)
    behind = classes.take(ending + 1, mode="clip")
    alone = np.isin(points.take(ending, mode="clip"), _ENDINGS) & (behind > UPPER) & (behind != QUOTE)
    first, last = at[alone] - 2, ending[alone] + 1
    negated = found.where(_apostrophe(found.point) & (found.before == LOWER) & (found.after == LOWER))
    negated = negated[
        (points[negated - 1] == ord("n")) & (classes[negated - 2] == SPACE) & (classes[negated - 3] <= UPPER)
    ]
    negated = negated[points[negated + 1] == ord("t")]
    first, last = np.append(first, negated - 3), np.append(last, negated + 2)
    keep = ~_tokenised(batch)[found.article(first)]
    return counted(batch, first[keep], last[keep])


_ENDINGS = tuple(map(ord, "stdm"))


def _apostrophe(points: np.ndarray) -> np.ndarray:
    return (points == ord("'")) | (points == 0x2019) | (points == 0x2018)


def doubled_marks(batch: Batch) -> Measured:
    """A comma, full stop or semicolon is set twice.

    >>> show(doubled_marks, "It rained,, and we left.. Oh... well.")
    (2.0, [',,', '..'])
    """
    found = glyphs(batch)
    classes = found.classes
    at = found.where((found.kind == STOP) & (found.after == STOP) & (found.before == LOWER))
    first, second = batch.tokens.points[at], batch.tokens.points[at + 1]
    slip = np.isin(first, _SET_ONCE) & (first == second) | (first == ord(",")) & (second == ord("."))
    word = (classes[at - 2] == LOWER) & (classes[at - 3] == LOWER) & (classes[at - 4] == LOWER)  # no "mph.."
    at = at[slip & word & (classes[at + 2] != STOP)]
    return counted(batch, at, at + 2)


_SET_ONCE = tuple(map(ord, ",.;"))  # two exclamation marks are a manner, two commas are none


def mixed_dashes(batch: Batch) -> Measured:
    """Several kinds of dash are used for one purpose in the same article.

    The number of dashes that are not of the most frequent kind, where two kinds stand at least twice each.

    >>> show(mixed_dashes, "a \u2013 b \u2013 c \u2013 d \u2014 e \u2014 f")
    (2.0, ['\u2014', '\u2014'])
    """
    found = glyphs(batch)
    dash = found.kind == DASH
    at, point = found.at[dash], found.point[dash]
    spaced = (found.before[dash] == SPACE) & (found.after[dash] == SPACE)
    joined = (found.before[dash] <= UPPER) & (found.after[dash] <= UPPER)
    kind = np.where(spaced, np.where(point == ord("-"), 1, np.where(point == 0x2013, 2, 3)), 0)
    kind[joined & (point >= 0x2014)] = 4
    at, kind = at[kind > 0], kind[kind > 0]
    group = 5 * found.article(at) + kind
    counts = np.bincount(group, minlength=5 * batch.size).reshape(batch.size, 5)
    other = (counts >= 2) & (np.arange(5) != counts.argmax(1)[:, None])
    rarer = other.reshape(-1)[group]
    return counted(batch, at[rarer], at[rarer] + 1)


def doubled_spaces(batch: Batch) -> Measured:
    """Two spaces stand in the middle of a sentence.

    >>> show(doubled_spaces, "It was  late.  We left.")
    (1.0, ['  '])
    """
    classes = glyphs(batch).classes
    plain = classes == SPACE
    at = np.flatnonzero(plain[1:] & plain[:-1])
    at = at[(classes[at - 1] == LOWER) & (classes[at + 2] == LOWER)]
    return counted(batch, at, at + 2)


def glued_drift(batch: Batch) -> Measured:
    """The space after full stops is lost from some place of the article on, or up to it.

    >>> show(glued_drift, "It was so. " * 8 + "It was so." * 8)
    (1.0, ['.'])
    """
    found = glyphs(batch)
    stop = (found.point == ord(".")) & (found.before == LOWER)
    at, after = found.at[stop], found.after[stop]
    glued = (after == UPPER) & (found.classes[at + 2] == LOWER)
    use = glued | (after == SPACE)
    return drifts(batch, at[use], glued[use], 1, ("full stops without a space", "full stops with one"))


FAMILY = Family(
    "typography",
    "Marks that no editor leaves, and habits that change in the middle of an article; read from the text as given.",
    (
        spaced_punctuation,
        spacing_drift,
        split_apostrophes,
        doubled_marks,
        mixed_quotes,
        quote_drift,
        mixed_dashes,
        doubled_spaces,
        glued_drift,
        homoglyphs,
        hidden_characters,
        unusual_spaces,
        full_width_forms,
        stray_quotes,
        chat_leftovers,
        placeholders,
        markdown_leftovers,
        template_lines,
        citation_leftovers,
        html_entities,
        mojibake,
    ),
    only_raises=True,
)

__all__ = ["FAMILY", "show"]
