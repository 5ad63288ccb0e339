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
_MONTH_OF_YEAR = re.compile(rf"(?P<month>{_MONTH})\.?,? (?P<year>\d{{4}})", re.IGNORECASE)
_ANY = (
    rf"(?P<date>{_WEEKDAY}(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTH})\.?,? \d{{4}}"
    rf"|(?:{_MONTH})\.? (?:\d{{1,2}}(?:st|nd|rd|th)?,? )?\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}))\b"
)
_RECORDED = r"(?:recorded|conducted|recording date|date of recording)"
_PUBLISHED = (
    r"(?:(?:first |originally )?(?:published|posted|released|aired|broadcast)|date|updated)"
)
_TALK = r"(?:conversation|interview|discussion|dialogue|episode|podcast|call|talk|session|video)"
_STATEMENT = re.compile(
    rf"(?:(?:(?P<recorded>{_RECORDED})|{_PUBLISHED})(?: on| in)?[:\s]\s?{_ANY})", re.IGNORECASE
)
_OF_CONVERSATION = re.compile(
    rf"\b{_TALK}\b[^.!?]{{0,60}}? {_RECORDED}(?: \w+){{0,4}}?(?: on| in) {_ANY}", re.IGNORECASE
)
_ALONE = re.compile(rf"(?:[^.!?]{{0,60}} [|·•–—-] )?{_ANY}", re.IGNORECASE)


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


def date_in(name: str) -> str | None:
    """The first date (YYYY-MM-DD) in the name of a file."""
    return next(filter(None, (written_date(found) for found in _IN_NAME.findall(name))), None)


def date_of_recording(head: str) -> str | None:
    """What the text above a conversation says of its date, as YYYY-MM-DD or YYYY-MM.

    ``Recorded on May 3, 2021``, ``Published: 2021-05-03``, ``May 2021`` on a line of its own. In
    the middle of a sentence only a recording's date counts: what was published may be a paper.
    """
    lines = [" ".join(line.split()).strip("*_()[] ") for line in head.split("\n")]
    statements = [match for line in lines if (match := _STATEMENT.match(line))]
    statements.sort(key=lambda match: match["recorded"] is None)
    inside = [match for line in lines if (match := _OF_CONVERSATION.search(line))]
    bare = [match for line in lines if (match := _ALONE.fullmatch(line))]
    dates = (_full_or_month(match["date"]) for match in (*statements, *inside, *bare))
    return next(filter(None, dates), None)


def _full_or_month(text: str) -> str | None:
    """A date, or a month of a year."""
    if date := written_date(text):
        return date
    match = _MONTH_OF_YEAR.fullmatch(text)
    return f"{match['year']}-{_month(match['month']):02}" if match else None


def _month(printed: str) -> int:
    if printed.isdigit():
        return int(printed)
    start = printed.casefold()[:3]
    return 1 + next(n for n, month in enumerate(_MONTHS) if month.startswith(start))
