"""NIST formats: STM transcripts, and RTTM speaker times beside a transcript without speakers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readings import read, said

from ingest.readers.captions.rttm import SpeakerSegment, assign, parse_rttm
from ingest.sources.source import source_from_bytes
from kb.errors import UnreadableFile

CAPTIONS = (
    "WEBVTT\n\n00:00.000 --> 00:02.000\nIs it safe?\n\n00:02.000 --> 00:04.000\nNot yet,\n\n"
    "00:04.000 --> 00:06.000\nbut soon.\n\n00:08.000 --> 00:09.000\nGood.\n"
)


def test_stm_segments() -> None:
    """Comments, labels and segments that are not to be scored are no speech."""
    reading = read(
        ";; a comment\ntalk 1 Ada 0.5 1.5 <o,f0,female> Good morning.\n"
        "talk 1 inter_segment_gap 1.5 2 <o,,> ignore_time_segment_in_scoring\n"
        "talk 1 Ada 2 3.25 Good day.\ntalk 1 Bo 4 5 <o> Hello\n"
    )
    assert [("Ada", "Good morning. Good day."), ("Bo", "Hello")] == said(reading)
    assert [(0.5, 3.25, 2, 4), (4.0, 5.0, 5, 5)] == [
        (t.start_seconds, t.end_seconds, t.line_start, t.line_end) for t in reading.turns
    ]


def test_rttm_gives_cues_to_who_talks_most_in_them() -> None:
    """Turns are cut and joined where the speaker changes; the text does not move."""
    rttm = (
        ";; diarization\nSPKR-INFO talk 1 <NA> <NA> <NA> unknown ada <NA>\n"
        "SPEAKER talk 1 2.50 3.50 <NA> <NA> bo <NA> <NA>\n"
        "SPEAKER talk 1 0.00 2.75 <NA> <NA> ada <NA> <NA>\n"
        "SPEAKER talk 1 8.00 1.00 <NA> <NA> ada <NA> <NA>\n"
    )
    before = read(CAPTIONS)
    after = assign(before, parse_rttm(source_from_bytes("talk.rttm", rttm.encode())))
    assert [("ada", "Is it safe?"), ("bo", "Not yet, but soon."), ("ada", "Good.")] == said(after)
    assert (before.text, before.anchors) == (after.text, after.anchors)
    assert [0, 1, 2] == [turn.index for turn in after.turns]
    assert [1.0, 0.625, 1.0] == [turn.speaker_confidence for turn in after.turns]
    assert [(4, 4), (7, 10), (13, 13)] == [(t.line_start, t.line_end) for t in after.turns]


def test_rttm_joins_what_only_a_guess_had_cut() -> None:
    """A mark for a change of speaker gives way to what the recording says."""
    reading = read(CAPTIONS.replace("Not yet", "&gt;&gt; Not yet"))
    assert 2 == len(reading.turns)
    after = assign(reading, [SpeakerSegment(0, 9, "ada")])
    assert [("ada", "Is it safe?\n\nNot yet, but soon. Good.")] == said(after)


def test_cues_that_nobody_covers_stay_unknown() -> None:
    after = assign(read(CAPTIONS), [SpeakerSegment(0, 2, "ada")])
    assert [("ada", "Is it safe?"), (None, "Not yet, but soon. Good.")] == said(after)


def test_printed_names_are_not_overruled() -> None:
    reading = read(CAPTIONS.replace("Is it", "<v Zoë>Is it"))
    assert reading.turns == assign(reading, [SpeakerSegment(0, 9, "ada")]).turns


def test_text_without_times_is_left_alone() -> None:
    reading = read("Kind: captions\nSo it goes.")
    assert reading == assign(reading, [SpeakerSegment(0, 9, "ada")])


@given(st.lists(st.tuples(st.floats(0, 12), st.floats(0, 5), st.sampled_from("abc")), max_size=8))
def test_assigning_keeps_every_word(times: list[tuple[float, float, str]]) -> None:
    """However the segments lie, turns stay in order and together hold all the text."""
    segments = [SpeakerSegment(start, start + length, name) for start, length, name in times]
    reading = read(CAPTIONS)
    after = assign(reading, segments)
    assert reading.text.split() == [word for _, text in said(after) for word in text.split()]
    assert all(0 <= turn.speaker_confidence <= 1 for turn in after.turns)
    assert all(
        one.char_end <= two.char_start
        for one, two in zip(after.turns, after.turns[1:], strict=False)
    )


@pytest.mark.parametrize(
    "line",
    ["SPEAKER talk 1 0.5", "SPEAKER talk 1 0 x <NA> <NA> a", "SPEAKER talk 1 0 -1 <NA> <NA> a"],
)
def test_malformed_rttm_is_refused_with_its_line(line: str) -> None:
    with pytest.raises(UnreadableFile, match="line 2"):
        parse_rttm(source_from_bytes("talk.rttm", f";; comment\n{line}\n".encode()))
