"""SubStation Alpha subtitles (SSA, ASS): events in columns, with a column for who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ingest.readers.captions.caption_labels import named_amid, speech_cues
from ingest.readers.captions.cues import Caption, Cue, add_cues
from ingest.readers.lines import clock_seconds
from ingest.transcript import Reading, SourceFile, TranscriptBuilder

FORMAT = "SubStation Alpha"

_SNIFFED = 10_000  # characters
_FIRST_SECTION = re.compile(r"\s*(?:;.*\n\s*)*\[Script Info\]", re.IGNORECASE)
_TITLE = re.compile(r"^Title:[ \t]*(\S.*)$", re.IGNORECASE | re.MULTILINE)
_CLOCK = re.compile(r"\d{1,3}:\d{1,2}:\d{1,2}\.\d{1,3}")
_USUAL = "layer,start,end,style,name,marginl,marginr,marginv,effect,text"
_NO_NAMES = frozenset({"", "NTP"})  # what older editors write where nobody is named
_DRAWING = re.compile(r"\\p[1-9]")
_OVERRIDES = re.compile(r"\{[^{}]*\}")
_BREAKS = re.compile(r"\\[Nnh]")


def sniff(source: SourceFile) -> bool:
    return bool(_FIRST_SECTION.match(source.text[:_SNIFFED]))


def read(source: SourceFile) -> Reading:
    """By the column of names; where no event has one, by labels in the text as in other captions.

    Comments and drawings are no speech.
    """
    title = _TITLE.search(source.text[:_SNIFFED])
    builder = TranscriptBuilder(FORMAT, title=title[1].strip() if title else None)
    cues = [*_cues(source.text)]
    named = any(cue.speaker for cue in cues)
    add_cues(builder, named_amid(cues) if named else speech_cues(_unnamed(cues)))
    return builder.build()


def _unnamed(cues: list[Cue]) -> list[Caption]:
    return [Caption(((c.line, c.text),), c.start or 0.0, c.end or 0.0) for c in cues]


def _cues(text: str) -> Iterator[Cue]:
    columns = _USUAL.split(",")
    in_events = False
    for number, line in enumerate(text.split("\n"), start=1):
        kind, _, value = line.strip().partition(":")
        if line.lstrip().startswith("["):
            in_events = line.strip().casefold() == "[events]"
        elif in_events and kind.casefold() == "format":
            columns = [name.strip().casefold() for name in value.split(",")]
        elif in_events and kind.casefold() == "dialogue":
            cells = value.lstrip().split(",", len(columns) - 1)
            yield from _cue(dict(zip(columns, cells, strict=False)), number)


def _cue(event: Mapping[str, str], line: int) -> Iterator[Cue]:
    text = event.get("text", "")
    if not _DRAWING.search(text):
        said = " ".join(_BREAKS.sub(" ", _OVERRIDES.sub("", text)).split())
        start, end = (_seconds(event.get(name, "")) for name in ("start", "end"))
        name = event.get("name", event.get("actor", "")).strip()
        yield Cue(said, line, start, end, None if name in _NO_NAMES else name)


def _seconds(clock: str) -> float | None:
    clock = clock.strip()
    if not _CLOCK.fullmatch(clock):
        return None
    return clock_seconds(clock)
