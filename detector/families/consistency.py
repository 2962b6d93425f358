"""Consistency: places of one article that contradict each other, as the checks in `detector/consistency/` find them.

One feature a kind of check: a single check fires in too few articles to be learned.  A kind counts its suspects; every
place of a suspect is evidence and carries its message.
"""

from __future__ import annotations

import numpy as np

from detector.batchtext import Batch
from detector.consistency import suspects_of_kind
from detector.families.measure import Family, Measured, show


def calendar_slips(batch: Batch) -> Measured:
    """A date that the calendar or another date of the article contradicts.

    >>> show(calendar_slips, "The pier opened on Tuesday, March 5, 2023, in the rain.")
    (1.0, ['Tuesday, March 5, 2023'])
    """
    return _of_kind(batch, "calendar")


def timeline_slips(batch: Batch) -> Measured:
    """Years, durations or ages whose order cannot be.

    >>> show(timeline_slips, "She ran the port for ten years, from 2014 to 2018, and then left.")
    (1.0, ['ten years', 'from 2014 to 2018'])
    """
    return _of_kind(batch, "timeline")


def quantity_slips(batch: Batch) -> Measured:
    """Figures of the article that do not fit together.

    >>> show(quantity_slips, "Fares rose from 50 to 40 crowns this week, the port said.")
    (1.0, ['rose from 50 to 40'])
    """
    return _of_kind(batch, "quantities")


def name_slips(batch: Batch) -> Measured:
    """One person goes by names that do not fit together.

    >>> show(name_slips, "Jia Yangqing left the firm in May. Mr Yangqing gave no reason.")
    (1.0, ['Jia Yangqing', 'Mr Yangqing'])
    """
    return _of_kind(batch, "names")


def acronym_slips(batch: Batch) -> Measured:
    """An acronym that does not fit what it stands for, or stands for two things.

    >>> show(acronym_slips, "The Port Safety Board (PSB) met. The Public Savings Bank (PSB) paid.")
    (1.0, ['Port Safety Board (PSB)', 'Public Savings Bank (PSB)'])
    """
    return _of_kind(batch, "acronyms")


def quotation_slips(batch: Batch) -> Measured:
    """One quotation is given twice, or to two speakers.

    >>> words = "“We will not close the pier before the boats are safe again,”"
    >>> story = "The council of Marit met on Monday to talk about the port, the mill and the school. " * 4
    >>> show(quotation_slips, f"{story}{words} Oddny Brell said. The harbour master nodded. {words} Ole Brask said.")[0]
    1.0
    """
    return _of_kind(batch, "quotations")


def headline_slips(batch: Batch) -> Measured:
    r"""Headline or dateline say something else than the article.

    >>> show(headline_slips, "MARIT, May 3 — The pier opened.\n\nBRELL, May 4 — The pier was shut.")
    (1.0, ['MARIT, May 3', 'BRELL, May 4'])
    """
    return _of_kind(batch, "headline")


def voice_slips(batch: Batch) -> Measured:
    r"""Somebody else than a reporter speaks: an outlet of itself, or a writer to the one who gave the order.

    >>> show(voice_slips, "Here is the article you asked for:\n\nThe pier opened in May.")
    (1.0, ['article you asked for'])
    """
    return _of_kind(batch, "voice")


def _of_kind(batch: Batch, kind: str) -> Measured:
    """The suspects of a kind in each article, and every place of each."""
    spans: list[tuple[int, int, int, float]] = []
    notes: dict[int, str] = {}
    value = np.zeros(batch.size)
    for row, _, suspect in suspects_of_kind(batch, kind):
        value[row] += 1
        for start, end in suspect.spans:
            notes[len(spans)] = suspect.message
            spans.append((row, start, end, 1 / len(suspect.spans)))
    at = np.array([span[:3] for span in spans], int).reshape(-1, 3)
    first, weight = batch.tokens.starts[at[:, 0]], np.array([span[3] for span in spans], float)
    return Measured(value, first + at[:, 1], first + at[:, 2], weight, raw=True, notes=notes)


FAMILY = Family(
    "consistency",
    "statements of one article that contradict each other",
    (
        calendar_slips,
        timeline_slips,
        quantity_slips,
        name_slips,
        acronym_slips,
        quotation_slips,
        headline_slips,
        voice_slips,
    ),
    only_raises=True,
)

__all__ = ["FAMILY", "show"]
