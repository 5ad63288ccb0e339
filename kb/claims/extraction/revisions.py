"""Views and figures that somebody gives up for others while talking.

“Put me down for 2040”; “No, forty-five”; “You told me 2028.” – “I’m at 2031 now.”; "we planned for
three months, and it took nine months".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.claims.extraction.chance_talk import is_all_that_is_said
from kb.claims.extraction.drafts import Draft
from kb.claims.extraction.former import VIEW_REACH, VIEWS, same_thing, words_after
from kb.claims.extraction.holders import SAID_TO_THE_LAST
from kb.claims.extraction.likeness import same_figure, same_sentence, same_turn, unit_class

Revision = tuple[int, int, str]
"""The position of a figure, of the one that takes its place, and the rule."""

VIEWS_BACK = 60
"""Claims before one that changes a view, among which that view was told."""
TURNS_ON = 4  # turns from what somebody is said to think until they answer
FAR_SENTENCE = 180  # the same, for one that is said after the first was rejected
NEXT_SENTENCE = 90  # characters between a figure and the one said instead
LONGEST_PLAN = 112  # the same, of what was expected
LONGEST_LEAD = 64  # characters before a figure that tell of a change

_FILLERS = r"(?:(?:about|around|like|maybe|probably|something|more like|perhaps|say|at)\W+)*"
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
    rf"|\bmake (?:it|that|mine))\W+{_FILLERS}$",
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
_IT_WAS = re.compile(rf"\b(?:it|mine) (?:was|used to be)\W+{_FILLERS}$", re.IGNORECASE)
_IT_IS = re.compile(
    rf"^\W+(?:and|but) (?:now )?(?:it|mine)(?:[’']s| is)(?: now)?\W+{_FILLERS}$", re.IGNORECASE
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
    r"gone (?:up|down)|old)\b",
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
    rf"|\bmy (?:\w+ )?(?:median|number|guess)\b[^.?!]{{0,20}}|\bit(?:[’']s| is))\W+{_FILLERS}$",
    re.IGNORECASE,
)
_NO = re.compile(
    r"(?:[^.?!…—,]{0,24})(?:[.?!…—]+\s+|,\s+)"
    r"(?:(?:(?:wait|hang on|hold on|hmm+),? )?(?:(?:was|is) it|did I say) [^.?!]{1,24}\?\s+)?"
    r"(?:(?:hmm+|um|uh|wait|oh|well),? )*no,\s+"
    r"(?:(?!not\b|n[’']t\b|no\b|if\b)[\w’'-]+,?\s+){0,9}$",
    re.IGNORECASE,
)
_STATES = (
    r"(?:(?:I think|actually|in fact|by now|today),? )?"
    r"(?:it|that|we|they|there)(?:[’'](?:s|re|ve got)| is| are| was| were| have| has| had) "
    r"(?:(?:actually|more like|closer to|nearer|now|at|up to|down to|got) )*"
)
_PUTS_RIGHT = re.compile(
    r"\W*(?:(?:well|oh|ah|um|uh|yeah|ha|hmm+),? )*(?:"
    r"(?:(?:no|nope|(?:way |a lot |much )?(?:higher|lower|more|less|fewer)|not (?:quite|"
    r"any ?more)|actually|that[’']s (?:not right|wrong|too \w+))\b\W+)+"
    rf"(?:{_STATES})?"
    r"|(?P<old>(?:that|it|those)(?:[’']s| is| was| were) (?:an? |the |from )?(?:\w+ )?"
    r"(?:old|outdated|wrong|out of date|before|last (?:year|spring|summer|autumn|winter))\b"
    rf"[^.?!]{{0,40}}[.?!,] {_STATES})"
    r"|(?=it|we|they|there)" + _STATES + r"(?<!is )(?<!are )(?<![’']s )(?<![’']re ))"
    r"(?:(?:about|around|like|maybe|more like|closer to|a bit|over|under|nearly|almost)\W+)*",
    re.IGNORECASE,
)
_YOURS = re.compile(r"\b(?:you|your|yours|you[’'](?:re|ve))\b", re.IGNORECASE)
_REJECTS = re.compile(
    r"[.?!…]\s+(?:(?:um|uh|oh|wait|well|hang on|hold on|actually|sorry),? )*no\b"
    r"(?! (?:one|matter|doubt|idea|way|more|less)\b)[^.?!]{0,80}"
    r"[.?!…]\s+(?:[^.?!]{0,24}[.?!…]\s+)?$",
    re.IGNORECASE,
)
_SELF_DOUBT = re.compile(
    r"\b(?:what was it|how (?:much|many) was it|what is it|I want to say|let me think)\b|\?",
    re.IGNORECASE,
)
_OR_ACTUALLY = re.compile(
    r",?\s(?:or|and),? (?:well,? |maybe |rather |actually,? |really,? )+(?:(?:it|that) (?:was|is) |"
    r"it[’']s )?(?:(?:more like|closer to|nearer|about|around|almost|nearly|like|by)\s)*$",
    re.IGNORECASE,
)
_ACTUALLY = re.compile(
    rf"(?:[^.?!…—,]{{0,24}})[.?!…—]+\s+(?:well,? )?actually,? (?:let me [\w ]{{2,24}}, "
    rf")?{_FILLERS}",
    re.IGNORECASE,
)
_IS_MORE_LIKE = re.compile(
    r"[.?!] (?:(?:I think|I[’']d say|now|and|but|well),? )*(?:it|that|mine)(?:[’']s| is|[’']d be) "
    r"(?:more like|closer to|nearer|rather)\W+$",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\bI (?:did not|didn[’']t|never) (?:say|said|write|wrote|claim|claimed)\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_I_SAID = re.compile(r"\bI (?:said|wrote|claimed)\W+(?:\w+\W+){0,3}$", re.IGNORECASE)
_EXPECTED = re.compile(
    r"\b(?:was going to (?:be|take|cost)|(?:would|[’']d) have (?:guessed|said|thought)|planned "
    r"(?:for|on)|hoped for|budgeted(?: for)?|counted "
    r"on|promised|supposed to (?:be|"
    r"take|cost)|"
    r"(?:thought|expected|assumed|figured|guessed) (?:that )?(?:it|we|that|they|"
    r"there)\b[^,.;]{0,24}|"
    r"(?:promised|planned|expected) [a-z ]{3,24}? (?:in|within)|[’']d like to say|meant to (?:be|"
    r"take|cost)|(?:I|we) (?:told|promised) [^,.;]{3,72}|"
    r"(?:I|we) (?:said|wrote|claimed|predicted) [^,.;]{3,40}? would|"
    r"(?:promised|quoted) (?:me|us|them)\b[^,.;]{0,40}|"
    r"(?:plan|budget|quote|estimate) was)\W+"
    r"(?:(?:about|around|like|maybe|for|to|be|take|cost|need|only|it|would|was|have|last|"
    r"hold)\W+)*$",
    re.IGNORECASE,
)
_TURNED_OUT = re.compile(
    r"\b(?:it|that|we|they|there)(?:[’'](?:s|re))?(?: (?:actually|really|only|just|has|is|was|"
    r"were))*"
    r" ?(?:(?:already |now )?(?:up to|at)|took|been|ended up(?: (?:being|at|with|taking|"
    r"costing))?|turned out to (?:be|take|cost)|"
    r"came (?:out )?"
    r"(?:to|at)|cost|was|were|held(?: for)?|lasted|got|lost|had|going to be)"
    r"(?: (?:us|me|them|more like|closer to|nearer to|nearer|about|only|almost|nearly|like|"
    r"around|just))*\W+$",
    re.IGNORECASE,
)


def revisions(drafts: Sequence[Draft]) -> Iterator[Revision]:
    """Every revision, those of a rule in the order of the text."""
    for new, draft in enumerate(drafts):
        if not _is_firm(draft):
            continue
        yield from _beside(drafts, new)
        yield from _by_the_other(drafts, new)
        yield from _remembered_by_the_other(drafts, new)
        if draft.reading.kind in VIEWS:
            yield from _of_a_view(drafts, new)


def _is_firm(draft: Draft) -> bool:
    view = draft.stance
    return not (view.condition or view.asked or view.negation or draft.statement.fiction)


def _beside(drafts: Sequence[Draft], new: int) -> Iterator[Revision]:
    """“Forty people. No, forty-five”, "we planned for 50, but it's going to be 30"."""
    draft = drafts[new]
    for old in range(new - 1, max(-1, new - 3), -1):
        earlier = drafts[old]
        gap = draft.start - earlier.end
        if 0 <= gap <= FAR_SENTENCE and _is_rejected(earlier, draft):
            yield old, new, "rejected for what is said instead"
            continue
        if (
            gap > NEXT_SENTENCE
            or gap < 0
            or not (same_turn(earlier, draft) and _differ(earlier, draft))
        ):
            continue
        between = draft.statement.document.text[earlier.end : draft.start]
        if earlier.stance.negation and _DENIED.search(_lead(earlier)) and _I_SAID.search(between):
            yield old, new, "denied, and said otherwise"
            yield from _told_again(drafts, old, new)
        if earlier.stance.asked or earlier.stance.negation:
            continue
        if _NO.fullmatch(between):
            yield old, new, "“no” takes it back"
        elif _ACTUALLY.fullmatch(between) or (
            _I_SAID.search(_lead(earlier)) and _IS_MORE_LIKE.search(between)
        ):
            yield old, new, "put right in the next sentence"
        elif same_sentence(earlier, draft) and _OR_ACTUALLY.fullmatch(between):
            yield old, new, "put right in the same sentence"
        elif _EXPECTED.search(_from_start(earlier)[-LONGEST_PLAN:]) and _TURNED_OUT.search(between):
            yield old, new, "it turned out otherwise"
        elif draft.reading.kind in VIEWS and _is_said_anew(earlier, draft):
            yield old, new, "another answer follows"
        elif _is_remembered(earlier, draft):
            yield old, new, "remembered after a doubt"


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
    if third and near and _differ(earlier, draft) and not earlier.stance.asked:
        yield new - 1, new, "remembered otherwise by the other speaker"


def _same_measure(first: Draft, second: Draft) -> bool:
    a, b = first.reading, second.reading
    alike = a.kind == b.kind and unit_class(a.unit) == unit_class(b.unit)
    return alike and None not in (a.low, b.low) and not same_figure(first, second)


def _is_said_anew(earlier: Draft, draft: Draft) -> bool:
    """“I'd say forty percent. Thirty percent.”: a sentence of nothing but another figure."""
    first, second = earlier.statement, draft.statement
    if same_sentence(earlier, draft) or second.start - first.end > 3:
        return False
    ends = not words_after(earlier)[: first.end - earlier.end].strip(" .,!?…")
    added = draft.stance.hedge and not earlier.stance.hedge  # "Three percent. Maybe four."
    if added or _is_within(draft, earlier):
        return False
    return ends and is_all_that_is_said(second, draft.start, draft.end)


def _is_rejected(earlier: Draft, draft: Draft) -> bool:
    """“Forty percent. No, that's the coffee. Thirty percent.”"""
    if not (same_turn(earlier, draft) and _differ(earlier, draft)) or earlier.stance.negation:
        return False
    between = draft.statement.document.text[earlier.end : draft.statement.start]
    only = is_all_that_is_said(draft.statement, draft.start, draft.end)
    return only and bool(_REJECTS.search(between))


def _is_remembered(earlier: Draft, draft: Draft) -> bool:
    """“It was, what was it, forty runs. Fifty-two runs.”: first a doubt, then the figure."""
    if same_sentence(earlier, draft) or draft.reading.unit != earlier.reading.unit:
        return False
    doubted = _SELF_DOUBT.search(earlier.statement.text)
    return bool(doubted) and is_all_that_is_said(draft.statement, draft.start, draft.end)


def _is_within(draft: Draft, earlier: Draft) -> bool:
    """Whether a range only narrows the one before it: "the thirties; late thirties"."""
    a, b = draft.reading, earlier.reading
    if a.low is None or a.high is None or b.low is None or b.high is None:
        return True
    return b.low <= a.low <= a.high <= b.high


def _of_a_view(drafts: Sequence[Draft], new: int) -> Iterator[Revision]:
    """“Put me down for 2040”, and what somebody answers to "you told me 2028"."""
    draft = drafts[new]
    changes = _CHANGES.search(_lead(draft)) or (
        _CONCEDES.match(_from_start(draft))
        and len(draft.statement.text.split()) <= LONGEST_CONCESSION
    )
    now = changes or _states_now(draft)
    for old in range(new - 1, max(-1, new - VIEWS_BACK), -1):
        earlier = drafts[old]
        if not (_differ(earlier, draft) and _of_one_topic(earlier, draft)):
            continue
        if earlier.stance.condition:
            continue
        if earlier.stance.negation and earlier.reading.kind != "timeline":
            continue  # "I don't see it before 2050" is a view, "not fifty percent" is none
        if changes and draft.holder.name is None and _is_near_enough(draft, earlier):
            words = changes.group().strip() if isinstance(changes, re.Match) else ""
            yield old, new, f"a view that is changed: “{words}”"
            yield from _told_again(drafts, old, new)
            return
        if _was_and_is(earlier, draft):
            yield old, new, "a view of the past, and one of now"
            return
        if _answers(draft, earlier, states_now=bool(now)):
            yield old, new, "answers with another view"
            yield from _told_again(drafts, old, new)
            return


def _is_near_enough(draft: Draft, earlier: Draft) -> bool:
    """Whether a view of nobody knows what is only changed soon after it."""
    return bool(draft.statement.topic) or draft.start - earlier.end <= VIEW_REACH


def _told_again(drafts: Sequence[Draft], old: int, new: int) -> Iterator[Revision]:
    """The same view told before, by whomever, is given up, too."""
    view = drafts[old]
    for again in range(max(0, old - VIEWS_BACK), old):
        other = drafts[again]
        same = other.believer == view.believer and same_figure(other, view)
        if same and other.reading.kind == view.reading.kind and _of_one_topic(other, drafts[new]):
            yield again, new, "the same view told before"


def _was_and_is(earlier: Draft, draft: Draft) -> bool:
    """“Ada was at 2045 before she left, and she's at 2030 today.”"""
    if not same_turn(earlier, draft) or draft.start - earlier.end > VIEW_REACH // 3:
        return False
    if same_sentence(earlier, draft) and _IT_WAS.search(_from_start(earlier)):
        return bool(_IT_IS.search(_between(earlier, draft)))
    past = _PAST.search(_from_start(earlier)[-LONGEST_LEAD:])
    lead = _lead(draft) if not same_sentence(earlier, draft) else _between(earlier, draft)
    if not past or not _PRESENT.search(lead) or _PAST.search(lead):
        return False
    if not same_thing(draft, earlier):
        return False
    between = draft.statement.document.text[earlier.end : draft.start]
    now = _states_now(draft) or _WAS_WRONG.search(between)
    return bool(now or _ONCE.search(earlier.statement.text))


def _between(earlier: Draft, draft: Draft) -> str:
    return draft.statement.document.text[earlier.end : draft.start][-LONGEST_LEAD:]


def _from_start(draft: Draft) -> str:
    """The words of the sentence up to the figure."""
    return draft.statement.text[: draft.start - draft.statement.start]


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
    return bool(before and _HOLDS.search(_lead(draft)))


def _states_now(draft: Draft) -> bool:
    text = draft.statement.text
    at = draft.end - draft.statement.start
    return bool(_NOW.search(text, 0, at) or _NOW.match(text[at : at + 14].lstrip(" ,")))


def _lead(draft: Draft) -> str:
    """The words of the sentence just before the figure."""
    text = draft.statement.text[: draft.start - draft.statement.start]
    return text[-LONGEST_LEAD:]


def _differ(first: Draft, second: Draft) -> bool:
    """Whether both are figures of one person that can be compared, and are not the same."""
    a, b = first.reading, second.reading
    if first.believer is None or first.believer != second.believer or a.kind != b.kind:
        return False
    if None in (a.low, b.low) or same_figure(first, second):
        return False
    if a.kind == "timeline":
        return a.unit == b.unit
    horizons = {a.event_year, b.event_year} - {None}
    return unit_class(a.unit) == unit_class(b.unit) and len(horizons) <= 1


def _of_one_topic(first: Draft, second: Draft) -> bool:
    topics = {first.statement.topic, second.statement.topic} - {None}
    return len(topics) <= 1
