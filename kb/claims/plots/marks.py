"""Which claims can be drawn, at which figures, and why the others are left out."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kb.claims.plots import wording
from kb.types import Claim, Comparator

PlotKind = Literal["timeline", "probability", "compute"]
Opening = Literal["below", "above"]


# Times of a GPU share one axis; their figures keep the unit in which they were said.
_GPU_HOURS = {
    "GPU-minutes": 1 / 60,
    "GPU-days": 24,
    "GPU-weeks": 7 * 24,
    "GPU-months": 730.5,
    "GPU-years": 8766,
}


@dataclass(frozen=True, slots=True)
class Extent:
    """The figure of a claim on an axis: a point when ``low == high``, else a range.

    ``centre`` is the best guess inside a range. ``opening`` says that the figure is only a bound:
    ``below`` for "at most", ``above`` for "at least".
    """

    low: float
    high: float
    centre: float | None = None
    opening: Opening | None = None

    @property
    def is_point(self) -> bool:
        return self.low == self.high

    def times(self, factor: float) -> Extent:
        """The same figure in a unit that is so many times smaller."""
        centre = None if self.centre is None else self.centre * factor
        return Extent(self.low * factor, self.high * factor, centre, self.opening)


@dataclass(frozen=True, slots=True)
class Mark:
    """A claim that can be drawn: where on the axis ``unit``, and its figure in words.

    ``said`` is the time of the statement in years, None on axes without time.
    """

    claim: Claim
    unit: str
    extent: Extent
    figure: str
    said: float | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """The marks of a plot, and how many claims were left out for which reason."""

    marks: tuple[Mark, ...]
    left_out: Mapping[str, int]


class _LeftOut(Exception):
    """Why a claim cannot be drawn, as a phrase."""


def select(claims: Sequence[Claim], kind: PlotKind) -> Selection:
    """The marks of all claims that belong on this kind of plot."""
    marks = []
    reasons: Counter[str] = Counter()
    for claim in claims:
        if not _belongs(claim, kind):
            continue
        try:
            _check(claim)
            marks.append(_DRAWN[kind](claim))
        except _LeftOut as left_out:
            reasons[str(left_out)] += 1
    drawn = {mark.claim.id for mark in marks}
    new = tuple(mark for mark in marks if mark.claim.restates not in drawn)
    if len(new) < len(marks):
        reasons["said again"] = len(marks) - len(new)
    return Selection(new, dict(sorted(reasons.items(), key=lambda item: (-item[1], item[0]))))


def sorted_by_person(marks: Sequence[Mark]) -> list[Mark]:
    """The person with the most claims first; of one subject the newest statement first."""
    names = Counter(wording.holder(mark.claim) for mark in marks)

    def order(mark: Mark) -> tuple[object, ...]:
        claim = mark.claim
        name = wording.holder(claim)
        date = wording.date_parts(claim.as_of) or (0, None, None)
        return (
            (name == wording.UNKNOWN, -names[name], name),
            (claim.topic or wording.subject(claim)).casefold(),
            tuple(-(part or 0) for part in date),
            claim.superseded_by is not None,
            (mark.extent.low, mark.extent.high, claim.id),
        )

    return sorted(marks, key=order)


def _belongs(claim: Claim, kind: PlotKind) -> bool:
    by_year = claim.unit == "probability" and _has_year(claim)
    if kind == "timeline":
        return claim.kind == "timeline" or (claim.kind == "probability" and by_year)
    if kind == "probability":
        return claim.kind == "probability" or (claim.kind == "timeline" and by_year)
    return claim.kind == "compute"


def _has_year(claim: Claim) -> bool:
    return any(year is not None for year in (claim.year_low, claim.year_high, claim.event_year))


def _check(claim: Claim) -> None:
    if claim.fiction:
        raise _LeftOut("in fiction")
    if claim.asked and not wording.is_reported(claim):
        raise _LeftOut("asked, not stated")


def _forecast(claim: Claim) -> Mark:
    years = (claim.year_low, claim.year_high, claim.event_year)
    if any(year is not None and not 0 < year < 10000 for year in years):
        raise _LeftOut("with a year out of range")
    is_probability = claim.unit == "probability"
    extent = _extent(years, "=" if is_probability else claim.comparator)
    if extent is None:
        raise _LeftOut("without a calendar year")
    date = wording.date_parts(claim.as_of)
    if date is not None and extent.high < date[0]:
        raise _LeftOut("about the past")
    if is_probability:
        when = f"from {extent.low:.0f}" if extent.opening == "above" else f"by {extent.high:.0f}"
        words = f"{_probability(claim).figure} {when}"
    else:
        words = _years_in_words(claim, extent)
    return Mark(claim, "year", extent, words, None if date is None else _moment(*date))


def _moment(year: int, month: int | None, day: int | None) -> float:
    """A date on an axis on which a bare year stands for its middle."""
    return year if month is None else year + (month - 1 + ((day or 15) - 0.5) / 31) / 12 - 0.5


def _years_in_words(claim: Claim, extent: Extent) -> str:
    words = "{:.0f}".format
    if extent.opening is None:
        return _in_words(claim, extent, words)
    bound = f"{words(extent.low)} or later" if extent.opening == "above" else f"by {extent.low:.0f}"
    return f"not {bound}" if claim.negated else bound


def _probability(claim: Claim) -> Mark:
    extent = _figures(claim, 0.0, 1.0)
    if extent is None:
        raise _LeftOut("without a figure")
    return Mark(claim, "probability", extent, _in_words(claim, extent, wording.percent))


def _compute(claim: Claim) -> Mark:
    extent = _figures(claim, math.ulp(0.0), math.inf)
    if extent is None:
        raise _LeftOut("without a positive figure")
    unit = wording.one_line(claim.unit or "") or "no unit"
    words = _in_words(claim, extent, lambda value: wording.amount(value, unit))
    if unit in _GPU_HOURS:
        words = f"{words} {unit}"
        extent = extent.times(_GPU_HOURS[unit])
        unit = "GPU-hours"
        if extent.low == 0 or math.isinf(extent.high):
            raise _LeftOut("without a positive figure")
    return Mark(claim, unit, extent, words)


def _figures(claim: Claim, least: float, greatest: float) -> Extent | None:
    """The figure of a claim, None when it has none within these bounds."""
    figures = (claim.low, claim.high, claim.value)
    for figure in figures:
        if figure is not None and not (least <= figure <= greatest and math.isfinite(figure)):
            return None
    return _extent(figures, claim.comparator)


def _extent(
    figures: tuple[float | None, float | None, float | None], comparator: Comparator
) -> Extent | None:
    """From the low, the high and the best figure, as far as they are known."""
    low, high, value = figures
    if low is not None and high is not None and low != high:
        low, high = min(low, high), max(low, high)
        inside = value is not None and low <= value <= high
        return Extent(low, high, value if inside else None)
    only = next((figure for figure in (value, low, high) if figure is not None), None)
    if only is None:
        return None
    opening: Opening | None = None
    if comparator == "<" or (value is None and low is None):
        opening = "below"
    elif comparator == ">" or (value is None and high is None):
        opening = "above"
    return Extent(only, only, opening=opening)


def _in_words(claim: Claim, extent: Extent, words: Callable[[float], str]) -> str:
    if not extent.is_point:
        figure = _range_in_words(extent, words)
    elif extent.opening is not None:
        figure = ("<" if extent.opening == "below" else ">") + words(extent.low)
    else:
        about = "~" if claim.comparator == "~" and not claim.negated else ""
        figure = about + words(extent.low)
    return f"not {figure}" if claim.negated else figure


def _range_in_words(extent: Extent, words: Callable[[float], str]) -> str:
    """``10–20%``, with the best guess before it: ``15% (10–20%)``."""
    low, high = words(extent.low), words(extent.high)
    low = low.removesuffix("%")
    figure = f"{low}–{high}"
    return figure if extent.centre is None else f"{words(extent.centre)} ({figure})"


_DRAWN: dict[PlotKind, Callable[[Claim], Mark]] = {
    "timeline": _forecast,
    "probability": _probability,
    "compute": _compute,
}
