"""Time and memory against the number and the length of articles, and the rate of texts that no newsroom writes.

usage: python -m benchmarks.scaling [--data FOLDER] [--output FILE.json] [--quick]

Every measurement runs in a process of its own, that of the numbers as a stream that holds one article at a time.  Both
are linear where the microseconds a kilobyte stay the same, and memory is flat where the megabytes do.  They are those
that scoring adds to what the process needed when it had scored a single article.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks.articles import WORST, cut, edited, pool, tell
from benchmarks.memory import peak
from detector import load

NUMBERS, LENGTHS = tuple(10**n for n in range(2, 7)), tuple(10**n for n in range(3, 8))


def scored(make: Callable[[], Iterable[str]]) -> dict[str, float]:
    """Seconds and megabytes that scoring the texts takes in this process, and their size in megabytes."""
    detector, size = load(), 0

    def counted() -> Iterable[str]:
        nonlocal size
        for text in make():
            size += len(text)
            yield text

    detector.score("The ferry was late. Nobody knew why.")
    before, begin = peak(), time.perf_counter()
    detector.score(counted())
    took = time.perf_counter() - begin
    return {"s": took, "added_mb": peak() - before, "peak_mb": peak(), "us_per_kb": 1e9 * took / size}


def by_number(number: int, texts: list[str]) -> dict[str, float]:
    """So many articles, as a stream."""
    return scored(lambda: edited(texts, number))


def by_length(text: str) -> dict[str, float]:
    """One article."""
    return scored(lambda: [text])


def worst(name: str, length: int) -> dict[str, float]:
    """One text of so many characters that repeats what WORST says."""
    text = (WORST[name] * (length // len(WORST[name]) + 1))[:length]
    return scored(lambda: [text])


def alone(function: Callable[..., dict[str, float]], *arguments: Any) -> dict[str, float]:
    """The same in a process of its own, whose peak of memory is nobody else's."""
    with get_context("spawn").Pool(1) as process:
        return process.apply(function, arguments)


def measure(data: Path | None, quick: bool) -> dict[str, dict[str, dict[str, float]]]:
    """All figures; `quick` leaves the two largest sizes out."""
    numbers, lengths = (NUMBERS[:-2], LENGTHS[:-2]) if quick else (NUMBERS, LENGTHS)
    prose = pool(data, lengths[-1])  # read here: a corpus would fill the memory that is measured
    texts = cut(prose[:1_000_000], 1_000)
    return {
        "articles": {str(number): alone(by_number, number, texts) for number in numbers},
        "characters": {str(length): alone(by_length, prose[:length]) for length in lengths},
        "worst": {name: alone(worst, name, len(prose)) for name in WORST},
    }


def table(result: dict[str, dict[str, dict[str, float]]]) -> str:
    """The figures as text; a worst case is compared with prose of the same length."""
    lines = []
    prose = list(result["characters"].values())[-1]["us_per_kb"]
    for title, rows in result.items():
        lines.append(f"{title:24}         s  us/KB  added MB  peak MB" + ("  times prose" if title == "worst" else ""))
        for name, one in rows.items():
            label = f"{int(name):,}" if name.isdigit() else name
            line = f"  {label:22}{one['s']:10.2f}{one['us_per_kb']:7.0f}{one['added_mb']:10.0f}{one['peak_mb']:9.0f}"
            lines.append(line + (f"{one['us_per_kb'] / prose:13.2f}" if title == "worst" else ""))
    return "\n".join(lines)


def main() -> None:
    """Measure what the command line asks for."""
    tell(__doc__, measure, table, "leave the two largest sizes out")


if __name__ == "__main__":
    main()
