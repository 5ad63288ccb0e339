"""The checks that prove a store sound."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

import numpy as np

QUOTED = """
    SELECT 'passages', id, char_start, char_end, text FROM passages WHERE document_id = :id
    UNION ALL
    SELECT 'claims', id, char_start, char_end, quote FROM claims WHERE document_id = :id
    UNION ALL
    SELECT 'claims', id, figure_start, figure_end, figure FROM claims WHERE document_id = :id
"""
"""Whatever must be, word for word, what the document says at its place."""


def problems(connection: sqlite3.Connection) -> list[str]:
    """Everything that is wrong, in words: the file, the references, the texts, the vectors."""
    damage = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    if damage:
        return [f"damaged database: {line}" for line in damage]
    checks = (_references, _texts, _speakers, _vectors)
    return [problem for check in checks for problem in check(connection)]


def _references(connection: sqlite3.Connection) -> Iterator[str]:
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"{table} row {row} refers to a missing row of {parent}"
    for (identifier,) in connection.execute(
        "SELECT id FROM documents WHERE id NOT IN (SELECT document_id FROM transcripts)"
    ):
        yield f"document {identifier} has no text"


def _texts(connection: sqlite3.Connection) -> Iterator[str]:
    for identifier, text in connection.execute("SELECT document_id, text FROM transcripts"):
        for table, row, start, end, quoted in connection.execute(QUOTED, {"id": identifier}):
            if not 0 <= start < end <= len(text) or text[start:end] != quoted:
                yield f"{table} row {row} is not what {identifier} says at {start}:{end}"


def _speakers(connection: sqlite3.Connection) -> Iterator[str]:
    """Every passage lies inside its turn, and is by that turn's speaker."""
    for identifier, turns in connection.execute("SELECT document_id, turns FROM transcripts"):
        spoken = {
            index: (speaker, start, end)
            for index, speaker, _, _, start, end, *_ in json.loads(turns)
        }
        for row, turn, speaker, start, end in connection.execute(
            "SELECT id, turn, speaker, char_start, char_end FROM passages WHERE document_id = ?",
            (identifier,),
        ):
            by, first, last = spoken.get(turn, (None, 0, 0))
            if by != speaker or not first <= start < end <= last:
                yield f"passages row {row} is not in turn {turn} of {identifier}, or not by {by}"


def _vectors(connection: sqlite3.Connection) -> Iterator[str]:
    for (identifier,) in connection.execute(
        "SELECT id FROM passages WHERE id NOT IN (SELECT passage_id FROM vectors)"
    ):
        yield f"passage {identifier} has no vector"
    dimension = connection.execute(
        "SELECT CAST(value AS INTEGER) FROM metadata WHERE key = 'dimension'"
    ).fetchone()
    expected = 4 * dimension[0] if dimension else -1
    for identifier, size in connection.execute(
        "SELECT passage_id, length(vector) FROM vectors WHERE length(vector) <> ?", (expected,)
    ):
        yield f"the vector of passage {identifier} has {size} bytes, not {expected}"
    for identifier, blob in connection.execute("SELECT passage_id, vector FROM vectors"):
        if len(blob) == expected and not np.isfinite(np.frombuffer(blob, dtype="<f4")).all():
            yield f"the vector of passage {identifier} holds what is no number"
