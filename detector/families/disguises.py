"""Disguises: letters, spaces and invisible characters that print like plain text and are not.

They come with copied answers of some chatbots, and from tools that hide machine text from detectors (RAID, Dugan et al.
2024, doi:10.18653/v1/2024.acl-long.674, attacks "homoglyph", "zero-width space" and "whitespace").
"""

from __future__ import annotations

from detector.batchtext import Batch
from detector.families.glyphs import FOREIGN, FULL_WIDTH, HIDDEN, LOOKALIKE, ODD_SPACE, UPPER, counted, glyphs
from detector.families.measure import Measured, show


def homoglyphs(batch: Batch) -> Measured:
    """A letter of another script stands for a Latin one inside a word.

    >>> show(homoglyphs, "The p\u0430per is late.")
    (1.0, ['\u0430'])
    """
    found = glyphs(batch)
    at = found.where((found.kind == LOOKALIKE) & ((found.before <= UPPER) | (found.after <= UPPER)))
    return counted(batch, at, at + 1)


def hidden_characters(batch: Batch) -> Measured:
    """A character that nobody sees stands inside a word.

    >>> show(hidden_characters, "The pa\u200bper is late.")
    (1.0, ['\u200b'])
    """
    found = glyphs(batch)
    at = found.where((found.kind == HIDDEN) & (found.before <= UPPER) & (found.after <= UPPER))
    return counted(batch, at, at + 1)


def unusual_spaces(batch: Batch) -> Measured:
    """A thin or otherwise unusual space stands between words that are elsewhere set apart by plain ones.

    No-break spaces and tabs are left out: web pages and editors set them.

    >>> show(unusual_spaces, "The paper\u202fis late.")
    (1.0, ['\u202f'])
    """
    found = glyphs(batch)
    odd = (found.kind == ODD_SPACE) & (found.point > 0x1FFF) & (found.before <= UPPER) & (found.after <= UPPER)
    return counted(batch, found.at[odd], found.at[odd] + 1)


def full_width_forms(batch: Batch) -> Measured:
    """A full-width form of East Asian typesetting stands in Latin text.

    >>> show(full_width_forms, "The paper is late\uff0c again.")
    (1.0, ['\uff0c'])
    """
    found = glyphs(batch)
    latin = (found.before <= UPPER) & (found.after != FOREIGN)
    at = found.where((found.kind == FULL_WIDTH) & latin)
    return counted(batch, at, at + 1)


__all__ = ["show"]
