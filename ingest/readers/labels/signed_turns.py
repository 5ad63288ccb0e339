"""Turns that are signed: ``— Name`` on a line of its own below what each says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.names import is_name
from ingest.readers.lines import Line, is_rule, numbered_lines, split_stamp
from ingest.readers.titles import is_title_line
from ingest.transcript import Reading, SourceFile, TranscriptBuilder

FORMAT = "labelled transcript"

_SNIFFED = 200_000  # characters
_SIGNED = re.compile(
    r"(?:[-–—~]{1,2}\s?|\()(?P<name>[^\W\d_][^()\[\]<>:]{1,58}?)\)?(?P<time>[,\s]+[\[(]?\d{1,3}:\d{2}(?::\d{2})?[\])]?)?"
)
_FEWEST = 6  # signatures
_SHARE = 0.8  # of the paragraphs are signed


def sniff(source: SourceFile) -> bool:
    """Nearly all paragraphs are signed, and the people take turns: no collection of quotes."""
    blocks = list(_blocks(numbered_lines(source.text[:_SNIFFED])))
    names = [name for block in blocks if (name := _signature(block))]
    counts = Counter(names)
    returning = sum(1 for count in counts.values() if count > 2)
    changes = sum(1 for a, b in pairwise(names) if a != b)
    return (
        len(names) >= max(_FEWEST, _SHARE * len(blocks))
        and returning > 1
        and 3 * len(counts) <= len(names)
        and 2 * changes >= len(names)
    )


def read(source: SourceFile) -> Reading:
    """Paragraphs belong to the next signature; a title above them is nobody's."""
    builder = TranscriptBuilder(FORMAT)
    held: list[Line] = []
    for position, block in enumerate(_blocks(numbered_lines(source.text))):
        name = _signature(block)
        if position == 0 and not name and len(block) == 1 and is_title_line(block[0].text):
            builder.title = block[0].text.lstrip("# ")
            builder.heading(builder.title, level=1, line=block[0].number, kind="title")
            continue
        said = block[:-1] if name else block
        held.append(_joined(said))
        if name:
            time = split_stamp(block[-1].text)[1]
            for line in held:
                builder.speech(line.text, speaker=name, line=line.number, seconds=time)
            held = []
    for line in held:
        builder.editorial(line.text, line=line.number)
    return builder.build()


def _joined(lines: Sequence[Line]) -> Line:
    text = " ".join(line.text for line in lines)
    return Line(lines[0].number if lines else 1, text.strip())


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in [*lines, Line(0, "")]:
        if line.text and not is_rule(line.text):
            block.append(line)
        elif block:
            yield block
            block = []


def _signature(block: Sequence[Line]) -> str | None:
    found = _SIGNED.fullmatch(block[-1].text) if len(block) > 1 else None
    return found["name"].strip() if found and is_name(found["name"]) else None
