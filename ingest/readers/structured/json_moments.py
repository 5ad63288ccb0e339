"""Times of day in JSON, as seconds from the first of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from ingest.readers.structured.json_values import Utterance
from ingest.readers.timestamps import MILLISECONDS

_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2})?\S{0,20}")
_EARLIEST = 500_000_000  # seconds since 1970: no recording lasts for years
_EARLIEST_IN_MILLISECONDS = 500_000_000_000
_FEWEST = 2  # messages
_LONGEST = 24 * 3600.0  # seconds; messages of several days are no recording


def moment(value: Any) -> float | None:
    """``2025-03-04T10:00:00.5Z`` as seconds since 1970; None for anything else."""
    if not isinstance(value, str) or not _MOMENT.fullmatch(value.strip()):
        return None
    try:
        found = datetime.fromisoformat(value.strip())
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def from_first(said: Sequence[Utterance]) -> list[Utterance]:
    """Times of day become times since the first one; other times stay as they are."""
    starts = [utterance.start for utterance in said if utterance.start is not None]
    if not starts or min(starts) < _EARLIEST:
        return list(said)
    units = MILLISECONDS if min(starts) > _EARLIEST_IN_MILLISECONDS else 1
    if len(starts) == len(said) > _FEWEST and starts[::-1] == sorted(starts) != starts:
        said = list(said)[::-1]  # the newest message first
    first, last = min(starts) / units, max(starts) / units
    if last - first > _LONGEST:
        return [replace(utterance, start=None, end=None) for utterance in said]
    return [
        replace(u, start=_since(u.start, first, units), end=_since(u.end, first, units))
        for u in said
    ]


def _since(time: float | None, first: float, units: float) -> float | None:
    return None if time is None else max(0.0, round(time / units - first, 3))
