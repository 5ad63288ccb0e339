"""JSON of messages, and of turns in shapes that no service is known for."""

from __future__ import annotations

import json
from typing import Any

import pytest
from readings import read as read_text
from readings import said

from ingest.transcript import Reading
from kb.errors import UnreadableFile

MESSAGES = [("Ada Quill", "Ready?"), ("Bo Lind", "Quite."), ("Ada Quill", "Go on.")]


def read(data: Any) -> Reading:
    return read_text(json.dumps(data))


def test_messages_say_from_whom_they_are() -> None:
    """Symbl's have a time of day, which counts from the first one."""
    messages = [
        {"text": text, "from": {"name": name}, "startTime": f"2025-03-04T10:00:0{n}.250Z"}
        for n, (name, text) in enumerate(MESSAGES)
    ]
    reading = read({"messages": messages})
    assert MESSAGES == said(reading)
    assert [0.0, 1.0, 2.0] == [turn.start_seconds for turn in reading.turns]
    reading = read({"messages": [{**m, "timeOffset": 3 + i} for i, m in enumerate(messages)]})
    assert [3.0, 4.0, 5.0] == [turn.start_seconds for turn in reading.turns]


@pytest.mark.parametrize("key", ["from", "sender", "author", "user"])
def test_whoever_writes_a_message_is_its_speaker(key: str) -> None:
    assert MESSAGES == said(read([{key: name, "text": text} for name, text in MESSAGES]))


def test_times_may_be_from_and_to() -> None:
    """Then nobody is named."""
    reading = read(
        [{"from": 0.5, "to": 1.5, "text": "Ready?"}, {"from": 2, "to": 3, "text": "No."}]
    )
    assert [(None, "Ready? No.")] == said(reading)
    assert (0.5, 3.0) == (reading.turns[0].start_seconds, reading.turns[0].end_seconds)


def test_the_microphone_and_the_other_side_are_two_people() -> None:
    """Granola tells by which device somebody was heard; other sources are no people."""
    said_by = [("microphone", "Ready?"), ("speaker", "Quite."), ("microphone", "Go on.")]
    times = [f"2025-03-04T10:00:0{n}.000Z" for n in range(3)]
    flat = [
        {"source": source, "text": text, "start_timestamp": time}
        for (source, text), time in zip(said_by, times, strict=True)
    ]
    nested = [{"speaker": {"source": source}, "text": text} for source, text in said_by]
    assert said_by == said(read(flat)) == said(read({"transcript": nested}))
    assert [0.0, 1.0, 2.0] == [turn.start_seconds for turn in read(flat).turns]
    others = [{"source": "Kettle FM", "text": text, "start": 1} for _, text in said_by]
    assert {None} == {speaker for speaker, _ in said(read(others))}


def test_messages_of_several_days_have_no_time_in_a_recording() -> None:
    days = [
        {"user": name, "text": t, "time": f"2025-03-0{n + 1}T10:00"}
        for n, (name, t) in enumerate(MESSAGES)
    ]
    assert {None} == {turn.start_seconds for turn in read(days).turns}


@pytest.mark.parametrize("key", ["words", "sentences", "segments", "lines"])
def test_turns_may_hold_their_words_in_parts(key: str) -> None:
    parts = [
        {
            "speaker": name,
            "start": 0,
            key: [{"text": word, "start": n + 0.5} for word in text.split()],
        }
        for n, (name, text) in enumerate(MESSAGES)
    ]
    for data in (parts, {"paragraphs": parts}, {"transcript": {"turns": parts}}):
        reading = read(data)
        assert MESSAGES == said(reading)
        assert [0.5, 1.5, 2.5] == [turn.start_seconds for turn in reading.turns]


def test_names_beside_any_list_of_turns() -> None:
    """Labels and numbers are those people."""
    numbers = {"Ada Quill": 1, "Bo Lind": 2}
    turns = [{"speaker": numbers[name], "text": text} for name, text in MESSAGES]
    for names in (
        {"1": "Ada Quill", "2": "Bo Lind"},
        [{"id": n, "name": s} for s, n in numbers.items()],
    ):
        assert MESSAGES == said(read({"transcript": turns, "speakers": names}))


def test_turns_in_parts_of_a_recording_are_one_talk() -> None:
    turns = [{"speakerId": name, "sentences": [{"text": text}]} for name, text in MESSAGES]
    chunks = [{"id": n, "transcript": [turn]} for n, turn in enumerate(turns)]
    assert MESSAGES == said(read({"calls": chunks}))


def test_who_speaks_may_stand_in_a_list_of_users() -> None:
    """Two of them speak together. Zoom writes times as ``ts``."""
    timeline = [
        {"text": text, "ts": f"00:00:0{n}.5", "users": [{"username": name}]}
        for n, (name, text) in enumerate(MESSAGES)
    ]
    timeline[2]["users"] = [{"username": "Ada Quill"}, {"username": "Bo Lind"}]
    reading = read({"timeline": timeline})
    assert ["Ada Quill", "Bo Lind", "Ada Quill / Bo Lind"] == [t.speaker for t in reading.turns]
    assert [0.5, 1.5, 2.5] == [turn.start_seconds for turn in reading.turns]


@pytest.mark.parametrize("key", ["timestamp", "timestamps"])
def test_a_pair_of_times_is_begin_and_end(key: str) -> None:
    chunks = [{"text": "Ready?", key: [0.5, 1.5]}, {"text": "Quite.", key: [2.0, None]}]
    reading = read({"text": "Ready? Quite.", "chunks": chunks})
    assert [(None, "Ready? Quite.")] == said(reading)
    assert [0.5, 2.0] == [anchor.seconds for anchor in reading.anchors]
    rows = [[0.5, 1.5, "Ready?"], [2, 3, "Quite."]]
    assert (0.5, 3.0) == (read(rows).turns[0].start_seconds, read(rows).turns[0].end_seconds)


def test_a_message_is_said_by_its_writer_and_not_by_a_program() -> None:
    messages = [{"user": {"name": name}, "message": text} for name, text in MESSAGES]
    assert MESSAGES == said(read(messages))
    with pytest.raises(UnreadableFile, match="no transcript"):
        read([{"level": "info", "time": "12:00:01", "message": "The server starts."}])


def test_pairs_of_a_name_and_words() -> None:
    """Names of several come back; pairs of other texts may be anything."""
    assert MESSAGES == said(read([list(pair) for pair in MESSAGES]))
    assert MESSAGES == said(read([dict([pair]) for pair in MESSAGES]))
    numbered = {str(n): {"speaker": name, "text": text} for n, (name, text) in enumerate(MESSAGES)}
    assert MESSAGES == said(read({"turns": numbered}))
    for pairs in ([["Colour", "red"], ["Size", "small"]], [{"Colour": "red"}, {"Size": "small"}]):
        with pytest.raises(UnreadableFile, match="no transcript"):
            read(pairs)


def test_names_may_stand_in_the_object_that_holds_the_turns() -> None:
    people = [{"id": "u1", "name": "Ada Quill"}, {"id": "u2", "name": "Bo Lind"}]
    ids = {person["name"]: person["id"] for person in people}
    turns = [{"speaker_id": ids[name], "text": text} for name, text in MESSAGES]
    assert MESSAGES == said(read({"data": {"meeting": {"speakers": people, "utterances": turns}}}))


def test_names_in_front_of_the_words_of_segments() -> None:
    """Where two people come back so; one word before a colon is none."""
    texts = [f"{name}: {text}" for name, text in [*MESSAGES, ("Bo Lind", "So it goes.")]]
    segments = [{"start": n, "end": n + 1, "text": text} for n, text in enumerate(texts)]
    reading = read({"segments": segments})
    assert [*MESSAGES, ("Bo Lind", "So it goes.")] == said(reading)
    assert [0.0, 1.0, 2.0, 3.0] == [turn.start_seconds for turn in reading.turns]
    assert [None, None, None] == [a.seconds for a in read([{"line": t} for t in texts[:3]]).anchors]
