"""Scores how likely a news article is low-quality machine output, and shows why.

>>> import detector
>>> detector.__version__
'0.1.0'
"""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "Detector": "model",
    "Evidence": "report",
    "Finding": "report",
    "ModelError": "modelfile",
    "Report": "report",
    "StyleVectorizer": "vectorizer",
    "Summary": "report.corpus",
    "check": "model",
    "explain": "model",
    "load": "model",
    "score": "model",
    "score_frame": "batch.frame",
    "summarise": "report.corpus",
}

__all__ = [
    "Detector",
    "Evidence",
    "Finding",
    "ModelError",
    "Report",
    "StyleVectorizer",
    "Summary",
    "__version__",
    "check",
    "explain",
    "load",
    "score",
    "score_frame",
    "summarise",
]


def __getattr__(name: str) -> Any:
    # Public names are imported when they are first used, so that `import detector` costs next to nothing.
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"detector.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'detector' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
