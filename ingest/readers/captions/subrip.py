"""SubRip subtitles (SRT), with and without ``Name:`` prefixes."""

from __future__ import annotations

import re

from ingest.readers.captions.caption_labels import speech_cues
from ingest.readers.captions.cues import add_cues, parse_captions, unroll
from ingest.transcript import Reading, SourceFile, TranscriptBuilder

FORMAT = "SubRip"

_FIRST_CUE = re.compile(r"\s*\d+[ \t]*\n\s*\d+:\d{1,2}:\d{1,2}[,.]\d+\s*-->")


def sniff(source: SourceFile) -> bool:
    return bool(_FIRST_CUE.match(source.text))


def read(source: SourceFile) -> Reading:
    builder = TranscriptBuilder(FORMAT)
    add_cues(builder, speech_cues(unroll(parse_captions(source, "srt"))))
    return builder.build()
