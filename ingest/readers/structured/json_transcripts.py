"""JSON transcripts: Podcasting 2.0, what speech recognizers write, QMSum and others."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from ingest.readers.captions import timed_lines
from ingest.readers.captions.caption_labels import with_labels
from ingest.readers.captions.cues import Cue, add_cues
from ingest.readers.labels import labelled as labelled_text
from ingest.readers.markup import markdown
from ingest.readers.structured.json_facts import facts_of
from ingest.readers.structured.json_shapes import WHOLE_TEXT, shape_of
from ingest.readers.structured.json_values import records, text_of
from ingest.readers.structured.located_json import LineNumbers, load_json
from ingest.transcript import Reading, SourceFile, TranscriptBuilder
from kb.errors import UnreadableFile

FORMAT = "JSON transcript"

_OF_TEXT = (timed_lines, markdown, labelled_text)
_START = re.compile(r'\s*(?:\{\s*["}]|\[\s*(?:[{\]]|\[\s*[\d"]))')


def sniff(source: SourceFile) -> bool:
    """Any JSON object, or list of objects; ``read`` refuses those that are no transcript."""
    return bool(_START.match(source.text))


def read(source: SourceFile) -> Reading:
    """Raises UnreadableFile for malformed or ambiguous JSON and for JSON without a transcript."""
    data = load_json(source)
    facts = facts_of(data)
    lines = LineNumbers(source)
    found = shape_of(data)
    text = text_of(data) if isinstance(data, dict) and found in (None, WHOLE_TEXT) else ""
    labelled = _read_text(source, text, lines.of(text))
    if labelled:
        title, date = facts.title or labelled.title, facts.date or labelled.date
        return replace(labelled, title=title, date=date)
    if found is None:
        raise UnreadableFile(f"{source.name}: {_what_else(data)}")
    name, shape = found
    builder = TranscriptBuilder(name, title=facts.title, date=facts.date)
    cues = (Cue(u.text, lines.of(u.text), u.start, u.end, u.speaker) for u in shape(data))
    add_cues(builder, with_labels(cues))
    return builder.build()


def _read_text(source: SourceFile, text: str, line: int) -> Reading | None:
    """A whole transcript in one string, whose lines all stand on one line of the file."""
    inner = replace(source, data=b"", text=text)
    reader = next((r for r in _OF_TEXT if "\n" in text and r.sniff(inner)), None)
    if reader is None:
        return None
    reading: Reading = reader.read(inner)
    if not any(turn.speaker for turn in reading.turns):
        return None
    return replace(
        reading,
        format=FORMAT,
        turns=tuple(replace(turn, line_start=line, line_end=line) for turn in reading.turns),
        sections=tuple(replace(section, line=line) for section in reading.sections),
        anchors=tuple(replace(anchor, line=line) for anchor in reading.anchors),
    )


def _what_else(data: Any) -> str:
    if records(data, "chapters"):
        return "chapter marks (Podcasting 2.0), not a transcript"
    return "JSON, but no transcript of a known shape"
