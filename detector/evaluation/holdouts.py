"""What is left out of training together: sources, kinds of instruction, sites, generators, all but a few articles.

A holdout takes with it every article of the groups of its test articles, in whatever file they stand.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from detector.corpora import Corpus, registry
from detector.evaluation.generators import FAMILIES, generator_family

PAIRED = ("detectrl", "dna_detectllm", "gecscore", "llmfake", "sheepdog", "politifact_pp", "imbd", "f3")
"""Corpora with machine and human articles on the same subjects, over which the macro average goes."""

HUMAN_NEWS = (
    "human_reuters_c50", "human_reuters21578", "human_echoes_3dlnews", "human_echoes_opinions", "human_abc2006",
    "human_horne2017",
)  # fmt: skip
"""News sources without machine articles."""

NEWS = (*HUMAN_NEWS, "detectrl", "dna_detectllm", "gecscore", "f3")
"""Sources whose human articles are ordinary news: false positives are counted and thresholds set on them."""

MIXED = ("human_brown", "human_gum", "human_gov18f_blog", "human_ieer1998")
"""Human sources of mixed genres, held out at once."""

CAPPED_SINGLE = ("human_horne2017", "hart_humanized", "kinit_disinfo", "outfox", "ai_blogs", "auto_newsrooms")
"""Sources held out one at a time from the capped corpus, because their own size is small."""

WHOLE = tuple(source for source in (*PAIRED, *HUMAN_NEWS) if source not in CAPPED_SINGLE)
"""Sources held out one at a time from the whole corpus."""

FEW = (100, 300)
"""Articles of today's machine that stay in training in the few-shot holdouts."""

DRAWS = 1
"""Random choices of each number of few articles."""

LEAST = 40
"""Machine articles of a family of generators that are worth a holdout."""

MODERN, SITES = "modern2026", "auto_newsrooms"


@dataclass(frozen=True)
class Holdout:
    """What is left out of training and tested; `attacks` are kinds of instruction of modern2026, `groups` sites.

    `family` names a family of generators whose machine articles are held out in every source.  `keep` random articles
    of the sources stay in training, each of another group, chosen by `seed`.  `about` says which table it belongs to.
    """

    name: str
    sources: tuple[str, ...] = ()
    attacks: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    family: str = ""
    keep: int = 0
    seed: int = 0
    about: str = "source"

    def rows(self, corpus: Corpus) -> np.ndarray:
        """(N,) the articles that are held out and tested on."""
        out = self._named(corpus)
        if self.keep:
            kept = set(np.array(corpus.groups)[self._kept(corpus)].tolist())
            out &= np.array([group not in kept for group in corpus.groups])
        return out

    def training_rows(self, corpus: Corpus) -> np.ndarray:
        """(N,) the articles to train on: those that are neither held out nor of a group that is."""
        out = self.rows(corpus)
        groups = {group for group, held in zip(corpus.groups, out, strict=True) if held}
        free = np.array([group not in groups for group in corpus.groups], bool) & ~out
        if self.keep:
            free &= ~self._named(corpus)
            free[self._kept(corpus)] = True
        return free

    def _named(self, corpus: Corpus) -> np.ndarray:
        source, attack = np.array(corpus.sources), np.array(corpus.attacks)
        out = np.isin(source, self.sources) | ((source == MODERN) & np.isin(attack, self.attacks))
        out |= np.isin(corpus.groups, self.groups) if self.groups else False
        if self.family:
            mine = [generator_family(name) == self.family for name in corpus.generators]
            out |= np.array(mine) & (corpus.labels == 1)
        return out

    def _kept(self, corpus: Corpus) -> np.ndarray:
        """The row numbers of the articles that stay in training."""
        order = np.random.default_rng(self.seed).permutation(np.flatnonzero(self._named(corpus)))
        first: dict[str, int] = {}
        for row in order.tolist():
            first.setdefault(corpus.groups[row], row)
        return np.array(list(first.values())[: self.keep], int)


QUICK = (
    Holdout("gecscore", ("gecscore",)),
    Holdout("imbd", ("imbd",)),
    # Two human sources in one run: leaving out more makes the task harder, not easier.
    Holdout("reuters_c50 and 3dlnews", ("human_reuters_c50", "human_echoes_3dlnews")),
)
"""Sources of the quick evaluation, to which a part of modern2026 comes."""


def whole(corpus: Corpus) -> list[Holdout]:
    """The holdouts that are run on every article: the sources that macro average and thresholds rest on, in turn."""
    present = set(corpus.sources)
    return [Holdout(source, (source,)) for source in WHOLE if source in present]


def capped(corpus: Corpus) -> list[Holdout]:
    """The holdouts that are run on a capped corpus: small sources, instructions, sites, today's machine, generators."""
    known = registry()
    modern = tuple(s for s in sorted(set(corpus.sources)) if known.get(s, {}).get("name") == "human_modern")
    sites = sorted({g for g, s in zip(corpus.groups, corpus.sources, strict=True) if s == SITES})
    count = Counter(generator_family(g) for g, y in zip(corpus.generators, corpus.labels, strict=True) if y)
    return [
        *(Holdout(s, (s,)) for s in CAPPED_SINGLE),
        Holdout("human_modern", modern),
        Holdout("mixed genres", MIXED),
        *instruction_parts(corpus, 6),
        *(Holdout(f"site {site}", groups=(site,), about="site") for site in sites),
        Holdout("all of modern2026", (MODERN,), about="tomorrow"),
        *(Holdout(f"{keep} of modern2026 kept, draw {seed + 1}", (MODERN,), keep=keep, seed=seed, about="few")
          for keep in FEW for seed in range(DRAWS)),
        *(Holdout(f"generators {family}", family=family, about="generator")
          for family, _ in FAMILIES if count[family] >= LEAST),
    ]  # fmt: skip


def instruction_parts(corpus: Corpus, parts: int) -> list[Holdout]:
    """The kinds of instruction of modern2026 in `parts` parts of about equal size, each to be held out."""
    chosen = Counter(a for a, s in zip(corpus.attacks, corpus.sources, strict=True) if s == MODERN)
    kinds = sorted(chosen, key=lambda kind: (-chosen[kind], kind))
    return [
        Holdout(f"modern2026, part {n + 1}", attacks=tuple(kinds[n::parts]), about="instructions")
        for n in range(min(parts, len(kinds)))
    ]
