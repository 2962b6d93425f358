"""StyleVectorizer: the dense features as a matrix, for pipelines and analysis with scikit-learn."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

import numpy as np

from detector.batchtext import Batch
from detector.estimator import Estimator, chunks
from detector.families import FAMILIES, describe, features, matrix
from detector.families.measure import Family

CONTAINERS = ("default", "pandas", "polars")


class StyleVectorizer(Estimator):
    """A transformer of texts into the values of the dense features: (N, F) float64.

    `families` names the families whose features are wanted, None means all; columns keep the order of FAMILIES.  There
    is nothing to fit.  Raises `ValueError` for an unknown family, `TypeError` for a text that is no str.

    >>> vectorizer = StyleVectorizer(families=["praise"])
    >>> vectorizer.transform(["A truly wonderful day.", "It rained."]).shape[0]
    2
    """

    _estimator_type = "transformer"

    def __init__(self, families: Iterable[str] | None = None) -> None:
        self.families = families

    def fit(self, texts: Iterable[str] | None = None, y: Any = None) -> StyleVectorizer:
        """Check the parameters and return the vectorizer; texts and labels are not looked at."""
        self._chosen()
        return self

    def transform(self, texts: Iterable[str]) -> Any:
        """The features of each text in order, one row each: an array, or what `set_output` asked for."""
        chosen = self._chosen()
        values = [np.empty((0, sum(len(family.names) for family in chosen)))]
        for chunk in chunks(texts):
            batch = Batch.from_texts(chunk)
            found = [function(batch) for family in chosen for function in family.features]
            values.append(matrix(found))
        return self._in_container(np.concatenate(values), texts)

    def fit_transform(self, texts: Iterable[str], y: Any = None) -> Any:
        """The same as `transform`."""
        return self.fit().transform(texts)

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """The names of the columns, an array of str; `input_features` is there for scikit-learn and not looked at."""
        return np.array([name for family in self._chosen() for name in family.names], object)

    def describe(self) -> dict[str, str]:
        """What each column measures, in one sentence by the column's name."""
        chosen = self._chosen()
        return {name: describe(function) for family, function, name in features() if family in chosen}

    def set_output(self, *, transform: str | None = None) -> StyleVectorizer:
        """Choose what `transform` returns: "default" (an array), "pandas" or "polars"; None changes nothing.

        Where nothing was chosen, scikit-learn's own setting `transform_output` holds.
        """
        if transform is not None:
            _check_container(transform)
            # Under this name scikit-learn's clone copies the choice.
            self._sklearn_output_config = {"transform": transform}
        return self

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def _chosen(self) -> tuple[Family, ...]:
        if self.families is None:
            return FAMILIES
        known = [family.name for family in FAMILIES]
        asked = list(self.families)
        if not asked or any(name not in known for name in asked):
            raise ValueError(f"families is {self.families!r}; it must be None or a list of some of {', '.join(known)}")
        return tuple(family for family in FAMILIES if family.name in asked)

    def _in_container(self, values: np.ndarray, texts: Any) -> Any:
        container = getattr(self, "_sklearn_output_config", {}).get("transform") or _configured()
        if container == "pandas":
            import pandas

            index = texts.index if isinstance(texts, pandas.Series) else None
            return pandas.DataFrame(values, index=index, columns=self.get_feature_names_out())
        if container == "polars":
            import polars

            return polars.DataFrame(values, schema=self.get_feature_names_out().tolist(), orient="row")
        return values


def _configured() -> str:
    """The container of `sklearn.set_config`, which only a process that imported scikit-learn can have called."""
    if "sklearn" not in sys.modules:
        return "default"
    import sklearn

    return _check_container(sklearn.get_config()["transform_output"])


def _check_container(name: str) -> str:
    if name not in CONTAINERS:
        raise ValueError(f"transform is {name!r}; it must be one of {', '.join(CONTAINERS)}")
    return name
