"""Leftovers: what a chat, a template, a converter or a broken encoding left behind in a published article.

NewsGuard's first criterion for unreliable AI-generated news sites is a chatbot's own message in an article; Wikipedia's
"Signs of AI writing" lists the placeholders, citation codes and Markdown marks that come with copied answers.
"""

from __future__ import annotations

import numpy as np

from detector.batchtext import Batch
from detector.families.glyphs import DIGIT, EDGE, LINE, OTHER, SPACE, UPPER, counted, glyphs
from detector.families.measure import Measured, per_article, show


def chat_leftovers(batch: Batch) -> Measured:
    """A chatbot's own message was left in the text.

    >>> show(chat_leftovers, "As an AI language model, I have no view on the pier.")
    (1.0, ['As an AI language model'])
    """
    return per_article(batch, *batch.listed("chat_leftovers"))


def placeholders(batch: Batch) -> Measured:
    """A blank of a template was never filled in.

    >>> show(placeholders, "The pier opened on [insert date], said [Your Name] of the port.")
    (2.0, ['[insert date]', '[Your Name]'])
    """
    first, last = batch.listed("placeholders")
    closing = np.append(batch.marks("]"), len(batch.mark))
    close = closing[np.searchsorted(closing, last)]
    near = (close - last < _BLANK) & (batch.article.take(close, mode="clip") == batch.article[first])
    near &= (batch.mark[first] == ord("[")) & (close < len(batch.mark))
    return per_article(batch, first, np.where(near, close + 1, last))


_BLANK = 8  # tokens from the words of a blank to its closing bracket


def citation_leftovers(batch: Batch) -> Measured:
    """A code by which a chatbot cites its sources was left in the text.

    >>> show(citation_leftovers, "The pier opened in May turn0search3 and closed.")
    (1.0, ['turn0search3'])
    """
    return per_article(batch, *batch.listed("citation_leftovers"))


def html_entities(batch: Batch) -> Measured:
    """A character is still written as its HTML code.

    >>> show(html_entities, "Vale &amp; Marit own the pier, not R&D.")
    (1.0, ['&amp;'])
    """
    return per_article(batch, *batch.listed("html_entities"))


def template_lines(batch: Batch) -> Measured:
    r"""A line begins with a label of the order to the writer, such as "Word count:".

    >>> show(template_lines, "Headline: Pier opens\nThe headline: too long.")
    (1.0, ['Headline:'])
    """
    first, last = batch.listed("template_lines")
    place = batch.tokens.origin(batch.tokens.start[first])
    opens = np.isin(glyphs(batch).classes[place - 1], (LINE, EDGE))
    return per_article(batch, first[opens], last[opens])


def markdown_leftovers(batch: Batch) -> Measured:
    r"""Marks of Markdown were left in the text: bold stars, headings, links or code fences.

    Stars count at the opening of bold text, in an article that closes some; "d**n" opens none.

    >>> show(markdown_leftovers, "## The pier\nIt is **very** old, d**n it.")
    (2.0, ['##', '**'])
    """
    found, points, classes = glyphs(batch), batch.tokens.points, glyphs(batch).classes
    pair = (found.kind == OTHER) & np.isin(found.point, _MARKDOWN) & (found.after == OTHER)
    at, mark, before = found.at[pair], found.point[pair], found.before[pair]
    same = (points[at + 1] == mark) & (points[at - 1] != mark)
    behind = classes[at + 2]
    stars = same & (mark == ord("*"))
    closing = stars & (before != SPACE) & (before < EDGE) & (behind > UPPER)
    opening = stars & (before > UPPER) & (behind <= DIGIT)
    closed = np.bincount(found.article(at[closing]), minlength=batch.size) > 0
    heading = same & (mark == ord("#")) & ((before == LINE) | (before == EDGE))
    link = (mark == ord("]")) & (points[at + 1] == ord("("))
    fence = same & (mark == ord("`")) & (points.take(at + 2, mode="clip") == mark) & (behind == OTHER)
    shown = at[(opening & closed[found.article(at)]) | heading | link | fence]
    return counted(batch, shown, shown + 2)


_MARKDOWN = tuple(map(ord, "*#]`"))


def mojibake(batch: Batch) -> Measured:
    """Characters were read in the wrong encoding.

    >>> show(mojibake, "It\u00e2\u20ac\u2122s late.")
    (1.0, ['\u00e2\u20ac'])
    """
    found = glyphs(batch)
    at = found.where((found.kind >= LINE) & (found.before <= UPPER))
    point, lead = batch.tokens.points[at], batch.tokens.points[at - 1]
    high = (point >= 0x80) & (point < 0xC0)  # the second byte of a letter in UTF-8, read as Latin-1
    broken = (lead == 0xE2) & ((point == 0x20AC) | (point == 0x80)) | high & ((lead == 0xC3) | (lead == 0xC2))
    return counted(batch, at[broken] - 1, at[broken] + 1)


__all__ = ["show"]
