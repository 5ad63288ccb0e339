"""JSON transcripts: Podcasting 2.0, what speech recognizers write, QMSum and others."""

from __future__ import annotations

import re
from typing import Any

from ingest.readers.cues import Cue, add_cues
from ingest.readers.json_shapes import shape_of
from ingest.readers.json_values import records, string
from ingest.readers.located_json import LineNumbers, load_json
from ingest.transcript import Reading, SourceFile, TranscriptBuilder
from kb.errors import UnreadableFile

FORMAT = "JSON transcript"

_START = re.compile(r'\s*(?:\{\s*["}]|\[\s*[{\]])')


def sniff(source: SourceFile) -> bool:
    """Any JSON object, or list of objects; ``read`` refuses those that are no transcript."""
    return bool(_START.match(source.text))


def read(source: SourceFile) -> Reading:
    """Raises UnreadableFile for malformed or ambiguous JSON and for JSON without a transcript."""
    data = load_json(source)
    found = shape_of(data)
    if found is None:
        raise UnreadableFile(f"{source.name}: {_what_else(data)}")
    name, shape = found
    lines = LineNumbers(source)
    builder = TranscriptBuilder(name)
    if isinstance(data, dict):
        builder.title = string(data.get("title")).strip() or None
        builder.date = string(data.get("date")).strip() or None
    add_cues(
        builder,
        (Cue(u.text, lines.of(u.text), u.start, u.end, u.speaker) for u in shape(data)),
    )
    return builder.build()


def _what_else(data: Any) -> str:
    if records(data, "chapters"):
        return "chapter marks (Podcasting 2.0), not a transcript"
    return "JSON, but no transcript of a known shape"
