"""Texts to measure speed on: cut to any length from real articles, or from the invented ones that come along.

Speed depends on a text's length and hardly on what it says, but a vocabulary as small as that of the few invented
articles flatters every vectoriser that keeps one.  Give a corpus for figures to be quoted.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from detector.corpora import read
from detector.shipped import datasets_folder

WORST = {
    "one letter": "a",
    "quotation marks": '"',
    "a full stop a letter": "a. ",
    "digits": "7",
    "one word": "bcdfghjk",
}
"""What is repeated in texts that no newsroom writes."""


def pool(data: Path | None, characters: int) -> str:
    """Articles one after the other, as many characters as asked for; the invented ones are repeated for that."""
    if data:
        texts = read([data]).texts
        random.Random(7).shuffle(texts)
    else:
        lines = (datasets_folder() / "examples.jsonl").read_text(encoding="utf-8").splitlines()
        texts = [json.loads(line)["text"] for line in lines]
    joined = "\n\n".join(texts)
    return (joined * (characters // len(joined) + 1))[:characters]


def cut(text: str, size: int) -> list[str]:
    """The text in pieces of so many characters each, the rest left out."""
    return [text[at : at + size] for at in range(0, len(text) - size + 1, size)]


def edited(texts: list[str], number: int) -> Iterator[str]:
    """So many articles, one at a time: the texts over and over, each copy with its number in it."""
    for copy in range(number):
        yield f"{texts[copy % len(texts)]} Copy {copy} of this article was read {copy * 7 % 1000} times."


def tell(
    description: str | None, measure: Callable[[Path | None, bool], Any], table: Callable[[Any], str], quick: str
) -> None:
    """Measure, print the figures as a table and write them as JSON, as the command line asks; `quick` is its help."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder of corpora to take the articles from")
    parser.add_argument("--output", type=Path, help="write the figures to this file as JSON")
    parser.add_argument("--quick", action="store_true", help=quick)
    options = parser.parse_args()
    result = measure(options.data, options.quick)
    print(table(result))
    if options.output:
        options.output.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
