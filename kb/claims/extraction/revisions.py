"""Views and figures that somebody gives up for others while talking.

“Put me down for 2040”; “You told me 2028.” – “I’m at 2031 now.”; what the other speaker puts right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.claims.extraction.drafts import Draft
from kb.claims.extraction.former import VIEW_REACH, VIEWS, has_moved_since, same_thing
from kb.claims.extraction.holders import SAID_TO_THE_LAST
from kb.claims.extraction.likeness import same_figure, same_sentence, same_turn, unit_class
from kb.claims.extraction.slips import (
    FILLERS,
    LONGEST_LEAD,
    NEXT_SENTENCE,
    VIEWS_BACK,
    Revision,
    differ,
    from_start,
    lead,
    of_one_topic,
    slips,
    told_again,
)

TURNS_ON = 4  # turns from what somebody is said to think until they answer

_CHANGES = re.compile(
    rf"(?:\bput me (?:down )?(?:for|at)"
    r"|\bI(?:[’']m| am)(?: \w+)? (?:down|up|out|back) (?:to|at)"
    r"|\bI(?:[’']ve| have)?(?: (?:just|now|since|already|probably))? (?:moved|gone|went|come|came|"
    r"dropped|shifted|updated|revised|crept|climbed|slid|drifted|settled)(?: (?:it|that|mine|my "
    r"\w+))?"
    r"(?: (?:up|down|out|back|in|all the way))* (?:to|on|at)"
    r"|\bI(?:[’']d| would|[’']ll| will| have to| need to| should)(?: (?:now|probably|maybe|then))? "
    r"(?:move|go|come|drop|shift|update|revise|change)(?: (?:it|that|mine|my \w+))?"
    r"(?: (?:up|down|out|back|in))* to"
    r"|\bI(?:[’'](?:ve|d|ll)| have| would| will)?(?: \w+){1,2} (?:it|that|mine|my \w+)(?: (?:up|"
    r"down|out|back|in))* to"
    rf"|\bmake (?:it|that|mine))\W+{FILLERS}$",
    re.IGNORECASE,
)
_CONCEDES = re.compile(
    r"\W*(?:(?:oh|um|uh|well|hmm?),? )*(?:all right|alright|okay|ok|fine|fair(?: enough)?|sure|"
    r"touché)\b"
    r"[,.!]? *(?:then|so)?\W*(?:[^,.?!]{0,24})$",
    re.IGNORECASE,
)
LONGEST_CONCESSION = 8  # words
_PAST = re.compile(
    r"\b(?:was|were|had|[’']d had|thought|said|expected|believed|predicted|guessed|told (?:you|"
    r"people|them)|"
    r"would(?: have|[’']ve) \w+|[’']d(?: have|[’']ve)? (?:bet|said|told|given|"
    r"put))\b[^.?!;]{0,40}$",
    re.IGNORECASE,
)
_ONCE = re.compile(
    r"\b(?:ago|back then|at first|originally|initially|last (?:year|month|time|summer|spring|"
    r"autumn|"
    r"winter|week)|when I|when (?:he|she) \w+ed|before (?:I|he|she|we|that|it)|in (?:19|"
    r"20)[0-9]{2})\b",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"(?:[’'](?:m|s|re)|\b(?:am|is|are|say|says|think|thinks|put|puts|give|gives|expect|expects|"
    r"would say|"
    r"looks|(?:has|have|[’']s|[’']ve) been|[’']d (?:say|put|give|bet|tell|go|"
    r"print)))\b[^.?!;]{0,24}$",
    re.IGNORECASE,
)
_IT_WAS = re.compile(rf"\b(?:it|mine) (?:was|used to be)\W+{FILLERS}$", re.IGNORECASE)
_IT_IS = re.compile(
    rf"^\W+(?:and|but) (?:now )?(?:it|mine)(?:[’']s| is)(?: now)?\W+{FILLERS}$", re.IGNORECASE
)
_WAS_WRONG = re.compile(
    r"\b(?:(?:I|that|it) was (?:\w+ )?wrong|I no longer|not any ?more)\b", re.IGNORECASE
)
_NOW = re.compile(
    r"\b(?:now|today|these days|nowadays|currently|at this point|since then)\b", re.IGNORECASE
)
_OBJECTS = re.compile(
    r"\W*(?:(?:well|oh|um|uh|hmm|yeah),? )*(?:no\b|not any ?more|I said\b)", re.IGNORECASE
)
_OUTDATED = re.compile(
    r"\b(?:update (?:that|it)|changed|out of date|outdated|no longer|not any ?more|moved|was wrong|"
    r"a slip|a mistake|a typo|misspoke|mistaken|wrong about that|gone (?:up|down)|old)\b",
    re.IGNORECASE,
)
_SAID_BEFORE = re.compile(
    r"\b(?:once|last (?:time|year|month|summer|spring)|back (?:then|in)|used to|in (?:19|20)\d\d|"
    r"(?:years?|months?) ago|earlier|previously)\b",
    re.IGNORECASE,
)
_HOLDS = re.compile(
    rf"(?:\bI(?:[’']m| am) (?:\w+ )?(?:at|around|closer to)|\bI(?:[’']d| would)? (?:say|put it|"
    rf"think)"
    rf"|\bmy (?:\w+ )?(?:median|number|guess)\b[^.?!]{{0,20}}|\bit(?:[’']s| is))\W+{FILLERS}$",
    re.IGNORECASE,
)
_STATES = (
    r"(?:(?:I think|actually|in fact|by now|today),? )?"
    r"(?:it|that|we|they|there)(?:[’'](?:s|re|ve got)| is| are| was| were| have| has| had| uses?|"
    r" used| needs?| takes?| took| costs?) "
    r"(?:(?:actually|more like|closer to|nearer|now|at|up to|down to|got) )*"
)
_PUTS_RIGHT = re.compile(
    r"\W*(?:(?:well|oh|ah|um|uh|yeah|ha|hmm+),? )*(?:"
    r"(?:(?:no|nope|(?:way |a lot |much )?(?:higher|lower|more|less|fewer)|not (?:quite|"
    r"any ?more)|actually|that[’']s (?:not right|wrong|too \w+))\b\W+)+"
    rf"(?:{_STATES})?"
    r"|(?P<old>(?:that|it|those)(?:[’']s| is| was| were) (?:an? |the |from )?(?:\w+ )?"
    r"(?:old|outdated|wrong|out of date|slip|mistake|typo|error|before|"
    r"last (?:year|spring|summer|autumn|winter))\b"
    rf"[^.?!]{{0,40}}[.?!,] {_STATES})"
    r"|(?=it|we|they|there)" + _STATES + r"(?<!is )(?<!are )(?<![’']s )(?<![’']re ))"
    r"(?:(?:about|around|like|maybe|more like|closer to|a bit|over|under|nearly|almost)\W+)*",
    re.IGNORECASE,
)
_YOURS = re.compile(r"\b(?:you|your|yours|you[’'](?:re|ve))\b", re.IGNORECASE)


def revisions(drafts: Sequence[Draft]) -> Iterator[Revision]:
    """Every revision, those of a rule in the order of the text."""
    for new, draft in enumerate(drafts):
        if not _is_firm(draft):
            continue
        yield from slips(drafts, new)
        yield from _by_the_other(drafts, new)
        yield from _remembered_by_the_other(drafts, new)
        if draft.reading.kind in VIEWS:
            yield from _of_a_view(drafts, new)


def _is_firm(draft: Draft) -> bool:
    view = draft.stance
    return not (view.condition or view.asked or view.negation or draft.statement.fiction)


def _by_the_other(drafts: Sequence[Draft], new: int) -> Iterator[Revision]:
    """“So you have eighty people.” – “No, it's a hundred and ten.”: of what is not a view.

    Of what is theirs, people know better than whoever tells them; an old figure is old to all.
    """
    draft, earlier = drafts[new], drafts[new - 1] if new else None
    if earlier is None or draft.reading.kind in VIEWS or earlier.stance.negation:
        return
    last, turn = earlier.statement.turn, draft.statement.turn
    if last is None or turn is None or turn.index - last.index != 1:
        return
    if last.char_end - earlier.end > NEXT_SENTENCE or last.speaker == turn.speaker:
        return
    opening = draft.statement.document.text[turn.char_start : draft.start]
    right = _PUTS_RIGHT.fullmatch(opening)
    told = earlier.stance.asked or _YOURS.search(earlier.statement.text)
    theirs = right and (right["old"] or told)
    if theirs and _same_measure(earlier, draft):
        yield new - 1, new, "put right by the other speaker"


def _remembered_by_the_other(drafts: Sequence[Draft], new: int) -> Iterator[Revision]:
    """“Ada thinks 2060.” – “I think she said 2055.”: what both tell of a third person."""
    draft, earlier = drafts[new], drafts[new - 1] if new else None
    if earlier is None or not (draft.holder.name and earlier.holder.name):
        return
    last, turn = earlier.statement.turn, draft.statement.turn
    if last is None or turn is None or turn.index - last.index != 1 or last.speaker == turn.speaker:
        return
    third = draft.believer not in (last.speaker, turn.speaker)
    near = (
        last.char_end - earlier.end <= NEXT_SENTENCE
        and draft.start - turn.char_start <= NEXT_SENTENCE
    )
    if third and near and differ(earlier, draft) and not earlier.stance.asked:
        yield new - 1, new, "remembered otherwise by the other speaker"


def _same_measure(first: Draft, second: Draft) -> bool:
    a, b = first.reading, second.reading
    alike = a.kind == b.kind and unit_class(a.unit) == unit_class(b.unit)
    return alike and None not in (a.low, b.low) and not same_figure(first, second)


def _of_a_view(drafts: Sequence[Draft], new: int) -> Iterator[Revision]:
    """“Put me down for 2040”, and what somebody answers to "you told me 2028"."""
    draft = drafts[new]
    if has_moved_since(from_start(draft)):
        for old in range(new - 1, max(-1, new - 4), -1):
            earlier = drafts[old]
            near = draft.start - earlier.end <= VIEW_REACH and same_turn(earlier, draft)
            if near and differ(earlier, draft) and not earlier.stance.condition:
                yield old, new, "a view that has moved since"
                return
    changes = _CHANGES.search(lead(draft)) or (
        _CONCEDES.match(from_start(draft))
        and len(draft.statement.text.split()) <= LONGEST_CONCESSION
    )
    now = changes or _states_now(draft)
    for old in range(new - 1, max(-1, new - VIEWS_BACK), -1):
        earlier = drafts[old]
        if not (differ(earlier, draft) and of_one_topic(earlier, draft)):
            continue
        if earlier.stance.condition:
            continue
        if earlier.stance.negation and earlier.reading.kind != "timeline":
            continue  # "I don't see it before 2050" is a view, "not fifty percent" is none
        if changes and draft.holder.name is None and _is_near_enough(draft, earlier):
            words = changes.group().strip() if isinstance(changes, re.Match) else ""
            yield old, new, f"a view that is changed: “{words}”"
            yield from told_again(drafts, old, new)
            return
        if _was_and_is(earlier, draft):
            yield old, new, "a view of the past, and one of now"
            return
        if _answers(draft, earlier, states_now=bool(now)):
            yield old, new, "answers with another view"
            yield from told_again(drafts, old, new)
            return


def _is_near_enough(draft: Draft, earlier: Draft) -> bool:
    """Whether a view of nobody knows what is only changed soon after it."""
    return bool(draft.statement.topic) or draft.start - earlier.end <= VIEW_REACH


def _was_and_is(earlier: Draft, draft: Draft) -> bool:
    """“Ada was at 2045 before she left, and she's at 2030 today.”"""
    if not same_turn(earlier, draft) or draft.start - earlier.end > VIEW_REACH // 3:
        return False
    if same_sentence(earlier, draft) and _IT_WAS.search(from_start(earlier)):
        return bool(_IT_IS.search(_between(earlier, draft)))
    past = _PAST.search(from_start(earlier)[-LONGEST_LEAD:])
    words = lead(draft) if not same_sentence(earlier, draft) else _between(earlier, draft)
    if not past or not _PRESENT.search(words) or _PAST.search(words):
        return False
    if not same_thing(draft, earlier):
        return False
    between = draft.statement.document.text[earlier.end : draft.start]
    now = _states_now(draft) or _WAS_WRONG.search(between)
    return bool(now or _ONCE.search(earlier.statement.text))


def _between(earlier: Draft, draft: Draft) -> str:
    return draft.statement.document.text[earlier.end : draft.start][-LONGEST_LEAD:]


def _answers(draft: Draft, earlier: Draft, *, states_now: bool) -> bool:
    """“You told me 2028 once.” – “I'm at 2031 now.”: to what one is said to think."""
    if earlier.holder.rule not in ("said to the other speaker", SAID_TO_THE_LAST):
        return False
    if draft.holder.name or earlier.statement.turn is None or draft.statement.turn is None:
        return False
    turns = draft.statement.turn.index - earlier.statement.turn.index
    if not 0 < turns <= TURNS_ON:
        return False
    if states_now or _OBJECTS.match(draft.statement.text):
        return True
    if _OUTDATED.search(draft.statement.before[-NEXT_SENTENCE:]) and turns == 1:
        return True
    before = _SAID_BEFORE.search(earlier.statement.text)
    return bool(before and _HOLDS.search(lead(draft)))


def _states_now(draft: Draft) -> bool:
    text = draft.statement.text
    at = draft.end - draft.statement.start
    return bool(_NOW.search(text, 0, at) or _NOW.match(text[at : at + 14].lstrip(" ,")))
