"""Times amid a paragraph: ``… the lid. [00:00:30] If it …``. They are no words of anybody."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.readers.lines import clock_seconds

_CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_UNITS = r"(?:\d{1,2}\s?h\s?)?(?:\d{1,2}\s?m\s?)?\d{1,2}\s?s"
_INNER = re.compile(
    rf"\s\\?[\[(](?P<time>{_CLOCK}|{_UNITS})(?:\s?(?:--?>|→|[-–—])\s?{_CLOCK})?\\?[\])](?=\s|$)"
)

_FEWEST = 3  # times of a file that has them nowhere else

Part = tuple[str, float | None]


def split_at_times(text: str, start: float | None, end: float | None) -> list[Part]:
    """The parts of a paragraph, with the times in front of all but the first.

    ``start`` and ``end`` are the times around the paragraph, between which these go forward:
    without them, a number in brackets may be anything, such as a verse.
    """
    found = list(_INNER.finditer(text)) if start is not None else []
    times = [clock_seconds(match["time"]) for match in found]
    bounds = [start or 0.0, *times, *([] if end is None else [end])]
    if not found or bounds != sorted(bounds):
        return [(text, None)]
    places = [0, *(match.end() for match in found)]
    ends = [*(match.start() for match in found), len(text)]
    parts = zip(places, ends, (None, *times), strict=True)
    return [(text[i:j].strip(), time) for i, j, time in parts]


def have_times(paragraphs: Iterable[tuple[float | None, str]]) -> bool:
    """Whether the numbers in brackets amid all paragraphs are times: they go forward.

    A paragraph may begin with one, where lines are broken.
    """
    printed: list[str] = []
    found: list[float] = []
    for begin, text in paragraphs:
        inner = [match["time"] for match in _INNER.finditer(text)]
        printed += inner
        found += ([] if begin is None else [begin]) + [clock_seconds(time) for time in inner]
    enough = _FEWEST - 1 if all(time.count(":") > 1 for time in printed) else _FEWEST
    return len(printed) >= enough and found == sorted(found)
