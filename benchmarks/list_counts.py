"""Count which words and phrases machines write more often than people: the figures behind the word lists.

usage: python benchmarks/list_counts.py --data FOLDER [--longest 4] [--least 3] [--list NAME]

For every run of one to four tokens within a sentence: the log-odds of machine against human articles with an
informative Dirichlet prior (Monroe, Colaresi and Quinn 2008, "Fightin' Words"), for each machine source by itself
against all human sources, and its z-score.  An article counts once for a run, however often it repeats it, so that one
talkative article makes no phrase.  Printed are the runs with z of at least 2 in `least` machine sources (with --people
at most -2), by the number of those sources and the median of their log-odds; with --list only the runs that stand in
that list, whatever their figures.  An entry of the stock and praise lists was dropped when z was at most -2 in two
sources and not above 2 in more, or when 40 articles had it and no source reached 2; a few published ones stayed all
the same.

The sources below are the ones used for the lists; the other corpora are kept for testing.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from detector.batchtext import MARK, Batch
from detector.characters import EDGE
from detector.corpora import read
from detector.lexicon import LISTS, read_list

MACHINE = ("detectrl", "llmfake", "sheepdog", "f3", "auto_newsrooms", "modern2026", "ai_blogs")
HUMAN = ("human_abc2006", "human_reuters_c50", "human_echoes_opinions", "human_modern", "detectrl", "f3")
_PRIOR_ARTICLES = 500  # the prior weighs as much as this many articles of the mixture of all sources
_SEEN = 5  # articles; rarer runs cannot reach the z that is asked for
_KEYS = np.random.default_rng(2008).integers(1, 2**63, 8, dtype=np.uint64) | np.uint64(1)


def sample(folder: Path, size: int) -> tuple[list[str], np.ndarray, int]:
    """Texts of every source, the side of each (the machine source's number, or -1), and the number of sides."""
    texts, side = [], []
    for number, (name, label) in enumerate([*((n, 1) for n in MACHINE), *((n, 0) for n in HUMAN)]):
        corpus = read(folder / f"{name}.jsonl.gz")
        rows = np.flatnonzero(corpus.labels == label)
        rows = rows[np.linspace(0, len(rows) - 1, min(size, len(rows))).astype(int)]
        texts += [corpus.texts[row] for row in rows]
        side += [number if label else -1] * len(rows)
    return texts, np.array(side), len(MACHINE)


def article_counts(batch: Batch, length: int, side: np.ndarray, sides: int) -> tuple[np.ndarray, np.ndarray]:
    """First token of each distinct run, and in how many articles of each side it stands: (runs, sides + 1)."""
    at = np.arange(len(batch.hash) - length + 1)
    whole = (batch.sentence[at] == batch.sentence[at + length - 1]) & (batch.mark[at] != EDGE)
    at = at[whole & (batch.kind[at + length - 1] != MARK)]
    key = sum((batch.hash[at + k].astype(np.uint64) * _KEYS[k] for k in range(length)), np.zeros(len(at), np.uint64))
    _, first, run = np.unique(key, return_index=True, return_inverse=True)
    pair = np.unique(run * batch.size + batch.article[at])
    run, column = pair // batch.size, side[pair % batch.size]
    counts = np.bincount(run * (sides + 1) + column + 1, minlength=len(first) * (sides + 1))
    return at[first], counts.reshape(-1, sides + 1)


def log_odds(counts: np.ndarray, articles: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Log-odds of each machine side against column 0, the human one, and z: (runs, sides) each."""
    share = counts.sum(1, keepdims=True) / articles.sum()
    have, lack = counts + _PRIOR_ARTICLES * share, articles - counts + _PRIOR_ARTICLES * (1 - share)
    logit, variance = np.log(have / lack), 1 / have + 1 / lack
    odds = logit[:, 1:] - logit[:, :1]
    return odds, odds / np.sqrt(variance[:, 1:] + variance[:, :1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, type=Path)
    parser.add_argument("--longest", type=int, default=4, help="tokens in the longest run")
    parser.add_argument("--sample", type=int, default=900, help="articles of each source")
    parser.add_argument("--least", type=int, default=3, help="machine sources that must agree")
    parser.add_argument("--top", type=int, default=400, help="runs to print for each length")
    parser.add_argument("--list", help="print the entries of this list only")
    parser.add_argument("--people", action="store_true", help="print what people write more often")
    options = parser.parse_args()
    texts, side, sides = sample(options.data, options.sample)
    batch = Batch.from_texts(texts)
    articles = np.bincount(side + 1, minlength=sides + 1)
    wanted = set(read_list(LISTS / f"{options.list}.txt")) if options.list else None
    print("run", "median", "human", *MACHINE, sep="\t")
    for length in range(1, options.longest + 1):
        first, counts = article_counts(batch, length, side, sides)
        seen = counts.sum(1) >= (_SEEN if wanted is None else 1)
        first, counts = first[seen], counts[seen]
        odds, z = log_odds(counts, articles)
        sign = -1 if options.people else 1
        median, agree = np.median(odds, axis=1), (sign * z >= 2).sum(1)
        rows = np.lexsort((-sign * median, -agree))
        if wanted is None:
            rows = rows[agree[rows] >= options.least][: options.top]
        for row in rows:
            run = " ".join(batch.token_text(first[row] + k).lower() for k in range(length))
            if wanted is None or run in wanted:
                print(run, f"{median[row]:.2f}", counts[row, 0], *np.round(z[row], 1), sep="\t")


if __name__ == "__main__":
    main()
