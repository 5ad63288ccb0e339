"""Percentages: chances of an event, or shares of something."""

from __future__ import annotations

import re
from dataclasses import replace

from kb.claims.extraction.reading import Reading, Surroundings
from kb.claims.extraction.units import Measure

_CHANCE = re.compile(
    r"\b(?:chances?|probab\w*|likel(?:y|ihood)|unlikely|odds|p\(?doom\)?|credence|confidence|"
    r"risk of|survival|percent on)\b",
    re.IGNORECASE,
)
_CALLED_A_CHANCE = re.compile(
    r"\s(?:chance|probab|likel|odds|risk)|\s(?:\w+\s)?(?:sure|certain|confident|convinced)\b",
    re.IGNORECASE,
)
_CHANCE_BEFORE = re.compile(r"probab|chance|odds", re.IGNORECASE)
_FORETOLD = ("AGI", "superintelligence", "AI catastrophe", "takeoff", "alignment solved")
_SHARE_OF = re.compile(
    r"\s(?:of|in) (?:the |our |their |your |its |all |us |my |what |people|every)?"
    r"(?!this|that|it\b|\w+ing\b)[a-z]+",
    re.IGNORECASE,
)
_ON_IT = re.compile(
    r"\s(?:on (?:it|that|this|AGI|us)|by|for (?:[0-9]+|it|that)|toast|doom\w*|dead|extinct)\b",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(
    r"\s?(?:sure|certain\w*|obvious|agree\w*|true|right|correct|clear|there|honest|committed|"
    r"focused|behind|on board|[.!,]?$|yes|yeah|the same)",
    re.IGNORECASE,
)
_UNTIL_YEAR = re.compile(
    r"\b(?:by|before|for|in|until|within|out to)\W+(?:(?:like|the year|about|around|end of)\W+)*$",
    re.IGNORECASE,
)


def read_share(measure: Measure, around: Surroundings) -> Reading | None:
    """A percentage as a chance where the talk is of chances, else as a share."""
    if measure.unit.startswith("fraction of"):
        return Reading.of(measure, "money", "a share of the economy")
    after = around.after(measure)
    percentages = bool("%" in around.earlier and around.topic)
    if measure.low == measure.high == 1 and _EMPHASIS.match(after) and not percentages:
        return None  # "I'm 100 % with you"
    if _CALLED_A_CHANCE.match(after):
        return _chance(measure, "a percentage called a chance", after.split()[0])
    if _SHARE_OF.match(after) and not _CHANCE_BEFORE.search(around.before(measure, 40)):
        return Reading.of(measure, "quantity", "a share of something")
    if chance := _CHANCE.search(around.sentence):
        return _chance(measure, "a percentage beside words of chance", chance.group())
    if around.topic and (event := _ON_IT.match(after)):
        return _chance(measure, "a percentage of an event", event.group().strip())
    discussed = percentages or _CHANCE.search(f"{around.earlier} {around.statement.heading}")
    if around.topic in _FORETOLD and discussed:
        return _chance(measure, "a percentage where chances are discussed", measure.words)
    return Reading.of(measure, "quantity", "a percentage")


def _chance(measure: Measure, rule: str, words: str) -> Reading:
    return Reading.of(measure, "probability", rule, unit="probability", words=words)


def within_years(reading: Reading, around: Surroundings) -> Reading:
    """A probability with the year, or the span of years, within which it holds."""
    for other in around.others:
        before = around.before(other, 24)
        if other.dimension == "year" and _UNTIL_YEAR.search(before):
            year = int(other.high)
            return replace(reading, event_year=year, year_high=year)
        if other.dimension == "duration":
            place = around.placed(other)
            last = place.year_high or place.event_year
            if re.search(r"\bfor\s$", before) and other.unit == "years" and around.year:
                last = around.year + int(other.high)
            elif place.relation != "ahead":
                continue
            return replace(reading, year_high=last)
    return reading
