"""Where speakers say in words that they changed their mind: "I used to think", "I no longer"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.answers.evidence import LONGEST_QUOTE, Evidence, asks, standing_alone
from kb.claims.topics import near_topics, topic_of
from kb.questions.people import Person
from kb.questions.query import Wanted
from kb.search.lexical import stem
from kb.storage.filters import passes
from kb.storage.store import Store
from kb.text.sentences import length_in_words, sentence_spans
from kb.types import Document, Filters, Turn

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
    r"|\b(?:I|we)(?: would|[’']d) have (?:said|told you|put it|guessed)\b"
    r"|\bmy (?:\w+ ){0,3}(?:has|have) (?:changed|moved|shifted|come (?:in|down|up)|gone)\b"
    r"|\b(?:until|up to) [^,.;]{1,40} (?:I|we) (?:said|thought|believed|assumed|expected|was)\b"
    r"|\bchange (?:\w+[’']s|my) (?:thinking|mind|views?)\b.*\?",
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
            if evidence and not any(evidence.overlaps(other) for other in found):
                found.append(evidence)
    return found


def tells_of_change(sentence: str) -> bool:
    """Whether it says that the speaker holds another view than before."""
    return bool(_TURNED.search(sentence)) and not _NOT_YET.search(sentence)


def _sentences_of_change(
    document: Document, names: Sequence[str], topic: str | None, matter: frozenset[str]
) -> Iterator[_Told]:
    text = document.text
    for turn in document.turns:
        theirs = turn.speaker is None or turn.speaker in names
        if not theirs or not _TURNED.search(text, turn.char_start, turn.char_end):
            continue
        spans = sentence_spans(text, turn.char_start, turn.char_end)
        for place, (start, end) in enumerate(spans):
            if not tells_of_change(text[start:end]):
                continue
            first, last = max(0, place - AROUND), min(len(spans) - 1, place + AROUND)
            around = text[spans[first][0] : spans[last][1]]
            if topic and not _is_of_topic(topic, around):
                continue
            if matter and matter.isdisjoint(stem(around)):
                continue
            yield _Told(document, turn, start, _followed(text, spans[place:], start))


def _is_of_topic(topic: str, around: str) -> bool:
    """Whether words are about a topic, or name no topic but a year or a share of hundred."""
    named = topic_of(around)
    if named is None:
        return bool(_FIGURE.search(around))
    return named in near_topics(topic)


def _followed(text: str, spans: Sequence[tuple[int, int]], start: int) -> int:
    """Where the quote of a change ends: with the sentence after it, if that is not too long."""
    for _, end in reversed(spans[:2]):
        candidate = text[start:end]
        if length_in_words(candidate) <= LONGEST_QUOTE and "\n\n" not in candidate:
            return end
    return spans[0][1]


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
