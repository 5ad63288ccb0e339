"""Transcripts as web pages: labels in bold or plain, headings, definition lists, tables.

What a browser shows in lines is read as a labelled transcript is; see ``labelled``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from ingest.readers import podcast_html
from ingest.readers.conversation import Item, paragraphs, write_conversation
from ingest.readers.headings import is_possible_heading
from ingest.readers.html_lines import DOCUMENT, HtmlLine, read_page
from ingest.readers.labels import Label, find_labels, speaker_count
from ingest.readers.lines import Line, split_stamp
from ingest.readers.markdown import is_title, with_heading_speakers, without_contents
from ingest.transcript import Reading, SourceFile, TranscriptBuilder
from kb.errors import UnreadableFile

FORMAT = "web page"

_SNIFFED = 20_000  # characters
_BLOCK = re.compile(r"<(?:p|div|article|section|h[1-6]|dl|table|main|body)\b", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p[\s>]", re.IGNORECASE)
_BOLD_LEVEL = 4


def sniff(source: SourceFile) -> bool:
    """A page, or a part of one: it begins with a block, and so do most of its lines."""
    head = source.text[:_SNIFFED]
    if DOCUMENT.match(head):
        return True
    lines = [line for line in head.split("\n") if line.strip()]
    tagged = sum(1 for line in lines if line.lstrip().startswith("<"))
    return bool(_BLOCK.match(head.lstrip())) and 2 * tagged > len(lines)


def read(source: SourceFile) -> Reading:
    """Turns by label where there are any; else paragraphs, or lines, of nobody known."""
    page = read_page(source.text)
    builder = TranscriptBuilder(FORMAT)
    labels = find_labels([Line(line.number, line.marked) for line in page.lines])
    body, labels, tail = _without_tail(page.lines, labels)
    items = with_heading_speakers(list(_items(body, labels)))
    named = any(item.label and item.label.name for item in items)
    if not named and not source.document and _PARAGRAPH.search(source.text):
        return podcast_html.read(source)
    items = without_contents(items) if named else items
    heading = ""
    if items and is_title(items):
        title, *items = items
        heading = title.text
        builder.heading(heading, level=1, line=title.line, kind="title")
    builder.title = heading or page.title or None
    if named:
        write_conversation(items, builder, title=heading)
    else:
        _write_unlabelled(items, builder)
    for line in tail:
        builder.editorial(line.text, line=line.number)
    if page.left_out:
        builder.notes.append(f"{page.left_out} words of menus and the like were left out")
    reading = builder.build()
    if not reading.turns:
        raise UnreadableFile(f"{source.name}: HTML without paragraphs of text")
    return reading


def _without_tail(
    lines: list[HtmlLine], labels: list[Label | None]
) -> tuple[list[HtmlLine], list[Label | None], list[HtmlLine]]:
    """Nothing outside the part of the page that holds the labels is said by the last speaker."""
    named = [i for i, label in enumerate(labels) if label and label.name]
    if speaker_count(labels) < 2:
        return lines, labels, []
    first, last = lines[named[0]].within, lines[named[-1]].within
    shared = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), None)
    inside = first[: len(first) if shared is None else shared][: len(last)]
    end = next(
        (
            position
            for position in range(named[-1], len(lines))
            if lines[position].text and lines[position].within[: len(inside)] != inside
        ),
        len(lines),
    )
    return lines[:end], labels[:end], [line for line in lines[end:] if line.text]


def _items(lines: Sequence[HtmlLine], labels: Sequence[Label | None]) -> Iterator[Item]:
    """Headings and, between them, paragraphs; a bold line of its own may be a heading."""
    rows = zip(lines, labels, strict=True)
    for is_heading, group in groupby(rows, key=lambda row: row[0].level > 0):
        members = list(group)
        if is_heading:
            for line, _ in members:
                yield _heading(line.text, line.number, line.level)
            continue
        bold = {line.number for line, label in members if line.bold and label is None}
        plain = [Line(line.number, line.text) for line, _ in members]
        for item in paragraphs(plain, [label for _, label in members]):
            if item.alone and item.line in bold and is_possible_heading(item.text.rstrip(":")):
                yield _heading(item.text, item.line, _BOLD_LEVEL)
            else:
                yield item


def _heading(title: str, line: int, level: int) -> Item:
    title, seconds = split_stamp(title)
    label = Label(None, seconds, "", certain=True) if seconds is not None else None
    return Item("heading", title, line, line, label, alone=True, level=level)


def _write_unlabelled(items: Sequence[Item], builder: TranscriptBuilder) -> None:
    for item in items:
        if item.kind == "heading":
            builder.heading(item.text, level=item.level, line=item.line, seconds=item.seconds)
            continue
        builder.speech(
            item.text,
            speaker=None,
            line=item.line,
            line_end=item.line_end,
            seconds=item.seconds,
            new_turn=True,
        )
