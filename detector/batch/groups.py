"""Records in groups: so many articles, and no more characters than fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detector.batch.records import Record


def groups(records: Iterable[Record], most: int, characters: int) -> Iterator[list[Record]]:
    """Records in order, in lists of at most `most`; one that is longer than `characters` is alone.

    The same records give the same groups.

    >>> [[one.id for one in group] for group in groups([Record("a", "xx"), Record("b", "x" * 9), Record("c")], 2, 5)]
    [['a'], ['b'], ['c']]
    """
    group: list[Record] = []
    size = 0
    for record in records:
        if group and (len(group) == most or size + len(record.text) > characters):
            yield group
            group, size = [], 0
        group.append(record)
        size += len(record.text)
    if group:
        yield group
