"""The checks that prove a store sound."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator


def problems(connection: sqlite3.Connection) -> list[str]:
    """Everything that is wrong, in words: the file, the references, the texts, the vectors."""
    damage = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    if damage:
        return [f"damaged database: {line}" for line in damage]
    return [*_references(connection), *_texts(connection), *_vectors(connection)]


def _references(connection: sqlite3.Connection) -> Iterator[str]:
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"{table} row {row} refers to a missing row of {parent}"
    for (identifier,) in connection.execute(
        "SELECT id FROM documents WHERE id NOT IN (SELECT document_id FROM transcripts)"
    ):
        yield f"document {identifier} has no text"


def _texts(connection: sqlite3.Connection) -> Iterator[str]:
    for identifier, text in connection.execute("SELECT document_id, text FROM transcripts"):
        for table, column in (("passages", "text"), ("claims", "quote")):
            spans = connection.execute(
                f"SELECT id, char_start, char_end, {column} FROM {table} WHERE document_id = ?",
                (identifier,),
            )
            for row, start, end, quoted in spans:
                if not 0 <= start < end <= len(text) or text[start:end] != quoted:
                    yield f"{table} row {row} is not what {identifier} says at {start}:{end}"


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
