"""Captions whose speakers are tagged, amid which names stand in other notations."""

from __future__ import annotations

import json

import pytest
from readings import read, spoken

SAID = [
    ("Rosa Falk", "Sena, how many kettles are there?"),
    ("Sena Aydin", "There are sixty of them."),
    ("Rosa Falk", "I think that is far too many."),
    ("Sena Aydin", "Perhaps. One thing: they sing."),
]


def vtt(lines: list[str]) -> str:
    cues = (f"00:0{at}.000 --> 00:0{at + 1}.000\n{line}" for at, line in enumerate(lines))
    return "\n\n".join(["WEBVTT", *(cue.replace("00:0", "00:00:0") for cue in cues)])


@pytest.mark.parametrize(
    "form", ["{}: ", "({}) ", "[{}] ", "[{}]: ", ">> {}: ", "- {}: ", "<v Sena Aydin>{}: "]
)
@pytest.mark.parametrize("name", ["Rosa Falk", "ROSA FALK", "Rosa"])
def test_a_label_between_voices_names_who_speaks(form: str, name: str) -> None:
    lines = [f"<v {name}>{words}" for name, words in SAID]
    lines[2] = form.format(name) + SAID[2][1]
    found = spoken(read(vtt(lines)))
    assert [words for _, words in SAID] == [words for _, words in found]
    assert name == found[2][0]


def test_who_has_no_voice_is_named_by_labels_that_come_back() -> None:
    lines = [f"<v {name}>{words}" for name, words in SAID]
    lines += ["Bo Lind: I counted nine.", "Nine of them.", "Note: at noon.", "Bo Lind: Twice."]
    assert ("Bo Lind", "I counted nine. Nine of them. Note: at noon. Twice.") == spoken(
        read(vtt(lines))
    )[-1]


def test_behind_a_mark_without_a_name_somebody_unknown_speaks() -> None:
    lines = [f"<v {name}>{words}" for name, words in SAID]
    assert (None, "Who let you in?") == spoken(read(vtt([*lines, ">> Who let you in?"])))[-1]


def test_segments_of_nobody_may_name_somebody_in_their_words() -> None:
    segments = [{"speaker": name, "text": words} for name, words in SAID]
    segments[2] = {"speaker": "", "text": f"Rosa Falk: {SAID[2][1]}"}
    assert SAID == spoken(read(json.dumps({"segments": segments})))
