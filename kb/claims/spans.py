"""The figure of a claim as the values that it allows, so that claims can be compared."""

from __future__ import annotations

import math
import re
from typing import Literal

from kb.claims.extraction.durations import YEARS_EACH
from kb.types import Claim, ClaimKind

Measure = Literal["year", "probability", "duration", "date", "compute", "money", "quantity"]
Span = tuple[float, float]

UNNAMED = "an “if”"  # a claim that depends on something, nobody knows on what

_MEASURES: dict[ClaimKind, Measure] = {
    "timeline": "year", "probability": "probability", "compute": "compute", "money": "money",
    "event": "date", "quantity": "quantity",
}  # fmt: skip

# A best or worst case is a condition too, although nobody says "if".
_CASE = re.compile(
    r"\b(?:worst|best)[- ]case|\b(?:optimistic|pessimistic)(?:ally)?|\b(?:at the )?(?:very )?"
    r"(?:earliest|latest)\b|\bas (?:early|late) as\b|\b(?:upper|lower) bound|\bpercentile",
    re.IGNORECASE,
)


def measure_of(claim: Claim) -> Measure:
    """What the figure of a claim is; forecasts of years are kept apart from dates of events."""
    if claim.unit == "probability" or claim.kind == "probability":
        return "probability"
    dated = _first(claim.event_year, claim.year_low, claim.year_high) is not None
    lasts = claim.unit in YEARS_EACH and not (claim.kind in {"timeline", "event"} and dated)
    return "duration" if lasts else _MEASURES[claim.kind]


def span_of(claim: Claim) -> Span | None:
    """The values that a claim allows: years, probabilities 0 to 1, durations in years, or amounts
    in its unit. "At least" has no upper end. None for a claim in words alone.
    """
    measure = measure_of(claim)
    if measure in {"year", "date"}:
        in_years = claim.unit in {"year", None}
        plain = (claim.low, claim.value, claim.high) if in_years else (None, None, None)
        low = _first(claim.year_low, claim.event_year, claim.year_high, *plain)
        high = _first(claim.year_high, claim.event_year, claim.year_low, *reversed(plain))
    else:
        low = _first(claim.low, claim.value, claim.high)
        high = _first(claim.high, claim.value, claim.low)
    if low is None or high is None:
        return None
    low, high = min(low, high), max(low, high)
    if measure == "duration":
        low, high = low * YEARS_EACH[str(claim.unit)], high * YEARS_EACH[str(claim.unit)]
    if claim.comparator == "<":
        return (0.0 if measure == "probability" else -math.inf, high)
    if claim.comparator == ">":
        return (low, 1.0 if measure == "probability" else math.inf)
    return (low, high)


def widened(claim: Claim) -> Span | None:
    """The values that meet a claim, with the room that speech leaves around a figure.

    - Years: 1 year, because "in four years" is counted from some month. An approximate year has 2
      years, or a fifth of the way from the statement to it: "around 2045" in 2025 is 2041 to 2049.
    - Probabilities: .05, approximate ones .1, never more than half of the way to 0 or 1 (but .01),
      so that 1% and 10% remain two.
    - Durations and amounts: a tenth; approximate ones a factor of 2, as in napkin arithmetic.

    A claim is approximate when its comparator is ``~`` or it has a hedge.
    """
    span = span_of(claim)
    if span is None:
        return None
    low, high = span
    approximate = claim.comparator == "~" or claim.hedge is not None
    measure = measure_of(claim)
    if measure in {"year", "date"}:
        room = _room_of_years(claim, low if math.isfinite(low) else high) if approximate else 1.0
        return (low - room, high + room)
    if measure == "probability":
        most = 0.1 if approximate else 0.05
        return (low - _room_of_probability(low, most), high + _room_of_probability(high, most))
    factor = 2.0 if approximate else 1.1
    return (min(low / factor, low * factor), max(high * factor, high / factor))


def horizon_of(claim: Claim) -> float:
    """The year by which a probability holds; infinite when none is named."""
    year = _first(claim.year_high, claim.event_year, claim.year_low)
    return math.inf if year is None else year


def condition_of(claim: Claim) -> str:
    """What a claim depends on, in its own words; empty when on nothing."""
    case = _CASE.search(f"{claim.subject} {claim.quote}")
    return claim.condition or (case[0] if case else UNNAMED if claim.conditional else "")


def figure_text(claim: Claim) -> str:
    """The figure for people: "about 2034", "2027 to 2029", "not 90% by 2040"; amounts as said."""
    return f"not {_figure(claim)}" if claim.negated else _figure(claim)


def _figure(claim: Claim) -> str:
    span, measure = span_of(claim), measure_of(claim)
    if span is None or measure not in {"year", "date", "probability"}:
        return claim.figure or "no figure"
    percent = measure == "probability"
    low, high = (f"{100 * end:.4g}%" if percent else f"{end:.0f}" for end in span)
    if claim.comparator in {"<", ">"}:
        words = {"<": "at most" if percent else "by", ">": "at least" if percent else "from"}
        text = f"{words[claim.comparator]} {high if claim.comparator == '<' else low}"
    else:
        text = low if low == high else f"{low} to {high}"
    about = "about " if claim.comparator == "~" else ""
    by = f" by {horizon_of(claim):.0f}" if percent and math.isfinite(horizon_of(claim)) else ""
    return f"{about}{text}{by}"


def year_of(date: str | None) -> int | None:
    """The year of an ISO 8601 date or its beginning."""
    year = (date or "")[:4]
    return int(year) if len(year) == 4 and year.isdecimal() else None


def _room_of_years(claim: Claim, year: float) -> float:
    said = year_of(claim.as_of)
    return 2.0 if said is None else max(2.0, abs(year - said) / 5)


def _room_of_probability(value: float, most: float) -> float:
    return min(most, max(0.01, min(value, 1 - value) / 2))


def _first(*values: float | None) -> float | None:
    return next((value for value in values if value is not None), None)
