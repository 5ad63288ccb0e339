"""Numbers without a noun that are some, or more, of what was counted beside them.

“Of the twelve teams, five found it”, "nine out of fourteen", "we had 430 letters, and a dozen came
from children", "the team grew from 12 people to 40".
"""

from __future__ import annotations

import re

from kb.claims.extraction.measures import measures
from kb.claims.extraction.reading import Reading, Surroundings
from kb.claims.extraction.units import Measure

REACH = 700  # characters before a sentence in which the whole was counted

_SOME_OF = re.compile(
    r"\s(?:of (?:them|these|those|us|which)|went|were|are|have|did|left|joined|of whom|had|got|"
    r"came|said|found|made|took|gave|told|(?:stay|pass|fail|answer|manag|surviv|work|agre|refus|"
    r"ask|want|chang|mov|turn|open|clos|sign|appli|repli|return|notic|stopp|start|finish)ed)\b"
)
_NAMES_A_PLACE = re.compile(
    r"\b(?:at|by|until|around|gate|bib|room|number|line|page|chapter)\s$", re.IGNORECASE
)  # or a time: "at seven"
_TO = re.compile(
    r"\bto\W+(?:(?:maybe|like|about|over|around|nearly|almost|now|more than|something)\W+)*$"
)
_FROM = re.compile(r"\bfrom\b")
JUST_BEFORE = 160  # characters before "nine of them" in which they were counted
_OF_THEM = re.compile(
    r"\sof (?:them|these|those)\s"
    r"(?!(?:you|we|they|who|that|which|in|on|at|for|and|or|but|to)\b)[a-z]+"
)
_OF_US = re.compile(r"\sof us\b")
_THE = re.compile(r"\b(?:the|all)\s$", re.IGNORECASE)
_TEAM_OF = re.compile(
    r"\b(?:teams?|groups?|staff|crew|cohort|workforce) of\s(?:(?:about|around|like|maybe)\s)*$"
)
_COUNT_OF = re.compile(
    r"\b(?:number|headcount|count) of (?:(?!the\b)[a-z-]+ ){0,2}?"
    r"(?P<noun>(?!this\b)[a-z]{3,}(?<!s)s|people)\b"
    r"(?:(?! (?:is|was|went|goes|grew|fell|rose|who|that|which)\b)[^.?!,;]){0,24} "
    r"(?:is|was|went|goes|grew|fell|rose)\W+"
    r"(?:(?:from|to|at|up|down|by now|now|about|around|roughly|over|under|maybe)\W+)*$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s?(?:[.,;!?…—]|$)|\s(?:a year|per year|total|before|in|for|if|all)\b")
_WHOLE_BEFORE = re.compile(
    r"(?:\b(?:[Oo]f|[Oo]ut of) (?:the|those|these|our|my|your|their|his|her|all)|"
    r"(?:^\W*|[.,;:]\s(?:and |but |so )?)[Oo]f|(?:^\W*|\b(?:that|[Ss]o|[Aa]nd|[Bb]ut)\s)[Oo]ut of)"
    r"(?: (?:last|first|next|other|same|about|roughly))*\s$"
)
_THERE = re.compile(r"\bthere (?:are|were|have been)\s(?:\w+\s)?$")
_GOES_ON = re.compile(r"\s(?!o[’']clock|per\b|percent\b|times\b|more\b|to\b|or\b|and\b)[a-z]+")
_OF_A_WHOLE = re.compile(
    r"\s(?:out )?of (?:(?:the|our|my|your|their|its|his|her|all|these|those)(?: (?:last|first))? )?"
)


def read_part(measure: Measure, around: Surroundings) -> Reading | None:
    """A number as some of what was counted, or as the size of a group of people."""
    grown = _TO.search(around.before(measure, 32)) and _FROM.search(around.before(measure, 120))
    if grown and (whole := _earlier_count(measure, around, smaller=True)):
        return Reading.of(measure, "quantity", "more of what was counted", unit=whole.unit)
    if _NAMES_A_PLACE.search(around.before(measure, 16)):
        return None
    some = measure.high > 1 and _SOME_OF.match(around.text, measure.end)
    whole = _earlier_count(measure, around)
    if some and whole:
        return Reading.of(measure, "quantity", "some of what was counted before", unit=whole.unit)
    if whole and measure.high > 1 and _stands_apart(measure, whole, around):
        return Reading.of(measure, "quantity", "some of a whole", unit=whole.unit)
    if measure.high > 1 and (unit := _unit_of_the_whole(measure, around)):
        return Reading.of(measure, "quantity", "so many out of a whole", unit=unit)
    counted = _COUNT_OF.search(around.before(measure, 100))
    if counted and measure.high > 1:
        return Reading.of(measure, "quantity", "a number of things", unit=counted["noun"].lower())
    if _TEAM_OF.search(around.before(measure, 24)) and _ENDS.match(around.text, measure.end):
        return Reading.of(measure, "quantity", "the size of a group", unit="people")
    if _OF_US.match(around.text, measure.end) and not _THE.search(around.before(measure)):
        return Reading.of(measure, "quantity", "some of us", unit="people")
    return None


def is_a_whole(measure: Measure, around: Surroundings) -> bool:
    """Whether a number right before says how many of these things are meant."""
    return any(
        other.dimension == "bare" and _OF_A_WHOLE.fullmatch(around.text, other.end, measure.start)
        for other in around.others
    )


def _stands_apart(measure: Measure, whole: Measure, around: Surroundings) -> bool:
    """“Of the twelve teams, five found it”."""
    gap = around.text[whole.end : measure.start]
    told = _WHOLE_BEFORE.search(around.before(whole, 40))
    there = _THERE.search(around.before(measure, 24))
    apart = "," in gap or there
    return bool(told and apart and _GOES_ON.match(around.text, measure.end))


def _unit_of_the_whole(measure: Measure, around: Surroundings) -> str | None:
    """The noun of the larger number that follows, or of that number when it was said before."""
    for other in around.others:
        if other.start < measure.end or other.high <= measure.high:
            continue
        if not _OF_A_WHOLE.fullmatch(around.text, measure.end, other.start):
            continue
        if other.dimension == "count":
            return other.unit
        if other.dimension == "bare":
            return _unit_said_before(other, around)
    return None


def _unit_said_before(measure: Measure, around: Surroundings) -> str | None:
    """What was counted when the same number was said before."""
    statement = around.statement
    start = max(0, statement.start - REACH)
    for other in reversed(measures(around.text, start, statement.start, statement.year)):
        if other.dimension == "count" and other.low == other.high == measure.high:
            return other.unit
    return None


def _earlier_count(
    measure: Measure, around: Surroundings, *, smaller: bool = False
) -> Measure | None:
    counts = [m for m in around.others if m.dimension == "count" and m.end <= measure.start]
    if not counts and _OF_THEM.match(around.text, measure.end):
        begin = around.statement.start - min(len(around.statement.before), JUST_BEFORE)
        told = measures(around.text, begin, around.statement.start, around.statement.year)
        counts = [m for m in told if m.dimension == "count"]
    return counts[-1] if counts and (smaller or counts[-1].high >= measure.high) else None
