"""Quality floors: figures that no later model may fall below, pinned with a digest of the data they were measured on.

`models/floors.json` has a section for the quick and one for the full evaluation.  A floor rises whenever a result is
pinned that is better; it falls only where `--lower-floors` says so.  Figures of other data are not compared: on the
command line that is one sentence, in the tests a failure, for else a change of the corpora would switch the gate off.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from detector.corpora import Corpus
from detector.evaluation.holdouts import PAIRED
from detector.shipped import models_folder

TOLERANCE = {"TPR": 0.01, "AUROC": 0.001, "FPR": 0.002, "flagged": 0.02, "calibration error": 0.005}
"""How far from its figure a floor is pinned, by the figure's kind: other libraries round otherwise, and no more."""


def path() -> Path:
    """Where the shipped floors lie."""
    return models_folder() / "floors.json"


def digest(corpus: Corpus) -> str:
    """Sixteen hexadecimal digits over texts, labels and sources of a cleaned corpus, in their order."""
    found = hashlib.sha256()
    for text, label, source in zip(corpus.texts, corpus.labels.tolist(), corpus.sources, strict=True):
        found.update(f"{source}\0{label}\0{len(text)}\0{text}".encode("utf-8", "surrogatepass"))
    return found.hexdigest()[:16]


@dataclass(frozen=True)
class Figure:
    """One number of an evaluation; a `ceiling` is better where it is lower, everything else where it is higher."""

    kind: str
    about: str
    value: float
    ceiling: bool = False

    @property
    def name(self) -> str:
        """Its key in the file and its name in messages."""
        return f"{self.kind}, {self.about}"

    @property
    def floor(self) -> float:
        """The floor that this figure earns: itself less the tolerance, never beyond what it can be."""
        room = TOLERANCE[self.kind]
        return round(min(1.0, self.value + room) if self.ceiling else max(0.0, self.value - room), 6)

    def worse(self, than: float) -> bool:
        """True where the figure has fallen below a floor, or risen above a ceiling."""
        return self.value > than if self.ceiling else self.value < than


def figures(result: Mapping[str, Any]) -> dict[str, Figure]:
    """The figures of a result that have floors, by name; those that it did not measure are absent."""
    return {one.name: one for one in _figures(result)}


def _figures(result: Mapping[str, Any]) -> Iterator[Figure]:
    if macro := result.get("macro"):
        yield Figure("TPR", "macro at 1 % FPR", macro["tpr"]["0.01"]["tpr"])
    for row in result["held_out"]:
        if row["source"] in PAIRED and row.get("auroc") is not None:
            yield Figure("AUROC", row["source"], row["auroc"])
    news = result.get("human", {}).get("news", {})
    if news.get("macro") is not None:
        yield Figure("FPR", "mean of news sources at the shipped 1 %", news["macro"], ceiling=True)
        yield Figure("FPR", "worst news source at the shipped 1 %", news["worst"], ceiling=True)
    for group, levels in result.get("modern2026", {}).get("groups", {}).items():
        yield Figure("flagged", f"modern2026 {group} at the shipped 1 %", levels["0.01"]["flagged"])
    if calibration := result.get("calibration"):
        error = calibration["expected_calibration_error"]
        yield Figure("calibration error", "sources left out", error, ceiling=True)


def section(result: Mapping[str, Any]) -> str:
    """The section of the file that a result belongs to."""
    return "quick" if result["quick"] else "full"


def read(file: Path) -> dict[str, Any]:
    """The pinned floors, none where there is no file; a file that is no such thing is a ``ValueError``."""
    if not file.is_file():
        return {}
    try:
        pinned = json.loads(file.read_text(encoding="utf-8"))
        for part in pinned.values():
            part["data"], {name: float(floor) for name, floor in part["floors"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ValueError(f"{file} holds no quality floors") from None
    return dict(pinned)


def incomparable(result: Mapping[str, Any], pinned: Mapping[str, Any]) -> str | None:
    """Why a result cannot be held against the floors, in one sentence; None where it can."""
    name = section(result)
    if result.get("only"):
        return "only some holdouts were run, so the figures were not compared with the quality floors"
    if name not in pinned:
        return f"no quality floors are pinned for the {name} evaluation, so nothing was compared"
    if result["data"] != pinned[name]["data"]:
        return (
            f"the quality floors of the {name} evaluation were pinned on other data ({pinned[name]['data']}, "
            f"here {result['data']}), so nothing was compared"
        )
    return None


def regressions(result: Mapping[str, Any], pinned: Mapping[str, Any]) -> list[str]:
    """One sentence for each floor of the result's section that it does not keep, or does not measure any more."""
    measured, sentences = figures(result), []
    for name, floor in pinned[section(result)]["floors"].items():
        one = measured.get(name)
        if one is None:
            sentences.append(f"{name}: not measured, but its floor is {floor:.4f}")
        elif one.worse(floor):
            side = "above its ceiling" if one.ceiling else "below its floor"
            sentences.append(f"{name}: {one.value:.4f} is {side} of {floor:.4f}")
    return sentences


def raised(result: Mapping[str, Any], pinned: Mapping[str, Any], lower: bool = False) -> dict[str, Any]:
    """All sections with the result's pinned: each floor the better one of old and new, or the new one if `lower`.

    On other data the new floors replace the old.  Where one would fall or go, and `lower` does not allow it, it is a
    ``ValueError`` that names the first, on other data as well: new corpora are no way round the gate.
    """
    name = section(result)
    if result.get("only"):
        raise ValueError("floors are pinned from a whole evaluation, not from some of its holdouts")
    old, measured = pinned.get(name, {"data": result["data"], "floors": {}}), figures(result)
    floors = {key: one.floor for key, one in measured.items()}
    if not lower:
        same = old["data"] == result["data"]
        for key, floor in old["floors"].items():
            one = measured.get(key)
            if one is None or (one if same else replace(one, value=one.floor)).worse(floor):
                what = f"{one.value:.4f}" if one else "not measured"
                raise ValueError(f"{key}: {what}, and its floor of {floor:.4f} falls only with --lower-floors")
            if same:
                floors[key] = min(floor, one.floor) if one.ceiling else max(floor, one.floor)
    return {**pinned, name: {"data": result["data"], "floors": floors}}


def write(pinned: Mapping[str, Any], file: Path) -> None:
    """Write the floors, in the same order and form whatever was pinned first."""
    file.write_text(json.dumps(dict(sorted(pinned.items())), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def review(
    result: Mapping[str, Any], pin: bool = False, lower: bool = False, file: Path | None = None
) -> tuple[bool, list[str]]:
    """Hold a result against the floors or, with `pin`, make them of it: whether it passed, and what to say of it."""
    file = file or path()
    pinned = read(file)
    if pin:
        write(raised(result, pinned, lower), file)
        return True, [f"the floors of the {section(result)} evaluation are pinned in {file.name}"]
    if reason := incomparable(result, pinned):
        return True, [reason]
    sentences = regressions(result, pinned)
    return not sentences, sentences
