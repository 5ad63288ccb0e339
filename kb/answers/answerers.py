"""Whose words may answer for whom a question asks: words of others must not pass for theirs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kb.questions.people import Person
from kb.questions.query import Query
from kb.questions.roles import introduces_self
from kb.text.generic_labels import is_generic

if TYPE_CHECKING:
    from kb.answers.evidence import Evidence

_TELLS_THE_LISTENER = re.compile(
    r"^\W*(?:(?:and|but|so|well|okay|now)\W+)?you(?:[’']ve)?(?: \w+ly| once| just| also)? "
    r"(?:told|said|wrote|thought|believed|claimed|argued|used to|predicted|mentioned|called)\b",
    re.IGNORECASE,
)
_YOU = re.compile(r"\byou(?:r|rs|[’'](?:re|ve|ll|d))?\b", re.IGNORECASE)
NAMED_BEFORE = 200  # characters before a quote in which it may be said whom it tells of


def is_answer_of(query: Query, evidence: Evidence) -> bool:
    """Whether somebody who is asked about says it, or it stands in their text or names them.

    Words of somebody else must not pass as the answer of the person asked about.
    """
    if query.introduced:
        themselves = evidence.passage.speaker in query.introduced.names
        own = themselves and introduces_self(evidence.text)
        return own or _names(evidence.text, query.introduced)
    passage = evidence.passage
    if query.told_of and not query.people:
        return tells_of(query.told_of, evidence)
    if query.relative and not _is_told_near(_any_of(query.relative), evidence):
        return False
    if not query.people or query.inherited:
        return True
    for person in query.people:
        theirs = evidence.document.id in person.documents
        if passage.kind == "comment" and query.genre != "comment":
            continue  # whoever wrote it, and whatever name stands in it
        if passage.speaker in person.names:
            return not _TELLS_THE_LISTENER.match(evidence.text)
        if query.asking:
            continue  # whoever names them does not ask for them
        if _names(evidence.text, person):
            return not _addresses(evidence.text, person)
        if theirs and (passage.speaker is None or passage.kind == "editorial"):
            return True
    return False


def _names(text: str, person: Person) -> bool:
    """Whether a first or the last name of a person stands in a text."""
    parts = {part for name in person.names for part in (name.split()[0], name.split()[-1])}
    return any(re.search(rf"\b{re.escape(part)}\b", text) for part in parts)


def _addresses(text: str, person: Person) -> bool:
    """Whether somebody is spoken to rather than of: "Bo, you built a shed." tells no view of Bo."""
    parts = {re.escape(part) for name in person.names for part in name.split()}
    name = rf"(?:(?:{'|'.join(sorted(parts))})\b ?)+"
    spoken_to = re.search(
        rf"(?:^\W*|[,;] ?|\b(?:and|so|but|well|thanks?|you),? ){name}(?:[,.?!]|$)", text
    )
    return bool(spoken_to and _YOU.search(text))


def tells_of(name: str, evidence: Evidence) -> bool:
    """Whether a last name stands in a quote or just before it: "And Bo?" "She says May.".

    Where nobody wrote down who speaks, they may speak in a talk whose title names them.
    """
    return _is_told_near(last_name(name), evidence)


def _is_told_near(named: re.Pattern[str], evidence: Evidence) -> bool:
    document, turn = evidence.document, evidence.document.turns[evidence.passage.turn]
    said = document.text[max(turn.char_start, evidence.start - NAMED_BEFORE) : evidence.end]
    if named.search(said):
        return True
    if (turn.speaker is None or is_generic(turn.speaker)) and named.search(document.title):
        return True
    if not turn.index:
        return False
    before = document.turns[turn.index - 1]
    asked = document.text[before.char_start : before.char_end][-NAMED_BEFORE:]
    answers = "?" in asked and evidence.start - turn.char_start < NAMED_BEFORE
    return answers and bool(named.search(asked))


def last_name(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(name.rsplit(maxsplit=1)[-1])}\b")


def _any_of(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})(?:s|es|ren)?\b", re.IGNORECASE)
