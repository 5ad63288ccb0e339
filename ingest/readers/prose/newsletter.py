"""Newsletters: sections between rules, titles with sublines, quotations, fiction, comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.readers.dates import date_in
from ingest.readers.headings import is_comments_heading, is_fiction_heading, is_possible_heading
from ingest.readers.labels.finding import find_labels, speaker_count
from ingest.readers.lines import Line, is_rule, numbered_lines, without_tags
from ingest.readers.masthead import read_credit, single_author
from ingest.readers.newsletter_lines import (
    is_after_fiction,
    is_link_line,
    is_masthead,
    is_subline,
    is_thanks,
    letters,
)
from ingest.readers.prose.quotations import SectionQuotations
from ingest.transcript import Reading, SourceFile, TranscriptBuilder
from kb.types import Speaker, TurnKind

FORMAT = "newsletter"
_SNIFFED = 200_000  # characters
_PRONOUN_CONFIDENCE = 0.8


def sniff(source: SourceFile) -> bool:
    """Sections between rules, and sublines, link lines or a masthead, but no speaker labels."""
    lines = [line for line in numbered_lines(without_tags(source.text[:_SNIFFED])) if line.text]
    rules = sum(1 for line in lines[1:] if is_rule(line.text))
    sublines = sum(1 for line in lines if is_subline(line.text))
    links = sum(1 for line in lines if is_link_line(line.text))
    masthead = any(is_masthead(line.text) for line in lines[:8])
    if rules < 2 or sublines + links + 2 * masthead < 3:
        return False
    return speaker_count(find_labels(lines)) < max(4, len(lines) // 5)


def read(source: SourceFile) -> Reading:
    """The author's text as speech without a label; the author comes from sidecar or byline."""
    reading = _Newsletter().read(numbered_lines(without_tags(source.text)))
    return replace(reading, date=None) if date_in(source.name) else reading


class _Newsletter:
    def __init__(self) -> None:
        self._builder = TranscriptBuilder(FORMAT)
        self._quotations = SectionQuotations()
        self._kind: TurnKind = "speech"
        self._said: list[str] = []

    def read(self, lines: Sequence[Line]) -> Reading:
        parts = list(_parts(lines))
        for position, part in enumerate(parts):
            comments = self._write_part(part, position == 0, position == len(parts) - 1)
            if comments is not None:
                rest = [line for later in parts[position + 1 :] for line in later]
                self._write_comments([*comments, *rest])
                break
        return self._builder.build()

    def _write_part(self, part: Sequence[Line], first: bool, last: bool) -> Sequence[Line] | None:
        """Writes a section; returns the lines below closing thanks or a last ``Comments``."""
        part = self._write_masthead(part) if first else part
        self._kind = "speech"
        expect_heading = True
        for position, line in enumerate(part):
            below = part[position + 1].text if position + 1 < len(part) else ""
            if is_subline(line.text):
                self._builder.editorial(line.text, line=line.number)
            elif is_thanks(line.text) or (last and self._said and is_comments_heading(line.text)):
                self._builder.editorial(line.text, line=line.number)
                return part[position + 1 :]
            elif expect_heading and _is_heading(line.text, below):
                self._heading(line, inner=position > 0)
                expect_heading = position == 0 and self._in_fiction()
            elif is_subline(below) and _is_heading(line.text, below):
                self._heading(line, inner=False)
            else:
                expect_heading = False
                self._paragraph(line)
        return None

    def _write_masthead(self, part: Sequence[Line]) -> Sequence[Line]:
        """Title, subline and greeting; returns the lines from the first section heading on."""
        title, *rest = part
        self._builder.title = title.text
        self._builder.heading(title.text, level=1, line=title.number, kind="title")
        end = _masthead_end(rest)
        for line in rest[:end]:
            self._builder.editorial(line.text, line=line.number)
        found = [credit for line in rest[:end] if (credit := read_credit(line.text))]
        self._builder.date = next((credit.date for credit in found if credit.date), None)
        author = single_author(found, part)
        if author:
            self._builder.speakers.append(Speaker(author, "author"))
        return rest[end:]

    def _heading(self, line: Line, inner: bool) -> None:
        if is_fiction_heading(line.text):
            self._kind = "fiction"
        self._quotations = SectionQuotations()
        self._builder.heading(
            line.text,
            level=2 if inner else 1,
            line=line.number,
            kind="fiction" if self._kind == "fiction" else "section",
        )

    def _in_fiction(self) -> bool:
        return self._kind == "fiction"

    def _paragraph(self, line: Line) -> None:
        if is_link_line(line.text) or is_after_fiction(line.text):
            self._builder.editorial(line.text, line=line.number)
            return
        self._said.append(line.text)
        if self._kind == "fiction":
            self._builder.speech(line.text, speaker=None, line=line.number, kind="fiction")
            return
        for piece in self._quotations.split(line.text):
            self._builder.speech(
                piece.text,
                speaker=piece.speaker,
                line=line.number,
                kind="quotation" if piece.speaker else "speech",
                confidence=1.0 if piece.certain else _PRONOUN_CONFIDENCE,
            )

    def _write_comments(self, lines: Sequence[Line]) -> None:
        """Unknown readers; a block quote that repeats the text above is the author's words."""
        if lines:
            self._builder.section("Comments", level=1, line=lines[0].number, kind="comments")
        said = letters(" ".join(self._said))
        for line in lines:
            repeated = line.text.startswith(">") and letters(line.text) in said
            self._builder.speech(
                line.text,
                speaker=None,
                line=line.number,
                kind="quotation" if repeated else "comment",
                new_turn=True,
            )


def _parts(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines between rules, without empty ones."""
    part: list[Line] = []
    for line in lines:
        if is_rule(line.text):
            if part:
                yield part
            part = []
        elif line.text:
            part.append(line)
    if part:
        yield part


def _masthead_end(rest: Sequence[Line]) -> int:
    """Where the first section begins: at a heading with a subline, else after the greeting."""
    for position, line in enumerate(rest[:-1]):
        if is_subline(rest[position + 1].text) and not (
            is_subline(line.text) or read_credit(line.text)
        ):
            return position
    end = 0
    for position, line in enumerate(rest[:8]):
        if is_subline(line.text) or is_masthead(line.text) or read_credit(line.text):
            end = position + 1
    return end


def _is_heading(text: str, below: str) -> bool:
    """A line that can be a title, or any short line above a subline."""
    return (is_subline(below) and len(text) <= 200) or is_possible_heading(text.rstrip(":. "))
