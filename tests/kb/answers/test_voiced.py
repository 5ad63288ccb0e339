"""Views that speakers lend their voice to are marked, and nothing is told of them as their own."""

from __future__ import annotations

import pytest

from ingest.transcript import TranscriptBuilder
from kb.answers.voiced import is_voiced
from kb.types import Document


def talk(*lines: str) -> Document:
    builder = TranscriptBuilder("labelled transcript", title="The bench")
    for number, line in enumerate(lines, start=1):
        speaker, text = line.split(": ", 1)
        builder.speech(text, speaker=speaker, line=number)
    reading = builder.build()
    return Document(
        "bench", "The bench", "bench.txt", reading.format, None, None, "0" * 64, reading.text, (),
        reading.turns, reading.sections, reading.anchors,
    )  # fmt: skip


def voiced(document: Document, words: str) -> bool:
    start = document.text.index(words)
    turn = next(t for t in document.turns if t.char_start <= start < t.char_end)
    return is_voiced(document, turn, start, start + len(words))


@pytest.mark.parametrize(
    "question",
    [
        "What is the strongest argument of the other side?",
        "What do your critics say about kettles?",
        "And what would a sceptic say?",
        "Give me the caricature of your own position.",
        "What's the biggest myth about kettles?",
        "Can you steelman them for us?",
        "What did you believe as a student?",
        "What would have to be true for you to relax?",
        "Finish this sentence: kettles are...",
        "What does the brochure of the works promise?",
    ],
)
def test_an_answer_to_a_question_for_another_view_need_not_be_the_speakers(question):
    document = talk(f"Bo: {question}", "Ada: Kettles are a luxury. Nobody needs them.")
    assert voiced(document, "Kettles are a luxury.")
    assert voiced(document, "Nobody needs them.")


@pytest.mark.parametrize(
    "question",
    [
        "What do you think about kettles?",
        "What does the evidence say?",
        "What did you study at school?",
        "What would you do?",
        "What would it take to make kettles safe?",
        "Is it a myth that kettles sing?",
    ],
)
def test_an_answer_to_any_other_question_is_the_speakers(question):
    document = talk(f"Bo: {question}", "Ada: Kettles are a luxury.")
    assert not voiced(document, "Kettles are a luxury.")


def test_from_i_think_on_it_is_the_speakers_own_view_again():
    answer = "Ada: Kettles are a luxury. I think that is lazy. Kettles save lives."
    document = talk("Bo: What do your critics say?", answer)
    assert voiced(document, "Kettles are a luxury.")
    assert not voiced(document, "I think that is lazy.")
    assert not voiced(document, "Kettles save lives.")


def test_a_speaker_may_announce_another_view():
    """For a few sentences; then they speak for themselves again."""
    rest = "Fish is cheap. Tea is cheap. Rain is free."
    document = talk(f"Ada: Let me play devil's advocate. Kettles are harmless. {rest}")
    assert voiced(document, "Kettles are harmless.")
    assert not voiced(document, "Rain is free.")


def test_the_second_answer_is_no_longer_to_that_question():
    lines = ("Bo: What do your critics say?", "Ada: Much.", "Bo: I see.", "Ada: Kettles last.")
    assert not voiced(talk(*lines), "Kettles last.")
