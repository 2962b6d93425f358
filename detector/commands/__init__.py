"""The commands, a module each: `add` gives the parser its arguments, `run` does the work and gives the exit status."""

from __future__ import annotations

from detector.commands import calibrate, check, evaluate, explain, features, info, report, score, train

COMMANDS = {
    "score": score,
    "explain": explain,
    "check": check,
    "report": report,
    "features": features,
    "info": info,
    "calibrate": calibrate,
    "train": train,
    "evaluate": evaluate,
}
"""The modules by the commands' names, in the order of the help."""
