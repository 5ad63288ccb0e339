"""Title, people and date in a row above a labelled talk."""

from __future__ import annotations

import pytest

from ingest.documents import read_document
from ingest.sources.origins import Origin
from ingest.sources.source import source_from_bytes

TALK = """
Ada Quill: Welcome to the mill.

Bo Lind: The mill is older than both of us.

Ada Quill: Who built it?

Bo Lind: Nobody knows.
"""


def read(head: str):
    source = source_from_bytes("talk.txt", (f"{head}\n{TALK}").encode())
    origin = Origin("talk.txt", "talk.txt", lambda: source, None, ())
    return read_document(origin, source, None, None)


@pytest.mark.parametrize(
    "head",
    [
        "The Mill and the Weir\nRecorded June 12, 2025, by the weir\nTranscript by Quillcast",
        "The Mill and the Weir\nBy Ada Quill\nJune 12, 2025",
        "The Mill and the Weir\nJune 12, 2025",
        "The Mill and the Weir\n\nJune 12, 2025",
    ],
)
def test_lines_in_a_row_tell_title_and_date(head):
    document = read(head)
    assert ("The Mill and the Weir", "2025-06-12") == (document.title, document.date)
    spoken = [turn.speaker for turn in document.turns if turn.kind == "speech"]
    assert ["Ada Quill", "Bo Lind", "Ada Quill", "Bo Lind"] == spoken


def test_a_date_may_stand_above_the_title():
    document = read("June 12, 2025\n\nThe Mill and the Weir")
    assert ("The Mill and the Weir", "2025-06-12") == (document.title, document.date)


def test_a_title_may_stand_right_above_the_first_time():
    talk = "The Mill and the Weir\n0:01\nAda Quill\nWho built it?\n0:04\nBo Lind\nNobody.\n"
    source = source_from_bytes(
        "talk.txt", (talk + "0:09\nAda Quill\nI see.\n0:12\nBo Lind\nYes.\n").encode()
    )
    origin = Origin("talk.txt", "talk.txt", lambda: source, None, ())
    assert "The Mill and the Weir" == read_document(origin, source, None, None).title


def test_nothing_is_said_under_a_date():
    document = read("The Mill and the Weir\nJune 12, 2025")
    spoken = [turn for turn in document.turns if turn.kind == "speech"]
    above = {document.sections[turn.section].title for turn in spoken if turn.section is not None}
    assert above <= {"The Mill and the Weir"}


@pytest.mark.parametrize(
    "head",
    [
        "This is a talk about a mill that stood\nnear the weir for a hundred years.",
        "We met at the mill. It rained.\nThe weir was loud, and so were we.",
    ],
)
def test_lines_of_one_paragraph_stay_one(head):
    text = read(head).text
    assert " ".join(head.split()) in text
