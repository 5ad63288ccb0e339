"""Where speakers say in words that they changed their mind: "I used to think", "I no longer"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kb.answers.evidence import LONGEST_QUOTE, Evidence, asks, standing_alone
from kb.claims.topics import near_topics, topic_of
from kb.questions.answer_types import NUMBER_WORD
from kb.questions.people import Person
from kb.questions.query import Wanted
from kb.search.lexical import stem
from kb.storage.filters import passes
from kb.storage.store import Store
from kb.text.sentences import length_in_words, sentence_spans
from kb.types import Document, Filters, Turn

SAYS_LITTLE = 10  # words: "I changed my mind in the autumn."
LONGEST_READ = 2_000  # characters of a sentence in which a former view is looked for
AROUND = 2  # sentences on either side in which the matter of a change is named

_FIGURE = re.compile(r"\d{4}|%|per ?cent")
_TURNED = re.compile(
    r"\bI(?:[’']ve| have| had)? (?:\w+ )?(?:changed|updated|revised|shifted) (?:my|our)\b"
    r"|\b(?:changed|shifted) (?:my|our) (?:own )?(?:mind|views?|thinking|opinion|stance)\b"
    r"|\b(?:I|we)(?: \w+)? used to (?:think|say|believe|tell|give|assume|expect|hold)"
    r"|\bwhat (?:I|we) used to (?:think|say|believe|tell|give|put)\b"
    r"|\bI no longer (?:think|believe|say|hold|expect)\b"
    r"|\bI[’' ](?:ve|have) (?:\w+ )?come (?:to (?:think|believe|see)|(?:a)?round to)\b"
    r"|\bI don[’']t (?:think|believe|say) (?:\w+ ){1,6}any ?more\b"
    r"|\bI (?:was|got|had) (?:\w+ ){0,3}wrong (?:about|on|there)\b"
    r"|\b(?:I|we) (?:now|currently) (?:think|believe|place|put|expect|say|see)\b"
    r"|\b(?:I|we)(?: would|[’']d) have (?:said|told you|guessed)\b"
    r"|\b(?:my (?:\w+ ){0,3}|mine )(?:has|have) (?:\w+ )?(?:changed|moved|shifted|"
    r"come (?:in|down|up)|gone|dropped|fallen|risen)\b"
    r"|\bI(?:[’']ve| have)? (?:\w+ )?(?:gone|went|moved|come|came|dropped|shifted|switched) "
    r"(?:down |up |over )?from\b[^.?!]{0,80} to\b"
    r"|\bI(?:[’']ve| have) (?:\w+ )?stopped (?:thinking|believing|saying|expecting)\b"
    r"|\b(?:until|up to) [^,.;]{1,40} (?:I|we) (?:said|thought|believed|assumed|expected|was)\b"
    r"|\bchange (?:\w+[’']s|my) (?:thinking|mind|views?)\b[^.?!]{0,200}\?",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:I now|I[’']m now|now I(?:[’']m|[’']d)?|these days|nowadays|today I|I have come to)\b",
    re.IGNORECASE,
)
_VIEW_HELD = (
    r"(?:told|said|thought|gave|put|believed|expected|assumed|argued|claimed|wrote|"
    r"was (?:sure|convinced|certain|for|against|s[ck]eptical|optimistic|pessimistic|"
    rf"(?:at|around|near|closer to) (?:\w+ )?(?:\d|{NUMBER_WORD}\b)))"
)
_HELD_ONCE = re.compile(
    r"\b(?:last (?:year|month|spring|summer|autumn|fall|winter|time)|back then|at first|once|"
    rf"originally|previously|(?:an?|\d+|{NUMBER_WORD}) (?:years?|months?) ago|in (?:19|20)\d\d|"
    r"as a student|when (?:I|we|you) (?:\w+ )?(?:started|began|joined|spoke|talked|met))\b.{0,200}?"
    rf"\bI(?:[’']d| had)?(?: \w+)? {_VIEW_HELD}"
    rf"|\bI(?:[’']d| had)?(?: \w+)? {_VIEW_HELD}.{{0,200}}?\b(?:last year|back then|at first|"
    rf"(?:an?|\d+|{NUMBER_WORD}) years? ago|in (?:19|20)\d\d)\b",
    re.IGNORECASE | re.DOTALL,
)
_HELD_NOW = re.compile(
    r"\b(?:I|it|mine|my \w+)\b[^.?!]{0,60}\b(?:now|today|these days|nowadays)\b"
    r"|\b(?:now|today|these days|nowadays),? (?:I|it|mine|my \w+)\b",
    re.IGNORECASE,
)
_SAID = re.compile(r"\bI(?: \w+)? (?:told|said|thought|wrote|believed|predicted|argued|claimed)\b")
_WAS_WRONG = re.compile(
    r"\W*(?:(?:and|but|well),? )?(?:that|it|this) (?:was|turned out(?: to be)?) (?:\w+ )?"
    r"(?:wrong|mistaken|a mistake|an error|nonsense)\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:would|will|could|might|may|to|if|[’']d)(?: \w+){0,3} (?:change|changed) (?:my|our)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence in which a speaker says that their view is another now."""

    document: Document
    turn: Turn
    start: int
    end: int


def told_changes(
    person: Person, topic: str | None, matter: frozenset[str], filters: Filters, store: Store
) -> list[Evidence]:
    """Where a person says so, of a topic or of the terms of a matter; of anything without both.

    Turns of nobody known in their documents count: they are shown as nobody's.
    """
    found: list[Evidence] = []
    for document in store.documents_by_id(person.documents).values():
        for told in _sentences_of_change(document, person.names, topic, matter):
            evidence = _evidence(told, filters, store)
            if evidence and found and evidence.overlaps(found[-1]):
                found[-1] = _together(found[-1], evidence)
            elif evidence:
                found.append(evidence)
    return found


def _together(told: Evidence, next_: Evidence) -> Evidence:
    """Two quotes of one change that overlap as one, unless that is too long."""
    whole = replace(told, start=min(told.start, next_.start), end=max(told.end, next_.end))
    fits = length_in_words(whole.text) <= LONGEST_QUOTE and "\n\n" not in whole.text
    return whole if fits else told


def tells_of_change(sentence: str, before: str = "", after: str = "") -> bool:
    """Whether it says that the speaker holds another view than before.

    By itself, or with the sentence ``before`` or ``after`` it: "Last year I said ten. I'm at two
    now."
    """
    if _NOT_YET.search(sentence):
        return False
    if _TURNED.search(sentence) or (_WAS_WRONG.match(sentence) and _SAID.search(before)):
        return True
    once = _HELD_ONCE.search(sentence, 0, LONGEST_READ)
    return bool(once and _HELD_NOW.search(f"{sentence[once.end() :]} {after}"))


def _sentences_of_change(
    document: Document, names: Sequence[str], topic: str | None, matter: frozenset[str]
) -> Iterator[_Told]:
    text = document.text
    for turn in document.turns:
        theirs = turn.speaker is None or turn.speaker in names
        if not theirs:
            continue
        spans = sentence_spans(text, turn.char_start, turn.char_end)
        for place, (start, end) in enumerate(spans):
            before = text[slice(*spans[place - 1])] if place else ""
            after = text[slice(*spans[place + 1])] if place + 1 < len(spans) else ""
            if not tells_of_change(text[start:end], before, after):
                continue
            first, last = max(0, place - AROUND), min(len(spans) - 1, place + AROUND)
            around = text[spans[first][0] : spans[last][1]]
            whole = _whole(text, spans, place)
            if topic and not _is_of_topic(topic, around, text[slice(*whole)]):
                continue
            if matter and matter.isdisjoint(stem(around)):
                continue
            yield _Told(document, turn, *whole)


def _is_of_topic(topic: str, around: str, told: str) -> bool:
    """Whether words are about a topic, or name none where a year or a share of hundred is told."""
    named = topic_of(around)
    if named is None:
        return bool(_FIGURE.search(told))
    return named in near_topics(topic)


def _whole(text: str, spans: Sequence[tuple[int, int]], place: int) -> tuple[int, int]:
    """The quote of a change: with the sentence after it, and before it where it says little."""
    short = len(text[slice(*spans[place])].split()) <= SAYS_LITTLE
    first = max(0, place - 1) if short else place
    for begin, last in ((first, place + 1), (place, place + 1), (place, place)):
        start, end = spans[begin][0], spans[min(last, len(spans) - 1)][1]
        if _can_be_quoted(text[start:end]):
            return _with_new_view(text, spans, (start, end))
    return spans[place]


def _with_new_view(
    text: str, spans: Sequence[tuple[int, int]], quote: tuple[int, int]
) -> tuple[int, int]:
    """The quote with the sentence right after it that tells what the speaker thinks now."""
    start, end = quote
    following = next((span for span in spans if span[0] >= end), None)
    if following and _NOW.search(text, *following) and _can_be_quoted(text[start : following[1]]):
        return start, following[1]
    return quote


def _can_be_quoted(words: str) -> bool:
    return length_in_words(words) <= LONGEST_QUOTE and "\n\n" not in words


def _evidence(told: _Told, filters: Filters, store: Store) -> Evidence | None:
    for passage in store.passages_of(told.document.id):
        if passage.char_start <= told.start < passage.char_end:
            if not passes(filters, passage, told.document.date):
                return None
            whole = Evidence(
                told.document, passage, told.start, told.end, 1.0, 1.0, True, claimed=True
            )
            return None if asks(whole.text) else standing_alone(whole, Wanted.ANYTHING)
    return None
