"""Figures that somebody puts right in the same breath.

“Forty people. No, forty-five.”; "forty, or actually fifty"; "we planned for three months, and it
took nine".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.claims.extraction.chance_talk import is_all_that_is_said
from kb.claims.extraction.drafts import Draft
from kb.claims.extraction.former import VIEWS, words_after
from kb.claims.extraction.likeness import same_figure, same_sentence, same_turn, unit_class

Revision = tuple[int, int, str]
"""The position of a figure, of the one that takes its place, and the rule."""

VIEWS_BACK = 60
"""Claims before one that changes a view, among which that view was told."""
FAR_SENTENCE = 180  # characters between a figure and one that is said after the first was rejected
NEXT_SENTENCE = 90  # characters between a figure and the one said instead
LONGEST_PLAN = 112  # the same, of what was expected
LONGEST_LEAD = 64  # characters before a figure that tell of a change

FILLERS = r"(?:(?:about|around|like|maybe|probably|something|more like|perhaps|say|at)\W+)*"
_NO = re.compile(
    r"(?:[^.?!…—,]{0,24})(?:[.?!…—]+\s+|,\s+)"
    r"(?:(?:(?:wait|hang on|hold on|hmm+),? )?(?:(?:was|is) it|did I say) [^.?!]{1,24}\?\s+)?"
    r"(?:(?:hmm+|um|uh|wait|oh|well),? )*no,\s+"
    r"(?:(?!not\b|n[’']t\b|no\b|if\b)[\w’'-]+,?\s+){0,9}$",
    re.IGNORECASE,
)
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
    rf")?{FILLERS}",
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
_SAID_IT_WAS = re.compile(
    r"\bI (?:said|told \w+|wrote|claimed|called it)\b(?! it would\b)[^.?!;]{3,90}$", re.IGNORECASE
)
_IT_IS = re.compile(
    r"[^.?!;]{0,40}[.?!] (?:(?:That|This)(?:[’']s| is| was) [^.?!]{2,40}[.?!] )?"
    r"(?:(?:Well|No|Actually|In fact|Really),? )?(?:It|They|There|He|She|That)(?:[’'](?:s|re)|"
    r" (?:is|are|has|have|was|were|takes?|costs?|opens?|needs?|uses?|should be|should have been))"
    rf"(?: (?:actually|really|in fact|in))?\W+{FILLERS}",
    re.IGNORECASE,
)
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


def slips(drafts: Sequence[Draft], new: int) -> Iterator[Revision]:
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
            or not (same_turn(earlier, draft) and differ(earlier, draft))
        ):
            continue
        between = draft.statement.document.text[earlier.end : draft.start]
        if earlier.stance.negation and _DENIED.search(lead(earlier)) and _I_SAID.search(between):
            yield old, new, "denied, and said otherwise"
            yield from told_again(drafts, old, new)
        if earlier.stance.asked or earlier.stance.negation:
            continue
        if _NO.fullmatch(between):
            yield old, new, "“no” takes it back"
        elif _ACTUALLY.fullmatch(between) or (
            _I_SAID.search(lead(earlier)) and _IS_MORE_LIKE.search(between)
        ):
            yield old, new, "put right in the next sentence"
        elif rule := _put_right_as(earlier, draft, between):
            yield old, new, rule
            yield from told_again(drafts, old, new)
        elif _EXPECTED.search(from_start(earlier)[-LONGEST_PLAN:]) and _TURNED_OUT.search(between):
            yield old, new, "it turned out otherwise"
        elif draft.reading.kind in VIEWS and _is_said_anew(earlier, draft):
            yield old, new, "another answer follows"
        elif _is_remembered(earlier, draft):
            yield old, new, "remembered after a doubt"


def _put_right_as(earlier: Draft, draft: Draft, between: str) -> str | None:
    """The rule by which the words between two figures put the first one right."""
    if _SAID_IT_WAS.search(from_start(earlier)) and _IT_IS.fullmatch(between):
        return "it was said, and is otherwise"
    if same_sentence(earlier, draft) and _OR_ACTUALLY.fullmatch(between):
        return "put right in the same sentence"
    return None


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
    if not (same_turn(earlier, draft) and differ(earlier, draft)) or earlier.stance.negation:
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


def told_again(drafts: Sequence[Draft], old: int, new: int) -> Iterator[Revision]:
    """The same view told before, by whomever, is given up, too."""
    view = drafts[old]
    for again in range(max(0, old - VIEWS_BACK), old):
        other = drafts[again]
        same = other.believer == view.believer and same_figure(other, view)
        if same and other.reading.kind == view.reading.kind and of_one_topic(other, drafts[new]):
            yield again, new, "the same view told before"


def from_start(draft: Draft) -> str:
    """The words of the sentence up to the figure."""
    return draft.statement.text[: draft.start - draft.statement.start]


def lead(draft: Draft) -> str:
    """The words of the sentence just before the figure."""
    text = draft.statement.text[: draft.start - draft.statement.start]
    return text[-LONGEST_LEAD:]


def differ(first: Draft, second: Draft) -> bool:
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


def of_one_topic(first: Draft, second: Draft) -> bool:
    topics = {first.statement.topic, second.statement.topic} - {None}
    return len(topics) <= 1
