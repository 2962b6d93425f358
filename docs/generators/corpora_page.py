"""The corpora of training and measurement, from their registry, and the schema, from the folder's own description."""

from __future__ import annotations

from typing import Any

from docstrings import escaped, table

from detector.corpora import registry
from detector.shipped import datasets_folder

_ALLOWED = {True: "yes", False: "no", None: "not known"}
_HEAD = ["source", "licence, as stated", "commercial use", "human", "machine", "unlabelled", "role"]


def corpora() -> str:
    """A table of the sources, then of each its origin and its traps."""
    known = registry()
    notes = [f"- **{escaped(name)}**: {_origin(one)}" for name, one in known.items()]
    rows = [
        [_linked(name, one["url"]), one["licence"], _ALLOWED[one["commercial"]]]
        + [f"{one[kind]:,}" if one[kind] is not None else "" for kind in ("human", "machine", "unlabelled")]
        + [one["role"] or ""]
        for name, one in known.items()
    ]
    return "\n".join([table(_HEAD, rows), "", "### Citations and traps", "", *notes])


def _linked(name: str, url: str | None) -> str:
    return f"[{escaped(name)}]({url})" if url else escaped(name)


def _origin(one: dict[str, Any]) -> str:
    told = (one["citation"], one["note"])
    return " ".join(f"{escaped(text).rstrip('.')}." for text in told if text) or "Nothing more is known."


def schema() -> str:
    """What `datasets/README.md` says from its schema on."""
    told = (datasets_folder() / "README.md").read_text(encoding="utf-8")
    return told[told.index("## Schema") :]
