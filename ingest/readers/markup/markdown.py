"""Transcripts in Markdown: emphasised names, linked times, ``#`` headings, YAML front matter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.names import person_of
from ingest.readers.broken_lines import with_joined_lines
from ingest.readers.dates import title_without_date
from ingest.readers.front_matter import read_front_matter
from ingest.readers.headings import (
    is_comments_heading,
    is_outline_title,
    is_possible_heading,
    is_title_case,
    is_transcript_title,
)
from ingest.readers.labels.conversation import Item, paragraphs, write_conversation
from ingest.readers.labels.finding import Label, find_labels, parse_label, speaker_count
from ingest.readers.labels.header import with_dates_apart
from ingest.readers.labels.labelled import with_headings
from ingest.readers.labels.legends import read_page
from ingest.readers.labels.long_lines import cut_at_bold_names
from ingest.readers.labels.page_text import with_page_text
from ingest.readers.labels.set_off_questions import as_interview, read_as_interview, set_off
from ingest.readers.lines import (
    Line,
    is_rule,
    numbered_lines,
    split_stamp,
    without_comments,
    without_definition_marks,
)
from ingest.readers.markup.inline_markdown import plain_text
from ingest.readers.titles import is_title_line
from ingest.transcript import Reading, SourceFile, TranscriptBuilder

FORMAT = "Markdown transcript"
_SNIFFED = 200_000  # characters
_HEADING = re.compile(r"(?P<marks>#{1,6})[ \t]+(?P<title>\S.{0,1000})")
_HEADING_ID = re.compile(r"\s*\{#[^}]{0,100}\}$|\s+#{1,6}$")
_QUOTED = re.compile(r"(?:>\s?){1,5}")
_UNDERLINE = re.compile(r"={3,100}|-{3,100}")
_EMPHASIS = re.compile(r"\*\*|__")
_FENCE = re.compile(r"(?:`{3,9}|~{3,9})[\w -]{0,20}")
# Fences, what Jekyll and Hugo replace, and the line on which a reader clicks to see more.
_NO_TEXT = re.compile(
    rf"{_FENCE.pattern}|\{{:[^{{}}]{{0,200}}\}}|\{{%[^{{}}]{{0,200}}%\}}"
    r"|\{\{[<%][^{}]{0,400}[%>]\}\}|<summary>[^<>]{0,200}</summary>"
)
_LABEL_PREFIX = 200  # characters
_BOLD_LINE = re.compile(r"(?P<mark>\*\*|__)(?P<title>[^*_]{2,150})(?P=mark)")
_FEWEST_OF_SHOW = 3  # headings
_MORE_HEADINGS = 3  # times as many of them as of other labels
_BOLD_LEVEL = 3


def sniff(source: SourceFile) -> bool:
    """Front matter, ``#`` headings, or several lines that start with an emphasised label."""
    text = source.text[:_SNIFFED]
    if read_front_matter(text).first_line > 1:
        return True
    lines = _cleaned_lines(text)
    if any(_HEADING.fullmatch(line.text) for line in lines):
        return True
    emphasised = [line for line in lines if _EMPHASIS.search(line.text[:_LABEL_PREFIX])]
    return speaker_count(find_labels(emphasised)) >= 2


def read(source: SourceFile) -> Reading:
    """Turns by emphasised or plain label, sections by ``#`` headings, times in seconds."""
    head = read_front_matter(source.text)
    builder = TranscriptBuilder(
        FORMAT, title=head.title, date=head.date, link=head.link, speakers=list(head.speakers)
    )
    if head.note:
        builder.notes.append(head.note)
    lines = _cleaned_lines(without_comments(source.text))
    lines = lines[head.first_line - 1 :]
    labels = find_labels(lines)
    parted = with_dates_apart(lines, labels)
    if parted is not lines:
        lines, labels = parted, find_labels(parted)
    read_page(lines, labels, builder)
    items = without_contents(list(markdown_items(lines, labels)))
    items = with_heading_speakers(items)
    if not any(item.kind == "heading" for item in items[1:]):
        items = [*items[:1], *map(_no_comments, items[1:], with_headings(items[1:]))]
    heading = ""
    if items and (is_title(items) or _has_title_line(items)):
        title, *items = items
        heading = plain_text(title.text)
        builder.title = builder.title or title_without_date(heading)
        builder.heading(heading, level=1, line=title.line, kind="title")
    interview = as_interview(items, heading, set_off(items))
    named = interview.people if interview else [i for i in items if i.label and i.label.name]
    if not named:
        builder.notes.append("No speaker labels were found; nobody is named.")
    items = with_page_text(interview.items if interview else items)
    write_conversation(items, builder, plain_text, title=heading)
    reading = builder.build()
    return read_as_interview(reading, interview) if interview else reading


def markdown_items(lines: Sequence[Line], labels: Sequence[Label | None]) -> Iterator[Item]:
    """Headings, with ``#`` or in bold, and between them paragraphs."""
    return (_as_bold_heading(item) for item in _items(lines, labels))


def _items(lines: Sequence[Line], labels: Sequence[Label | None]) -> Iterator[Item]:
    start = 0
    for position, line in enumerate(lines):
        match = _HEADING.fullmatch(line.text)
        if match:
            yield from paragraphs(lines[start:position], labels[start:position])
            title = _HEADING_ID.sub("", match["title"])
            above = next((li.text for li in reversed(lines[start:position]) if li.text), "")
            heading = _heading(title, line.number, len(match["marks"]))
            yield replace(heading, parted=is_rule(above))
            start = position + 1
    yield from paragraphs(lines[start:], labels[start:])


def _as_bold_heading(item: Item) -> Item:
    """A bold line of its own that is no label is an inner heading."""
    if not item.alone or item.kind in {"bullet", "page"} or (item.label and item.label.name):
        return item
    text, seconds = split_stamp(item.text)
    stamped = item.label is not None and text.endswith(("**", "__"))
    bold = _BOLD_LINE.fullmatch(f"**{text}" if stamped else text)
    if bold is None and seconds is not None:
        return item
    heading = _heading(plain_text(bold["title"]), item.line, _BOLD_LEVEL) if bold else item
    if bold and seconds is not None:
        heading = replace(heading, label=Label(None, seconds, "", certain=True))
    if not is_possible_heading(heading.text.rstrip(":")):
        return item
    return replace(heading, label=heading.label or item.label)


def _heading(title: str, line: int, level: int) -> Item:
    title, seconds = split_stamp(title)
    label = Label(None, seconds, "", certain=True) if seconds is not None else None
    return Item("heading", title, line, line, label, alone=True, level=level)


def with_heading_speakers(items: list[Item]) -> list[Item]:
    """Where nobody is labelled, headings that are names and come back start turns.

    So do other names at their level, if most headings there are such names.
    """
    labels = [_heading_label(item) if item.kind == "heading" else None for item in items]
    counts = Counter(label.name for label in labels if label)
    titles = Counter(plain_text(item.text) for item in items if item.kind == "heading")
    if len(counts) > 0 and max(counts.values()) > 1:
        labels = [
            label or (_show(item, titles) if item.kind == "heading" else None)
            for item, label in zip(items, labels, strict=True)
        ]
        counts = Counter(label.name for label in labels if label)
    named = sum(1 for item in items if item.label and item.label.name)
    returning = sum(count for count in counts.values() if count > 1)
    if named and (len(counts) < 2 or returning < _MORE_HEADINGS * named):
        return items
    levels = Counter(item.level for item in items if item.kind == "heading")
    repeated = Counter(
        item.level
        for item, label in zip(items, labels, strict=True)
        if label and counts[label.name] > 1
    )
    speaking = {level for level, count in repeated.items() if 2 * count >= levels[level]}
    return [
        replace(item, kind="label", text="", label=label)
        if label and (counts[label.name] > 1 or item.level in speaking)
        else _without_name(item)
        for item, label in zip(items, labels, strict=True)
    ]


def _no_comments(item: Item, marked: Item) -> Item:
    """Without a mark, a line such as ``Comments`` may stand within a turn."""
    return item if is_comments_heading(marked.text) else marked


def _without_name(item: Item) -> Item:
    """What stands beside names that are headings is a legend, or said by one of these."""
    if item.label is None or item.label.name is None:
        return item
    text = f"{item.label.name}: {item.text}" if item.text else item.label.name
    return replace(item, kind="bare", text=text, label=None)


def _show(item: Item, titles: Counter[str]) -> Label | None:
    """A magazine that asks beside people who answer: its name comes back as theirs do."""
    title = plain_text(item.text)
    is_show = titles[title] >= _FEWEST_OF_SHOW and not is_transcript_title(title)
    return Label(title, item.seconds, "", certain=True) if is_show else None


def _heading_label(item: Item) -> Label | None:
    """A heading that is a name, and perhaps a time."""
    title = plain_text(item.text)
    if name := person_of(title):
        return Label(name, item.seconds, "", certain=True)
    label = parse_label(title)
    return label if label and label.name and not label.rest else None


def is_title(items: Sequence[Item]) -> bool:
    """The first line is the only heading of the outermost level, but for that of the transcript."""
    first, *rest = items
    is_section = is_outline_title(first.text) or is_transcript_title(first.text)
    if first.kind != "heading" or is_section:
        return False
    others = (item for item in rest if item.kind == "heading")
    return all(item.level > first.level or is_transcript_title(item.text) for item in others)


def _has_title_line(items: Sequence[Item]) -> bool:
    """The first line is a title without a mark; where nobody is labelled, one beyond doubt."""
    first = items[0]
    text = plain_text(first.text)
    if first.kind != "bare" or not first.alone or not is_title_line(text):
        return False
    names = {item.label.name for item in items if item.label and item.label.name}
    return text not in names and (bool(names) or is_title_case(text))


def without_contents(items: Sequence[Item]) -> list[Item]:
    """A table of contents after speech has begun is dropped; before it, it is the outline."""
    kept: list[Item] = []
    spoken = inside = False
    for item in items:
        if item.kind == "heading":
            inside = spoken and is_outline_title(item.text)
        spoken = spoken or item.kind == "label"
        if not inside:
            kept.append(item)
    return kept


def _cleaned_lines(text: str) -> list[Line]:
    """Quotes, definitions and what is fenced lose their marks; a line alone above a row of ``=`` or
    ``-`` is a heading.
    """
    lines = [
        replace(li, text=_QUOTED.sub("", li.text, count=1) if li.text[:1] == ">" else li.text)
        for li in numbered_lines(text)
    ]
    lines = cut_at_bold_names(without_definition_marks(with_joined_lines(lines)))
    lines = [replace(line, text="") if _NO_TEXT.fullmatch(line.text) else line for line in lines]
    lines = [replace(li, text="---") if li.text == "</details>" else li for li in lines]
    for position in range(1, len(lines)):
        above = lines[position - 1].text
        is_alone = position == 1 or not lines[position - 2].text
        underline = lines[position].text
        if not (is_alone and _UNDERLINE.fullmatch(underline) and above[:1].isalnum()):
            continue
        label = parse_label(above)
        is_turn = label is not None and label.name is not None and label.rest != ""
        if underline[0] == "=" or (is_possible_heading(above) and not is_turn):
            marks = "#" if underline[0] == "=" else "##"
            lines[position - 1] = replace(lines[position - 1], text=f"{marks} {above}")
            lines[position] = replace(lines[position], text="")
    return lines
