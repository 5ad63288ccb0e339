"""WebVTT (https://www.w3.org/TR/webvtt1/), with voices, and YouTube's rolling captions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.readers.caption_labels import speech_cues
from ingest.readers.cues import Caption, Cue, add_cues, parse_captions, plain, unroll
from ingest.transcript import Reading, SourceFile, TranscriptBuilder

FORMAT = "WebVTT"

_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:\s+(?P<name>[^<>]*))?>", re.IGNORECASE)


def sniff(source: SourceFile) -> bool:
    return bool(re.match(r"\s*WEBVTT(?:[ \t].*)?(?:\n|$)", source.text))


def read(source: SourceFile) -> Reading:
    """A voice (``<v Name>``) speaks until the next one, also across cues without a tag."""
    captions = unroll(parse_captions(source, "vtt"))
    has_voices = any(_VOICE.search(line) for caption in captions for _, line in caption.lines)
    builder = TranscriptBuilder(FORMAT)
    add_cues(builder, _voice_cues(captions) if has_voices else speech_cues(captions))
    return builder.build()


def _voice_cues(captions: Sequence[Caption]) -> Iterator[Cue]:
    speaker: str | None = None
    for caption in captions:
        for number, line in caption.lines:
            position = 0
            for voice in _VOICE.finditer(line):
                yield _cue(caption, number, line[position : voice.start()], speaker)
                speaker = " ".join(plain(voice["name"] or "").split()) or None
                position = voice.end()
            yield _cue(caption, number, line[position:], speaker)


def _cue(caption: Caption, number: int, text: str, speaker: str | None) -> Cue:
    return Cue(plain(text), number, caption.start, caption.end, speaker)
