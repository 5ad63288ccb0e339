"""Small queries over an open connection that several methods of the store share."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence

import numpy as np

from kb.errors import NotFound
from kb.protocols import Vectors
from kb.storage.filters import claim_conditions
from kb.storage.relational import Connection, Dialect, Row
from kb.storage.rows import CLAIM_COLUMNS, PASSAGE_COLUMNS, to_claim, to_document, to_speaker
from kb.types import (
    Claim,
    ClaimFilters,
    ClaimKind,
    Document,
    DocumentSummary,
    Passage,
    Speaker,
)  # fmt: skip

SELECT_DOCUMENT = "SELECT id, title, source, format, date, link, sha256, notes FROM documents"
SELECT_CLAIM = f"SELECT {', '.join(CLAIM_COLUMNS)} FROM claims"
PLACE = "document_id, figure_start, id"
BEGINNING = (
    "WHERE substr(id, 1, length(CAST(? AS TEXT))) = CAST(? AS TEXT) "
    "ORDER BY id <> CAST(? AS TEXT), id LIMIT 2"
)
"""The one whose id a text is, or two whose ids begin with it; the text is bound three times."""


def complete_id(connection: Connection, identifier: str) -> str:
    query = f"SELECT id FROM documents {BEGINNING}"
    values = (identifier,) * 3
    found = [row[0] for row in connection.execute(query, values)] if identifier else []
    if not found:
        raise NotFound(f"There is no document {identifier!r}.")
    if len(found) > 1 and found[0] != identifier:
        raise NotFound(f"Several documents begin with {identifier!r}.", "Give more of the id.")
    return str(found[0])


def read_document(connection: Connection, identifier: str) -> Document | None:
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


def select_passages(dialect: Dialect, rest: str) -> str:
    """A query for ``to_passage`` with the ``rest`` of it, from its WHERE on."""
    return f"SELECT {', '.join(PASSAGE_COLUMNS)}, {dialect.topics} FROM passages {rest}"


def to_passage(row: Row) -> Passage:
    return Passage(*(*row[:-1], tuple(json.loads(row[-1]))))


def read_summaries(connection: Connection) -> Iterator[DocumentSummary]:
    """All documents by title."""
    speakers: dict[str, list[tuple[Speaker, int]]] = {}
    for identifier, *speaker, words in connection.execute(
        "SELECT document_id, name, role, role_guessed, aliases, words FROM speakers "
        "ORDER BY document_id, position"
    ):
        speakers.setdefault(identifier, []).append((to_speaker(*speaker), words))
    for row in connection.execute(
        "SELECT id, title, source, format, date, link, sha256, turns, "
        "(SELECT count(*) FROM passages WHERE document_id = documents.id), "
        "(SELECT count(*) FROM claims WHERE document_id = documents.id) "
        "FROM documents ORDER BY title, id"
    ):
        yield DocumentSummary(*(*row[:7], tuple(speakers.get(row[0], ())), *row[7:]))


def find_claims(
    connection: Connection, dialect: Dialect, filters: ClaimFilters, limit: int, offset: int
) -> tuple[list[Claim], int]:
    """Claims in the order of their documents, and how many there are without the limit.

    Raises NotFound when ``filters.document`` names none.
    """
    document = filters.document and complete_id(connection, filters.document)
    where, values = claim_conditions(filters, document, dialect)
    (total,) = connection.execute(f"SELECT count(*) FROM claims WHERE {where}", values).fetchone()
    rest = f"WHERE {where} ORDER BY {PLACE} LIMIT ? OFFSET ?"
    return _claims(connection, rest, (*values, limit, offset)), total


def claims_in(
    connection: Connection,
    dialect: Dialect,
    documents: Collection[str],
    kinds: Collection[ClaimKind],
) -> list[Claim]:
    rest = f"WHERE document_id IN {dialect.texts} AND kind IN {dialect.texts} ORDER BY {PLACE}"
    return _claims(connection, rest, (json.dumps(list(documents)), json.dumps(list(kinds))))


def read_claim(connection: Connection, identifier: str) -> Claim:
    """A claim by its id or the unique beginning of it. Raises NotFound."""
    found = _claims(connection, BEGINNING, (identifier,) * 3)
    if not found or not identifier:
        raise NotFound(f"There is no claim {identifier!r}.", "List them with: kb claims.")
    if len(found) > 1 and found[0].id != identifier:
        raise NotFound(f"Several claims begin with {identifier!r}.", "Give more of the id.")
    return found[0]


def _claims(connection: Connection, rest: str, values: Sequence[object]) -> list[Claim]:
    """Claims by the ``rest`` of the query, from its WHERE on."""
    return [to_claim(row) for row in connection.execute(f"{SELECT_CLAIM} {rest}", values)]


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
