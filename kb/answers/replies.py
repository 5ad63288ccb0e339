"""Replies: words that answer a question of the talk, and hold little of it themselves.

"Would you back a halt?" "I'd support it, actually." answers whether somebody is for a pause; so
does what follows "Why?" whoever asks for the reasons of what was said before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.answers.evidence import asks
from kb.questions.asked_people import AUXILIARY
from kb.questions.query import Kind, Query, Wanted
from kb.questions.sides import side_asked
from kb.types import Document, Turn

REPLY_SHARE = 0.9  # of how much the question in the talk resembles the one that is asked
LONGEST_WHY = 8  # words of a turn that asks for the reasons of what was said before it
FARTHEST_BACK = 3  # turns before a reply in which what it replies to may be asked
LONGEST_REMARK = 10  # words
FARTHEST = 250  # characters from the beginning of a turn

_YES_OR_NO = re.compile(
    rf"^\W*(?:(?:so|and|but|then|okay|well)\W+)?{AUXILIARY}\b"
    r"|\b(?:for or against|in favou?r of or|pro or (?:contra|anti)|supports? or oppos\w+)\b",
    re.IGNORECASE,
)
_ASKS_FOR_VIEW = re.compile(
    r"\b(?:stance|position on|(?:feel|think) about|attitude)\b"
    r"|^\W*(?:what|where|how) (?:do|does|did|is|are) .{2,60}\b(?:(?:dis)?agree|differ|stand|"
    r"make of)\b",
    re.IGNORECASE,
)
_STAND = re.compile(
    r"^\W*(?:(?:oh|well|um|uh|er|so|and|but|look|honestly|frankly|actually|in this|there|"
    r"here),?\s+)*"
    r"(?:yes|yeah|yep|no|nope|not|nah|never|absolutely|definitely|certainly|of course|sure|"
    r"perhaps|maybe|probably|possibly|exactly|only (?:if|when|with|after)|"
    r"neither|both|conditional(?:ly)?|"
    r"(?:that|it|this)(?:[’']s| is| isn[’']t| would| could)|"
    r"(?:I|we)(?:[’'](?:d|m|ve|ll))?\b(?: \w+[’']?\w*){0,3}? ?"
    r"(?:do|don[’']t|did|didn[’']t|would|wouldn[’']t|could|couldn[’']t|am|can[’']t|support|oppose|"
    r"sign|back|favou?r|against|agnostic|optimistic|pessimistic|sceptical|skeptical|agree|disagree|"
    r"accept|reject|doubt|hope|think|believe|want|like|said|know|for it|with (?:him|her|them|you)|"
    r"same|surprised|worried|think so)\b)",
    re.IGNORECASE,
)
_WHAT_MADE = r"what (?:made|changed|convinced|moved|persuaded|led)\b"
_WHY = re.compile(rf"\b(?:why|how come|how so|because|what for)\b|\b{_WHAT_MADE}", re.IGNORECASE)
_ASKS_WHY = re.compile(rf"\b(?:why|how come|reasons?)\b|\b{_WHAT_MADE}", re.IGNORECASE)
_INDIRECT = re.compile(
    r"\b(?:asks?|asked|asking|wonders?|wondering|wants? to know|question is)(?: \w+)? "
    r"(?:if|whether|why|what|how|when|who)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heard:
    """How much the best sentence of each turn, and the best question in it, resemble a question."""

    sentences: Mapping[tuple[str, int], float]
    questions: Mapping[tuple[str, int], float]


def hear(read: Iterable[tuple[str, int, str, float]]) -> Heard:
    """From the sentences that were read: document, turn, text and likeness."""
    sentences: dict[tuple[str, int], float] = {}
    questions: dict[tuple[str, int], float] = {}
    for document_id, turn, text, likeness in read:
        place = (document_id, turn)
        sentences[place] = max(likeness, sentences.get(place, -1.0))
        if asks(text) or _INDIRECT.search(text):
            questions[place] = max(likeness, questions.get(place, -1.0))
    return Heard(sentences, questions)


def asks_yes_or_no(query: Query) -> bool:
    """Whether it is asked of somebody if they are for something, or think that it is so."""
    asked = query.people and query.wanted is Wanted.ANYTHING
    return bool(asked and _YES_OR_NO.search(query.question))


def asks_for_a_stand(query: Query) -> bool:
    """Whether "I would" and "No, I don't" may be the answer."""
    asked = query.people and query.wanted is Wanted.ANYTHING
    if asks_yes_or_no(query) or side_asked(query.question):
        return True
    return bool(asked and _ASKS_FOR_VIEW.search(query.question))


def reply(
    query: Query, document: Document, turn: Turn, start: int, text: str, heard: Heard
) -> float:
    """How much what a sentence replies to resembles the question; 0 where it is no such reply."""
    if query.asking or not turn.index or start - turn.char_start > FARTHEST:
        return 0.0
    before = document.turns[turn.index - 1]
    if before.speaker == turn.speaker:
        return 0.0
    likeness = 0.0
    if asks_for_a_stand(query) and _STAND.match(text):
        likeness = _asked_before(query, document, turn, heard)
    if _ASKS_WHY.search(query.question) and before.index:
        asked = document.text[before.char_start : before.char_end]
        if len(asked.split()) <= LONGEST_WHY and _WHY.search(asked):
            said = heard.sentences.get((document.id, before.index - 1), 0.0)
            likeness = max(likeness, REPLY_SHARE * said)
    return likeness


def _asked_before(query: Query, document: Document, turn: Turn, heard: Heard) -> float:
    """Likeness of the question that a turn replies to; others may have replied between them.

    A short remark of somebody else asks, too ("So a short one, yes."), and so does any word of the
    other, where it is asked whether two agree.
    """
    best = 0.0
    for back in range(1, min(FARTHEST_BACK, turn.index) + 1):
        before = document.turns[turn.index - back]
        if before.speaker == turn.speaker:
            continue
        place = (document.id, before.index)
        short = len(document.text[before.char_start : before.char_end].split()) <= LONGEST_REMARK
        opposed = query.kind is Kind.COMPARISON and any(
            before.speaker in person.names for person in query.people
        )
        near = back == 1 and (short or opposed)
        said = heard.sentences if near else heard.questions
        best = max(best, REPLY_SHARE**back * said.get(place, 0.0))
    return best
