"""Score a folder of text files into a table: python examples/folder_to_csv.py FOLDER SCORES.csv [JOBS].

Started again after it was stopped, whatever stopped it, it goes on where it was.  This is what the command
`detector score FOLDER --output SCORES.csv --resume --jobs JOBS` does, to be made into something of your own.
"""

import sys
from functools import partial
from pathlib import Path

import detector
from detector.batch.engine import in_order
from detector.batch.run import Run
from detector.batch.selection import Selection


def main(folder, output, jobs=1):
    run = Run(Selection([folder]), Path(output), detector.load())
    tally = run.go(resume=True, engine=partial(in_order, n_jobs=jobs))
    print(
        f"{tally.rows:,} articles are in {output}; {tally.failures:,} of them failed, and say why in their column error"
    )


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__.splitlines()[0])
    main(*sys.argv[1:3], *map(int, sys.argv[3:]))
