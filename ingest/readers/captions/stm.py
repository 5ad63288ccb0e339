"""NIST segment time marked transcripts (STM): file, channel, speaker, start, end, label, text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.readers.captions.cues import Cue, add_cues
from ingest.transcript import Reading, SourceFile, TranscriptBuilder

FORMAT = "STM"

_SEGMENT = re.compile(
    r"\s*\S+\s+\S+\s+(?P<speaker>\S+)\s+(?P<start>\d+(?:\.\d+)?)\s+(?P<end>\d+(?:\.\d+)?)"
    r"(?:\s+<[^<>]*>)?(?:\s+(?P<text>.*))?$"
)
_NO_SPEECH = {"ignore_time_segment_in_scoring", ""}
_SNIFFED_LINES = 5


def sniff(source: SourceFile) -> bool:
    head = [line for line in source.text[:20_000].split("\n") if _is_segment_line(line)]
    return bool(head) and all(_SEGMENT.match(line) for line in head[:_SNIFFED_LINES])


def read(source: SourceFile) -> Reading:
    builder = TranscriptBuilder(FORMAT)
    lines = source.text.split("\n")
    malformed = sum(1 for x in lines if _is_segment_line(x) and not _SEGMENT.match(x))
    if malformed:
        builder.notes.append(f"{malformed} lines are not STM segments and were left out")
    add_cues(builder, _cues(lines))
    return builder.build()


def _is_segment_line(line: str) -> bool:
    return bool(line.strip()) and not line.startswith(";;")


def _cues(lines: list[str]) -> Iterator[Cue]:
    for number, line in enumerate(lines, start=1):
        match = _SEGMENT.match(line) if _is_segment_line(line) else None
        text = (match["text"] or "").strip() if match else ""
        if match and text.lower() not in _NO_SPEECH:
            yield Cue(text, number, float(match["start"]), float(match["end"]), match["speaker"])
