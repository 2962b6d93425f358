"""Values as JSON has them, and a row as one line of it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import date
from typing import Any


def plain(value: Any) -> Any:
    r"""The value as JSON can hold it: None for a number that is none, text for what JSON has no type for.

    >>> plain({"day": date(2024, 3, 1), "share": math.nan, "parts": (1, 2.5), "raw": b"\xff"})
    {'day': '2024-03-01', 'share': None, 'parts': [1, 2.5], 'raw': '\\xff'}
    """
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    # Numbers and arrays of NumPy and its like give Python's own.
    own = value.tolist() if hasattr(value, "tolist") else value
    return str(value) if own is value else plain(own)


def json_line(row: Mapping[str, Any]) -> bytes:
    r"""The row as one line of JSON in UTF-8; half a surrogate pair, which UTF-8 has not, is escaped.

    >>> json_line({"id": "naïve \ud800"})
    b'{"id": "na\\u00efve \\ud800"}\n'
    """
    try:
        return json.dumps(row, ensure_ascii=False, allow_nan=False).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(row, allow_nan=False).encode() + b"\n"
