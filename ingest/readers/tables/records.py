"""Turns as records of ``Key: value`` lines: ``Speaker: …``, ``Start: …``, ``Text: …``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.readers.captions.cues import Cue, add_cues
from ingest.readers.lines import Line, is_rule, numbered_lines, take_stamp
from ingest.readers.timestamps import seconds
from ingest.transcript import Reading, SourceFile, TranscriptBuilder

FORMAT = "records of turns"

_SNIFFED = 200_000  # characters
_FEWEST = 3  # records
_LINE = re.compile(
    r"[\"'*_]{0,3}(?P<key>[A-Za-z][A-Za-z _-]{1,20}?)[\"'*_]{0,3}\s?[:=]\s?[*_]{0,2}(?P<value>.*)"
)
_SPEAKER = frozenset("speaker name who participant person speakername".split())
_TEXT = frozenset("text content words said transcript utterance message speech says".split())
_START = frozenset("start time starttime timestamp begin from timecode at in".split())
_END = frozenset("end endtime to stop out".split())
_OTHER = frozenset("turn id index confidence duration role channel lang language".split())
_KNOWN = _SPEAKER | _TEXT | _START | _END | _OTHER


@dataclass(slots=True)
class _Record:
    line: int
    values: dict[str, str] = field(default_factory=dict)
    said: list[Line] = field(default_factory=list)


def sniff(source: SourceFile) -> bool:
    """Several records that all have a speaker and a text, and people who come back."""
    records = list(_records(numbered_lines(source.text[:_SNIFFED])))
    whole = [r for r in records[:-1] if r.said and _first(r, _SPEAKER)]
    people = Counter(_first(r, _SPEAKER) for r in whole)
    return len(whole) >= _FEWEST and len(whole) == len(records) - 1 > len(people) > 1


def read(source: SourceFile) -> Reading:
    builder = TranscriptBuilder(FORMAT)
    add_cues(builder, _cues(list(_records(numbered_lines(source.text)))))
    return builder.build()


def _cues(records: Sequence[_Record]) -> Iterator[Cue]:
    for record in records:
        span = _first(record, _START)
        start = _moment(span)
        end = _moment(_first(record, _END))
        for position, line in enumerate(record.said):
            begins = start if position == 0 else None
            yield Cue(line.text, line.number, begins, end, _first(record, _SPEAKER) or None)


def _moment(value: str) -> float | None:
    stamp = take_stamp(value)
    return stamp.seconds if stamp else seconds(value)


def _records(lines: Sequence[Line]) -> Iterator[_Record]:
    """A key that a record has already begins the next one; other lines go on with the text."""
    record: _Record | None = None
    for line in lines:
        if not line.text or is_rule(line.text):
            continue
        found = _LINE.fullmatch(line.text)
        key = re.sub(r"[ _-]", "", found["key"]).casefold() if found else ""
        if found is None or key not in _KNOWN:
            if record and record.said:
                record.said.append(line)
            elif record:
                return
            continue
        if record is None or key in record.values:
            if record:
                yield record
            record = _Record(line.number)
        record.values[key] = found["value"].strip()
        if key in _TEXT:
            record.said.append(Line(line.number, found["value"].strip()))
    if record:
        yield record


def _first(record: _Record, keys: frozenset[str]) -> str:
    return next((value for key, value in record.values.items() if key in keys), "")
