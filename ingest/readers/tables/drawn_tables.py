"""Tables of turns that a terminal drew: rows between rules, long cells over several lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.readers.captions.cues import Cue, add_cues
from ingest.readers.lines import Line, numbered_lines
from ingest.readers.tables.delimited import Places, named_places
from ingest.readers.timestamps import seconds
from ingest.transcript import Reading, SourceFile, TranscriptBuilder

FORMAT = "table of turns"

_RULE = re.compile(r"[+┌├└╔╠╚┏┡┣┗╒╞╘|][-=+─━═┬┼┴╦╬╩┳╇╋┻╤╪╧|]{4,400}[+┐┤┘╗╣╝┓┩┫┛╕╡╛|]")
_BAR = re.compile(r"[|│║┃]")
_FEWEST = 3  # rows


@dataclass(slots=True)
class _Row:
    line: int
    cells: list[str]


def sniff(source: SourceFile) -> bool:
    """A rule, a header that names the text and who speaks or when, and a rule."""
    return _find(numbered_lines(source.text[:200_000])) is not None


def read(source: SourceFile) -> Reading:
    """What stands around the table is editorial."""
    lines = numbered_lines(source.text)
    found = _find(lines)
    assert found is not None
    start, places = found
    builder = TranscriptBuilder(FORMAT)
    end = next(
        (i for i in range(start, len(lines)) if lines[i].text and not _is_drawn(lines[i])),
        len(lines),
    )
    for line in lines[: start - 3]:
        builder.editorial(line.text, line=line.number)
    add_cues(builder, _cues(list(_rows(lines[start:end])), places))
    for line in lines[end:]:
        builder.editorial(line.text, line=line.number)
    return builder.build()


def _find(lines: Sequence[Line]) -> tuple[int, Places] | None:
    """Where the rows begin, and what the columns are."""
    for place in range(1, len(lines) - 1):
        if not _RULE.fullmatch(lines[place + 1].text) or _RULE.fullmatch(lines[place].text):
            continue
        if not _RULE.fullmatch(lines[place - 1].text) or not _is_drawn(lines[place]):
            continue
        places = named_places(_cells(lines[place].text))
        if places and len(list(_rows(lines[place + 2 :]))) >= _FEWEST:
            return place + 2, places
    return None


def _is_drawn(line: Line) -> bool:
    return bool(_RULE.fullmatch(line.text) or (len(line.text) > 2 and _BAR.match(line.text)))


def _rows(lines: Sequence[Line]) -> Iterator[_Row]:
    """A line whose first cell is empty goes on, unless a rule is above it."""
    row: _Row | None = None
    for line in lines:
        if _RULE.fullmatch(line.text) or not _is_drawn(line):
            if row:
                yield row
            row = None
            continue
        cells = _cells(line.text)
        if row and not cells[0] and len(cells) == len(row.cells):
            row.cells = [f"{a} {b}".strip() for a, b in zip(row.cells, cells, strict=True)]
            continue
        if row:
            yield row
        row = _Row(line.number, cells)
    if row:
        yield row


def _cues(rows: Sequence[_Row], places: Places) -> Iterator[Cue]:
    for row in rows:

        def cell(place: int | None, cells: Sequence[str] = row.cells) -> str:
            return cells[place] if place is not None and place < len(cells) else ""

        start, end = (seconds(cell(place).strip("[]()")) for place in (places.start, places.end))
        name = cell(places.speaker).rstrip(": ") or None
        yield Cue(cell(places.text), row.line, start, end, name)


def _cells(text: str) -> list[str]:
    return [cell.strip() for cell in _BAR.split(text)[1:-1]] or [""]
