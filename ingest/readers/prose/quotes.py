"""Collected quotes: highlights of one interview under headings, all by the person quoted.

Quotation marks are often missing or unbalanced here, so nothing is concluded from them: every
paragraph below the introduction is the quoted person's, and nested speech stays inside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.names import is_name
from ingest.readers.headings import heading_levels, is_possible_heading
from ingest.readers.labels.conversation import Item, paragraphs
from ingest.readers.labels.finding import find_labels, speaker_count
from ingest.readers.lines import Line, first_words, numbered_lines, without_tags
from ingest.transcript import Reading, SourceFile, TranscriptBuilder

FORMAT = "collected quotes"
_SNIFFED = 200_000  # characters
_HEAD = 12  # paragraphs in which an introduction can stand
_QUOTES = re.compile(r"\b(?:quotes|quotations|excerpts|highlights|snippets)\b", re.IGNORECASE)
_TALK = re.compile(
    r"\b(?:conversation|interview|podcast|discussion|episode|talk|talked|spoke|transcript)\b",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(
    r"\b(?:I|we) (?:recently )?(?:talked|spoke|chatted|sat down|interviewed)\b|\bfull transcript\b|"
    r"\btranscript\b|\bpodcast\b|\bYouTube\b|\bthis (?:interview|conversation|post|episode)\b",
    re.IGNORECASE,
)
_QUOTED_IN_TITLE = (
    re.compile(r"(?P<name>.{3,60}?) (?:on|about|discuss(?:es)?|explains?)\b", re.IGNORECASE),
    re.compile(
        r".{0,100}\b(?:quotes (?:from|by|of)|interview with|conversation with|highlights from) "
        r"(?P<name>[^,:;|(]{3,60})",
        re.IGNORECASE,
    ),
)
_QUOTED_IN_INTRODUCTION = re.compile(
    r"\b(?:talked (?:to|with)|spoke (?:to|with)|interviewed|sat down with|chatted with|"
    r"interview with|conversation with|quotes (?:from|by|of)) "
    r"(?P<name>[^\W\d_][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){1,3})"
)


def sniff(source: SourceFile) -> bool:
    """An introduction that announces quotes and names somebody or is followed by quote marks."""
    lines = numbered_lines(without_tags(source.text[:_SNIFFED]))
    items = _paragraphs(lines)
    head = [item.text for item in items[:_HEAD]]
    if not any(map(_announces, head)) or speaker_count(find_labels(lines)) > 2:
        return False
    marked = sum(1 for item in items if item.text[0] in '“"«„')
    return marked >= 2 or quoted_person(None, head) is not None


def read(source: SourceFile) -> Reading:
    """Headings at two levels; quotes by the person whom title or introduction name."""
    items = list(_paragraphs(numbered_lines(without_tags(source.text))))
    builder = TranscriptBuilder(FORMAT)
    if items and items[0].alone and len(items[0].text) <= 200:
        title, *items = items
        builder.title = title.text
        builder.heading(title.text, level=1, line=title.line, kind="title")
    end = _introduction_end(items)
    quoted = quoted_person(builder.title, [item.text for item in items[:end]])
    for item in items[:end]:
        _write_introduction(item, builder)
    body = items[end:]
    marks = [
        item.alone and is_possible_heading(item.text) and position + 1 < len(body)
        for position, item in enumerate(body)
    ]
    for item, level in zip(body, heading_levels(marks), strict=True):
        if level:
            builder.heading(item.text, level=level, line=item.line)
        else:
            builder.speech(item.text, speaker=quoted, line=item.line, line_end=item.line_end)
    return builder.build()


def quoted_person(title: str | None, introduction: Sequence[str]) -> str | None:
    """Whose quotes these are, by ``X on A, B`` or ``I talked to X``; None when nobody says."""
    for paragraph in introduction:
        match = _QUOTED_IN_INTRODUCTION.search(paragraph[:2000])
        if match:
            return match["name"].rstrip(".").removesuffix("’s").removesuffix("'s")
    for pattern in _QUOTED_IN_TITLE:
        match = pattern.match(title or "")
        if match and is_name(match["name"]):
            return match["name"].strip()
    return None


def _paragraphs(lines: Sequence[Line]) -> list[Item]:
    """Paragraphs without labels: a colon in a quote starts no speaker."""
    items = paragraphs(lines, [None] * len(lines))
    return [replace(item, kind="bare") for item in items]


def _introduction_end(items: Sequence[Item]) -> int:
    """After the last paragraph of the head that announces the quotes, and its continuation."""
    head = items[:_HEAD]
    announced = [i for i, item in enumerate(head) if _announces(item.text)]
    end = announced[-1] + 1 if announced else 0
    while end < len(head) and _introduces(head[end].text):
        end += 1
    return end


def _announces(text: str) -> bool:
    head = text[:1000]
    marked = head.startswith(("“", '"', "‘"))
    return not marked and bool(_QUOTES.search(head) and _TALK.search(head))


def _introduces(text: str) -> bool:
    if text.startswith(("“", '"', "‘")) or is_possible_heading(text):
        return False
    return _INTRODUCTION.search(text[:600]) is not None


def _write_introduction(item: Item, builder: TranscriptBuilder) -> None:
    if item.alone and is_possible_heading(item.text):
        builder.heading(item.text, level=2, line=item.line, kind="intro")
        return
    builder.section(first_words(item.text), level=2, line=item.line, kind="intro")
    builder.editorial(item.text, line=item.line, line_end=item.line_end)
