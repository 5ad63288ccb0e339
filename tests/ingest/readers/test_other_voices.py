"""Who speaks once among people who speak all the time is never taken for the one before."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from readings import read, said

DOUBT = "I doubt that the ministry paid for all of it."
BEFORE = [
    ("Jo Pell", "Welcome back. What did the survey find?"),
    ("Ines Calado", "It found half of what we had hoped for."),
    ("Jo Pell", "And who paid for it?"),
    ("Ines Calado", "The ministry did, with some help."),
    ("Jo Pell", "Let us take a question from the room."),
]
AFTER = [
    ("Ines Calado", "You may be right there."),
    ("Jo Pell", "Thank you both."),
    ("Ines Calado", "Thank you."),
]
FORMS: dict[str, Callable[[str, str], str]] = {
    "before a colon": lambda name, words: f"{name}: {words}",
    "in bold": lambda name, words: f"**{name}:** {words}",
    "alone on a line": lambda name, words: f"{name}\n{words}",
    "apart from the words": lambda name, words: f"{name}\n\n{words}",
    "with a time": lambda name, words: f"{name} (0:05):\n{words}",
}
VOICES = (
    "Audience Member #2", "Guest #1", "Second caller", "Another student", "A student",
    "Member of the audience", "Woman's voice", "Off-screen voice", "Torvald's iPhone", "iPad (2)",
    "Zoom user", "+1 555-0100", "Torvald's mother",
)  # fmt: skip
NAMES = (
    "Torvald", "TR", "GPT-4", "Ødegård", "李明", "O'Brien", "Rime, Torvald", "de la Cruz",
    "Torvald Rime, Kelp Works", "bell hooks",
)  # fmt: skip


def talk(form: str, name: str, words: str) -> str:
    turns = (*BEFORE, (name, words), *AFTER)
    return "\n\n".join(FORMS[form](*turn) for turn in turns) + "\n"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", VOICES + NAMES)
def test_whoever_speaks_once_has_a_turn(form: str, name: str) -> None:
    speaker, words = said(read(talk(form, name, DOUBT)))[5]
    assert DOUBT == words
    assert speaker not in ("Jo Pell", "Ines Calado")


def test_a_nickname_is_left_out_of_the_name() -> None:
    assert ("Torvald Rime", DOUBT) == said(
        read(talk("before a colon", 'Torvald "Toro" Rime', DOUBT))
    )[5]


@pytest.mark.parametrize("name", ["First", "Note", "Plan B", "One thing", "My view", "In short"])
def test_what_opens_a_remark_is_nobody(name: str) -> None:
    """It stays in the words of whoever makes it."""
    speaker, words = said(read(talk("before a colon", name, DOUBT)))[4]
    assert ("Jo Pell", f"{BEFORE[-1][1]}\n\n{name}: {DOUBT}") == (speaker, words)


@pytest.mark.parametrize("answer", ["Yes.", "Okay", "Certainly.", "Never"])
def test_a_short_answer_is_no_name(answer: str) -> None:
    """Where names stand apart from the words, of which there are several paragraphs."""
    text = talk("apart from the words", "Ines Calado", f"{answer}\n\n{DOUBT}")
    assert {"Jo Pell", "Ines Calado"} == {speaker for speaker, _ in said(read(text))}


@pytest.mark.parametrize("name", ["Kettle", "Steam"])
def test_a_word_that_the_talk_has_in_small_letters_is_nobody(name: str) -> None:
    """Nor is one before a small letter, or where other paragraphs have no label either."""
    known = [*BEFORE[:-1], ("Jo Pell", "Let us speak of kettle and steam.")]
    lines = [*known, (name, DOUBT), *AFTER]
    spoken = said(read("\n\n".join(f"{who}: {words}" for who, words in lines)))
    assert name not in [speaker for speaker, _ in spoken]


def test_among_paragraphs_without_labels_a_name_is_part_of_the_words() -> None:
    """There the speaker goes on after an empty line, and may set words off with a colon."""
    lines = [f"{who}: {words}\n\nSo they say.\n\nAnd so it is." for who, words in BEFORE + AFTER]
    text = "\n\n".join([*lines[:5], f"Brekka: {DOUBT}", *lines[5:]])
    assert "Brekka" not in [speaker for speaker, _ in said(read(text))]
