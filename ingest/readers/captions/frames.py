"""Subtitles by frames or tenths of a second: MicroDVD (``{25}{50}text``) and MPL2
(``[10][20]text``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.readers.captions.caption_labels import speech_cues
from ingest.readers.captions.cues import Caption, add_cues
from ingest.transcript import Reading, SourceFile, TranscriptBuilder

FORMAT = "subtitles by frames"

_LINE = re.compile(r"(?P<open>[{\[])(?P<start>\d{1,8})[}\]][{\[](?P<end>\d{0,8})[}\]](?P<text>.*)")
_RATE = re.compile(r"\d{2}(?:\.\d{1,3})?")
_STYLE = re.compile(r"\{[a-zA-Z]:[^{}]{0,60}\}|(?<=\|)/|^/")
_FEWEST = 3  # lines
_TENTHS = 10.0
_USUAL = 25.0  # frames in a second, where the file does not say


def sniff(source: SourceFile) -> bool:
    """Nearly all lines begin with two numbers in braces or brackets, the first going forward."""
    lines = [line.strip() for line in source.text[:20_000].split("\n") if line.strip()]
    found = [match for line in lines[:-1] if (match := _LINE.fullmatch(line))]
    starts = [int(match["start"]) for match in found[1:]]  # the first may tell of frames
    return (
        len(found) >= _FEWEST and len(found) >= 0.9 * (len(lines) - 1) and starts == sorted(starts)
    )


def read(source: SourceFile) -> Reading:
    builder = TranscriptBuilder(FORMAT)
    captions = list(_captions(source.text, builder))
    add_cues(builder, speech_cues(captions))
    return builder.build()


def _captions(text: str, builder: TranscriptBuilder) -> Iterator[Caption]:
    """The first line may say how many frames make a second."""
    rate = _USUAL
    for number, line in enumerate(text.split("\n"), start=1):
        found = _LINE.fullmatch(line.strip())
        if found is None:
            if line.strip():
                builder.editorial(line, line=number)
            continue
        is_rate = found["start"] in {"0", "1"} and found["start"] == found["end"]
        if is_rate and _RATE.fullmatch(found["text"].strip()):
            rate = float(found["text"]) or _USUAL
            continue
        units = rate if found["open"] == "{" else _TENTHS
        start = int(found["start"]) / units
        end = int(found["end"]) / units if found["end"] else start
        parts = (_STYLE.sub("", part).strip() for part in found["text"].split("|"))
        lines = tuple((number, part) for part in parts if part)
        if lines:
            yield Caption(lines, start, max(start, end))
