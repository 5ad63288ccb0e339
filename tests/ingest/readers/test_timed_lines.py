"""Lines with times in front of them, or above them, that name few people or nobody."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from readings import read

from ingest.readers import timed_lines
from ingest.source import source_from_bytes
from ingest.transcript import Reading


def said(reading: Reading) -> list[tuple[str | None, str, float | None]]:
    return [
        (turn.speaker, reading.text[turn.char_start : turn.char_end], turn.start_seconds)
        for turn in reading.turns
        if turn.kind == "speech"
    ]


def test_the_transcript_of_a_youtube_page() -> None:
    """A time on a line of its own belongs to the text below; the text is free of times."""
    reading = read("Transcript\n\n0:00\nso today we\n0:04\nlook at risk\n1:00:02\nand at hope\n")
    assert ("timed lines", [(None, "so today we look at risk and at hope", 0.0)]) == (
        reading.format,
        said(reading),
    )
    assert [(1, None), (4, 0.0), (6, 4.0), (8, 3602.0)] == [
        (anchor.line, anchor.seconds) for anchor in reading.anchors
    ]


def test_times_in_front_of_the_text() -> None:
    """Bare, in brackets or followed by a dash."""
    for form in ("{} {}", "[{}] {}", "({}) {}", "{} - {}", "{}\t{}"):
        lines = [form.format(f"0:0{second}", f"We go {second}.") for second in (1, 4, 9)]
        assert [(None, "We go 1. We go 4. We go 9.", 1.0)] == said(read("\n".join(lines)))


def test_the_log_of_whisper_and_subtitles_without_numbers() -> None:
    """Names in front of the text are speakers, as in other captions."""
    log = "[00:01.000 --> 00:04.000]  Ready?\n[00:04.000 --> 00:09.000]  Quite.\n"
    assert [(None, "Ready? Quite. Go.", 1.0)] == said(read(log + "[00:09.000 --> 00:11.000]  Go."))
    captions = [
        "00:00:01,000 --> 00:00:02,000\nAda: Ready?",
        "00:00:03,000 --> 00:00:04,000\nBo: Quite\nready.",
        "00:00:05,000 --> 00:00:06,000\nAda: Go.",
    ]
    assert [("Ada", "Ready?", 1.0), ("Bo", "Quite ready.", 3.0), ("Ada", "Go.", 5.0)] == said(
        read("\n\n".join(captions))
    )


def test_lyrics() -> None:
    """LRC has no space behind its times; its tags give the title and are no text."""
    reading = read("[ti:On meters]\n[by:x]\n[00:01.50]Ada: Ready?\n[00:03.00]Bo: Yes.\n[00:04]Go.")
    assert ("On meters", [("Ada", "Ready?", 1.5), ("Bo", "Yes. Go.", 3.0)]) == (
        reading.title,
        said(reading),
    )


def test_times_of_labelled_speech_are_left_to_its_own_reader() -> None:
    """So is a text with a few times, such as an outline above it."""
    labelled = "[0:01] Ada: Ready?\n[0:03] Bo: Quite.\n[0:05] Ada: Go."
    assert "labelled transcript" == read(labelled).format
    outline = "0:00 Start\n0:05 Middle\n0:09 End\n\n" + "We talked for an hour.\n\n" * 9
    assert "paragraphs" == read(outline).format


@given(st.lists(st.text("ab é漢\u200f:[]<>-. ", max_size=20), min_size=3, max_size=9))
def test_spans_are_exact(texts: list[str]) -> None:
    """Whatever stands between the times, every word comes out once and in order."""
    lines = [f"[{second // 60:02}:{second % 60:02}] x{text}" for second, text in enumerate(texts)]
    source = source_from_bytes("talk.txt", "\n".join(lines).encode())
    reading = timed_lines.read(source)
    position = 0
    for turn in reading.turns:
        assert position <= turn.char_start < turn.char_end <= len(reading.text)
        position = turn.char_end
    for anchor in reading.anchors:
        assert reading.text[anchor.char_start] in lines[anchor.line - 1]
