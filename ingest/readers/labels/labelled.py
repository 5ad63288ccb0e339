"""Plain transcripts with speaker labels: ``Name: text``, headings as lines of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.readers.broken_lines import with_joined_lines
from ingest.readers.dates import date_of_recording, title_without_date, written_date
from ingest.readers.double_spacing import single_spaced
from ingest.readers.headings import (
    heading_levels,
    is_comments_heading,
    is_outline_title,
    is_possible_heading,
    is_title_case,
    is_transcript_title,
)
from ingest.readers.labels.colon_titles import is_event_title
from ingest.readers.labels.columns import with_colons
from ingest.readers.labels.conversation import (
    Item,
    first_speech,
    paragraphs,
    write_conversation,
)
from ingest.readers.labels.finding import Label, find_labels, speaker_count
from ingest.readers.labels.header import with_dates_apart
from ingest.readers.labels.legends import read_page
from ingest.readers.labels.line_numbers import without_line_numbers
from ingest.readers.labels.long_lines import cut_long_lines
from ingest.readers.labels.page_text import with_page_text
from ingest.readers.lines import (
    Line,
    numbered_lines,
    split_stamp,
    take_stamp,
    without_definition_marks,
    without_entities,
    without_quote_marks,
    without_tags,
)
from ingest.readers.masthead import find_masthead, read_credit
from ingest.readers.page_breaks import without_page_breaks
from ingest.readers.stage_directions import is_stage_direction
from ingest.readers.titles import is_title_line
from ingest.transcript import Reading, SourceFile, TranscriptBuilder

FORMAT = "labelled transcript"
_BEGINS = re.compile(r"(?:[∙•·]\s)?[\"“‘(\[]?(?:[^\W\d_a-z]|[0-9]|https?:|by )")
_OPENING = re.compile(r"\d{1,4}[.)]\s|[“\"‘][^“”\"]{2,100}[”\"’],?\s(?:[-–—|:]\s)?")
_ACTION_ITEM = re.compile(r"\s{1,3}ACTION ITEM: [^\n]{1,400}? - WATCH: https?://\S{1,200}")
_HEAD = 40  # lines that stand above a talk
_SNIFFED = 200_000  # characters


def sniff(source: SourceFile) -> bool:
    """At least two labelled lines, or a single line that has a label with a time.

    Names that stand only in the comments below an article are no labels.
    """
    lines = _above_comments(_lines(source.text[:_SNIFFED]))
    labels = find_labels(lines)
    if sum(1 for line in lines if line.text) == 1:
        return any(label and label.name and label.certain for label in labels)
    return speaker_count(labels) >= 2


def read(source: SourceFile) -> Reading:
    """Turns by printed label; what stands before the first label is editorial."""
    lines = _lines(source.text)
    builder = TranscriptBuilder(FORMAT)
    labels = find_labels(lines)
    for part in (_with_head_apart, with_dates_apart, _with_headings_apart):
        parted = part(lines, labels)
        if parted is not lines:
            lines, labels = parted, find_labels(parted)
    read_page(lines, labels, builder)
    printed_twice = None if builder.title else _title_printed_twice(lines, labels)
    items = _with_numbered_title(list(paragraphs(lines, labels)), lines)
    heading = ""
    if len(items) > 1 and _is_date(items[0]) and has_title(items[1:]):
        builder.editorial(items[0].text, line=items[0].line)
        items = items[1:]
    if items and has_title(items):
        title, *items = items
        heading = title.text
        builder.title = builder.title or title_without_date(heading)
        builder.heading(title.text, level=1, line=title.line, kind="title")
    builder.title = printed_twice or builder.title
    write_conversation(with_page_text(with_headings(items)), builder, title=heading)
    return builder.build()


def _title_printed_twice(lines: Sequence[Line], labels: Sequence[Label | None]) -> str | None:
    """A page has the title of a talk above it, and again in the path or the name of the show."""
    first = next((i for i, label in enumerate(labels) if label and label.name), 0)
    head = [line.text for line in lines[:first] if line.text][:_HEAD]
    for place, text in enumerate(head):
        others = head[:place] + head[place + 1 :]
        again = any(other.endswith((text, f"{text} (Transcript)")) for other in others)
        if again and is_title_line(text):
            return title_without_date(text)
    return None


def _is_date(item: Item) -> bool:
    return item.kind == "bare" and item.alone and written_date(item.text) is not None


def _with_head_apart(lines: list[Line], labels: Sequence[Label | None]) -> list[Line]:
    """Title, people and date in a row above the talk, each as a paragraph of its own.

    Lines that are the parts of one paragraph hardly all begin with a capital.
    """
    spoken = (label is not None and not label.page for label in labels)
    ends = (not line.text or label for line, label in zip(lines, spoken, strict=True))
    length = next((i for i, end in enumerate(ends) if end), len(lines))
    head = lines[:length]
    begins = all(_BEGINS.match(line.text) or read_credit(line.text) for line in head)
    is_page = all(label is not None and label.page for label in labels[1:length])
    is_alone = length == 1 and not _is_timed(labels[1] if len(labels) > 1 else None)
    if not length or is_alone or not begins or not (is_page or is_title_line(head[0].text)):
        return lines
    apart = [part for line in head for part in (line, Line(line.number, ""))]
    return [*apart, *lines[length:]]


def _with_headings_apart(lines: list[Line], labels: Sequence[Label | None]) -> list[Line]:
    """``Kettles that sing [00:04:10]`` right above a label, and ``[INTRO]``, as paragraphs."""
    apart = {
        place
        for place, below in enumerate(labels[1:])
        if labels[place] is None
        and (_is_loud(lines[place].text) or (below and below.name and _ends(lines[place].text)))
    }
    if not apart:
        return lines
    empty = [Line(line.number, "") for line in lines]
    parts = ((empty[i], line, empty[i]) if i in apart else (line,) for i, line in enumerate(lines))
    return [line for part in parts for line in part]


def _is_loud(text: str) -> bool:
    return is_stage_direction(text) and (text.isupper() or text[0] not in "[(")


def _ends(text: str) -> bool:
    """Whether a line is a heading that ends with its time."""
    title, seconds = split_stamp(text)
    has_time = seconds is not None and take_stamp(text) is None
    return has_time and is_possible_heading(title.rstrip("?"))


def _is_timed(label: Label | None) -> bool:
    return label is not None and label.seconds is not None and not label.page


def _lines(text: str) -> list[Line]:
    text = single_spaced(without_page_breaks(without_entities(without_tags(text))))
    text = _ACTION_ITEM.sub("", text) if "ACTION ITEM" in text else text
    lines = with_joined_lines(numbered_lines(with_colons(text)))
    lines = without_definition_marks(without_line_numbers(lines))
    return cut_long_lines(without_quote_marks(lines))


def _above_comments(lines: list[Line]) -> list[Line]:
    """The text whose author a byline names; everything where there is no byline."""
    if find_masthead(lines).author is None:
        return lines
    comments = (i for i, line in enumerate(lines) if line.text and is_comments_heading(line.text))
    return lines[: next(comments, len(lines))]


def has_title(items: Sequence[Item]) -> bool:
    """Whether the first paragraph is the title of the file."""
    first = items[0]
    if first.kind != "bare" or first.line != first.line_end or is_transcript_title(first.text):
        return False
    if written_date(first.text):
        return False
    if first.alone and _is_labelled_throughout(items[1:]):
        return is_possible_heading(_without_opening(first.text).rstrip("?"))
    if first.alone and is_event_title(first.text):
        return is_possible_heading(first.text.rstrip("?"))
    return is_possible_heading(first.text) and (first.alone or is_title_case(first.text))


def _is_labelled_throughout(items: Sequence[Item]) -> bool:
    """Whether no paragraph but the title is without a speaker: nobody can have asked it."""
    first = first_speech(items)
    head = (item for item in items[:first] if item.kind != "page")
    labelled = all(
        item.kind == "page" or _names_somebody(item) or _is_name_alone(above)
        for above, item in pairwise([items[first], *items[first:]])
    )
    return bool(items) and labelled and all(_says_when_or_who(item.text) for item in head)


def _names_somebody(item: Item) -> bool:
    return item.label is not None and item.label.name is not None


def _is_name_alone(item: Item) -> bool:
    """A name, or a time below it, on a line of its own: what follows is said by that person."""
    return item.label is not None and not item.text


def _is_time_alone(item: Item) -> bool:
    return _is_name_alone(item) and not _names_somebody(item)


def _says_when_or_who(text: str) -> bool:
    return date_of_recording(text) is not None or read_credit(text) is not None


def _without_opening(title: str) -> str:
    """What follows a number or a quotation: ``12. On kettles``, ``“It sings” – on kettles``."""
    match = _OPENING.match(title)
    rest = title[match.end() :] if match else title
    return rest[:1].upper() + rest[1:]


def _with_numbered_title(items: list[Item], lines: Sequence[Line]) -> list[Item]:
    """``12. On kettles`` alone above a talk is its title, and no list."""
    if len(items) < 2 or items[0].kind != "bullet" or not items[0].alone:
        return items
    text = next(line.text for line in lines if line.number == items[0].line)
    if items[1].kind == "bullet" or not text[0].isdigit():
        return items
    return [replace(items[0], kind="bare", text=text), *items[1:]]


def with_headings(items: Sequence[Item]) -> list[Item]:
    """Marks the headings among the paragraphs of a labelled transcript, with their levels."""
    marks = heading_marks(items)
    return [
        _heading(item, level) if level else item
        for item, level in zip(items, heading_levels(marks), strict=True)
    ]


def _heading(item: Item, level: int) -> Item:
    title, seconds = split_stamp(item.text)
    label = Label(None, seconds, "", certain=True) if seconds is not None else item.label
    return replace(item, kind="heading", text=title, label=label, level=level)


def heading_marks(items: Sequence[Item]) -> list[bool]:
    """A heading stands alone above a labelled paragraph, another heading, or the outline.

    Above a bare paragraph only one in title case counts: there it interrupts a running turn.
    """
    titles = [split_stamp(item.text)[0] for item in items]
    first = first_speech(items)
    marks = [False] * len(items)
    strict = any(
        item.kind == "bare" and not is_possible_heading(item.text) for item in items[first:]
    )
    for position in range(len(items) - 2, -1, -1):
        item, below = items[position], items[position + 1]
        title = titles[position]
        if not item.alone or item.kind in {"bullet", "page"} or (item.label and item.label.name):
            continue
        if position < first and _says_when_or_who(title):
            continue
        above = next((i for i in reversed(items[:position]) if not _is_time_alone(i)), None)
        if above and _is_name_alone(above) and _names_somebody(above):
            continue
        if (below.label and below.label.name) or marks[position + 1]:
            shape = title.rstrip("?") if title != item.text else title
            marks[position] = is_possible_heading(shape, strict=strict)
        elif below.kind == "bullet":
            marks[position] = position < first and is_outline_title(item.text)
        elif position > first:
            marks[position] = is_title_case(title) and not is_possible_heading(below.text)
    return marks
