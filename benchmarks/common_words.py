"""Make detector/families/lists/common.txt: the words that many corpora write in lower case.

usage: python benchmarks/common_words.py --data FOLDER

A word counts once an article.  It must stand in 30 articles and 8 corpora (the human and the machine side of one count
apart), so that neither a topic nor an outlet makes a word common.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict

from detector.corpora import read, roles
from detector.lexicon import LISTS

ARTICLES, CORPORA, LONGEST = 30, 8, 24
_WORD = re.compile(r"(?<![A-Za-z'])[a-z]+(?:'[a-z]+)?(?![A-Za-z])")
_HEAD = f"""\
# Words that at least {ARTICLES} articles of at least {CORPORA} corpora write in lower case, human and machine alike.
# Capitalised words outside this list are taken for names.  Made by benchmarks/common_words.py.
"""


def common_words(folder: str) -> list[str]:
    """The words that pass both limits, in alphabetical order."""
    corpus = read([folder])
    corpus = corpus.select([role != "outside" for role in roles(corpus)])
    seen: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    for text, source, label in zip(corpus.texts, corpus.sources, corpus.labels, strict=True):
        seen[source, int(label)].update(set(_WORD.findall(text.replace("\u2019", "'"))))
    articles = sum(seen.values(), Counter())
    corpora = Counter(word for counts in seen.values() for word in counts)
    return sorted(w for w, n in articles.items() if n >= ARTICLES and corpora[w] >= CORPORA and len(w) <= LONGEST)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    words = common_words(parser.parse_args().data)
    (LISTS / "common.txt").write_text(_HEAD + "\n".join(words) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
