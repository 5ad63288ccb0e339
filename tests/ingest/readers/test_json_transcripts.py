"""JSON transcripts: what each service writes, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from readings import said

from ingest import detect
from ingest.readers.json_values import seconds
from ingest.source import source_from_bytes
from ingest.transcript import Reading
from kb.errors import UnreadableFile


def read(data: Any) -> Reading:
    text = data if isinstance(data, str) else json.dumps(data, indent=1)
    return detect.read(source_from_bytes("talk.txt", text.encode()))


def test_words_of_one_segment_may_have_several_speakers() -> None:
    """WhisperX cuts by pauses; the words know better, and a word without a speaker runs on."""
    words = [
        {"word": "Sure?", "start": 0.1, "speaker": "SPEAKER_00"},
        {"word": "Quite", "start": 0.9, "speaker": "SPEAKER_01"},
        {"word": "42", "start": 1.1},
    ]
    reading = read(
        {
            "segments": [
                {"start": 0, "end": 2, "text": " Sure? Quite 42", "words": words},
                {"start": 2, "end": 3, "text": " sure.", "speaker": "SPEAKER_01"},
                {"start": 4, "end": 5, "text": " Hm."},
            ]
        }
    )
    assert [("SPEAKER_00", "Sure?"), ("SPEAKER_01", "Quite 42 sure."), (None, "Hm.")] == said(
        reading
    )
    assert ("WhisperX JSON", [0.1, 0.9, 4.0]) == (
        reading.format,
        [turn.start_seconds for turn in reading.turns],
    )


def test_whisper_without_segments_is_its_text() -> None:
    assert [(None, "All of it.")] == said(read({"text": " All of it.", "language": "en"}))


def test_deepgram_words_and_channels() -> None:
    """Without paragraphs the words carry the speakers; two channels are two people."""

    def channel(*words: tuple[str, float]) -> dict[str, Any]:
        return {
            "alternatives": [
                {
                    "transcript": "",
                    "words": [
                        {"word": word.lower(), "punctuated_word": word, "start": start}
                        for word, start in words
                    ],
                }
            ]
        }

    one = channel(("Hello", 0), ("there.", 1))
    one["alternatives"][0]["words"][1]["speaker"] = 1
    one["alternatives"][0]["words"][0]["speaker"] = 0
    assert [("Speaker 0", "Hello"), ("Speaker 1", "there.")] == said(
        read({"results": {"channels": [one]}})
    )
    two = [channel(("Hello?", 0), ("Good.", 4)), channel(("Yes.", 2))]
    assert [("Channel 0", "Hello?"), ("Channel 1", "Yes."), ("Channel 0", "Good.")] == said(
        read({"results": {"channels": two}})
    )


def test_deepgram_utterances_come_first() -> None:
    utterance = {
        "transcript": "Good morning.",
        "speaker": 0,
        "start": 1.5,
        "end": 2.5,
        "channel": 0,
    }
    reading = read({"results": {"utterances": [utterance], "channels": [{"alternatives": [{}]}]}})
    assert ([("Speaker 0", "Good morning.")], 1.5) == (
        said(reading),
        reading.turns[0].start_seconds,
    )


def test_assemblyai_counts_milliseconds() -> None:
    """Its words are used when there are no utterances."""
    reading = read(
        {
            "text": "Hi you.",
            "utterances": None,
            "words": [
                {"text": "Hi", "start": 1500, "end": 1900, "speaker": "A"},
                {"text": "you.", "start": 2000, "end": 2300, "speaker": "B"},
            ],
        }
    )
    assert [("A", "Hi"), ("B", "you.")] == said(reading)
    assert [(1.5, 1.9), (2.0, 2.3)] == [(t.start_seconds, t.end_seconds) for t in reading.turns]


@pytest.mark.parametrize(
    ("speakers", "key"),
    [
        ({"7": "Ada Quill"}, "7"),
        ({"7": {"name": "Ada Quill"}}, 7),
        ([{"id": 7, "name": "Ada Quill"}], 7),
        (["Bo", "Ada Quill"], 1),
        (["Ada Quill"], "Ada Quill"),
    ],
)
def test_segments_name_their_speaker_by_id_or_position_or_name(speakers: Any, key: Any) -> None:
    segments = [{"speaker": key, "text": "Indeed.", "start": "0:01:02.5", "end": "63"}]
    reading = read({"title": "On tests", "speakers": speakers, "segments": segments})
    assert ("On tests", [("Ada Quill", "Indeed.")]) == (reading.title, said(reading))
    assert (62.5, 63.0) == (reading.turns[0].start_seconds, reading.turns[0].end_seconds)


def test_utterances_name_their_speaker_by_id() -> None:
    utterances = [{"speaker_id": "s1", "text": "Indeed.", "start_ms": 1500}]
    speakers = [{"id": "s1", "name": "Ada Quill"}, {"id": "s2", "name": "Bo"}]
    reading = read({"speakers": speakers, "utterances": utterances})
    assert ([("Ada Quill", "Indeed.")], 1.5) == (said(reading), reading.turns[0].start_seconds)


SEGMENTS = [{"speaker": "Ada", "text": "Indeed.", "start": 1.0}]


@pytest.mark.parametrize(
    ("facts", "title", "date"),
    [
        ({"episode_title": "On tests", "published_date": "2024-05-03"}, "On tests", "2024-05-03"),
        ({"name": "On tests", "publishedAt": "2024-05-03T10:00:00Z"}, "On tests", "2024-05-03"),
        ({"metadata": {"title": "On tests", "date": "May 3, 2024"}}, "On tests", "2024-05-03"),
        ({"title": "On tests", "upload_date": "20240503"}, "On tests", "2024-05-03"),
        ({"pubDate": "Fri, 03 May 2024 10:00:00 GMT", "name": "a.mp3"}, None, "2024-05-03"),
        ({"host": {"title": "Professor", "name": "Ada"}, "date": "spring"}, None, "spring"),
    ],
)
def test_title_and_date(facts: dict[str, Any], title: str | None, date: str | None) -> None:
    """Whatever they are called, in the object itself or in one that tells of the whole."""
    reading = read({**facts, "segments": SEGMENTS})
    assert (title, date) == (reading.title, reading.date)
    assert [("Ada", "Indeed.")] == said(reading)


def test_whole_times_that_no_talk_can_have_are_milliseconds() -> None:
    turns = [(2000, "Ada Quill", "Is it safe?"), (9500, "Bo Lind", "It is: mostly.")]
    records = [{"speaker": n, "start": s, "end": s + 900, "text": w} for s, n, w in turns]
    assert [2.0, 9.5] == [turn.start_seconds for turn in read(records).turns]
    slow = [{"speaker": n, "start": s / 1000, "end": s / 100, "text": w} for s, n, w in turns]
    assert [2.0, 9.5] == [turn.start_seconds for turn in read(slow).turns]


def test_names_and_words_under_other_keys() -> None:
    turns = [("Ada Quill", "Is it safe?"), ("Bo Lind", "It is.")]
    shown = [
        {"speaker": {"display_name": n, "id": "7"}, "timecode": "0:02", "line": w} for n, w in turns
    ]
    reading = read(
        {
            "episode": {"title": "On lids"},
            "recording_start_time": "2025-03-11T10:00:00Z",
            "dialogue": shown,
        }
    )
    assert turns == said(reading)
    assert ("On lids", "2025-03-11", 2.0) == (
        reading.title,
        reading.date,
        reading.turns[0].start_seconds,
    )


def test_labels_are_explained_beside_the_utterances() -> None:
    names = {"A": "Ada Quill", "B": "Bo Lind"}
    utterances = [{"speaker": k, "start": 900, "end": 990, "text": "Yes, it is."} for k in names]
    reading = read({"speaker_mapping": names, "utterances": utterances})
    assert ["Ada Quill", "Bo Lind"] == [turn.speaker for turn in reading.turns]
    shown = [
        {"speakerDisplayName": n, "startOffset": "00:00:04.5", "text": "Yes."}
        for n in names.values()
    ]
    assert [("Ada Quill", 4.5), ("Bo Lind", 4.5)] == [
        (turn.speaker, turn.start_seconds) for turn in read({"entries": shown}).turns
    ]


def test_a_transcript_in_one_string() -> None:
    """Its labels are read as those of a text file; all of it stands on one line of the file."""
    talk = "Ada: Is it?\n\nBo: It is.\n\nAda: Good."
    reading = read({"title": "On tests", "date": "2024-05-03", "transcript": talk})
    assert [("Ada", "Is it?"), ("Bo", "It is."), ("Ada", "Good.")] == said(reading)
    assert ("On tests", "2024-05-03") == (reading.title, reading.date)
    assert {(4, 4)} == {(turn.line_start, turn.line_end) for turn in reading.turns}
    assert [(None, "Note: Is it? It is.")] == said(read({"text": "Note: Is it?\nIt is."}))


def test_lines_are_those_of_the_text_not_of_an_equal_string_before_it() -> None:
    """A speaker called like the first word does not confuse the line numbers."""
    reading = read('\n[\n{"speaker": "Hm",\n "text":\n  "Hm"},\n{"text": "a\\nb"}\n]')
    assert [5, 6] == [anchor.line for anchor in reading.anchors]


@pytest.mark.parametrize(
    "text",
    [
        '[{"text": "a", "text": "b"}]',
        "[" + '{"a":[' * 50_000,
        '[{"text": "cut',
        '{"text": 1e}',
        '[{"text": "x", "start": ' + "9" * 5000 + "}]",
    ],
    ids=["duplicate key", "deep", "cut off", "malformed", "huge number"],
)
def test_damaged_or_ambiguous_json_is_refused(text: str) -> None:
    with pytest.raises(UnreadableFile, match="JSON"):
        read(text)


def test_hostile_values_do_no_harm() -> None:
    """Wrong types are skipped; half a surrogate pair and NUL cannot reach the store."""
    reading = read(
        '[{"speaker": ["x"], "text": "fine \\ud83d\\u0000!", "start": NaN, "end": -1},'
        ' 3, null, {"text": 5}, {"speaker": true, "text": "too", "start": "soon"}]'
    )
    assert (None, "fine \ufffd\ufffd! too") == (reading.turns[0].speaker, reading.text)
    assert [None, None] == [anchor.seconds for anchor in reading.anchors]
    assert reading.text.encode()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1, 1.0),
        (2.5, 2.5),
        ("2.5", 2.5),
        ("2,5", 2.5),
        ("3.25s", 3.25),
        ("1:02:03.5", 3723.5),
        (True, None),
        (None, None),
        ("", None),
        ("nan", None),
        (-1, None),
        ([1], None),
    ],
)
def test_times_come_as_numbers_and_strings(value: Any, expected: float | None) -> None:
    assert expected == seconds(value)


MESSAGES = [("Ada Quill", "Ready?"), ("Bo Lind", "Quite."), ("Ada Quill", "Go on.")]


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
