"""Train NLTK's Punkt on human news and keep its parameters as plain text in detector/punkt.

usage: python benchmarks/train_punkt.py --data FOLDER [--articles 300]

The library's own sentence splitter reads the abbreviations and the sentence starters; the tests compare its splits with
Punkt's.  Only single word types are kept, no text.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from nltk.tokenize.punkt import PunktParameters, PunktTrainer

from detector.corpora import read, roles
from detector.lexicon import LISTS, read_list

PARAMETERS = Path(__file__).resolve().parents[1] / "detector" / "punkt"
RARE = 40  # orthographic contexts of words seen less often are left out: they fill megabytes and decide little
SEEN = 5  # times that an abbreviation must stand with its full stop
LONGEST = 6  # letters: longer "abbreviations" are glued words ("word.Next") of badly extracted pages


def train(folder: str, articles: int) -> PunktParameters:
    """Punkt's parameters from at most `articles` human texts of each file; Pidgin is left out."""
    trainer, rng = PunktTrainer(), random.Random(0)
    trainer.INCLUDE_ALL_COLLOCS = False
    for path in sorted(Path(folder).glob("*.jsonl.gz")):
        corpus = read([path])
        outside = np.array([role == "outside" for role in roles(corpus)], bool)
        texts = corpus.select((corpus.labels == 0) & ~outside).texts
        for text in rng.sample(texts, min(articles, len(texts))):
            trainer.train(text.replace("\u2019", "'")[:8000], finalize=False)
    counts = trainer._type_fdist
    trainer.finalize_training()
    return _pruned(trainer.get_params(), counts)


def _pruned(parameters: PunktParameters, counts: Mapping[str, int]) -> PunktParameters:
    """Only common words and short abbreviations: no names, no text."""
    common = set(read_list(LISTS / "common.txt"))
    context = parameters.ortho_context
    parameters.ortho_context = {w: context[w] for w in sorted(context) if w in common and counts[w] >= RARE}
    parameters.sent_starters &= common
    parameters.collocations = {(a, b) for a, b in parameters.collocations if a.isascii() and b in common}
    parameters.abbrev_types = {
        a
        for a in parameters.abbrev_types
        if a.isascii() and a[:1].isalpha() and "-" not in a and len(a) <= LONGEST and counts[a + "."] >= SEEN
    }
    return parameters


def write(parameters: PunktParameters) -> None:
    """One plain text file for each kind of parameter."""
    files = {
        "abbrev_types.txt": sorted(parameters.abbrev_types),
        "sent_starters.txt": sorted(parameters.sent_starters),
        "collocations.tab": sorted(f"{a}\t{b}" for a, b in parameters.collocations),
        "ortho_context.tab": [f"{word}\t{flags}" for word, flags in sorted(parameters.ortho_context.items())],
    }
    for name, lines in files.items():
        (PARAMETERS / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    parser.add_argument("--articles", type=int, default=300)
    arguments = parser.parse_args()
    write(train(arguments.data, arguments.articles))


if __name__ == "__main__":
    main()
