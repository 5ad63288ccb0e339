"""Small queries over an open connection that several methods of the store share."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from kb.errors import NotFound
from kb.protocols import Vectors
from kb.rows import CLAIM_COLUMNS, PASSAGE_COLUMNS, Row, to_claim, to_document, to_speaker
from kb.types import Claim, Document, Passage

SELECT_DOCUMENT = "SELECT id, title, source, format, date, link, sha256, notes FROM documents"
SELECT_CLAIM = f"SELECT {', '.join(CLAIM_COLUMNS)} FROM claims"
SELECT_PASSAGE = (
    f"SELECT {', '.join(PASSAGE_COLUMNS)}, (SELECT json_group_array(name) FROM (SELECT name "
    "FROM passage_topics WHERE passage_id = passages.id ORDER BY position)) FROM passages"
)


def insert(connection: sqlite3.Connection, table: str, values: Iterable[Row]) -> None:
    values = list(values)
    if values:
        marks = ", ".join("?" * len(values[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", values)


def complete_id(connection: sqlite3.Connection, identifier: str) -> str:
    query = (
        "SELECT id FROM documents WHERE substr(id, 1, length(?1)) = ?1 ORDER BY id <> ?1 LIMIT 2"
    )
    found = [row[0] for row in connection.execute(query, (identifier,))] if identifier else []
    if not found:
        raise NotFound(f"There is no document {identifier!r}.")
    if len(found) > 1 and found[0] != identifier:
        raise NotFound(f"Several documents begin with {identifier!r}.", "Give more of the id.")
    return str(found[0])


def read_document(connection: sqlite3.Connection, identifier: str) -> Document | None:
    row = connection.execute(f"{SELECT_DOCUMENT} WHERE id = ?", (identifier,)).fetchone()
    if row is None:
        return None
    transcript = connection.execute(
        "SELECT text, turns, sections, anchors FROM transcripts WHERE document_id = ?",
        (identifier,),
    ).fetchone()
    speakers = connection.execute(
        "SELECT name, role, role_guessed, aliases FROM speakers "
        "WHERE document_id = ? AND declared ORDER BY position",
        (identifier,),
    )
    return to_document(row, transcript, [to_speaker(*speaker) for speaker in speakers])


def read_passages(
    connection: sqlite3.Connection, rest: str, values: Sequence[object]
) -> Iterator[Passage]:
    """Passages by the ``rest`` of the query, from its WHERE on."""
    for row in connection.execute(f"{SELECT_PASSAGE} {rest}", values):
        yield Passage(*(*row[:-1], tuple(json.loads(row[-1]))))


def read_claims(
    connection: sqlite3.Connection, rest: str, values: Sequence[object]
) -> Iterator[Claim]:
    """Claims by the ``rest`` of the query, from its WHERE on."""
    for row in connection.execute(f"{SELECT_CLAIM} {rest}", values):
        yield to_claim(row)


def dimension_of(connection: sqlite3.Connection) -> int:
    row = connection.execute("SELECT value FROM metadata WHERE key = 'dimension'").fetchone()
    return int(row[0]) if row else 0


def to_matrix(blobs: Sequence[bytes], dimension: int) -> Vectors:
    flat = np.frombuffer(b"".join(blobs), dtype="<f4")
    return flat.astype(np.float32).reshape(len(blobs), dimension)


def spans(places: Iterable[tuple[str, int]], reach: int) -> list[tuple[str, int, int]]:
    """(document id, first, last) of all that is near the places, without overlaps."""
    merged: list[tuple[str, int, int]] = []
    for document, position in sorted(places):
        first, last = position - reach, position + reach
        if merged and merged[-1][0] == document and first <= merged[-1][2] + 1:
            first = merged.pop()[1]
        merged.append((document, first, last))
    return merged
