"""Percentages that are chances because chances are told all around them.

"Three percent." alone says nothing of what it is a percentage of, nor does "he says five percent
and shrugs". Beside other chances, and told as people tell where they stand, it is one of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.claims.extraction.chance_talk import (
    SHARES,
    asks_something_else,
    goes_on,
    is_all_that_is_said,
)
from kb.claims.extraction.chances import PERCENTAGE_ALONE
from kb.claims.extraction.drafts import Draft

REACH_BACK, REACH_AHEAD = 1_000, 700
"""Characters around a percentage in which a chance is told."""

_FILLERS = (
    r"(?:(?:maybe|about|like|around|roughly|basically|only|still|now|something|perhaps|um|uh|well|"
    r"a|at|more|less|than|under|over|below|above|closer|to|what|say|almost|just|it[’']s|"
    r"he[’']s|she[’']s|they[’']re)\W+)*"
)
_TOLD = re.compile(
    r"(?:\b(?:say|says|said|saying|guess|guesses|reckons?|(?:tells?|told|telling) (?:you|me|us)"
    r"|(?:number|figure|answer|estimate|guess) (?:is|was|would be))"
    r"|(?:\b(?:am|is|was|were|are|be|been|put (?:it|that|myself|him|her|them))|"
    r"[’'](?:s|m|d|re))(?: (?:still|now|down|up|way|like))* (?:at|under|over|below|above|to)"
    r"|\b(?:I|he|she)(?:[’']d| would)? (?:go|goes|come|comes|went|came)(?: (?:up|down|back))? to"
    r"|\b(?:I|he|she|people|they|answers|numbers|estimates)(?:[’']d| would)? "
    r"(?:go|went|ran|range|ranged|vary|varied) (?:anywhere )?from"
    rf"|\bthen),?\W+{_FILLERS}$",
    re.IGNORECASE,
)
_FROM_TO = re.compile(rf"\b(?:I|he|she)[’']d go from [\w -]{{2,24}}? to {_FILLERS}$", re.IGNORECASE)
_ENDS = re.compile(
    r"(?:[,\"”’)]*\s)?(?:[.,;!?…—\"”]|$)|\s(?:by|before|for|on|and|but|that|overnight|or|if)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"\b(?:by|before|until|within)\W+(?:(?:about|the|maybe|end|of|like)\W+)*(?:20[0-9]{2}|"
    r"cent|dec|this|next)",
    re.IGNORECASE,
)


def among_chances(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, with the percentages that are told as chances among chances read as such."""
    told = [draft.start for draft in drafts if _is_chance(draft)]
    result: list[Draft] = []
    nearest = 0
    for draft in drafts:
        while nearest < len(told) and told[nearest] < draft.start - REACH_BACK:
            nearest += 1
        near = nearest < len(told) and told[nearest] <= draft.start + REACH_AHEAD
        result.append(_as_chance(draft) if near and _is_view(draft) else draft)
    return result


def _is_chance(draft: Draft) -> bool:
    return draft.reading.kind == "probability" and draft.reading.low is not None


def _is_view(draft: Draft) -> bool:
    """Whether a percentage is told as people tell what they believe."""
    if draft.reading.rule != PERCENTAGE_ALONE or (draft.reading.high or 0) > 1:
        return False
    statement, text = draft.statement, draft.statement.document.text
    if SHARES.search(statement.text) or draft.stance.negation:
        return False
    if is_all_that_is_said(statement, draft.start, draft.end):
        return goes_on(statement.before) and not asks_something_else(statement)
    before = text[max(statement.start, draft.start - 60) : draft.start]
    told = _TOLD.search(before) or _FROM_TO.search(before)
    return bool(told and _ENDS.match(text, draft.end, statement.end))


def _as_chance(draft: Draft) -> Draft:
    text = draft.statement.document.text
    until = _UNTIL.search(text, draft.end, min(draft.statement.end, draft.end + 40))
    year = draft.reading.event_year if until else None
    reading = replace(
        draft.reading, kind="probability", rule="a percentage among chances", unit="probability",
        event_year=year, year_high=year,
    )  # fmt: skip
    return replace(draft, reading=reading)
