"""Figures that words tell without a number: “doubled”, “two thirds of”, “a coin flip”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.claims.extraction.figures import Figure
from kb.claims.extraction.numerals import Numeral, number_of
from kb.claims.extraction.units import Measure

_FACTORS = (("doubl", 2.0), ("twice", 2.0), ("tripl", 3.0), ("quadrupl", 4.0), ("halv", 0.5))
_FACTOR = re.compile(
    r"\b(?a:doubled|tripled|quadrupled|halved|doubling|tripling|quadrupling|halving|"
    r"(?a:double|triple|quadruple|halve|twice)(?=\s(?:the|our|its|their|as|what|every|each)\b))",
    re.IGNORECASE,
)
_PARTS = {
    "half": 2.0, "halves": 2.0, "third": 3.0, "quarter": 4.0, "fifth": 5.0, "sixth": 6.0,
    "seventh": 7.0, "eighth": 8.0, "ninth": 9.0, "tenth": 10.0, "hundredth": 100.0,
    "thousandth": 1000.0,
}  # fmt: skip
_FRACTION = re.compile(
    rf"(?<![-\w])(?:(?P<count>an?|one|two|three|four|five|six|seven|eight|"
    rf"nine)[\s-])?(?P<part>(?a:{'|'.join(_PARTS)}))s?(?=\sof\s(?!an?\s(?:million|billion|"
    rf"trillion|percent)|"
    rf"one percent))",
    re.IGNORECASE,
)
_PERCENT_PARTS = (("half", 0.5), ("quarter", 0.25), ("tenth", 0.1), ("hundredth", 0.01))
_PART_OF_PERCENT = re.compile(
    r"\b(?:half|a quarter of|a tenth of|a hundredth of) (?:a|one) (?:percent|per cent|%)",
    re.IGNORECASE,
)
_OR_TWO = re.compile(
    r"\b(?:a|one)\s(?P<time>day|week|month|year)\sor\s(?:(?P<two>two)|three)\b(?! years?\b| "
    r"months?\b)",
    re.IGNORECASE,
)
_AND_A = re.compile(r"\band an?\s[a-z]+$", re.IGNORECASE)
_EVEN = re.compile(
    r"\b(?:fifty[- ]fifty|50[-/ ]50|coin[- ]?(?:flip|toss)|even (?:chance|odds|money))\b",
    re.IGNORECASE,
)


def word_figures(text: str, start: int, end: int) -> Iterator[Measure]:
    """Factors, fractions of something, and even chances, with the words that tell them."""
    yield from _factors(text, start, end)
    yield from _fractions(text, start, end)
    for match in _OR_TWO.finditer(text, start, end):
        figure = _figure(match, 1.0, "", "one or two", high=2.0 if match["two"] else 3.0)
        unit = f"{match['time'].lower()}s"
        yield Measure.of(text, figure, match.end(), unit, "duration", "one or two of a time")
    for match in _PART_OF_PERCENT.finditer(text, start, end):
        value = next(size for word, size in _PERCENT_PARTS if word in match.group().lower())
        yield _share(text, match, value, "part of a percent")
    for match in _EVEN.finditer(text, start, end):
        yield _share(text, match, 50.0, "even odds")


def _factors(text: str, start: int, end: int) -> Iterator[Measure]:
    for match in _FACTOR.finditer(text, start, end):
        value = next(size for stem, size in _FACTORS if match.group().lower().startswith(stem))
        figure = _figure(match, value, "x", "a word that multiplies")
        yield Measure.of(text, figure, match.end(), "x", "multiple", "a factor")


def _fractions(text: str, start: int, end: int) -> Iterator[Measure]:
    for match in _FRACTION.finditer(text, start, end):
        part, count = match["part"].lower(), (match["count"] or "").lower()
        if not count and part not in ("half", "halves"):
            continue  # "the third of May"
        if _AND_A.search(text, max(start, match.start() - 6), match.end()):
            continue  # "a year and a half of that"
        parts = 1.0 if count in ("", "a", "an") else (number_of(count) or 1.0)
        yield _share(text, match, 100 * parts / _PARTS[part], "a fraction")


def _share(text: str, match: re.Match[str], percent: float, form: str) -> Measure:
    figure = _figure(match, percent, "%", form)
    return Measure.of(text, figure, match.end(), "fraction", "share", form, 0.01)


def _figure(
    match: re.Match[str], value: float, mark: str, form: str, high: float | None = None
) -> Figure:
    start, end = match.span()
    high = value if high is None else high
    numeral = Numeral(start, end, value, value, 1.0, form)
    return Figure(start, end, value, high, "range" if high > value else "=", mark, (numeral,))
