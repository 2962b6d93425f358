"""Texts to measure speed on: cut to any length from real articles, or from the invented ones that come along.

Speed depends on a text's length and hardly on what it says, but a vocabulary as small as that of the few invented
articles flatters every vectoriser that keeps one.  Give a corpus for figures to be quoted.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

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
