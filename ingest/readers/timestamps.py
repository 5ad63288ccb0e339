"""Times of a recording, as programs write them."""

from __future__ import annotations

import math
from typing import Any

MILLISECONDS = 1000.0  # in a second

_CLOCK_PARTS = 3  # hours, minutes, seconds


def seconds(value: Any, units: float = 1) -> float | None:
    """A time as a number, ``"12.5"``, ``"12.5s"`` or ``"1:02:03.5"``; None for anything else.

    ``units`` of the value make a second. What follows hours, minutes and seconds are frames, less
    than a second, and left out: ``00:00:04:12``.
    """
    if isinstance(value, dict):
        value = value.get("relative")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        total = 0.0
        clock = str(value).strip().removesuffix("s").replace(",", ".").replace(";", ":")
        for part in clock.split(":")[:_CLOCK_PARTS]:
            total = total * 60 + float(part)
    except (ValueError, OverflowError):
        return None
    return total / units if math.isfinite(total) and total >= 0 else None
