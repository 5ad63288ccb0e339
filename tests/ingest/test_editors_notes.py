"""An editor's notes amid somebody's words are nobody's."""

from __future__ import annotations

import json

import pytest
from readings import read, spoken

from ingest.editors_notes import parts_with_notes

NOTES = [
    "[Editor's note: she meant 2041.]",
    "[Editors’ note — she meant 2041.]",
    "(Ed. note: she meant 2041.)",
    "[Ed.: she meant 2041]",
    "[Transcriber's note: she coughs.]",
    "[Correction, May 4: there are nine.]",
    "[She wrote to us that she meant 2041. —Ed.]",
]
WORDS = [
    "[Note: I read this from a card.]",
    "(Note: there are nine.)",
    "[laughs]",
    "(Ed was there, too.)",
    "Note: there are nine.",
]


@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize(
    "form",
    [
        "Ada Vale: {}\nBo Lind: {}\nAda Vale: {}\n",
        "**Ada Vale:** {}\n\n**Bo Lind:** {}\n\n**Ada Vale:** {}\n",
    ],
)
def test_a_note_within_a_turn_is_said_by_nobody(note: str, form: str) -> None:
    reading = read(form.format("When?", f"In 2031. {note} Or so.", "Fine."))
    assert [
        ("Ada Vale", "When?"),
        ("Bo Lind", "In 2031."),
        ("Bo Lind", "Or so."),
        ("Ada Vale", "Fine."),
    ] == spoken(reading)
    assert note in reading.text


@pytest.mark.parametrize("words", WORDS)
def test_what_a_speaker_adds_is_his(words: str) -> None:
    reading = read(f"Ada Vale: When?\nBo Lind: In 2031. {words} Or so.\nAda Vale: Fine.\n")
    assert ("Bo Lind", f"In 2031. {words} Or so.") in spoken(reading)


def test_a_note_may_be_a_paragraph_or_all_of_a_turn() -> None:
    talk = "Ada Vale: When?\n\nBo Lind: Soon.\n\nEditor's note: Bo has left.\n\nAda Vale: Fine.\n"
    assert ["When?", "Soon.", "Fine."] == [words for _, words in spoken(read(talk))]
    turns = [("Ada Vale", "When is it?"), ("Bo Lind", NOTES[0]), ("Bo Lind", "It is soon.")]
    data = [{"speaker": name, "text": words} for name, words in turns]
    assert ["When is it?", "It is soon."] == [words for _, words in spoken(read(json.dumps(data)))]


def test_the_parts_are_the_text() -> None:
    text = f"One. {NOTES[0]} Two {WORDS[0]} {NOTES[2]}"
    assert text == "".join(part for part, _ in parts_with_notes(text))
