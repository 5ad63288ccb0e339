"""Files are told apart by their content, and what is no transcript is refused with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import detect
from ingest.sources.source import load_source, source_from_bytes
from ingest.transcript import SourceFile
from kb.errors import UnreadableFile

SHARED = Path(__file__).parents[3] / "shared" / "formats"

NOT_TRANSCRIPTS = {
    "empty": (" \n\n", "empty"),
    "chapters": ('{"version": "1.2.0", "chapters": [{"startTime": 0, "title": "Hi"}]}', "chapter"),
    "other JSON": ('{"name": "kb", "dependencies": {"left-pad": "1"}}', "no transcript"),
    "empty list": ("[]", "no transcript"),
    "RTTM": ("SPEAKER talk 1 0.50 1.25 <NA> <NA> anna <NA> <NA>\n", "without words"),
    "TSV": ("file\tformat\tlicence\na.md\tmd\tMIT\nb.md\tmd\tMIT\n", "table"),
    "CSV": ('file,format,licence\n"a,b.md",md,MIT\n', "table"),
    "TOML": ('# names\n[[document]]\nfile = "a.md"\nspeakers = ["Ada Quill"]\n', "configuration"),
    "feed": ('<?xml version="1.0"?>\n<rss version="2.0"><channel>Talk</channel></rss>', "feed"),
    "HTML without text": ("<!doctype html><html><script>x()</script><p> </p></html>", "HTML"),
    "WebVTT without cues": ("WEBVTT\n\nNOTE nothing here\n", "without any text"),
}


def source(text: str) -> SourceFile:
    return source_from_bytes("upload.txt", text.encode())


@pytest.mark.parametrize(("text", "reason"), NOT_TRANSCRIPTS.values(), ids=NOT_TRANSCRIPTS.keys())
def test_what_is_no_transcript_is_refused_with_a_reason(text: str, reason: str) -> None:
    """The message names the file and says why, the hint says what to do."""
    with pytest.raises(UnreadableFile, match=reason) as caught:
        detect.read(source(text))
    assert str(caught.value).startswith("upload.txt: ")
    assert caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "[Music] Welcome back, everyone.\n\nToday we talk about safety.",
        "{laughs} That is a good one.\n\nIndeed, said the other.",
        "Well, yes, I think so.\n\nBut no, not that, never again.",
        "Wind, rain, and snow\nwait, wait, and go",
        "Kind people: they exist.\n\nIn captions they do not.",
    ],
)
def test_prose_that_looks_like_a_machine_format_is_prose(text: str) -> None:
    """Brackets, braces, commas and colons occur in ordinary text."""
    reading = detect.read(source(text))
    assert text.split() == reading.text.split()


def test_text_of_no_known_format_falls_back_to_paragraphs_and_says_so() -> None:
    """Anything with text is read."""
    reading = detect.read(source("It rained all day.\n\nNobody minded."))
    assert ["It rained all day.", "Nobody minded."] == reading.text.split("\n\n")
    assert reading.notes


def test_notes_of_the_decoding_reach_the_reading() -> None:
    """Whoever looks at the document sees that its encoding was guessed."""
    data = "WEBVTT\n\n00:01.000 --> 00:02.000\nCafé\n".encode("cp1252")
    reading = detect.read(source_from_bytes("a.vtt", data))
    assert ("Café", ("decoded as Windows-1252",)) == (reading.text, reading.notes)


EXPECTED = {  # file: format, turns, speakers, seconds of the first and the last anchor
    "12_podns_example.srt": ("SubRip", 10, 3, 0.179, 752.671),
    "13_podns_example.html": ("Podcasting 2.0 HTML", 10, 3, 0, 691),
    "14_podns_example.json": ("Podcasting 2.0 JSON", 2, 2, 0.5, 2.75),
    "15_podns_example.vtt": ("WebVTT", 2, 2, 0, 21.45),
    "19_youtube_auto_rolling.vtt": ("WebVTT", 1, 0, 286.07, 304.08),
    "20_sample.sbv": ("SBV", 1, 0, 0.378, 17.484),
    "23_qmsum_covid_4.json": ("QMSum JSON", 275, 89, None, None),
    "25_pyannote_sample.stm": ("STM", 9, 2, 6.68, 28.445),
}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared transcripts are not here")
@pytest.mark.parametrize("name", EXPECTED)
def test_real_files(name: str) -> None:
    """Counted in the files by hand."""
    reading = detect.read(load_source(SHARED / name))
    speakers = {turn.speaker for turn in reading.turns} - {None}
    assert EXPECTED[name] == (
        reading.format,
        len(reading.turns),
        len(speakers),
        reading.anchors[0].seconds,
        reading.anchors[-1].seconds,
    )


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared transcripts are not here")
@pytest.mark.parametrize(
    "name", ["18_podns_chapters.json", "24_pyannote_sample.rttm", "PROVENANCE.tsv"]
)
def test_real_files_that_are_no_transcripts(name: str) -> None:
    """Chapters, speaker times and a table lie among the transcripts."""
    with pytest.raises(UnreadableFile):
        detect.read(load_source(SHARED / name))
