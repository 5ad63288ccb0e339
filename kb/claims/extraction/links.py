"""Links between claims of one document: corrections, former views, restatements.

A correction or a newer view supersedes what the same person said before. Links never reach across
people or kinds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kb.claims.extraction.drafts import Draft
from kb.claims.extraction.former import (
    CORRECTION_REACH,
    VIEWS,
    clause_before,
    former_view,
    takes_the_place,
    words_after,
)
from kb.claims.extraction.likeness import same_figure, same_sentence, same_turn, unit_class
from kb.claims.extraction.revisions import revisions
from kb.text.words import content_words

LONGEST_TAKING_BACK = 120  # characters between a figure and the one that corrects it
LONGEST_SLIP = 24  # the same, when "sorry" follows the right one: "Two years. Three, sorry."
LONGEST_REFINING = 40  # the same, when it is only put more exactly
LONGEST_GUESS = 10  # words of a sentence that only guesses: "I think maybe a year."
LONGEST_LEAD = 8  # words before the figure of another guess
REVISION_REACH = 500  # characters between a dated view and the one held now

_TAKES_BACK = re.compile(
    r"\b(?:sorry|correction|i misspoke|i mean(?:t)?|or rather|scratch that|my mistake|no,? wait|"
    r"actually,? no|let me correct|i misremember(?:ed)?|hold on|my bad|that[’']s (?:not right|"
    r"wrong)|"
    r"i stand corrected|wait(?=,? (?:[0-9]|[a-z]+\W*$))|i take (?:it|that) back|make that|"
    r"strike that|hang on(?! to)|"
    r"what am i saying)\b",
    re.IGNORECASE,
)
_SORRY_AFTER = re.compile(r",? (?:sorry|my mistake|my bad|rather)(?=[.,;!])", re.IGNORECASE)
_REFINES = re.compile(
    r"\b(?:maybe(?: like)?|or actually|or even|no,|well,|actually)\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"(?:\b(?:I|he|she|we|median|timelines?|number|estimate)(?: (?:for|on|of) \w+)?"
    r"(?:[’'](?:ve|s)| have| has)?"
    r"(?: (?:just|since|already|now))? (?:moved|shifted|updated|went|gone|came|come|dropped|pulled)"
    r"|\b(?:moved|shifted|updated|revised|dropped|pulled|pushed|brought|raised|cut|lowered) "
    r"(?:his|her|their|my|our)(?: [\w-]+){0,3}?"
    r"|\b(?:my|his|her|their|[a-z]+[’']s) (?:\w+ )?(?:median|timelines?|number|estimate|date|"
    r"forecast|odds|guess|view)"
    r"(?: (?:for|on|of) \w+)?(?: [a-z]+){1,2}?)"
    r"(?: (?:it|in|out|up|down|back|upwards?|downwards?))*,? from\W+(?:(?:about|around|like|"
    r"maybe)\W+)*$",
    re.IGNORECASE,
)
_ESTIMATE = re.compile(r"\b(?:estimate|number|figure|guess|forecast)\b", re.IGNORECASE)
_TO = re.compile(
    r" (?:(?:up|down|back|all the way) )?to (?:(?:about|around|like|maybe|more like) )*"
)
_SAID_ONCE = re.compile(
    r"\b(?:I|we)(?: (?:once|also|first|always))? (?:said|wrote|published|claimed|estimated|guessed|"
    r"(?:put|had) it at)\W+(?:(?:it|that|this|was|were|is|there|about|around|like)\W+){0,3}$",
    re.IGNORECASE,
)
_WAS_WRONG = re.compile(
    r"[^.?!]{0,48}?\b(?:that|which|it) (?:was|is|turned out)(?: to be)?"
    r"(?: (?:just|simply|plain|far))? (?:wrong|a mistake|too (?:high|low|much|little)|nonsense)\b"
    r"(?! (?:of|to|about)\b)",
    re.IGNORECASE,
)
_ANOTHER_YEAR = re.compile(
    r",[^,]*\b(?:by|before|until|in|after)\W+(?:\w+\W+){0,2}20[0-9]{2}\b[^,]*$"
)
_HELD = re.compile(
    r"\b(?:median|put|says?|estimates?|expect|predict\w*|forecast\w*|timelines?|guess|think)\b"
    r"|p\(?doom\)?|\b(?:it|that)(?:[’']s| is)\b",
    re.IGNORECASE,
)
_GOES_UP = re.compile(r"\band (?:maybe|even|perhaps|possibly)\b", re.IGNORECASE)
_OF_OTHERS = re.compile(r"\b(?:[Ff]or|[Aa]mong|[Ww]ith) (?:those|the|these|people|my|[A-Z]\w)")
_WAS = re.compile(r"\b(?:was|were|used to)\b", re.IGNORECASE)
_CURRENT = re.compile(
    r"\b(?:right now|(?<!from )now|currently|these days|at this point|today)\b", re.IGNORECASE
)


@dataclass(slots=True)
class Links:
    """By the position of a claim in its document's list."""

    superseded_by: dict[int, int] = field(default_factory=dict)
    restates: dict[int, int] = field(default_factory=dict)
    rules: dict[int, str] = field(default_factory=dict)

    def supersede(self, old: int, new: int, rule: str) -> None:
        """The first reason to supersede a claim stays."""
        if old != new and old not in self.superseded_by:
            self.superseded_by[old] = new
            self.rules[old] = rule


def linked(drafts: Sequence[Draft]) -> Links:
    """Who supersedes and restates what. Expects the drafts in the order of the text."""
    links = Links()
    _corrections(drafts, links)
    _former_views(drafts, links)
    _moved(drafts, links)
    _called_wrong(drafts, links)
    _adjusted(drafts, links)
    _repeated_mistakes(drafts, links)
    for old, new, rule in revisions(drafts):
        links.supersede(old, new, rule)
    _restatements(drafts, links)
    return links


def _restatements(drafts: Sequence[Draft], links: Links) -> None:
    """The same figure from the same believer again; years of events are no figures to repeat."""
    same: dict[tuple[object, ...], list[int]] = {}
    for position, draft in enumerate(drafts):
        reading = draft.reading
        if reading.low is None or draft.believer is None or reading.kind == "event":
            continue
        denied = draft.stance.negation is not None
        key = (draft.believer, reading.kind, reading.unit, reading.low, reading.high, denied)
        same.setdefault(key, []).append(position)
    for positions in same.values():
        own = [position for position in positions if drafts[position].holder.name is None]
        first = (own or positions)[0]  # a heading or a host only repeats what the guest says
        links.restates |= {
            position: first
            for position in positions
            if position != first and _speak_of_the_same(drafts[first], drafts[position])
        }


def _speak_of_the_same(first: Draft, again: Draft) -> bool:
    """Whether two equal figures can be one: forecasts and chances are; others share a word."""
    if first.reading.kind in VIEWS:
        return True
    told = (f"{draft.statement.before} {draft.statement.text}" for draft in (first, again))
    one, other = (set(content_words(text)) for text in told)
    figures = (d.statement.document.text[d.start : d.end] for d in (first, again))
    return bool((one & other) - set(content_words(" ".join(figures))))


def _corrections(drafts: Sequence[Draft], links: Links) -> None:
    """“A 99 % chance, or sorry, a 90 % chance”; "a couple of weeks, maybe less than two months"."""
    for new, draft in enumerate(drafts):
        for old in range(new - 1, max(-1, new - 6), -1):
            earlier = drafts[old]
            if not _may_supersede(earlier, draft):
                continue
            gap = draft.statement.document.text[earlier.end : draft.start]
            if _another_between(drafts, old, new):
                continue
            if words := _taken_back(gap, words_after(draft)):
                links.supersede(old, new, f"taken back: “{words}”")
                break
            if same_sentence(earlier, draft) and _is_refined(gap):
                links.supersede(old, new, "put more exactly in the same sentence")
                break


def _another_between(drafts: Sequence[Draft], old: int, new: int) -> bool:
    """Whether a "sorry" between two figures already has the figure that it puts right."""
    earlier, draft = drafts[old], drafts[new]
    text = draft.statement.document.text
    sorry = _TAKES_BACK.search(text, earlier.end, draft.start)
    return sorry is not None and any(d.start > sorry.end() for d in drafts[old + 1 : new])


def _taken_back(gap: str, after: str) -> str:
    """The words between two figures, or after the second, that take the first one back."""
    between = _TAKES_BACK.search(gap) if len(gap) < LONGEST_TAKING_BACK else None
    apology = _SORRY_AFTER.match(after) if len(gap) < LONGEST_SLIP else None
    match = between or apology
    return match.group().strip(" ,") if match else ""


def _is_refined(gap: str) -> bool:
    near = len(gap) < LONGEST_REFINING and not (_ANOTHER_YEAR.search(gap) or _GOES_UP.search(gap))
    return near and bool(_REFINES.search(gap))


def _former_views(drafts: Sequence[Draft], links: Links) -> None:
    """“I would have said 2027 … 2028 is where I would put it right now”, by one person."""
    former = [
        former_view(draft, drafts[position - 1] if position else None)
        for position, draft in enumerate(drafts)
    ]
    for old, words in enumerate(former):
        if words and (new := _held_instead(drafts, former, old)) is not None:
            links.supersede(old, new, f"a former view: “{words}”")
    for new, draft in enumerate(drafts):
        if draft.reading.kind not in VIEWS or former[new]:
            continue
        current = _HELD.search(draft.statement.text) and _CURRENT.search(draft.statement.text)
        for old in range(max(0, new - 12), new):
            earlier = drafts[old]
            if not (current and same_turn(earlier, draft) and _may_supersede(earlier, draft)):
                continue
            dated = earlier.reading.event_year and draft.reading.event_year
            dated = dated and draft.start - earlier.end < REVISION_REACH
            previous = drafts[old - 1] if old else None
            was = same_sentence(earlier, draft) and _WAS.search(clause_before(earlier, previous))
            if dated or was:
                links.supersede(old, new, f"a view held “{current.group()}” follows")


def _held_instead(drafts: Sequence[Draft], former: Sequence[str], old: int) -> int | None:
    """The view that is held now in place of a former one: of its sentence, else the nearest."""
    found: list[tuple[bool, int, int]] = []
    for new in range(max(0, old - 12), min(len(drafts), old + 12)):
        draft, earlier = drafts[new], drafts[old]
        if new == old or former[new] or not _may_supersede(earlier, draft):
            continue
        if takes_the_place(draft, earlier):
            apart = abs(draft.start - earlier.start)
            found.append((not same_sentence(earlier, draft), apart, new))
    return min(found)[2] if found else None


def _moved(drafts: Sequence[Draft], links: Links) -> None:
    """“She's moved from 2040 to 2033”: a view that somebody gave up for another."""
    for old, (first, second) in enumerate(pairwise(drafts)):
        text = first.statement.document.text
        moved = same_sentence(first, second) and _MOVED.search(clause_before(first))
        if moved and not (first.reading.kind in VIEWS or _ESTIMATE.search(moved.group())):
            continue
        to = _TO.fullmatch(text, first.end, second.start)
        if moved and to and _may_supersede(first, second):
            links.supersede(old, old + 1, "a view that moved")


def _called_wrong(drafts: Sequence[Draft], links: Links) -> None:
    """“It's fourteen million. I said sixteen million in spring, and that was wrong.”"""
    for old, wrong in enumerate(drafts):
        text = wrong.statement.document.text
        before = text[wrong.statement.start : wrong.start]
        if not (_SAID_ONCE.search(before) and _WAS_WRONG.match(text, wrong.end)):
            continue
        near = [
            (not same_sentence(wrong, right), abs(right.start - wrong.start), new)
            for new, right in enumerate(drafts[max(0, old - 3) : old + 4], max(0, old - 3))
            if new != old and same_turn(wrong, right) and _replaces(right, wrong)
        ]
        if near:
            links.supersede(old, min(near)[2], "called wrong")


def _replaces(right: Draft, wrong: Draft) -> bool:
    close = abs(right.start - wrong.start) <= REVISION_REACH
    return close and _comparable(wrong, right) and not same_figure(wrong, right)


def _adjusted(drafts: Sequence[Draft], links: Links) -> None:
    """“Maybe a year. I don't know, maybe six months”: one hedged guess after another."""
    for new, second in enumerate(drafts):
        for old in range(max(0, new - 3), new):
            first = drafts[old]
            guesses = _is_guess(first) and _is_next_guess(second) and same_turn(first, second)
            guesses = guesses and not same_sentence(first, second)
            undated = not (first.reading.event_year or second.reading.event_year)
            near = second.start - first.end < LONGEST_TAKING_BACK
            if guesses and undated and near and _may_supersede(first, second):
                links.supersede(old, new, "another guess follows")


def _is_guess(draft: Draft) -> bool:
    """A short sentence that says little but the figure and its doubt."""
    return bool(draft.stance.hedge) and len(draft.statement.text.split()) <= LONGEST_GUESS


def _is_next_guess(draft: Draft) -> bool:
    """Whether a sentence comes soon to a figure that it puts in doubt."""
    before = draft.statement.document.text[draft.statement.start : draft.start]
    other = _OF_OTHERS.search(before)
    return bool(draft.stance.hedge) and len(before.split()) <= LONGEST_LEAD and not other


def _repeated_mistakes(drafts: Sequence[Draft], links: Links) -> None:
    """“It's not three hours, it's 30 hours” corrects every "three hours" that was said before."""
    said: dict[tuple[object, ...], list[int]] = {}
    for denied, draft in enumerate(drafts):
        figure = (draft.believer, unit_class(draft.reading.unit), _range(draft))
        said.setdefault(figure, []).append(denied)
        if not (draft.stance.negation and _TAKES_BACK.search(draft.statement.text)):
            continue
        for new in range(denied + 1, min(len(drafts), denied + 3)):
            right = drafts[new]
            if not (same_sentence(draft, right) and _comparable(draft, right)):
                continue
            for old in said.pop(figure, ()):
                links.supersede(old, new, "the same figure is taken back later")


def _range(draft: Draft) -> tuple[float | None, float | None]:
    return draft.reading.low, draft.reading.high


def _may_supersede(first: Draft, second: Draft) -> bool:
    """Whether the second may correct the first: near, comparable, another figure."""
    near = second.start - first.end <= CORRECTION_REACH
    return near and _comparable(first, second) and not same_figure(first, second)


def _comparable(first: Draft, second: Draft) -> bool:
    """Whether both are of one believer, one kind, and units of one class."""
    a, b = first.reading, second.reading
    if first.believer != second.believer or a.kind != b.kind or None in (a.low, b.low):
        return False
    if first.stance.negation and not _TAKES_BACK.search(first.statement.text):
        return False
    forecasts = a.kind == "timeline" and bool(a.event_year) and bool(b.event_year)
    return forecasts or unit_class(a.unit) == unit_class(b.unit)
