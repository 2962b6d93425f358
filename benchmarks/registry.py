"""Write the counts and digests of the corpora into datasets/registry.json, or check that they still hold.

usage: python benchmarks/registry.py --data DIR [--check]

With ``--check`` nothing is written: every difference is printed, and the exit status is 1 if there is one.
"""

import argparse
import collections
import gzip
import hashlib
import json
import sys
from pathlib import Path

from detector import corpora
from detector.shipped import datasets_folder

NAMES = {0: "human", 1: "machine", None: "unlabelled"}


def measured(entry, data):
    """Return the entry with the counts and the digest of its file."""
    path = data / entry["file"]
    corpus = corpora.read(path)
    counted = collections.Counter(zip(corpus.sources, corpus.labels.tolist(), strict=True))
    for source in unlabelled_sources(path) if corpus.skipped else ():
        counted[source, None] += 1
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    result = {**entry, **counts(counted, {source for source, _ in counted}), "sha256": digest}
    if "sources" in entry:
        result["sources"] = [{**part, **counts(counted, {part["source"]})} for part in entry["sources"]]
    return result


def unlabelled_sources(path):
    """Yield the source of each row without a label, which ``corpora.read`` only counts."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["label"] is None:
                yield row["dataset"]


def counts(counted, sources):
    """Sum the rows of some sources by label."""
    return {name: sum(counted[source, label] for source in sources) for label, name in NAMES.items()}


def differences(old, new):
    """Say in one sentence each what the registry states otherwise than the files."""
    for key in (*NAMES.values(), "sha256"):
        if old.get(key) != new.get(key):
            yield f"{old.get('source', old.get('name'))}: {key} is {new.get(key)}, the registry says {old.get(key)}"
    for before, after in zip(old.get("sources", ()), new.get("sources", ()), strict=True):
        yield from differences(before, after)


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", required=True, type=Path, metavar="DIR", help="folder of the corpora")
    parser.add_argument("--check", action="store_true", help="write nothing, exit with 1 if something differs")
    options = parser.parse_args(arguments)
    path = datasets_folder() / "registry.json"
    entries = json.loads(path.read_text(encoding="utf-8"))
    renewed = [measured(entry, options.data) for entry in entries]
    found = [text for old, new in zip(entries, renewed, strict=True) for text in differences(old, new)]
    print(*found, sep="\n", end="\n" if found else "")
    if options.check:
        return int(bool(found))
    path.write_text(json.dumps(renewed, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
