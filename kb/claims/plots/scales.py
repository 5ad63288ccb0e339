"""Axes: from years, shares and amounts to pixels, with their ticks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from kb.claims.plots import wording

MOST_TICKS = 11


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis over ``low`` to ``high``; a logarithmic one takes exponents of ten as its bounds."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    logarithmic: bool = False

    def share(self, figure: float) -> float:
        """Where a figure stands: 0 at the left end, 1 at the right, beyond them outside."""
        at = math.log10(figure) if self.logarithmic else figure
        return (at - self.low) / (self.high - self.low)


def years(figures: Sequence[float]) -> Scale:
    """Calendar years; the few that would squeeze all the others together stay outside."""
    low, high = _without_outliers(sorted(figures))
    low, high = math.floor(low) - 1, math.ceil(high) + 1
    if high - low < 8:
        high = low + 8
    step = _step(high - low)
    first = math.ceil(low / step) * step
    return Scale(low, high, tuple((year, str(year)) for year in range(first, high + 1, step)))


def shares() -> Scale:
    """0 to 100 %."""
    return Scale(0.0, 1.0, tuple((tenth / 10, f"{tenth * 10}%") for tenth in range(11)))


def amounts(figures: Sequence[float], unit: str) -> Scale:
    """A logarithmic axis over all these positive figures."""
    exponents = [math.log10(figure) for figure in figures]
    low, high = math.floor(min(exponents)), math.ceil(max(exponents))
    if low == high:
        low, high = low - 1, high + 1
    step = math.ceil((high - low) / 9)
    first = math.ceil(low / step) * step
    written = range(max(first, -307), min(high, 308) + 1, step)
    ticks = tuple((10.0**exponent, wording.amount(10.0**exponent, unit)) for exponent in written)
    return Scale(low - 0.25, high + 0.25, ticks, logarithmic=True)


def _step(span: float) -> int:
    """The least round step that gives few enough ticks."""
    power = 1
    while True:
        for digit in (1, 2, 5):
            if span / (digit * power) <= MOST_TICKS:
                return digit * power
        power *= 10


def _without_outliers(figures: Sequence[float]) -> tuple[float, float]:
    """The ends of the sorted figures, without those far beyond the middle eight tenths.

    They stay when leaving them out would not make the axis shorter by half.
    """
    outer = len(figures) // 10
    low, high = figures[outer], figures[-1 - outer]
    reach = max(high - low, 10)
    near = [figure for figure in figures if low - reach <= figure <= high + reach]
    kept = near if near[-1] - near[0] < (figures[-1] - figures[0]) / 2 else figures
    return kept[0], kept[-1]
