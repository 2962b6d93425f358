"""Scores how likely a news article is low-quality machine output, and shows why.

>>> import detector
>>> detector.__version__
'0.1.0'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detector.model import Detector, explain, load, score
    from detector.modelfile import ModelError
    from detector.report import Evidence, Finding, Report
    from detector.vectorizer import StyleVectorizer

__version__ = "0.1.0"

_HOMES = {
    "Detector": "model",
    "Evidence": "report",
    "Finding": "report",
    "ModelError": "modelfile",
    "Report": "report",
    "StyleVectorizer": "vectorizer",
    "explain": "model",
    "load": "model",
    "score": "model",
}

__all__ = [*_HOMES, "__version__"]


def __getattr__(name: str) -> Any:
    # Public names are imported when they are first used, so that `import detector` costs next to nothing.
    if name in _HOMES:
        from importlib import import_module  # noqa: PLC0415

        return getattr(import_module(f"detector.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'detector' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
