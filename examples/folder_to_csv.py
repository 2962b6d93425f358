"""Score a folder of text files into a table: python examples/folder_to_csv.py FOLDER SCORES.csv [JOBS].

Started again after it was stopped, whatever stopped it, it goes on where it was.  This is what the command
`detector score FOLDER --output SCORES.csv --resume --jobs JOBS` does, to be made into something of your own.
"""

import sys

import detector


def main(folder, output, jobs=1):
    tally = detector.score_files(folder, output, resume=True, n_jobs=jobs)
    print(f"{tally.rows:,} articles are in {output}; {tally.failures:,} of them failed, as their column error says")


# Processes on this machine may import the script again, and must not start it again.
if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__.splitlines()[0])
    main(*sys.argv[1:3], *map(int, sys.argv[3:]))
