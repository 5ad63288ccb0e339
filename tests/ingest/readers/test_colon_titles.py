"""A title above a talk: what is one, though it has a colon, a number or a question mark."""

from __future__ import annotations

import pytest
from readings import read, spoken

TURNS = [
    ("Ada Quill", "Welcome, and thanks for coming on."),
    ("Bo Lind", "Thanks for having me!"),
    ("Ada Quill", "So, is it safe?"),
    ("Bo Lind", "It is."),
]
TALK = "\n\n".join(f"{name}: {words}" for name, words in TURNS)


@pytest.mark.parametrize(
    "between", ["\n\n", "\n===\n", "\n\nMay 3, 2021\n\n", "\nDate: May 3, 2021\n\n"]
)
@pytest.mark.parametrize(
    "title",
    [
        "Panel: who should look after kettles?",
        "Kettles: Who Looks After Them?",
        "Bo Lind: why kettles sing",
        "Bo Lind: Kettles that sing at night",
        "Can kettles sing?",
        "12. Bo Lind on kettles",
        "“They sing” – a talk with Bo Lind",
    ],
)
def test_a_title_above_a_talk_is_said_by_nobody(title: str, between: str) -> None:
    reading = read(f"{title}{between}{TALK}")
    assert title == reading.title
    assert TURNS == spoken(reading)


@pytest.mark.parametrize(
    "turn",
    [
        "Bo Lind: We begin, I think.",
        "Bo Lind: Are we on?",
        "Bo Lind: Hello everybody and welcome to",
        "Bo Lind: well--",
        "Bo Lind: Kettles",
        "Announcer: live from the kettle works",
        "Cai Moss: Shall we start with kettles today?",
    ],
)
def test_a_first_turn_is_no_title(turn: str) -> None:
    name, _, words = turn.partition(": ")
    assert [(name, words), *TURNS] == spoken(read(f"{turn}\n\n{TALK}"))


def test_a_first_turn_like_all_others_is_no_title() -> None:
    """Where nobody begins with a capital or ends with a full stop."""
    turns = [("Bo Lind", "why kettles sing at night"), *((n, w.lower()[:-1]) for n, w in TURNS)]
    assert turns == spoken(read("\n\n".join(f"{name}: {words}" for name, words in turns)))


def test_a_question_above_answers_may_be_asked() -> None:
    """Where other paragraphs have no speaker either."""
    text = f"Can kettles sing?\n\n{TALK}\n\nWhat do they sing?\n\nBo Lind: Songs."
    assert "Can kettles sing?" != read(text).title


def test_a_title_above_a_byline() -> None:
    """``Interview: …`` is one, and names who answers."""
    text = "Interview: Ada Quill, kettle maker\nby Bo Lind\n\nQ: Is it?\n\nA: It is.\n\nQ: Ah."
    assert [("Q", "Is it?"), ("A", "It is."), ("Q", "Ah.")] == spoken(read(text))
    people = [(person.name, person.role) for person in read(text).speakers]
    assert [("Ada Quill", "guest"), ("Bo Lind", "host")] == people


@pytest.mark.parametrize("event", ["Panel", "Live Q&A", "Lecture 4", "Keynote", "The Interview"])
def test_an_event_before_a_colon_is_a_title(event: str) -> None:
    """Also where a question follows."""
    reading = read(f"{event}: What is steam for?\n\nAda Quill: Kettles.\n\nBo Lind: And lids.")
    assert ["Ada Quill", "Bo Lind"] == [name for name, _ in spoken(reading)]
    assert f"{event}: What is steam for?" == reading.title


def test_a_title_with_a_dash_above_labels_of_another_kind() -> None:
    text = "Ada Quill — Kettles sing\n\nAda Quill: Do they?\n\nBo Lind: They do.\n\nAda Quill: Ah."
    reading = read(text)
    assert ("Ada Quill — Kettles sing", 3) == (reading.title, len(spoken(reading)))


def test_an_event_may_be_a_title_and_name_its_people() -> None:
    head = "Panel: What is steam for?\n\nPanel: Ada Quill, Bo Lind"
    reading = read(f"{head}\n\n{TALK}")
    assert ["Ada Quill", "Bo Lind"] == sorted({name or "" for name, _ in spoken(reading)})
    assert "Panel: What is steam for?" == reading.title
