"""The head of an article in Markdown: its title, its author, and whether it is a conversation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.readers.front_matter import FrontMatter
from ingest.readers.headings import is_comments_heading
from ingest.readers.labels.finding import find_labels, speaker_count
from ingest.readers.labels.learned_notations import seems_labelled
from ingest.readers.lines import Line
from ingest.readers.markup.inline_markdown import plain_text
from ingest.readers.markup.markdown import is_title, markdown_items, with_heading_speakers
from ingest.readers.masthead import (
    Masthead,
    credited_people,
    find_masthead,
    name_above_date,
    read_credit,
)
from ingest.readers.newsletter_lines import is_button, is_masthead, is_subline
from ingest.readers.prose.article_blocks import Block, is_emphasised

_HEAD_LINES = 40
_ITALIC_LINES = 4  # in which a byline in italics can stand
_GREETING_WORDS = 60  # at most
_QUOTED_SHARE = 4  # one of so many lines at least is a turn in a quoted conversation
_SHARE = 5  # one of so many lines at least has a label in a conversation
_FEWEST_QUESTIONS = 3
_FEWEST_STAMPS = 3
_MARKS = re.compile(r"#{1,6}[ \t]+")
_TALK = re.compile(
    r"\b(?:transcript|interview(?:s|ed)?|in conversation|conversation with|q ?& ?a|podcast|"
    r"episode|ama)\b",
    re.IGNORECASE,
)


def masthead_of(lines: Sequence[Line]) -> Masthead:
    """Title, byline and date line, whatever their markup."""
    return find_masthead(_plain_head(lines))


def author_of(head: FrontMatter, lines: Sequence[Line]) -> str | None:
    """The one person whom front matter or byline names as the author; None for several."""
    declared = {speaker.name for speaker in head.speakers if speaker.role == "author"}
    if declared:
        name = declared.pop()
        return None if declared or len(credited_people(name)) > 1 else name
    plain = _plain_head(lines)
    return find_masthead(plain).author or name_above_date(plain) or _credited_in_italics(lines)


def title_of(blocks: Sequence[Block], head: FrontMatter, masthead: Masthead) -> Block | None:
    """The first block when it is the title: outermost, or above a byline."""
    if not blocks:
        return None
    first = blocks[0]
    above_byline = masthead.title is not None and masthead.title.number == first.item.line
    named = first.is_heading and first.text == head.title
    is_outermost = is_title([block.item for block in blocks])
    return first if is_outermost or named or above_byline else None


def head_end(blocks: Sequence[Block], masthead: Masthead, lines: Sequence[Line]) -> int:
    """How many blocks below the title are bylines, dates, a greeting, or asides in italics."""
    last = lines[masthead.length - 1].number if masthead.length else 0
    end = sum(1 for block in blocks if block.item.line <= last)
    while end < len(blocks) and _is_greeting(blocks[end]):
        end += 1
    return end


def is_conversation(head: FrontMatter, lines: Sequence[Line]) -> bool:
    """Whether several people are labelled, or somebody is asked questions, above the comments."""
    lines = _without_comments_section(lines)
    title = head.title or next((line.text for line in lines if line.text), "")
    if _TALK.search(title[:300]):
        return True
    labels = find_labels(lines)
    written = sum(1 for line in lines if line.text)
    named = Counter(label.name for label in labels if label and label.name)
    stamps = sum(1 for label in labels if label and label.seconds is not None)
    repeated = sum(1 for count in named.values() if count > 1)
    if repeated > 1 or stamps >= _FEWEST_STAMPS:
        return True
    if _is_quoted_talk(lines, written) or seems_labelled(lines):
        return True
    if speaker_count(labels) > 1 and _SHARE * speaker_count(labels) >= written:
        return True
    items = with_heading_speakers(list(markdown_items(lines, [None] * len(lines))))
    speaking = {item.label.name for item in items if item.label and item.label.name}
    return len(speaking) > 1 or _questions(lines) >= _FEWEST_QUESTIONS


def _is_quoted_talk(lines: Sequence[Line], written: int) -> bool:
    """Whether a good part of the lines are turns in a block quote."""
    quoted = [Line(li.number, li.text.lstrip("> ") if li.text[:1] == ">" else "") for li in lines]
    labels = find_labels(quoted) if any(line.text for line in quoted) else []
    names = {label.name for label in labels if label and label.name}
    return len(names) > 1 and _QUOTED_SHARE * speaker_count(labels) >= written


def _questions(lines: Sequence[Line]) -> int:
    """Questions that stand out in italics or bold, as those of an interviewer."""
    return sum(1 for line in lines if "?" in line.text[-4:] and is_emphasised(line.text))


def _without_comments_section(lines: Sequence[Line]) -> Sequence[Line]:
    for position, line in enumerate(lines):
        text = _MARKS.sub("", line.text).strip("*_ ")
        if text != line.text and is_comments_heading(text):
            return lines[:position]
    return lines


def _plain_head(lines: Sequence[Line]) -> list[Line]:
    return [
        Line(line.number, plain_text(_MARKS.sub("", line.text, count=1)))
        for line in lines[:_HEAD_LINES]
    ]


def _credited_in_italics(lines: Sequence[Line]) -> str | None:
    """``*By Ada Vale. A letter about meters.*``"""
    for line in [line for line in lines if line.text][:_ITALIC_LINES]:
        if is_emphasised(line.text):
            credit = read_credit(plain_text(line.text).split(". ")[0])
            if credit and credit.how and len(credit.names) == 1:
                return credit.names[0]
    return None


def _is_greeting(block: Block) -> bool:
    if block.is_heading or block.quoted:
        return False
    if is_emphasised(block.item.text) or is_subline(block.text) or is_button(block.text):
        return True
    return is_masthead(block.text) and len(block.text.split()) <= _GREETING_WORDS
