"""How fast articles are scored, beside what one would write otherwise, in one process on one core.

usage: python -m benchmarks.throughput [--data FOLDER] [--output FILE.json] [--quick]

(a) Detector.score; (b) the same without the family "consistency"; (c) Detector.explain, as (a) of all articles in one
call, without reading the reports; (d) scikit-learn's TF-IDF of words 1-2 and char_wb 2-4 with logistic regression; (e)
HashingVectorizer of the same; (f) the bound, `np.frombuffer` and `np.bincount` an article.  Rounds of all are
interleaved and medians reported, so that the ratios of one run hold on a busy machine too, where the figures themselves
do not.  Start and memory are measured in processes of their own.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.articles import cut, pool, tell
from detector import Detector, load
from detector.additive import Evidences
from detector.estimator import chunks
from detector.families.consistency import FAMILY as CONSISTENCY
from detector.verdict import judge

SIZES = (200, 3_000, 20_000, 200_000)  # characters
BATCHES = (1, 32, 256, 2_048)
NAMES = {"a": "score", "b": "score without consistency", "c": "explain", "d": "TF-IDF", "e": "hashing", "f": "bound"}
ROOT = Path(__file__).parents[1]


def pipelines(texts: list[str]) -> dict[str, Any]:
    """(d) and (e), fitted on some articles with any labels: only their speed is asked for."""
    from sklearn.feature_extraction.text import HashingVectorizer, TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline, make_union

    labels = [number % 2 for number in range(len(texts))]
    kinds = {"ngram_range": (1, 2)}, {"ngram_range": (2, 4), "analyzer": "char_wb"}
    made = {
        "d": make_union(*(TfidfVectorizer(**kind) for kind in kinds)),
        "e": make_union(*(HashingVectorizer(**kind) for kind in kinds)),
    }
    regression = {"max_iter": 20, "tol": 0.1}
    return {name: make_pipeline(one, LogisticRegression(**regression)).fit(texts, labels) for name, one in made.items()}


def bound(texts: list[str]) -> None:
    """Read every byte of every article once."""
    for text in texts:
        np.bincount(np.frombuffer(text.encode(), np.uint8), minlength=256)


def seconds(function: Callable[[], Any]) -> float:
    """How long a call takes."""
    begin = time.perf_counter()
    function()
    return time.perf_counter() - begin


def without_consistency(detector: Detector, texts: list[str]) -> None:
    """Score as `Detector.score` does, but measure nothing of the family "consistency"."""
    model = detector.model_
    left_out = model.panel.weightless | {one.__name__ for one in CONSISTENCY.features}
    for chunk in chunks(texts):
        judge(model, Evidences.from_texts(chunk, left_out))


def rates(texts: list[str], fitted: dict[str, Any], rounds: int, few: int) -> dict[str, dict[str, float]]:
    """Articles and megabytes a second of each contestant, and medians of the rounds' ratios to (d) and (f)."""
    detector, some = load(), texts[: max(1, few)]
    calls = {
        "a": (texts, lambda: detector.score(texts)),
        "b": (texts, lambda: without_consistency(detector, texts)),
        "c": (some, lambda: detector.explain(some)),
        "d": (some, lambda: fitted["d"].predict_proba(some)),
        "e": (some, lambda: fitted["e"].predict_proba(some)),
        "f": (texts, lambda: bound(texts)),
    }
    took: dict[str, list[float]] = {name: [] for name in NAMES}  # seconds a megabyte
    megabytes = {name: sum(len(text.encode()) for text in which) / 1e6 for name, (which, _) in calls.items()}
    for number in range(rounds):
        for name, (_, call) in calls.items():
            if name not in "cde" or number < 3:
                took[name].append(seconds(call) / megabytes[name])
    size = megabytes["a"] / len(texts)
    middle = {name: statistics.median(values) for name, values in took.items()}
    return {
        name: {
            "articles_per_second": 1 / (middle[name] * size),
            "mb_per_second": 1 / middle[name],
            "times_d": _ratio(took["d"], took[name]),
            "of_bound": _ratio(took["f"], took[name]),
        }
        for name in NAMES
    }


def _ratio(one: list[float], other: list[float]) -> float:
    """The median over the rounds that both have."""
    return statistics.median(a / b for a, b in zip(one, other, strict=False))


def batches(texts: list[str], rounds: int) -> dict[str, float]:
    """Articles a second of (a) where so many are given in one call."""
    detector, result = load(), {}
    for size in BATCHES:
        some = texts[: min(len(texts), max(size, 128))]
        calls = [some[at : at + size] for at in range(0, len(some), size)]
        took = [seconds(lambda calls=calls: [detector.score(call) for call in calls]) for _ in range(rounds)]
        result[str(size)] = len(some) / statistics.median(took)
    return result


def one_article(call: Callable[[str], Any], texts: list[str], rounds: int) -> float:
    """Milliseconds that a call takes with one article of 500 words in a warm process."""
    words = " ".join(texts).split()
    articles = [" ".join(words[at : at + 500]) for at in range(0, min(len(words), 20_000), 500)]
    return 1e3 * statistics.median(seconds(lambda text=text: call(text)) for text in articles * rounds)


def two_processes(texts: list[str], rounds: int) -> float:
    """How many times as fast two processes are as one."""
    halves = [texts[: len(texts) // 2], texts[len(texts) // 2 :]]
    with ProcessPoolExecutor(2) as pool_:
        list(pool_.map(_score, [texts[:64]] * 4))  # both have loaded the model
        pairs = [
            tuple(seconds(lambda parts=parts: list(pool_.map(_score, parts))) for parts in ([texts], halves))
            for _ in range(rounds)
        ]
    return statistics.median(alone / both for alone, both in pairs)


def _score(texts: list[str]) -> None:
    load().score(texts)


def start(rounds: int) -> dict[str, float]:
    """Seconds from the start of a process to the first score, for the import, and for loading the model.

    Python finds byte code, as it does where the package is installed.
    """
    with tempfile.TemporaryDirectory() as folder:
        article = Path(folder) / "one.txt"
        article.write_text(pool(None, 3_000), encoding="utf-8")
        score, timing = ("-m", "detector", "score", str(article)), ("-c", _TIMED)
        _python(*score, bytecode=folder)  # writes it
        cold = [seconds(lambda: _python(*score, bytecode=folder)) for _ in range(rounds)]
        timed = [json.loads(_python(*timing, bytecode=folder)) for _ in range(rounds)]
    return {"cold_start_s": statistics.median(cold)} | {
        name: statistics.median(one[name] for one in timed) for name in timed[0]
    }


_TIMED = """
import json, time
begin = time.perf_counter()
import detector.model
imported = time.perf_counter()
detector.lexicon.lexicon()
lists = time.perf_counter()
detector.model.load()
print(json.dumps({"import_s": imported - begin, "lists_s": lists - imported, "load_s": time.perf_counter() - lists}))
"""

_PEAK = """
import sys
import detector
from benchmarks.memory import peak
detector.score(sys.stdin.read().split("\\f"))
print(peak())
"""


def peak_memory(texts: list[str]) -> float:
    """Megabytes that a process needs to score these articles, which it holds in memory itself."""
    return float(_python("-c", _PEAK, given="\f".join(texts)))


def _python(*arguments: str, given: str = "", bytecode: str | None = None) -> str:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8:surrogatepass"}
    if bytecode:
        environment |= {"PYTHONPYCACHEPREFIX": bytecode}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, *arguments]
    done = subprocess.run(
        command, input=given, env=environment, capture_output=True, check=True, encoding="utf-8", errors="surrogatepass"
    )
    return done.stdout


def measure(data: Path | None, quick: bool) -> dict[str, Any]:
    """All figures; `quick` takes a tenth of the text and three rounds."""
    megabytes, rounds = (0.6, 3) if quick else (6, 7)
    text = pool(data, int(megabytes * 1e6))
    articles = cut(text, 3_000)
    fitted = pipelines(articles[:500])
    few = 0.1e6 if quick else 1e6  # characters of the slow contestants
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "texts": "corpus" if data else "invented",
        "sizes": {
            str(size): rates(cut(text, size), fitted, rounds, min(int(few / size), 400 if size < 3_000 else 10**6))
            for size in SIZES
        },
        "batches": batches(articles, rounds),
        "one_article_ms": one_article(load().score, articles, rounds),
        "one_explained_ms": one_article(load().explain, articles, rounds),
        "one_explained_and_read_ms": one_article(lambda text: load().explain(text).to_dict(), articles, rounds),
        "two_processes": two_processes((articles * 10)[: 1_000 if quick else 20_000], 1 if quick else 3),
        "peak_memory_mb": peak_memory(articles),
        **start(3),
    }


def table(result: dict[str, Any]) -> str:
    """The figures as text."""
    lines = [f"Python {result['python']}, NumPy {result['numpy']}, {result['texts']} texts"]
    for size, contestants in result["sizes"].items():
        lines.append(f"\n{int(size):,} characters".ljust(40) + "articles/s      MB/s   times (d)  of bound (f)")
        for name, one in contestants.items():
            lines.append(
                f"  ({name}) {NAMES[name]}".ljust(36)
                + f"{one['articles_per_second']:13,.0f}{one['mb_per_second']:10.2f}{one['times_d']:12.2f}"
                + f"{one['of_bound']:14.4f}"
            )
    lines.append(
        "\narticles/s by size of the call   " + "   ".join(f"{n}: {r:,.0f}" for n, r in result["batches"].items())
    )
    lines.append(
        f"one article of 500 words, warm   {result['one_article_ms']:.2f} ms, explained "
        f"{result['one_explained_ms']:.2f} ms, as plain data {result['one_explained_and_read_ms']:.2f} ms"
    )
    lines.append(f"two processes against one        {result['two_processes']:.2f} times")
    lines.append(f"peak memory                      {result['peak_memory_mb']:.0f} MB")
    lines.append(
        f"cold start {result['cold_start_s']:.2f} s, import {result['import_s']:.2f} s, "
        f"lists {result['lists_s']:.3f} s, model {result['load_s']:.3f} s"
    )
    return "\n".join(lines)


def main() -> None:
    """Measure what the command line asks for."""
    tell(__doc__, measure, table, "a tenth of the text and three rounds")


if __name__ == "__main__":
    main()
