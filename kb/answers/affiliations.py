"""Who speaks for an organisation: "we" of somebody at Tidemark, for who asks about Tidemark.

People who are asked what their company does say "we" and seldom name it. So a question about one
that somebody in the transcripts works for is put to them, as if it had named them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kb.questions.asked_people import COMPARISON_WORDS
from kb.questions.people import NO_NAMES, Person, fold
from kb.questions.query import Kind, Query
from kb.questions.roles import role_asked
from kb.types import Document

MOST_MENTIONS = 60  # of an organisation in a document
MOST_SPEAKERS = 2  # of one organisation; of what more belong to, anybody may speak
LEAST_SHARE = 0.6  # of the signs of whom most speak for
WINDOW = 160  # characters around a mention

_NAME = re.compile(r"(?<!^)(?<![.?!] )\b[A-Z][\w-]+(?: [A-Z][\w-]+){0,2}")
_WORKS = (
    r"(?:at|from|works? for|runs?|running|leads?|leading|heads?|founded|co-founded|started|"
    r"directs?|chairs?|(?:head|director|founder|president|chief|chair|member|author) of)"
)
_MYSELF_BEFORE = re.compile(
    r"\b(?:I|we)(?:[’'](?:m|re|ve))? (?:\w+ ){0,3}?(?:(?:work\w*|am|are|was|were)\b[^.?!,]{0,40}?"
    r"\b(?:at|for|from)|run|lead|head|founded|started|joined)(?: the)? ?$"
    r"|\b(?:we|us|here|back) at (?:the )?$|\bmy (?:company|lab|institute|team),? $",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"^[’']s")
_IN = re.compile(r"\b(?:in|who worked (?:at|for)) (?:the )?$", re.IGNORECASE)
_WHO_SAYS = re.compile(
    r"^\W*who (?:else )?(?:says?|said|thinks?|explains?|argues?|warns?|claims?|believes?|calls?|"
    r"describes?|mentions?|tells?)\b",
    re.IGNORECASE,
)
_YOU_BEFORE = re.compile(
    r"\byou(?:r|[’'](?:ve|re))?\b[^.?!]{0,60}?\b(?:at|for|of|run|lead|founded)\b(?: the)? ?$"
    r"|\byour \w+,? $",
    re.IGNORECASE,
)


def names_something(query: Query) -> bool:
    """Whether a question names a thing, and nobody who speaks."""
    compares = COMPARISON_WORDS.search(query.question)
    if query.people or query.introduced or (query.broad and not compares):
        return False
    if _WHO_SAYS.match(query.question):
        return False
    return any(_bare(name) for name in _NAME.findall(query.topic))


def put_to_its_people(query: Query, documents: Iterable[Document]) -> Query | None:
    """The question as one for those who speak for what it names; None where nobody does."""
    known = list(documents)
    people: list[Person] = []
    topic, speak_for = query.topic, ""
    for match in reversed(list(_NAME.finditer(query.topic))):
        name = match.group()
        if _IN.search(query.topic[: match.start()]):
            continue  # a place, or a description of somebody
        speakers = _speakers_of(name, known)
        if not speakers:
            continue
        names = {person.name for person in speakers}
        people = [*speakers, *(person for person in people if person.name not in names)]
        speak_for = name
        topic = f"{topic[: match.start()]} {_POSSESSIVE.sub('', topic[match.end() :])}"
    if not people:
        return None
    role = role_asked(query)
    topic = role.words if role else " ".join(topic.split())
    several = len(people) > 1 and bool(COMPARISON_WORDS.search(query.question))
    return replace(
        query,
        people=tuple(people),
        topic=topic,
        focus=topic,
        subject=query.subject if role else topic,
        kind=Kind.COMPARISON if several else query.kind,
        speak_for=speak_for,
        told_of="",
    )


def _bare(name: str) -> str:
    """The first word of a name; empty for "AI" and the like."""
    first = name.split(maxsplit=1)[0].removesuffix("'s").removesuffix("’s")
    return "" if first.lower() in NO_NAMES else first


def _speakers_of(name: str, documents: Sequence[Document]) -> list[Person]:
    """Those who speak for what is named, with the documents in which they do."""
    first = _bare(name)
    if not first:
        return []
    whole = any(name in document.text for document in documents)
    votes: Counter[str] = Counter()
    for document in documents:
        hosts = {speaker.name for speaker in document.speakers if speaker.role == "host"}
        found = _affiliated(name if whole else first, document)
        votes.update(speaker for speaker in found if speaker not in hosts)
    most = max(votes.values(), default=0)
    theirs = [speaker for speaker, count in votes.items() if count >= LEAST_SHARE * most]
    if len(theirs) > MOST_SPEAKERS:
        return []
    return [
        Person(
            speaker,
            tuple(d.id for d in documents if any(s.name == speaker for s in d.speakers)),
            (first,),  # whoever names it may answer, too
        )
        for speaker in theirs
    ]


def _affiliated(name: str, document: Document) -> Iterator[str]:
    text = document.text
    named = re.compile(rf"\b{re.escape(name)}\b")
    by_part = _by_part(document)
    for count, match in enumerate(named.finditer(text)):
        if count == MOST_MENTIONS:
            return
        turn = next((t for t in document.turns if t.char_start <= match.start() < t.char_end), None)
        if turn is None:
            continue
        start = max(turn.char_start, match.start() - WINDOW)
        before = text[start : match.start()]
        if turn.speaker and _MYSELF_BEFORE.search(before):
            yield turn.speaker
        following = document.turns[turn.index + 1 : turn.index + 2]
        if following and following[0].speaker and _YOU_BEFORE.search(before):
            yield following[0].speaker
        if speaker := _introduced(before, by_part):
            yield speaker


def _introduced(before: str, by_part: dict[str, str]) -> str | None:
    """The speaker whom the words before a name give as one of its people: "Bo Lind, of the"."""
    sentence = re.split(r"[.?!](?=\s)(?<!Dr\.)(?<!Mr\.)(?<!Ms\.)", before)[-1]
    words = list(re.finditer(r"[^\W\d_]+", sentence))
    named = next((word for word in reversed(words) if fold(word.group()) in by_part), None)
    if named is None or not named.group()[0].isupper():
        return None
    between = sentence[named.end() :]
    fits = re.match(rf"(?: [A-Z]\w+)*,? (?:\w+ ){{0,7}}?{_WORKS}\b", between)
    return by_part[fold(named.group())] if fits and "," not in between[2:] else None


def _by_part(document: Document) -> dict[str, str]:
    """First and last names of the speakers; those of two belong to neither."""
    parts: dict[str, set[str]] = {}
    for speaker in document.speakers:
        words = [word for word in speaker.name.split() if len(word) > 2]
        for part in {fold(word) for word in (*words[:1], *words[-1:])}:
            parts.setdefault(part, set()).add(speaker.name)
    return {part: names.pop() for part, names in parts.items() if len(names) == 1}
