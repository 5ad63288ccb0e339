"""What a store counts: who speaks, and about what."""

from __future__ import annotations

import json
from dataclasses import dataclass

from kb.storage.relational import Connection, Dialect

TABLES = ("documents", "passages", "claims")


@dataclass(frozen=True, slots=True)
class SpeakerCount:
    """A person over all documents: turns and words spoken, and the roles they had."""

    name: str
    roles: tuple[str, ...]
    documents: int
    turns: int
    words: int


@dataclass(frozen=True, slots=True)
class TopicCount:
    name: str
    passages: int
    documents: int


def count_speakers(connection: Connection, dialect: Dialect) -> list[SpeakerCount]:
    """Everybody who speaks, most words first."""
    found = connection.execute(
        f"SELECT name, {dialect.roles}, "
        "count(DISTINCT document_id), sum(turns), sum(words) AS spoken "
        "FROM speakers GROUP BY name ORDER BY spoken DESC, name"
    )
    return [
        SpeakerCount(name, tuple(sorted(json.loads(roles))), *counts)
        for name, roles, *counts in found
    ]


def count_topics(connection: Connection) -> list[TopicCount]:
    """Topics, most passages first."""
    found = connection.execute(
        "SELECT name, count(DISTINCT passage_id) AS passages, count(DISTINCT document_id) "
        "FROM passage_topics JOIN passages ON passages.id = passage_id "
        "GROUP BY name ORDER BY passages DESC, name"
    )
    return [TopicCount(*row) for row in found]


def count_rows(connection: Connection) -> dict[str, int]:
    """How many documents, passages and claims there are."""
    query = "SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in TABLES)
    return dict(zip(TABLES, connection.execute(query).fetchone(), strict=True))
