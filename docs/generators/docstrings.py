"""Docstrings as Markdown: their paragraphs as they are, their examples as blocks of code."""

from __future__ import annotations

import inspect
import re
from typing import Any


def markdown(documented: Any) -> str:
    """The docstring of a function or class as Markdown."""
    paragraphs = re.split(r"\n\s*\n", inspect.getdoc(documented) or "")
    return "\n\n".join(_paragraph(paragraph) for paragraph in paragraphs)


def _paragraph(text: str) -> str:
    return f"```python\n{text}\n```" if text.startswith(">>>") else escaped(text)


def escaped(text: str) -> str:
    """Prose in which nothing outside code is taken for markup."""
    parts = re.split(r"(`+[^`]+`+)", text)
    return "".join(part if number % 2 else re.sub(r"([<*_\[\]])", _entity, part) for number, part in enumerate(parts))


def _entity(found: re.Match[str]) -> str:
    return f"&#{ord(found[0])};"


def table(head: list[str], rows: list[list[Any]]) -> str:
    """A Markdown table; a bar in a cell would end it."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(str(cell).replace('|', '&#124;') for cell in line)} |" for line in lines)
