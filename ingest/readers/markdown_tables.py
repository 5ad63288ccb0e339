"""Tables in Markdown with columns for what is said and by whom, or when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.readers.lines import Line, is_ruler
from ingest.readers.tables import Places, named_places

_BAR = re.compile(r"(?<!\\)\|")


def has_turns(lines: Sequence[Line]) -> bool:
    """Whether there is such a table."""
    return any(_places(lines, position) for position in range(len(lines)))


def with_labelled_rows(lines: Sequence[Line]) -> list[Line]:
    """Each row of such a table as ``[0:05] **Name:** text``; other lines, other tables stay."""
    return [*_labelled(lines)]


def _labelled(lines: Sequence[Line]) -> Iterator[Line]:
    places: Places | None = None
    for position, line in enumerate(lines):
        if found := _places(lines, position):
            places = found
            yield replace(line, text="")
        elif places and is_ruler(line.text):
            yield replace(line, text="")
        elif places and _BAR.search(line.text):
            yield replace(line, text=_as_label(_cells(line.text), places))
        else:
            places = None
            yield line


def _places(lines: Sequence[Line], position: int) -> Places | None:
    """The columns of a head, which a ruler of as many columns follows."""
    following = lines[position + 1].text if position + 1 < len(lines) else ""
    if not is_ruler(following):
        return None
    head = _cells(lines[position].text)
    return named_places(head) if len(head) == len(_cells(following)) else None


def _as_label(cells: Sequence[str], places: Places) -> str:
    def cell(place: int | None) -> str:
        return cells[place] if place is not None and place < len(cells) else ""

    time, name = cell(places.start).strip("[]()"), cell(places.speaker).strip("*_: ")
    parts = (f"[{time}]" if time else "", f"**{name}:**" if name else "", cell(places.text))
    return " ".join(filter(None, parts))


def _cells(row: str) -> list[str]:
    cells = [cell.strip().replace("\\|", "|") for cell in _BAR.split(row.strip())]
    first, last = not cells[0], len(cells) > 1 and not cells[-1]
    return cells[first : len(cells) - last]
