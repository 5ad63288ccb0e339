"""The last resort: any text, read as paragraphs of which nobody knows the speaker."""

from __future__ import annotations

from dataclasses import replace

from ingest.readers.conversation import paragraphs
from ingest.readers.headings import heading_levels, is_title_case
from ingest.readers.labelled import has_title
from ingest.readers.lines import numbered_lines
from ingest.transcript import Reading, SourceFile, TranscriptBuilder

FORMAT = "paragraphs"
NOTE = "No known format: read as paragraphs, and nobody is named as their speaker."


def sniff(source: SourceFile) -> bool:
    """Any text with a letter in it."""
    return any(character.isalpha() for character in source.text)


def read(source: SourceFile) -> Reading:
    """Paragraphs without a speaker; lone lines in title case are headings."""
    lines = numbered_lines(source.text)
    items = [replace(item, kind="bare") for item in paragraphs(lines, [None] * len(lines))]
    builder = TranscriptBuilder(FORMAT, notes=[NOTE])
    if len(items) > 1 and has_title(items):
        title, *items = items
        builder.title = title.text
        builder.heading(title.text, level=1, line=title.line, kind="title")
    marks = [
        item.alone and is_title_case(item.text) and position + 1 < len(items)
        for position, item in enumerate(items)
    ]
    for item, level in zip(items, heading_levels(marks), strict=True):
        if level:
            builder.heading(item.text, level=level, line=item.line)
        else:
            builder.speech(item.text, speaker=None, line=item.line, line_end=item.line_end)
    return builder.build()
