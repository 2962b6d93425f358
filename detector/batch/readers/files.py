"""Which files are read, in which order and as what: names, folders and patterns."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from detector.batch.readers.streams import packing

ENDINGS = {
    "text": (".txt",),
    "jsonl": (".jsonl", ".ndjson"),
    "csv": (".csv",),
    "tsv": (".tsv", ".tab"),
    "parquet": (".parquet", ".pq"),
    "html": (".html", ".htm", ".xhtml"),
    "warc": (".warc",),
}
"""Each format with the endings of its files; all but Parquet files may be compressed, which a second ending says."""

OTHER = (".json", ".xml", ".rtf", ".pdf", ".doc", ".docx", ".odt", ".xls", ".xlsx", ".zip", ".tar", ".tgz")
"""Endings of files that hold more than the text of an article: as one text they would get a verdict on their markup."""


@dataclass(frozen=True)
class Planned:
    """A file that would be read: its format and its size on disk (None where it has none), or what is wrong."""

    path: str
    format: str
    bytes: int | None = None
    error: str | None = None


def planned(paths: Iterable[str], kind: str) -> Iterator[Planned]:
    """The files that the paths name, in order; a folder's and a pattern's are sorted by name.

    Of a folder those files are taken that end as their format should, hidden ones left out; a file that is named, or
    that a pattern matches, is taken whatever its ending.  Sizes are left out.
    """
    for path in paths:
        if path and path != "-" and Path(path).is_dir():
            yield from _folder(path, kind)
        elif any(mark in path for mark in "*?[") and not Path(path).exists():
            yield from _pattern(path, kind)
        else:
            yield _named(path, kind)


def _named(path: str, kind: str) -> Planned:
    if kind != "auto":
        return Planned(path, kind)
    known = format_of(path)
    if known is None and path.lower().endswith(OTHER) and Path(path).exists():
        wrong = "is of a format that is not read (--input-format text takes it as one text)"
        return Planned(path, "text", error=wrong)
    return Planned(path, known or "text")


def format_of(path: str) -> str | None:
    """The format that the ending of a file names.

    >>> format_of("news/May.CSV.gz"), format_of("part-0.parquet"), format_of("README"), format_of("old.parquet.gz")
    ('csv', 'parquet', None, None)
    """
    packed = packing(path)
    name = path.lower().removesuffix(packed or "")
    found = next((known for known, endings in ENDINGS.items() if name.endswith(endings)), None)
    return None if packed and found == "parquet" else found


def _pattern(pattern: str, kind: str) -> Iterator[Planned]:
    found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - the pattern may begin at the root
    if "**" in pattern:
        found = [path for path in found if not Path(path).is_dir()]  # their files match on their own
    if not found:
        yield Planned(pattern, kind, error="no file matches this pattern")
    yield from planned(found, kind)


def _folder(folder: str, kind: str) -> Iterator[Planned]:
    empty = True
    for one in _inside(Path(folder), kind):
        empty = False
        yield one
    if empty:
        endings = ENDINGS[kind] if kind != "auto" else [ending for some in ENDINGS.values() for ending in some]
        yield Planned(folder, kind, error=f"the folder holds no {', '.join(endings)} file")


def _inside(folder: Path, kind: str, above: frozenset[tuple[int, int]] = frozenset()) -> Iterator[Planned]:
    """The files of a folder and of those in it, by name; a folder that a link leads back to is not entered again."""
    try:
        status = folder.stat()
        inside = sorted(folder.iterdir())
    except OSError as error:
        yield Planned(str(folder), kind, error=f"the folder cannot be listed: {error.strerror}")
        return
    here = (status.st_dev, status.st_ino)
    if here in above:
        return
    for path in inside:
        if path.name.startswith("."):
            continue
        if path.is_dir():
            yield from _inside(path, kind, above | {here})
        elif _wanted(path.name, kind):
            yield Planned(str(path), kind if kind != "auto" else format_of(path.name) or "text")


def _wanted(name: str, kind: str) -> bool:
    found = format_of(name)
    # Spark and others write such files beside the data.
    return found is not None and kind in ("auto", found) and not (found == "parquet" and name.startswith("_"))
