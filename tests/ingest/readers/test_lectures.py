"""A lecture above labelled questions is speech, however few of its words have a label."""

from __future__ import annotations

import pytest
from readings import document, read, spoken

LECTURE = [
    "A kettle sings because the water at its bottom boils before the rest of it does.",
    "The second reason is the lid, which most of the books that I know leave out entirely.",
    "My own guess is that by 2030 nobody will remember what a kettle was made for.",
]
QUESTIONS = "**Audience member:** Who told you?\n\n**Ada Quill:** My aunt."


def test_the_lecture_is_said_by_the_one_whom_the_head_names() -> None:
    talk = "\n\n".join(LECTURE)
    head = "# Why kettles sing\n\nSpeaker: Ada Quill\nEvent: Gdynia Kettle Days"
    assert [
        ("Ada Quill", talk),
        ("Audience member", "Who told you?"),
        ("Ada Quill", "My aunt."),
    ] == spoken(read(f"{head}\n\n{talk}\n\n## Questions\n\n{QUESTIONS}"))


def test_the_lecture_of_nobody_known_is_said_all_the_same() -> None:
    """A guest is who answers, and a host who asks; neither need have given the talk."""
    talk = "\n\n".join(LECTURE)
    assert (None, talk) == spoken(read(f"Why kettles sing\n\n{talk}\n\n{QUESTIONS}"))[0]
    named = read(f"Why kettles sing\n\nGuest: Ada Quill\n\n{talk}\n\n{QUESTIONS}")
    assert (None, talk) == spoken(named)[0]


def test_an_introduction_is_shorter_than_the_talk() -> None:
    turns = "\n\n".join(f"{QUESTIONS}\n\n{QUESTIONS}\n\n**Ada Quill:** {text}" for text in LECTURE)
    speakers = {name for name, _ in spoken(read("\n\n".join([*LECTURE, turns])))}
    assert {"Audience member", "Ada Quill"} == speakers


@pytest.mark.parametrize(
    "head",
    [
        "Speaker: Dr. Ada Quill\n12 January 2025",
        "12 January 2025\nSpeaker: Ada Quill, Kettle Lab",
        "Lecturer: Ada Quill",
        "A public lecture by Prof. Ada Quill",
    ],
)
@pytest.mark.parametrize("labels", [("Q", "A"), ("Question", "Answer"), ("Audience", "Quill")])
def test_a_short_lecture_of_who_answers_is_hers(head: str, labels: tuple[str, str]) -> None:
    lecture = "I think that a kettle sings because the water at its bottom boils first."
    asks, answers = labels
    turns = f"{asks}: Who told you?\n\n{answers}: My aunt.\n\n{asks}: Who?\n\n{answers}: Zoé."
    found = document(f"Why kettles sing\n\n{head}\n\n{lecture}\n\n{turns}\n")
    said = [(t.speaker, found.text[t.char_start : t.char_end]) for t in found.turns]
    speech = [turn for turn in said if turn[0]]
    assert [
        ("Ada Quill", lecture),
        (asks, "Who told you?"),
        ("Ada Quill", "My aunt."),
        (asks, "Who?"),
        ("Ada Quill", "Zoé."),
    ] == speech


@pytest.mark.parametrize(
    "words",
    [
        "I met Ada Quill in her shed in spring, and we talked about kettles there.",
        "I have the honour of introducing our speaker tonight, who knows all about kettles.",
        "This transcript was edited for length and clarity by a team of five editors.",
    ],
)
def test_who_tells_of_the_lecturer_is_somebody_else(words: str) -> None:
    turns = "Q: Who told you?\n\nA: My aunt.\n\nQ: Who?\n\nA: Zoé."
    found = document(f"Why kettles sing\n\nSpeaker: Ada Quill\n\n{words}\n\n{turns}\n")
    assert [None] == [
        turn.speaker for turn in found.turns if found.text[turn.char_start : turn.char_end] == words
    ]
