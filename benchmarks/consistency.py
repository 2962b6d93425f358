"""Measure the consistency checks: how often they fire on human news, and how many planted contradictions they find.

usage: python -m benchmarks.consistency --data FOLDER [--rates] [--planted] [--articles 1500] [--each 120]

`--rates` runs every check on all human news articles and writes, for each, how many of them it fires in.  `--planted`
edits human articles by the written rules of `benchmarks.planted`, one contradiction an article, and counts those that
are found: one finding has a span in each planted place, and none is longer than a sentence.  The denominator is every
article that a rule could edit, up to EACH a rule.  A false alarm is a finding of the kind in the untouched original.
Half of the rules of each kind were written by someone who had not seen the checks, and held back until the checks were
done; they are counted apart.  Results go to `models/consistency.json`, from which the card takes them; the counts of
firings read one by one in `benchmarks/consistency_readings.json` are no result of a command.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from joblib import Parallel, delayed

from benchmarks.planted import HELD, OPEN
from benchmarks.planted.planting import Planted
from detector.batchtext import Batch
from detector.cleaning import clean
from detector.consistency import CHECKS, HEADLINE_CHECKS, Article, suspects_of
from detector.corpora import Corpus, read, roles
from detector.model import check

RESULT = Path(__file__).parents[1] / "models" / "consistency.json"
READINGS = Path(__file__).parent / "consistency_readings.json"
CHUNK = 256


def human_news(folder: Path) -> Corpus:
    """The human articles of news corpora, cleaned as for training."""
    corpus, _ = clean(read([folder]))
    return corpus.select([role == "news" and y == 0 for role, y in zip(roles(corpus), corpus.labels, strict=True)])


def headlines(folder: Path) -> dict[str, str]:
    """The headlines of the articles that have one, by the article's id."""
    found = {}
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows = (json.loads(line) for line in lines)
            found.update({row["id"]: row["title"].strip() for row in rows if row.get("title")})
    return found


def rates(corpus: Corpus, n_jobs: int) -> dict[str, Any]:
    """For each check the number of articles in which it fires, and the source in which it fires most often."""
    chunks = [range(at, min(at + CHUNK, len(corpus))) for at in range(0, len(corpus), CHUNK)]
    fired = Parallel(n_jobs=n_jobs)(delayed(_fired)([corpus.texts[row] for row in rows]) for rows in chunks)
    return _counted(corpus, CHECKS, chunks, fired)


def headline_rates(corpus: Corpus, known: dict[str, str]) -> dict[str, Any]:
    """The same for the checks of the headline, on the articles that have one."""
    corpus = corpus.select([one in known for one in corpus.ids])
    fired = [
        (row, check_.name)
        for row, (key, text) in enumerate(zip(corpus.ids, corpus.texts, strict=True))
        for article in [Article.of(text, headline=known[key])]
        for check_ in HEADLINE_CHECKS
        if any(True for _ in check_.find(article))
    ]
    counted = _counted(corpus, HEADLINE_CHECKS, [range(len(corpus))], [fired])
    return {name: {**one, "articles": len(corpus)} for name, one in counted.items()}


def _counted(corpus: Corpus, checks: Any, chunks: list[range], fired: list[list[tuple[int, str]]]) -> dict[str, Any]:
    sources, size = np.array(corpus.sources), Counter(corpus.sources)
    result = {}
    for check_ in checks:
        rows = [
            rows[at] for rows, found in zip(chunks, fired, strict=True) for at, name in found if name == check_.name
        ]
        by_source = Counter(sources[rows].tolist())
        worst = max((n / size[s], s) for s, n in by_source.items() if size[s] >= 200) if by_source else (0.0, "-")
        result[check_.name] = {
            "kind": check_.kind,
            "fired": len(rows),
            "rate": len(rows) / len(corpus),
            "worst_source": worst[1],
            "worst_rate": worst[0],
        }
    return result


def _fired(texts: list[str]) -> list[tuple[int, str]]:
    """The row and the name of each check that fires in it."""
    return sorted({(row, one.name) for row, one, _ in suspects_of(Batch.from_texts(texts))})


def planted(corpus: Corpus, articles: int, each: int, n_jobs: int) -> dict[str, Any]:
    """By half and kind: articles edited, found, and false alarms in their originals; by rule found and edited."""
    rows = np.random.default_rng(0).permutation(len(corpus))[:articles]
    texts = [(corpus.ids[row], corpus.texts[row]) for row in rows.tolist()]
    result: dict[str, Any] = {}
    for half, rules in (("open", OPEN), ("held", HELD)):
        tasks = [(kind, name, rule) for kind, named in rules.items() for name, rule in named.items()]
        counts = Parallel(n_jobs=n_jobs)(delayed(_one_rule)(rule, name, texts, each) for _, name, rule in tasks)
        kinds: dict[str, Any] = {}
        for (kind, name, _), (edited, found, false) in zip(tasks, counts, strict=True):
            one = kinds.setdefault(kind, {"edited": 0, "found": 0, "false_alarms": 0, "rules": {}})
            one["edited"] += edited
            one["found"] += found
            one["false_alarms"] += false
            one["rules"][name] = {"edited": edited, "found": found}
        result[half] = kinds
    return result


def _one_rule(rule: Any, name: str, texts: list[tuple[str, str]], each: int) -> tuple[int, int, int]:
    edited = found = false = 0
    for key, text in texts:
        if edited == each:
            break
        done = rule(text, random.Random(zlib.crc32(f"{name} {key}".encode())))
        if done is not None:
            edited += 1
            kinds = _kinds_that_find(done)
            found += bool(kinds)
            false += any(one.kind in kinds for one in check(text))
    return edited, found, false


def _kinds_that_find(done: Planted) -> set[str]:
    """The kinds of the findings that have a span in each planted place, none of them longer than a sentence."""
    longest = max(end - start for start, end in Article.of(done.text).sentences)
    return {
        one.kind
        for one in check(done.text)
        if all(end - start <= longest for start, end in one.spans)
        and all(any(start < b and a < end for start, end in one.spans) for a, b in done.places)
    }


def main() -> None:
    """Measure what is asked for and write it beside what was measured before."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--rates", action="store_true")
    parser.add_argument("--planted", action="store_true")
    parser.add_argument("--articles", type=int, default=1500)
    parser.add_argument("--each", type=int, default=120)
    parser.add_argument("--jobs", type=int, default=-1)
    options = parser.parse_args()
    corpus = human_news(options.data)
    result = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else {}
    if options.rates:
        result |= {"articles": len(corpus), "checks": rates(corpus, options.jobs)}
        result["checks"] |= headline_rates(corpus, headlines(options.data))
        readings = json.loads(READINGS.read_text(encoding="utf-8"))
        for name, one in result["checks"].items():
            one |= readings.get(name, {"read": 0, "real": 0})
    if options.planted:
        result["planted"] = planted(corpus, options.articles, options.each, options.jobs)
    RESULT.write_text(json.dumps(result, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1, sort_keys=True))


if __name__ == "__main__":
    main()
