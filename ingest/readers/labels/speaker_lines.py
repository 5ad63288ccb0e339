"""``SPEAKER: Name`` on lines of their own above what each says, as Speechmatics writes text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.readers.lines import Line, numbered_lines, take_stamp
from ingest.transcript import Reading, SourceFile, TranscriptBuilder

FORMAT = "labelled transcript"
_SNIFFED = 200_000  # characters
_LATEST = 8  # lines that are written above the first head
_HEADS = re.compile(r"^[ \t]{0,40}speaker:", re.IGNORECASE | re.MULTILINE)
_HEAD = re.compile(r"speaker:\s{0,4}(?P<name>[^\s:][^:]{0,58})", re.IGNORECASE)


def sniff(source: SourceFile) -> bool:
    """Several of those named so come back; a programme of talks names each of them once."""
    text = source.text[:_SNIFFED]
    if _HEADS.search(text) is None:
        return False
    lines = [line for line in numbered_lines(text) if line.text]
    heads = [
        (place, head) for place, line in enumerate(lines) if (head := _HEAD.fullmatch(line.text))
    ]
    counts = Counter(head["name"] for _, head in heads)
    if sum(1 for count in counts.values() if count > 1) < 2 or heads[0][0] > _LATEST:
        return False
    return all(after > before + 1 for (before, _), (after, _) in pairwise(heads))


def read(source: SourceFile) -> Reading:
    """What stands above the first speaker is editorial."""
    builder = TranscriptBuilder(FORMAT)
    for name, lines in _turns(numbered_lines(source.text)):
        for line in lines:
            stamp = take_stamp(line.text)
            seconds, text = (stamp.seconds, stamp.rest) if stamp else (None, line.text)
            if name is None:
                builder.editorial(line.text, line=line.number)
            else:
                builder.speech(text, speaker=name, line=line.number, seconds=seconds)
    return builder.build()


def _turns(lines: Sequence[Line]) -> Iterator[tuple[str | None, list[Line]]]:
    name: str | None = None
    said: list[Line] = []
    for line in lines:
        head = _HEAD.fullmatch(line.text)
        if head:
            yield name, said
            name, said = head["name"], []
        elif line.text:
            said.append(line)
    yield name, said
