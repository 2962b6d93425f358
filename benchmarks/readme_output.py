"""Run the commands whose output README.md shows, and write that output into it: python benchmarks/readme_output.py.

A command stands in a comment, ``<!-- output: COMMAND -->``, in front of the block that holds its output. With
``--check`` nothing is written, and the exit status is 1 if a block differs from what its command prints.
"""

import difflib
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"(<!-- output: (?P<command>.+?) -->\n```text\n)(?P<output>.*?)(```\n)", re.DOTALL)


def renewed(block):
    program, *arguments = shlex.split(block["command"])
    assert program == "detector", f"only the commands of detector are run, not {program}"
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "detector", *arguments]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True)
    return block[1] + result.stdout + block[4]


def main():
    path = ROOT / "README.md"
    before = path.read_text(encoding="utf-8")
    after = BLOCK.sub(renewed, before)
    if "--check" not in sys.argv[1:]:
        path.write_text(after, encoding="utf-8")
        return 0
    lines = (before.splitlines(keepends=True), after.splitlines(keepends=True))
    sys.stdout.writelines(difflib.unified_diff(*lines, "README.md", "what the commands print"))
    return int(before != after)


if __name__ == "__main__":
    sys.exit(main())
