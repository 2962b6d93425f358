"""Speech: whether a place in a text stands inside a quotation."""

from __future__ import annotations


def is_quoted(text: str, place: int) -> bool:
    """True where the last quotation mark before a place, in its paragraph, opens a quotation.

    >>> is_quoted('"We sail," she said. Nobody came.', 5), is_quoted('"We sail," she said. Nobody came.', 25)
    (True, False)
    """
    begin = max(place - _LONGEST, 0)
    begin = max(text.rfind("\n\n", begin, place), begin)
    mark = max(text.rfind(mark, begin, place) for mark in '"“”')
    return mark >= 0 and (text[mark] == "“" or (text[mark] == '"' and text[mark + 1 : mark + 2].isalnum()))


_LONGEST = 1500  # characters of a quotation
