"""What the lines around a talk say about it, and whom its labels stand for."""

from __future__ import annotations

import pytest
from readings import read, said, spoken

from ingest.documents import read_document
from ingest.sources.origins import Origin
from ingest.sources.source import source_from_bytes
from kb.types import Document

TURNS = [
    ("Ada Quill", "Is it safe? Tell me, please."),
    ("Bo Lind", "It is: mostly."),
    ("Ada Quill", "Good."),
    ("Bo Lind", "Quite."),
]
FIELDS = [
    "Language: English",
    "Keywords: kettles, lids",
    "Location: Gdynia, Poland",
    "Description: Ada asks Bo Lind whether kettles are safe.",
    "Transcriber: Cai Moss",
    "File: kettles.mp3",
    "Views: 1,204\nLikes: 31",
    "Sponsor: This episode is brought to you by Lid & Co.",
    "Follow: @kettles",
    "Chapters:\n00:00 Lids\n01:10 Steam",
    "Podcast: The Kettle Hour\nEpisode: 12",
    "Meeting ID: 221 845",
    "Speakers:\nAda Quill\nBo Lind",
    "Guests:\n- Bo Lind, Kettle Institute",
]
ROLES = [
    ("Host: Ada Quill\nGuest: Bo Lind", "host", "guest"),
    ("Moderator: Ada Quill\nPanelists: Bo Lind, Kettle Institute", "host", "guest"),
    ("Interviewer: Ada Quill\nInterviewee: Bo Lind (engineer)", "host", "guest"),
    ("Host: Ada Quill, guest: Bo Lind", "host", "guest"),
    ("Host: Ada Quill. Guest: Bo Lind.", "host", "guest"),
    ("Hosts:\n- Ada Quill\n\nGuests:\n- Bo Lind", "host", "guest"),
]


def document(text: str) -> Document:
    source = source_from_bytes("talk.txt", text.encode())
    origin = Origin("talk", "talk.txt", lambda: source, None, ())
    return read_document(origin, source, None, None)


def labelled(form: str = "{}: {}") -> list[str]:
    return [form.format(*turn) for turn in TURNS]


def bold(fields: str) -> str:
    """``**Host:** Ada Quill``, also where the values stand below."""
    lines = (line.partition(":") for line in fields.split("\n"))
    return "\n".join(
        f"**{key}:**{value}" if colon and key[0].isalpha() else key + colon + value
        for key, colon, value in lines
    )


@pytest.mark.parametrize("fields", FIELDS + [fields for fields, *_ in ROLES])
def test_fields_above_and_below_a_talk_are_said_by_nobody(fields: str) -> None:
    above = ["On kettles", fields, *labelled()]
    below = ["On kettles", *labelled(), fields]
    assert TURNS == spoken(read("\n\n".join(above)))
    assert TURNS == spoken(read("\n\n".join(below)))


@pytest.mark.parametrize("fields", FIELDS + [fields for fields, *_ in ROLES[:3]])
def test_fields_in_bold(fields: str) -> None:
    text = "\n\n".join(["# On kettles", bold(fields), *labelled("**{}:** {}")])
    assert TURNS == spoken(read(text))


@pytest.mark.parametrize(("fields", "host", "guest"), ROLES)
def test_fields_give_roles(fields: str, host: str, guest: str) -> None:
    """No role that is worked out is a certain one."""
    people = document("\n\n".join(["On kettles", fields, *labelled()])).speakers
    assert {("Ada Quill", host, False), ("Bo Lind", guest, False)} == {
        (person.name, person.role, person.role_guessed) for person in people
    }


@pytest.mark.parametrize(
    "turn",
    [
        "Host: Welcome to the show.",
        "Host: Ada Quill, welcome to the show.",
        "Guest: Ada Quill and I met before.",
        "Moderator: Bo, please.",
    ],
)
def test_a_role_that_speaks_is_no_field(turn: str) -> None:
    name, _, words = turn.partition(": ")
    assert (name, words) == spoken(read("\n\n".join(["On kettles", turn, *labelled()])))[0]


def test_a_first_line_may_be_a_title_with_a_colon() -> None:
    """``Language`` would be a field beside others."""
    reading = read("\n\n".join(["Language: how kettles sing", *labelled()]))
    assert "Language: how kettles sing" == reading.title


def test_a_field_may_begin_with_a_symbol() -> None:
    turns = labelled("**{}:** {}")
    assert TURNS == spoken(document("\n\n".join(["# On kettles", "🎙️ Guest: Bo Lind", *turns])))


def test_fields_in_bold_beside_one_another() -> None:
    fields = "**Host:** Ada Quill | **Guest:** Bo Lind | **Date:** May 3, 2021"
    reading = document("\n\n".join(["# On kettles", fields, *labelled("**{}:** {}")]))
    assert TURNS == spoken(reading)
    assert "2021-05-03" == reading.date
    assert {("Ada Quill", "host"), ("Bo Lind", "guest")} == {
        (s.name, s.role) for s in reading.speakers
    }


def test_what_is_said_in_the_midst_of_a_talk_is_no_field() -> None:
    first, *others = labelled()
    text = "\n\n".join([first, "Note: I have one.", "Host: Bo Lind", *others])
    assert ("Ada Quill", "Is it safe? Tell me, please.\n\nNote: I have one.") in spoken(read(text))


@pytest.mark.parametrize(
    ("legend", "host", "guest"),
    [
        ("Speaker 1: Ada Quill\nSpeaker 2: Bo Lind", "Speaker 1", "Speaker 2"),
        ("Speaker 1 = Ada Quill\nSpeaker 2 = Bo Lind", "Speaker 1", "Speaker 2"),
        ("Speaker A - Ada Quill (host)\nSpeaker B - Bo Lind", "Speaker A", "Speaker B"),
        ("Speakers:\nSpeaker 1: Ada Quill\nSpeaker 2: Bo Lind", "Speaker 1", "Speaker 2"),
        ("- Speaker 1: Ada Quill\n- Speaker 2: Bo Lind", "Speaker 1", "Speaker 2"),
        ("**Speaker 1**: Ada Quill  \n**Speaker 2**: Bo Lind", "Speaker 1", "Speaker 2"),
        ("Participants:\nAQ = Ada Quill (moderator)\nBL = Bo Lind (Lid & Co.)", "AQ", "BL"),
        ("Legend:\nAQ – Ada Quill\nBL – Bo Lind", "AQ", "BL"),
        ("AQ: Ada Quill, Kettle Institute\nBL: Bo Lind, Lid Labs", "AQ", "BL"),
        ("Participants: Ada Quill (AQ), Bo Lind (BL)", "AQ", "BL"),
        ("Ada Quill [AQ], Bo Lind [BL]", "AQ", "BL"),
        ("[AQ] = Ada Quill, [BL] = Bo Lind", "AQ", "BL"),
        ("A: Ada Quill, host\nL: Bo Lind, guest", "A", "L"),
        ("A = Ada Quill; B = Bo Lind", "A", "B"),
        ("We met in May. A is me (Ada Quill), B is Bo Lind. Edited a bit.", "A", "B"),
        ("Interviewer (N): Ada Quill\nInterviewee (R): Bo Lind, Lid Labs", "N", "R"),
        ("AQ stands for Ada Quill, and BL for Bo Lind of Gdynia", "AQ", "BL"),
        ("Interviewer: Ada Quill (AQ)\nGuest: Bo Lind (BL)", "AQ", "BL"),
        ("Q: Ada Quill\nA: Bo Lind", "Q", "A"),
        ("Q = Ada Quill, A = Bo Lind", "Q", "A"),
        ("Interviewer: Ada Quill\nInterviewee: Bo Lind", "Q", "A"),
        ("Interviewer: Ada Quill\nInterviewee: Bo Lind", "Interviewer", "Interviewee"),
        ("An interview with Bo Lind by Ada Quill", "Q", "A"),
        ("In this episode, host Ada Quill talks to Bo Lind about lids.", "HOST", "GUEST"),
        ("An interview with Bo Lind\n\nBy Ada Quill, May 3, 2021", "Q", "A"),
        ("Interview with Bo Lind\nBy Ada Quill", "Question", "Answer"),
    ],
)
def test_labels_stand_for_the_people_whom_the_head_names(
    legend: str, host: str, guest: str
) -> None:
    labels = {"Ada Quill": host, "Bo Lind": guest}
    turns = [f"{labels[name]}: {words}" for name, words in TURNS]
    assert TURNS == spoken(document("\n\n".join(["On kettles", legend, *turns])))


def test_a_hyphenated_name_may_have_one_initial() -> None:
    turns = "JH: One.\n\nAQ: Two.\n\nJH: Three.\n\nAQ: Four."
    names = ["Ji-ho Han", "Ada Quill"] * 2
    read_from = document(f"On lids\n\nJH: Ji-ho Han\nAQ: Ada Quill\n\n{turns}")
    assert names == [name for name, _ in spoken(read_from)]


@pytest.mark.parametrize(
    "speakers",
    [
        "speakers: {SPEAKER_00: Ada Quill, SPEAKER_01: Bo Lind}",
        "speakers:\n  - SPEAKER_00: Ada Quill\n  - SPEAKER_01: Bo Lind",
        "speakers:\n  SPEAKER_00: {name: Ada Quill, role: host}\n  SPEAKER_01: Bo Lind",
    ],
)
def test_front_matter_may_say_whom_labels_stand_for(speakers: str) -> None:
    labels = {"Ada Quill": "SPEAKER_00", "Bo Lind": "SPEAKER_01"}
    turns = [f"{labels[name]}: {words}" for name, words in TURNS]
    assert TURNS == spoken(document("\n\n".join([f"---\n{speakers}\n---", *turns])))


@pytest.mark.parametrize(
    "answer",
    ["Ada Quill.", "Ada Quill", "Ada Quill, can you hear me?", "Ada Quill and Bo Lind"],
)
def test_whoever_answers_with_a_name_speaks(answer: str) -> None:
    """One name in a turn is no legend."""
    text = f"Speaker 1: Who invented it?\n\nSpeaker 2: {answer}\n\nSpeaker 1: I see.\n\n"
    turns = said(read(text + "Speaker 2: Yes.\n\nSpeaker 1: Fine."))
    assert ("Speaker 2", answer) == turns[1]
