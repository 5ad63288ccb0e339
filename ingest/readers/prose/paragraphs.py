"""The last resort: any text, read as paragraphs. Only a byline can tell who wrote them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.readers.dates import date_in
from ingest.readers.headings import (
    heading_levels,
    is_comments_heading,
    is_fiction_heading,
    is_possible_heading,
    is_sentence_case_heading,
    is_story_part,
    is_title_case,
)
from ingest.readers.labels.conversation import Item, paragraphs
from ingest.readers.labels.labelled import has_title
from ingest.readers.labels.learned_notations import seems_labelled
from ingest.readers.lines import Line, is_rule, numbered_lines, without_tags
from ingest.readers.masthead import Masthead, find_masthead
from ingest.readers.newsletter_lines import letters
from ingest.readers.prose.article_blocks import Block
from ingest.readers.prose.article_comments import Comments
from ingest.readers.prose.quotations import is_quoted
from ingest.readers.prose.timed_paragraphs import write_timed
from ingest.transcript import Reading, SourceFile, TranscriptBuilder
from kb.types import SectionKind, Speaker, TurnKind

FORMAT = "paragraphs"
NOTE = "No known format: read as paragraphs, and nobody is named as their speaker."
AUTHOR_NOTE = "No known format: read as paragraphs of {}, whom the byline names."

_PARAGRAPH_WORDS = 10  # at least
_PROSE = 0.9  # of the paragraphs of a text that was written end like sentences
_SENTENCE_END = re.compile(r"[.!?…:。؟！？][\"'”’»)\]*_]*$")


def sniff(source: SourceFile) -> bool:
    """Any text with a letter in it."""
    return any(character.isalpha() for character in source.text)


def read(source: SourceFile) -> Reading:
    """Paragraphs without a speaker; lone short lines above them are headings.

    A byline above the text declares its author, and a date line there its date, unless the name
    of the file holds one.
    """
    lines = numbered_lines(without_tags(source.text))
    masthead = find_masthead(lines)
    if masthead.author and seems_labelled(lines):
        masthead = replace(masthead, author=None)
    builder = TranscriptBuilder(FORMAT)
    builder.date = None if date_in(source.name) else masthead.date
    _write_masthead(masthead, lines[: masthead.length], builder)
    lines = lines[masthead.length :]
    items = list(paragraphs(lines, [None] * len(lines)))
    bare = [replace(item, kind="bare") for item in items]
    if builder.title is None and len(items) > 1 and has_title(bare):
        builder.title = items[0].text
        builder.heading(items[0].text, level=1, line=items[0].line, kind="title")
        items = items[1:]
    if write_timed(items, builder):
        return builder.build()
    _write_text(items, _heading_kinds(items, authored=bool(builder.speakers)), builder)
    return builder.build()


def _write_masthead(masthead: Masthead, lines: Sequence[Line], builder: TranscriptBuilder) -> None:
    author = masthead.author
    builder.notes.append(AUTHOR_NOTE.format(author) if author else NOTE)
    if author:
        builder.speakers.append(Speaker(author, "author"))
    for line in lines:
        if line is masthead.title:
            builder.title = re.sub(r"^title:\s*", "", line.text, flags=re.IGNORECASE)
            builder.heading(line.text, level=1, line=line.number, kind="title")
        elif not is_rule(line.text):
            builder.editorial(line.text, line=line.number)


def _write_text(
    items: Sequence[Item], kinds: Sequence[SectionKind | None], builder: TranscriptBuilder
) -> None:
    """Readers' comments and quoted paragraphs are told apart where the others have an author."""
    authored = bool(builder.speakers)
    inside: SectionKind = "section"
    levels = heading_levels([kind is not None for kind in kinds])
    for position, (item, kind, level) in enumerate(zip(items, kinds, levels, strict=True)):
        if kind:
            inside = kind
            builder.heading(item.text, level=level, line=item.line, kind=kind)
            if kind == "comments":
                _write_comments(items, kinds, position, builder)
        elif inside != "comments":
            builder.speech(
                item.text,
                speaker=None,
                line=item.line,
                line_end=item.line_end,
                kind=_turn_kind(item.text, inside, authored),
            )


def _write_comments(
    items: Sequence[Item],
    kinds: Sequence[SectionKind | None],
    heading: int,
    builder: TranscriptBuilder,
) -> None:
    """What follows a heading of comments, up to the next heading."""
    said = letters(" ".join(item.text for item in items[:heading]))
    end = next((i for i in range(heading + 1, len(items)) if kinds[i]), len(items))
    blocks = [
        Block(item, item.text, quote=item.line if item.text.startswith(">") else None)
        for item in items[heading + 1 : end]
    ]
    author = next((speaker.name for speaker in builder.speakers if speaker.role == "author"), None)
    Comments(builder, author, said).write(blocks)


def _turn_kind(text: str, inside: SectionKind, authored: bool) -> TurnKind:
    if inside == "fiction":
        return "fiction"
    return "quotation" if authored and is_quoted(text) else "speech"


def _heading_kinds(items: Sequence[Item], authored: bool) -> list[SectionKind | None]:
    """The kind of section that each heading begins; None for paragraphs.

    A heading directly below another, and a part of a story, begin nothing of another kind.
    """
    prose = _is_prose(items)
    kinds: list[SectionKind | None] = []
    inside: SectionKind = "section"
    for position, item in enumerate(items):
        below_heading = position > 0 and kinds[-1] is not None
        above = items[position - 1] if position and not below_heading else None
        below = items[position + 1] if position + 1 < len(items) else None
        kind = _special_kind(item, authored)
        if below is None or not (kind or _is_heading(item, above, below, inside, prose)):
            kinds.append(None)
            continue
        if kind or not (below_heading or is_story_part(item.text)):
            inside = kind or "section"
        kinds.append(inside)
    return kinds


def _special_kind(item: Item, authored: bool) -> SectionKind | None:
    """Fiction, and in a text with an author comments, where a heading says so."""
    if item.alone and is_fiction_heading(item.text):
        return "fiction"
    return "comments" if item.alone and authored and is_comments_heading(item.text) else None


def _is_heading(
    item: Item, above: Item | None, below: Item, inside: SectionKind, prose: bool
) -> bool:
    """In title case, and in written prose in sentence case too, where no list is above it.

    Among comments and inside a story short lines stand alone for other reasons.
    """
    if inside == "comments" or not item.alone:
        return False
    if is_title_case(item.text):
        return inside == "section" or _is_paragraph(below)
    if not prose or inside != "section" or item.kind == "bullet" or not _is_paragraph(below):
        return False
    is_listed = above is not None and above.alone and is_possible_heading(above.text)
    return not is_listed and is_sentence_case_heading(item.text)


def _is_prose(items: Sequence[Item]) -> bool:
    """Whether the long paragraphs end like sentences, which those of captions do not."""
    long = [item.text for item in items if len(item.text.split()) >= _PARAGRAPH_WORDS]
    ended = sum(1 for text in long if _SENTENCE_END.search(text))
    return bool(long) and ended >= _PROSE * len(long)


def _is_paragraph(item: Item) -> bool:
    return len(item.text.split()) >= _PARAGRAPH_WORDS and bool(_SENTENCE_END.search(item.text))
