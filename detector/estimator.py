"""What Detector and StyleVectorizer share: checked texts in chunks, and the protocol of a scikit-learn estimator.

scikit-learn asks its estimators for a few methods and no base class.  They are written out here because its import
alone takes about a second, which scoring must not cost: it is imported only in the two methods that it calls itself
or that raise its exception.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from sklearn.utils import Tags

CHUNK_ARTICLES, CHUNK_CHARACTERS = 256, 1_000_000
"""Articles and code points that are measured together, at most."""


def check_text(text: Any, name: str) -> str:
    """The text itself; a `TypeError` that calls it `name` if it is no str.

    >>> check_text(None, "texts[3]")
    Traceback (most recent call last):
    TypeError: texts[3] is NoneType, not a str
    """
    if not isinstance(text, str):
        raise TypeError(f"{name} is {type(text).__name__}, not a str")
    return text


def check_rate(max_fpr: float) -> None:
    """Raise a `ValueError` for a rate of false positives that is none.

    >>> check_rate(1.5)
    Traceback (most recent call last):
    ValueError: max_fpr is 1.5; it must lie between 0 and 1
    """
    if not 0 < max_fpr < 1:
        raise ValueError(f"max_fpr is {max_fpr!r}; it must lie between 0 and 1")


def chunks(texts: str | Iterable[str]) -> Iterator[list[str]]:
    """Checked texts in lists that are small enough to measure together; a str is one text.

    >>> list(chunks(["a", "b"])), list(chunks("ab"))
    ([['a', 'b']], [['ab']])
    """
    _keep_memory()
    chunk: list[str] = []
    size = 0
    for index, text in enumerate([texts] if isinstance(texts, str) else _column(texts)):
        if not isinstance(text, str):  # as the name is made for the error alone
            check_text(text, f"texts[{index}]")
        size += len(text)
        if chunk and (len(chunk) == CHUNK_ARTICLES or size > CHUNK_CHARACTERS):
            yield chunk
            chunk, size = [], len(text)
        chunk.append(text)
    if chunk:
        yield chunk


@cache
def _keep_memory() -> None:
    """Have the C library keep what one chunk frees for the next one, once a process.

    glibc gives large blocks back to the system and asks for them anew, which cost a tenth of a score; once a block just
    below 32 MiB was freed it keeps what is smaller (mallopt(3), "dynamic mmap threshold").  Nothing is written to it.
    """
    np.empty(32_000_000, np.uint8)


def _column(texts: Any) -> Iterable[Any]:
    """The texts, unless running over them would silently give something else: keys, column names, bytes."""
    if isinstance(texts, (bytes, bytearray, memoryview, Mapping)) or not isinstance(texts, Iterable):
        raise TypeError(f"texts is {type(texts).__name__}, not a str or an iterable of str")
    dimensions = len(getattr(texts, "shape", (0,)))
    if dimensions != 1:
        raise TypeError(f"texts is {type(texts).__name__} of {dimensions} dimensions, not one column of str")
    return texts


class Estimator:
    """The methods by which scikit-learn clones, tunes, checks and prints an estimator.

    Parameters are those of the subclass's `__init__`, each kept in an attribute of its name; a fitted attribute ends
    in an underscore.  `_estimator_type` is "classifier" or "transformer".
    """

    _estimator_type: str

    @classmethod
    def _parameter_names(cls) -> list[str]:
        return sorted(inspect.signature(cls).parameters)

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The parameters by name; `deep` changes nothing, as none of them is an estimator."""
        return {name: getattr(self, name) for name in self._parameter_names()}

    def set_params(self, **parameters: Any) -> Any:
        """Set parameters by name and return the estimator; a `ValueError` names those it does not have."""
        unknown = sorted(set(parameters) - set(self._parameter_names()))
        if unknown:
            raise ValueError(
                f"{type(self).__name__} has no parameter {', '.join(unknown)}; "
                f"its parameters are {', '.join(self._parameter_names())}"
            )
        for name, value in parameters.items():
            setattr(self, name, value)
        return self

    def __repr__(self) -> str:
        # As scikit-learn prints an estimator: the parameters that are not at their default.
        defaults = inspect.signature(type(self)).parameters
        changed = {name: value for name, value in self.get_params().items() if value != defaults[name].default}
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in changed.items())})"

    def __sklearn_tags__(self) -> Tags:
        from sklearn.utils import ClassifierTags, InputTags, Tags, TargetTags, TransformerTags

        classifies = self._estimator_type == "classifier"
        return Tags(
            estimator_type=self._estimator_type,
            target_tags=TargetTags(required=classifies),
            classifier_tags=ClassifierTags(multi_class=False) if classifies else None,
            transformer_tags=None if classifies else TransformerTags(preserves_dtype=[]),
            input_tags=InputTags(one_d_array=True, two_d_array=False, string=True),
            requires_fit=classifies,
        )

    def __sklearn_is_fitted__(self) -> bool:
        return any(name.endswith("_") and not name.startswith("_") for name in vars(self))

    def _check_fitted(self) -> None:
        if not self.__sklearn_is_fitted__():
            from sklearn.exceptions import NotFittedError

            raise NotFittedError(f"This {type(self).__name__} is not fitted yet: call fit, or use detector.load().")
