"""What the tests of the command line share: writing inputs and reading what was printed."""

import json


def lines(*rows):
    """JSON Lines; a str is a line as it stands."""
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)


def write(path, content):
    """A file of bytes or of text in UTF-8, with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))


def rows_of(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def is_one_sentence(text):
    return text.count("\n") == 1 and text.endswith("\n") and text.startswith("detector") and "Traceback" not in text
