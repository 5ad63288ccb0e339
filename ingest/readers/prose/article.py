"""Articles in Markdown: one author's text, with block quotes, stories and readers' comments."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.readers.dates import date_in
from ingest.readers.front_matter import read_front_matter
from ingest.readers.headings import is_comments_heading, is_fiction_heading, is_story_part
from ingest.readers.newsletter_lines import (
    is_after_fiction,
    is_button,
    is_link_line,
    is_subline,
    is_thanks,
    letters,
)
from ingest.readers.prose import newsletter, quotes
from ingest.readers.prose.article_blocks import (
    Block,
    article_lines,
    blocks_of,
    with_comments_marked,
)
from ingest.readers.prose.article_comments import Comments
from ingest.readers.prose.article_head import (
    author_of,
    head_end,
    is_conversation,
    masthead_of,
    title_of,
)
from ingest.readers.prose.quotations import Piece, SectionQuotations, is_quoted
from ingest.transcript import Reading, SourceFile, TranscriptBuilder
from kb.types import SectionKind, Speaker

FORMAT = "Markdown article"
NOTE = "Read as the text of {}, who is named as its author."
NOBODY_NOTE = "Read as an article; nobody is named as its author."
_SNIFFED = 200_000  # characters
_PRONOUN_CONFIDENCE = 0.8
_AROUND = (is_subline, is_after_fiction, is_thanks, is_button)
_LINK_PHRASE = re.compile(r"[^:.(]{1,20}:[^.!?]{1,200}\.?")
_HEADING = re.compile(r"#{1,6}[ \t]+\S")


def sniff(source: SourceFile) -> bool:
    """Markdown that names its one author, or is a newsletter, and in which nobody is labelled."""
    text = source.text[:_SNIFFED]
    head = read_front_matter(text)
    lines = article_lines(text, head)
    if head.first_line == 1 and not any(_HEADING.match(line.text) for line in lines):
        return False
    lines = with_comments_marked(lines)
    if any(speaker.role != "author" for speaker in head.speakers):
        return False
    if author_of(head, lines) is None and not newsletter.sniff(source):
        return False
    return not is_conversation(head, lines) and not quotes.sniff(source)


def read(source: SourceFile) -> Reading:
    """The author's text as speech without a label; quotations and comments apart from it."""
    head = read_front_matter(source.text)
    lines = with_comments_marked(article_lines(source.text, head))
    masthead, author = masthead_of(lines), author_of(head, lines)
    builder = TranscriptBuilder(FORMAT, title=head.title, date=head.date, link=head.link)
    builder.date = head.date or (None if date_in(source.name) else masthead.date)
    builder.speakers += [Speaker(author, "author")] if author else []
    builder.notes += [head.note] if head.note else []
    builder.notes.append(NOTE.format(author) if author else NOBODY_NOTE)
    blocks = blocks_of(lines)
    title = title_of(blocks, head, masthead)
    if title:
        builder.title = builder.title or title.text
        builder.heading(title.text, level=1, line=title.item.line, kind="title")
        blocks = blocks[1:]
    _Article(builder, author).write(blocks, head_end(blocks, masthead, lines))
    return builder.build()


class _Article:
    def __init__(self, builder: TranscriptBuilder, author: str | None) -> None:
        self._builder = builder
        self._author = author
        self._quotations = SectionQuotations()
        self._inside: SectionKind = "section"
        self._story_level = 0
        self._below_quote = False
        self._quote: int | None = None
        self._said: list[str] = []
        if is_fiction_heading(builder.title or ""):
            self._inside = "fiction"

    def write(self, blocks: Sequence[Block], head: int) -> None:
        """All blocks; the first ``head`` of them stand above the text."""
        for block in blocks[:head]:
            self._builder.editorial(block.text, line=block.item.line, line_end=block.item.line_end)
        position = head
        while position < len(blocks):
            block = blocks[position]
            position += 1
            if not block.is_heading:
                self._paragraph(block)
            elif is_comments_heading(block.text):
                end = _comments_end(blocks, position)
                self._comments(block, blocks[position:end])
                position = end
            else:
                self._heading(block)

    def _heading(self, block: Block) -> None:
        level = block.item.level
        if is_fiction_heading(block.text):
            self._inside, self._story_level = "fiction", level
        elif level <= self._story_level and not is_story_part(block.text):
            self._inside, self._story_level = "section", 0
        self._quotations = SectionQuotations()
        self._builder.heading(block.text, level=level, line=block.item.line, kind=self._inside)

    def _comments(self, heading: Block, blocks: Sequence[Block]) -> None:
        self._builder.heading(
            heading.text, level=heading.item.level, line=heading.item.line, kind="comments"
        )
        Comments(self._builder, self._author, letters(" ".join(self._said))).write(blocks)
        self._inside, self._story_level = "section", 0

    def _paragraph(self, block: Block) -> None:
        text, line, line_end = block.text, block.item.line, block.item.line_end
        signs = block.signature is not None and (block.quoted or self._below_quote)
        self._below_quote = block.quoted
        if signs or _is_link(block) or any(is_such(text) for is_such in _AROUND):
            self._builder.editorial(text, line=line, line_end=line_end)
            return
        is_other = block.quote is None or block.quote != self._quote
        self._quote = block.quote
        self._said.append(text)
        if self._inside == "fiction":
            self._builder.speech(text, speaker=None, line=line, line_end=line_end, kind="fiction")
            return
        for piece in self._pieces(block):
            own = piece.speaker is None and not block.quoted and not is_quoted(text)
            self._builder.speech(
                piece.text,
                speaker=piece.speaker,
                line=line,
                line_end=line_end,
                kind="speech" if own else "quotation",
                new_turn=not own and piece.speaker is None and is_other,
                confidence=1.0 if piece.certain else _PRONOUN_CONFIDENCE,
            )

    def _pieces(self, block: Block) -> list[Piece]:
        if not block.quoted:
            return self._quotations.split(block.text)
        return [self._quotations.block(block.text, block.signed)]


def _is_link(block: Block) -> bool:
    """A line that leads elsewhere; a sentence of an essay may begin with the same words."""
    is_linked = "](" in block.item.text or "://" in block.item.text
    return is_link_line(block.text) and (
        is_linked or _LINK_PHRASE.fullmatch(block.text) is not None
    )


def _comments_end(blocks: Sequence[Block], start: int) -> int:
    """Where the next section begins that is not inside the comments."""
    level = blocks[start - 1].item.level
    for position in range(start, len(blocks)):
        if blocks[position].is_heading and blocks[position].item.level <= level:
            return position
    return len(blocks)
