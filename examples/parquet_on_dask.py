"""Score a Parquet table on many machines: python examples/parquet_on_dask.py INPUT OUTPUT [SCHEDULER].

INPUT and OUTPUT are folders that all workers can reach, on a shared disk or as s3://... and the like.  Each partition
becomes one of scores, with the column `id` beside them.  Without the address of a SCHEDULER the work is done here.
"""

import sys

import dask.dataframe as dd
from distributed import Client

import detector


def main(source, target, scheduler=None):
    with Client(scheduler):
        scores = detector.score_frame(dd.read_parquet(source), keep=["id"])
        scores.to_parquet(target, write_index=False)
        written = dd.read_parquet(target)
        failed, rows = written["error"].count().compute(), len(written)
        flagged = written["flagged"].sum().compute()
    print(f"{rows:,} rows: {flagged:,} flagged, {failed:,} failed")


# Workers on this machine import the script again, and must not start it again.
if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__.splitlines()[0])
    main(*sys.argv[1:])
