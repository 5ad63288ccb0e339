"""What every reader promises, whatever its format.

To add a reader, append a ``Format`` to ``FORMATS``: a function that writes a conversation in that
format, and what the format can express.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import detect
from ingest.sources.source import source_from_bytes
from ingest.transcript import Reading

Conversation = list[tuple[str, list[str]]]  # (speaker, sentences)


@dataclass(frozen=True)
class Format:
    """``reader`` is the module's name; ``speakers`` and ``times`` say what the format carries."""

    name: str
    reader: str
    write: Callable[[Conversation], str]
    speakers: bool = True
    times: bool = True


def _cues(conversation: Conversation) -> list[tuple[str, str, bool, int]]:
    """(speaker, sentence, is the first of its turn, second at which it starts)."""
    return [
        (speaker, sentence, position == 0, 10 * turn + position)
        for turn, (speaker, sentences) in enumerate(conversation)
        for position, sentence in enumerate(sentences)
    ]


def _wrapped(sentence: str) -> str:
    """A sentence on two lines, as captions have it."""
    words = sentence.split(" ")
    return " ".join(words[:2]) + ("\n" + " ".join(words[2:]) if words[2:] else "")


def _clock(second: int, mark: str = ".") -> str:
    return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}{mark}000"


def write_webvtt(conversation: Conversation) -> str:
    blocks = [
        f"{_clock(at)} --> {_clock(at + 1)} align:start\n"
        + (f"<v {speaker}>" if first else "")
        + html.escape(_wrapped(sentence))
        for speaker, sentence, first, at in _cues(conversation)
    ]
    return "\n\n".join(["WEBVTT\nLanguage: en", "NOTE written for a test", *blocks]) + "\n"


def write_subrip(conversation: Conversation) -> str:
    blocks = [
        f"{number}\n{_clock(at, ',')} --> {_clock(at + 1, ',')}\n"
        + (f"{speaker}: " if first else "")
        + _wrapped(sentence)
        for number, (speaker, sentence, first, at) in enumerate(_cues(conversation), start=1)
    ]
    return "\n\n".join(blocks)


def write_sbv(conversation: Conversation) -> str:
    blocks = [
        f"{_clock(at)},{_clock(at + 1)}\n{_wrapped(sentence)}"
        for _, sentence, _, at in _cues(conversation)
    ]
    return "\n\n".join(blocks)


def write_substation(conversation: Conversation) -> str:
    events = [
        f"Dialogue: 0,{_clock(at)},{_clock(at + 1)},Default,{speaker},0,0,0,,"
        + _wrapped(sentence).replace("\n", "\\N")
        for speaker, sentence, _, at in _cues(conversation)
    ]
    return "\n".join(["[Script Info]", "ScriptType: v4.00+", "", "[Events]", *events])


def write_youtube(conversation: Conversation) -> str:
    lines = [
        _wrapped(sentence).replace("\n", "&nbsp;\n") for _, sentence, _, _ in _cues(conversation)
    ]
    return "Kind: captions\nLanguage: en\n" + "\n".join(lines)


def write_stm(conversation: Conversation) -> str:
    return "\n".join(
        f"talk 1 {speaker.replace(' ', '_')} {at}.0 {at + 1}.5 <o,f0> {sentence}"
        for speaker, sentence, _, at in _cues(conversation)
    )


def write_html(conversation: Conversation) -> str:
    return "\n".join(
        f"<cite>{speaker}:</cite>\n<time>{at // 60}:{at % 60:02}</time>\n"
        f"<p>\n  {html.escape(_wrapped(' '.join(sentences)))}</p>"
        for at, (speaker, sentences) in enumerate(conversation)
    )


def write_ttml(conversation: Conversation) -> str:
    captions = "\n".join(
        f'<p begin="{_clock(at)}" end="{_clock(at + 1)}" ttm:agent="{speaker}">\n'
        f"{html.escape(_wrapped(sentence))}</p>"
        for speaker, sentence, _, at in _cues(conversation)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tt xmlns="http://www.w3.org/ns/ttml" '
        f'xmlns:ttm="http://www.w3.org/ns/ttml#metadata">\n<body><div>{captions}</div></body></tt>'
    )


def write_csv(conversation: Conversation) -> str:
    rows = [
        f'{_clock(at)},{speaker},"{sentence}"' for speaker, sentence, _, at in _cues(conversation)
    ]
    return "\n".join(["Start time,Speaker,Text", *rows])


def write_web_page(conversation: Conversation) -> str:
    paragraphs = "\n".join(
        f"<p><strong>{speaker}</strong> ({_clock(at)}): {html.escape(_wrapped(sentence))}</p>"
        for speaker, sentence, _, at in _cues(conversation)
    )
    return f"<!DOCTYPE html>\n<html><body>\n<div>{paragraphs}</div></body></html>"


def write_markdown(conversation: Conversation) -> str:
    lines = [
        f"[{_clock(at)}] **{speaker}:** {sentence}"
        for speaker, sentence, _, at in _cues(conversation)
    ]
    return "---\ntitle: Talk\n---\n" + "\n\n".join(lines)


def write_labelled(conversation: Conversation) -> str:
    return "\n\n".join(
        f"[{_clock(at)}] {speaker}: {sentence}" for speaker, sentence, _, at in _cues(conversation)
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def write_podcasting(conversation: Conversation) -> str:
    return _json(
        {
            "version": "1.0.0",
            "segments": [
                {"startTime": at, "endTime": str(at + 1), "body": word}
                | ({"speaker": speaker} if first else {})
                for speaker, sentence, starts, at in _cues(conversation)
                for first, word in (
                    (starts and k == 0, w) for k, w in enumerate(sentence.split(" "))
                )
            ],
        }
    )


def write_whisper(conversation: Conversation) -> str:
    return _json(
        {
            "text": "",
            "segments": [
                {"start": at, "end": at + 1, "text": " " + sentence}
                for _, sentence, _, at in _cues(conversation)
            ],
        }
    )


def write_whisperx(conversation: Conversation) -> str:
    """All sentences in a single segment, whose words alone know their speakers."""
    words = [
        {"word": word, "start": at} | ({"speaker": speaker} if k == 0 else {})
        for speaker, sentence, _, at in _cues(conversation)
        for k, word in enumerate(sentence.split(" "))
    ]
    text = " ".join(sentence for _, sentence, _, _ in _cues(conversation))
    return _json({"segments": [{"start": 0, "end": 9, "text": text, "words": words}]})


def write_deepgram(conversation: Conversation) -> str:
    paragraphs = [
        {
            "speaker": speaker,
            "sentences": [{"text": s, "start": 10 * k, "end": 10 * k + 5} for s in sentences],
        }
        for k, (speaker, sentences) in enumerate(conversation)
    ]
    alternative = {"transcript": "", "paragraphs": {"paragraphs": paragraphs}}
    return _json({"metadata": {}, "results": {"channels": [{"alternatives": [alternative]}]}})


def write_assemblyai(conversation: Conversation) -> str:
    return _json(
        {
            "id": "x",
            "utterances": [
                {"speaker": speaker, "text": sentence, "start": at * 1000, "end": at * 1000 + 900}
                for speaker, sentence, _, at in _cues(conversation)
            ],
        }
    )


def write_named_segments(conversation: Conversation) -> str:
    names = sorted({speaker for speaker, _ in conversation})
    return _json(
        {
            "speakers": [{"id": f"s{k}", "name": name} for k, name in enumerate(names)],
            "segments": [
                {
                    "speaker": f"s{names.index(speaker)}",
                    "text": sentence,
                    "start": at,
                    "end": at + 1,
                }
                for speaker, sentence, _, at in _cues(conversation)
            ],
        }
    )


def write_qmsum(conversation: Conversation) -> str:
    return _json(
        {
            "topic_list": [],
            "meeting_transcripts": [
                {"speaker": speaker, "content": " ".join(sentences)}
                for speaker, sentences in conversation
            ],
        }
    )


def write_yaml(conversation: Conversation) -> str:
    turns = "".join(
        f"- speaker: {json.dumps(speaker, ensure_ascii=False)}\n  time: {at}\n"
        f"  text: {json.dumps(sentence, ensure_ascii=False)}\n"
        for speaker, sentence, _, at in _cues(conversation)
    )
    return f"title: Talk\nturns:\n{turns}"


def write_turn_list(conversation: Conversation) -> str:
    return _json([{"speaker": s, "text": " ".join(sentences)} for s, sentences in conversation])


def write_aws(conversation: Conversation) -> str:
    items = [
        {
            "type": "pronunciation",
            "start_time": f"{at}.0",
            "alternatives": [{"confidence": "0.9", "content": word}],
            "speaker_label": speaker,
        }
        for speaker, sentence, _, at in _cues(conversation)
        for word in sentence.split(" ")
    ]
    return _json({"jobName": "x", "results": {"transcripts": [], "items": items}})


def write_rev(conversation: Conversation) -> str:
    monologues = [
        {
            "speaker_info": {"id": "1", "display_name": speaker},
            "elements": [
                element
                for word in sentence.split(" ")
                for element in (
                    {"type": "text", "value": word, "ts": at, "end_ts": at + 1},
                    {"type": "punct", "value": " "},
                )
            ],
        }
        for speaker, sentence, _, at in _cues(conversation)
    ]
    return _json({"monologues": monologues})


def write_azure(conversation: Conversation) -> str:
    phrases = [
        {"speaker": speaker, "offsetInTicks": at * 10**7, "nBest": [{"display": sentence}]}
        for speaker, sentence, _, at in _cues(conversation)
    ]
    return _json({"source": "talk.wav", "recognizedPhrases": phrases})


def write_json3(conversation: Conversation) -> str:
    events = [
        {"tStartMs": 1000 * at, "segs": [{"utf8": w + " "} for w in sentence.split(" ")]}
        for _, sentence, _, at in _cues(conversation)
    ]
    return _json({"wireMagic": "pb3", "events": events})


FORMATS = [
    Format("webvtt", "webvtt", write_webvtt),
    Format("subrip", "subrip", write_subrip),
    Format("sbv", "sbv", write_sbv, speakers=False),
    Format("substation", "substation", write_substation),
    Format("youtube captions", "youtube_captions", write_youtube, speakers=False, times=False),
    Format("stm", "stm", write_stm),
    Format("markdown", "markdown", write_markdown),
    Format("labelled", "labelled", write_labelled),
    Format("podcast html", "podcast_html", write_html),
    Format("ttml", "timed_xml", write_ttml),
    Format("csv", "delimited", write_csv),
    Format("web page", "web_page", write_web_page),
    Format("podcasting json", "json_transcripts", write_podcasting),
    Format("whisper", "json_transcripts", write_whisper, speakers=False),
    Format("whisperx", "json_transcripts", write_whisperx),
    Format("deepgram", "json_transcripts", write_deepgram),
    Format("assemblyai", "json_transcripts", write_assemblyai),
    Format("named segments", "json_transcripts", write_named_segments),
    Format("qmsum", "json_transcripts", write_qmsum, times=False),
    Format("turn list", "json_transcripts", write_turn_list, times=False),
    Format("yaml", "yaml_transcripts", write_yaml),
    Format("aws transcribe", "json_transcripts", write_aws),
    Format("rev ai", "json_transcripts", write_rev),
    Format("azure", "json_transcripts", write_azure),
    Format("youtube json3", "json_transcripts", write_json3, speakers=False),
]

SPEAKERS = ["Ada Quill", "Zoë Nakamura", "Björn"]
LETTERS = "abyzÉß" + "e\u0301" + "שלום" + "漢字" + "😀👩\u200d🔬" + "\u200f\u200e"
words = st.text(LETTERS, min_size=1, max_size=6).map(lambda word: "w" + word)
sentences = st.lists(words, min_size=1, max_size=6).map(lambda ws: " ".join(ws).capitalize() + ".")
conversations = st.lists(
    st.tuples(st.sampled_from(SPEAKERS), st.lists(sentences, min_size=1, max_size=4)),
    min_size=1,
    max_size=6,
)
line_ends = st.sampled_from(["\n", "\r\n", "\r"])
encodings = st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])
# Loading a reader takes longer than the default deadline; a case costs about 15 ms.
examples = settings(max_examples=30, deadline=None)
every_format = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)


def read_back(form: Format, conversation: Conversation, line_end: str, encoding: str) -> Reading:
    text = form.write(conversation).replace("\n", line_end)
    return detect.read(source_from_bytes("talk.bin", text.encode(encoding)))


def said_in(turns: list[tuple[str | None, str]]) -> list[tuple[str | None, str]]:
    """(speaker, word) for each word."""
    return [(speaker, word) for speaker, text in turns for word in text.split()]


@every_format
@examples
@given(conversation=conversations)
def test_the_format_is_detected(form: Format, conversation: Conversation) -> None:
    """By the content, whatever the file is called."""
    source = source_from_bytes("talk.bin", form.write(conversation).encode())
    assert form.reader == detect.detect(source).__name__.rpartition(".")[2]  # type: ignore[attr-defined]


@every_format
@examples
@given(conversation=conversations, line_end=line_ends, encoding=encodings)
def test_every_word_comes_out_once_in_order_with_its_speaker(
    form: Format, conversation: Conversation, line_end: str, encoding: str
) -> None:
    """Nothing is lost, repeated, moved, or put into another person's mouth."""
    reading = read_back(form, conversation, line_end, encoding)
    expected = said_in([(speaker, " ".join(said)) for speaker, said in conversation])
    actual = said_in([(t.speaker, reading.text[t.char_start : t.char_end]) for t in reading.turns])
    if form.reader == "stm":
        expected = [((name or "").replace(" ", "_"), word) for name, word in expected]
    if not form.speakers:
        expected = [(None, word) for _, word in expected]
    assert expected == actual


@every_format
@examples
@given(conversation=conversations, line_end=line_ends, encoding=encodings)
def test_spans_are_exact(
    form: Format, conversation: Conversation, line_end: str, encoding: str
) -> None:
    """Turns lie inside the text, in order, without overlap or white space at their ends."""
    reading = read_back(form, conversation, line_end, encoding)
    position = 0
    for index, turn in enumerate(reading.turns):
        assert index == turn.index
        assert position <= turn.char_start < turn.char_end <= len(reading.text)
        spoken = reading.text[turn.char_start : turn.char_end]
        assert spoken.strip() == spoken
        position = turn.char_end


@every_format
@examples
@given(conversation=conversations, line_end=line_ends, encoding=encodings)
def test_anchors_name_the_right_lines(
    form: Format, conversation: Conversation, line_end: str, encoding: str
) -> None:
    """The word at an anchor stands on the anchor's line; times come with formats that have them."""
    reading = read_back(form, conversation, line_end, encoding)
    lines = form.write(conversation).split("\n")
    starts = [anchor.char_start for anchor in reading.anchors]
    assert sorted(set(starts)) == starts
    assert {turn.char_start for turn in reading.turns} <= set(starts)
    for anchor in reading.anchors:
        assert reading.text[anchor.char_start :].split()[0] in lines[anchor.line - 1]
        assert form.times == (anchor.seconds is not None)
    for turn in reading.turns:
        assert 1 <= turn.line_start <= turn.line_end <= len(lines)


@every_format
@examples
@given(conversation=conversations, cut=st.floats(0, 1), noise=st.text(max_size=20))
def test_damaged_files_are_read_or_refused(
    form: Format, conversation: Conversation, cut: float, noise: str
) -> None:
    """A file that was cut off and scribbled on raises nothing but UnreadableFile."""
    text = form.write(conversation)
    position = int(cut * len(text))
    damaged = text[:position] + noise.replace("\0", "") + text[position + 3 :]
    try:
        reading = detect.read(source_from_bytes("talk.bin", damaged.encode("utf-8", "replace")))
    except detect.UnreadableFile:
        return
    for turn in reading.turns:
        assert reading.text[turn.char_start : turn.char_end].strip()
