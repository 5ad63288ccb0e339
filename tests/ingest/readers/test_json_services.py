"""JSON of speech recognizers that write word by word, and of shapes that nobody knows."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ingest import detect
from ingest.sources.source import source_from_bytes
from ingest.transcript import Reading
from kb.errors import UnreadableFile


def read(data: Any) -> Reading:
    return detect.read(source_from_bytes("talk.txt", json.dumps(data, indent=1).encode()))


def said(reading: Reading) -> list[tuple[str | None, str, float | None]]:
    return [
        (turn.speaker, reading.text[turn.char_start : turn.char_end], turn.start_seconds)
        for turn in reading.turns
    ]


def aws_item(content: str, start: str | None = None) -> dict[str, Any]:
    kind = {"type": "pronunciation", "start_time": start} if start else {"type": "punctuation"}
    return kind | {"alternatives": [{"confidence": "0.9", "content": content}]}


def test_aws_keeps_speakers_apart_from_the_words() -> None:
    """Older jobs name the speaker of a word by its time; punctuation is a word without one."""
    items = [aws_item("Ready", "0.1"), aws_item("?"), aws_item("Quite", "1.5"), aws_item(".")]
    segments = [
        {"speaker_label": "spk_0", "items": [{"start_time": "0.1", "speaker_label": "spk_0"}]},
        {"speaker_label": "spk_1", "items": [{"start_time": "1.5", "speaker_label": "spk_1"}]},
    ]
    results = {"transcripts": [], "items": items, "speaker_labels": {"segments": segments}}
    assert [("spk_0", "Ready?", 0.1), ("spk_1", "Quite.", 1.5)] == said(read({"results": results}))


def test_aws_segments_hold_the_text_of_newer_jobs() -> None:
    segment = {"transcript": "Ready?", "speaker_label": "spk_0", "start_time": "2.5"}
    assert [("spk_0", "Ready?", 2.5)] == said(
        read({"results": {"items": [aws_item("Ready", "2.5")], "audio_segments": [segment]}})
    )


def test_google_repeats_all_words_with_their_speakers() -> None:
    """The phrases above are not read a second time."""
    words = [
        {"word": "Ready?", "startTime": "0.5s", "speakerTag": 1},
        {"word": "Quite.", "startTime": {"seconds": "2", "nanos": 500000000}, "speakerTag": 2},
    ]
    phrases = {"alternatives": [{"transcript": "Ready? Quite.", "words": [{"word": "Ready?"}]}]}
    assert [("Speaker 1", "Ready?", 0.5), ("Speaker 2", "Quite.", 2.5)] == said(
        read({"results": [phrases, {"alternatives": [{"words": words}]}]})
    )
    assert [(None, "Ready? Quite.", None)] == said(read({"results": [phrases]}))


def test_google_results_with_speakers_of_their_own() -> None:
    """The last of them alone is read only when it says all of the others again."""
    one = [{"word": w, "startOffset": "1s", "speakerLabel": "1"} for w in "Is it ready ?".split()]
    two = [{"word": word, "startOffset": "5s", "speakerLabel": "2"} for word in ("It", "is.")]
    results = [{"alternatives": [{"transcript": "", "words": words}]} for words in (one, two)]
    expected = [("Speaker 1", "Is it ready ?", 1.0), ("Speaker 2", "It is.", 5.0)]
    assert expected == said(read({"results": results}))
    repeated = [*results, {"alternatives": [{"words": [*one, *two]}]}]
    assert expected == said(read({"results": repeated}))


def test_watson_keeps_speakers_apart_from_the_words() -> None:
    """They are found by their times, and a word without one is nobody's."""
    words = [["ready", 0.5, 1.0], ["quite", 2.5, 3.0], ["so", 4.0, 4.5]]
    speakers = [{"from": 0.5, "to": 1.0, "speaker": 0}, {"from": 2.5, "to": 3.0, "speaker": 1}]
    results = [{"alternatives": [{"transcript": "ready quite so", "timestamps": words}]}]
    assert [("Speaker 0", "ready", 0.5), ("Speaker 1", "quite", 2.5), (None, "so", 4.0)] == said(
        read({"results": results, "speaker_labels": speakers})
    )


def test_trint_names_the_speakers_of_paragraphs() -> None:
    """A word belongs to the paragraph that began last."""
    reading = read(
        {
            "transcript": {
                "name": "On meters",
                "speakers": [{"id": "S0", "name": "Ada Quill"}],
                "words": [
                    {"time": 500, "duration": 200, "value": "Ready?"},
                    {"time": 2500, "duration": 200, "value": "Quite."},
                ],
                "paragraphs": [{"time": 500, "speaker": "S0"}, {"time": 2400, "speaker": "S1"}],
            }
        }
    )
    assert [("Ada Quill", "Ready?", 0.5), ("S1", "Quite.", 2.5)] == said(reading)
    assert "On meters" == reading.title


@pytest.mark.parametrize(
    "turn",
    [
        {"sentence": "Ready or not?", "startTime": "00:02", "speaker_name": "Ada"},
        {"speaker": "Ada", "words": [{"text": w, "start": 2.0} for w in "Ready or not?".split()]},
        {"speaker": "Ada", "words": [{"text": "Ready or ", "data_start": 2}, {"text": "not? "}]},
        {
            "participant": {"id": 7, "name": "Ada"},
            "words": [{"text": "Ready or not?", "start_timestamp": {"relative": 2.0}}],
        },
    ],
    ids=["sentence", "words", "data_start", "participant"],
)
def test_lists_of_turns(turn: dict[str, Any]) -> None:
    assert [("Ada", "Ready or not?", 2.0)] == said(read([turn]))


def test_a_role_is_a_speaker_where_it_is_a_name() -> None:
    """The parts of a talk with a program have roles, too."""
    names = [{"role": "Ada Quill", "content": "Ready?"}, {"role": "Bo", "content": "Quite."}]
    assert [("Ada Quill", "Ready?", None), ("Bo", "Quite.", None)] == said(read(names))
    programs = [{"role": "user", "content": "Ready?"}, {"role": "system", "content": "Quite."}]
    assert {None} == {speaker for speaker, _, _ in said(read(programs))}
    with pytest.raises(UnreadableFile, match="no transcript"):
        read([{"label": "rain", "words": [{"text": "gauge"}]}])


def test_azure_counts_ticks_or_milliseconds() -> None:
    """Without speakers its two channels are two people."""
    batch = [
        {"channel": 1, "offsetInTicks": 30_000_000, "nBest": [{"display": "Quite."}]},
        {"channel": 0, "offsetInTicks": 5_000_000, "nBest": [{"display": "Ready?"}]},
    ]
    assert [("Channel 0", "Ready?", 0.5), ("Channel 1", "Quite.", 3.0)] == said(
        read({"recognizedPhrases": batch})
    )
    fast = [{"speaker": 2, "offsetMilliseconds": 1500, "text": "Ready?"}]
    assert [("Speaker 2", "Ready?", 1.5)] == said(read({"phrases": fast}))


def test_rev_names_speakers_in_a_list() -> None:
    elements = [
        {"type": "text", "value": "Ready", "ts": 0.5},
        {"type": "punct", "value": "?"},
        {"type": "punct", "value": " "},
        {"type": "text", "value": "Set", "ts": 1.0},
    ]
    monologues = [{"speaker": 4, "elements": elements}]
    named = {"monologues": monologues, "speakers": [{"id": 4, "name": "Ada Quill"}]}
    assert [("Ada Quill", "Ready? Set", 0.5)] == said(read(named))
    assert [("Speaker 4", "Ready? Set", 0.5)] == said(read({"monologues": monologues}))


def test_speechmatics_and_elevenlabs() -> None:
    """Marks and spaces are words there; sounds are nothing that anybody says."""
    results = [
        {"type": "word", "start_time": 1, "alternatives": [{"content": "Set", "speaker": "S1"}]},
        {"type": "punctuation", "alternatives": [{"content": ".", "speaker": "S1"}]},
    ]
    assert [("S1", "Set.", 1.0)] == said(read({"results": results}))
    words = [
        {"text": "Set", "type": "word", "start": 1, "speaker_id": "speaker_0"},
        {"text": " ", "type": "spacing", "start": 1},
        {"text": "(laughs)", "type": "audio_event", "start": 2},
        {"text": "go.", "type": "word", "start": 3, "speaker_id": "speaker_0"},
    ]
    assert [("speaker_0", "Set go.", 1.0)] == said(read({"text": "Set go.", "words": words}))


def test_whisper_words_get_the_punctuation_of_the_text() -> None:
    """Where both do not agree, the text is read without the times of its words."""
    words = [{"word": "Ready", "start": 0.5}, {"word": "set", "start": 65}]
    reading = read({"text": "Ready? Set.", "words": words})
    assert [(None, "Ready? Set.", 0.5)] == said(reading)
    assert [0.5, 65.0] == [anchor.seconds for anchor in reading.anchors]
    assert [(None, "All set.", None)] == said(read({"text": "All set.", "words": words}))


def test_whisper_cpp_counts_milliseconds() -> None:
    segments = [{"offsets": {"from": 1500, "to": 2000}, "text": " Ready?"}]
    assert [(None, "Ready?", 1.5)] == said(read({"model": {}, "transcription": segments}))


def test_an_unknown_shape_is_searched_for_what_is_spoken() -> None:
    """A list of texts with speakers or times, wherever it is; other lists of texts are refused."""
    sentences = [{"speakerName": "Ada Quill", "text": "Ready?", "start_ms": 1500}]
    assert [("Ada Quill", "Ready?", 1.5)] == said(read({"data": {"result": {"said": sentences}}}))
    with pytest.raises(UnreadableFile, match="no transcript"):
        read({"data": {"posts": [{"text": "Ready?", "likes": 3}]}})


def test_json_lines() -> None:
    """One object in a line each; two in one line are damaged JSON."""
    lines = [{"speaker": "Ada", "text": "Ready?"}, {"speaker": "Bo", "text": "Quite."}]
    text = "\n".join(map(json.dumps, lines))
    reading = detect.read(source_from_bytes("talk.txt", text.encode()))
    assert [("Ada", "Ready?", None), ("Bo", "Quite.", None)] == said(reading)
    assert [1, 2] == [anchor.line for anchor in reading.anchors]
    with pytest.raises(UnreadableFile, match="JSON"):
        detect.read(source_from_bytes("talk.txt", text.replace("\n", " ").encode()))


def test_a_speaker_under_a_key_of_its_own() -> None:
    """As MacWhisper writes DOTE."""
    turns = [("Ada", "Is it?"), ("Bo", "It is."), ("Ada", "Good.")]
    lines = [
        {"startTime": f"00:00:0{at},000", "speakerDesignation": name, "text": words}
        for at, (name, words) in enumerate(turns)
    ]
    assert turns == [(name, words) for name, words, _ in said(read({"lines": lines}))]


@pytest.mark.parametrize("as_turn", [lambda name, words: {name: words}, lambda *turn: list(turn)])
def test_names_beside_words_within_an_object(as_turn: Any) -> None:
    turns = [("Ada Vale", "Is it?"), ("Bo Lind", "It is."), ("Ada Vale", "Good.")]
    reading = read({"title": "On lids", "dialogue": [as_turn(*turn) for turn in turns]})
    assert ("On lids", turns) == (
        reading.title,
        [(name, words) for name, words, _ in said(reading)],
    )
