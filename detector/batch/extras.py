"""Optional libraries: which extra brings which, and one sentence where it is not installed."""

from __future__ import annotations

from importlib.util import find_spec

LIBRARIES = {
    "parquet": ("pyarrow",),
    "html": ("trafilatura",),
    "warc": ("warcio", "trafilatura"),
    "zst": ("zstandard",),
    "frames": ("narwhals",),
    "dask": ("dask", "distributed"),
    "plots": ("matplotlib",),
}
"""The libraries of each extra; setup.cfg says which versions."""


class MissingExtraError(ImportError):
    """An optional library is not installed: a sentence that says how to get it."""


def installed(extra: str) -> bool:
    """True where the libraries of an extra are there; they are not imported to find out."""
    return all(find_spec(name) is not None for name in LIBRARIES[extra])


def require(extra: str, what: str) -> None:
    """Raise `MissingExtraError` where a library of an extra is absent; `what`, in the plural, is what needs it."""
    if not installed(extra):
        absent = next(name for name in LIBRARIES[extra] if find_spec(name) is None)
        raise MissingExtraError(f'{what} need {absent}, which is not installed: pip install "detector[{extra}]"')
