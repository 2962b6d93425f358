"""Accuracy on sources that training has not seen: the whole procedure, model and table, rerun without them.

A held-out source takes with it every article of its groups, in whatever file they stand.  Numbers at 1 % are those of
the p-values that a user would see, not of a threshold fitted on the test set.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import roc_auc_score

from detector import abstention
from detector.additive import Expert, Panel
from detector.batchtext import Batch
from detector.cleaning import clean
from detector.corpora import Corpus, read, registry, roles
from detector.designmatrix import CHUNK, Design, channel_columns, crops, design
from detector.families.ngrams import BITS
from detector.leaks import leak_test
from detector.modelfile import Model
from detector.reference import wilson
from detector.training import train_measured

FLAG = 0.01
"""The false-positive rate at which articles are flagged in every table."""

QUICK = 1000
"""Articles of a source and class in the quick evaluation."""


@dataclass(frozen=True)
class Holdout:
    """What is left out of training together: sources, and of modern2026 some kinds of instruction."""

    name: str
    sources: tuple[str, ...] = ()
    attacks: tuple[str, ...] = ()

    def rows(self, corpus: Corpus) -> np.ndarray:
        """(N,) the articles that are held out and tested on."""
        source, attack = np.array(corpus.sources), np.array(corpus.attacks)
        return np.isin(source, self.sources) | ((source == "modern2026") & np.isin(attack, self.attacks))


# Two human sources in one run: leaving out more makes the task harder, not easier.
QUICK_HOLDOUTS = (
    Holdout("gecscore", ("gecscore",)),
    Holdout("imbd", ("imbd",)),
    Holdout("reuters_c50 and 3dlnews", ("human_reuters_c50", "human_echoes_3dlnews")),
)
SINGLE = (
    "detectrl", "dna_detectllm", "gecscore", "llmfake", "sheepdog", "politifact_pp", "imbd", "f3", "hart_humanized",
    "kinit_disinfo", "outfox", "ai_blogs", "auto_newsrooms", "human_reuters_c50", "human_reuters21578",
    "human_echoes_3dlnews", "human_echoes_opinions", "human_abc2006", "human_horne2017",
)  # fmt: skip
"""Sources that the full evaluation leaves out one at a time."""


def instruction_parts(corpus: Corpus, parts: int) -> list[Holdout]:
    """The kinds of instruction of modern2026 in `parts` parts of about equal size, each to be held out."""
    chosen = [a for a, s in zip(corpus.attacks, corpus.sources, strict=True) if s == "modern2026"]
    kinds = sorted(set(chosen), key=lambda kind: (-chosen.count(kind), kind))
    return [Holdout(f"modern2026, part {n + 1}", attacks=tuple(kinds[n::parts])) for n in range(parts) if kinds]


def modern(corpus: Corpus) -> Holdout:
    """The seventeen small human sources of `human_modern`, press releases and simplified news among them, at once."""
    known = registry()
    return Holdout("human_modern", tuple(s for s in sorted(set(corpus.sources)) if _file(known, s) == "human_modern"))


def _file(known: Mapping[str, dict[str, Any]], source: str) -> str:
    return str(known.get(source, {}).get("name", source))


@dataclass(frozen=True, eq=False)
class Measured:
    """A cleaned corpus with everything that was measured of it, once for all holdouts."""

    corpus: Corpus
    articles: Design
    stretches: Design
    abstained: np.ndarray

    @classmethod
    def of(cls, corpus: Corpus, n_jobs: int | None, seed: int = 0) -> Measured:
        """Measure a corpus."""
        stretches = design(crops(corpus.texts, seed), n_jobs)
        return cls(corpus, design(corpus.texts, n_jobs), stretches, _abstained(corpus.texts))

    def select(self, rows: np.ndarray) -> Measured:
        """The articles of these row numbers."""
        return Measured(
            self.corpus.select(rows), self.articles.select(rows), self.stretches.select(rows), self.abstained[rows]
        )


def _abstained(texts: list[str]) -> np.ndarray:
    chunks = (texts[at : at + CHUNK] for at in range(0, len(texts), CHUNK))
    return np.array([r is not None for chunk in chunks for r in abstention.reasons(Batch.from_texts(chunk))], bool)


def evaluate(
    paths: Iterable[str | Path], parameters: Mapping[str, Any], quick: bool = False, only: Iterable[str] = ()
) -> dict[str, Any]:
    """Hold sources out in turn and measure on them; `only` names the holdouts to run, all where it is empty.

    `quick` takes QUICK articles of each source and class, and runs only QUICK_HOLDOUTS and a third of modern2026.
    """
    corpus, counts = clean(read(paths))
    corpus = corpus.select([role != "outside" for role in roles(corpus)])
    if quick:
        corpus = sample(corpus, QUICK)
    measured = Measured.of(corpus, parameters["n_jobs"])
    parts = instruction_parts(corpus, 3)
    holdouts = [*QUICK_HOLDOUTS, *parts[:1]] if quick else [*(Holdout(s, (s,)) for s in SINGLE), modern(corpus), *parts]
    chosen = set(only)
    results = [
        result
        for holdout in holdouts
        if holdout.rows(corpus).any() and (not chosen or holdout.name in chosen)
        for result in hold_out(measured, holdout, parameters)
    ]
    return {"quick": quick, "articles": len(corpus), "cleaned": counts, "held_out": results, "leaks": leak_test(corpus)}


def sample(corpus: Corpus, most: int, seed: int = 0) -> Corpus:
    """At most `most` random articles of each source and class; of modern2026 all, for its kinds are few."""
    keys = np.array([f"{s}\t{y}" for s, y in zip(corpus.sources, corpus.labels.tolist(), strict=True)])
    rng = np.random.default_rng(seed)
    rows = []
    for key in sorted(set(keys.tolist())):
        mine = rng.permutation(np.flatnonzero(keys == key))
        rows.append(mine if key.startswith("modern2026") else mine[:most])
    return corpus.select(np.sort(np.concatenate(rows)))


def hold_out(measured: Measured, holdout: Holdout, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Train without a holdout and its groups, and measure each of its sources."""
    out = holdout.rows(measured.corpus)
    groups = {group for group, held in zip(measured.corpus.groups, out, strict=True) if held}
    keep = np.flatnonzero(~out & ~np.isin(measured.corpus.groups, list(groups)))
    train = measured.select(keep)
    model = train_measured(train.corpus, train.stretches, train.articles, parameters)
    test = measured.select(np.flatnonzero(out))
    return [{"holdout": holdout.name, **row} for row in _by_source(model, test)]


def panel_sums(panel: Panel, rows: Design) -> np.ndarray:
    """(N, E) log-odds from measured articles: what `Panel.sums` gives for their texts."""
    return panel.combine(rows.values, lambda expert: _ngram_contributions(expert, rows))


def _ngram_contributions(expert: Expert, rows: Design) -> np.ndarray:
    total = np.zeros(len(rows.words))
    for channel in BITS:
        shares = rows.ngrams[:, channel_columns(channel)]
        present = np.asarray(shares.sum(axis=1)).ravel() > 0
        total += expert.channel_contribution(channel, shares @ expert.tables[channel].astype(float), present)
    return total


def _by_source(model: Model, test: Measured) -> Iterable[dict[str, Any]]:
    sums = panel_sums(model.panel, test.articles)
    log_odds, lead = sums.max(axis=1), sums.argmax(axis=1)
    p_values = model.reference.p_value(log_odds, test.articles.words)
    flagged = (p_values <= FLAG) & ~test.abstained
    y, source = test.corpus.labels.astype(int), np.array(test.corpus.sources)
    attack = np.array(test.corpus.attacks)
    for name in sorted(set(source.tolist())):
        mine = source == name
        human, machine = mine & (y == 0), mine & (y == 1)
        row = {
            "source": name,
            "human": _rates(flagged, test.abstained, human),
            "machine": _rates(flagged, test.abstained, machine),
        }
        if human.any() and machine.any():
            row["auroc"] = float(roc_auc_score(y[mine], log_odds[mine]))
        leads = lead[machine & flagged]
        row["resembles"] = {n: int((leads == k).sum()) for k, n in enumerate(model.panel.names)}
        row["attacks"] = {
            a: _rates(flagged, test.abstained, machine & (attack == a)) for a in sorted(set(attack[machine].tolist()))
        }
        yield row


def _rates(flagged: np.ndarray, abstained: np.ndarray, rows: np.ndarray) -> dict[str, Any] | None:
    n = int(rows.sum())
    if not n:
        return None
    hits = int(flagged[rows].sum())
    return {"n": n, "flagged": hits / n, "interval": wilson(hits, n), "abstained": float(abstained[rows].mean())}


def summary(result: Mapping[str, Any]) -> str:
    """The tables of an evaluation, as text."""
    lines = [
        f"{result['articles']} articles; every source left out of training and table with all its groups",
        "",
        f"{'held-out source':29}{'AUROC':>8}{'machine flagged at 1 %':>26}{'human flagged at 1 %':>34}  abstained",
    ]
    for row in result["held_out"]:
        auroc = f"{row['auroc']:.4f}" if "auroc" in row else "-"
        abstained = [f"{row[side]['abstained']:.3f}" for side in ("machine", "human") if row[side]]
        shares = f"{_share(row['machine']):>26}{_share(row['human'], True):>34}"
        lines.append(f"{row['source']:29}{auroc:>8}{shares}{'/'.join(abstained):>11}")
    lines += ["", "leak test: AUROC of kinds of quote, ellipsis and end mark alone, on the learned view"]
    lines += [f"{name:29}{auroc:8.3f}" for name, auroc in result["leaks"].items()]
    return "\n".join(lines)


def _share(rates: Mapping[str, Any] | None, interval: bool = False) -> str:
    if rates is None:
        return "-"
    low, high = rates["interval"]
    return f"{rates['flagged']:.4f}" + (f" [{low:.3f}, {high:.3f}]" if interval else "") + f" of {rates['n']}"
