"""The checks that prove a store sound."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Protocol

import numpy as np

from kb.storage.relational import VectorTable

QUOTED = """
    SELECT 'passages', CAST(id AS TEXT), char_start, char_end, text
    FROM passages WHERE document_id = ?
    UNION ALL
    SELECT 'claims', id, char_start, char_end, quote FROM claims WHERE document_id = ?
    UNION ALL
    SELECT 'claims', id, figure_start, figure_end, figure FROM claims WHERE document_id = ?
"""
"""Whatever must be, word for word, what the document says at its place."""


class Read(Protocol):
    """The rows of a query; there may be very many."""

    def __call__(self, query: str, values: Sequence[Any] = (), /) -> Iterable[Any]: ...


def problems(read: Read, vectors: VectorTable) -> list[str]:
    """Everything that is wrong with the content of a store, in words."""
    checks = (_missing_texts, _texts, _speakers, partial(_vectors, table=vectors))
    return [problem for check in checks for problem in check(read)]


def _missing_texts(read: Read) -> Iterator[str]:
    for (identifier,) in read(
        "SELECT id FROM documents "
        "WHERE NOT EXISTS (SELECT 1 FROM transcripts WHERE document_id = documents.id)"
    ):
        yield f"document {identifier} has no text"


def _texts(read: Read) -> Iterator[str]:
    for identifier, text in read("SELECT document_id, text FROM transcripts"):
        for table, row, start, end, quoted in read(QUOTED, [identifier] * 3):
            if not 0 <= start < end <= len(text) or text[start:end] != quoted:
                yield f"{table} row {row} is not what {identifier} says at {start}:{end}"


def _speakers(read: Read) -> Iterator[str]:
    """Every passage lies inside its turn, and is by that turn's speaker."""
    for identifier, turns in read("SELECT document_id, turns FROM transcripts"):
        spoken = {
            index: (speaker, start, end)
            for index, speaker, _, _, start, end, *_ in json.loads(turns)
        }
        for row, turn, speaker, start, end in read(
            "SELECT id, turn, speaker, char_start, char_end FROM passages WHERE document_id = ?",
            (identifier,),
        ):
            by, first, last = spoken.get(turn, (None, 0, 0))
            if by != speaker or not first <= start < end <= last:
                yield f"passages row {row} is not in turn {turn} of {identifier}, or not by {by}"


def _vectors(read: Read, table: VectorTable) -> Iterator[str]:
    for (identifier,) in read(
        "SELECT id FROM passages "
        f"WHERE NOT EXISTS (SELECT 1 FROM {table.name} WHERE passage_id = passages.id)"
    ):
        yield f"passage {identifier} has no vector"
    expected = 4 * table.dimension
    for identifier, blob in read(f"SELECT passage_id, vector FROM {table.name}"):
        if len(blob) != expected:
            yield f"the vector of passage {identifier} has {len(blob)} bytes, not {expected}"
        elif not np.isfinite(np.frombuffer(blob, dtype="<f4")).all():
            yield f"the vector of passage {identifier} holds what is no number"
