"""YouTube caption text: hard-wrapped lines without times and speakers."""

from __future__ import annotations

from ingest import detect
from ingest.readers.captions.youtube_captions import caption_lines
from ingest.sources.source import source_from_bytes

CAPTIONS = (
    "**Copied from a video**\n\nKind: captions\nLanguage: en\n"
    "Is the model safe?\n"
    "Safe for whom?&nbsp;\n"
    "For everybody who&nbsp;\n"
    "uses it &amp; for the rest.&nbsp;\n"
    "That depends.\n"
    "We test it on questions&nbsp;&nbsp;\n"
    "that nobody asked before.&nbsp;\n"
    "Then we look."
)


def test_speech_is_joined_and_the_header_is_not_speech() -> None:
    """The note above the header is editorial; entities are decoded; nobody is named."""
    reading = detect.read(source_from_bytes("video.txt", CAPTIONS.encode()))
    speech = (
        "Is the model safe? Safe for whom? For everybody who uses it & for the rest. "
        "That depends. We test it on questions that nobody asked before. Then we look."
    )
    assert [("editorial", None, "Copied from a video", 1), ("speech", None, speech, 5)] == [
        (t.kind, t.speaker, reading.text[t.char_start : t.char_end], t.line_start)
        for t in reading.turns
    ]


def test_hard_breaks() -> None:
    """One space-entity wraps the first line of a cue and ends the second; two always run on."""
    assert [
        (5, True),
        (6, True),
        (7, False),
        (8, True),
        (9, True),
        (10, False),
        (11, False),
        (12, True),
    ] == [(line.line, line.hard_break) for line in caption_lines(CAPTIONS)]


def test_paragraphs_end_at_hard_breaks() -> None:
    """A sentence that ends inside a cue does not end a paragraph."""
    cue = (
        "one two three four five six&nbsp;\nseven eight. nine ten.&nbsp;&nbsp;\n"
        "I go&nbsp;\non so.&nbsp;\n"
    )
    reading = detect.read(source_from_bytes("v", f"Kind: captions\n{cue * 20}".encode()))
    paragraphs = [reading.text[t.char_start : t.char_end] for t in reading.turns]
    assert len(paragraphs) > 1
    assert all(paragraph.endswith("on so.") for paragraph in paragraphs)
    assert all(len(paragraph.split()) <= 120 for paragraph in paragraphs)
