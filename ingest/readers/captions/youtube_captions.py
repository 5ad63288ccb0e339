"""YouTube caption text without times or speakers: ``Kind: captions`` above hard-wrapped lines.

Cues are up to two lines. A line that ends in two ``&nbsp;`` runs on into the next cue, a first
line with one runs on into the second line; every other line ends in a hard break. Speakers change
only at hard breaks, but most hard breaks are no change of speaker: who speaks is found later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.readers.captions.cues import Cue, add_cues, decode_entities, ends_sentence
from ingest.transcript import Reading, SourceFile, TranscriptBuilder

FORMAT = "YouTube captions"

_KIND = re.compile(r"^Kind:[ \t]*captions[ \t]*$", re.MULTILINE)
_HEADER_LINE = re.compile(r"(?:Kind|Language):\s*[\w-]+$")
_TRAILING_SPACES = re.compile(r"(?:&nbsp;|\xa0)*$")
_HEADER_LIMIT = 2000  # characters


@dataclass(frozen=True, slots=True)
class CaptionLine:
    """A line of caption text; ``hard_break`` says that the cue does not run on after it."""

    text: str
    line: int
    hard_break: bool


def sniff(source: SourceFile) -> bool:
    head = source.text[:_HEADER_LIMIT]
    return bool(_KIND.search(head)) and "-->" not in head


def read(source: SourceFile) -> Reading:
    builder = TranscriptBuilder(FORMAT)
    for number, line in _introduction(source.text):
        builder.editorial(line, line=number)
    cues = (
        Cue(line.text, line.line, paragraph_end=line.hard_break and ends_sentence(line.text))
        for line in caption_lines(source.text)
    )
    add_cues(builder, cues)
    return builder.build()


def caption_lines(text: str) -> Iterator[CaptionLine]:
    """The lines of speech, entities decoded, each with whether a hard break follows it."""
    second = False
    for number, line in _body(text):
        spaces = _TRAILING_SPACES.search(line)
        count = len(re.findall("&nbsp;|\xa0", spaces.group())) if spaces else 0
        hard_break = count == 0 or (count == 1 and second)
        second = count == 0 or (count == 1 and not second)
        yield CaptionLine(decode_entities(line).strip(), number, hard_break)


def _introduction(text: str) -> Iterator[tuple[int, str]]:
    """What stands above ``Kind: captions``, without Markdown's emphasis."""
    kind = _KIND.search(text)
    above = text[: kind.start()] if kind else ""
    for number, line in enumerate(above.split("\n"), start=1):
        stripped = line.strip()
        if stripped and not _HEADER_LINE.match(stripped):
            yield number, stripped.strip("*_# ")


def _body(text: str) -> Iterator[tuple[int, str]]:
    kind = _KIND.search(text)
    first = text.count("\n", 0, kind.end()) + 1 if kind else 0
    in_header = True
    for number, line in enumerate(text.split("\n")[first:], start=first + 1):
        stripped = line.strip(" \t")
        in_header = in_header and bool(_HEADER_LINE.match(stripped))
        if stripped and not in_header:
            yield number, stripped
