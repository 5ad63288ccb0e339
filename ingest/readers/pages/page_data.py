"""Transcripts that a page holds for machines only: in JSON-LD, or in the data of its scripts."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from ingest.readers.captions.cues import Cue, add_cues
from ingest.readers.structured.inner_text import read_text
from ingest.readers.structured.json_facts import facts_of
from ingest.readers.structured.json_shapes import shape_of
from ingest.transcript import Reading, SourceFile, TranscriptBuilder

FORMAT = "web page"

_SCRIPT = re.compile(
    r"<script\b[^<>]{0,300}?type=[\"']application/(?:ld\+)?json[\"'][^<>]{0,300}>", re.IGNORECASE
)
_KEYS = ("transcript", "articleBody", "text")
_LONGEST = 8 * 1024 * 1024  # characters
_DEEPEST = 6  # objects within each other
_FEWEST = 2  # people


def read_data(source: SourceFile) -> Reading | None:
    """The first transcript in them that names several people."""
    for start in _SCRIPT.finditer(source.text):
        end = source.text.find("</script", start.end())
        if not 0 <= end - start.end() < _LONGEST:
            continue
        try:
            data = json.loads(source.text[start.end() : end])
        except (ValueError, RecursionError):
            continue
        line = source.text.count("\n", 0, start.end()) + 1
        reading = _of_text(source, data, line) or _of_turns(data, line)
        if reading:
            return reading
    return None


def _of_text(source: SourceFile, data: Any, line: int) -> Reading | None:
    text = _transcript(data, _DEEPEST)
    return read_text(source, html.unescape(text), line, FORMAT) if text else None


def _transcript(data: Any, depth: int) -> str:
    if isinstance(data, list) and depth:
        return next(filter(None, (_transcript(item, depth - 1) for item in data)), "")
    if not isinstance(data, dict) or not depth:
        return ""
    for key in _KEYS:
        if isinstance(found := data.get(key), str) and "\n" in found:
            return found
    return next(filter(None, (_transcript(value, depth - 1) for value in data.values())), "")


def _of_turns(data: Any, line: int) -> Reading | None:
    found = shape_of(data)
    if found is None:
        return None
    said = list(found[1](data))
    if len({utterance.speaker for utterance in said if utterance.speaker}) < _FEWEST:
        return None
    facts = facts_of(data)
    builder = TranscriptBuilder(FORMAT, title=facts.title, date=facts.date)
    add_cues(builder, (Cue(u.text, line, u.start, u.end, u.speaker) for u in said))
    return builder.build()
