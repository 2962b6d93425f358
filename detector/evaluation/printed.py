"""The tables of an evaluation as text, macro average first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any


def summary(result: Mapping[str, Any]) -> str:
    """The tables of an evaluation, as text."""
    return "\n".join(
        line
        for part in (_macro, _sources, _shares, _today, _sites, _generators, _edits, _calibration, _leaks)
        for line in part(result)
    )


def _macro(result: Mapping[str, Any]) -> Iterator[str]:
    yield f"{result['articles']} articles; every source left out of training and table with all its groups"
    if not (macro := result.get("macro")):
        return
    tpr = ", ".join(f"{_tpr(one)} at {float(rate):.1%} FPR" for rate, one in macro["tpr"].items())
    yield ""
    yield f"macro average over {', '.join(macro['corpora'])}:"
    yield f"  TPR {tpr}; AUROC {macro['auroc']:.4f}; flagged at the shipped 1 % {macro['flagged']:.4f}"
    for rate, one in (result.get("baseline") or {}).get("macro", {}).items():
        low, high = one["difference_interval"]
        yield (
            f"  baseline {one['theirs']:.4f} at {float(rate):.1%} FPR; difference {one['difference']:+.4f} "
            f"[{low:+.4f}, {high:+.4f}]; misses left {one['misses']:.2f}"
        )


def _sources(result: Mapping[str, Any]) -> Iterator[str]:
    head = f"{'held-out source':29}{'AUROC':>8}{'TPR 1 %':>9}{'TPR 0.1 %':>10}"
    yield ""
    yield f"{head}{'machine flagged at 1 %':>26}{'human flagged at 1 %':>34}  abstained"
    for row in result["held_out"]:
        auroc = _number(row["auroc"])
        tprs = [_number(row["tpr"].get(rate, {}).get("tpr"), 3) for rate in ("0.01", "0.001")]
        abstained = [f"{row[side]['abstained']:.3f}" for side in ("machine", "human") if row[side]]
        shares = f"{share(row['machine']):>26}{share(row['human'], True):>34}"
        yield f"{row['source']:29}{auroc:>8}{tprs[0]:>9}{tprs[1]:>10}{shares}{'/'.join(abstained):>13}"


def _shares(result: Mapping[str, Any]) -> Iterator[str]:
    for name, part in result.get("human", {}).items():
        if part["parts"] and name != "lengths":
            yield from _heading(f"human articles flagged at the shipped 1 %, {name}: mean {part['macro']:.4f}")
            yield from (f"{one:29}{share(given, True)}" for one, given in part["parts"].items() if given)


def _today(result: Mapping[str, Any]) -> Iterator[str]:
    for name in ("modern2026", "tomorrow"):
        if part := result.get(name):
            title = "instructions left out" if name == "modern2026" else "none of it in training"
            yield from _heading(f"modern2026, {title}: flagged at the shipped 0.1 %, 1 %, 5 %")
            yield from _levels(part["groups"])
            yield f"{'human news':29}" + "".join(f"{_number(one):>9}" for one in part["human"].values())
    for name, part in result.get("few", {}).items():
        yield f"{name:40}{share(part)}"


def _levels(groups: Mapping[str, Any]) -> Iterator[str]:
    for name, levels in groups.items():
        yield f"{name:29}" + "".join(f"{one['flagged']:>9.4f}" for one in levels.values())


def _sites(result: Mapping[str, Any]) -> Iterator[str]:
    if part := result.get("sites"):
        yield from _heading("machine newsrooms, each left out: flagged at the shipped 0.1 %, 1 %, 5 %")
        yield from _levels(part["generations"])
        yield from (f"{name:40}{share(one)}" for name, one in part["sites"].items())


def _generators(result: Mapping[str, Any]) -> Iterator[str]:
    if part := result.get("generators"):
        yield from _heading("families of generators, each left out: flagged at the shipped 1 %, TPR at 1 %")
        for name, one in part.items():
            yield f"{name:40}{share(one)}  {_number(one['tpr'].get('0.01'), 3)}"


def _edits(result: Mapping[str, Any]) -> Iterator[str]:
    if part := {name: one for name, one in result.get("edits", {}).items() if name != "sample"}:
        yield from _heading("edits: change of TPR at 1 %, of machine and of human articles flagged at the shipped 1 %")
        for name, one in part.items():
            cells = (
                _change(one["machine"], "tpr"),
                _change(one["machine"], "flagged"),
                _change(one["human"], "flagged"),
            )
            yield f"{name:29}" + "".join(f"{cell:>10}" for cell in cells)


def _calibration(result: Mapping[str, Any]) -> Iterator[str]:
    if part := result.get("calibration"):
        yield from _heading(
            f"expected calibration error {part['expected_calibration_error']:.4f}, Brier score {part['brier']:.4f}"
        )


def _leaks(result: Mapping[str, Any]) -> Iterator[str]:
    yield from _heading("leak test: AUROC of kinds of quote, ellipsis and end mark alone, on the learned view")
    yield from (f"{name:29}{auroc:8.3f}" for name, auroc in result["leaks"].items())


def _heading(text: str) -> Iterable[str]:
    return ("", text)


def share(rates: Mapping[str, Any] | None, interval: bool = False) -> str:
    """A share with the number of articles, and its Wilson interval on request; a dash where there are none."""
    if rates is None:
        return "-"
    low, high = rates["interval"]
    return f"{rates['flagged']:.4f}" + (f" [{low:.3f}, {high:.3f}]" if interval else "") + f" of {rates['n']}"


def _tpr(one: Mapping[str, Any]) -> str:
    low, high = one["interval"]
    return f"{one['tpr']:.4f} [{low:.3f}, {high:.3f}]"


def _number(value: float | None, digits: int = 4) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def _change(part: Mapping[str, float], what: str) -> str:
    return f"{part[f'{what}_after'] - part[f'{what}_before']:+.4f}" if part else "-"
