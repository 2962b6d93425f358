"""The command line, from the parsers of its commands."""

from __future__ import annotations

from argparse import ArgumentParser
from functools import partial

from detector.commands import COMMANDS, module

_WIDTH = 96


def commands() -> str:
    """The help of every command."""
    known = ArgumentParser(prog="detector").add_subparsers()
    for name in COMMANDS:
        module(name).add(known)
    return "\n\n".join(f"## {name}\n\n```text\n{_help(one)}```" for name, one in known.choices.items())


def _help(one: ArgumentParser) -> str:
    # At a width of its own, whatever the terminal that the site is built in.
    one.formatter_class = partial(one.formatter_class, width=_WIDTH)  # type: ignore[assignment]
    return one.format_help()
