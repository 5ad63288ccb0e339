"""Points that somebody counts: "there are three reasons. One is … The second is … And the third …".

Whoever asks for a list wants all of them, and most share no word with the question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.text.sentences import Span, sentence_spans
from kb.types import Document

REACH = 14  # sentences of the same speaker on either side of one that counts
SOON = 4  # sentences after one that leads up to "First, …" without a number of points
LONGEST_INTERRUPTION = 12  # words of somebody else after which a speaker still goes on counting
MOST_POINTS = 8
MOST_APART = 2  # sentences between two points that begin alike
FEWEST_ALIKE = 3  # sentences that must begin alike to be points of nobody knows how many

_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_POINTS = (
    r"(?:things|reasons|ways|parts|points|problems|kinds|types|sorts|steps|options|pieces|aspects|"
    r"factors|questions|arguments|examples|cases|issues|components|conditions|worries|"
    r"ideas|rules|signs|ingredients|sources|measures|changes|lessons|categories|constraints|"
    r"moments|stages|phases|levels|dynamics|forms|groups|approaches|paths|routes|choices|camps|"
    r"theories|claims|concerns|risks|goals|uses|benefits|advantages|differences|directions|areas|"
    r"mistakes|obstacles|barriers|hurdles|mechanisms|explanations|answers|possibilities|"
    r"scenarios|outcomes|assumptions|observations|principles|functions|tasks|projects|"
    r"program(?:me)?s|experiments|criteria|clues|objections|caveats|drawbacks|strategies|effects)"
)
_ANNOUNCEMENT = re.compile(
    rf"\b(?:(?P<count>{'|'.join(_COUNTS)}|[2-7])|several|a few|a couple(?: of)?|some(?= examples)) "
    rf"(?:\w+ ){{0,2}}?{_POINTS}\b(?! ago| (?:later|more)\b)",
    re.IGNORECASE,
)
_ORDINALS = {
    1: r"first(?:ly)?|number one|one(?=[,:])",
    2: r"second(?:ly)?|number two|two(?=[,:])",
    3: r"third(?:ly)?|number three|three(?=[,:])",
    4: r"fourth(?:ly)?|number four|four(?=[,:])",
    5: r"fifth(?:ly)?|number five|five(?=[,:])",
    6: r"sixth|number six|six(?=[,:])",
}
_LEADING = (
    r"^\W*(?:(?:and|so|then|but|okay|well|now|also|or|um|uh|you know|my|our|for|in|it[’']s|"
    r"that[’']s|there[’']s|what else),?\s+){0,6}"
)
_HEAD = (
    r"(?:[,:]| (?:is|was|thing|one|reason|part|point|problem|way|kind|step|option|piece)\b)"
    r"|[.!?]?$"
)
_ORDINAL = {
    place: re.compile(rf"{_LEADING}(?:the )?\b(?:{words})(?={_HEAD})", re.IGNORECASE)
    for place, words in _ORDINALS.items()
}
_ONE_IS = re.compile(
    r"^\W*(?:(?:and|so|well|okay|um|uh|like),?\s+)*"
    r"one (?:is|was|would be|reason|of them|thing|way)\b",
    re.IGNORECASE,
)
_SUMS_UP = re.compile(r"^\W*(?:(?:so|and),?\s+)*(?:that|this)(?:[’']s| is| was)\b", re.IGNORECASE)
_LISTED = re.compile(
    r"(?<!\w)\(?(?:a\) [^()]{3,400}\(?b|1\) [^()]{3,400}\(?2|i\) [^()]{3,400}\(?ii)\) ",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^\W*(?:(?:and|so|but|then),?\s+)*(?:finally|lastly|then there(?:[’']s| is| are)|"
    r"the (?:last|final) (?!(?:few|couple|time|week|month|year|decade|two|three)s?\b)\w+|"
    r"(?:another|the other) (?!way (?:to|of) |words?\b|day\b)\w+)\b",
    re.IGNORECASE,
)
_FIRST_WITHIN = re.compile(
    r"(?:[,:;]|\s[-–—]+|—)\s*(?:and )?(?:the )?(?:one|first)\b"
    r"(?: (?:is|was|being|thing)\b|,|:| \()",
    re.IGNORECASE,
)  # of the sentence that announces: "for two reasons, one is the noise"
_OPENING_WORDS = re.compile(
    r"^\W*(?:(?:and|or|then|so|but|um|uh),?\s+)*([\w’']+\s+[\w’']+)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence at ``start:end`` of a document, in the turn of that index."""

    turn: int
    start: int
    end: int
    text: str


def announced(text: str) -> int | None:
    """How many points a sentence says will follow; 0 for "a few", None when it announces none."""
    match = _ANNOUNCEMENT.search(text)
    if not match:
        return None
    count = (match["count"] or "0").lower()
    return _COUNTS.get(count) or int(count)


def lists_within(text: str) -> bool:
    """Whether a text holds a whole list: "a) the fee; b) the queue; and c) the noise"."""
    return bool(_LISTED.search(text))


def points_around(document: Document, turn: int, span: Span) -> list[Sentence]:
    """The points of the enumeration that a sentence of a span announces or is one of, in order.

    Empty when there is none, or only one point can be told from the rest.
    """
    sentences = list(_in_one_mouth(document, turn))
    within = [i for i, s in enumerate(sentences) if s.start < span[1] and span[0] < s.end]
    found = (_counted_from(sentences, at) for at in within)
    return next((points for points in found if len(points) > 1), [])


def _counted_from(sentences: Sequence[Sentence], at: int) -> list[Sentence]:
    count = announced(sentences[at].text)
    if count is not None:
        return _after_announcement(sentences, at, count)
    own = _place(sentences[at].text)
    if own is None:
        soon = range(at + 1, min(at + 1 + SOON, len(sentences)))
        first = next((i for i in soon if _place(sentences[i].text) == 1), None)
        return [] if first is None else _ordered(sentences, first, 0)
    before = sentences[max(0, at - REACH) : at]
    for back, sentence in enumerate(reversed(before), start=1):
        if (count := announced(sentence.text)) is not None:
            points = _after_announcement(sentences, at - back, count)
            return points if sentences[at] in points else []
        if own > 1 and _place(sentence.text) == 1:
            return _ordered(sentences, at - back, 0)
    return _ordered(sentences, at, 0) if own == 1 else []


def _after_announcement(sentences: Sequence[Sentence], at: int, count: int) -> list[Sentence]:
    """Points by their ordinals, else by beginning alike; the first often bears no ordinal.

    It may stand in the sentence that announces them.
    """
    following = sentences[at + 1 : at + 1 + REACH]
    if not following:
        return []
    first = [sentences[at]] if _FIRST_WITHIN.search(sentences[at].text) else []
    ordered = _ordered(sentences, at + 1, count, first)
    if len(ordered) > 1:
        return ordered
    alike = list(_alike(following))
    return alike[: count or MOST_POINTS] if len(alike) >= (count or FEWEST_ALIKE) else []


def _alike(sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """The first sentence and those that open with its words, with few others between them."""
    opening = _opening(sentences[0].text)
    apart = 0
    for sentence in sentences:
        apart = 0 if _opening(sentence.text) == opening else apart + 1
        if apart > MOST_APART or not opening:
            return
        if not apart:
            yield sentence


def _ordered(
    sentences: Sequence[Sentence], begin: int, count: int, first: Sequence[Sentence] = ()
) -> list[Sentence]:
    """Sentences from ``begin`` on with rising ordinals; one before "the second" is the first."""
    points = list(first)
    last = len(points)
    for sentence in sentences[begin : begin + REACH]:
        place = _place(sentence.text)
        closes = bool(points) and bool(_CLOSING.match(sentence.text))
        if place == last + 1 or (place == last + 2 and not points):
            if place == 2 and not points and sentence is not sentences[begin]:
                points.append(sentences[begin])
            points.append(sentence)
            last = place
        elif closes and last:
            points.append(sentence)
            last += 1
        if len(points) == (count or MOST_POINTS):
            break
    return points


def _place(text: str) -> int | None:
    """The place in an enumeration that a sentence says it has."""
    if _SUMS_UP.match(text):
        return None
    if _ONE_IS.match(text):
        return 1
    return next((place for place, pattern in _ORDINAL.items() if pattern.match(text)), None)


def _opening(text: str) -> str:
    match = _OPENING_WORDS.match(text)
    return match[1].lower() if match else ""


def _in_one_mouth(document: Document, index: int) -> Iterator[Sentence]:
    """The sentences of a turn, and of those around it that a short remark only interrupts."""
    turns = document.turns
    speaker = turns[index].speaker
    first = last = index
    while speaker and first >= 2 and _goes_on(document, first - 2, speaker):
        first -= 2
    while speaker and last + 2 < len(turns) and _goes_on(document, last, speaker):
        last += 2
    for turn in turns[first : last + 1]:
        if turn.index == index or turn.speaker == speaker:
            for start, end in sentence_spans(document.text, turn.char_start, turn.char_end):
                yield Sentence(turn.index, start, end, document.text[start:end])


def _goes_on(document: Document, index: int, speaker: str) -> bool:
    """Whether the turn after next is the same speaker's, and the one between a mere remark."""
    here, between, after = document.turns[index : index + 3]
    remark = document.text[between.char_start : between.char_end]
    short = len(remark.split()) <= LONGEST_INTERRUPTION
    return short and here.speaker == speaker == after.speaker
