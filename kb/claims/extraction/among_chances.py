"""Percentages that are chances because chances are told all around them.

"Three percent." alone says nothing of what it is a percentage of, nor does "he says five percent
and shrugs". Beside other chances, and told as people tell where they stand, it is one of them.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import replace

from kb.claims.extraction.cast import Cast
from kb.claims.extraction.chance_talk import (
    MIND_CHANGED,
    NUMBER,
    SHARES,
    SOMEBODY,
    asks_something_else,
    goes_on,
    is_all_that_is_said,
    is_called_upon,
)
from kb.claims.extraction.chances import PERCENTAGE_ALONE
from kb.claims.extraction.drafts import Draft
from kb.claims.extraction.holders import SAID_TO_THE_LAST

REACH = 500
"""Characters around a percentage in which a chance is told."""
FURTHER = 1_000  # the same, where a number was asked for, or a time is told by which it holds

_FILLERS = (
    r"(?:(?:maybe|about|like|around|roughly|basically|only|still|now|something|perhaps|um|uh|well|"
    r"a|at|more|less|than|under|over|below|above|closer|to|what|say|almost|just|it[’']s|"
    r"he[’']s|she[’']s|they[’']re|surely|probably)\W+)*"
)
_STANDS = (
    r"(?:[’'](?:m|s|re|d)| am| is| was| were| are|[’']ve| have| has| would)(?: been| be)?"
    r"(?: (?:still|now|down|up|way|like))* (?:at|under|over|below|above|to)"
)
_TOLD = re.compile(
    r"(?:(?<!\bit )\b(?:say|says|said|saying|guess|guesses|reckons?|"
    r"(?:tells?|told|telling) (?:you|me|us))"
    r"|(?P<number>\b(?:my|his|her|your|their) (?:\w+ )?(?:number|figure|answer|estimate|guess)"
    r" (?:is|was|would be))"
    rf"|\b{SOMEBODY}{_STANDS}"
    r"|\bput (?:it|that|myself|him|her|them)(?: (?:down|up|way|like))* "
    r"(?:at|under|over|below|above)"
    r"|\b(?:I|he|she)(?:[’']d| would)? (?:go|goes|come|comes|went|came)(?: (?:up|down|back))? to"
    r"|\bI(?:[’']d| would) go with|\bmake (?:it|that|mine)|\bI(?:[’']m| am) (?:down|up) to"
    r"|\b(?:I|he|she|people|they|answers|numbers|estimates)(?:[’']d| would)? "
    r"(?:go|went|ran|range|ranged|vary|varied) (?:anywhere )?from"
    rf"|\bthen),?\W+{_FILLERS}$",
    re.IGNORECASE,
)
FAR = 3_000  # the same, where somebody changes a number, or is told to stand at one
_CHANGED = re.compile(
    r"(?:\bI(?:[’']d| would|[’']m|[’']ve)?(?: \w+)? (?:go|went|gone|come|came|moved?|down|up)"
    r"(?: (?:up|down|back))? (?:with|to)|\bmake (?:it|that|mine)"
    r"|\b(?:he|she|(?-i:[A-Z])[\w-]+) (?:once )?told (?:me|us)"
    rf"|\b(?:I|he|she|they|people|we)(?:[’'](?:m|s|re)) (?:\w+ )?(?:at|over|"
    rf"under)),?\W+{_FILLERS}$",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"\b(?P<who>[A-Z][\w-]*[a-z](?: [A-Z][\w-]*[a-z])?){_STANDS},?\W+(?i:{_FILLERS})$"
)
_FROM_TO = re.compile(
    rf"\b(?:I|he|she)[’']d go from (?:[\w -]{{2,24}}? to )?{_FILLERS}$", re.IGNORECASE
)
_ENDS = re.compile(
    r"(?:[,\"”’)]*\s)?(?:[.,;!?…—\"”]|$)|\s(?:by|before|for|on|and|but|that|overnight|or|if|to)\b",
    re.IGNORECASE,
)
_OF = re.compile(
    r",? (?:on|for|of|in|by) (?!(?:it|that|this|us|AGI|doom|20[0-9]{2}|then|the end)\b)"
)
_COMES_TO_CHANCES = re.compile(r"\b(?:number|odds|doom)\b", re.IGNORECASE)
_OF_WHAT = re.compile(
    r"\s*(?:(?:and|so) )?(?:that|this|it)(?:[’']s| is| was) (?:what|how much|"
    r"(?:the|my|our|his|her|their) (?!(?:\w+ )?(?:number|figure|estimate|guess|answer|chances?|"
    r"odds|median|view)\b))",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"\b(?:by|before|until|within)\W+(?:(?:about|the|maybe|end|of|like)\W+)*(?:20[0-9]{2}|"
    r"cent|dec|this|next)",
    re.IGNORECASE,
)


def among_chances(drafts: Sequence[Draft], cast: Cast) -> list[Draft]:
    """The drafts, with the percentages that are told as chances among chances read as such."""
    told = [draft for draft in drafts if _is_chance(draft)]
    places = [draft.start for draft in told]
    result: list[Draft] = []
    for draft in drafts:
        at = bisect(places, draft.start)
        asked = NUMBER.search(draft.statement.asked) or is_called_upon(draft.statement)
        reach = FURTHER if asked or _until(draft) else REACH
        reach = FAR if _CHANGED.search(_lead(draft)) else reach
        after = at > 0 and (
            draft.start - places[at - 1] <= reach
            or bool(MIND_CHANGED.search(draft.statement.recent))
        )
        ahead = at < len(told) and places[at] - draft.start <= REACH
        before = ahead and told[at].statement.turn is draft.statement.turn
        answered = ahead and _is_answered(draft, told[at])
        view = (after or ahead) and _is_view(draft, cast, after=after, before=before or answered)
        result.append(_as_chance(draft) if view else draft)
    return result


def _is_chance(draft: Draft) -> bool:
    return draft.reading.kind == "probability" and draft.reading.low is not None


def _is_answered(draft: Draft, chance: Draft) -> bool:
    """“You told me ten percent.” – “I'm at thirty percent.”: what somebody is said to have said."""
    to_them = draft.holder.rule in ("said to the other speaker", SAID_TO_THE_LAST)
    return to_them and draft.believer == chance.believer and draft.statement.turn is not None


def _is_view(draft: Draft, cast: Cast, *, after: bool, before: bool) -> bool:
    """Whether a percentage is told as people tell what they believe.

    ``after`` a chance, or ``before`` one of the same turn.
    """
    if draft.reading.rule != PERCENTAGE_ALONE or (draft.reading.high or 0) > 1:
        return False
    statement, text = draft.statement, draft.statement.document.text
    if SHARES.search(statement.text) or draft.stance.negation:
        return False
    elsewhere = asks_something_else(statement) and not MIND_CHANGED.search(statement.recent)
    if elsewhere and not _COMES_TO_CHANCES.search(statement.before):
        return False
    if is_all_that_is_said(statement, draft.start, draft.end):
        asked = after or NUMBER.search(statement.asked)
        told_of = _OF_WHAT.match(text, statement.end)
        return bool(asked and not told_of and goes_on(statement.before))
    if not (after or before) or not _ENDS.match(text, draft.end, statement.end):
        return False
    words = _lead(draft)
    if (told := _TOLD.search(words)) and not (told["number"] and _OF.match(text, draft.end)):
        return True
    named = _NAMED.search(words)
    return bool(_FROM_TO.search(words) or (named and cast.is_person(named["who"])))


def _lead(draft: Draft) -> str:
    """The words of the sentence just before the percentage."""
    begin = max(draft.statement.start, draft.start - 60)
    return draft.statement.document.text[begin : draft.start]


def _as_chance(draft: Draft) -> Draft:
    year = draft.reading.event_year if _until(draft) else None
    reading = replace(
        draft.reading, kind="probability", rule="a percentage among chances", unit="probability",
        event_year=year, year_high=year,
    )  # fmt: skip
    return replace(draft, reading=reading)


def _until(draft: Draft) -> re.Match[str] | None:
    """The words after a figure that tell by when it holds."""
    end = min(draft.statement.end, draft.end + 40)
    return _UNTIL.search(draft.statement.document.text, draft.end, end)
