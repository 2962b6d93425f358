"""Train NLTK's Punkt on human news and keep its parameters as plain text in detector/punkt.

usage: python benchmarks/train_punkt.py --data FOLDER [--articles 400]

The library's own sentence splitter reads the abbreviations and the sentence starters; the tests compare its splits with
Punkt's.  Only single word types are kept, no text.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

from nltk.tokenize.punkt import PunktParameters, PunktTrainer, save_punkt_params

from detector.corpora import read

PARAMETERS = Path(__file__).resolve().parents[1] / "detector" / "punkt"
RARE = 40  # orthographic contexts of words seen less often are left out: they fill megabytes and decide little


def train(folder: str, articles: int) -> PunktParameters:
    """Punkt's parameters from at most `articles` human news texts of each source."""
    corpus = read([folder])
    chosen: list[str] = []
    for source in sorted(set(corpus.sources)):
        texts = [t for t, s, y in zip(corpus.texts, corpus.sources, corpus.labels, strict=True) if s == source and y == 0]
        chosen += random.Random(0).sample(texts, min(articles, len(texts)))
    trainer = PunktTrainer()
    trainer.INCLUDE_ALL_COLLOCS = False
    for text in chosen:
        trainer.train(text.replace("\u2019", "'"), finalize=False)
    counts = trainer._type_fdist
    trainer.finalize_training()
    parameters = trainer.get_params()
    keep = {word for word in parameters.ortho_context if counts[word] >= RARE and word.isascii()}
    parameters.ortho_context = {word: parameters.ortho_context[word] for word in sorted(keep)}
    # A real abbreviation is short; long "types" are glued words ("word.Next") of badly extracted pages.
    parameters.abbrev_types = {a for a in parameters.abbrev_types if a.isascii() and a[:1].isalpha() and len(a) <= 6}
    return parameters


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    parser.add_argument("--articles", type=int, default=400)
    arguments = parser.parse_args()
    save_punkt_params(train(arguments.data, arguments.articles), PARAMETERS)


if __name__ == "__main__":
    main()
