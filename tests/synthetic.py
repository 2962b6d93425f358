"""Made-up scores, so few that every figure can be worked out by hand, and a corpus of invented articles to score."""

import numpy as np
from invented import PLAIN, PUFFED, article

from detector.corpora import Corpus
from detector.evaluation.records import Records

KINDS = ("none", "wire", "promo", "feature")


def records(*blocks):
    """Records of blocks: each a dictionary of columns, one value or as many as it has margins.

    The log-odds are the margins, the p-value is 0.01 or less just where the margin is not negative.
    """
    return Records(**{name: np.concatenate([block[name] for block in map(_block, blocks)]) for name in _DEFAULTS})


_DEFAULTS = {
    "holdout": "gecscore", "about": "source", "source": "gecscore", "label": 0, "family": "", "generator": "human",
    "attack": "none", "kind": "news", "group": "", "words": 200, "log_odds": None, "p_value": None, "margin": None,
    "lead": "joint", "abstained": False,
}  # fmt: skip


def _block(given):
    margin = np.asarray(given["margin"], float)
    size = len(margin)
    abstained = np.broadcast_to(given.get("abstained", False), size)
    groups = [f"{given.get('source', 'gecscore')}{n}" for n in range(size)]
    own = {
        "margin": np.where(abstained, -np.inf, margin),
        "log_odds": margin,
        "p_value": np.where(abstained, np.nan, np.where(margin >= 0, 0.005, 0.5)),
        "group": groups,
    } | {name: value for name, value in given.items() if name != "margin"}
    return {name: np.array(np.broadcast_to(own.get(name, default), size)) for name, default in _DEFAULTS.items()}


def invented_corpus():
    """Three outlets; gecscore's articles were rewritten, and half of modern2026 is on the subjects of an outlet."""
    rows = [(outlet, 0, f"{outlet}{n}", "none") for outlet in ("human_abc2006", "human_gum", "gecscore")
            for n in range(40)]  # fmt: skip
    rows += [("gecscore", 1, f"gecscore{n}", "paraphrase" if n % 2 else "none") for n in range(40)]
    rows += [("modern2026", 1, f"human_abc2006{n}" if n % 2 else f"new{n // 8}", KINDS[n % 4]) for n in range(80)]
    rows += [("imbd", 1, f"gecscore{n}", "polish") for n in range(30)] + [("imbd", 1, f"i{n}", "") for n in range(30)]
    texts = [article(n, PUFFED if label else PLAIN) for n, (_, label, _, _) in enumerate(rows)]
    sources, labels, groups, attacks = map(list, zip(*rows, strict=True))
    none = [""] * len(rows)
    ids = [str(n) for n in range(len(rows))]
    return Corpus(ids, texts, np.array(labels, np.int8), sources, none, none, attacks, groups)
