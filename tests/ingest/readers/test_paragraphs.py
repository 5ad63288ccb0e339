"""Prose of no known format: its byline, its date, its headings, and what is made up in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import detect
from ingest.readers.prose import paragraphs
from ingest.sources.sidecar import Entry, SpeakerEntry
from ingest.sources.source import source_from_bytes
from ingest.speakers.identities import resolve_speakers
from ingest.transcript import Reading
from kb.types import Speaker

LETTER = """\
KETTLE, issue 12
3 March 2031
by Ngozi Okwuosa

Hello from Larkfield, where it has rained for a week and the meters have stopped.

A small meter from a large company

Quillstone, a company with nine employees, has sold its first meter to a museum here.

> Nobody has ever asked a meter what it wants, and nobody will.

"It will be the year 2040 before anybody reads one of these meters at night," said Tobias Lindqvist.

Money

The round came to four million, which is more than the meters of the town have ever cost.

Fiction: The Night Clock

I was a clock, and for nine hundred years I told the town of Larkfield the wrong time.

Out Of Order

"What did you want?"

Comments

I liked the clock very much, more than I have liked any other clock in this letter.

Tobias Lindqvist

I did not like the clock, and I should have preferred another page about the meters.
"""
BODY = "It rained all day in Larkfield, and nobody there minded it much.\n"


def read(text: str, name: str = "letter.txt") -> Reading:
    return detect.read(source_from_bytes(name, text.encode()))


def author(text: str) -> str | None:
    names = [speaker.name for speaker in read(text).speakers if speaker.role == "author"]
    return names[0] if names else None


def by_kind(reading: Reading, kind: str) -> list[tuple[str | None, str]]:
    return [
        (t.speaker, reading.text[t.char_start : t.char_end])
        for t in reading.turns
        if t.kind == kind
    ]


def test_the_byline_names_who_speaks_in_every_paragraph() -> None:
    reading, speakers = resolve_speakers(read(LETTER), None)
    assert (Speaker("Ngozi Okwuosa", "author"),) == speakers
    assert {"Ngozi Okwuosa"} == {name for name, _ in by_kind(reading, "speech")}
    assert {"Ngozi Okwuosa"} == {name for name, _ in by_kind(reading, "fiction")}
    assert "whom the byline names" in reading.notes[0]


def test_title_date_and_byline_are_no_paragraphs() -> None:
    reading = read(LETTER)
    assert ("KETTLE, issue 12", "2031-03-03") == (reading.title, reading.date)
    assert [(None, "3 March 2031\n\nby Ngozi Okwuosa")] == by_kind(reading, "editorial")
    assert "Hello from Larkfield" in by_kind(reading, "speech")[0][1]


def test_headings_in_sentence_case_and_title_case_begin_sections() -> None:
    """A story has a title line of its own; a lone line in it and a commenter's name begin none."""
    assert [
        (1, "title", "KETTLE, issue 12"),
        (7, "section", "A small meter from a large company"),
        (15, "section", "Money"),
        (19, "fiction", "Fiction: The Night Clock"),
        (27, "comments", "Comments"),
    ] == [(s.line, s.kind, s.title) for s in read(LETTER).sections]


def test_quoted_paragraphs_and_comments_are_not_the_authors() -> None:
    reading, _ = resolve_speakers(read(LETTER), None)
    quoted = by_kind(reading, "quotation")
    assert [(None, "> Nobody has ever asked a meter what it wants, and nobody will.")] == quoted
    assert {None} == {name for name, _ in by_kind(reading, "comment")}
    assert any("I did not like the clock" in text for _, text in by_kind(reading, "comment"))


def test_comments_are_their_writers_where_these_are_named() -> None:
    """Labels that stand only among comments make no conversation of the text above them."""
    reading = read(
        f"The meters of Larkfield\nby Ngozi Okwuosa\n\n{BODY}\nComments\n\n"
        "Tobias Lindqvist: I mind it.\n\nNgozi Okwuosa: Do you?\n\n"
        "Tobias Lindqvist: I do.\n\nmeter_9 (4 May): So do I.\n"
    )
    assert [
        ("Tobias Lindqvist", "I mind it."),
        ("Ngozi Okwuosa", "Do you?"),
        ("Tobias Lindqvist", "I do."),
        ("meter_9", "So do I."),
    ] == by_kind(reading, "comment")
    assert [(None, BODY.strip())] == by_kind(reading, "speech")


@pytest.mark.parametrize(
    "byline",
    [
        "by Ngozi Okwuosa",
        "By Ngozi Okwuosa",
        "BY NGOZI OKWUOSA",
        "*By Ngozi Okwuosa*",
        "Written by Ngozi Okwuosa",
        "Author: Ngozi Okwuosa",
        "By Dr Ngozi Okwuosa",
        "By Ngozi Okwuosa, science correspondent",
        "By Ngozi Okwuosa, 17 June 2031",
        "By Ngozi Okwuosa | The Larkfield Times",
        "Ngozi Okwuosa | 17 June 2031",
        "June 17th, 2031 · Ngozi Okwuosa · 8 min read",
        "Posted by Ngozi Okwuosa on 17 June 2031",
    ],
)
def test_a_line_that_is_a_byline(byline: str) -> None:
    """Below the title, with or without a date."""
    assert "Ngozi Okwuosa" == author(f"The meters of Larkfield\n\n{byline}\n\n{BODY}")


@pytest.mark.parametrize("byline", ["By Wren van Loon", "By J. R. Vale", "By Anne-Marie O’Neill"])
def test_names_with_particles_initials_and_marks(byline: str) -> None:
    assert byline.removeprefix("By ") == author(f"The meters of Larkfield\n{byline}\n\n{BODY}")


@pytest.mark.parametrize(
    "line",
    [
        "By the way, Ngozi Okwuosa was there",
        "by Monday we had moved to Larkfield",
        "By Monday Morning",
        "By Design Ltd",
        "By Quillstone Labs",
        "By Popular Demand",
        "By The Editors",
        "By Ngozi",
        "By Ngozi Okwuosa and Tobias Lindqvist",
        "By Ngozi and Wren Okwuosa",
        "By Ngozi Okwuosa said the report of the town",
        "Translated by Ngozi Okwuosa",
        "Ngozi Okwuosa",
        "Slow Kettle Letter | 17 June 2031",
        "Larkfield Minded | 17 June 2031",
    ],
)
def test_a_line_that_names_no_single_author(line: str) -> None:
    """The last is the name of a publication: the text uses its words otherwise too."""
    body = BODY.replace("Larkfield", "larkfield")
    assert author(f"The meters of the town\n\n{line}\n\n{body}") is None


@pytest.mark.parametrize("rest", ["\nand sold.", "."])
def test_a_name_inside_a_wrapped_sentence_is_no_byline(rest: str) -> None:
    text = f"The meters of the town\n\nThe first was built\nby Ngozi Okwuosa{rest}\n\n"
    assert author(text + BODY) is None


def test_a_name_far_below_is_no_byline() -> None:
    """The credit of a picture, say."""
    assert author(f"The meters\n\n{BODY * 3}\n{BODY * 3}\nby Ngozi Okwuosa\n\n{BODY}") is None


def test_fields_at_the_head_are_read_too() -> None:
    reading = read(f"Title: The Meters\nAuthor: Ngozi Okwuosa\nDate: 17 June 2031\n\n{BODY}")
    assert ("The Meters", "2031-06-17") == (reading.title, reading.date)
    assert (Speaker("Ngozi Okwuosa", "author"),) == reading.speakers


def test_a_name_below_a_long_paragraph_is_no_byline() -> None:
    assert author(f"The meters\n\n{BODY.strip()} {BODY * 2}\nby Ngozi Okwuosa\n\n{BODY}") is None


def test_a_diary_keeps_its_entries() -> None:
    """Only the first date is the head's; what stands above the second is text."""
    reading = read(f"Notes\n3 March 2031\n\nIt rained.\n\n4 March 2031\n\n{BODY}")
    assert "2031-03-03" == reading.date
    assert [(None, "3 March 2031")] == by_kind(reading, "editorial")


def test_a_name_below_a_paragraph_at_the_top_is_no_byline() -> None:
    assert author(f"{BODY.strip()} {BODY.strip()} {BODY}by Ngozi Okwuosa\n\n{BODY}") is None


def test_a_rule_above_the_title_is_skipped() -> None:
    assert "The meters" == read(f"***\nThe meters\nby Ngozi Okwuosa\n\n{BODY}").title


def test_two_bylines_name_no_single_author() -> None:
    assert author(f"Meters\nby Ngozi Okwuosa\nby Tobias Lindqvist\n\n{BODY}") is None


def test_a_first_line_that_begins_with_by_is_a_title() -> None:
    reading = read(f"By Southern Lights\n\n{BODY}\n{BODY}")
    assert ("By Southern Lights", ()) == (reading.title, reading.speakers)
    assert author(f"by Ngozi Okwuosa\n\n{BODY}") == "Ngozi Okwuosa"
    assert author(f"by Ngozi Okwuosa | Meters and Us\n17 June 2031\n\n{BODY}") is None


@pytest.mark.parametrize("how", ["Written by", "By", "by"])
def test_a_first_line_that_is_surely_a_byline_is_one(how: str) -> None:
    """A date follows it, and the title follows both."""
    reading = read(f"{how} Ngozi Okwuosa\n17 June 2031\n\nThe Meters\n\n{BODY}")
    assert ("The Meters", "2031-06-17") == (reading.title, reading.date)
    assert "Ngozi Okwuosa" == reading.speakers[0].name


@pytest.mark.parametrize(
    "line", ["17 June 2031", "Tuesday, 17 June 2031", "Jun 17, 2031", "Published: 2031-06-17"]
)
def test_a_date_line_dates_a_text(line: str) -> None:
    assert "2031-06-17" == read(f"The meters\n{line}\n\n{BODY}").date


@pytest.mark.parametrize("line", ["31 June 2031", "6/7/2031", "We met on 17 June 2031", "June"])
def test_a_line_that_is_no_certain_date(line: str) -> None:
    assert read(f"The meters\n{line}\n\n{BODY}").date is None


def test_the_date_in_the_name_of_the_file_goes_first() -> None:
    assert read(f"The meters\n17 June 2031\n\n{BODY}", "2031-06-20_meters.txt").date is None


@pytest.mark.parametrize(
    "heading",
    ["Fiction:", "A short story", "Tech Tales", "The story (fiction)", "The clock: a short story"],
)
def test_a_heading_that_says_so_begins_fiction(heading: str) -> None:
    """Whoever wrote it, and until the next heading above a paragraph."""
    reading = read(f"{BODY}\n{heading}\n\n{BODY}\nCorrections\n\n{BODY}")
    assert ["speech", "fiction", "speech"] == [turn.kind for turn in reading.turns]
    assert ["fiction", "section"] == [section.kind for section in reading.sections]


@pytest.mark.parametrize("heading", ["Fiction and Policy", "The Story So Far", "Fictional Money"])
def test_a_heading_about_stories_begins_none(heading: str) -> None:
    assert {"speech"} == {turn.kind for turn in read(f"{BODY}\n{heading}\n\n{BODY}").turns}


def test_the_title_and_the_parts_of_a_story_stay_fiction() -> None:
    reading = read(f"{BODY}\nTech Tales\n\nThe Night Clock\n\n{BODY}\nPart Two\n\n{BODY}")
    assert ["fiction"] * 3 == [section.kind for section in reading.sections]
    assert ["speech", "fiction", "fiction"] == [turn.kind for turn in reading.turns]


@pytest.mark.parametrize(
    "text",
    [
        f"{BODY}\nblue paint and a brush\n\n{BODY}",
        f"{BODY}\nThree things were said:\n\n{BODY}",
        f"{BODY}\nBlue paint\n\nA wide brush\n\n{BODY}",
        f"{BODY}\n- A wide brush\n\n{BODY}",
        f"{BODY}\nYeah that is so\n\n{BODY}",
        f"{BODY}\nThe Meters of\nLarkfield Town\n\n{BODY}",
        f"{BODY}\nA clock that belongs to\n\n{BODY}",
        f"{BODY}\nAnother line of speech\n\n{BODY}\nand so it went on until nobody was left to it",
        f"{BODY}\nAnother line of speech\n\nand so it went on and on and nobody ever made it stop",
    ],
)
def test_short_lines_that_are_no_headings(text: str) -> None:
    """Of lists, of verse, and of speech that nobody punctuated."""
    assert () == read(text).sections


def test_a_byline_beside_known_speakers_is_not_theirs() -> None:
    """An interview whose people the sidecar declares is not the author's speech."""
    entry = Entry(file="a", speaker=(SpeakerEntry(name="Wren Okafor", role="guest"),))
    reading, _ = resolve_speakers(read(LETTER), entry)
    assert "Ngozi Okwuosa" not in {name for name, _ in by_kind(reading, "speech")}


@given(st.text(st.sampled_from('ab é\u0301🙂\u200f"”|*>.\r\n:By'), max_size=200))
def test_any_text_reads_with_exact_offsets(text: str) -> None:
    source = source_from_bytes("letter.txt", (LETTER[:60] + text + LETTER[60:]).encode())
    reading = paragraphs.read(source)
    end = 0
    for turn in reading.turns:
        assert end <= turn.char_start < turn.char_end <= len(reading.text)
        end = turn.char_end
    assert "".join(source.text.split()).replace("*", "")[-100:] in "".join(reading.text.split())
