"""The model and the articles that the arguments of a command name."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from detector.batch import readers
from detector.batch.records import Record
from detector.commands.status import WrongUseError

if TYPE_CHECKING:
    from detector.model import Detector


def loaded(name: str) -> Detector:
    """The detector of a model; what is wrong with it is wrong use."""
    from detector.model import load

    try:
        return load(name)
    except ValueError as error:
        raise WrongUseError(str(error)) from None


def columns_of(options: Namespace, keep: tuple[str, ...] = ()) -> readers.Columns:
    """The columns that the options name."""
    named = (options.text_column, options.id_column, options.headline_column, options.published_column)
    return readers.Columns(*named, keep)


def reading(options: Namespace, paths: Iterable[str]) -> Iterator[Record]:
    """The articles of the inputs, read as the options say."""
    return readers.read(paths, options.input_format, columns_of(options))


def chosen(options: Namespace) -> Record:
    """The one article that the arguments name."""
    articles = list(reading(options, [options.file]))
    if options.id is not None:
        articles = [article for article in articles if article.id == options.id]
    if not articles:
        named = "no article" if options.id is None else f"no article with the id {options.id}"
        raise WrongUseError(f"{options.file} holds {named}")
    if len(articles) > 1:
        raise WrongUseError(f"{options.file} holds {len(articles):,} articles here; choose one with --id")
    if articles[0].error is not None:
        raise ValueError(f"{articles[0].id}: {articles[0].error}")
    return articles[0]
