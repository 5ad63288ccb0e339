"""Durations that are forecasts because years of forecasts are told beside them.

“I'm at 2030. My co-founder thinks it's three years”; "add a year", "I'd push the median out by
three years": of a wall or a war the same words tell a plain length of time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.claims.extraction.chance_talk import (
    SOMEBODY,
    asks_something_else,
    is_all_that_is_said,
    is_called_upon,
)
from kb.claims.extraction.drafts import Draft
from kb.claims.extraction.durations import YEARS_EACH
from kb.claims.extraction.fronted import is_of_a_fronted_thing
from kb.claims.extraction.moments import A_DURATION
from kb.claims.extraction.statements import Statement
from kb.claims.topics import topic_of

REACH = 1_500
"""Characters around a duration in which the year of a forecast is told."""
SHORTEST_ANSWER = 3  # words of "About twenty years."
LAST_FEW = 6  # claims before a duration among which such a year is
REACH_OF_VIEWS = 500  # the same, for a duration that is itself a forecast

_FILLERS = (
    r"(?:(?:maybe|about|like|around|roughly|basically|something|perhaps|um|uh|well|another|what|"
    r"I don[’']t know|say|just|only|at least)\W+)*"
)
_SHIFT = re.compile(
    r"(?:\bI(?:[’']d| would| have|[’']ve)?(?: (?:probably|maybe|just))? (?:push(?:ed)?|pull(?:ed)?|"
    r"mov(?:e|ed)|shift(?:ed)?|bring|brought) (?:it|that|them|things|(?:the|my|his|her) (?:whole )?"
    r"(?:median|date|timelines?|number|forecast|middle|year|thing))"
    r"(?: (?:in|out|back|forward|up|down|later|earlier|closer))?(?: by)?,?"
    r"|(?:\bI(?:[’']d| would)(?: (?:probably|maybe))? |"
    r"(?:^\W*|[,;:.]\s)(?:(?:and|so|but|then),? )*)"
    rf"(?:add|subtract|take off|knock off))\W+{_FILLERS}$",
    re.IGNORECASE,
)
_VIEW = re.compile(
    r"(?:\b(?:thinks?|says?|said|believes?|guess(?:es)?|reckons?|expects?|[’']d say|would say)"
    r"(?: that)?,? (?:it|that|AGI)(?:[’']s| is|[’']ll be|[’']ll take| takes)"
    r"|\b(?:we|you|they|I)(?:[’']re| get| are)(?: all)? there in"
    rf"|\b(?:{SOMEBODY}|(?-i:[A-Z][\w-]+))(?:[’'](?:d|s|ve)| would| has| have| used to| always)*"
    r" (?:says?|said|reckons?|(?:gone|went|come|came|moved) (?:up|down|out|back) to))\W+"
    rf"{_FILLERS}$",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\b(?:when|what year|how (?:soon|far)|how long (?:until|till|before|do we|have we))\b",
    re.IGNORECASE,
)
_IT = re.compile(r"\b(?:it|that|them|things)\b")
_OF_A_VIEW = re.compile(
    r"\b(?:median|timelines?|forecast|AGI|(?:the same|my|your|his|her) (?:date|year|middle))\b",
    re.IGNORECASE,
)
_NOUN = re.compile(
    r"\b(?:[Mm]y|[Tt]he|[Oo]ur|[Hh]is|[Hh]er|[Tt]heir|[Aa]n?|[Yy]our) (?:[a-z]+ )?(?P<noun>[\w-]+)"
    r"|\b(?P<name>AGI|[Tt]imelines?|[Mm]edian)\b"
)
_FORECASTS = re.compile(
    r"(?:median|timelines?|date|AGI|forecast|number|guess|middle|year|view|estimate|"
    r"prediction)s?\b",
    re.IGNORECASE,
)
_OWN_VIEW = re.compile(
    r"\b(?:my|his|her|their|the) (?:\w+ )?(?:median|timelines?|middle|forecast|guess|date)\b"
    r"|\b(?:I|he|she|[A-Z][a-z]+)(?:[’']m|[’']s| am| is| was|[’']d be) (?:\w+ )?at\b"
    r"|\bI (?:could|would|can) go to\b"
    r"|\bI (?:do|would|did)n[’']t (?:really )?(?:see|expect) (?:it|that|this) before\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s?(?:[.,;!?…—]|$)|\s(?:on|if|because|and|flat|tops|at most|or so)\b")


def among_forecasts(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, with durations that tell or shift a forecast read as such."""
    told = [draft.start for draft in drafts if _is_forecast(draft)]
    result: list[Draft] = []
    nearest = 0
    for position, draft in enumerate(drafts):
        while nearest < len(told) and told[nearest] < draft.start - REACH:
            nearest += 1
        near = [at for at in told[nearest : nearest + 40] if abs(at - draft.start) <= REACH]
        if _answers_a_call(draft, drafts[max(0, position - LAST_FEW) : position]):
            result.append(_from_now(draft))
        else:
            result.append(_read_anew(draft, near))
    return result


def _is_forecast(draft: Draft) -> bool:
    """Whether a year to come is told as a forecast of what many people forecast."""
    reading = draft.reading
    ahead = reading.kind == "timeline" and reading.unit == "year" and reading.low is not None
    told = draft.statement.topic or draft.holder.name or _OWN_VIEW.search(draft.statement.text)
    return ahead and bool(told)


def _read_anew(draft: Draft, near: Sequence[int]) -> Draft:
    reading = draft.reading
    if reading.rule != A_DURATION or reading.unit not in ("years", "months"):
        return draft
    text, statement = draft.statement.document.text, draft.statement
    before = text[max(statement.start, draft.start - 80) : draft.start]
    if not _ENDS.match(text, draft.end, statement.end):
        return draft
    if is_of_a_fronted_thing(statement.text):
        return draft
    shift = _SHIFT.search(before)
    if shift and _IT.search(shift.group()) and not _is_of_forecasts(statement, shift.group()):
        return draft
    if shift and (near or _OF_A_VIEW.search(f"{statement.before} {shift.group()}")):
        rule = "by how much a forecast is shifted"
        return replace(draft, reading=replace(reading, kind="timeline", rule=rule))
    close = any(abs(at - draft.start) <= REACH_OF_VIEWS for at in near)
    asked = statement.asked
    elsewhere = asks_something_else(statement) and not (
        _WHEN.search(asked) or topic_of(asked) or _OF_A_VIEW.search(asked)
    )
    close = close and not elsewhere
    return _from_now(draft) if close and _VIEW.search(before) else draft


def _answers_a_call(draft: Draft, earlier: Sequence[Draft]) -> bool:
    """“Ada?” – “Twenty years.”: nothing but a duration, after another's year to come."""
    statement, reading = draft.statement, draft.reading
    if reading.rule != A_DURATION or reading.unit != "years" or not is_called_upon(statement):
        return False
    if len(statement.before.split()) > SHORTEST_ANSWER:
        return False
    told = any(
        other.reading.kind == "timeline"
        and other.reading.unit == "year"
        and other.statement.turn is not statement.turn
        and draft.start - other.start <= REACH
        for other in earlier
    )
    return told and is_all_that_is_said(statement, draft.start, draft.end)


def _is_of_forecasts(statement: Statement, shift: str) -> bool:
    """Whether "it", which is shifted, is a forecast: the thing named last before it is one."""
    until = statement.text.find(shift)
    named = [*_NOUN.finditer(f"{statement.before} {statement.text[:until]}")]
    return not named or bool(named[-1]["name"] or _FORECASTS.match(named[-1]["noun"]))


def _from_now(draft: Draft) -> Draft:
    reading, year = draft.reading, draft.statement.year
    rule = "a duration where years of forecasts are told"
    new = replace(reading, kind="timeline", rule=rule)
    if year and reading.low is not None and reading.high is not None:
        each = YEARS_EACH[reading.unit]
        new = replace(
            new, year_low=year + int(reading.low * each), year_high=year + int(reading.high * each)
        )
    return replace(draft, reading=new)
