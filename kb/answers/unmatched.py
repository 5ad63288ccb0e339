"""Filters that fit nothing: not that nobody says it, but that nobody is called so."""

from __future__ import annotations

from kb.answers.compose import ABSTENTION
from kb.storage.rows import fold
from kb.storage.store import Store
from kb.types import Filters

_SILENT = ABSTENTION.rstrip(".")


def unmatched(filters: Filters, store: Store) -> str | None:
    """What to say of speakers, documents, topics or days of which none is there; else None.

    One that is there is enough: the others restrict nothing. Ids of documents are complete.
    """
    speakers = {fold(row.name) for row in store.speakers()} if filters.speakers else set()
    topics = {fold(row.name) for row in store.topics()} if filters.topics else set()
    if filters.speakers and speakers.isdisjoint(map(fold, filters.speakers)):
        return f"{_SILENT}: nobody called {_either(filters.speakers)} speaks in them."
    ids = {row.id for row in store.documents()} if filters.documents else set()
    if filters.documents and ids.isdisjoint(filters.documents):
        return f"{_SILENT}: there is no document {_either(filters.documents)}."
    if filters.topics and topics.isdisjoint(map(fold, filters.topics)):
        return f"{_SILENT}: there is no topic {_either(filters.topics)}."
    begin, end = filters.date_from, filters.date_to
    if begin and end and begin[: len(end)] > end[: len(begin)]:
        return f"{_SILENT}: no day lies between {begin} and {end}."
    return None


def _either(names: tuple[str, ...]) -> str:
    return " or ".join(f"“{name}”" for name in names)
