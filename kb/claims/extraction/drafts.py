"""Claims in the making: a reading in its statement, with whose belief it is and how firmly held."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from kb.claims.extraction.cast import Cast
from kb.claims.extraction.figures import Figure
from kb.claims.extraction.holders import NOBODY_ELSE, SAID_TO_THE_LAST, Holder, holder
from kb.claims.extraction.horizons import IN_THAT_YEAR
from kb.claims.extraction.measures import measures
from kb.claims.extraction.moments import YEAR_OF_A_DEED
from kb.claims.extraction.named import STANDS_FOR
from kb.claims.extraction.reading import Reading, Surroundings
from kb.claims.extraction.readings import read
from kb.claims.extraction.sources import A_BODY
from kb.claims.extraction.stance import Stance, stance
from kb.claims.extraction.statements import Statement
from kb.claims.extraction.times import NamedDate, is_coming, named_dates, occurrence
from kb.claims.extraction.units import Measure
from kb.claims.extraction.verbal import verbal_readings
from kb.types import ClaimKind, Comparator

_TURNED: dict[Comparator, Comparator] = {">": "<", "<": ">"}
_TURNING = re.compile(
    r"no|none|not|never|nobody|no one|neither|(?:[a-z]+n[’']t)|cannot|"
    r"(?:surpris|shock|stunned|astonish|amazed).*",
    re.IGNORECASE,
)
_OF_THE_MIND = re.compile(
    r"\b(?:believ\w+|reali[sz]\w+|notic\w+|(?<!you )know\w*|knew|remember\w*|"
    r"(?<!I )(?<!any )mean(?:s|t)?|happy|ok|okay|afraid|glad|love[sd]?|hate[sd]?|"
    r"care[sd]?|mind|worr\w+|thought|(?:expect|predict|guess|imagin)ed|"
    r"(?<!^\s)(?:think|expect|predict|guess|imagine))\b|^\W*(?:just|only|like[sd]?)\b",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(
    r"(?:(?:\bnot|n[’']t)(?: (?:going to|gonna|likely to|about to|ever|even|really|actually))*"
    r"(?: (?:be|come|happen|arrive|occur|land|ship|show up|get (?:it|there|AGI)|have (?:it|AGI)))?"
    r"(?: (?:here|out|ready|really|until|there|around))?"
    r"|\b(?:do|would)n[’']t (?:really )?(?:see|expect|think)"
    r"(?: (?:it|that|this|us|them|AGI|anything|we|they|to|will|[’']ll|get|gets|have|be|there|come|"
    r"comes|coming|happen|happens|happening|arrive|arrives|arriving))+) before\W+"
    r"(?:(?:like|about|around|the|end|of|year|say|maybe)\W+)*$",
    re.IGNORECASE,
)
_NOTHING_BEFORE = re.compile(
    r"\b[Nn]othing\b[^.?!;,]{0,60}\b(?:before|by)\W+(?:(?:like|about|around|the|end|of|year|say|"
    r"maybe)"
    r"\W+)*$"
)
_SINCE_A_DEED = re.compile(r"\b[Ss]ince (?:I|we|they|he|she|it) [a-z]+ in $")
_PAYS = re.compile(
    r"\b(?:puts?|gives?|gave|raised)\W+(?:(?:about|around|like|maybe|nearly|over|something|up|to|"
    r"us|them|him|her|me)\W+)*$"
)
_NOT_KNOWN = re.compile(
    r"\b(?:ha(?:ve|s|d)n[’']t|(?:ha(?:ve|s|d)|[’']ve) (?:never|not)|"
    r"(?:nobody|no one) ha(?:s|d)|would(?:n[’']t| not) have)\W+(?:\w+\W+)?"
    r"(?:seen|read|heard|met|predicted|noticed|looked at)\b[^.?!;]*$",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"-(?:dollar|euro|pound|person|gigawatt|megawatt|acre)$")
_OF_A_NOUN = re.compile(r" [a-z]{3,}\b")
_DIRECTLY = re.compile(r"\s(?:(?:an?|the|my|our|your|one|any|been|be|even|just|really)\s)*")
SOURCES_OF_EVENTS = (
    "said to the other speaker",
    SAID_TO_THE_LAST,
    "according to",
    "a source without a name",
)
OF_VIEWS = ("a name that has a figure", STANDS_FOR, A_BODY)
"""Rules whose words tell other things than views, too: “Larkfield had 60 engineers”."""
DATE_RULES = ("a date by its month", "dates by their months", "a year with its month")


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before it is linked to others. ``start:end`` is the figure in the document's text."""

    statement: Statement
    start: int
    end: int
    reading: Reading
    stance: Stance
    holder: Holder
    comparator: Comparator
    unit_rule: str
    figure_form: str

    @property
    def believer(self) -> str | None:
        """Whose belief it is; None when nobody knows."""
        return self.holder.name or self.statement.speaker


def drafts_of(statement: Statement, cast: Cast) -> list[Draft]:
    """The claims of a sentence, in order, the same figure only once."""
    drafts = [*_measured(statement, cast), *_dated(statement, cast), *_verbal(statement, cast)]
    drafts = _on_devices(_without_horizons(drafts))
    unique: dict[tuple[object, ...], Draft] = {}
    for draft in sorted(drafts, key=lambda draft: draft.start):
        reading = draft.reading
        place = draft.start if reading.low is None else draft.stance.negation is None
        same = (reading.kind, reading.unit, reading.low, reading.high, place)
        unique.setdefault(same, draft)
    return list(unique.values())


def _measured(statement: Statement, cast: Cast) -> Iterator[Draft]:
    text = statement.document.text
    found = measures(text, statement.start, statement.end, statement.year)
    earlier = 0
    for measure in found:
        start, end = measure.figure.start - statement.start, measure.figure.end - statement.start
        view = stance(statement.text, start, end, min(earlier, start))
        earlier = end
        reading = read(measure, Surroundings(statement, view, found))
        if reading:
            yield _draft(statement, cast, measure.start, measure.end, reading, view, measure)


def _draft(
    statement: Statement,
    cast: Cast,
    start: int,
    end: int,
    reading: Reading,
    view: Stance,
    measure: Measure | None = None,
) -> Draft:
    figure: Figure | None = measure.figure if measure else None
    comparator: Comparator = figure.comparator if figure else "="
    turning = _TURNING.fullmatch(view.negation or "")
    words = statement.text[max(0, start - statement.start - 48) : start - statement.start]
    later = reading.unit == "year" and _NOT_BEFORE.search(words)
    if view.negation and not later and _denies_thought(statement, start, view.negation):
        turning = None
    if turning and (reading.unit != "year" or later):
        turned: Comparator | None = _TURNED.get(comparator)
        if turned:  # "no experiment used more than 64", "none cost less than 10"
            comparator, view = turned, replace(view, negation=None)
    if (
        reading.kind == "timeline"
        and comparator == "<"
        and _NOTHING_BEFORE.search(statement.text, 0, start - statement.start)
    ):
        comparator = ">"
    if view.negation and _is_attribute(statement, start, end, view.negation):
        view = replace(view, negation=None)
    if reading.kind == "event" and view.negation and _is_not_known(statement, start):
        view = replace(view, negation=None)
    if comparator == "=" and view.hedge:
        comparator = "~"
    believed = _holder(statement, cast, start - statement.start, reading)
    return Draft(
        statement, start, end, reading, view, believed,
        comparator, measure.rule if measure else reading.rule,
        figure.numerals[0].form if figure else "",
    )  # fmt: skip


def _denies_thought(statement: Statement, start: int, negation: str) -> bool:
    """“I couldn't believe it cost more than 40 dollars”: no other bound follows from that."""
    *_, between = statement.text[: start - statement.start].rpartition(negation)
    return bool(_OF_THE_MIND.search(between))


def _is_attribute(statement: Statement, start: int, end: int, negation: str) -> bool:
    """“Nobody idles a 20-billion-dollar mill” denies nothing of what it costs."""
    text = statement.document.text
    *_, between = text[statement.start : start].rpartition(negation)
    told = _ATTRIBUTE.search(text[start:end]) and _OF_A_NOUN.match(text, end)
    return bool(told) and not _DIRECTLY.fullmatch(between)


def _is_not_known(statement: Statement, start: int) -> bool:
    """Whether only the knowledge of an event is denied: “I haven't seen the report of 2025”."""
    return bool(_NOT_KNOWN.search(statement.text, 0, start - statement.start))


def _holder(statement: Statement, cast: Cast, start: int, reading: Reading) -> Holder:
    """Whose belief it is. That something happened is no view of whoever is named beside it."""
    is_forecast = reading.kind in ("probability", "timeline")
    found = holder(statement, cast, start, reading.kind, reading.unit)
    if reading.kind == "event" and found.rule not in SOURCES_OF_EVENTS:
        return NOBODY_ELSE
    if found.rule in OF_VIEWS and not is_forecast:
        return NOBODY_ELSE
    if reading.kind == "money" and _PAYS.search(statement.text, 0, start):
        return NOBODY_ELSE  # "Larkfield put $10 million into it"
    return found


def _dated(statement: Statement, cast: Cast) -> Iterator[Draft]:
    """Dates that name a month are events, or forecasts when they lie ahead."""
    found = list(named_dates(statement.document.text, statement.start, statement.end))
    for date in found:
        view = stance(statement.text, date.start - statement.start, date.end - statement.start)
        if view.supposed or view.inquiry or view.premise:
            continue
        reading = _date_reading(date, statement)
        yield _draft(statement, cast, date.start, date.end, reading, view)


def _date_reading(date: NamedDate, statement: Statement) -> Reading:
    """A date whose year is not said is the last such month before the recording."""
    now, words = statement.year, statement.document.text[date.start : date.end]
    said_year = date.year
    if said_year is None and date.years_on is not None and now is not None:
        said_year = now + date.years_on
    if said_year is not None:
        kind: ClaimKind = "timeline" if now is not None and said_year > now else "event"
        year = float(said_year)
        rule = "a year with its month"
        return Reading(kind, rule, words, "year", year, year, event_year=said_year)
    said, coming = statement.document.date, is_coming(statement.text)
    first, last = occurrence(date.month, said, coming=coming, last=date.last), None
    if date.end_month is not None:
        last = occurrence(date.end_month, said, coming=coming)
    note = "The year is not said; counted from the recording." if first else None
    if last is None or first == last:
        return Reading(
            "event", "a date by its month", words, "date", None, None, event_year=first, note=note
        )
    return Reading(
        "event", "dates by their months", words, "date", None, None, first, last, None, note
    )


def _verbal(statement: Statement, cast: Cast) -> Iterator[Draft]:
    """Chances and times told in words only: "almost certainly", "very soon"."""
    for start, end, reading in verbal_readings(statement):
        view = stance(statement.text, start - statement.start, end - statement.start)
        if not (view.supposed or view.inquiry):
            yield _draft(statement, cast, start, end, reading, view)


def _on_devices(drafts: list[Draft]) -> list[Draft]:
    """Durations beside a time on devices are such times too: "not three hours, 30 hours"."""
    units = {
        d.reading.unit.removeprefix("GPU-") for d in drafts if d.reading.unit.startswith("GPU-")
    }
    return [
        replace(
            draft, reading=replace(draft.reading, kind="compute", unit=f"GPU-{draft.reading.unit}")
        )
        if draft.reading.unit in units and draft.reading.kind == "quantity"
        else draft
        for draft in drafts
    ]


def _without_horizons(drafts: Sequence[Draft]) -> list[Draft]:
    """Years that only bound a probability, or are part of a date, claim nothing of their own.

    Nor does the year in which a probability was held.
    """
    bounded = [d.reading for d in drafts if d.reading.kind not in ("event", "timeline")]
    horizons = {reading.event_year for reading in bounded} - {None}
    horizons |= {r.year_high for r in bounded if r.kind == "probability"} - {None}
    dates = [(d.start, d.end) for d in drafts if d.reading.rule in DATE_RULES]
    held = {
        then.end()
        for d in drafts
        if d.reading.kind == "probability" and (then := IN_THAT_YEAR.match(d.statement.text, d.end))
    }
    return [
        draft
        for draft in drafts
        if draft.reading.rule in DATE_RULES
        or _is_a_deed(draft)
        or not (
            _is_horizon(draft, horizons)
            or draft.start in held
            or any(a <= draft.start < b for a, b in dates)
        )
    ]


def _is_a_deed(draft: Draft) -> bool:
    """“Since we opened in 2019 it's 63 mills”: the year tells of both."""
    words = draft.statement.text[: draft.start - draft.statement.start]
    return draft.reading.rule == YEAR_OF_A_DEED and bool(_SINCE_A_DEED.search(words))


def _is_horizon(draft: Draft, years: AbstractSet[int | None]) -> bool:
    reading = draft.reading
    last = reading.event_year or reading.year_high
    return reading.kind in ("event", "timeline") and last in years
