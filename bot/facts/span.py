"""Spans of time in the script: "30 minutes", "1 hour", "2 hours"."""

from __future__ import annotations

import re
from datetime import timedelta

_SPAN = re.compile(r"([0-9]{1,6}) (second|minute|hour|day)s?")


def read_span(text: str) -> timedelta:
    """Read "30 minutes"; raises ValueError with the forms that are understood."""
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"'{text}' is not a span of time. Write for example '30 minutes', '1 hour' or '2 days'")
    return timedelta(**{f"{found[2]}s": int(found[1])})
