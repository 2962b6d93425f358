"""What else was measured, in a model card: experts, edits, calibration, windows, transfer, leaks and weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from detector.card.cells import markdown, number
from detector.designmatrix import LEARNED_EDITS


def checks(result: Mapping[str, Any]) -> Iterator[str]:
    """Every other table, each under its heading; what was not measured is left out."""
    for part in (
        _resemblance, _edits, _calibration, _own_newsrooms, _mixtures, _transfer, _leaks, _weights,
    ):  # fmt: skip
        yield from part(result)


def _resemblance(result: Mapping[str, Any]) -> Iterator[str]:
    if part := result.get("resemblance"):
        experts = sorted({name for one in part.values() for name in one["leaders"]})
        yield "## How often the named expert is right"
        yield "Flagged articles of known machines that were left out, by the expert that leads."
        yield markdown(
            ["family", *experts, "right", "share right"],
            ([family, *(one["leaders"].get(name, 0) for name in experts), " or ".join(one["means"]) or "not defined",
              number(one["right"])] for family, one in part.items()),
        )  # fmt: skip


def _edits(result: Mapping[str, Any]) -> Iterator[str]:
    if not (part := result.get("edits")):
        return
    sample = part["sample"]
    yield "## Edits that evaders make"
    yield (
        f"Means over sources of at most {sample['most']} articles each ({sample['machine']:,} machine articles of the "
        f"paired corpora, {sample['human']:,} human ones), by models that never saw the source. "
        f"In training every other crop of either class was edited, by {', '.join(LEARNED_EDITS)} in equal parts, with "
        "the same lists of words: other words of an evader may cost more."
    )
    rows = []
    for name, one in part.items():
        if name != "sample":
            machine, human = one["machine"], one["human"]
            rows.append([name, one["kind"], *_before_after(machine, "tpr"), *_before_after(machine, "flagged"),
                         *_before_after(human, "flagged")])  # fmt: skip
    head = ["edit", "kind", "TPR at 1 %", "after", "machine flagged", "after", "human flagged", "after"]
    yield markdown(head, rows)


def _before_after(part: Mapping[str, float], what: str) -> list[str]:
    return [number(part.get(f"{what}_{when}")) for when in ("before", "after")]


def _calibration(result: Mapping[str, Any]) -> Iterator[str]:
    if part := result.get("calibration"):
        yield "## Calibration"
        yield (
            "Over all sources left out, classes and sources balanced: expected calibration error "
            f"{part['expected_calibration_error']:.4f}, Brier score {part['brier']:.4f}."
        )
        yield markdown(
            ["score", "share of articles", "mean score", "share of machines"],
            ([f"{one['low']:.1f}-{one['high']:.1f}", *(number(one[k]) for k in ("share", "score", "machine"))]
             for one in part["bins"]),
        )  # fmt: skip


def _own_newsrooms(result: Mapping[str, Any]) -> Iterator[str]:
    if part := result.get("own_newsrooms"):
        yield "## Calibrated on one's own articles"
        yield "Human sources left out, in random draws: a part calibrates, the rest is flagged at 1 %."
        yield markdown(
            ["source", "calibrate", "judged", "mean flagged", "promised", "draws inside"],
            ([name, one["n"], one["rest"], number(one["mean_fpr"], 4), f"[{one['low']:.4f}, {one['high']:.4f}]",
              f"{one['inside']:.2f}"] for name, one in part.items()),
        )  # fmt: skip


def _mixtures(result: Mapping[str, Any]) -> Iterator[str]:
    if part := result.get("mixtures"):
        yield "## Windows of spliced articles"
        yield "A human and a machine text of one group, half and half, by models that never saw the source."
        names = list(next(iter(part.values())))
        yield markdown(
            ["source", *names],
            ([source, *(f"{one[name]:.3f}" if isinstance(one[name], float) else one[name] for name in names)]
             for source, one in part.items()),
        )  # fmt: skip


def _transfer(result: Mapping[str, Any]) -> Iterator[str]:
    if part := result.get("transfer"):
        yield "## Transfer between machines"
        yield "TPR at 1 % FPR on the machines of a column, by an expert that learned from those of the row alone."
        yield markdown(
            ["expert of", *part], ([name, *(f"{v:.2f}" for v in row.values())] for name, row in part.items())
        )


def _leaks(result: Mapping[str, Any]) -> Iterator[str]:
    yield "## Leak test"
    yield "AUROC of kinds of quote, ellipsis and end mark alone, on the view that features see; 0.5 is no leak."
    yield markdown(["corpus", "AUROC"], ([name, f"{auroc:.3f}"] for name, auroc in result["leaks"].items()))


def _weights(result: Mapping[str, Any]) -> Iterator[str]:
    if part := result.get("weights"):
        yield "## Largest weights"
        yield (
            "Of the shipped model, for the eye. A feature's range is that of its curve in log-odds, an n-gram's effect "
            "the log-odds of one standard deviation of its share; only those are named that stand in many sources, "
            "with names, digits and rare words masked. What each part adds to the variance of the scores:"
        )
        names = list(next(iter(part.values()))["variance"])
        yield markdown(
            ["expert", *names], ([one, *(number(p["variance"][n]) for n in names)] for one, p in part.items())
        )
        for expert, one in part.items():
            features = ", ".join(f"{f['feature']} {f['range']:.2f} {f['direction']}" for f in one["features"])
            ngrams = ", ".join(f"`{n['name']}` {n['effect']:+.3f}" for n in one["ngrams"])
            yield f"**{expert}**, features: {features}."
            yield f"**{expert}**, n-grams: {ngrams}."
