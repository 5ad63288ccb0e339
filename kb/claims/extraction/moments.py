"""Durations and years: forecasts, events, the time that devices work, or plain lengths of time."""

from __future__ import annotations

import re
from dataclasses import replace

from kb.claims.extraction.durations import YEARS_EACH
from kb.claims.extraction.eras import CALENDAR, COMING_DECADE, NEAR
from kb.claims.extraction.fronted import is_of_a_fronted_thing
from kb.claims.extraction.nouns import rate_after
from kb.claims.extraction.reading import Reading, Surroundings
from kb.claims.extraction.shifts import is_a_shift, is_a_shift_of_a_view
from kb.claims.extraction.times import Placed, placed
from kb.claims.extraction.units import DEVICE, Measure
from kb.types import ClaimKind

YEAR_OF_A_DEED = "a year in which something was done"
A_DURATION = "a duration"
A_SHIFT = "by how much a time is shifted"
SHORT_QUESTION = 5  # words
SENTENCE_REACH = 40  # characters around a duration that tell where it lies
NEXT_LINE = 60  # characters in which the other speaker repeats a figure
LATEST_RECORDING = 2026
"""When this was written: of an undated talk, a year after it can only lie ahead."""
LONGEST_FORECAST = 200.0
"""Years: a bare number that answers "when" is not read as a longer time."""

_FORECAST = re.compile(
    r"\b(?:predict\w*|forecast\w*|median|timelines?|expect\w*|by|before|until|projected|will|"
    r"going to|gonna|would have said|target\w*|planned)\b|[’']ll\b",
    re.IGNORECASE,
)
_LOOKED_FOR = ("AGI", "superintelligence", "AI catastrophe")
_SHORT = ("seconds", "minutes", "hours", "days")
_ANYBODY = re.compile(
    r"\byou (?:might|could|can|may|would|have to|need to|don[’']t have)\b", re.IGNORECASE
)
_CLOCK = ("seconds", "minutes")
_LONG = ("weeks", "months", "years")
_OLD = re.compile(r"[\s-]old\b", re.IGNORECASE)
_DONE = re.compile(
    r"\b(?:wrote|was|were|did|came|started|joined|published|launched|happened|left|moved|founded|"
    r"released|began|met|ran|built|raised|opened|closed)\b[^.?!,;]{0,24}\bin\W+(?:\w+\W+)?$",
    re.IGNORECASE,
)
_PREDICATE = re.compile(
    r"\b(?:it|that|this|AGI|superintelligence|they|we)(?:[’']s|[’']re| is| are|[’']ll take|"
    r" (?:will|would|might|could|may) take)\W+(?:\w+\W+){0,2}$"
)
_UNTIL_IT = re.compile(
    r"\s(?:before|until|till|to|away from|to (?:get (?:to|from)|go from|reach|build|achieve|"
    r"develop))\s"
    r"(?:\w+\s){0,2}?(?:AGI|ASI|TAI|superintelligence|transformative|human[- ]level)\b"
)
_VIEW_IS = re.compile(
    r"\b(?:median|timelines?)\b[^.?!,;%]{0,16}\b(?:is|was|are|were|be|at|of|to)\W+(?:(?:more|like|"
    r"about|around|maybe|probably|closer|to|something|now|still)\W+)*$",
    re.IGNORECASE,
)
_ALWAYS = re.compile(
    r"(?:24|twenty[- ]four) hours a day|(?:7|seven) days a week|365 days a year", re.IGNORECASE
)
_OF_TALK = re.compile(
    r"\s(?:version|mark|mile|answer|pitch|summary|overview|podcast|episode|interview)s?\b",
    re.IGNORECASE,
)  # "the 30-second version", "the one-hour mark"
_FREE = re.compile(r"\s(?:free\b(?! of)|free trial|money[- ]back)")  # in advertisements
_FROM_ANOTHERS = re.compile(
    r"\s(?:(?:later|earlier|sooner|more|less|longer|shorter)(?: than)?|before|after|behind|"
    r"ahead of|past) (?:yours|mine|his|hers|theirs|ours|"
    r"(?:your|my|his|her|their|our|[A-Z]\w+[’']s) "
    r"(?:\w+ )?(?:median|dates?|number|figure|estimate|forecast|guess|timelines?)|"
    r"[A-Z]\w+[’']s(?=[.,;!?]|$| (?:is|was)\b))(?! \w+ing\b)"
)  # "two years before yours": of another forecast, not of today
_ASK_AGAIN = re.compile(
    r"(?:^|[,;.]\s|\b(?:but|so|and|then)\s)\W*(?:ask|call|ring|check back with|come back to) "
    r"(?:me|us)(?: (?:that|this|again|back|about it))* in\W+(?:(?:like|about|maybe|another)\W+)*$",
    re.IGNORECASE,
)  # "ask me again in a year"
_NEVER_IN = re.compile(r"\b(?:never|not|[a-z]+n[’']t)\b[^.?!;,]{0,30}\bin $", re.IGNORECASE)
_ENDS = re.compile(r"\s?(?:[.,;!?…—]|$)")
_IS_THE_NUMBER = re.compile(
    r"\s(?:me|us|him)\b(?! (?:and|or)\b)|"  # "what 2016 me would have said"
    r"\s(?:is|was|sounds|seems|looks)(?: like)? (?:the|a|an|your|their) (?:\w+ )?"
    r"(?:number|figure|count|total|amount)\b"
)  # "2000 is the right number" of what was counted before
_FRAMES = re.compile(
    r"\W*(?:(?:and|but|so|well|now),? )*(?:at the (?:start|beginning|end) of|as of|during|"
    r"(?:back |early |late )?in)(?: (?:early|mid|late))?[\s-]$",
    re.IGNORECASE,
)
_WE_ARE_IN = re.compile(r"\b(?:we|it)(?:[’']re|[’']s| are| is)(?: now)? in\W+$", re.IGNORECASE)
_NOW = re.compile(r",?\s(?:right )?(?:now|today)\b")
_SINCE = re.compile(r"\b(?:since|back in|ever since)\W+(?:like\W+)?$", re.IGNORECASE)
_WORKS = re.compile(r"\b(?:for|in|over|takes?|took|within|of)\W+(?:\w+\W+){0,4}$", re.IGNORECASE)
_ELSEWHEN = re.compile(r"\b(?:next|past|last|ago)\b", re.IGNORECASE)
_MODEL_NUMBER = re.compile(r"\b[345]0[6-9]0s?\b")
_THESE = re.compile(r"\bof (?:them|these|those)\b", re.IGNORECASE)
_TOOK = re.compile(
    r"\b(?:took|(?:occurred|happened|took place|unfolded|played out) (?:over|within|in|during)"
    r"(?: (?:the|a) (?:course|space|span|matter) of)?)"
    r"\W+(?:(?:about|like|us|them|her|him|me|it|maybe|only|just|around|roughly|almost)\W+)*$",
    re.IGNORECASE,
)
_FOR_SOME_TIME = re.compile(r"\b(?:for|after)\W*$", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:was|were|had|did|been|went|kept|ran|got|met|left|came|(?:has|have) \w+|\w{2,}ed)\b"
    r"|[’']ve\b",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"\sof (?:them|these|those)\b")
_DEVICE_TIMES = ("hours", "days", "weeks", "months", "years")
_COMING = re.compile(
    r"\b(?:(?:in|over|for|within|during) the (?:next|coming)|by the end of (?:next|this|the))"
    r"\W+(?:\w+\W+){0,2}?(?:year|month|week|decade|century|centuries)s?\b"
    r"[^.?!]*[.?!]\s*(?:\w+[^.?!]{0,24}[.?!]\s*)?$",
    re.IGNORECASE,
)
_BARELY = re.compile(
    r"(?:\W|\b(?:and|so|or|but|like|maybe|perhaps|probably|hopefully|about|around|"
    r"at (?:most|least)|say|more like|I (?:think|guess|don[’']t know)|I[’']d say|or something|"
    r"or so|like that|tops)\b)*",
    re.IGNORECASE,
)
_WAS_THEN = re.compile(
    r",?\s(?:(?:there|it|that|things?|people|we|I|like),?\s){0,2}(?:was|were|had)\b"
)
_WILL = re.compile(
    r"(?: and (?:beyond|later|after))?,?\s(?:(?:it|that|this|we|they|there|things|you)\s?)?"
    r"(?:will|[’']ll|is going to|are going to)\b"
)
_GOES_ON = re.compile(
    r"(?:\s(?:away|out|off))?,?\s(?:(?:it[’']s|that[’']s|possibly|maybe|or|perhaps|even|more like|"
    r"like|probably),?\s)+"
)


def read_duration(measure: Measure, around: Surroundings) -> Reading | None:
    """A time ahead or a time asked for is a forecast, a past one an event, others quantities."""
    if _ALWAYS.match(around.text, measure.start) or _OF_TALK.match(around.after(measure)):
        return None
    if _FREE.match(around.after(measure)) or _FROM_ANOTHERS.match(around.after(measure, 60)):
        return None
    if _ASK_AGAIN.search(around.before(measure)) or _is_ever(measure, around):
        return None
    if devices := _time_on_devices(measure, around):
        return devices
    place = around.placed(measure)
    rate = rate_after(around.text, measure.end, around.statement.end)
    if rate and place.relation == "plain" and YEARS_EACH[measure.unit] < YEARS_EACH[f"{rate[0]}s"]:
        unit = f"{measure.unit}/{rate[0]}"
        return Reading.of(measure, "quantity", "a duration out of another", unit=unit)
    if measure.unit in _CLOCK and place.relation != "plain":
        return None  # "in ten minutes", "the last 20 minutes": about the talk itself
    if _OLD.match(around.after(measure)):
        return Reading.of(measure, "quantity", "an age")
    if place.relation in ("ago", "lasting", "later"):
        vague = measure.form == "an article" and measure.high == 1 and place.relation == "lasting"
        return None if vague else _at(place, measure, "event", f"time {place.relation}")
    if place.relation == "ahead":
        if measure.unit == "hours" and not place.words.startswith("from now"):
            return Reading.of(measure, "quantity", "a duration")
        return _at(place, measure, "timeline", "time ahead")
    return _plain_duration(measure, around, place)


def _is_ever(measure: Measure, around: Surroundings) -> bool:
    """“Never in a thousand years” is no time."""
    scaled = measure.form == "a and scale" and measure.unit == "years"
    return scaled and bool(_NEVER_IN.search(around.before(measure, 60)))


def _plain_duration(measure: Measure, around: Surroundings, place: Placed) -> Reading | None:
    if around.stance.premise:
        rule = "a duration on which a forecast depends"
        long = measure.unit in _LONG and around.topic
        return _at(place, measure, "timeline", rule) if long else None
    if _TOOK.search(around.before(measure)):
        return Reading.of(measure, "quantity", "how long something took")
    if measure.unit in _LONG and is_a_shift_of_a_view(around.before(measure, 100)):
        return _at(place, measure, "timeline", A_SHIFT)
    if is_of_a_fronted_thing(around.sentence):
        return Reading.of(measure, "quantity", A_DURATION)
    course = around.topic in ("takeoff", "alignment solved") and around.stance.hedge
    awaited = around.topic in _LOOKED_FOR and (
        _PREDICATE.search(around.before(measure)) or _UNTIL_IT.match(around.after(measure, 80))
    )
    if measure.unit in _LONG and around.is_forecast and around.is_short:
        return _answer(measure, around)
    coming = _COMING.search(around.statement.before[-160:])
    if coming and measure.unit in _LONG and _is_all_that_is_said(measure, around):
        place = _from_now(place, measure, around)
        return _at(place, measure, "timeline", "a time ahead that the sentence before speaks of")
    if measure.unit in _LONG and (around.is_forecast or course or awaited):
        return _at(place, measure, "timeline", "a duration where forecasts are discussed")
    anybody = measure.unit in _SHORT and _ANYBODY.search(around.before(measure, 60))
    if anybody or _is_any_length(measure, around):
        return None
    return Reading.of(measure, "quantity", A_DURATION)


def _is_any_length(measure: Measure, around: Surroundings) -> bool:
    """“Watch it for a month”, “after a year of this”: some time, of which nobody measured it."""
    exact = measure.figure.comparator == "=" and not around.stance.hedge
    article = measure.form == "an article" and not measure.words.lower().startswith("another")
    one = article and measure.low == measure.high == 1 and measure.unit not in _CLOCK
    before = around.before(measure, 60)
    told = _PAST.search(before[-40:]) or _PAST.search(around.after(measure, 60))
    return one and exact and bool(_FOR_SOME_TIME.search(before)) and not told


def read_year(measure: Measure, around: Surroundings) -> Reading | None:
    """Years to come are forecasts, past ones events; the year of the recording only frames."""
    low, high = int(measure.low), int(measure.high)
    past = around.statement.year is not None and high < around.statement.year
    if _IS_THE_NUMBER.match(around.after(measure)) or _is_only_asked(measure, around):
        return None
    if measure.form in (CALENDAR, NEAR) and (past or not _is_awaited(measure, around)):
        return None
    if measure.form == COMING_DECADE and (past or not _foretells(around)):
        return None
    if around.stance.premise and not around.is_forecast:
        return None
    if _SINCE.search(around.before(measure, 16)):
        return _in_years(measure, "event", "a year since which")
    now = around.statement.year
    if low == high == now and _NOW.match(around.after(measure)):
        return None
    if now is None and _WE_ARE_IN.search(around.before(measure, 24)):
        return None
    done = _DONE.search(around.before(measure)) and not (now is not None and low > now)
    if done or around.is_of_saying(measure):
        return _in_years(measure, "event", YEAR_OF_A_DEED)
    foreseen = around.topic and _FORECAST.search(around.sentence)
    later = low > LATEST_RECORDING or foreseen or _WILL.match(around.after(measure))
    undated = now is None and later
    if undated or (now is not None and high > now):
        return _in_years(measure, "timeline", "a year to come")
    told = (
        now is not None
        and high < now
        and (_WAS_THEN.match(around.after(measure)) or _is_a_frame(measure, around))
    )
    if not told and around.is_forecast and (around.says_forecast or around.is_short):
        return _in_years(measure, "timeline", "a year where forecasts are discussed")
    if low == high == now:
        return None
    return _in_years(measure, "event", "a year that is past")


def _is_only_asked(measure: Measure, around: Surroundings) -> bool:
    """“That's since 2014?”: a short question for a year that is past."""
    short = around.stance.asked and len(around.sentence.split()) <= SHORT_QUESTION
    return short and measure.low <= (around.statement.year or measure.low)


def _is_a_frame(measure: Measure, around: Surroundings) -> bool:
    """“At the start of 2021, forecasters had it in 2040”: when it was foreseen, not for when."""
    opens = _FRAMES.fullmatch(around.text, around.statement.start, measure.start)
    later = any(
        o.start > measure.end and o.dimension in ("year", "duration") for o in around.others
    )
    return bool(opens and later and around.after(measure).startswith(","))


def _foretells(around: Surroundings) -> bool:
    """Whether the sentence, or the question that it answers, is of what forecasts are made of."""
    return around.is_expecting or (around.is_forecast and (around.is_short or around.says_forecast))


def _is_awaited(measure: Measure, around: Surroundings) -> bool:
    """Whether something is expected then; the next year, only what forecasts are made of."""
    answers = around.is_forecast and (around.is_short or around.says_forecast)
    expecting = around.is_expecting and _FORECAST.search(around.sentence)
    if answers or expecting:
        return True
    return measure.form == CALENDAR and bool(_FORECAST.search(around.sentence))


def read_bare_duration(measure: Measure, around: Surroundings) -> Reading | None:
    """A range that answers "when", or whose unit stands before it or in the next line."""
    if unit := _unit_in_next_line(measure, around):
        return _answer(replace(measure, unit=unit, dimension="duration"), around)
    if last := _duration_just_before(measure, around):
        longer = replace(measure, unit=last.unit, dimension="duration")
        return another_time_ahead(longer, last, around) or read_duration(longer, around)
    if _is_median(measure, around):
        return _answer(replace(measure, unit="years", dimension="duration"), around)
    plausible = measure.figure.comparator == "range" and measure.low >= 2
    if not (plausible and measure.high <= LONGEST_FORECAST):
        return None
    if not (around.is_short and around.is_forecast):
        return None
    return _answer(replace(measure, unit="years", dimension="duration"), around)


def another_time_ahead(longer: Measure, last: Measure, around: Surroundings) -> Reading | None:
    """“It's a hundred years off. … Now it's ten.”: a duration in place of one that lies ahead."""
    if not is_ahead(last, around) or around.placed(longer).relation != "plain":
        return None
    place = _from_now(around.placed(longer), longer, around)
    return _at(place, longer, "timeline", "another time ahead in place of the one before")


def is_ahead(measure: Measure, around: Surroundings) -> bool:
    """Whether a duration of this sentence, or of one before it, lies ahead of the recording."""
    span = measure.start - SENTENCE_REACH, measure.end + SENTENCE_REACH
    inside = around.statement.start <= measure.start
    if inside:
        return around.placed(measure).relation == "ahead"
    return placed(around.text, span, measure, around.year).relation == "ahead"


def _is_median(measure: Measure, around: Surroundings) -> bool:
    """“My median would be more like ten or fifteen”, of what people look for."""
    named = _VIEW_IS.search(around.before(measure, 80)) and around.topic in _LOOKED_FOR
    ends = _ENDS.match(around.text, measure.end)
    return bool(named and ends) and 2 <= measure.low <= measure.high <= LONGEST_FORECAST


def _is_all_that_is_said(measure: Measure, around: Surroundings) -> bool:
    """Whether the sentence has nothing but the duration and doubts about it."""
    statement = around.statement
    before = around.text[statement.start : measure.start]
    return bool(
        _BARELY.fullmatch(before) and _BARELY.fullmatch(around.text, measure.end, statement.end)
    )


def _answer(measure: Measure, around: Surroundings) -> Reading | None:
    """A duration that answers "when": it counts from the recording."""
    place = around.placed(measure)
    if is_a_shift(around.before(measure, 60)):
        return _at(place, measure, "timeline", A_SHIFT)
    forecast = around.is_forecast or around.is_expecting
    if not forecast or place.relation in ("ago", "lasting", "later"):
        return read_duration(measure, around)
    if place.relation == "plain":
        place = _from_now(place, measure, around)
    return _at(place, measure, "timeline", "a time that answers a question for one")


def _from_now(place: Placed, measure: Measure, around: Surroundings) -> Placed:
    """The place of a duration that counts from the recording, when its year is known."""
    if not around.year:
        return place
    each = YEARS_EACH[measure.unit]
    first, last = (around.year + int(end * each) for end in (measure.low, measure.high))
    return replace(place, year_low=first, year_high=last)


def _unit_in_next_line(measure: Measure, around: Surroundings) -> str | None:
    """“5 to 20.” – “5 to 20 years?”: the unit, when the same words follow with one."""
    following = around.text[around.statement.end : around.statement.end + NEXT_LINE]
    pattern = rf"{re.escape(measure.words)}\s(weeks|months|years)\b"
    match = re.search(pattern, following) if measure.words[-1:].isalnum() else None
    return match[1] if match else None


def _duration_just_before(measure: Measure, around: Surroundings) -> Measure | None:
    """“Three years, possibly five to 10”."""
    for other in around.others:
        gap = around.text[other.end : measure.start]
        if other.dimension == "duration" and _GOES_ON.fullmatch(gap):
            return other
    return None


def _at(place: Placed, measure: Measure, kind: ClaimKind, rule: str) -> Reading:
    reading = Reading.of(measure, kind, rule, words=place.words, event_year=place.event_year)
    return replace(reading, year_low=place.year_low, year_high=place.year_high)


def _in_years(measure: Measure, kind: ClaimKind, rule: str) -> Reading:
    low, high = int(measure.low), int(measure.high)
    if low == high:
        return Reading.of(measure, kind, rule, event_year=low)
    return replace(Reading.of(measure, kind, rule), year_low=low, year_high=high)


def _time_on_devices(measure: Measure, around: Surroundings) -> Reading | None:
    """“One 4090 for three hours”, “10 of them for 100 days”: devices times duration."""
    if measure.unit not in _DEVICE_TIMES or not _WORKS.search(around.before(measure)):
        return None
    if _ELSEWHEN.search(around.before(measure, 16) + around.after(measure, 8)):
        return None
    device = DEVICE.search(around.sentence) or _MODEL_NUMBER.search(around.sentence)
    pointed_at = _THESE.search(around.sentence) and DEVICE.search(around.statement.recent)
    named = device or pointed_at
    many = any(other.unit == "GPUs" and other.high > 1 for other in around.others)
    if not named or (many and device):
        return None  # "25,000 A100s for 90 days": each figure stands for itself
    return Reading.of(
        measure, "compute", "time on devices", unit=f"GPU-{measure.unit}", words=named.group(),
        factor=_devices_before(measure, around),
    )  # fmt: skip


def _devices_before(measure: Measure, around: Surroundings) -> float:
    for other in around.others:
        of_them = other.dimension == "bare" and _OF_THEM.match(around.text, other.end)
        if other.start < measure.start and other.single and of_them:
            return other.low
    return 1.0
