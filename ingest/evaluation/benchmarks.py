"""Public retrieval benchmarks on conversations: their rows as documents, passages and judgements.

A folder holds ``documents.jsonl`` (``doc_id`` and ``turns`` with ``turn_id``, ``speaker``,
``text`` and perhaps ``start``) and ``queries.jsonl`` or ``headings.jsonl`` (``query``, ``doc_id``,
``relevant_turn_ids``, perhaps ``generic``). The turns go through the same steps as those of any
transcript, so speakers are resolved, and neighbouring turns of one speaker become one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from pydantic import BaseModel, Field

from ingest.documents import title_from
from ingest.passages import passages_of
from ingest.speakers.identities import resolve_speakers
from ingest.transcript import TranscriptBuilder
from kb.errors import InputError
from kb.evaluation.questions import json_lines
from kb.evaluation.retrieval import JudgedQuery
from kb.text.sentences import Span
from kb.types import Document, Passage

FORMAT = "benchmark"
QUERY_FILES = ("queries.jsonl", "headings.jsonl")
RELEVANT_SHARE = 0.5  # of a passage's words
HINT = "It must be a benchmark folder as `ingest/evaluation/benchmarks.py` describes it."

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Documents with their passages, and queries with the passages that answer them.

    ``unanswered`` counts queries left out because no passage is relevant.
    """

    documents: tuple[Document, ...]
    passages: tuple[tuple[Passage, ...], ...]
    queries: tuple[JudgedQuery, ...]
    unanswered: int


class _TurnRow(BaseModel):
    turn_id: int
    speaker: str | None = None
    text: str
    start: float | None = None


class DocumentRow(BaseModel):
    """A line of ``documents.jsonl``."""

    doc_id: str = Field(min_length=1)
    title: str | None = None
    turns: list[_TurnRow] = Field(min_length=1)


class _QueryRow(BaseModel):
    doc_id: str
    query: str = Field(min_length=1)
    relevant_turn_ids: list[int]
    generic: bool = False


def read_benchmark(folder: Path) -> Benchmark:
    """Read a benchmark; generic queries ("Start") are left out.

    Raises NotFound for a missing file, InputError for a row that cannot be used.
    """
    rows = [row for _, row in json_lines(folder / "documents.jsonl", DocumentRow, HINT)]
    documents: dict[str, tuple[Document, dict[int, Span]]] = {}
    for row in rows:
        documents[row.doc_id] = _document(row)
    passages = {name: tuple(passages_of(document)) for name, (document, _) in documents.items()}
    queries: list[JudgedQuery] = []
    asked = 0
    for place, query in json_lines(_query_file(folder), _QueryRow, HINT):
        if query.generic:
            continue
        if query.doc_id not in documents:
            raise InputError(f"{place}: there is no document {query.doc_id!r}.", HINT)
        document, spans = documents[query.doc_id]
        gold = [spans[turn] for turn in query.relevant_turn_ids if turn in spans]
        relevant = relevant_passages(passages[query.doc_id], gold)
        asked += 1
        if relevant:
            queries.append(JudgedQuery(query.query, document.id, relevant))
    return Benchmark(
        tuple(document for document, _ in documents.values()),
        tuple(passages.values()),
        tuple(queries),
        asked - len(queries),
    )


def relevant_passages(passages: Sequence[Passage], gold: Collection[Span]) -> frozenset[int]:
    """Ids of the passages at least half of whose words stand in a gold turn."""
    return frozenset(p.id for p in passages if _gold_share(p, gold) >= RELEVANT_SHARE)


def _gold_share(passage: Passage, gold: Collection[Span]) -> float:
    near = [span for span in gold if span[0] < passage.char_end and passage.char_start < span[1]]
    if not near:
        return 0.0
    starts = [passage.char_start + word.start() for word in _WORD.finditer(passage.text)]
    inside = sum(any(first <= start < end for first, end in near) for start in starts)
    return inside / max(1, len(starts))


def _query_file(folder: Path) -> Path:
    found = (folder / name for name in QUERY_FILES)
    return next((path for path in found if path.is_file()), folder / QUERY_FILES[0])


def _document(row: DocumentRow) -> tuple[Document, dict[int, Span]]:
    """A row as a document, and the span of each of its turns in the canonical text."""
    builder = TranscriptBuilder(FORMAT)
    said = [turn for turn in row.turns if turn.text.strip()]
    for number, turn in enumerate(said, start=1):
        builder.speech(
            turn.text, speaker=turn.speaker, line=number, seconds=turn.start, new_turn=True
        )
    reading = builder.build()
    # An editor's note cuts a turn into several, all on its line.
    parts = {line: list(turns) for line, turns in groupby(reading.turns, lambda t: t.line_start)}
    spans = {
        turn.turn_id: (parts[line][0].char_start, parts[line][-1].char_end)
        for line, turn in enumerate(said, start=1)
    }
    reading, speakers = resolve_speakers(reading, None)
    return (
        Document(
            id=_identifier(row.doc_id),
            title=title_from((row.title or row.doc_id).rpartition("/")[2]),
            source=row.doc_id,
            format=reading.format,
            date=None,
            link=None,
            sha256=hashlib.sha256(row.model_dump_json().encode()).hexdigest(),
            text=reading.text,
            speakers=speakers,
            turns=reading.turns,
            sections=reading.sections,
            anchors=reading.anchors,
        ),
        spans,
    )


def _identifier(name: str) -> str:
    return f"{name.rpartition('/')[2][:40]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
