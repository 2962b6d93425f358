"""A model on disk: one .npz of plain arrays and a JSON header, nothing pickled, checked before it is used.

The file does not depend on the version of any library.  Its bytes depend only on its numbers: members carry a fixed
date, and the digest in it covers the header and every array.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from detector.additive import Expert, Panel
from detector.batchtext import Batch
from detector.families import FEATURE_NAMES
from detector.families.ngrams import BITS, channels
from detector.human import HumanNews
from detector.lexicon import lexicon
from detector.reference import Band, Reference

FORMAT = 1
"""Number of the file format; a file of a higher one is refused."""


class ModelError(ValueError):
    """A model file is missing, damaged, of another format or made for other features."""


@dataclass(frozen=True, eq=False)
class Model:
    """All numbers of a fitted detector, and `about`: what the header says of name, version, training and priors."""

    panel: Panel
    reference: Reference
    human: HumanNews
    about: Mapping[str, Any]


def schema_digest() -> str:
    """Changes with the features' names, the n-grams of a probe and every entry of every word list."""
    probe = channels(
        Batch.from_texts(["On Monday, 3 May 2021, Oskar Lind hadn't yet seen the Brell-Anso ferry's plan."])
    )
    buckets = {name: channel.bucket.tolist() for name, channel in probe.items()}
    text = json.dumps([FEATURE_NAMES, BITS, lexicon().fingerprint, buckets])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def save(model: Model, path: Path) -> None:
    """Write a model; the same numbers give the same bytes."""
    members = _written(model)
    members["digest.txt"] = _digest(members).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)


def digest(model: Model) -> str:
    """The digest that the model's file has, or would have: it changes with every number."""
    return _digest(_written(model))


def _written(model: Model) -> dict[str, bytes]:
    """The members of a model's file, without their digest."""
    header = {
        "format": FORMAT,
        "schema": schema_digest(),
        "experts": [_expert_header(expert) for expert in model.panel.experts],
        "shift": model.reference.shift,
        "bands": list(model.reference.starts),
        "table_id": model.reference.table_id,
        "about": dict(model.about),
    }
    members = {"header.json": json.dumps(header, sort_keys=True, indent=1).encode()}
    for name, array in _arrays(model).items():
        stream = io.BytesIO()
        np.lib.format.write_array(stream, np.ascontiguousarray(array), allow_pickle=False)
        members[f"{name}.npy"] = stream.getvalue()
    return members


def _arrays(model: Model) -> dict[str, np.ndarray]:
    experts = model.panel.experts
    arrays = {"knots": model.panel.knots, **model.human.arrays()}
    arrays["heights"] = np.stack([expert.heights for expert in experts])
    arrays["centre"] = np.stack([expert.centre for expert in experts])
    for channel in BITS:
        arrays[f"table_{channel}"] = np.stack([expert.tables[channel] for expert in experts])
    for number, band in enumerate(model.reference.bands):
        arrays[f"band_{number}_log_odds"] = band.log_odds
        arrays[f"band_{number}_upper_share"] = band.upper_share
    return arrays


def _expert_header(expert: Expert) -> dict[str, Any]:
    return {"name": expert.name, "intercept": expert.intercept, "scales": expert.scales, "means": expert.means}


def _digest(members: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(members):
        digest.update(name.encode() + hashlib.sha256(members[name]).digest())
    return digest.hexdigest()


def load(path: Path) -> Model:
    """Read a model; `ModelError` says in one sentence what is wrong with the file."""
    members = _members(path)
    try:
        header = json.loads(members["header.json"])
        number = int(header["format"])
    except (KeyError, TypeError, ValueError):
        raise ModelError(f"{path} is no detector model: it has no readable header.") from None
    if number > FORMAT:
        raise ModelError(f"{path} has format {number}; this version of detector reads formats up to {FORMAT}.")
    if members.pop("digest.txt", b"").decode("ascii", "replace") != _digest(members):
        raise ModelError(f"{path} was changed after it was written: its digest does not fit its content.")
    if header.get("schema") != schema_digest():
        raise ModelError(
            f"{path} was trained with other features than this version of detector has "
            f"(schema {header.get('schema')}, here {schema_digest()}): train it anew, or use the version that wrote it."
        )
    try:
        return _build(header, {name: _array(content) for name, content in members.items() if name.endswith(".npy")})
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise ModelError(f"{path} is incomplete or has a part of the wrong kind: {error}.") from None


def _members(path: Path) -> dict[str, bytes]:
    if not path.is_file():
        raise ModelError(f"There is no model file {path}.")
    try:
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise ModelError(f"{path} is no detector model or is truncated (not a readable .npz archive).") from None
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror or error}.") from None


def _array(content: bytes) -> np.ndarray:
    return np.lib.format.read_array(io.BytesIO(content), allow_pickle=False)


def _build(header: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> Model:
    arrays = {name.removesuffix(".npy"): array for name, array in arrays.items()}
    experts = tuple(
        Expert(
            name=one["name"],
            intercept=one["intercept"],
            heights=arrays["heights"][row],
            centre=arrays["centre"][row],
            tables={channel: arrays[f"table_{channel}"][row] for channel in BITS},
            scales=one["scales"],
            means=one["means"],
        )
        for row, one in enumerate(header["experts"])
    )
    starts = tuple(header["bands"])
    bands = tuple(Band(arrays[f"band_{n}_log_odds"], arrays[f"band_{n}_upper_share"]) for n in range(len(starts)))
    reference = Reference(bands, header["shift"], starts)
    return Model(Panel(arrays["knots"], experts), reference, HumanNews.from_arrays(arrays), header["about"])
