"""MkDocs hook: puts what is known to the code into the pages, in place of ``<!-- generated: NAME -->``.

What a page says of features, checks, commands, corpora and the library is read from them when the site is built, so it
cannot lag behind.  Nothing of it is kept in the repository.
"""

from __future__ import annotations

import re
from typing import Any

from checks_page import checks
from commands_page import commands
from corpora_page import corpora, schema
from features_page import features
from library_page import library, more_modules
from model_page import card, limits, meanings
from speed_page import batches, scalings, throughputs

PARTS = {
    "batches": batches,
    "card": card,
    "checks": checks,
    "commands": commands,
    "corpora": corpora,
    "features": features,
    "library": library,
    "limits": limits,
    "meanings": meanings,
    "more_modules": more_modules,
    "scalings": scalings,
    "schema": schema,
    "throughputs": throughputs,
}
"""What may be asked for, by its name in the comment."""

_MARKER = re.compile(r"^<!-- generated: (\w+) -->$", re.MULTILINE)


def on_page_markdown(markdown: str, **_known: Any) -> str:
    """Fill in the generated parts of one page; MkDocs calls this for each."""
    return _MARKER.sub(lambda marker: PARTS[marker[1]](), markdown)
