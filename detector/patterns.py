"""Pattern: a regular expression that is compiled when it is first used.

The consistency checks have some 170 of them.  To compile all takes a tenth of a second, more than the import of NumPy,
and an article needs few.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any


class Pattern:
    """The methods of a compiled regular expression that the library uses; `flags` are those of `re.compile`.

    After its first use a method is the compiled one itself, and costs nothing more.

    >>> Pattern(r"[a-z]+").findall("The pier is shut.")
    ['he', 'pier', 'is', 'shut']
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern, self.flags = pattern, flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self.flags)

    @cached_property
    def search(self) -> Callable[..., re.Match[str] | None]:
        """As of `re.Pattern`, like all others."""
        return self._compiled.search

    @cached_property
    def match(self) -> Callable[..., re.Match[str] | None]:
        """Where the text begins like this."""
        return self._compiled.match

    @cached_property
    def fullmatch(self) -> Callable[..., re.Match[str] | None]:
        """Where the whole text is like this."""
        return self._compiled.fullmatch

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        """Every place, one after the other."""
        return self._compiled.finditer

    @cached_property
    def findall(self) -> Callable[..., list[Any]]:
        """The passages of every place."""
        return self._compiled.findall

    @cached_property
    def sub(self) -> Callable[..., str]:
        """The text with every place replaced."""
        return self._compiled.sub


__all__ = ["Pattern"]
