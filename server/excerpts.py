"""Parts of a transcript: which characters are meant, and how they read as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from kb.errors import InputError
from kb.matching import choose
from kb.text.plain_text import clock, safe
from kb.types import Document, Section, Turn

Span = tuple[int, int]


def section_span(document: Document, title: str) -> Span:
    """The span of a section. Raises NotFound, or InputError when several titles fit."""
    wanted = choose("section", title, (section.title for section in document.sections))
    section = next(section for section in document.sections if section.title == wanted)
    return section.char_start, section.char_end


def line_span(document: Document, first: int, last: int) -> Span:
    """The text that stands on these lines of the original file. Raises InputError if none does."""
    starts = [anchor.char_start for anchor in document.anchors if anchor.line <= first]
    later = [anchor.char_start for anchor in document.anchors if anchor.line > last]
    span = max(starts, default=0), min(later, default=len(document.text))
    return _within(document, *span)


def character_span(document: Document, start: int, end: int | None) -> Span:
    """Characters of the canonical text. Raises InputError when there are none."""
    return _within(document, start, len(document.text) if end is None else end)


def page(document: Document, span: Span, offset: int, limit: int) -> Span:
    """At most ``limit`` characters of a span from ``offset`` on, cut between words if possible."""
    start, last = span[0] + offset, span[1]
    if start >= last:
        raise InputError(
            f"The offset {offset} lies behind the end: there are {last - span[0]} characters.",
            "Use an offset that the answer before named, or 0.",
        )
    end = min(start + limit, last)
    if end < last:
        space = max(document.text.rfind(white, start, end) for white in " \n")
        end = space + 1 if space > start else end
    return start, end


def readable(document: Document, span: Span) -> str:
    """Headings and turns with speakers, times and lines; without characters that act."""
    return safe("\n\n".join(_parts(document, *span)))


def heading(document: Document) -> str:
    """The title and what is known of a document, in two lines."""
    names = ", ".join(
        f"{speaker.name} ({speaker.role})" if speaker.role else speaker.name
        for speaker in document.speakers
    )
    facts = " · ".join(fact for fact in (document.date, names) if fact)
    return safe(f"{document.title}\n{facts}".rstrip())


def turns_in(document: Document, span: Span) -> list[Turn]:
    return [
        turn for turn in document.turns if turn.char_start < span[1] and turn.char_end > span[0]
    ]


def _parts(document: Document, start: int, end: int) -> Iterator[str]:
    blocks: list[Section | Turn] = [
        section
        for section in document.sections
        if section.kind != "title" and start <= section.char_start < end
    ]
    blocks.extend(turns_in(document, (start, end)))
    for block in sorted(blocks, key=lambda block: block.char_start):
        if isinstance(block, Section):
            yield f"{'#' * block.level} {block.title}"
            continue
        time = "" if block.start_seconds is None else f" · {clock(block.start_seconds)}"
        label = block.speaker or f"unknown speaker ({block.kind})"
        said = document.text[max(start, block.char_start) : min(end, block.char_end)]
        yield f"[{label}{time} · line {block.line_start}]\n{said.strip()}"


def _within(document: Document, start: int, end: int) -> Span:
    end = min(end, len(document.text))
    if start >= end:
        raise InputError(
            "No text stands there.",
            f"The transcript has {len(document.text)} characters; name a range inside it.",
        )
    return start, end
