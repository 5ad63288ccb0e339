"""CHAT files of TalkBank (.cha): ``*ADA:	text`` below ``@Participants:``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from ingest.readers.captions.cues import Cue, add_cues
from ingest.readers.timestamps import MILLISECONDS
from ingest.transcript import Reading, SourceFile, TranscriptBuilder

FORMAT = "CHAT"

_START = re.compile(r"\s*(?:@UTF8\s+)?(?:@PID:.*\s+)?@Begin\b")
_TURN = re.compile(r"\*(?P<code>[\w-]{1,12}):\s+(?P<text>.*)")
_HEADER = re.compile(r"@(?P<key>[A-Z][\w ]{0,30}):\s+(?P<value>.*)")
_TIME = re.compile(r"\x15(?P<start>\d{1,10})_(?P<end>\d{1,10})\x15")
_CODE = re.compile(
    r"\[(?:[/*!%#^]|=|\+ |<|>|\?)[^\[\]]{0,200}\]|\(\.{1,3}\)|\(\d{1,3}(?:\.\d{1,3})?\)|&=\S{1,60}"
)
_SIGN = re.compile(r"[<>‡„]|\+(?=[/.,\"^<])|&[-~+]")


def sniff(source: SourceFile) -> bool:
    return _START.match(source.text) is not None


def read(source: SourceFile) -> Reading:
    """Who the codes are stands in the head; lines that describe a turn are left out."""
    builder = TranscriptBuilder(FORMAT)
    names: dict[str, str] = {}
    cues: list[Cue] = []
    for number, line in _joined(source.text):
        header, turn = _HEADER.fullmatch(line), _TURN.fullmatch(line)
        if header and header["key"] == "Participants":
            names = dict(_people(header["value"]))
        elif header and header["key"] == "Date":
            builder.date = _day(header["value"])
        elif header and header["key"] == "Title":
            builder.title = header["value"]
        elif turn:
            cues.append(_cue(turn["text"], number, names.get(turn["code"], turn["code"])))
    add_cues(builder, cues)
    return builder.build()


def _joined(text: str) -> Iterator[tuple[int, str]]:
    """Lines with those that go on below them behind a tab."""
    number, held = 0, ""
    for at, line in enumerate(text.split("\n"), start=1):
        if line[:1] in "\t " and line.strip() and held:
            held = f"{held} {line.strip()}"
            continue
        if held:
            yield number, held
        number, held = at, line.strip()
    if held:
        yield number, held


def _people(value: str) -> Iterator[tuple[str, str]]:
    """``ADA Ada_Vale Host, BO Bo_Lind Guest``; one without a name is called by the code."""
    for part in value.split(","):
        code, *rest = part.split()[:3] or [""]
        yield code, rest[0].replace("_", " ") if len(rest) > 1 else code


def _cue(text: str, line: int, speaker: str) -> Cue:
    time = _TIME.search(text)
    start, end = (
        (float(time["start"]) / MILLISECONDS, float(time["end"]) / MILLISECONDS)
        if time
        else (None, None)
    )
    words = _SIGN.sub("", _CODE.sub("", _TIME.sub("", text)))
    return Cue(" ".join(words.split()), line, start, end, speaker)


def _day(value: str) -> str | None:
    """``12-AUG-2023``."""
    try:
        found = datetime.strptime(value.strip().title(), "%d-%b-%Y").replace(tzinfo=UTC)
        return found.date().isoformat()
    except ValueError:
        return None
