"""A progress bar for a run, with its rate and, where the number of articles is known, the time left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from detector.batch.readers import Planned, plan
from detector.batch.selection import Selection
from detector.batch.tally import Tally


@contextmanager
def progress(total: int | None, shown: bool) -> Iterator[Callable[[Tally], None]]:
    """A function to be told of what is done: first what an earlier run did, then each piece; it draws a bar if shown.

    Without tqdm there is no bar.
    """
    try:
        from tqdm import tqdm
    except ImportError:
        shown = False
    if not shown:
        yield lambda tally: None
        return
    with tqdm(total=total, unit=" articles", dynamic_ncols=True) as bar:
        begun = False

        def told(tally: Tally) -> None:
            nonlocal begun
            if begun:
                bar.update(tally.rows)
            else:
                # What an earlier run did is no part of this one's rate.
                begun, bar.initial, bar.n = True, tally.rows, tally.rows
                bar.refresh()

        yield told
        bar.refresh()  # a short run would end before the bar is drawn a second time


def expected(selection: Selection) -> int | None:
    """The number of articles that a run will score, None where only reading them all would tell."""
    most = [number for number in (selection.limit, selection.sample) if number is not None]
    counts = [_articles(one) for one in plan(selection.paths, selection.kind)]
    known = [sum(count for count in counts if count is not None)] if None not in counts else []
    return min([*most, *known], default=None)


def _articles(one: Planned) -> int | None:
    """The number of articles of a file, where it is cheap to know."""
    path = Path(one.path)
    if one.path == "-":
        return None
    if one.error is not None or one.format in ("text", "html"):
        return 1
    if one.format == "jsonl" and path.suffix.lower() in (".jsonl", ".ndjson") and path.is_file():
        with path.open("rb") as stream:
            return sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b""))
    if one.format == "parquet" and path.is_file():
        import pyarrow.parquet as pq

        return int(pq.ParquetFile(path).metadata.num_rows)
    return None
