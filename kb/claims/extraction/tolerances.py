"""“2030 plus or minus five years”: a figure with its tolerance is one range."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.claims.extraction.durations import YEARS_EACH
from kb.claims.extraction.figures import Figure
from kb.claims.extraction.units import Measure

_PLUS_OR_MINUS = re.compile(
    r",?\s?(?:plus or minus|plus[-/]minus|give or take|\+/-|±)\s?(?:maybe |like |about |say )?",
    re.IGNORECASE,
)


def with_tolerances(text: str, found: Sequence[Measure]) -> list[Measure]:
    """The measures, each joined with the tolerance that follows it."""
    result: list[Measure] = []
    for measure in found:
        last = result[-1] if result else None
        margin = _margin(last, measure) if last and last.single and measure.single else None
        if last and margin and _PLUS_OR_MINUS.fullmatch(text, last.end, measure.start):
            result[-1] = _around(text, last, measure, margin)
            continue
        result.append(measure)
    return result


def _margin(centre: Measure, tolerance: Measure) -> float | None:
    """The tolerance in the unit of what it is about."""
    if tolerance.dimension == "bare":
        return tolerance.low * (0.01 if centre.dimension == "share" else 1.0)
    if tolerance.dimension == "duration" and centre.dimension in ("year", "duration"):
        each = 1.0 if centre.dimension == "year" else YEARS_EACH[centre.unit]
        return tolerance.low * YEARS_EACH[tolerance.unit] / each
    return tolerance.low if tolerance.unit == centre.unit else None


def _around(text: str, centre: Measure, tolerance: Measure, margin: float) -> Measure:
    low, high = round(centre.low - margin, 6), round(centre.high + margin, 6)
    numerals = (*centre.figure.numerals, *tolerance.figure.numerals)
    figure = Figure(
        centre.figure.start, tolerance.figure.end, low, high, "range", centre.figure.mark, numerals
    )
    return replace(
        centre, figure=figure, end=tolerance.end, low=low, high=high,
        words=text[centre.start : tolerance.end],
    )  # fmt: skip
