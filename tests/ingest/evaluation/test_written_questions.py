"""Questions about a benchmark's conversations name places, and hold none of their words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.evaluation.suites import WRITTEN_QUESTIONS
from ingest.evaluation.written_questions import read_written_questions
from kb.errors import InputError
from kb.evaluation.questions import Evidence

SHIP = {
    "doc_id": "talks/the-ship",
    "turns": [
        {"turn_id": 0, "speaker": "Ida Holm", "text": "Where did the ship go?"},
        {"turn_id": 4, "speaker": "Noor Blom", "text": "It went to Oslo. Then it came home."},
    ],
}
ROUTE = {
    "document": "talks/the-ship",
    "question": "which ports did the vessel call at",
    "type": "list",
    "need": [[[4, 0, 16]], [[4, 17, 35]]],
}


@pytest.fixture
def written(tmp_path):
    """Reads the questions that are given as rows."""

    def read(*rows):
        (tmp_path / "documents.jsonl").write_text(json.dumps(SHIP))
        path = tmp_path / "questions.jsonl"
        path.write_text("\n".join(json.dumps(row) for row in rows))
        return read_written_questions(path, tmp_path)

    return read


def test_places_become_quotes_each_group_of_them_needed(written):
    (question,) = written(ROUTE)

    assert "which ports did the vessel call at" == question.text
    assert question.evidence == (
        Evidence("It went to Oslo.", "the-ship", "any", "0"),
        Evidence("Then it came home.", "the-ship", "any", "1"),
    )


@pytest.mark.parametrize("change", [{"document": "talks/a-train"}, {"need": [[[3, 0, 5]]]}])
def test_a_place_that_is_not_there_is_named(written, change):
    with pytest.raises(InputError, match="line 2: the benchmark has no"):
        written(ROUTE, ROUTE | change)


@pytest.mark.parametrize("path", sorted(WRITTEN_QUESTIONS.glob("*.jsonl")), ids=lambda p: p.name)
def test_the_projects_own_questions_are_well_formed(path: Path):
    """No question is asked twice, and every place is a stretch of text."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    questions = [row["question"] for row in rows]
    assert len(questions) == len(set(questions))
    for row in rows:
        assert row["need"]
        assert all(0 <= start < end for group in row["need"] for _, start, end in group)
