"""The library: public names with signatures and docstrings, and those of the modules that users import by name."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from docstrings import markdown

import detector

_MORE = {
    "detector.plots": None,  # all that it exports
    "detector.corpora": ("read", "registry", "Corpus"),
    "detector.cleaning": ("clean",),
    "detector.attacks": ("apply", "Attack"),
}
"""Modules that are imported by name, and what of each is for users."""

_WIDTH = 96


def library() -> str:
    """Every public name of `detector`."""
    names = [name for name in detector.__all__ if not name.startswith("__")]
    return "\n\n".join(part for name in names for part in _described(name, getattr(detector, name), "##"))


def more_modules() -> str:
    """The modules beside it."""
    return "\n\n".join(part for name in _MORE for part in _module(name))


def _module(name: str) -> Iterator[str]:
    module = import_module(name)
    yield f"## {name}"
    yield markdown(module)
    for public in _MORE[name] or module.__all__:
        documented = getattr(module, public)
        if inspect.isclass(documented) or inspect.isroutine(documented):
            yield from _described(public, documented, "###")


def _described(name: str, documented: Any, level: str) -> Iterator[str]:
    yield f"{level} {name}"
    yield _signature(name, documented)
    yield markdown(documented)
    if inspect.isclass(documented):
        for member in _methods(documented):
            yield f"{level}# {name}.{member}"
            one = inspect.getattr_static(documented, member)
            if not isinstance(one, property):
                yield _signature(member, getattr(documented, member))
            yield markdown(one)


def _methods(documented: type) -> list[str]:
    """Public methods and properties with docstrings of their own, in the order of the source, inherited ones last."""
    families = [one for one in documented.__mro__ if one.__module__.startswith("detector.")]
    found = {name: vars(one)[name] for one in families for name in vars(one) if not name.startswith("_")}
    kept = [name for name, one in found.items() if isinstance(one, property | classmethod) or inspect.isfunction(one)]
    return [name for name in kept if inspect.getdoc(found[name])]


def _signature(name: str, documented: Any) -> str:
    try:
        given = f"{name}{inspect.signature(documented)}"
    except ValueError:  # an exception takes what its base takes, which is written in C
        return ""
    # Annotations are strings; a class gives itself, and nobody passes self.
    plain = re.sub(r"(: |-> )'([^']*)'", r"\1\2", given).replace("(self, ", "(").replace("(self)", "()")
    plain = plain.removesuffix(" -> None") if inspect.isclass(documented) else plain
    if len(plain) > _WIDTH:
        plain = re.sub(r", (?=\*|\w+: )", ",\n    ", plain)
    return f"```text\n{plain}\n```"
