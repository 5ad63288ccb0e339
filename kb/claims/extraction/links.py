"""Links between claims of one document: corrections, former views, restatements.

A correction or a newer view supersedes what the same person said before. A figure that another
repeats from a guest stays the guest's. Links never reach across people or kinds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kb.claims.extraction.drafts import Draft
from kb.claims.extraction.holders import Cast, Holder
from kb.claims.extraction.durations import YEARS_EACH

CORRECTION_REACH = 1500
"""Characters of the document within which somebody corrects a figure of their own."""
ECHO_REACH = 6000
"""Characters within which a host repeats a guest's figure."""

LONGEST_ECHO = 6  # words of a sentence that only repeats: "5 to 20 years?"

_TAKES_BACK = re.compile(
    r"\b(?:sorry|correction|i misspoke|i mean(?:t)?|or rather|scratch that|my mistake|no,? wait|"
    r"actually,? no|let me correct)\b",
    re.IGNORECASE,
)
_REFINES = re.compile(r"\b(?:maybe(?: like)?|or actually|or even|no,|well,|actually)\W+(?:\w+\W+){0,3}$", re.IGNORECASE)
_FORMER = re.compile(
    r"\b(?:used to (?:be|say|think)|would have said|(?:previously|initially|originally|earlier) (?:i )?"
    r"(?:said|thought|predicted|estimated)|i used to|had (?:said|thought))\b",
    re.IGNORECASE,
)
_CURRENT = re.compile(r"\b(?:right now|now|currently|these days|at this point|today)\b", re.IGNORECASE)


@dataclass(slots=True)
class Links:
    """By the position of a claim in its document's list."""

    superseded_by: dict[int, int] = field(default_factory=dict)
    restates: dict[int, int] = field(default_factory=dict)
    echoes: dict[int, int] = field(default_factory=dict)

    def supersede(self, old: int, new: int) -> None:
        if old != new:
            self.superseded_by.setdefault(old, new)


def echoed(drafts: Sequence[Draft], cast: Cast) -> list[Draft]:
    """The drafts, with a guest's figures that the host repeats held by the guest."""
    result: list[Draft] = []
    for draft in drafts:
        source = _source(draft, result, cast)
        if source is not None:
            words = source.statement.document.text[source.start : source.end]
            believer = Holder(source.believer, "repeats a figure of the other speaker", words)
            draft = replace(draft, holder=believer)
            if len(draft.statement.text.split()) <= LONGEST_ECHO:
                draft = replace(draft, reading=source.reading)
        elif draft.stance.inquiry:
            continue  # a question for a figure that nobody has told
        result.append(draft)
    return result


def _source(draft: Draft, earlier: Sequence[Draft], cast: Cast) -> Draft | None:
    """The claim of the guest that a host's claim repeats."""
    speaker = draft.statement.speaker
    interviewer = speaker in cast.hosts or (speaker is None and draft.stance.asked)
    if draft.holder.name or not interviewer or draft.statement.is_heading:
        return None
    for other in reversed(earlier):
        if draft.start - other.start > ECHO_REACH:
            return None
        if other.statement.speaker not in (None, speaker) and _same_figure(draft, other) and _telling(other):
            return other
    return None


def _telling(draft: Draft) -> bool:
    """Whether the figure is one that is repeated on purpose, not by chance (a year, a "two")."""
    return draft.reading.kind != "event" and (draft.reading.high or 0) not in (1.0, 2.0)


def linked(drafts: Sequence[Draft]) -> Links:
    """Who supersedes and restates what. Expects the drafts in the order of the text."""
    links = Links()
    _corrections(drafts, links)
    _former_views(drafts, links)
    _repeated_mistakes(drafts, links)
    first: dict[tuple[object, ...], int] = {}
    for position, draft in enumerate(drafts):
        if draft.reading.low is None or draft.believer is None or draft.reading.kind == "event":
            continue
        reading = draft.reading
        key = (draft.believer, reading.kind, reading.unit, reading.low, reading.high, bool(draft.stance.negation))
        if key in first:
            links.restates[position] = first[key]
        else:
            first[key] = position
    return links


def _corrections(drafts: Sequence[Draft], links: Links) -> None:
    """ "A 99 % chance, or sorry, a 90 % chance"; "a couple of weeks, maybe less than two months"."""
    for new, draft in enumerate(drafts):
        for old in range(new - 1, max(-1, new - 6), -1):
            earlier = drafts[old]
            if not _comparable(earlier, draft) or draft.start - earlier.end > CORRECTION_REACH:
                continue
            text = draft.statement.document.text
            same_sentence = earlier.statement.start == draft.statement.start
            gap = text[earlier.end : draft.start]
            taken_back = len(gap) < 120 and _TAKES_BACK.search(gap)
            refined = same_sentence and len(gap) < 40 and _REFINES.search(gap) and not re.search(r"\b(?:and|than)\b", gap[:-20])
            if (taken_back or refined) and not _same_figure(earlier, draft):
                links.supersede(old, new)
                break


def _former_views(drafts: Sequence[Draft], links: Links) -> None:
    """ "I would have said 2027 … 2028 is where I would put it right now": within one turn."""
    for new, draft in enumerate(drafts):
        window = [
            old
            for old in range(max(0, new - 12), min(len(drafts), new + 4))
            if old != new and _same_turn(drafts[old], draft) and _comparable(drafts[old], draft)
            and drafts[old].reading.kind == "timeline" and draft.reading.kind == "timeline"
            and not _same_figure(drafts[old], draft)
        ]  # fmt: skip
        sentence = draft.statement.text
        current = _CURRENT.search(sentence) and not _FORMER.search(_clause(draft))
        for old in window:
            former = _FORMER.search(_clause(drafts[old]))
            if (former and old < new and current) or (current and old < new and draft.reading.event_year and drafts[old].reading.event_year):
                links.supersede(old, new)
            elif former and not _FORMER.search(_clause(draft)) and drafts[old].statement.start == draft.statement.start:
                links.supersede(old, new)
    _adjusted(drafts, links)


def _adjusted(drafts: Sequence[Draft], links: Links) -> None:
    """ "Maybe a year. I don't know, maybe six months": hedged short sentences, one after another."""
    for new in range(1, len(drafts)):
        for old in range(max(0, new - 3), new):
            first, second = drafts[old], drafts[new]
            if (
                old not in links.superseded_by or not first.reading.event_year
            ) and _same_turn(first, second) and _comparable(first, second) and _hedged_guess(first) and (
                second.stance.hedge and second.start - first.end < 120
            ) and not second.reading.event_year and not first.reading.event_year and not _same_figure(first, second):  # fmt: skip
                links.supersede(old, new)


def _hedged_guess(draft: Draft) -> bool:
    return bool(draft.stance.hedge) and len(draft.statement.text.split()) <= 10


def _repeated_mistakes(drafts: Sequence[Draft], links: Links) -> None:
    """ "It's not three hours, it's 30 hours" corrects every "three hours" that was said before."""
    for denied, draft in enumerate(drafts):
        if not draft.stance.negation:
            continue
        for new in range(denied + 1, min(len(drafts), denied + 3)):
            right = drafts[new]
            in_reach = right.statement.start == draft.statement.start
            if not (in_reach and _comparable(draft, right) and _TAKES_BACK.search(draft.statement.text)):
                continue
            for old in range(denied + 1):
                if _same_figure(drafts[old], draft) and drafts[old].believer == right.believer:
                    links.supersede(old, new)


def _clause(draft: Draft) -> str:
    """The words of the sentence up to the figure, from the last comma that is far enough."""
    text = draft.statement.document.text
    before = text[draft.statement.start : draft.start]
    return before[-60:]


def _same_turn(first: Draft, second: Draft) -> bool:
    return first.statement.turn == second.statement.turn and (
        first.statement.turn is not None or first.statement.start == second.statement.start
    )


def _same_figure(first: Draft, second: Draft) -> bool:
    a, b = first.reading, second.reading
    return (
        a.low is not None
        and (a.low, a.high) == (b.low, b.high)
        and _unit_class(a.unit) == _unit_class(b.unit)
    )


def _comparable(first: Draft, second: Draft) -> bool:
    """Whether one may correct the other: one believer, one kind, units of one class."""
    a, b = first.reading, second.reading
    if first.believer != second.believer or a.low is None or b.low is None:
        return False
    if first.stance.negation and not _TAKES_BACK.search(first.statement.text):
        return False
    if a.kind != b.kind:
        return False
    forecasts = a.kind == "timeline" and bool(a.event_year) and bool(b.event_year)
    return forecasts or _unit_class(a.unit) == _unit_class(b.unit)


def _unit_class(unit: str) -> str:
    if unit in YEARS_EACH:
        return "time"
    if unit.startswith("GPU-"):
        return "GPU-time"
    return unit
