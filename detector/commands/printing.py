"""What commands print on standard output as JSON."""

from __future__ import annotations

import json
import sys
from typing import Any

from detector.batch.plain import plain


def as_json(value: Any) -> str:
    """One line of JSON; beyond ASCII only where standard output can hold it."""
    wide = (getattr(sys.stdout, "encoding", None) or "").lower().startswith("utf")
    return json.dumps(plain(value), ensure_ascii=not wide, allow_nan=False)
