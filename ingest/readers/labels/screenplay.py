"""Screenplays, as Fountain (https://fountain.io/syntax) and programs for radio plays write them.

A name in capitals on a line of its own stands right above what is said; directions are nobody's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.readers.dates import written_date
from ingest.readers.lines import Line, numbered_lines
from ingest.transcript import Reading, SourceFile, TranscriptBuilder

FORMAT = "screenplay"

_SNIFFED = 200_000  # characters
_FEWEST = 4  # cues
_KEY = re.compile(r"(?P<key>title|credit|authors?|source|draft date|date|contact|copyright|notes)"
                  r":\s{0,20}(?P<value>.*)", re.IGNORECASE)  # fmt: skip
_SCENE = re.compile(r"(?:(?:INT|EXT|EST|INT\.?/EXT|I/E)[. ]\s?\S.{0,200}|\.(?=[A-Z]).{1,200})")
_CUE = re.compile(
    r"@?(?P<name>[^\W\d_a-z][^a-z:()\[\]!?]{1,40}?)\s?(?:\((?P<remark>[^()]{1,30})\)\s?){0,2}\^?"
)
_DIRECTION = re.compile(r"\([^()]{1,200}\)")
_TRANSITION = re.compile(r">.{1,80}|[A-Z ]{2,30}TO:|(?:FADE|CUT) (?:IN|OUT|TO)[A-Z .:]{0,20}")
_SECTION = re.compile(r"(?P<marks>#{1,6})\s{1,4}(?P<title>\S.{0,300})")
_NOTE = re.compile(r"\[\[[^\[\]]{0,500}\]\]|/\*.{0,2000}?\*/", re.DOTALL)
_EMPHASIS = re.compile(r"(?<![\w*_])([*_]{1,3})(?=[^\s*_])([^*_\n]{1,300}?)\1(?![\w*_])")


def sniff(source: SourceFile) -> bool:
    """A scene or a title page, and names in capitals that come back above what is said."""
    lines = _lines(source.text[:_SNIFFED])
    found = [name for place in range(len(lines)) if (name := _cue(lines, place))]
    counts = Counter(found)
    if len(found) < _FEWEST or sum(1 for count in counts.values() if count > 1) < 2:
        return False
    scenes = any(_SCENE.fullmatch(line.text) for line in lines)
    keys = {match["key"].casefold() for line in lines[:12] if (match := _KEY.fullmatch(line.text))}
    return scenes or (
        "title" in keys and bool(keys & {"credit", "author", "authors", "draft date"})
    )


def read(source: SourceFile) -> Reading:
    """Speech is what stands below a name up to the next empty line."""
    lines = _lines(source.text)
    builder = TranscriptBuilder(FORMAT)
    place = _read_title_page(lines, builder)
    speaker: str | None = None
    while place < len(lines):
        line = lines[place]
        place += 1
        name = _cue(lines, place - 1)
        section = _SECTION.fullmatch(line.text)
        if not line.text:
            speaker = None
        elif name:
            speaker = name
        elif speaker is None and (section or _SCENE.fullmatch(line.text)):
            title = section["title"] if section else line.text.lstrip(".")
            builder.heading(title, level=len(section["marks"]) if section else 2, line=line.number)
        elif speaker and not _DIRECTION.fullmatch(line.text):
            builder.speech(_plain(line.text), speaker=speaker, line=line.number, joiner=" ")
        elif line.text.strip("=- "):
            builder.editorial(_plain(line.text.lstrip("!~= ")), line=line.number)
    return builder.build()


def _lines(text: str) -> list[Line]:
    return numbered_lines(_NOTE.sub(lambda found: "\n" * found.group().count("\n"), text))


def _cue(lines: Sequence[Line], place: int) -> str | None:
    """The name that stands between an empty line and what is said."""
    text = lines[place].text
    above = lines[place - 1].text if place else ""
    below = lines[place + 1].text if place + 1 < len(lines) else ""
    if above or not below or _SCENE.fullmatch(text) or _TRANSITION.fullmatch(text):
        return None
    found = _CUE.fullmatch(text)
    if found is None or len(found["name"].split()) > 4 or found["name"].endswith("."):
        return None
    return found["name"].strip()


def _read_title_page(lines: Sequence[Line], builder: TranscriptBuilder) -> int:
    """Where it ends."""
    first = _KEY.fullmatch(lines[0].text) if lines else None
    if first is None:
        return 0
    for place, line in enumerate(lines):
        if not line.text:
            return place
        found = _KEY.fullmatch(line.text)
        if found and found["key"].casefold() == "title":
            builder.title = _plain(found["value"].strip("_* ")) or None
        elif found and "date" in found["key"].casefold():
            builder.date = written_date(found["value"].strip())
    return len(lines)


def _plain(text: str) -> str:
    return _EMPHASIS.sub(r"\2", text)
