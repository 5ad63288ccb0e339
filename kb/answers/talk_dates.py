"""When a talk took place: the line of its head that tells it, for whoever asks for the date."""

from __future__ import annotations

import re

from kb.answers.evidence import Evidence
from kb.questions.query import Query
from kb.search.lexical import stem
from kb.storage.filters import passes
from kb.storage.store import Store
from kb.text.words import content_words
from kb.types import Document, DocumentSummary, Filters

HEAD = 2_000  # characters in which the date of a talk is told

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_TALK = (
    r"(?:talks?|interviews?|episodes?|conversations?|podcasts?|panels?|discussions?|debates?|"
    r"recordings?|transcripts?|hearings?|sessions?)"
)
_HELD = r"(?:recorded|published|released|held|aired|broadcast|uploaded|posted|made|from)"
_WHEN = re.compile(
    rf"^\W*(?:when|(?:on|in) (?:what|which) (?:date|day|month|year)) (?:was|were|is) (?:the |that |"
    rf"his |her |their )?(?:[\w’'.-]+ ){{0,4}}?{_TALK}\b(?: (?:with|of|by|about|on|between) "
    rf"[^,?]{{2,60}}?)?(?: {_HELD})?\W*$"
    rf"|^\W*what (?:was|is|are|were) the dates? of .{{0,60}}\b{_TALK}\b"
    rf"|^\W*when did .{{0,60}}\b{_TALK}\b.{{0,60}}\b(?:take place|happen|air)\W*$",
    re.IGNORECASE,
)
_WHICH = re.compile(
    rf"^\W*(?:which|what) {_TALK} (?:is|was|are|were) (?:{_HELD} )?(?:in|on|the) .*?(?:"
    r"(?P<year>(?:19|20)\d\d)|(?P<last>newest|latest|most recent|last)|"
    r"(?P<first>oldest|earliest|first))\W*$",
    re.IGNORECASE,
)
_TALK_WORD = re.compile(rf"\b(?:{_TALK}|{_HELD}|date|when|what|which)\b", re.IGNORECASE)


def asks_for_talk_date(query: Query) -> bool:
    """Whether it is asked when a talk took place, or which one did at a time."""
    return bool(_WHEN.match(query.question) or _WHICH.match(query.question))


def asks_which_talk(query: Query) -> bool:
    """Whether it is asked which talk took place at a time: nothing that is said tells that."""
    return bool(_WHICH.match(query.question))


def talk_dates(query: Query, filters: Filters, store: Store) -> list[Evidence]:
    """Where the talks that are asked about tell their dates; those whose text does not are none."""
    dated = [d for d in store.documents() if d.date and _is_meant(d, query)]
    if which := _WHICH.match(query.question):
        dated = [d for d in dated if not which["year"] or (d.date or "")[:4] == which["year"]]
        ends = (max if which["last"] else min) if which["last"] or which["first"] else None
        end = ends((d.date or "" for d in dated), default="") if ends else ""
        dated = [d for d in dated if not end or d.date == end]
    documents = store.documents_by_id({document.id for document in dated})
    found = (_date_line(document, filters, store) for document in documents.values())
    return [evidence for evidence in found if evidence]


def _is_meant(document: DocumentSummary, query: Query) -> bool:
    """Whether whoever is asked about speaks there, or what else is named stands in its title."""
    if query.within:
        return document.id in query.within
    if query.people:
        return any(document.id in person.documents for person in query.people)
    if _WHICH.match(query.question):
        return True
    named = set(stem(" ".join(content_words(_TALK_WORD.sub(" ", query.topic)))))
    return bool(named) and named <= set(stem(document.title))


def _date_line(document: Document, filters: Filters, store: Store) -> Evidence | None:
    """The line of the head that tells the date of a document."""
    for match in re.finditer(r"[^\n]+", document.text[:HEAD]):
        line = match.group().strip()
        if not line or not _tells(line, document.date or ""):
            continue
        start = match.start() + match.group().index(line)
        for passage in store.passages_of(document.id):
            inside = passage.char_start <= start < passage.char_end
            if inside and passage.kind == "editorial" and passes(filters, passage, document.date):
                end = min(start + len(line), passage.char_end)
                return Evidence(document, passage, start, end, 1.0, 1.0, True, claimed=True)
    return None


def _tells(line: str, date: str) -> bool:
    """Whether a line holds a date (ISO 8601), in words or figures."""
    year, _, rest = date.partition("-")
    month = rest[:2]
    if not re.search(rf"\b{year}\b", line):
        return False
    name = _MONTHS[int(month) - 1] if month else ""
    return not month or bool(
        re.search(rf"\b(?:{name}[a-z]*|0?{int(month)})\b", line, re.IGNORECASE)
    )
