"""Dates as ISO 8601 writes them, a whole year or month among them."""

from __future__ import annotations

import datetime as dt
import re

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)


def is_date(text: str) -> bool:
    """Whether a text is ``2023``, ``2023-07`` or ``2023-07-16``, and in the calendar."""
    match = _DATE.fullmatch(text)
    if match is None:
        return False
    try:
        dt.date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True
