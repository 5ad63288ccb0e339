"""Lines with times in front of them, or above them, that name few people or nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readings import read, spoken

from ingest.readers.captions import timed_lines
from ingest.sources.source import source_from_bytes
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


@pytest.mark.parametrize("head", ["How kettles learn to sing\n", "How kettles learn to sing\n\n"])
def test_a_first_line_above_the_times_is_the_title(head: str) -> None:
    times = "0:00\nso today we\n0:04\nlook at lids\n0:09\nand at hope\n"
    assert "How kettles learn to sing" == read(head + times).title
    assert read("Search in video\n\n" + times).title is None


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


def test_times_of_one_digit_beside_an_arrow() -> None:
    """As old exports of Teams have them, above a name; ``1:2`` alone is a ratio."""
    reading = read(
        "0:0:4.0 --> 0:0:9.5\nAda Quill\nIs it 1:2?\n\n0:0:56.1 --> 0:1:7.0\nBo Lind\nIt is.\n\n"
        "0:1:7.0 --> 0:1:8.0\nAda Quill\nGood.\n\n0:1:8.0 --> 0:1:9.0\nBo Lind\n1:2 it is.\n"
    )
    assert [
        ("Ada Quill", "Is it 1:2?", 4.0),
        ("Bo Lind", "It is.", 56.1),
        ("Ada Quill", "Good.", 67.0),
        ("Bo Lind", "1:2 it is.", 68.0),
    ] == said(reading)


@pytest.mark.parametrize(
    "when", ["00;0{0};04;12 - 00;0{0};15;00", "[00:0{0}:04:12 - 00:0{0}:15:00]"]
)
def test_times_that_count_frames(when: str) -> None:
    """As programs that cut films have them, above a name; frames are less than a second."""
    turns = [
        ("Ada Quill", "Ready?"),
        ("Bo Lind", "Quite."),
        ("Ada Quill", "Go."),
        ("Bo Lind", "So."),
    ]
    blocks = [f"{when.format(n)}\n{name}\n{text}" for n, (name, text) in enumerate(turns)]
    expected = [(name, text, 60.0 * n + 4) for n, (name, text) in enumerate(turns)]
    assert expected == said(read("\n\n".join(blocks)))


def test_subtitles_with_columns_of_times() -> None:
    """Settings above them are no words, and a bar is a break of lines."""
    reading = read(
        "//A program\n$FontName = Arial\n\n00:00:01:00 , 00:00:02:12 , Ada Quill: Ready|or not?\n"
        "00:00:03:00 , 00:00:04:00 , Bo Lind: Quite.\n00:00:05:01 , 00:00:06:00 , Ada Quill: Go.\n"
    )
    assert [
        ("Ada Quill", "Ready or not?", 1.0),
        ("Bo Lind", "Quite.", 3.0),
        ("Ada Quill", "Go.", 5.0),
    ] == said(reading)
    assert {"speech"} == {turn.kind for turn in reading.turns}


def test_times_that_are_links() -> None:
    """To the place in a video, with names behind them or without; in bold or not."""
    link = "[0:0{0}](https://example.org/w?t={0})".format
    named = [("Ada Quill", "Ready?"), ("Bo Lind", "Quite."), ("Ada Quill", "Go.")]
    lines = [f"{link(n)} **{name}:** {text}" for n, (name, text) in enumerate(named)]
    assert [(*turn, float(n)) for n, turn in enumerate(named)] == said(read("\n\n".join(lines)))
    bare = "\n\n".join(f"**{link(n)}** We go {n}." for n in (1, 2, 3))
    reading = read(f"# On meters\n\n{bare}")
    assert ("On meters", [(None, "We go 1. We go 2. We go 3.", 1.0)]) == (
        reading.title,
        said(reading),
    )


def test_times_in_words() -> None:
    """YouTube reads a time out below the one in figures; another number of seconds is said."""
    text = "0:04\n4 seconds\nWe go\n1:05\n1 minute, 5 seconds\nfor\n1:09\n5 seconds\nmore."
    assert [(None, "We go for 5 seconds more.", 4.0)] == said(read(text))
    points = "".join(f"Starting point is 00:00:0{n}\nWe go {n}.\n" for n in (1, 2, 3))
    assert [(None, "We go 1. We go 2. We go 3.", 1.0)] == said(read(points))


def test_the_first_speaker_has_the_time_above_the_name() -> None:
    """As the others have; where none stands above the first name, the first has no time."""
    reading = read(
        "0:04\nAda: Ready\n0:07\nor not?\n0:15\nBo: Quite.\n0:20\nAda: Go.\n0:30\nBo: So."
    )
    assert [4.0, 15.0, 20.0, 30.0] == [seconds for _, _, seconds in said(reading)]
    reading = read("Ada: Ready?\n\n0:15\nBo: Quite.\n\n0:20\nAda: Go.\n\n0:30\nBo: So.")
    assert [None, 15.0, 20.0, 30.0] == [seconds for _, _, seconds in said(reading)]


def test_chapters_between_times_are_headings() -> None:
    """As YouTube shows them, above the time of the first words: nobody says them."""
    reading = read(
        "Greetings\n0:00\nwelcome to the channel\n0:03\ntoday we look at kettles\n"
        "Chapter 2: The lid\n0:08\nand at lids of course\n0:12\nthanks for watching\n"
    )
    assert [
        (None, "welcome to the channel today we look at kettles"),
        (None, "and at lids of course thanks for watching"),
    ] == spoken(reading)
    assert ["Greetings", "Chapter 2: The lid"] == [section.title for section in reading.sections]
    assert [0.0, 8.0] == [turn.start_seconds for turn in reading.turns]


def test_second_lines_below_most_times_are_words() -> None:
    lines = "0:00\nWelcome to\nThe Kettle Show\n0:03\nToday\nWe look at lids\n0:08\nAnd steam\n"
    assert not read(lines).sections


def test_times_with_an_arrow_between_them() -> None:
    turns = [
        "0:01 → 0:02 Ada Quill: Is it?",
        "0:03 → 0:04 Bo Lind: It is.",
        "0:05 → 0:06 Ada Quill: Ah.",
    ]
    assert ["Ada Quill", "Bo Lind", "Ada Quill"] == [n for n, _ in spoken(read("\n".join(turns)))]


def test_what_youtube_has_below_the_transcript_is_not_said() -> None:
    times = "0:00\nso today we\n0:04\nlook at lids\n0:09\nand at hope\n"
    assert (
        "so today we look at lids and at hope"
        == spoken(read(f"{times}English (auto-generated)\n"))[0][1]
    )
