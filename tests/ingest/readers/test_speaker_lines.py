"""``SPEAKER: Name`` on a line of its own, above what somebody says."""

from __future__ import annotations

from readings import read, said, spoken

TURNS = [("S1", "Is it?"), ("S2", "It is."), ("S1", "Good."), ("S2", "Quite.")]


def test_speakers_on_lines_of_their_own() -> None:
    """Words run to the next such line, and what stands above the first is nobody's."""
    body = "\n\n".join(f"SPEAKER: {name}\n{words}" for name, words in TURNS)
    assert [(None, "A talk."), *TURNS] == said(read(f"A talk.\n\n{body}\n"))
    longer = body.replace("It is.", "It is.\n\nI saw it.")
    assert ("S2", "It is.\n\nI saw it.") == spoken(read(longer))[1]


def test_a_programme_of_talks_is_no_conversation() -> None:
    """Each of its speakers stands there once."""
    body = "Speaker: Ada Quill\nOn meters.\n\nSpeaker: Bo Lind\nOn gauges.\n"
    assert {None, "Speaker"} >= {turn.speaker for turn in read(body).turns}
