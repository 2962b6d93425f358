"""List the articles of a folder that fewest human articles resemble: python examples/score_folder.py FOLDER [MAX_FPR].

Prints file, p-value and tier of every article whose p-value is at most MAX_FPR (0.01 unless given), the smallest
first, and then how many there were and how many got no verdict.
"""

import sys
from pathlib import Path

import detector


def main(folder, max_fpr=0.01):
    paths = sorted(Path(folder).rglob("*.txt"))
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in paths)
    # `rows` measures a few dozen articles at a time, so a folder of any size fits into memory.
    rows = list(zip(paths, detector.load().rows(texts), strict=True))
    judged = [(path, row) for path, row in rows if row["abstained"] is None]
    flagged = [(path, row) for path, row in judged if row["p_value"] <= max_fpr]
    for path, row in sorted(flagged, key=lambda pair: pair[1]["p_value"]):
        print(f"{path}  p-value {row['p_value']:.4f}  {row['tier']}  like {row['resembles']}")
    print(f"{len(flagged)} of {len(rows)} articles flagged at {max_fpr}; {len(rows) - len(judged)} without a verdict")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__.splitlines()[0])
    main(sys.argv[1], *map(float, sys.argv[2:]))
