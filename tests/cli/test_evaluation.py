"""``kb eval`` on questions about the sample transcripts."""

from __future__ import annotations

import json

import pytest

QUESTIONS = [
    {
        "question": "How many H100s fit into a grid connection of forty megawatts?",
        "evidence": [{"quote": "room for about 24,000 H100s", "document": "labelled"}],
        "key_facts": ["24,000"],
    },
    {"question": "What is the capital of Mongolia?", "unanswerable": True},
]
KEY = "search.evidence_in_600_words.all"


@pytest.fixture
def questions(tmp_path):
    """A file of questions, in the shape that a user writes."""
    path = tmp_path / "mine.jsonl"
    path.write_text("\n".join(map(json.dumps, QUESTIONS)), encoding="utf-8")
    return path


def test_own_questions_are_put_to_the_own_knowledge_base(kb, questions):
    result = kb("eval", str(questions), "--json")
    assert result.exit_code == 0, result.stderr
    value = json.loads(result.stdout)
    (suite,) = value["suites"]
    figures = {(f["name"], f["system"]): f for f in suite["figures"]}
    assert "mine" == suite["suite"]
    assert 0.95 == value["confidence"]
    assert 1.0 == figures[KEY, "ours"]["value"]
    assert {"ours", "bm25", "dense", "fused"} == {s for name, s in figures if name == KEY}
    assert figures[KEY, "ours"]["low"] <= figures[KEY, "ours"]["value"]
    assert "mine: ask" in result.stderr


def test_the_table_has_a_column_for_each_system_and_states_its_intervals(kb, questions):
    result = kb("eval", str(questions))
    assert result.exit_code == 0, result.stderr
    assert all(name in result.stdout for name in ("ours", "BM25", "dense", "RRF"))
    assert "search.evidence_in_600_words" in result.stdout
    assert "1.000 (1.00–1.00)" in result.stdout
    assert "95% intervals: bootstrap over questions" in result.stdout


def test_quotes_that_no_document_has_are_told(kb, questions):
    row = {"question": "Why?", "evidence": [{"quote": "Because I said so, twice."}]}
    questions.write_text(json.dumps(row), encoding="utf-8")
    assert "no document has the quote “Because I said so" in kb("eval", str(questions)).stdout


def test_questions_that_failed_are_listed_when_wanted(kb, questions):
    row = QUESTIONS[0] | {"key_facts": ["Mongolia"]}
    questions.write_text(json.dumps(row), encoding="utf-8")
    line = f"missed ask.correct_and_cited.all: mine.jsonl, line 1: {row['question']}"
    assert line in kb("eval", str(questions), "--misses").stdout
    assert line not in kb("eval", str(questions)).stdout
    (suite,) = json.loads(kb("eval", str(questions), "--json").stdout)["suites"]
    assert ["ask.correct_and_cited.all"] == [miss["figure"] for miss in suite["misses"]]


def test_a_figure_that_fell_ends_with_1_and_is_named(kb, questions, tmp_path):
    """The figures are written, pass their own check, and fail a better day's."""
    kept = tmp_path / "kept.json"
    assert 0 == kb("eval", str(questions), "--write-baseline", str(kept)).exit_code
    assert 0 == kb("eval", str(questions), "--check", str(kept)).exit_code
    before = json.loads(kept.read_text(encoding="utf-8"))
    before["suites"]["mine"][KEY] = {"value": 1.5, "questions": 50}
    kept.write_text(json.dumps(before), encoding="utf-8")
    failed = kb("eval", str(questions), "--check", str(kept), "--json")
    assert 1 == failed.exit_code
    assert json.loads(failed.stdout)
    assert f"worse: mine.{KEY} fell from 1.500 to 1.000" in failed.stderr
    assert 0 == kb("eval", str(questions), "--check", str(kept), "--tolerance", "1").exit_code


@pytest.mark.parametrize(
    "arguments",
    [
        ("gold", "--data", "no/such/folder"),
        ("no-such-suite",),
        ("no-such-file.jsonl",),
        ("samples", "--check", "no-such-file.json"),
    ],
)
def test_what_is_missing_is_told_in_two_lines(kb, arguments):
    result = kb("eval", *arguments)
    assert 1 == result.exit_code
    assert "" == result.stdout
    assert 2 == len(result.stderr.splitlines())


def test_a_bad_row_is_named_by_its_line(kb, questions):
    questions.write_text('{"question": "Why?"}', encoding="utf-8")
    result = kb("eval", str(questions))
    assert 1 == result.exit_code
    assert "mine.jsonl, line 1: at least one quote" in result.stderr.replace("evidence: ", "")


def test_an_empty_knowledge_base_has_nothing_to_be_asked(kb, questions, tmp_path):
    result = kb("eval", str(questions), "--data-dir", str(tmp_path / "new"))
    assert 1 == result.exit_code
    assert "The knowledge base is empty." in result.stderr


def test_an_unknown_mode_is_wrong_usage(kb, questions):
    assert 2 == kb("eval", str(questions), "--mode", "shouting").exit_code
