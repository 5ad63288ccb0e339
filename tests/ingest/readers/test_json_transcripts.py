"""JSON transcripts: what each service writes, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from readings import said

from ingest import detect
from ingest.readers.timestamps import seconds
from ingest.sources.source import source_from_bytes
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
        ({"host": {"title": "Professor", "name": "Ada"}, "date": "spring"}, None, None),
        ({"date": "5/13/2024"}, None, "2024-05-13"),
        ({"date": "May 2024"}, None, "2024-05"),
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


@pytest.mark.parametrize(
    "place",
    [
        lambda talk: {"transcript": talk},
        lambda talk: {"episode": {"number": 3}, "parts": {"talk": {"as_text": talk}}},
        lambda talk: {"content": {"body": "".join(f"<p>{t}</p>" for t in talk.split("\n\n"))}},
    ],
    ids=["known key", "any key", "a page"],
)
def test_a_transcript_in_one_string_wherever_it_stands(place: Any) -> None:
    talk = "Ada: Is it?\n\nBo: It is.\n\nAda: Good."
    assert [("Ada", "Is it?"), ("Bo", "It is."), ("Ada", "Good.")] == said(read(place(talk)))


@pytest.mark.parametrize("whole", [False, True])
def test_a_list_of_strings_that_begin_with_names(whole: bool) -> None:
    """Times may stand before the names, and each turn stands on its own line of the file."""
    talk = ["[0:03] Ada: Is it: so?", "[0:07] Bo: It is.", "[1:13] Ada: Good."]
    reading = read(talk if whole else {"title": "On tests", "transcript": talk})
    assert [("Ada", "Is it: so?"), ("Bo", "It is."), ("Ada", "Good.")] == said(reading)
    assert [3.0, 7.0, 73.0] == [turn.start_seconds for turn in reading.turns]
    first = reading.turns[0].line_start
    assert [first, first + 1, first + 2] == [turn.line_start for turn in reading.turns]


def test_a_list_of_strings_without_names_is_no_transcript() -> None:
    with pytest.raises(UnreadableFile):
        read(["kettles", "lids", "spouts"])


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
