"""Decades, centuries and years that are told without a number of their own.

“The early 2030s”, "the nineties", "the end of the decade", "this century", "next year".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.claims.extraction.figures import Figure
from kb.claims.extraction.numerals import Numeral
from kb.claims.extraction.units import Measure
from kb.types import Comparator

CALENDAR = "a stretch of the calendar"
NEAR = "a year named from this one"
COMING_DECADE = "a decade to come, in words"

FIRST_RECORDED = 2000
COMING = (20, 30)  # in recordings of this century "the '30s" are the 2030s

_PARTS: dict[str, tuple[int, int]] = {
    "early": (0, 3), "beginning": (0, 3), "start": (0, 3), "first half": (0, 4), "mid": (4, 6),
    "middle": (4, 6), "second half": (5, 9), "back half": (5, 9), "late": (7, 9), "end": (9, 9),
}  # fmt: skip
"""Years of a decade that are meant by a part of it."""
_PART = (
    r"(?:(?P<part>early|mid|late|(?:beginning|start|middle|end|(?:first|second|back) half)"
    r"(?=\sof\b))(?:\sof)?[\s-](?:to[\s-](?P<until>mid|late)[\s-])?(?:the\s)?)?"
)
_DECADE = re.compile(
    rf"(?<![\w’'])(?:the\s)?{_PART}(?P<century>18|19|20|[’'])?(?P<tens>[0-9]0)[’']?s\b(?!\sof\b)",
    re.IGNORECASE,
)
_SPOKEN = {"fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90}
_SPOKEN_DECADE = re.compile(
    rf"\b(?:the\s|(?=early|mid|late)){_PART}(?:nineteen[\s-])?(?P<tens>(?a:{'|'.join(_SPOKEN)}))\b",
    re.IGNORECASE,
)
_COMING_SPOKEN = {"twenties": 2020, "thirties": 2030, "forties": 2040}
_COMING_DECADE = re.compile(
    rf"\b(?:the\s|(?=early|mid|late)){_PART}(?P<tens>(?a:{'|'.join(_COMING_SPOKEN)}))\b",
    re.IGNORECASE,
)  # they may be ages, or the decades of another century: only forecasts mean these
_HERE = re.compile(
    r"\b(?:(?:the\s)?(?P<end>end|close)\sof\s(?:the|this)|this|(?:the\s)?(?P<mid>mid|middle of "
    r"(?:the|this)))[\s-](?P<unit>decade|century)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"\b(?:(?:the\s)?(?:end|close)\sof\s(?:(?P<then>next)|this|the)|(?P<next>next)|this)\syear\b"
    r"|(?<!\bthe )(?<!\bpast )\b(?P<last>last)\syear\b(?!\s(?:and|or)\b)",
    re.IGNORECASE,
)  # "the last year" is a time that goes on until now


def eras(text: str, start: int, end: int, year: int | None) -> Iterator[Measure]:
    """Such stretches in ``text[start:end]``; those of "this" and "next" need the year of now."""
    for match in _DECADE.finditer(text, start, end):
        century = match["century"]
        if century is None and not match.group().lower().startswith("the"):
            continue
        tens = int(match["tens"])
        past = 20 if year is not None and year >= FIRST_RECORDED and tens in COMING else 19
        first = 100 * (int(century) if century and century.isdigit() else past) + tens
        yield _years(text, match, *_within(first, match), "a decade")
    for match in _SPOKEN_DECADE.finditer(text, start, end):
        first = 1900 + _SPOKEN[match["tens"].lower()]
        yield _years(text, match, *_within(first, match), "a decade")
    for match in _COMING_DECADE.finditer(text, start, end):
        first = _COMING_SPOKEN[match["tens"].lower()]
        yield _years(text, match, *_within(first, match), COMING_DECADE)
    if year is not None:
        yield from _from_now(text, start, end, year)


def _from_now(text: str, start: int, end: int, year: int) -> Iterator[Measure]:
    for match in _HERE.finditer(text, start, end):
        length = 10 if match["unit"].lower() == "decade" else 100
        first = year - year % length
        last = first + length - (length == 10)  # a century is told to end with its round year
        if match["mid"]:
            yield _years(text, match, first + length // 2, first + length // 2, CALENDAR)
        else:
            yield _years(text, match, last if match["end"] else year, last, CALENDAR)
    for match in _YEAR.finditer(text, start, end):
        that = year + bool(match["then"] or match["next"]) - bool(match["last"])
        yield _years(text, match, that, that, NEAR)


def _within(first: int, match: re.Match[str]) -> tuple[int, int]:
    part, until = match["part"], match["until"]
    begin, stop = _PARTS[part.lower()] if part else (0, 9)
    return first + begin, first + (_PARTS[until.lower()][1] if until else stop)


def _years(text: str, match: re.Match[str], low: int, high: int, form: str) -> Measure:
    start, end = match.span()
    numeral = Numeral(start, end, float(low), float(high), 1.0, form)
    comparator: Comparator = "range" if high > low else "="
    figure = Figure(start, end, float(low), float(high), comparator, "", (numeral,))
    return Measure.of(text, figure, end, "year", "year", form)
