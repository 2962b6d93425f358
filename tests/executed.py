"""Run a notebook from the top and write it with its outputs: python tests/executed.py NOTEBOOK FOLDER RESULT.

It is a program of its own, so that warnings of the machinery that runs notebooks are no matter of the tests.
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient


def main(notebook, folder, result):
    cells = nbformat.read(notebook, as_version=4)
    patient = {"timeout": 600, "startup_timeout": 600}  # a busy machine is no failure
    NotebookClient(cells, resources={"metadata": {"path": folder}}, **patient).execute()
    Path(result).write_text(nbformat.writes(cells), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
