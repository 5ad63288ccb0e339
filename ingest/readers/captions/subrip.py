"""SubRip subtitles (SRT), with and without ``Name:`` prefixes."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.readers.captions.caption_labels import speech_cues
from ingest.readers.captions.cues import add_cues, parse_captions, unroll
from ingest.transcript import Reading, SourceFile, TranscriptBuilder

FORMAT = "SubRip"

_CUE = re.compile(r"^[ \t]*\d+[ \t]*\n\s*\d+:\d{1,2}:\d{1,2}[,.]\d+\s*-->", re.MULTILINE)
_HEAD = 2_000  # characters that a page may have above the first cue
_FEWEST = 3  # cues below them


def sniff(source: SourceFile) -> bool:
    first = _CUE.search(source.text[:_HEAD])
    if first is None or not source.text[: first.start()].strip():
        return first is not None
    return len(_CUE.findall(source.text[first.start() :])) >= _FEWEST


def read(source: SourceFile) -> Reading:
    """What stands above the first cue is of the page on which the subtitles were found."""
    builder = TranscriptBuilder(FORMAT)
    first = _CUE.search(source.text)
    head = source.text[: first.start()] if first else ""
    for number, line in enumerate(head.split("\n"), start=1):
        if line.strip():
            builder.editorial(line.strip(), line=number)
    if head.strip():
        source = replace(source, text="\n" * head.count("\n") + source.text[len(head) :])
    add_cues(builder, speech_cues(unroll(parse_captions(source, "srt"))))
    return builder.build()
