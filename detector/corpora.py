"""Labelled articles on disk, read into parallel columns, and what the registry knows of their sources.

The schema (``datasets/README.md``) is one JSON object a line with at least ``text`` and ``label``, gzipped or not, or
a CSV file with columns of the same names. Whatever is wrong with a row is a ``ValueError`` of one sentence that names
file and line: a corpus that is silently half read trains a model nobody can reproduce.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from detector import tablefile
from detector.shipped import datasets_folder

SUFFIXES = (".jsonl.gz", ".jsonl", ".csv")
_LABELS = {"0": 0, "1": 1, "0.0": 0, "1.0": 1}  # a table exported with empty labels writes the others as 0.0 and 1.0


@dataclass(frozen=True, eq=False)
class Corpus:
    """Articles as parallel columns, one entry an article; ``labels`` is int8, 0 human and 1 machine.

    ``groups`` joins an article with everything written from it: never put one group on both sides of a split.
    ``skipped`` counts the rows that were read but carry no label.
    """

    ids: list[str]
    texts: list[str]
    labels: np.ndarray
    sources: list[str]
    kinds: list[str]
    generators: list[str]
    attacks: list[str]
    groups: list[str]
    skipped: int = 0

    def __len__(self) -> int:
        """Count the articles."""
        return len(self.ids)

    def select(self, rows: np.ndarray | Sequence[int] | Sequence[bool]) -> Corpus:
        """Return the articles that a boolean mask keeps or that row numbers name, in that order."""
        index = np.asarray(rows)
        if index.dtype == bool:
            if len(index) != len(self):
                raise ValueError(f"the mask has {len(index)} entries for {len(self)} articles")
            index = np.flatnonzero(index)
        index = index.astype(np.int64)
        chosen = {name: [getattr(self, name)[i] for i in index] for name in _COLUMNS if name != "labels"}
        return Corpus(labels=self.labels[index], skipped=self.skipped, **chosen)

    @staticmethod
    def concatenate(corpora: Iterable[Corpus]) -> Corpus:
        """Return the articles of several corpora, one after the other; ids and groups stay as they are."""
        parts = list(corpora)
        joined = {name: [value for part in parts for value in getattr(part, name)] for name in _COLUMNS}
        return _corpus(joined, sum(part.skipped for part in parts))


_COLUMNS = tuple(field.name for field in fields(Corpus) if field.name != "skipped")


def _corpus(columns: dict[str, list], skipped: int) -> Corpus:
    labels = np.array(columns.pop("labels"), np.int8)
    return Corpus(labels=labels, skipped=skipped, **columns)


def registry(path: Path | None = None) -> dict[str, dict]:
    """Return what is known of each source, under its own name: ``name`` (of its file), ``role``, ``family``, ``kind``.

    A file of several sources has an entry for itself and one for each of them, which takes from the file's what it
    does not state. ``path`` is a registry file, the shipped one if it is None.
    """
    entries = json.loads((path or datasets_folder() / "registry.json").read_text(encoding="utf-8"))
    known = {}
    for entry in entries:
        own = {key: value for key, value in entry.items() if key != "sources"}
        known[entry["name"]] = own
        known.update({part["source"]: {**own, **part} for part in entry.get("sources", ())})
    return known


def roles(corpus: Corpus, known: Mapping[str, dict] | None = None) -> list[str]:
    """Return what each article's source is used for as human writing: ``news``, ``other`` or ``outside``.

    A source that the registry does not know is ``news``: who brings articles of their own means them as the reference.
    """
    known = registry() if known is None else known
    return [known.get(source, {}).get("role") or "news" for source in corpus.sources]


def families(corpus: Corpus, known: Mapping[str, dict] | None = None) -> list[str]:
    """Return which family of machines wrote each article: ``""`` for a human one, ``own`` for an unknown source."""
    known = registry() if known is None else known
    named = (known.get(source, {}).get("family") or "own" for source in corpus.sources)
    return [family if label else "" for family, label in zip(named, corpus.labels, strict=True)]


def read(
    paths: str | Path | Iterable[str | Path], without: Iterable[str] = (), known: Mapping[str, dict] | None = None
) -> Corpus:
    """Read schema files, CSV files and folders of them into one ``Corpus``, in the order given.

    ``without`` leaves sources out: a name is that of a source, of a file (without its ending) or of an entry of the
    registry, and one that is none of these is a ``ValueError``. ``known`` is a registry as ``registry`` returns it,
    the shipped one if it is None. Rows whose label is null are skipped and counted in ``Corpus.skipped``.
    """
    known = registry() if known is None else known
    without = {without} if isinstance(without, str) else set(without)
    columns: dict[str, list] = {name: [] for name in _COLUMNS}
    skipped, names = 0, set(known)
    for path in _files([paths] if isinstance(paths, str | Path) else paths):
        stem = _stem(path)
        names.add(stem)
        if stem in without:
            continue
        for line, row in _labelled(path):
            article = _article(row, f"{path}, line {line}", stem, line, known)
            source = article["sources"]
            names.add(source)
            if without & {source, known.get(source, {}).get("name")}:
                continue
            if article["labels"] is None:
                skipped += 1
                continue
            for name, value in article.items():
                columns[name].append(value)
    if unknown := sorted(without - names):
        raise ValueError(f"no source is called {unknown[0]!r}; known are {', '.join(sorted(names))}")
    return _corpus(columns, skipped)


def _stem(path: Path) -> str:
    suffix = next(suffix for suffix in SUFFIXES if path.name.endswith(suffix))
    return path.name.removesuffix(suffix)


def _files(paths: Iterable[str | Path]) -> Iterator[Path]:
    for path in map(Path, paths):
        if path.is_dir():
            inside = sorted(file for file in path.iterdir() if file.name.endswith(SUFFIXES) and file.is_file())
            if not inside:
                raise ValueError(f"the folder {path} holds no {', '.join(SUFFIXES)} file")
            yield from inside
        elif not path.is_file():
            raise ValueError(f"there is no file or folder {path}")
        elif not path.name.endswith(SUFFIXES):
            raise ValueError(f"{path} is no corpus: its name must end in {', '.join(SUFFIXES)}")
        else:
            yield path


def _labelled(path: Path) -> Iterator[tuple[int, dict]]:
    """Yield line numbers and rows; the labels of a CSV file as the numbers that they are in the schema."""
    for line, row in tablefile.rows(path, ("text", "label")):
        if path.suffix == ".csv":
            label = row["label"].strip()
            row["label"] = _LABELS.get(label, label) if label else None
        yield line, row


def _article(row: dict, where: str, stem: str, line: int, known: Mapping[str, dict]) -> dict:
    """Check one row and fill in what it leaves out."""
    for name in ("text", "label"):
        if name not in row:
            raise ValueError(f"{where}: the row has no {name!r}")
    text, label = row["text"], row["label"]
    if not isinstance(text, str):
        raise ValueError(f"{where}: the text is {type(text).__name__}, not a string")
    if label is not None and (isinstance(label, bool) or label not in (0, 1)):
        raise ValueError(f"{where}: the label is {label!r}, not 0 (human), 1 (machine) or null")
    told = {name: str(row[name]) for name in row if isinstance(name, str) and row[name] not in (None, "")}
    source = told.get("source") or told.get("dataset") or stem
    own = told.get("id") or str(line)
    return {
        "ids": told.get("id") or f"{stem}:{line}",
        "texts": text,
        "labels": label,
        "sources": source,
        "kinds": told.get("kind") or known.get(source, {}).get("kind") or told.get("domain") or "",
        "generators": told.get("generator") or ("unknown" if label else "human"),
        "attacks": told.get("attack") or "none",
        "groups": told.get("group") or f"{stem}:{own}",
    }
