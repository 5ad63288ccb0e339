"""When: durations before or after the recording, and dates named by their month.

A duration is placed by the words beside it ("ago", "from now", "in the next"); years follow from
the date of the recording when that is known, and stay unknown otherwise.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kb.claims.extraction.durations import YEARS_EACH
from kb.claims.extraction.units import Measure

Relation = Literal["ahead", "ago", "lasting", "later", "plain"]

_AHEAD_AFTER = re.compile(
    r"\s*(?:,\s*)?(?:from (?:now|today|here)\b|away\b|out\b(?! of)|hence\b|ahead\b|"
    r"down the (?:line|road)\b|in the future|timelines\b|horizon\b|left\b|"
    r"to go\b(?! (?:from|to|through|into|over|up|down|back|all)\b)|until\b|"
    r"before (?:we|AGI|the|it)\b)|"
    r"^-?\s?timelines\b",
    re.IGNORECASE,
)
_AHEAD_BEFORE = re.compile(
    r"\b(?:(?:in|over|within|during|for) the (?:next|coming)|"
    r"(?:within|on|over|in) (?:an?|the|some) (?:time ?-?scale|time ?-?frame|horizon) of|next|"
    r"in another|(?:we|you|they) (?:have|got) (?:maybe |like |about |only |just )*(?:a|another)?|"
    r"another|"
    r"within|inside)\W*(?:(?:maybe|like|"
    r"about|say|I[’']d say|I would say|call it|around|perhaps|the|next|you know)\W+)*$",
    re.IGNORECASE,
)
_GOT = re.compile(r"(?:we|you|they) got\b", re.IGNORECASE)
_IN_BEFORE = re.compile(
    r"\bin\W+(?:(?:maybe|like|about|say|around|perhaps|just|the|only|something|as|little|under|"
    r"less|more|at|least|than|you|know|a(?=\W+(?:matter|space|span)\b)|"
    r"matter|course|space|span|of)\W+)*$",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:will|won[’']t|would|could|might|may|can|going to|gonna|expect\w*|predict\w*|forecast\w*|"
    r"goal|get to|reach|down the (?:line|road)|poised|hopefully|(?:I|we|they) hope|"
    r"(?:am|is|are|[’']m|[’']s|[’']re) (?:hoping|planning|aiming)|(?:plans?|aims?) to|"
    r"(?<!used )to be \w+ing)\b|[’']ll\b",
    re.IGNORECASE,
)
_ABLE = re.compile(r"\b(?:can|able to)\b[^.?!;]{0,60}$", re.IGNORECASE)
_PROMISE = re.compile(r"\b(?:will|going to|gonna)\b|[’']ll\b")
_WAS = re.compile(r"\b(?:was|were|had)\b[^.?!,;]{0,24}$")
_USUALLY = re.compile(
    r"\b(?:on average|usually|typically|normally|each time|every time|always|tend to)\b",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"(?:within|inside)\b", re.IGNORECASE)
_TOLD = re.compile(
    r"\b(?:was|were|had|did|went|came|got|became|took|made|fell|rose|found|lost|left|grew|broke|"
    r"sold|"
    r"(?:I|he|she|it|we|they)(?:[’']d)? (?!need)[a-z]{2,}ed)\b",
    re.IGNORECASE,
)
_THEN = re.compile(
    r"\b(?:when (?:I|we|he|she|they|it|you) (?:was|were|started|joined|began|came|got|first)|"
    r"back then|in those days|used to)\b",
    re.IGNORECASE,
)
_CLOCK = ("seconds", "minutes", "hours")  # "half an hour away" is a distance
_OFF = re.compile(r"\s*off\b")
_COMING = re.compile(
    r"\b(?:will|going to|gonna|upcoming|coming up|next|register|join us|"
    r"(?:am|is|are|[’'](?:m|s|re)) (?:coming|leaving|opening|launching|flying|starting|publishing|"
    r"due|planned|scheduled)(?: out| again)? (?:in|on|by)|"
    r"(?:plan|deadline|election|launch)(?:[’']s| is) (?:in|on|by))\b|[’']ll\b",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"\s*(?:and a (?:bit|half)\s*)?(?:or so |or something )?(?:ago|back|prior|earlier(?! than)|"
    r"before "
    r"that)\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\s*(?:later|on\b(?=\s*(?:[,.;?!]|$)| from)|after(?:wards)?\b(?!\s+\w)|in\b$)", re.IGNORECASE
)
_LASTING = re.compile(
    r"(?<!\bto )(?<!\bwill )(?<!\bwould )(?<!\bcould )(?<!\bmight )(?<!\bcan )(?<!\bmay )"
    r"\b(?:past|last|previous|preceding|recent)\W+(?:(?:about|like|maybe|or so)\W+)*$",
    re.IGNORECASE,
)
_PERFECT = re.compile(
    r"\b(?:have|has|[’']ve|[’']s|had) (?:\w+ )?(?:been|\w+ed|\w+en|worked|done)\b", re.IGNORECASE
)
_FOR = re.compile(
    r"\b(?:for|after|since|almost|over)\W+(?:(?:about|like|maybe|the|almost|over|around|"
    r"nearly)\W+)*$",
    re.IGNORECASE,
)
_ANOTHER_DEED = re.compile(r"\b(?:from|to|of|with) (?:[\w’'-]+ ){0,2}[a-z]+ing\b", re.IGNORECASE)
_NOW_AFTER = re.compile(r"\s*now\b", re.IGNORECASE)
_AND_A_BIT = re.compile(r"\s*(?:and a bit|plus|and change|or more)\b", re.IGNORECASE)

_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_MONTH_NAME = "|".join(_MONTHS) + r"|Jan\.|Feb\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\."
_DATE = re.compile(
    rf"\b(?:(?P<part>early|mid|late|(?:the )?(?:end|beginning|start|middle) of)[\s-])?"
    rf"(?P<month>{_MONTH_NAME})(?![\w’'])(?:\s(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?\b(?!\s?%))?"
    rf"(?:,?\s(?:of\s)?(?:(?P<year>(?:19|20)[0-9]{{2}})|(?P<relative>last|this|next)\syear\b))?"
)
_RELATIVE = {"last": -1, "this": 0, "next": 1}
_YEAR_JUST_BEFORE = re.compile(r"\b(?P<year>(?:19|20)[0-9]{2}),?\s(?:in\s|maybe\s|like\s)*$")
_GIVEN_NAMES = ("Apr", "May", "Jun", "Aug", "Mar")  # "April Fools", "June Smith"
_CAPITAL = re.compile(r"\s[A-Z]")
_DATE_CUE = re.compile(
    r"\b(?:in|on|by|since|until|till|from|to|around|before|after|during|this|last|next|maybe|"
    r"like|say|"
    r"and|of|or|late|early|mid|probably|about)[\s,-]+$|[-–/(]$",
    re.IGNORECASE,
)


_DATES_JOINED = re.compile(
    r"(?:,|\s|-|–|/|\bor\b|\bto\b|\band\b|\bmaybe\b|\blike\b|\bthe\b){1,4}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A duration placed in time; years are calendar years. ``words`` say what placed it."""

    relation: Relation
    year_low: int | None
    year_high: int | None
    event_year: int | None
    words: str


@dataclass(frozen=True, slots=True)
class NamedDate:
    """A month, perhaps with its day and year, at ``start:end`` of a text.

    ``years_on`` counts from the year of the recording: -1 in "in May of last year".
    """

    start: int
    end: int
    month: int
    year: int | None
    last: bool = False
    end_year: int | None = None
    end_month: int | None = None
    years_on: int | None = None


def placed(
    text: str,
    sentence: tuple[int, int],
    measure: Measure,
    year: int | None,
    *,
    month: int | None = None,
    expected: bool = False,
) -> Placed:
    """Where a duration lies relative to the recording, made in ``month`` (1 to 12) of ``year``.

    ``expected`` tells that the sentence is of things to come, so that "in five years" lies ahead.
    """
    now = None if year is None else _Moment(year, month)
    start, end = sentence
    before = text[max(start, measure.start - 48) : measure.start]
    after = text[measure.end : min(end, measure.end + 40)]
    if match := _AGO.match(after):
        return _past(measure, now, match.group().strip(), exact=True)
    if match := _LASTING.search(before):
        more = _AND_A_BIT.match(after) or measure.words.endswith("and a bit")
        return _past(measure, now, match.group().strip(), exact=False, more=bool(more))
    off = measure.unit == "years" and _OFF.match(after)
    ahead = off or _AHEAD_AFTER.match(after) or _AHEAD_BEFORE.search(before)
    words = ahead.group().strip() if ahead else ""
    if _GOT.match(words) and measure.unit != "years":
        ahead, words = None, ""  # "we got nine days" tells what was granted
    distance = measure.unit in _CLOCK and words == "away"
    before_that = words.startswith("before") and _WAS.search(
        before
    )  # "was two years before the war"
    told = before_that or _is_told(words, text[start:end])
    if ahead and not distance and not told:
        return _ahead(measure, now, words)
    then = _THEN.search(text, start, measure.start)
    coming = not then and (expected or _FUTURE.search(_whole(text, start, end)))
    short = measure.form == "an article" and measure.unit != "years"
    able = short and _ABLE.search(before)  # "we can make one in a month"
    if coming and not able and (match := _IN_BEFORE.search(before)):
        return _ahead(measure, now, match.group().strip())
    if match := _LATER.match(after):
        if _PROMISE.search(text, start, measure.start):
            return Placed("ahead", None, None, None, match.group().strip())
        years = measure.high * YEARS_EACH[measure.unit]
        return Placed("later", None, None, _shifted(now, -years), match.group().strip())
    if (match := _NOW_AFTER.match(after)) and _PERFECT.search(text, start, end):
        return _past(measure, now, match.group().strip(), exact=False)
    if (match := _FOR.search(before)) and _has_gone_on(text[start : measure.start]):
        return _past(measure, now, match.group().strip(), exact=False)
    return Placed("plain", None, None, None, "")


def _is_told(words: str, sentence: str) -> bool:
    """Whether it only tells how long something took, or takes: “it was gone within a month”."""
    took = _WITHIN.match(words) and _TOLD.search(sentence) and not _FUTURE.search(sentence)
    return bool(took or (words[-4:].strip() in ("have", "got") and _USUALLY.search(sentence)))


def _has_gone_on(before: str) -> bool:
    """“We have tested it for two years”; not "we have seen people testing for two years"."""
    perfect = None
    for match in _PERFECT.finditer(before):
        perfect = match
    return bool(perfect and not _ANOTHER_DEED.search(before, perfect.end()))


def _whole(text: str, start: int, end: int) -> str:
    """The sentence; with the one before it when it is a fragment."""
    short = len(text[start:end].split()) <= 9
    return text[max(0, start - 160) if short else start : end]


def _past(
    measure: Measure, now: _Moment | None, words: str, *, exact: bool, more: bool = False
) -> Placed:
    each = YEARS_EACH[measure.unit]
    first, last = (_shifted(now, -measure.high * each), _shifted(now, -measure.low * each))
    if first is not None and more:
        first -= 1
    event = first if first == last and exact else None
    if exact and event is None and measure.low == measure.high:
        event = first
    relation: Relation = "ago" if exact else "lasting"
    return Placed(relation, None if event else first, None if event else last, event, words)


def _ahead(measure: Measure, now: _Moment | None, words: str) -> Placed:
    each = YEARS_EACH[measure.unit]
    first, last = _shifted(now, measure.low * each), _shifted(now, measure.high * each)
    if measure.figure.comparator == ">":
        return Placed("ahead", first, None, None, words)
    if first == last and re.search(r"\b(?:next|coming|within)\b", words):
        return Placed("ahead", now.year if now else None, last, None, words)
    if first == last:
        return Placed("ahead", None, first, first, words)
    return Placed("ahead", first, last, None, words)


@dataclass(frozen=True, slots=True)
class _Moment:
    """When it was recorded; the month is not always known."""

    year: int
    month: int | None


def _shifted(now: _Moment | None, years: float) -> int | None:
    """The year so many years from a moment; None when it is unknown or no calendar has it.

    Months count when that of the recording is known: half a year before June is the year before.
    """
    if now is None or not math.isfinite(years) or abs(years) > 1_000:
        return None
    if now.month is None:
        return now.year + int(math.copysign(math.floor(abs(years) + 1e-9), years))
    return math.floor(now.year + (now.month - 0.5) / 12 + years)


def named_dates(text: str, start: int, end: int) -> Iterator[NamedDate]:
    """Dates that name a month; two that are joined are one, from the first to the second.

    "May" and "March" count only after a word that dates need.
    """
    waiting: NamedDate | None = None
    for date in _single_dates(text, start, end):
        if waiting and _DATES_JOINED.fullmatch(text, waiting.end, date.start):
            waiting = NamedDate(
                waiting.start, date.end, waiting.month, waiting.year or date.year,
                waiting.last, date.year, date.month,
            )  # fmt: skip
            continue
        if waiting:
            yield waiting
        waiting = date
    if waiting:
        yield waiting


def _single_dates(text: str, start: int, end: int) -> Iterator[NamedDate]:
    for match in _DATE.finditer(text, start, end):
        before = text[max(start, match.start() - 24) : match.start()]
        before_it = _YEAR_JUST_BEFORE.search(before)
        told = match["year"] or (before_it and before_it["year"])
        sure = (
            match["day"] or told or match["part"] or match["relative"] or _DATE_CUE.search(before)
        )
        named = match["month"][:3] in _GIVEN_NAMES and _CAPITAL.match(text, match.end())
        if not sure or named:
            continue
        month = next(
            number for number, name in enumerate(_MONTHS, 1) if name.startswith(match["month"][:3])
        )
        year = int(told) if told else None
        is_last = before.lower().endswith("last ")
        relative = _RELATIVE[match["relative"].lower()] if match["relative"] else None
        yield NamedDate(match.start(), match.end(), month, year, is_last, years_on=relative)


def occurrence(
    month: int, said: str | None, *, coming: bool = False, last: bool = False
) -> int | None:
    """The year of the nearest such month before an ISO date, or after it when ``coming``.

    ``last`` tells that it is called "last June": not the month of the date itself. None when the
    date has no month.
    """
    if said is None or not re.match(r"[0-9]{4}-[0-9]{2}", said):
        return None
    year, now = int(said[:4]), int(said[5:7])
    if coming:
        return year if month >= now else year + 1
    return year if month < now or (month == now and not last) else year - 1


def is_coming(sentence: str) -> bool:
    """Whether a sentence tells of what lies ahead."""
    return bool(_COMING.search(sentence))
