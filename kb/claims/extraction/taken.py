"""Spans of a text that are already read, asked for overlaps in logarithmic time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate

from kb.text.sentences import Span


class Taken:
    """Spans in any order, which may overlap each other."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._furthest = list(accumulate((end for _, end in ordered), max))

    def overlaps(self, start: int, end: int) -> bool:
        """Whether some span shares a character with ``start:end``."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._furthest[before - 1] > start
