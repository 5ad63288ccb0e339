"""Collected quotes: all by one person, whatever the quotation marks do."""

from __future__ import annotations

from ingest.readers.prose import quotes
from ingest.sources.source import source_from_bytes
from ingest.transcript import Reading

HIGHLIGHTS = """\
Wren Okafor on Meters, Clocks and Sleep

Link post

I talked to Wren Okafor about meters that lie.

Below are some quotes from our conversation. The transcript is elsewhere.

Meters

Why meters lie

“Nobody reads them. So my neighbour said, “Why should it tell the truth?

And I told him: because it can.

“I still read mine.”

What a meter costs

It costs a night’s sleep.
"""


def read(text: str) -> Reading:
    return quotes.read(source_from_bytes("quotes.txt", text.encode()))


def test_highlights_are_recognised_by_their_announcement() -> None:
    assert quotes.sniff(source_from_bytes("a.txt", HIGHLIGHTS.encode()))
    assert not quotes.sniff(
        source_from_bytes("a.txt", b"Ada: Any quotes from the talk?\n\nBo: No.\n")
    )


def test_every_quote_is_the_quoted_persons() -> None:
    """Unbalanced and missing marks change nothing, and stay in the text."""
    reading = read(HIGHLIGHTS)
    assert [
        (None, "editorial"),
        (None, "editorial"),
        ("Wren Okafor", "speech"),
        ("Wren Okafor", "speech"),
    ] == [(turn.speaker, turn.kind) for turn in reading.turns]
    first = reading.turns[2]
    assert (
        "“Nobody reads them. So my neighbour said, “Why should it tell the truth?\n\n"
        "And I told him: because it can.\n\n“I still read mine.”"
    ) == reading.text[first.char_start : first.char_end]


def test_headings_and_introduction_have_their_lines() -> None:
    assert [
        (1, "title"),
        (3, "intro"),
        (5, "intro"),
        (7, "intro"),
        (9, "section"),
        (11, "section"),
        (19, "section"),
    ] == [(section.line, section.kind) for section in read(HIGHLIGHTS).sections]
    assert [1, 2, 2] == [s.level for s in read(HIGHLIGHTS).sections if s.kind == "section"]


def test_the_title_names_the_quoted_when_the_introduction_does_not() -> None:
    assert "Wren Okafor" == quotes.quoted_person("Wren Okafor on Meters", ["Some quotes."])
    assert quotes.quoted_person("Highlights", ["Some quotes."]) is None
