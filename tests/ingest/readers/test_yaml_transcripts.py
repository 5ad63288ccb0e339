"""Transcripts in YAML: turns in a list."""

from __future__ import annotations

import pytest
from readings import read, said

from kb.errors import UnreadableFile

TALK = """title: On lids
date: 2025-03-11
1: nothing
turns:
  - speaker: Ada Quill
    time: "0:04"
    text: "Is it safe?"
  - speaker: Bo Lind
    time: 1:05
    text: >-
      It is:
      mostly.
"""


def test_turns_with_title_date_and_times() -> None:
    reading = read(TALK)
    assert ("YAML transcript", "On lids", "2025-03-11") == (
        reading.format,
        reading.title,
        reading.date,
    )
    assert [("Ada Quill", "Is it safe?"), ("Bo Lind", "It is: mostly.")] == said(reading)
    assert [(7, 4.0), (10, 65.0)] == [(t.line_start, t.start_seconds) for t in reading.turns]


@pytest.mark.parametrize(
    ("sound", "broken"), [("date: 2025-03-11", "date: [2025"), ("Ada Quill", "*nobody")]
)
def test_damaged_yaml_is_refused(sound: str, broken: str) -> None:
    with pytest.raises(UnreadableFile):
        read(TALK.replace(sound, broken))


def test_front_matter_with_a_list_of_texts_is_no_transcript() -> None:
    head = "---\nlinks:\n  - url: https://example.org\n    text: lids\n---\n\n"
    talk = "**Ada Quill:** Is it safe?\n\n**Bo Lind:** It is.\n"
    assert [("Ada Quill", "Is it safe?"), ("Bo Lind", "It is.")] == said(read(head + talk))


def test_a_list_in_a_talk_is_no_yaml() -> None:
    """Nor is one whose entries have no text."""
    turns = "Ada Quill: Is it safe?\n\nBo Lind: It is.\n\n"
    talk = f"{turns}{turns}- name: lid\n- name: kettle\n"
    assert "Ada Quill" == said(read(talk))[0][0]


@pytest.mark.parametrize(
    "entries",
    [
        "- Ada Quill: Is it safe?\n- Bo Lind: >-\n    It is\n    mostly.\n- Ada Quill: Ah.\n",
        '- "Ada Quill: Is it safe?"\n- "Bo Lind: It is mostly."\n- "Ada Quill: Ah."\n',
    ],
)
def test_names_may_stand_before_the_words(entries: str) -> None:
    reading = read(f"title: On lids\nturns:\n{entries}")
    turns = [("Ada Quill", "Is it safe?"), ("Bo Lind", "It is mostly."), ("Ada Quill", "Ah.")]
    assert turns == said(reading)
    assert "On lids" == reading.title


def test_a_labelled_list_whose_words_have_colons_is_no_yaml() -> None:
    question, answer = "- Ada Quill: Is it: safe?\n", "- Bo Lind: It is, mostly.\n"
    talk = f"turns:\n{2 * (question + answer)}"
    assert ("Ada Quill", "Is it: safe?") == said(read(talk))[-2]
