"""Figures, dates and names as they are written in and under a plot."""

from __future__ import annotations

import re

from kb.types import Claim

UNKNOWN = "Unknown speaker"

_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_SCALES = ((1e12, " trillion"), (1e9, " billion"), (1e6, " million"))
# What XML 1.0 cannot hold, and what would reorder or hide the words around it.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufeff\ufffe\uffff]"
)


def printable(text: str) -> str:
    """The text without characters that no page can show."""
    return _UNPRINTABLE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """The text for a label: printable, with single spaces."""
    return " ".join(printable(text).split())


def holder(claim: Claim) -> str:
    """Whose belief it is, for people."""
    return one_line(claim.holder or "") or UNKNOWN


def is_reported(claim: Claim) -> bool:
    """Whether somebody else says it of the holder."""
    return claim.claimant is not None and claim.claimant != claim.speaker


def subject(claim: Claim) -> str:
    """What the claim is about, with the condition it depends on."""
    about = one_line(claim.subject) or one_line(claim.topic or "") or one_line(claim.quote)
    condition = one_line(claim.condition or "")
    return f"{about}, {condition}" if condition else about


def date_parts(as_of: str | None) -> tuple[int, int | None, int | None] | None:
    """Year, month and day of an ISO 8601 prefix, as far as they are known."""
    match = _DATE.match(as_of or "")
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None:
        return None
    if month is None or not 1 <= month <= 12:
        return year, None, None
    return year, month, day


def long_date(as_of: str | None) -> str:
    """``11 March 2024``, ``March 2024``, ``2024`` or nothing."""
    parts = date_parts(as_of)
    if parts is None:
        return ""
    year, month, day = parts
    words = [str(day) if day else "", _MONTHS[month - 1] if month else "", str(year)]
    return " ".join(word for word in words if word)


def short_date(as_of: str | None) -> str:
    """``Mar 2024``, ``2024`` or nothing."""
    parts = date_parts(as_of)
    if parts is None:
        return ""
    year, month, _ = parts
    return f"{_MONTHS[month - 1][:3]} {year}" if month else str(year)


def told_by(claim: Claim) -> str:
    """``told by Tobias Lindqvist`` for a belief that somebody else reports, else nothing."""
    if not is_reported(claim):
        return ""
    return f"told by {one_line(claim.speaker or '') or UNKNOWN.lower()}"


def tooltip(claim: Claim) -> str:
    """Who, when, and the exact words."""
    about = [part for part in (holder(claim), told_by(claim), long_date(claim.as_of)) if part]
    return f"{', '.join(about)}: “{printable(claim.quote)}”"


def percent(share: float) -> str:
    """0.9999 as ``99.99%``, a third as ``33.33%``."""
    value = share * 100
    return f"{value:.6g}%" if value > 99 else f"{value:.4g}%"


def power_of_ten(value: float) -> str:
    """A positive figure as ``3.1×10²³``, or ``10²⁵`` when it is a plain power."""
    mantissa, exponent = f"{value:.2e}".split("e")
    mantissa = mantissa.rstrip("0").rstrip(".")
    power = "10" + str(int(exponent)).translate(_SUPERSCRIPTS)
    return power if mantissa == "1" else f"{mantissa}×{power}"


def amount(value: float, unit: str) -> str:
    """A positive figure without its unit: ``400,000``, ``1.5 billion``, ``3.1×10²³``."""
    if unit.startswith("FLOP") or not 1e-3 <= value < 1e15:
        return power_of_ten(value)
    for scale, word in _SCALES:
        if value >= scale:
            return f"{value / scale:,.4g}{word}"
    return f"{value:,.0f}" if value >= 1000 else f"{value:.4g}"


def counted(number: int, one: str, many: str) -> str:
    """``1 figure``, ``3 figures``."""
    return f"{number:,} {one if number == 1 else many}"
