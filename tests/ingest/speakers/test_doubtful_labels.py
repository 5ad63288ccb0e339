"""Printed labels that the words contradict."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.speakers.doubtful_labels import BESIDE, CHANGED, DOUBTED, doubt_labels
from ingest.transcript import Reading, TranscriptBuilder
from kb.types import Speaker

PEOPLE = (Speaker("Ada Vale", "host"), Speaker("Bo Quill", "guest"))
QUESTION = (
    "Okay, that's interesting. So what do you think about {0}? I'm curious how you measure {0}."
)
ANSWER = (
    "Yeah, so I think {0} is hard for us. We built our turbine because we needed {0}, "
    "and my team tested the turbine for years. When I was a student, we had no {0}. "
    "For example, my advisor built our first turbine without {0}. And I remember that we learned "
    "a lot because our turbine broke."
)
TOPICS = (
    "wind", "rain", "heat", "rust", "noise", "dust", "salt", "ice", "sand", "fog", "hail", "smoke",
    "mud", "sleet", "steam", "frost", "thaw", "drift", "flow", "spray",
)  # fmt: skip


def interview(**said: tuple[str, str]) -> Reading:
    """Twenty questions and answers; ``said`` replaces a topic's answer by a label and a text."""
    builder = TranscriptBuilder("labelled transcript")
    for number, topic in enumerate(TOPICS):
        label, text = said.get(topic, ("Bo Quill", ANSWER.format(topic)))
        builder.speech(QUESTION.format(topic), speaker="Ada Vale", line=4 * number + 1)
        builder.speech(text, speaker=label, line=4 * number + 3)
    return builder.build()


def speaker_of(reading: Reading, words: str) -> tuple[str | None, float]:
    start = reading.text.index(words)
    return next(
        (turn.speaker, turn.speaker_confidence)
        for turn in reading.turns
        if turn.char_start <= start < turn.char_end
    )


def test_right_labels_are_left_alone() -> None:
    reading = interview()
    assert reading is doubt_labels(reading, PEOPLE)


def test_an_answer_under_the_label_of_the_host_is_doubted() -> None:
    """The whole paragraph is in the guest's words: the label stays, and is not trusted."""
    reading = doubt_labels(interview(ice=("Ada Vale", ANSWER.format("ice"))), PEOPLE)

    assert ("Ada Vale", DOUBTED) == speaker_of(reading, "Yeah, so I think ice is hard")
    assert ("Ada Vale", 1.0) == speaker_of(reading, "I'm curious how you measure ice")
    assert ("Bo Quill", 1.0) == speaker_of(reading, "Yeah, so I think rust")
    assert any("line 31" in note for note in reading.notes)


def test_a_question_glued_to_an_answer_is_cut_off() -> None:
    """Both stand in one paragraph of the guest; the question and what is left become doubtful."""
    glued = ANSWER.format("ice") + " " + QUESTION.format("snow")
    reading = doubt_labels(interview(ice=("Bo Quill", glued)), PEOPLE)

    assert ("Ada Vale", CHANGED) == speaker_of(reading, "I'm curious how you measure snow")
    assert ("Bo Quill", BESIDE) == speaker_of(reading, "Yeah, so I think ice")


def test_turns_keep_their_text_and_order() -> None:
    """What is cut is only the list of turns: text, anchors and sections stay."""
    before = interview(ice=("Ada Vale", ANSWER.format("ice")))
    after = doubt_labels(before, PEOPLE)

    assert before is not after
    assert before == replace(after, turns=before.turns, notes=before.notes)
    assert list(range(len(after.turns))) == [turn.index for turn in after.turns]
    said = [after.text[turn.char_start : turn.char_end] for turn in after.turns]
    assert before.text.split() == " ".join(said).split()


@pytest.mark.parametrize(
    "people",
    [
        (Speaker("Ada Vale"), Speaker("Bo Quill")),
        (Speaker("Ada Vale", "guest"), Speaker("Bo Quill", "guest")),
    ],
)
def test_labels_are_trusted_where_the_roles_are_unknown(people: tuple[Speaker, ...]) -> None:
    reading = interview(ice=("Ada Vale", ANSWER.format("ice")))
    assert reading is doubt_labels(reading, people)


def test_labels_are_trusted_in_a_round_of_three() -> None:
    """The model knows a host and a guest; who of two guests speaks it cannot tell."""
    reading = interview(ice=("Cy Orr", "I agree with all of that."))
    assert reading is doubt_labels(reading, (*PEOPLE, Speaker("Cy Orr", "guest")))
