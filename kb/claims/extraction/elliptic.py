"""Numbers whose unit was said before: "it draws 300 megawatts … more like two hundred"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from kb.claims.extraction.chances import AMONG_CHANCES, chances_were_discussed
from kb.claims.extraction.measures import measures
from kb.claims.extraction.reading import Reading, Surroundings
from kb.claims.extraction.units import Dimension, Measure

REACH = 260  # characters before a sentence in which the unit stands
MOST_SENTENCES = 3  # of an answer in which a number still counts what was asked for
MOST_APART = 20.0  # times, between a number and the one whose unit it takes

_FILLER = (
    r"(?:about|around|roughly|approximately|like|maybe|perhaps|probably|basically|something|"
    r"more like|closer to|nearly|almost|under|over|below|above|at least|at most|less than|"
    r"more than|only|just|still|now|then|um|uh|well|sort of|kind of|at|what|I want to say)"
)
_BE = (
    r"(?:(?:it|that|there|this|he|she|we|they|you|I)(?:[’'](?:s|re|m|d)| (?:was|were|is|are|had|"
    r"have|get|got|count|find|found|be))|(?:I|we)(?:[’']d| would| want to|[’']ll)? (?:say|guess|"
    r"start with|call it|put it at|make it)|the (?:\w+ )?(?:number|figure|answer|total|count) is|"
    r"I would guess|call it|let[’']s say|make that|"
    r"\b(?:it|that|they|she|he) [a-z]+s?(?= (?:for )?(?:about|around|more like|closer to|roughly)))"
)
_LEADS = re.compile(
    rf"(?:^|[,;:—] ?|\b(?:and|so|but|then|before|started|all this|now|today|which|when|no|sorry)"
    rf"[, ]+)\W*(?:{_BE},?\s+(?:for )?)?(?:{_FILLER},?\s+)*$",
    re.IGNORECASE,
)
_STATES = re.compile(rf"\b{_BE},?\s+(?:for )?(?:{_FILLER},?\s+)*$|{_FILLER}\s+$", re.IGNORECASE)
_TAKES_BACK = re.compile(r"\b(?:sorry|no|rather|I mean|correction)\W+(?:\w+\W+)?$", re.IGNORECASE)
_CHANGES_TO = re.compile(rf"\b(?:down|up|back)? ?to (?:{_FILLER},?\s+)*$", re.IGNORECASE)
_ENDS = re.compile(
    r"\s?(?:[.,;!?…—]|$)|\s(?:now|today|then|already|or so|who|in the world|these days|by now|"
    r"at the (?:time|moment|worst|peak)|last year|if you)\b"
)
_HOW_MANY = re.compile(r"\bhow many (?:\w+ ){0,2}?(?P<noun>[a-z]{3,}s|people)\b", re.IGNORECASE)

Readers = dict[Dimension, Callable[[Measure, Surroundings], Reading | None]]


def read_elliptic(measure: Measure, around: Surroundings, readers: Readers) -> Reading | None:
    """A bare number that says again, or corrects, what was counted or measured just before."""
    if measure.form not in (
        "number words",
        "digits",
        "a and scale",
        "spoken year",
        "scale and more",
    ):
        return None
    if measure.high < 2 or not _ENDS.match(around.text, measure.end):
        return None
    before = around.before(measure, 60)
    corrects = bool(_TAKES_BACK.search(before))
    changes = bool(_CHANGES_TO.search(before))
    if not (corrects or changes or (_LEADS.search(before) and _STATES.search(before))):
        return None
    if unit := _counted_in_question(around):
        return Reading.of(measure, "quantity", "a number of what was asked for", unit=unit)
    last = _last_like(measure, around)
    if last is None:
        return None
    each = last.low / last.figure.low * _shared_scale(measure, last)
    whole = replace(
        measure,
        unit=last.unit,
        dimension=last.dimension,
        low=measure.low * each,
        high=measure.high * each,
    )
    if last.dimension == "share" and chances_were_discussed(around):
        return Reading.of(whole, "probability", AMONG_CHANCES, unit="probability")
    reading = readers[last.dimension](whole, around)
    rule = "a number with the unit of the one before it"
    return replace(reading, rule=rule, words=last.words) if reading else None


def _counted_in_question(around: Surroundings) -> str | None:
    """What "how many …" asked for, in the first sentences of the answer."""
    match = _HOW_MANY.search(around.statement.asked)
    return (
        match["noun"].lower()
        if match and around.statement.before.count(".") < MOST_SENTENCES
        else None
    )


def _last_like(measure: Measure, around: Surroundings) -> Measure | None:
    """The last measure before it of a size that the number could correct."""
    same = [other for other in around.others if other.end <= measure.start]
    start = max(0, around.statement.start - REACH)
    earlier = measures(around.text, start, around.statement.start, around.statement.year)
    for other in (*reversed(same), *reversed(earlier)):
        if other.dimension in ("year", "bare", "multiple") or other.figure.low <= 0:
            continue
        size = measure.low * _shared_scale(measure, other)
        return other if 1 / MOST_APART <= size / other.figure.low <= MOST_APART else None
    return None


def _shared_scale(measure: Measure, other: Measure) -> float:
    """“Fifty billion? I'd say sixty”: the sixty are billions, too."""
    own, others = measure.figure.numerals[0].scale, other.figure.numerals[-1].scale
    shares = own == 1 and others >= 1e6 and measure.high < 1000
    return others if shares else 1.0
