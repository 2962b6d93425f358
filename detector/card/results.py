"""Accuracy in a model card: sources, instructions, sites and generators left out, macro average first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from detector.card.cells import bracketed, leading, markdown, number, rate, share, tpr
from detector.evaluation.holdouts import WHOLE


def results(result: Mapping[str, Any]) -> Iterator[str]:
    """Every table of accuracy, each under its heading; what was not measured is left out."""
    for part in (_macro, _sources, _details, _humans, _modern, _few, _sites, _generators):
        yield from part(result)


def _macro(result: Mapping[str, Any]) -> Iterator[str]:
    if not (macro := result.get("macro")):
        return
    versus = result.get("baseline") or {}
    yield "## Macro average"
    yield (
        f"The mean over {', '.join(macro['corpora'])}, each left out of training with all its groups. TPR at a rate "
        "uses the corpus's own human articles and those of every news source left out, sources with equal weights; an "
        "abstention is a miss. Brackets are 95 % bootstrap intervals over groups. The baseline is TF-IDF of word "
        "1-2-grams and character 2-4-grams with logistic regression, tested on the same articles in the same view"
        + (f", trained on at most {versus['training_articles']:,}." if versus else ".")
    )
    yield markdown(
        ["false positives", "TPR", "baseline", "difference", "misses of the baseline that are left"],
        ([f"{float(level):.1%}", bracketed(one["tpr"], one["interval"]), *_versus(versus.get("macro", {}).get(level))]
         for level, one in macro["tpr"].items()),
    )  # fmt: skip
    yield (
        f"AUROC {macro['auroc']:.4f}. At the shipped 1 % threshold {macro['flagged']:.3f} are flagged, and "
        f"{macro['abstained']:.3f} get no verdict."
    )


def _versus(one: Mapping[str, Any] | None) -> list[str]:
    if one is None:
        return ["", "", ""]
    return [
        bracketed(one["theirs"], one["theirs_interval"]),
        bracketed(one["difference"], one["difference_interval"]),
        bracketed(one["misses"], one["misses_interval"]),
    ]


def _sources(result: Mapping[str, Any]) -> Iterator[str]:
    yield "## Sources left out in turn"
    yield (
        "Model and human table were made anew without the source and without every group that it shares. Flagged means "
        "p-value at most 1 %, the shipped threshold; an abstention is not flagged. Brackets are 95 % intervals: of TPR "
        "by bootstrap, of all others Wilson. Abstained is given for all articles and for those of 80 words or more. "
        f"{', '.join(WHOLE)} were left out of the whole corpus, all others of one capped at {result['cap']:,} articles "
        "a source and class."
    )
    head = [
        "left out", "source", "AUROC", "TPR at 1 %", "TPR at 0.1 %", "baseline AUROC", "baseline TPR at 1 %",
        "machine flagged", "of", "human flagged", "of", "abstained", "of 80 words or more", "leading experts",
    ]  # fmt: skip
    baseline = (result.get("baseline") or {}).get("corpora", {})
    yield markdown(head, (_source(row, baseline.get(row["source"])) for row in result["held_out"]))


def _source(row: Mapping[str, Any], baseline: Mapping[str, Any] | None) -> list[Any]:
    sides = [row[side] for side in ("machine", "human")]
    return [
        row["holdout"],
        row["source"],
        number(row["auroc"], 4),
        *(tpr(row["tpr"].get(level)) for level in ("0.01", "0.001")),
        *((number(baseline["auroc"], 4), tpr(baseline["tpr"].get("0.01"))) if baseline else ("", "")),
        *(cell for side in sides for cell in (rate(side), side["n"] if side else "")),
        " / ".join(f"{side['abstained']:.3f}" for side in sides if side),
        " / ".join(f"{side['abstained_long']:.3f}" for side in sides if side),
        leading(row["resembles"]),
    ]


def _details(result: Mapping[str, Any]) -> Iterator[str]:
    for heading, key, first in (
        ("Machine articles by attack or instruction", "attacks", "attack"),
        ("Machine articles by generator", "generators", "generator"),
        ("Machine articles by length", "lengths", "words"),
    ):
        yield f"## {heading}"
        yield markdown(
            ["source", first, "AUROC", "TPR at 1 %", "TPR at 0.1 %", "flagged", "of", "abstained"],
            (
                [row["source"], name or "none", number(one["auroc"], 4), *_rates_of(one), *share(one)]
                for row in result["held_out"]
                for name, one in row[key].items()
            ),
        )


def _rates_of(one: Mapping[str, Any]) -> list[str]:
    return [number(one["tpr"].get(level, {}).get("tpr")) for level in ("0.01", "0.001")]


def _humans(result: Mapping[str, Any]) -> Iterator[str]:
    names = {
        "news": "News sources", "modern": "Press releases, government, simplified and other modern writing, by kind",
        "mixed": "Mixed genres", "essays": "Student essays", "lengths": "News by length, in words",
    }  # fmt: skip
    yield "## Human articles at the shipped threshold"
    yield "Flagged at 1 % by a model and a table that were made without their source."
    for key, name in names.items():
        if (part := result.get("human", {}).get(key)) and part["parts"]:
            mean = (
                f": mean {part['macro']:.4f}, highest lower bound {part['worst_lower']:.4f}" if key != "lengths" else ""
            )
            yield f"{name}{mean}"
            rows = ([label, *share(one)] for label, one in part["parts"].items())
            yield markdown(["articles", "flagged", "of", "abstained"], rows)


def _modern(result: Mapping[str, Any]) -> Iterator[str]:
    for key, heading, text in (
        ("modern2026", "Today's machine under unseen instructions",
         "modern2026, in six parts by kind of instruction; each was left out of the capped corpus, with its groups."),
        ("tomorrow", "Today's machine without any of it in training",
         "All of modern2026 left out at once, from the capped corpus: what to expect of a machine not yet known."),
    ):  # fmt: skip
        if part := result.get(key):
            yield f"## {heading}"
            yield f"{text} Shares flagged at three shipped thresholds, beside the mean share of human news left out."
            rows = [[name, *(rate(one) for one in levels.values()), next(iter(levels.values()))["n"]]
                    for name, levels in part["groups"].items()]  # fmt: skip
            human = ["human news", *(number(one, 4) for one in part["human"].values()), ""]
            yield markdown(["instructions", *(f"{float(q):.1%}" for q in part["human"]), "of"], [*rows, human])
            yield f"Leading experts: {leading(part['leaders']) or 'none flagged'}. By kind of instruction, at 1 %:"
            rows = [[kind, *share(one)] for kind, one in part["kinds"].items()]
            yield markdown(["instruction", "flagged", "of", "abstained"], rows)


def _few(result: Mapping[str, Any]) -> Iterator[str]:
    if part := result.get("few"):
        yield "## A few articles of today's machine in training"
        yield "The rest of modern2026 flagged at 1 %, without the groups of those kept; from the capped corpus."
        yield markdown(
            ["in training", "flagged", "of", "abstained"], ([name, *share(one)] for name, one in part.items())
        )


def _sites(result: Mapping[str, Any]) -> Iterator[str]:
    if part := result.get("sites"):
        yield "## Machine newsrooms, each site left out"
        yield "Real machine-written articles as published, from the capped corpus. By generation of the model:"
        some = list(part["generations"].values())
        yield markdown(
            ["model", *(f"{float(q):.1%}" for q in some[0]), "of"],
            ([name, *(rate(one) for one in levels.values()), next(iter(levels.values()))["n"]]
             for name, levels in part["generations"].items()),
        )  # fmt: skip
        yield "By site, at 1 %:"
        yield markdown(
            ["site", "models", "flagged", "of", "abstained", "leading experts"],
            ([name, ", ".join(one["generators"]), *share(one), leading(one["resembles"])]
             for name, one in part["sites"].items()),
        )  # fmt: skip


def _generators(result: Mapping[str, Any]) -> Iterator[str]:
    if part := result.get("generators"):
        yield "## Generators left out in turn"
        yield "All articles of a family of models, in every source, with all their groups; from the capped corpus."
        yield markdown(
            ["family", "TPR at 1 %", "flagged", "of", "abstained", "flagged by source"],
            ([name.removeprefix("generators "), number(one["tpr"].get("0.01")), *share(one),
              ", ".join(f"{s} {r['flagged']:.2f} of {r['n']}" for s, r in one["sources"].items())]
             for name, one in part.items()),
        )  # fmt: skip
