"""The command features: show the value of every feature of one article."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from detector.commands.arguments import add_article, command
from detector.commands.articles import chosen
from detector.commands.printing import as_json
from detector.commands.status import DONE

if TYPE_CHECKING:
    from detector.commands.arguments import Commands


def add(commands: Commands) -> None:
    """Its arguments."""
    one = command(commands, "features", "detector features article.txt --json")
    add_article(one)
    one.add_argument("--json", action="store_true", help="print the features as one JSON object")


def run(options: Namespace) -> int:
    """Print the value of every feature of one article."""
    from detector.families import FAMILIES
    from detector.vectorizer import StyleVectorizer

    article, vectorizer = chosen(options), StyleVectorizer()
    family = {name: family.name for family in FAMILIES for name in family.names}
    values = vectorizer.transform([article.text])[0].tolist()
    rows = [
        {"family": family[name], "feature": name, "value": value, "description": description}
        for (name, description), value in zip(vectorizer.describe().items(), values)
    ]
    if options.json:
        print(as_json({"id": article.id, "features": rows}))
    else:
        for row in rows:
            print(f"{row['family']:<11} {row['feature']:<36} {row['value']:>9.3f}  {row['description']}")
    return DONE
