"""Replies: words that answer a question of the talk, and hold little of it themselves.

"Would you back a halt?" "I'd support it, actually." answers whether somebody is for a pause; so
does what follows "Why?" whoever asks for the reasons of what was said before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kb.answers.evidence import Evidence, asks
from kb.questions.asked_people import AUXILIARY
from kb.questions.query import Kind, Query, Wanted
from kb.questions.sides import side_asked
from kb.text.sentences import length_in_words, sentence_spans
from kb.types import Document, Turn

REPLY_SHARE = 0.9  # of how much the question in the talk resembles the one that is asked
LONGEST_WHY = 8  # words of a turn that asks for the reasons of what was said before it
FARTHEST_BACK = 3  # turns before a reply in which what it replies to may be asked
LONGEST_REMARK = 10  # words
LONGEST_BARE = 8  # words of a mere "no, never there"
LEAST_SHARED = 0.65  # of the weight of a question's words, in a question of the talk about a deed
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
_OF_A_STAND = re.compile(
    r"\b(?:support|oppos|back|favou?r|endors|approv|reject|accept|welcom|dislik|lik|want|sign|agree|"
    r"disagree|think|believ|feel|hold|trust|prefer|vot|stand|view|stance|posit)\w*\b|"
    r"\b(?:should|must|ought|against|good idea|bad idea|worth)\b|"
    r"\b(?:you|he|she|they|is|are|be)(?: \w+)? for\b",
    re.IGNORECASE,
)
_OF_A_DEED = re.compile(
    r"\b(?:(?i:did|have|has|had|was|were) (?:you|he|she|they|it|your|the|[A-Z]\w+)|"
    r"(?i:you) (?:were|had|\w+ed))\b",
)
_STAND = re.compile(
    r"^\W*(?:(?:oh|well|um|uh|er|so|and|but|look|honestly|frankly|actually|in this|there|"
    r"here|god|gosh),?\s+)*"
    r"(?:only (?:if|when|once|with|after)\b|yes|yeah|yep|no|nope|not|nah|never|absolutely|"
    r"definitely|certainly|of course|sure|perhaps|maybe|probably|possibly|exactly|neither|both|"
    r"conditional(?:ly)?|(?:that|it|this)(?:[’']s| is| isn[’']t| would| could)|"
    r"(?:I|we)(?:[’'](?:d|m|ve|ll))?\b(?: \w+[’']?\w*){0,3}? ?"
    r"(?:do|don[’']t|did|didn[’']t|would|wouldn[’']t|could|couldn[’']t|am|can[’']t|have|haven[’']t|"
    r"support|oppose|sign|back|favou?r|against|agnostic|optimistic|pessimistic|sceptical|"
    r"skeptical|agree|disagree|accept|reject|doubt|hope|think|believe|want|like|said|know|for it|"
    r"with (?:him|her|them|you)|same|surprised|worried|think so)\b)",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^\W*(?:(?:oh|well|god|so|and|but),?\s+)*(?:yes|yeah|yep|no|nope|nah|never|only (?:if|when)|"
    r"I never said (?:that|so|it)|(?:I|we) (?:have|haven[’']t|did|didn[’']t|do|don[’']t)\s?[.!])"
    r"(?!\w)",
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
    """How much the best sentence of each turn, and the best question in it, resemble a question.

    ``remarks`` and ``questions`` are those to which "no" says no to the question, too.
    """

    sentences: Mapping[tuple[str, int], float]
    remarks: Mapping[tuple[str, int], float]
    questions: Mapping[tuple[str, int], float]


def hear(
    query: Query, read: Iterable[tuple[str, int, str, float]], shared: Callable[[str], float]
) -> Heard:
    """From the sentences that were read: document, turn, text and likeness.

    ``shared`` tells what share of the words of the question a text has.
    """
    sentences: dict[tuple[str, int], float] = {}
    remarks: dict[tuple[str, int], float] = {}
    questions: dict[tuple[str, int], float] = {}
    for document_id, turn, text, likeness in read:
        place = (document_id, turn)
        sentences[place] = max(likeness, sentences.get(place, -1.0))
        if _asks_something_else(query, text) and shared(text) < LEAST_SHARED:
            continue
        remarks[place] = max(likeness, remarks.get(place, -1.0))
        if asks(text) or _INDIRECT.search(text):
            questions[place] = max(likeness, questions.get(place, -1.0))
    return Heard(sentences, remarks, questions)


def _asks_something_else(query: Query, text: str) -> bool:
    """Whether a deed is asked for where the talk asks for a stand, or for another deed.

    "Did you leave over the halt?" "No." says nothing of whether somebody is for the halt.
    """
    if _OF_A_STAND.search(query.question):
        return bool(_OF_A_DEED.search(text)) and not _OF_A_STAND.search(text)
    return asks_yes_or_no(query)


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


def is_to_another(query: Query, quote: Evidence) -> bool:
    """Whether a quote is a mere yes or no to what is not asked here, and holds none of it.

    It was found for what stands around it, and would be read as an answer.
    """
    if quote.replies or quote.overlap or not asks_for_a_stand(query):
        return False
    first = sentence_spans(quote.text)[:1]
    return bool(_BARE.match(quote.text)) and all(
        length_in_words(quote.text[start:end]) <= LONGEST_BARE for start, end in first
    )


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
        said = heard.remarks if near else heard.questions
        best = max(best, REPLY_SHARE**back * said.get(place, 0.0))
        if "?" in document.text[before.char_start : before.char_end]:
            break  # what was asked before that has been answered
    return best
