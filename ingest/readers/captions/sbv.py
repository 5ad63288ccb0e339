"""YouTube's SubViewer captions (SBV): ``0:00:01.000,0:00:03.000`` above the text."""

from __future__ import annotations

import re

from ingest.readers.captions.caption_labels import speech_cues
from ingest.readers.captions.cues import add_cues, parse_captions, unroll
from ingest.transcript import Reading, SourceFile, TranscriptBuilder

FORMAT = "SBV"

_FIRST_CUE = re.compile(r"\s*\d+:\d{1,2}:\d{1,2}\.\d{3},\d+:\d{1,2}:\d{1,2}\.\d{3}[ \t]*\n")


def sniff(source: SourceFile) -> bool:
    return bool(_FIRST_CUE.match(source.text))


def read(source: SourceFile) -> Reading:
    builder = TranscriptBuilder(FORMAT)
    add_cues(builder, speech_cues(unroll(parse_captions(source, "sbv"))))
    return builder.build()
