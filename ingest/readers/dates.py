"""Dates as people write them in the head of a text, such as ``17 June 2025``."""

from __future__ import annotations

import datetime as dt
import re

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_MONTH = "|".join([*(f"{month[:3]}(?:{month[3:]})?" for month in _MONTHS), "sept"])
_DAY = r"(?P<day{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_WRITTEN = re.compile(
    rf"{_WEEKDAY}(?:"
    rf"{_DAY.format(1)} (?:of )?(?P<month1>{_MONTH})\.?,? (?P<year1>\d{{4}})|"
    rf"(?P<month2>{_MONTH})\.? {_DAY.format(2)},? (?P<year2>\d{{4}})|"
    r"(?P<year3>\d{4})-(?P<month3>\d{2})-(?P<day3>\d{2}))",
    re.IGNORECASE,
)
_IN_NAME = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
_LONGEST = 40  # characters


def written_date(text: str) -> str | None:
    """A text that is a date and nothing else, as YYYY-MM-DD.

    It reads ``Tuesday, 17 June 2025``, ``June 17th, 2025`` and ``2025-06-17``, but no date in
    figures that is read differently in different countries, such as ``6/7/2025``.
    """
    match = _WRITTEN.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        return None
    parts = match.groupdict()
    number = next(number for number in "123" if parts[f"year{number}"])
    year, month, day = (parts[f"{part}{number}"] for part in ("year", "month", "day"))
    try:
        return dt.date(int(year), _month(month), int(day)).isoformat()
    except ValueError:
        return None


def holds_date(name: str) -> bool:
    """Whether the name of a file says what date it is of (YYYY-MM-DD)."""
    return _IN_NAME.search(name) is not None


def _month(printed: str) -> int:
    if printed.isdigit():
        return int(printed)
    start = printed.casefold()[:3]
    return 1 + next(n for n, month in enumerate(_MONTHS) if month.startswith(start))
