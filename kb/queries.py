"""Small queries over an open connection that several methods of the store share."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from kb.errors import NotFound
from kb.protocols import Vectors
from kb.relational import Connection, Dialect, Row
from kb.rows import CLAIM_COLUMNS, PASSAGE_COLUMNS, to_claim, to_document, to_speaker
from kb.types import Claim, Document, Passage

SELECT_DOCUMENT = "SELECT id, title, source, format, date, link, sha256, notes FROM documents"
SELECT_CLAIM = f"SELECT {', '.join(CLAIM_COLUMNS)} FROM claims"
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


def read_claims(connection: Connection, rest: str, values: Sequence[object]) -> Iterator[Claim]:
    """Claims by the ``rest`` of the query, from its WHERE on."""
    for row in connection.execute(f"{SELECT_CLAIM} {rest}", values):
        yield to_claim(row)


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
