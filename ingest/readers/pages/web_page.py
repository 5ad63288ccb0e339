"""Transcripts as web pages: labels in bold or plain, headings, definition lists, tables.

What a browser shows in lines is read as a labelled transcript is; see ``labelled``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby

from ingest.readers.dates import date_in, date_of_recording
from ingest.readers.headings import is_possible_heading
from ingest.readers.labels.conversation import Item, paragraphs, write_conversation
from ingest.readers.labels.finding import Label, parse_label
from ingest.readers.labels.page_text import with_page_text
from ingest.readers.labels.set_off_questions import as_interview, read_as_interview
from ingest.readers.lines import Line, split_stamp
from ingest.readers.markup.markdown import is_title, with_heading_speakers, without_contents
from ingest.readers.masthead import read_credit
from ingest.readers.meeting_notes import recorded_date, recorded_title
from ingest.readers.pages import podcast_html
from ingest.readers.pages.html_lines import DOCUMENT, HtmlLine, read_page
from ingest.readers.pages.page_data import read_data
from ingest.readers.pages.page_dates import published_date
from ingest.readers.pages.page_parts import Talk, find_talk
from ingest.readers.titles import is_title_line
from ingest.transcript import Reading, SourceFile, TranscriptBuilder
from kb.errors import UnreadableFile

FORMAT = "web page"

_SNIFFED = 20_000  # characters
_BLOCK = re.compile(r"<(?:p|div|article|section|h[1-6]|dl|table|main|body)\b", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p[\s>]", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_PARAGRAPH_WORDS = 12
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
    talk = find_talk(page.lines)
    items = with_heading_speakers(list(_items(talk)))
    bold = {(line.number, line.text) for line in talk.lines if line.bold}
    apart = [
        at
        for at, item in enumerate(items)
        if item.kind == "bare" and (item.line, item.text) in bold
    ]
    interview = as_interview(items, "", apart)
    items = interview.items if interview else items
    named = any(item.label and item.label.name for item in items)
    data = read_data(source) if not named else None
    if data:
        date = data.date or (None if date_in(source.name) else _date(talk, source.text))
        return replace(data, title=_page_title(items, page.title) or data.title, date=date)
    if not named and not source.document and _is_in_paragraphs(source.text, page.lines):
        return podcast_html.read(source)
    items = without_contents(items) if named else items
    heading = ""
    if len(items) > 1 and date_of_recording(items[0].text) and is_title(items[1:]):
        builder.editorial(items[0].text, line=items[0].line)
        del items[0]
    if items and (is_title(items) or (named and not page.title and _has_title_line(items[0]))):
        title, *items = items
        heading = title.text
        builder.heading(heading, level=1, line=title.line, kind="title")
    builder.title = recorded_title(heading) or heading or _main_title(items, page.title) or None
    builder.date = None if date_in(source.name) else _date(talk, source.text)
    if named:
        write_conversation(with_page_text(items), builder, title=heading)
    else:
        _write_unlabelled(items, builder)
    for line in talk.tail:
        builder.editorial(line.text, line=line.number)
    if page.left_out:
        builder.notes.append(f"{page.left_out} words of menus and the like were left out")
    reading = builder.build()
    if not reading.turns:
        raise UnreadableFile(f"{source.name}: HTML without paragraphs of text")
    return read_as_interview(reading, interview) if interview else reading


def _is_in_paragraphs(text: str, lines: Sequence[HtmlLine]) -> bool:
    """Whether more of what is written is in paragraphs than is not."""
    begun = (part.partition("</p")[0] for part in _PARAGRAPH.split(text)[1:])
    inside = sum(len(_TAG.sub(" ", part).split()) for part in begun)
    return 2 * inside > sum(len(line.text.split()) for line in lines)


def _main_title(items: Sequence[Item], of_page: str) -> str:
    """The page's own title without the name of its site, where a heading is the rest of it."""
    headings = (item.text for item in items if item.kind == "heading")
    begun = (text for text in headings if len(text.split()) > 1 and of_page.startswith(f"{text} "))
    return next(begun, of_page)


def _page_title(items: Sequence[Item], of_page: str) -> str | None:
    heading = items[0].text if items and is_title(items) else ""
    return heading or of_page or None


def _has_title_line(first: Item) -> bool:
    """A line of its own in the shape of a title, and not in that of a label."""
    label = parse_label(first.text)
    is_labelled = label is not None and not label.weak
    return first.kind == "bare" and first.alone and is_title_line(first.text) and not is_labelled


def _date(talk: Talk, text: str) -> str | None:
    """What is printed above the first speaker goes before what the page tells to machines."""
    first = next((i for i, label in enumerate(talk.labels) if label and label.name), 0)
    above = [line.text for line in talk.lines[:first] if line.text]
    recorded = (recorded_date(line) for line in above)
    credited = (credit.date for line in above if (credit := read_credit(line)))
    printed = next(
        filter(None, chain([date_of_recording("\n".join(above))], recorded, credited)), None
    )
    return printed or published_date(text)


def _items(talk: Talk) -> Iterator[Item]:
    """Headings and, between them, paragraphs; a bold line of its own may be a heading."""
    apart = [place in talk.apart for place in range(len(talk.lines))]
    long = [line for line in talk.lines if len(line.text.split()) >= _PARAGRAPH_WORDS]
    tells = 2 * sum(line.bold for line in long) <= len(long)  # not where all is in spans
    rows = zip(talk.lines, talk.labels, apart, strict=True)
    for (is_apart, is_heading), group in groupby(rows, key=lambda row: (row[2], row[0].level > 0)):
        members = [(line, label) for line, label, _ in group]
        if is_apart:
            for line, _ in members:
                yield Item("page", line.text, line.number, line.number, alone=True)
            continue
        if is_heading:
            for line, _ in members:
                yield _heading(line.text, line.number, line.level)
            continue
        bold = {(li.number, li.text) for li, la in members if li.bold and la is None and tells}
        plain = [Line(line.number, line.text) for line, _ in members]
        for item in paragraphs(plain, [label for _, label in members]):
            is_bold = (item.line, item.text) in bold  # a page may be one line of its file
            if item.alone and is_bold and is_possible_heading(item.text.rstrip(":")):
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
