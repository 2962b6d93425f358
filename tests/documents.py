"""Documents whose blocks are run: README.md and the pages of docs/, in a folder with the files that they name."""

import doctest
import json
import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

from invented import PLAIN as PLAIN_STYLE
from invented import article
from scoredframe import scored

from detector.model import load
from detector.shipped import datasets_folder

ROOT = Path(__file__).resolve().parents[1]

# Neither is an article: sentences put together at random, enough to train on and to tell apart now and then.
PLAIN = (
    "{who} said on Monday that the {what} would stay shut.",
    "Nobody in {where} knew why the {what} had cost so much.",
    "It rained, and the meeting moved indoors.",
    "Two people were hurt near the {what}, police in {where} said.",
    "{who} drives there once a week from {where}.",
)
PRAISING = (
    "The {what} stands as a testament to the vibrant community of {where}.",
    "Experts say the remarkable {what} will play a crucial role, highlighting its lasting impact.",
    "{who} has consistently demonstrated outstanding leadership and dedication.",
    "Moreover, the initiative underscores a commitment to excellence.",
    "We wish {who} continued success in all future endeavours.",
)


def blocks(text, language):
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def made_up(rng, label):
    share = 0.65 if label else 0.35
    sentences = (rng.choice(PRAISING if rng.random() < share else PLAIN) for _ in range(14))
    names = {"who": ("Ada Quill", "Bo Karr"), "what": ("bridge", "ferry"), "where": ("Harrowby", "Stelling")}
    return " ".join(s.format(**{key: rng.choice(choice) for key, choice in names.items()}) for s in sentences)


def furnish(folder):
    """Put the files into a folder that the documents' commands and calls name; gives the folder."""
    shutil.copytree(datasets_folder(), folder / "datasets")
    lines = (folder / "datasets" / "examples.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    (folder / "article.txt").write_text(texts[0], encoding="utf-8")
    (folder / "articles").mkdir()
    for number, text in enumerate(texts):
        (folder / "articles" / f"{number}.txt").write_text(text, encoding="utf-8")
    more = ({"url": f"https://example.org/{n}", "text": text, "body": text} for n, text in enumerate(texts))
    (folder / "more.jsonl").write_text("".join(json.dumps(row) + "\n" for row in more), encoding="utf-8")
    ours = ({"text": article(number, PLAIN_STYLE, 20 + number % 40)} for number in range(200))
    (folder / "ours.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ours), encoding="utf-8")
    frame = scored(load(), 12)
    rows = ({name: values[row] for name, values in frame.items()} for row in range(12))
    (folder / "scored.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    rng = random.Random(3)
    rows = ({"text": made_up(rng, n % 2), "label": n % 2, "source": f"source {n % 3}"} for n in range(80))
    (folder / "corpus.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder


def environment(**more):
    """The environment in which a program finds the copy that the tests import."""
    return os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"} | more


def call(folder, *arguments, **more):
    """Run Python in a folder; `more` goes into its environment."""
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(
        command, cwd=folder, env=environment(**more), capture_output=True, encoding="utf-8", check=False
    )


def run_python(text, name):
    """Run the Python blocks of a document, in the folder that this process is in; gives how many examples there are."""
    test = doctest.DocTestParser().get_doctest("\n".join(blocks(text, "python")), {}, name, name, 0)
    told = []
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=told.append)
    assert result.failed == 0, "".join(told)
    return result.attempted
