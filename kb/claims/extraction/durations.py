"""Durations, decades and calendar years: everything that a figure tells of time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kb.claims.extraction.eras import eras
from kb.claims.extraction.figures import Figure, changes_from
from kb.claims.extraction.numerals import Numeral
from kb.claims.extraction.taken import Taken
from kb.claims.extraction.units import Measure
from kb.text.sentences import Span

YEARS_EACH = {
    "seconds": 1 / 31_557_600, "minutes": 1 / 525_960, "hours": 1 / 8766, "days": 1 / 365.25,
    "weeks": 7 / 365.25, "months": 1 / 12, "quarters": 0.25, "years": 1.0, "decades": 10.0,
    "centuries": 100.0,
}  # fmt: skip
"""Julian years in each unit of time."""
_SHORT = {"h": "hours", "hr": "hours", "min": "minutes", "yr": "years", "century": "centuries"}

_TIME = (
    r"(?P<time>(?a:seconds?|minutes?|hours?|days?|weeks?|months?|quarters?|years?|decades?|"
    r"centur(?:y|ies)|h|hrs?|mins?|yrs?))"
)
_DURATION = re.compile(
    rf"(?:\s|-|[,—–]?\s?of\s)?(?:(?:more|full|whole|extra|additional|calendar|solid|straight|"
    rf"consecutive|good|long|short|human|of those|to \w+)\s)?{_TIME}(?![\w])(?!-?old\b)",
    re.IGNORECASE,
)
_IDIOM = re.compile(r"(?:one|a|just a) (?:second|sec|minute|moment)", re.IGNORECASE)
_SOME_DAY = re.compile(r"one day", re.IGNORECASE)
_ARTICLE = re.compile(
    rf"(?<!\bper )(?<!\bonce )(?<!\btwice )\b(?:(?P<half>half(?: of)? an?|an? half)|"
    rf"(?P<one>an?|another|one))\s(?:(?:extra|single|whole|full|good)\s)?{_TIME}\b"
    rf"(?P<half_more>\sand\sa\shalf)?",
    re.IGNORECASE,
)
_ARTICLE_COUNTS_AFTER = re.compile(
    r"\b(?:in|within|about|maybe|like|than|for|least|took|takes?|after|almost|nearly|over|perhaps|"
    r"say|around|roughly|probably|be|or|last|only|just|another|spent?|every|know|of|add|by)\W+$",
    re.IGNORECASE,
)
_ARTICLE_COUNTS_BEFORE = re.compile(
    r"\s(?:ago|later|from now|away|earlier|before|after|or so|or two|or less|or more|"
    r"and (?:(?:maybe|like|about|another) ){0,2}(?:[0-9]+|[a-z]+) (?:months|weeks|days))\b",
    re.IGNORECASE,
)
_SUM_BEFORE = re.compile(
    r"(?:[\d$€£%]\S*|\b(?:dollars|million|billion|thousand|hundred|times|once|twice))"
    r"(?:\s[a-z]+)?\s$"
)
_PAST_AND_MORE = re.compile(
    rf"\b(?:past|last)\s(?P<figure>{_TIME}\sand\sa\s(?P<more>(?a:half|bit|quarter)))\b",
    re.IGNORECASE,
)
_MORE = {"half": 0.5, "quarter": 0.25, "bit": 0.0}
_BETWEEN = re.compile(r"\bbetween (?:\w+ ){0,2}$", re.IGNORECASE)
_AND = re.compile(r"\sand(?:,?\s(?:maybe|like|about|around|probably|perhaps|some|another))*,?\s")
_EACH_ITS_OWN = re.compile(r"\sfor (?!(?:a|it|that|this|us|me|them|now|sure)\b)\w")
_JOINED = re.compile(r"(?:\s\w+){0,3},?\s(?:or|to)\s(?:maybe |like |even |perhaps )?")


def duration(text: str, figure: Figure, end: int) -> Measure | None:
    """A figure followed by a unit of time; decades and centuries are told in years."""
    match = _DURATION.match(text, figure.end, end)
    if not match or not match.group().strip() or figure.bare_year:
        return None
    if _IDIOM.fullmatch(text, figure.start, match.end()) or (
        _SOME_DAY.fullmatch(text, figure.start, match.end())
        and not _ARTICLE_COUNTS_AFTER.search(text, max(0, figure.start - 24), figure.start)
    ):
        return None
    unit, factor = _in_years(_unit(match["time"]))
    return Measure.of(text, figure, match.end(), unit, "duration", "a unit of time", factor)


def unnumbered(
    text: str, start: int, end: int, taken: Sequence[Span], year: int | None
) -> Iterator[Measure]:
    """Times that no numeral tells: "half a decade", "the past year and a bit", "the '90s"."""
    spans = Taken(taken)
    for measure in (
        *_article_durations(text, start, end),
        *_past_and_more(text, start, end),
        *eras(text, start, end, year),
    ):
        if not spans.overlaps(measure.start, measure.end):
            yield measure


def joined(text: str, found: Sequence[Measure]) -> list[Measure]:
    """“Six months … or maybe a year”: two durations joined by "or" or "to" are a range."""
    result: list[Measure] = []
    for measure in found:
        last = result[-1] if result else None
        if last and last.dimension == measure.dimension == "duration":
            gap = text[last.end : measure.start]
            changed = " to " in gap and changes_from(text, last.start)
            joins = _JOINED.fullmatch(gap) and not changed
            listed = _EACH_ITS_OWN.match(text, measure.end)
            if joins or (gap == ", " and last.unit == measure.unit and not listed):
                result[-1] = _range(text, last, measure)
                continue
            between = _BETWEEN.search(text, max(0, last.start - 24), last.start)
            if between and re.fullmatch(r",? and (?:\w+ )?", gap):
                result[-1] = _range(text, last, measure)
                continue
            if _AND.fullmatch(gap) and YEARS_EACH[measure.unit] < YEARS_EACH[last.unit]:
                result[-1] = _sum(text, last, measure)
                continue
        result.append(measure)
    return result


def _unit(word: str) -> str:
    singular = word.lower().removesuffix("s")
    plural = _SHORT.get(singular, f"{singular}s")
    return plural if plural in YEARS_EACH else "centuries"


def _in_years(unit: str) -> tuple[str, float]:
    return ("years", YEARS_EACH[unit]) if unit in ("decades", "centuries") else (unit, 1.0)


def _made(start: int, end: int, value: float, form: str, high: float | None = None) -> Figure:
    high = value if high is None else high
    numeral = Numeral(start, end, value, high, 1.0, form)
    return Figure(start, end, value, high, "range" if high > value else "=", "", (numeral,))


def _article_durations(text: str, start: int, end: int) -> Iterator[Measure]:
    """“A year”, "half a decade", where the article counts."""
    for match in _ARTICLE.finditer(text, start, end):
        before = text[max(start, match.start() - 24) : match.start()]
        sure = match["half"] or match["half_more"] or match["one"].lower() == "another"
        counts = _ARTICLE_COUNTS_AFTER.search(before) or _ARTICLE_COUNTS_BEFORE.match(
            text, match.end(), end
        )
        unit, factor = _in_years(_unit(match["time"]))
        if not (sure or counts) or _SUM_BEFORE.search(before) or unit in ("seconds", "minutes"):
            continue  # "a billion dollars a year", "a second chance"
        value = (0.5 if match["half"] else 1.0) + (0.5 if match["half_more"] else 0.0)
        figure = _made(*match.span(), value, "an article")
        rule = "an article that counts"
        yield Measure.of(text, figure, match.end(), unit, "duration", rule, factor)


def _past_and_more(text: str, start: int, end: int) -> Iterator[Measure]:
    for match in _PAST_AND_MORE.finditer(text, start, end):
        begin, stop = match.span("figure")
        figure = _made(begin, stop, 1.0 + _MORE[match["more"].lower()], "one and something")
        if match["more"].lower() == "bit":
            figure = replace(figure, comparator=">")
        rule = "a time and something more"
        yield Measure.of(text, figure, stop, _unit(match["time"]), "duration", rule)


def _sum(text: str, first: Measure, second: Measure) -> Measure:
    """“Seven hours and ten minutes”, in hours."""
    factor = YEARS_EACH[second.unit] / YEARS_EACH[first.unit]
    value = round(first.low + second.low * factor, 6)
    numerals = (*first.figure.numerals, *second.figure.numerals)
    comparator = first.figure.comparator
    figure = Figure(first.figure.start, second.figure.end, value, value, comparator, "", numerals)
    return Measure.of(text, figure, second.end, first.unit, "duration", "two durations added")


def _range(text: str, first: Measure, second: Measure) -> Measure:
    """From the one to the other, in the unit of the first."""
    factor = YEARS_EACH[second.unit] / YEARS_EACH[first.unit]
    ends = (first.low, first.high, round(second.low * factor, 6), round(second.high * factor, 6))
    numerals = (*first.figure.numerals, *second.figure.numerals)
    figure = Figure(
        first.figure.start, second.figure.end, min(ends), max(ends), "range", "", numerals
    )
    return Measure.of(text, figure, second.end, first.unit, "duration", "two durations joined")
