"""The commands, in this process, over three sample transcripts."""

from __future__ import annotations

import json

import pytest

from server.schemas import AnswerReply, ClaimsReply, DocumentReply, DocumentsReply, SearchReply

QUESTION = "How many H100s fit into forty megawatts, according to Ngozi Okwuosa?"


def value(result):
    """The one JSON value of a command that succeeded."""
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_ask_prints_an_answer_with_numbered_quotes(kb):
    result = kb("ask", QUESTION, "--extractive")
    assert result.exit_code == 0, result.stderr
    assert "Quotes:" in result.stdout
    assert "[1]" in result.stdout
    assert "Ngozi Okwuosa" in result.stdout
    assert "\x1b" not in result.stdout


def test_ask_as_json_has_the_shape_of_the_contract(kb):
    answer = value(kb("ask", QUESTION, "--json"))
    AnswerReply.model_validate(answer)
    assert answer["question"] == QUESTION


def test_a_careful_answer_says_how_long_the_reading_took(kb):
    answer = value(kb("ask", QUESTION, "--careful", "--json"))

    assert answer["citations"]
    assert answer["timings_ms"]["reading"] > 0


def test_every_printed_quote_is_verbatim(kb):
    answer = value(kb("ask", QUESTION, "--json"))
    printed = " ".join(kb("ask", QUESTION).stdout.split())
    assert answer["citations"]
    for citation in answer["citations"]:
        assert " ".join(citation["quote"].split()) in printed


def test_without_a_question_every_line_of_input_is_one(kb):
    result = kb("ask", input=f"{QUESTION}\n\nAnd how long did it run?\n")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.count("extractive") == 2


def test_ask_for_a_speaker_by_a_part_of_the_name(kb):
    answer = value(kb("ask", "How likely is doom?", "--speaker", "priyanka", "--json"))
    assert {"Priyanka Deshmukh"} >= {quote["speaker"] for quote in answer["citations"]}


def test_an_unknown_speaker_is_an_error_of_two_lines(kb):
    result = kb("ask", QUESTION, "--speaker", "Bertil")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "Error: There is no speaker “Bertil”.",
        (
            "Choose one of: Abena Frimpong, Håkon Brattli, Kenji Morioka, Leilani Kahale, "
            "Mateusz Wroński, Ngozi Okwuosa, Priyanka Deshmukh, Tomás Echeverría …"
        ),
    ]


def test_search_prints_passages_and_as_json_the_shape_of_the_contract(kb):
    reply = value(kb("search", "forty megawatts", "--limit", "3", "--json"))
    SearchReply.model_validate(reply)
    assert len(reply["hits"]) == 3
    assert "1." in kb("search", "forty megawatts").stdout


def test_documents_are_a_table_or_json(kb):
    documents = value(kb("documents", "--json"))
    DocumentsReply.model_validate(documents)
    table = kb("documents").stdout
    assert len(documents["documents"]) == 3
    assert all(row["id"] in table for row in documents["documents"])


def test_a_document_can_be_shown_by_its_file_name(kb):
    DocumentReply.model_validate(value(kb("show", "panel.vtt", "--json")))
    assert "Leilani Kahale 00:01" in kb("show", "panel.vtt").stdout


def test_a_section_of_a_document_can_be_shown(kb):
    result = kb("show", "labelled_interview", "--section", "what it costs")
    assert "What would a run like that cost?" in result.stdout
    assert "Is that the right number?" not in result.stdout


def test_speakers_and_topics_are_listed(kb):
    names = {row["name"] for row in value(kb("speakers", "--json"))["speakers"]}
    assert "Ngozi Okwuosa" in names
    assert "Ngozi Okwuosa" in kb("speakers").stdout
    assert value(kb("topics", "--json"))["topics"]


def test_claims_have_the_shape_of_the_contract(kb):
    ClaimsReply.model_validate(value(kb("claims", "--json")))
    assert kb("claims", "--kind", "gossip").exit_code == 2


def test_a_data_directory_after_the_command_wins(kb, tmp_path):
    assert value(kb("documents", "--json", "--data-dir", str(tmp_path / "new"))) == {
        "documents": []
    }
    assert value(kb("--data-dir", str(tmp_path / "new"), "documents", "--json")) == {
        "documents": []
    }


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", QUESTION, "--extractive", "--llm"),
        ("ask", "--json"),
        ("search",),
        ("search", "x", "--limit", "0"),
        ("unknown",),
        ("serve", "--port", "99999"),
    ],
)
def test_wrong_usage_ends_with_2(kb, arguments):
    assert kb(*arguments).exit_code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", " "),
        ("show", "nothing-like-this"),
        ("search", "x", "--from", "yesterday"),
        ("ingest", "no/such/file.txt"),
        ("serve", "--host", "0.0.0.0"),
    ],
)
def test_failures_say_what_happened_and_what_to_do(kb, arguments):
    result = kb(*arguments)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 2


def test_a_setting_that_cannot_be_used_is_named(kb, monkeypatch):
    monkeypatch.setenv("KB_THREADS", "-1")
    result = kb("documents")
    assert result.exit_code == 1
    assert "KB_THREADS" in result.stderr
