"""A whole transcript in one string of a file, whose lines all stand on one line of that file."""

from __future__ import annotations

from dataclasses import replace

from ingest.readers.captions import timed_lines
from ingest.readers.labels import labelled as labelled_text
from ingest.readers.markup import markdown
from ingest.transcript import Reading, SourceFile

_OF_TEXT = (timed_lines, markdown, labelled_text)


def read_text(source: SourceFile, text: str, line: int, form: str) -> Reading | None:
    """None for a text that names nobody."""
    inner = replace(source, data=b"", text=text)
    reader = next((r for r in _OF_TEXT if "\n" in text and r.sniff(inner)), None)
    return on_one_line(reader.read(inner), line, form) if reader else None


def on_one_line(reading: Reading, line: int, form: str) -> Reading | None:
    """What was read of a string that stands on ``line``; None where it names nobody."""
    if not any(turn.speaker for turn in reading.turns):
        return None
    return replace(
        reading,
        format=form,
        turns=tuple(replace(turn, line_start=line, line_end=line) for turn in reading.turns),
        sections=tuple(replace(section, line=line) for section in reading.sections),
        anchors=tuple(replace(anchor, line=line) for anchor in reading.anchors),
    )
