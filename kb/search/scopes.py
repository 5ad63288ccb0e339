"""Names that stand for a whole document: "Electric Sheep" in a question asks of that interview.

Such a name occurs all over one document and hardly elsewhere. Among its passages it tells nothing,
so it chooses the document and leaves the words that are searched, as a speaker's name does. On 176
questions about ten podcasts, where it was chosen, that found the evidence of three more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kb.protocols import TermStatistics
from kb.questions.asked_people import COMPARISON_WORDS
from kb.questions.people import Person
from kb.questions.query import Kind, Query
from kb.search.lexical import document_key, stem
from kb.text.words import content_words

LEAST_PASSAGES = 8
LEAST_SHARE = 0.6  # of all passages with the name that one document must hold
FEWEST_DOCUMENTS = 3  # with fewer, every name belongs to one

_NAME = re.compile(r"(?<!^)\b[A-Z][\w&]*(?:-[A-Z]\w*)*(?:[’']s)?")
_POSSESSIVE = re.compile(r"[’']s$")


@dataclass(frozen=True, slots=True)
class _Scope:
    """Adjacent words ``start:end`` of a topic that belong to one document."""

    document: str
    start: int
    end: int


def scoped(query: Query, statistics: TermStatistics, documents: Iterable[str]) -> Query:
    """The query with the documents that it names; two in a comparison are searched one by one."""
    by_key = {document_key(document): document for document in documents}
    scopes = _scopes(query.topic, statistics, by_key) if len(by_key) >= FEWEST_DOCUMENTS else []
    rest = _without(query.topic, scopes)
    if not scopes or not content_words(rest):
        return query
    labels = {scope.document: query.topic[scope.start : scope.end] for scope in scopes}
    people = query.people
    if len(labels) >= 2 and not people and COMPARISON_WORDS.search(query.question):
        people = tuple(Person(label, (document,)) for document, label in labels.items())
    kind = Kind.COMPARISON if people != query.people else query.kind
    return replace(query, topic=rest, people=people, kind=kind, documents=tuple(labels))


def _scopes(topic: str, statistics: TermStatistics, by_key: Mapping[int, str]) -> list[_Scope]:
    names = [(match, _terms(match.group())) for match in _NAME.finditer(topic)]
    frequency = statistics.document_frequency([term for _, terms in names for term in terms])
    found: list[_Scope] = []
    for match, terms in names:
        frequent = [term for term in terms if frequency[term] >= LEAST_PASSAGES]
        document = _document_of(frequent, statistics, by_key)
        if document is None:
            continue
        last = found[-1] if found else None
        if last and last.document == document and not topic[last.end : match.start()].strip():
            found[-1] = replace(last, end=match.end())
        else:
            found.append(_Scope(document, match.start(), match.end()))
    return found


def _terms(name: str) -> list[str]:
    return stem(" ".join(content_words(_POSSESSIVE.sub("", name))))


def _document_of(
    terms: Iterable[str], statistics: TermStatistics, by_key: Mapping[int, str]
) -> str | None:
    """The document that a name's term is all over, and that holds most of its passages."""
    for term in terms:
        spread = statistics.spread(term)
        key, passages = max(spread.items(), key=lambda item: item[1], default=(0, 0))
        if passages >= LEAST_PASSAGES and passages >= LEAST_SHARE * sum(spread.values()):
            return by_key.get(key)
    return None


def _without(topic: str, scopes: Sequence[_Scope]) -> str:
    for scope in reversed(scopes):
        topic = f"{topic[: scope.start]} {topic[scope.end :]}"
    return " ".join(topic.split())
