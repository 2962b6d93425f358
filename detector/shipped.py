"""Where the shipped models and datasets lie, in a checkout as in an installation.

An installation holds the folders ``models`` and ``datasets`` inside the package, a checkout beside it. Neither is a
package (one called ``datasets`` in the checkout would shadow that of Hugging Face), so they are found by path, not by
``importlib.resources``.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_ROOT = _PACKAGE if (_PACKAGE / "models").is_dir() else _PACKAGE.parent


def models_folder() -> Path:
    """Return the folder of the shipped models, their cards and quality floors.

    >>> models_folder().name
    'models'
    """
    return _ROOT / "models"


def datasets_folder() -> Path:
    """Return the folder of the registry of corpora, its schema and the example articles.

    >>> datasets_folder().name
    'datasets'
    """
    return _ROOT / "datasets"


def model_path(name: str) -> Path:
    """Return the file of the shipped model called ``name``; a name that is not shipped is a ``ValueError``.

    >>> model_path("gazette-xx")
    Traceback (most recent call last):
    ValueError: no shipped model is called 'gazette-xx'; there is: ...
    """
    # Looked up among the files that are there, so no name can lead out of the folder.
    shipped = {path.stem: path for path in sorted(models_folder().glob("*.npz"))}
    if name not in shipped:
        raise ValueError(f"no shipped model is called {name!r}; there is: {', '.join(shipped) or 'none'}")
    return shipped[name]
