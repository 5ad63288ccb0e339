"""The year by which a chance holds, or the years within which."""

from __future__ import annotations

import re
from dataclasses import replace

from kb.claims.extraction.chance_talk import PERCENTAGE
from kb.claims.extraction.eras import CALENDAR, NEAR
from kb.claims.extraction.numerals import number_of
from kb.claims.extraction.reading import Reading, Surroundings
from kb.claims.extraction.units import Measure

_WITHIN = re.compile(r"\b(?:in|within|over|during|next|coming)\W+(?:\w+\W+){0,2}$", re.IGNORECASE)
_TOLD = re.compile(
    r"\b(?:by|before|until|within|in|over|during)\W+"
    r"(?:(?:the|end|of|next|coming|about|like|maybe|around)\W+)*"
    r"(?:(?P<year>20[0-9]{2})|(?P<count>[0-9]{1,3}|[a-z]+) (?P<unit>month|year|decade)s?)\b"
    r"|\bthis (?P<era>decade|century)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"(?:,? (?:say|let[’']s say|or so|I mean|maybe))?[^\w?!]*$", re.IGNORECASE)
_DEFINES = re.compile(
    r"\W*(?:(?:and|or|so|but|well),? )?(?:(?:by|before|until|within|in|over)\b|something\b|"
    r"anything\b|"
    r"say\b|meaning\b|let[’']s say\b)",
    re.IGNORECASE,
)
_OF_THAT = re.compile(
    r"\b(?:on that,? I|put (?:it|that)|give (?:it|that)|for that,? I|that[’']s)\b", re.IGNORECASE
)
_POINTS_BACK = re.compile(
    r"\W*(?:(?:well|so|and|um|uh|oh|okay|then|yeah),? )*(?:on that,? )?(?:I(?:[’']d| would) "
    r"(?:say|put (?:it|that)|give (?:it|that)|go with)|I[’']m at|I give (?:it|that)|on that\b)",
    re.IGNORECASE,
)
_SENTENCE_ENDS = re.compile(r"[.?!]\s+")
_MONTHS_EACH = {"month": 1, "year": 12, "decade": 120}
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

_AT_A_CHANCE = re.compile(
    r"\b(?P<chance>[0-9]{1,2}|[a-z]+(?:-[a-z]+)?)\s?(?:%|per ?cent\b)"
    r"(?: (?:chance|probability|likel\w+|confiden\w+|sure|certain)\b[^.?!]{0,40}|"
    r"(?:,? (?:by when|for (?:AGI|it|that)))?)\?\s*$",
    re.IGNORECASE,
)

IN_THAT_YEAR = re.compile(r"\s*,?\s*(?:back |still )?in\s+", re.IGNORECASE)


def at_a_chance(reading: Reading, around: Surroundings) -> Reading:
    """“Ninety percent by when?” – “2065.”: a year that answers is that of the chance asked for."""
    asked = _AT_A_CHANCE.search(around.statement.asked)
    chance = number_of(asked["chance"]) if asked else None
    answers = around.is_short and not around.statement.before.strip()
    if not asked or not chance or not answers or reading.event_year is None:
        return reading
    return replace(
        reading,
        kind="probability",
        rule="a year that answers a question for a chance",
        words=asked.group().strip(),
        unit="probability",
        low=chance / 100,
        high=chance / 100,
        year_high=reading.event_year,
        note=f"The chance is that of the question: “{asked.group().strip()}”",
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
    if (around.is_short or _POINTS_BACK.match(around.sentence)) and (
        year := _asked_or_defined(around)
    ):
        return year
    named = _NAMED_YEAR.findall(statement.recent)
    then = _BY_THEN.search(around.text, measure.end, statement.end)
    if then and named and int(named[-1]) >= (around.year or 0):
        return int(named[-1])
    return None


def _asked_or_defined(around: Surroundings) -> int | None:
    """“And before 2070, say. I'm at twelve percent.”; “In the next ten years?” – “Five percent.”"""
    *_, last = _SENTENCE_ENDS.split(around.statement.before.rstrip(" .?!"))
    told = [*_TOLD.finditer(last)][-1:]
    defines = _DEFINES.match(last) or _OF_THAT.search(around.sentence)
    if told and defines and _ENDS.match(last, told[0].end()) and not PERCENTAGE.search(last):
        return _year_of(told[0], around)
    asked = _SENTENCE_ENDS.split(around.statement.asked.rstrip())
    lately = asked[-2:] if not around.statement.before.strip() else asked[-1:]
    told = [match for words in lately for match in _TOLD.finditer(words)][-1:]
    return _year_of(told[0], around) if told and asked[-1].endswith("?") else None


def _year_of(told: re.Match[str], around: Surroundings) -> int | None:
    """The calendar year of "2070", "the next ten years", "this century"."""
    now, month = around.year, around.statement.month or 6
    if told["year"]:
        year = int(told["year"])
        return year if now is None or year >= now else None
    if now is None:
        return None
    if told["era"]:
        each = 10 if told["era"].lower() == "decade" else 100
        return (now // each + 1) * each
    count = told["count"].lower()
    number = 1 if count == "a" else number_of(count)
    if not number:
        return None
    return now + int(month - 1 + number * _MONTHS_EACH[told["unit"].lower()]) // 12


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
        between = around.text[measure.end : other.start] if after else ""
        adjacent = other.form != CALENDAR and not between.strip(" ,")
        then = adjacent or IN_THAT_YEAR.fullmatch(between)
        if year < (around.year or year) and (not after or then):
            return None  # "In 2021 it was 40 %", "it was 40 % last year": when it was held
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
