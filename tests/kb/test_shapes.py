"""The JSON shapes hold what the contract promises, and are plain JSON."""

from __future__ import annotations

import json

import pytest

from kb.shapes import (
    answer_shape,
    claim_shape,
    document_shape,
    search_shape,
    speaker_shape,
    summary_shape,
    topic_shape,
)

FACT = "How long do power lines take to permit?"
CITATION = {
    "number", "quote", "speaker", "document_id", "title", "section", "char_start", "char_end",
    "line_start", "start_seconds", "url",
}  # fmt: skip
HIT = {
    "rank", "score", "passage_id", "document_id", "title", "speaker", "section", "topics", "text",
    "char_start", "char_end", "start_seconds",
}  # fmt: skip
SUMMARY = {
    "id", "title", "source", "format", "date", "speakers", "turns", "passages", "claims", "sha256",
}  # fmt: skip
TURN = {
    "index", "speaker", "speaker_confidence", "char_start", "char_end", "line_start", "line_end",
    "start_seconds", "end_seconds", "section",
}  # fmt: skip


def through_json(shape):
    return json.loads(json.dumps(shape, allow_nan=False))


@pytest.mark.parametrize("question", [FACT, "What is the capital of Mongolia?"])
def test_an_answer(sample_kb, question):
    answer = sample_kb.answer(question)
    shape = through_json(answer_shape(answer))

    assert {
        "question", "answer", "abstained", "sentences", "citations", "mode", "model", "gate",
        "timings_ms",
    } == set(shape)  # fmt: skip
    assert answer.abstained is shape["abstained"]
    assert len(answer.citations) == len(shape["citations"])
    assert all(set(citation) >= CITATION for citation in shape["citations"])
    assert all({"text", "citations"} == set(sentence) for sentence in shape["sentences"])


def test_hits(sample_kb):
    hits = sample_kb.search(FACT, 3)
    shape = through_json(search_shape(hits, 1.23456))

    assert 1.235 == shape["took_ms"]
    assert [1, 2, 3] == [hit["rank"] for hit in shape["hits"]]
    assert all(set(hit) >= HIT for hit in shape["hits"])


def test_the_id_of_a_passage_survives_javascript(sample_kb):
    """64-bit integers do not, so it is a string."""
    (hit,) = sample_kb.search(FACT, 1)
    (shape,) = through_json(search_shape([hit], 0))["hits"]

    assert f"{hit.passage.id:016x}" == shape["passage_id"]


def test_a_document_with_its_text(sample_kb, sample_documents):
    for document in sample_documents.values():
        summary = sample_kb.summary(document.id)
        shape = through_json(document_shape(summary, document))

        assert set(shape) >= SUMMARY | {"text", "turns", "sections"}
        assert document.text == shape["text"]
        assert len(document.turns) == len(shape["turns"]) == summary.turns
        assert all(set(turn) >= TURN for turn in shape["turns"])
        titles = {section["title"] for section in shape["sections"]}
        assert {turn["section"] for turn in shape["turns"]} <= titles | {None}


def test_a_summary_counts_the_words_of_each_speaker(sample_kb):
    shape = through_json(summary_shape(sample_kb.summary("panel")))

    words = {speaker["name"]: speaker["words"] for speaker in shape["speakers"]}
    assert {"Leilani Kahale", "Abena Frimpong", "Tomás Echeverría", "Kenji Morioka"} == set(words)
    assert all(count > 0 for count in words.values())


def test_speakers_and_topics_have_counts(sample_kb):
    speakers = [through_json(speaker_shape(count)) for count in sample_kb.speakers()]
    topics = [through_json(topic_shape(count)) for count in sample_kb.topics()]

    assert "Ngozi Okwuosa" in {speaker["name"] for speaker in speakers}
    assert topics
    assert all("name" in topic for topic in topics)


def test_a_claim(make_claim):
    """Every field of the contract is there, and what was added since."""
    shape = through_json(claim_shape(make_claim(supersedes=("c0",))))

    assert ("timeline", 2034.0, None) == (shape["kind"], shape["value"], shape["claimant"])
    assert ["c0"] == shape["supersedes"]
    assert set(
        "id kind subject speaker claimant value low high unit comparator year_low year_high "
        "event_year as_of hedge negated superseded_by conditional fiction quote document_id title "
        "char_start char_end line_start start_seconds".split()
    ) <= set(shape)
