"""Optional libraries: which extra brings which, and one sentence where it is not installed."""

from __future__ import annotations

from importlib.util import find_spec

LIBRARIES = {
    "parquet": ("pyarrow",),
    "html": ("trafilatura",),
    "warc": ("warcio", "trafilatura"),
    "zst": ("zstandard",),
}
"""The libraries of each extra for reading; setup.cfg says which versions."""


class MissingExtraError(ImportError):
    """An optional library is not installed: a sentence that says how to get it."""


def require(extra: str, what: str) -> None:
    """Raise `MissingExtraError` where a library of an extra is absent; `what` says what it is needed for.

    >>> require("none", "Nothing")
    """
    absent = [name for name in LIBRARIES.get(extra, ()) if find_spec(name) is None]
    if absent:
        raise MissingExtraError(f'{what} need {absent[0]}, which is not installed: pip install "detector[{extra}]"')
