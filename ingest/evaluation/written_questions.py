"""Questions written for a benchmark's conversations, without a word of these.

Each line has the ``document``, the ``question``, its ``type``, and what it ``need``s: groups of
places, ``[turn, start, end]`` in characters of a turn's text. Every group must be found, and any
place serves its group.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, Field

from ingest.evaluation.benchmarks import DocumentRow
from kb.errors import InputError
from kb.evaluation.questions import Evidence, Question, json_lines

HINT = "It must be a file as `ingest/evaluation/written_questions.py` describes it."


class _Row(BaseModel):
    document: str
    question: str = Field(min_length=1)
    type: str
    need: list[list[tuple[int, int, int]]] = Field(min_length=1)


def read_written_questions(path: Path, folder: Path) -> list[Question]:
    """The questions of a file, with their evidence quoted from the benchmark in ``folder``.

    Raises NotFound for a missing file, InputError for a place that the benchmark does not have.
    """
    rows = (row for _, row in json_lines(folder / "documents.jsonl", DocumentRow, HINT))
    turns = {row.doc_id: {turn.turn_id: turn.text for turn in row.turns} for row in rows}
    return [
        Question(place, row.question, row.type, tuple(_evidence(place, row, turns)))
        for place, row in json_lines(path, _Row, HINT)
    ]


def _evidence(place: str, row: _Row, turns: dict[str, dict[int, str]]) -> list[Evidence]:
    name = row.document.rpartition("/")[2]
    try:
        texts = turns[row.document]
        return [
            Evidence(texts[turn][start:end], name, "any", str(group))
            for group, alternatives in enumerate(row.need)
            for turn, start, end in alternatives
        ]
    except KeyError as error:
        raise InputError(f"{place}: the benchmark has no {error}.", HINT) from error
