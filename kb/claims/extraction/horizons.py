"""The year by which a chance holds, or the years within which."""

from __future__ import annotations

import re
from dataclasses import replace

from kb.claims.extraction.eras import CALENDAR, NEAR
from kb.claims.extraction.reading import Reading, Surroundings
from kb.claims.extraction.units import Measure

_WITHIN = re.compile(r"\b(?:in|within|over|during|next|coming)\W+(?:\w+\W+){0,2}$", re.IGNORECASE)
_ASKED_BY = re.compile(
    r"\b(?:by|before) (?:the end of )?(?P<year>20[0-9]{2})\b[^.!?]*\?\W*$", re.IGNORECASE
)
_DEFINED = re.compile(
    r"(?:^|[.?!]\s)(?:(?:And|Or|So|But),? )?(?:by|before) (?:the end of )?(?P<year>20[0-9]{2})"
    r"(?:,? (?:say|let[’']s say))?\.\s*$",
    re.IGNORECASE,
)  # "And before 2070, say. I'm at twelve percent."
_NAMED_YEAR = re.compile(r"\b(?:by|before|until|in)\s(?:the end of\s)?(20[0-9]{2})\b")
_BY_THEN = re.compile(r"\b(?:by|before|until) then\b")
_APART = re.compile(r",|\band\b")
_LEADS_ON = re.compile(
    r",?\s(?:(?:it[’']s|is|I[’']d say|about|around|like|maybe|more like|say|at|then)\s)*"
)
_FROM_YEAR = re.compile(
    r"\b(?:after|past|beyond|later than)\W+(?:(?:like|about|around|say)\W+)*$", re.IGNORECASE
)
_UNTIL_YEAR = re.compile(
    r"\b(?:by|before|for|in|until|within|(?:out|way|make it|get) to)\W+"
    r"(?:(?:like|the year|about|around|the end of|end of)\W+)*$",
    re.IGNORECASE,
)


def within_years(reading: Reading, measure: Measure, around: Surroundings) -> Reading:
    """A probability with the year, or the span of years, within which it holds.

    That is told after it and before the next share, or else before it, or in the question.
    """
    others = [o for o in around.others if not _is_of_the_next(measure, o, around)]
    later = [other for other in others if other.start > measure.start]
    shares = [other.start for other in later if other.dimension == "share"]
    later = [other for other in later if not shares or other.start < shares[0]]
    earlier = [other for other in others if other.start < measure.start]
    for other in (*later, *reversed(earlier), *others):
        supposed = other.dimension == "year" and other.words in (around.stance.condition or "")
        if supposed and not around.stance.premise:
            continue
        if bounded := _until(reading, measure, other, around):
            return bounded
    year = _said_elsewhere(measure, around)
    return replace(reading, event_year=year, year_high=year) if year else reading


def _said_elsewhere(measure: Measure, around: Surroundings) -> int | None:
    """The year that the question, the sentence before, or a "by then" points to."""
    statement = around.statement
    if asked := around.is_short and _ASKED_BY.search(statement.asked):
        return int(asked["year"])
    if around.is_short and (defined := _DEFINED.search(statement.before)):
        return int(defined["year"])
    named = _NAMED_YEAR.findall(statement.recent)
    then = _BY_THEN.search(around.text, measure.end, statement.end)
    if then and named and int(named[-1]) >= (around.year or 0):
        return int(named[-1])
    return None


def _is_of_the_next(measure: Measure, year: Measure, around: Surroundings) -> bool:
    """“A third, by 2040 two thirds”: the year belongs to the share that follows it."""
    if year.start < measure.end or not _APART.search(around.text, measure.end, year.start):
        return False
    following = [o.start for o in around.others if o.dimension == "share" and o.start >= year.end]
    return bool(following and _LEADS_ON.fullmatch(around.text, year.end, following[0]))


def _until(
    reading: Reading, measure: Measure, other: Measure, around: Surroundings
) -> Reading | None:
    """The reading with the end of its time, when another measure of the sentence tells it."""
    before = around.before(other, 24)
    after = other.start > measure.start
    named = other.form == CALENDAR or (other.form == NEAR and after)
    if other.dimension == "year" and _FROM_YEAR.search(before):
        return replace(reading, year_low=int(other.low)) if after else None
    if other.dimension == "year" and (named or _UNTIL_YEAR.search(before)):
        year = int(other.high)
        if other.start < measure.start and year < (around.year or year):
            return None  # "It was 40 % in 2021 and today it's 15 %"
        return replace(reading, event_year=year, year_high=year)
    if other.dimension != "duration":
        return None
    place = around.placed(other)
    if (
        re.search(r"\bfor\s$", before)
        and other.unit == "years"
        and around.year
        and other.high < 1000
    ):
        return replace(reading, year_high=around.year + int(other.high))
    if place.relation != "ahead" or not _WITHIN.search(before):
        return None
    return replace(reading, year_high=place.year_high or place.event_year)
