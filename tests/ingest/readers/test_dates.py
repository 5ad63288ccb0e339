"""The date of a conversation: what stands above it says when it was recorded."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from ingest.documents import read_document
from ingest.readers.dates import date_in, date_of_recording, title_without_date
from ingest.sources.origins import Origin
from ingest.sources.source import source_from_bytes


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("On kettles\n\nRecorded on May 3, 2021 with Ines Quarto", "2021-05-03"),
        ("Published: 2021-05-03", "2021-05-03"),
        ("Date: Tuesday, 3rd of May 2021", "2021-05-03"),
        ("Episode 12 | 3 May 2021", "2021-05-03"),
        ("May 2021", "2021-05"),
        ("Recorded in Sept. 2021", "2021-09"),
        ("Published on May 9, 2021\nRecorded on May 3, 2021", "2021-05-03"),
        ("We met again. This interview was recorded in Leiden on 3 May 2021.", "2021-05-03"),
        ("Published on May 9, 2021\nThis talk was recorded on May 3, 2021.", "2021-05-03"),
        ("Updated: May 9, 2022\nPublished: May 3, 2021", "2021-05-03"),
        ("Episode 12 · May 3, 2021 · 54 min", "2021-05-03"),
        ("Recorded on May 3, 1985", "1985-05-03"),
        ("Tue, May 4, 2021 10:03AM • 2:10", "2021-05-04"),
        ("May 3, 2021 10:03 PM", "2021-05-03"),
        ("Meeting Date: 3rd May, 2021 - 10:03 AM", "2021-05-03"),
        ("Date: 2021-05-03 10:03 CET", "2021-05-03"),
        ("By Ines Quarto · Published May 3rd, 2021", "2021-05-03"),
        ("By Ines van Quarto, May 3, 2021", "2021-05-03"),
        ("*by Ines Quarto, 3rd May 2021, 12 min read*", "2021-05-03"),
        ("Ines Quarto · May 3, 2021", "2021-05-03"),
        ("Episode 12 - May 3, 2021", "2021-05-03"),
        ("Interview, 3 May 2021", "2021-05-03"),
        ("May 3, 2021 • 1 hr 12 min", "2021-05-03"),
        ("2021/05/03", "2021-05-03"),
        ("3.5.2021", "2021-05-03"),
        ("On kettles (2021-05-03 at 10:03 GMT-7) - Transcript", "2021-05-03"),
        ("Published: May 9, 2021\nEpisode 12 - May 3, 2021", "2021-05-09"),
        ("Date: 5/13/2021", "2021-05-13"),
        ("Recorded on 13/5/2021", "2021-05-13"),
        ("Recorded on 3/5/2021", "2021"),  # the third of May, or the fifth of March
        ("5/5/2021", "2021-05-05"),
        ("*Panel at the Kettle Days in Leiden, 3 May 2021*", "2021-05-03"),
        ("A public lecture on lids, given in Leiden on May 3rd, 2021.", "2021-05-03"),
        ("Keynote, May 2021", "2021-05"),
        ("*3 May 2021. Edited for length; one answer was withdrawn.*", "2021-05-03"),
        ("May 3, 2021. This interview was lightly condensed.", "2021-05-03"),
    ],
)
def test_what_a_head_says(head: str, date: str) -> None:
    """A recording's date goes before that of its publication; a month may be all that is said."""
    assert date == date_of_recording(head)


@pytest.mark.parametrize(
    "head",
    [
        "",
        "Ines Quarto's paper was published on May 3, 2021, and we talk about it.",
        "The debate about lids was lost. It ended on 3 May 2021",
        "3 May 2021. Kettles are counted.",
        "The song was recorded on May 3, 1968.",
        "In this episode we discuss a song, which was recorded in March 1959.",
        "In this conversation Ada explains how the Kettles recorded on August 8, 1969.",
        "Our guest's first podcast was recorded in March 2005.",
        "The crisis of the kettles - October 2022",
        "July 20, 1969",
        "Released in May 2007, Kettles is our subject today.",
        "Date: March 2021 - June 2022",
        "It happened in May 2021.",
        "Kettle Works - May 3, 2021",
        "Boston Kettle Riot, May 3, 2021",
        "By the lake, May 3, 2021",
        "Ines Quarto · May 2021 was when it began",
        "Kettles (2021-05-03)",
        "5.13.2021",
        "Recorded on 13/14/2021",
        "Recorded on February 30, 2021",
        "Recorded on May 3",
    ],
)
def test_what_a_head_does_not_say(head: str) -> None:
    assert date_of_recording(head) is None


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("On kettles (2021-05-03 at 10:03 GMT-7) - Transcript", "On kettles"),
        ("On kettles (2021-05-03 10:03)", "On kettles"),
        ("On kettles (part 2) - Transcript", "On kettles (part 2) - Transcript"),
        ("On kettles (2021)", "On kettles (2021)"),
    ],
)
def test_the_time_in_a_title_is_left_out(title: str, kept: str) -> None:
    assert kept == title_without_date(title)


_TALK = "Ada: Is it so?\n\nBo: Not in any year that I know.\n\nAda: I see, I think."


@pytest.mark.parametrize(
    ("name", "text", "date"),
    [
        (
            "talk.txt",
            "On kettles\n\nRecorded on May 3, 2021\n\nAda: Yes?\n\nBo: No.\n",
            "2021-05-03",
        ),
        ("talk.txt", f"{_TALK}\n\n---\n\nPublished 3 May 2021\n", "2021-05-03"),
        ("talk.txt", "Ada: Yes?\n\nBo: No.\n\nComments\n\nCai, May 3, 2021: Ah.\n", None),
        ("talk-2021-05-04.txt", "Recorded on May 3, 2021\n\nAda: Yes?\n\nBo: No.\n", "2021-05-04"),
        ("talk.txt", "Ada: Recorded on May 3, 2021\n\nBo: No.\n\nAda: Yes.\n", None),
        (
            "talk.html",
            "<html><p>Recorded on May 3, 2021</p><p><b>Ada:</b> Yes?</p><p><b>Bo:</b> No.</p>",
            "2021-05-03",
        ),
    ],
)
def test_the_date_of_a_document(name: str, text: str, date: str | None) -> None:
    """Of its name or its head; what somebody says is no date of the recording."""
    source = source_from_bytes(name, text.encode())
    origin = Origin("talk", str(PurePosixPath(name)), lambda: source, None, ())
    assert date == read_document(origin, source, None, None).date


def test_a_date_in_a_name_exists() -> None:
    assert ("2021-05-03", None) == (date_in("2021-13-40 2021-05-03.txt"), date_in("1-2021-05-033"))
