"""A name that is asked for and that nobody tells is not answered with what lies near."""

from __future__ import annotations

import pytest

from ingest.passages import passages_of
from ingest.transcript import TranscriptBuilder
from kb.answers.evidence import Evidence
from kb.answers.withheld import is_withheld
from kb.types import Document, Speaker


def evidence_of(said: str) -> list[Evidence]:
    builder = TranscriptBuilder("labelled", title="Kettles")
    builder.speech(said, speaker="Bo Lind", line=1)
    reading = builder.build()
    document = Document(
        "kettles-1", "Kettles", "kettles.txt", reading.format, None, None, "0" * 64,
        reading.text, (Speaker("Bo Lind"),), reading.turns, reading.sections, reading.anchors,
    )  # fmt: skip
    (passage,) = passages_of(document)
    return [Evidence(document, passage, 0, len(said), 1.0, 0.6, True)]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Which company sold Bo the kettle?", "The company that sold it was slow to write."),
        ("Which company sold Bo the kettle?", "A firm, I can't say which, sold it to us."),
        ("Which country was the kettle found in?", "It was found abroad, and Bo brought it home."),
        ("Where was the kettle found?", "We found it, I won't say where, under the snow."),
        ("Which conference turned down Bo's paper?", "I think that the conference was rude."),
    ],
)
def test_what_is_not_told_is_withheld(question, said):
    """No name but the question's and the speaker's stands there, or the speaker says so."""
    assert is_withheld(question, evidence_of(said))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Which company sold Bo the kettle?", "It was sold to us by Larch and Sons."),
        ("Which city was the kettle found in?", "We dug it out in Utrecht, under the snow."),
        ("Which kettle is the loudest?", "The green one with the bent spout is the loudest."),
        ("Who found the kettle?", "The postman did."),
        ("Why did the company sell it?", "The company had no money, I can't say more."),
        ("Who found the kettle?", "I can't say I liked the postman who found it."),
        ("In cases where it boils, how loud is it?", "It is loud, I won't say where, but loud."),
        ("Which of the two companies was slower?", "The second of them was slower."),
    ],
)
def test_what_is_told_is_not(question, said):
    """A description is an answer, too, where no name is asked for."""
    assert not is_withheld(question, evidence_of(said))


def test_without_evidence_nothing_is_withheld():
    assert not is_withheld("Which company sold Bo the kettle?", [])
