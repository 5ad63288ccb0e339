"""Gold questions from JSON lines."""

from __future__ import annotations

import pytest

from kb.errors import InputError, NotFound
from kb.evaluation.questions import Evidence, read_follow_ups, read_questions
from kb.types import Exchange


@pytest.fixture
def file(tmp_path):
    """Writes lines into a file of questions."""

    def write(*lines: str):
        path = tmp_path / "mine.jsonl"
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return write


def test_a_question_needs_no_more_than_a_quote(file):
    (question,) = read_questions(
        file('{"question": "How many?", "evidence": [{"quote": "Nine."}]}')
    )
    assert (Evidence("Nine."),) == question.evidence
    assert question.answerable
    assert "mine.jsonl, line 1" == question.place


def test_gold_rows_name_the_beginning_of_a_file(file):
    row = (
        '{"id": "q7", "type": "who", "question": "Who?", "answer": "She.", "key_facts": ["she"], '
        '"evidence": [{"file": "002", "quote": "Her.", "line": 3, "need": "any", "group": "a"}]}'
    )
    (question,) = read_questions(file(row))
    assert (Evidence("Her.", "002", "any", "a"),) == question.evidence
    assert ("she",) == question.key_facts


def test_unanswerable_questions_are_marked_by_their_type_or_a_flag(file):
    rows = (
        '{"question": "Why?", "type": "unanswerable", "evidence": []}',
        '{"question": "Why?", "unanswerable": true}',
    )
    assert ["unanswerable"] * 2 == [question.type for question in read_questions(file(*rows))]


def test_blank_lines_are_skipped_but_counted(file):
    row = '{"question": "How many?", "evidence": [{"quote": "Nine."}]}'
    assert "mine.jsonl, line 3" == read_questions(file("", "", row))[0].place


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("{", "not JSON"),
        ("[1]", "object|dictionary|instance"),
        ('{"evidence": [{"quote": "Nine."}]}', "question: Field required"),
        ('{"question": "?!", "evidence": [{"quote": "Nine."}]}', "no letters"),
        ('{"question": "How many?"}', "at least one quote"),
        ('{"question": "How many?", "evidence": [{"quote": "…"}]}', "evidence.0.quote"),
        ('{"question": "Q", "evidence": [{"quote": "x", "need": "some"}]}', "evidence.0.need"),
        ('{"question": "Q", "evidence": [{"quote": "x"}], "key_facts": ["("]}', "key_facts.0"),
        ('{"question": "Q", "evidence": [{"quote": "x"}], "unanswerable": true}', "no evidence"),
    ],
)
def test_a_bad_row_is_named_by_its_line_in_one_line(file, row, reason):
    good = '{"question": "How many?", "evidence": [{"quote": "Nine."}]}'
    with pytest.raises(InputError, match=rf"mine\.jsonl, line 2: .*{reason}") as caught:
        read_questions(file(good, row))
    assert "\n" not in str(caught.value)
    assert '{"question"' in caught.value.hint


def test_an_empty_and_a_missing_file_are_errors(file, tmp_path):
    with pytest.raises(InputError, match="no questions"):
        read_questions(file(""))
    with pytest.raises(NotFound, match="Cannot read"):
        read_questions(tmp_path / "none.jsonl")


def test_the_second_question_of_a_dialogue_has_the_first_as_its_history(file):
    row = (
        '{"q1": "When?", "answer_q1": "In 2030.", "q2": "And she?", '
        '"evidence_q2": [{"file": "000", "quote": "Later."}], "key_facts_q2": ["later"]}'
    )
    (question,) = read_follow_ups(file(row))
    assert "And she?" == question.text
    assert (Exchange("When?", "In 2030."),) == question.history
