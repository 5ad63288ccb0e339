"""Transcripts that are a table in Markdown: a row for each turn, with who speaks, or when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ingest.readers.captions.cues import Cue, add_cues
from ingest.readers.lines import Line, is_ruler, numbered_lines
from ingest.readers.markup.inline_markdown import plain_text
from ingest.readers.tables.delimited import Places, are_sentences, come_back, named_places
from ingest.readers.timestamps import seconds
from ingest.transcript import Reading, SourceFile, TranscriptBuilder

FORMAT = "Markdown table of turns"

_BAR = re.compile(r"(?<!\\)\|")
_TIMED = re.compile(r"[\[(]?\d{1,4}[:.]\d")
_HEADING = re.compile(r"#{1,6}\s+(?P<title>.+)")


@dataclass(frozen=True, slots=True)
class _Table:
    """Where it stands among the lines of a file, its head included, and what its columns are."""

    first: int
    end: int
    width: int  # columns
    places: Places


def sniff(source: SourceFile) -> bool:
    return _find(numbered_lines(source.text)) is not None


def read(source: SourceFile) -> Reading:
    """What stands around the table is editorial; a heading above it is the title."""
    lines = numbered_lines(source.text)
    table = _find(lines)
    assert table is not None
    builder = TranscriptBuilder(FORMAT)
    for line in lines[: table.first]:
        heading = _HEADING.fullmatch(line.text)
        if heading and builder.title is None:
            builder.title = plain_text(heading["title"])
            builder.heading(builder.title, level=1, line=line.number, kind="title")
        else:
            builder.editorial(plain_text(line.text), line=line.number)
    add_cues(builder, _cues(lines[table.first + 2 : table.end], table))
    for line in lines[table.end :]:
        builder.editorial(plain_text(line.text), line=line.number)
    return builder.build()


def _find(lines: Sequence[Line]) -> _Table | None:
    """The table that most of a file is, if its rows are turns and not a list of other things."""
    written = sum(1 for line in lines if line.text)
    for first, end in _blocks(lines):
        head = _cells(lines[first].text)
        places = named_places(head) if is_ruler(lines[first + 1].text) else None
        rows = [_cells(line.text) for line in lines[first + 2 : end]]
        if places and 2 * (end - first) > written and _are_turns(rows, places):
            return _Table(first, end, len(head), places)
    return None


def _blocks(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Lines with bars that follow each other, three at least."""
    numbered = enumerate(lines)
    for has_bar, group in groupby(numbered, key=lambda item: bool(_BAR.search(item[1].text))):
        places = [place for place, _ in group]
        if has_bar and len(places) > 2:
            yield places[0], places[-1] + 1


def _are_turns(rows: Sequence[Sequence[str]], places: Places) -> bool:
    """Of people with their times, of people who come back, or sentences with their times."""
    texts = [row[places.text] for row in rows if len(row) > places.text]
    rows = [row for row in rows if _cell(row, places.speaker) or _cell(row, places.start)]
    names = [_cell(row, places.speaker) for row in rows]
    is_timed = 2 * sum(1 for row in rows if _TIMED.match(_cell(row, places.start))) > len(rows)
    if is_timed and places.speaker is not None:
        return len({*names}) < len(names)
    return bool(texts) and (is_timed or come_back(names)) and are_sentences(texts)


def _cues(rows: Sequence[Line], table: _Table) -> Iterator[Cue]:
    places = table.places
    speaker: str | None = None
    for row in rows:
        cells = _cells(row.text)
        if places.text == table.width - 1:  # a bar in the last column is one of the text
            cells[places.text :] = [" | ".join(cells[places.text :])]
        start, end = (
            seconds(_cell(cells, place).strip("[]()")) for place in (places.start, places.end)
        )
        name = plain_text(_cell(cells, places.speaker)).rstrip(": ")
        goes_on = not _cell(cells, places.start)  # a cell that is one for several rows
        speaker = name or (speaker if goes_on else None)
        yield Cue(plain_text(_cell(cells, places.text)), row.number, start, end, speaker)


def _cell(cells: Sequence[str], place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""


def _cells(row: str) -> list[str]:
    cells = [cell.strip().replace("\\|", "|") for cell in _BAR.split(row)]
    first, last = not cells[0], len(cells) > 1 and not cells[-1]
    return cells[first : len(cells) - last]
