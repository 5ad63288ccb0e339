"""The last resort: any text, read as paragraphs. Only a byline can tell who wrote them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.readers.conversation import Item, paragraphs
from ingest.readers.headings import (
    heading_levels,
    is_comments_heading,
    is_fiction_heading,
    is_possible_heading,
    is_story_part,
    is_title_case,
)
from ingest.readers.labelled import has_title
from ingest.readers.lines import Line, is_rule, numbered_lines
from ingest.readers.masthead import Masthead, find_masthead
from ingest.readers.quotations import quotation_spans
from ingest.transcript import Reading, SourceFile, TranscriptBuilder
from kb.types import SectionKind, Speaker, TurnKind

FORMAT = "paragraphs"
NOTE = "No known format: read as paragraphs, and nobody is named as their speaker."
AUTHOR_NOTE = "No known format: read as paragraphs of {}, whom the byline names."

_HEADING_WORDS = 8  # at most, in sentence case
_PARAGRAPH_WORDS = 10  # at least
_PROSE = 0.9  # of the paragraphs of a text that was written end like sentences
_SENTENCE_END = re.compile(r"[.!?…:。؟！？][\"'”’»)\]*_]*$")
_DATE_IN_NAME = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")


def sniff(source: SourceFile) -> bool:
    """Any text with a letter in it."""
    return any(character.isalpha() for character in source.text)


def read(source: SourceFile) -> Reading:
    """Paragraphs without a speaker; lone short lines above them are headings.

    A byline above the text declares its author, and a date line there its date, unless the name
    of the file holds one.
    """
    lines = numbered_lines(source.text)
    masthead = find_masthead(lines)
    builder = TranscriptBuilder(FORMAT)
    if not _DATE_IN_NAME.search(source.name):
        builder.date = masthead.date
    _write_masthead(masthead, lines[: masthead.length], builder)
    lines = lines[masthead.length :]
    items = list(paragraphs(lines, [None] * len(lines)))
    bare = [replace(item, kind="bare") for item in items]
    if builder.title is None and len(items) > 1 and has_title(bare):
        builder.title = items[0].text
        builder.heading(items[0].text, level=1, line=items[0].line, kind="title")
        items = items[1:]
    _Text(builder, authored=masthead.author is not None).write(items)
    return builder.build()


def _write_masthead(
    masthead: Masthead, lines: Sequence[Line], builder: TranscriptBuilder
) -> None:
    author = masthead.author
    builder.notes.append(AUTHOR_NOTE.format(author) if author else NOTE)
    if author:
        builder.speakers.append(Speaker(author, "author"))
    for line in lines:
        if line is masthead.title:
            builder.title = line.text
            builder.heading(line.text, level=1, line=line.number, kind="title")
        elif not is_rule(line.text):
            builder.editorial(line.text, line=line.number)


class _Text:
    """Writes paragraphs and headings; a heading may begin fiction, or readers' comments."""

    def __init__(self, builder: TranscriptBuilder, *, authored: bool) -> None:
        self._builder = builder
        self._authored = authored
        self._inside: SectionKind = "section"
        self._below_heading = False

    def write(self, items: Sequence[Item]) -> None:
        levels = heading_levels(_heading_marks(items))
        for item, level in zip(items, levels, strict=True):
            if level:
                self._heading(item, level)
            else:
                self._paragraph(item)
            self._below_heading = level > 0

    def _heading(self, item: Item, level: int) -> None:
        if is_fiction_heading(item.text):
            self._inside = "fiction"
        elif is_comments_heading(item.text):
            self._inside = "comments"
        elif not (self._below_heading or is_story_part(item.text)):
            self._inside = "section"
        self._builder.heading(item.text, level=level, line=item.line, kind=self._inside)

    def _paragraph(self, item: Item) -> None:
        self._builder.speech(
            item.text, speaker=None, line=item.line, line_end=item.line_end, kind=self._kind(item)
        )

    def _kind(self, item: Item) -> TurnKind:
        """Quoted paragraphs and comments are told apart where the others have an author."""
        if self._inside == "fiction":
            return "fiction"
        if self._inside == "comments" and self._authored:
            return "comment"
        return "quotation" if self._authored and _is_quoted(item.text) else "speech"


def _heading_marks(items: Sequence[Item]) -> list[bool]:
    """Which paragraphs are headings: in title case, and in written prose in sentence case too.

    Among comments and inside a story short lines stand alone for other reasons: there a heading
    is only what begins another story, or what stands in title case above a paragraph.
    """
    prose = _is_prose(items)
    marks: list[bool] = []
    inside = ""
    for position, item in enumerate(items[:-1]):
        text, below = item.text, items[position + 1].text
        fiction = is_fiction_heading(text)
        marked = item.alone and item.kind == "bare" and (fiction or is_comments_heading(text))
        if not marked and item.alone and inside != "comments":
            above_paragraph = _is_paragraph(below)
            marked = is_title_case(text) and (not inside or above_paragraph)
            listed = position > 0 and not marks[-1] and is_possible_heading(items[position - 1].text)
            if not marked and prose and not inside and item.kind == "bare" and not listed:
                marked = above_paragraph and _is_sentence_case_heading(text)
        marks.append(marked)
        if marked:
            inside = "fiction" if fiction else "comments" if is_comments_heading(text) else ""
    return [*marks, False] if items else []
