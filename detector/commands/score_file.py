"""The command score with --output: a run into a file, told on standard error."""

from __future__ import annotations

import sys
import time
import warnings
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from detector.batch.asked import RefusedError
from detector.batch.engine import WorkerLostError
from detector.batch.progress import expected, progress
from detector.batch.run import Run
from detector.commands.status import DONE, FAILED, INTERRUPTED, WrongUseError, complain
from detector.report.wording import visible

if TYPE_CHECKING:
    from detector.batch.run import Engine
    from detector.batch.selection import Selection
    from detector.model import Detector


def run(options: Namespace, selection: Selection, detector: Detector, engine: Engine) -> int:
    """Run, or go on, and say how it ended."""
    # An interrupted run says itself what is safe; joblib would warn of the work that it gave up.
    warnings.filterwarnings("ignore", message=r".*tasks which were", category=UserWarning, module="joblib")
    shown = sys.stderr is not None and sys.stderr.isatty() and not options.quiet
    try:
        one = Run(selection, Path(options.output), detector, options.format)
    except ValueError as error:
        raise WrongUseError(str(error)) from None
    try:
        with progress(expected(selection) if shown else None, shown) as one.told:
            begun = time.monotonic()
            one.go(options.resume, options.overwrite, engine)
    except RefusedError as error:
        raise WrongUseError(str(error)) from None
    except KeyboardInterrupt:
        return _stopped(one, "interrupted", INTERRUPTED)
    except WorkerLostError as error:
        return _stopped(one, str(error), FAILED)
    except OSError as error:
        what = f"{error.filename or options.output}: {error.strerror}" if error.strerror else str(error)
        return _stopped(one, what, FAILED)
    if not options.quiet:
        for line in one.tally.lines(one.tally.rows - one.earlier, time.monotonic() - begun):
            print(visible(line), file=sys.stderr)
    if one.tally.failures:
        complain(f"{one.tally.failures:,} of {one.tally.rows:,} articles failed: column error says why")
    return FAILED if one.tally.failures else DONE


def _stopped(one: Run, why: str, status: int) -> int:
    """Say why a run ended early, and what of it is safe."""
    safe = f"; {one.tally.rows:,} rows are safe, and the same command with --resume goes on" if one.tally.rows else ""
    complain(why + safe)
    return status
