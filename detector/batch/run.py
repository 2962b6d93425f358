"""A run: articles scored into one file, piece by piece, so that whatever stops it costs a piece and no more.

Beside the output FILE lie FILE.partial, with the rows so far, and FILE.journal.  A piece counts when its bytes, and
then the journal's entry with their checksum, are on disk; what lies behind the last such piece is cut off by the next
run.  The finished file takes the name of the output at one stroke.  The journal stays: it is how a run that is over is
known, and may be deleted.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detector.batch.asked import RefusedError, asked, check_no_input, check_same
from detector.batch.disk import append, publish, sync
from detector.batch.engine import in_order
from detector.batch.journal import Journal
from detector.batch.lock import LockedError
from detector.batch.pieces import Made, Rows, Scoring, digest, pieces
from detector.batch.records import Record
from detector.batch.selection import Selection
from detector.batch.tally import Tally
from detector.batch.writers import FORMATS, guess, writer
from detector.modelfile import digest as digest_of_model

if TYPE_CHECKING:
    from detector.model import Detector

log = logging.getLogger(__name__)

Engine = Callable[[Scoring, Iterator[list[Record]]], Iterator[Made]]


def _nobody(tally: Tally) -> None:
    """Nobody is told."""


@dataclass
class Run:
    """Scores a selection into `output`; `tally` counts the rows that are safe on disk, `earlier` those of runs before.

    `format` is jsonl, csv or parquet; None is that of the output's ending.  `told` is called with the tally of each
    piece, first with that of all pieces that an earlier run has made.
    """

    selection: Selection
    output: Path
    detector: Detector
    format: str | None = None
    told: Callable[[Tally], None] = _nobody
    tally: Tally = field(default_factory=Tally)
    earlier: int = 0

    def __post_init__(self) -> None:
        self.output = Path(self.output)
        self.format = self.format or guess(self.output)
        if self.format not in FORMATS:
            raise ValueError(f"format is {self.format!r}; it must be one of {', '.join(FORMATS)}")
        self._writer = writer(self.format, self.selection.names)
        self._journal = self.output.with_name(f"{self.output.name}.journal")
        self._partial = self.output.with_name(f"{self.output.name}.partial")

    def go(self, resume: bool = False, overwrite: bool = False, engine: Engine = in_order) -> Tally:
        """Run to the end and return the tally.

        `resume` continues a run that was stopped, and changes nothing where it is over.  `overwrite` begins anew
        whatever is there.  Raises `RefusedError` where neither is given and something is there, where the run to be
        continued was asked for something else or had other inputs, and where another run is writing the same output;
        `WorkerLostError` and `OSError` where it cannot go on, with what is done kept.  `engine` calls a function for
        each piece, and gives the results in order.
        """
        if self.output.is_dir():
            raise RefusedError(f"{self.output} is a folder")
        if self.output.exists() and not overwrite and not self._journal.exists():
            raise RefusedError(f"{self.output} exists, and no run is known that wrote it: overwrite replaces it")
        try:
            journal = Journal(self._journal)
        except LockedError:
            raise RefusedError(f"another run is writing {self.output}") from None
        with journal:
            if not (resume and not overwrite and self._is_over(journal)):
                self._begin(journal, resume, overwrite)
                self._score(journal, engine)
        return self.tally

    def _asked(self) -> dict[str, Any]:
        return asked(self.selection, self.output, str(self.format), digest_of_model(self.detector.model_))

    def _is_over(self, journal: Journal) -> bool:
        """True where the run of the journal has its output, or has it now: all but its name was done."""
        end = journal.entries[-1] if journal.entries else {}
        staged = self.output.with_name(end.get("staged", self._partial.name))
        if "staged" not in end or not (staged.exists() or self.output.exists()):
            return False
        check_same(self.output, journal.entries[0], self._asked())
        if staged.exists():
            self._publish(staged)
        elif self.output.stat().st_size != end["bytes"]:
            raise RefusedError(f"{self.output} is not what its run wrote, it was changed: overwrite replaces it")
        self._count(_pieces(journal))
        self.earlier = self.tally.rows
        return True

    def _begin(self, journal: Journal, resume: bool, overwrite: bool) -> None:
        """Make the journal that of this run: continued, or begun anew."""
        check_no_input(self.selection, self.output)
        begun = bool(_pieces(journal)) and "staged" not in journal.entries[-1]
        if begun and not (resume or overwrite):
            raise RefusedError(f"a run to {self.output} was stopped: resume continues it, overwrite begins anew")
        if begun and not overwrite:
            check_same(self.output, journal.entries[0], self._asked())
            return
        if self.output.exists() and not overwrite and not (resume and journal.entries):
            raise RefusedError(f"{self.output} exists: overwrite replaces it")
        journal.keep(0)
        journal.add(self._asked())

    def _score(self, journal: Journal, engine: Engine) -> None:
        with self._collected(journal) as collected:
            stream = pieces(self.selection.records())
            done = _pieces(journal)
            self._skip(stream, done)
            self._count(done)
            self.earlier = self.tally.rows
            work = Scoring(Rows(self.detector, self.selection), self._writer)
            for number, piece in enumerate(engine(work, stream), len(done)):
                append(collected, piece.data)
                checksum = hashlib.sha256(piece.data).hexdigest()
                safe = {"bytes": len(piece.data), "sha256": checksum, "tally": piece.tally.to_dict()}
                journal.add({"piece": number, "read": piece.read, **safe})
                self._count([safe])
                log.info("piece %d is safe: %d rows, %d failed", number, piece.tally.rows, piece.tally.failures)
        self._finish(journal)

    def _count(self, entries: list[dict[str, Any]]) -> None:
        total = Tally()
        for entry in entries:
            total.add(Tally.from_dict(entry["tally"]))
        self.tally.add(total)
        self.told(total)

    @contextmanager
    def _collected(self, journal: Journal) -> Iterator[FileIO]:
        """The file of rows, open behind the last piece that is whole; the journal forgets the pieces behind it."""
        head = self._writer.head
        with FileIO(self._partial, "r+" if self._partial.exists() else "w+") as file:
            whole, end = 0, len(head)
            if file.read(end) == head:
                for entry in _pieces(journal):
                    if hashlib.sha256(file.read(entry["bytes"])).hexdigest() != entry["sha256"]:
                        log.info("piece %d is damaged: it is scored again, with those behind it", entry["piece"])
                        break
                    whole, end = whole + 1, end + entry["bytes"]
            journal.keep(1 + whole)
            file.seek(0 if not whole else end)
            file.truncate()
            if not whole:
                append(file, head)
            yield file

    def _skip(self, stream: Iterator[list[Record]], done: list[dict[str, Any]]) -> None:
        """Read past the articles whose rows are there, and see that they are still the same."""
        for entry in done:
            piece = next(stream, None)
            if piece is None or digest(piece) != entry["read"]:
                raise RefusedError(
                    f"the run to {self.output} cannot be resumed: the inputs no longer give the articles that it has "
                    "scored; overwrite begins anew"
                )

    def _finish(self, journal: Journal) -> None:
        staged = self._writer.finish(self._partial)
        sync(staged)
        journal.add({"staged": staged.name, "bytes": staged.stat().st_size})
        self._publish(staged)

    def _publish(self, staged: Path) -> None:
        publish(staged, self.output)
        self._partial.unlink(missing_ok=True)


def _pieces(journal: Journal) -> list[dict[str, Any]]:
    return [entry for entry in journal.entries if "piece" in entry]
