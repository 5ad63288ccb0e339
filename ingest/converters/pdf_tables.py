"""Tables of times, names and words in a PDF, whose cells are printed column after column."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.converters.printed import ALIGNED, Box, Line
from ingest.names import is_name

_STAMP = re.compile(r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]?")
_HEAD = re.compile(r"(?:speaker|name|participant)s?:?", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.?!…][\"”’')\]]*$")
LEAST_WHOLE = 0.75  # of the rows
_FEWEST = 4  # rows


def with_rows(leaves: list[list[Box]]) -> list[list[Box]]:
    """The boxes with those of a table replaced by one for each row, ``0:04 Name: words``.

    Times stand in one column, names in the next and words in the last, and every row has all of
    them. Whether times stand at the head or the foot of their rows, the sentences tell: nearly all
    rows begin and end with one.
    """
    lines = [line for leaf in leaves for box in leaf for line in box.lines]
    stamps = [line for line in lines if _STAMP.fullmatch(line.text)]
    lefts = _columns(lines, stamps)
    if lefts is None:
        return leaves
    best, most = leaves, LEAST_WHOLE * len(stamps)
    for is_head in (True, False):
        found = [rows for leaf in leaves if (rows := _rows(leaf, lefts, is_head)) is not None]
        whole = sum(_is_whole(box) for rows in found for box in rows)
        if len(found) == len(leaves) and whole >= most:
            best, most = found, whole + 1
    return best


def _is_whole(box: Box) -> bool:
    """Whether a row, which begins with its time, has whole sentences."""
    first, *_ = box.lines
    words = first.text.partition(": ")[2] if _STAMP.match(first.text) else ""
    return bool(words) and not words[0].islower() and bool(_SENTENCE_END.search(box.lines[-1].text))


def _columns(lines: Sequence[Line], stamps: Sequence[Line]) -> tuple[float, float, float] | None:
    """Where times, names and words begin; None where there are no such columns."""
    if len(stamps) < _FEWEST:
        return None
    time = Counter(round(line.left) for line in stamps).most_common(1)[0][0]
    right = max(line.right for line in stamps)
    others = Counter(round(line.left) for line in lines if line.left > right)
    columns = sorted(left for left, count in others.items() if count >= len(stamps))
    if len(columns) != 2 or not all(_begins(line, time) for line in stamps):
        return None
    return time, columns[0], columns[1]


def _rows(
    leaf: Sequence[Box], lefts: tuple[float, float, float], is_head: bool
) -> list[Box] | None:
    """The boxes of a page; None where a name belongs to no row, or a row has none."""
    lines = [line for box in leaf for line in box.lines]
    heads = {round(li.top) for li in lines if _begins(li, lefts[1]) and _HEAD.fullmatch(li.text)}
    head = [line for line in lines if round(line.top) in heads]
    printed = [line for line in lines if round(line.top) not in heads]
    times, names, words = ([line for line in printed if _begins(line, left)] for left in lefts)
    times = sorted((t for t in times if _STAMP.fullmatch(t.text)), key=_height, reverse=True)
    if not (times or names):
        return list(leaf)
    starts = [-(time.top if is_head else time.foot) for time in times]
    cells: list[tuple[list[Line], list[Line]]] = [([], []) for _ in times]
    loose: list[Line] = []
    for part, column in enumerate((names, words)):
        for line in sorted(column, key=_height, reverse=True):
            row = _row_of(line, starts, is_head)
            if 0 <= row < len(cells):
                cells[row][part].append(line)
            else:
                loose.append(line)
    if any(_begins(line, lefts[1]) for line in loose) or not all(_is_row(*c) for c in cells):
        return None
    rows = [_as_box(time, *cell) for time, cell in zip(times, cells, strict=True)]
    over = [Box(tuple(loose), False)] if loose else []
    taken = {id(line) for line in (*head, *times, *names, *words)}
    parts = (tuple(line for line in box.lines if id(line) not in taken) for box in leaf)
    others = [replace(box, lines=part) for box, part in zip(leaf, parts, strict=True) if part]
    above = [box for box in others if box.lines[0].top > times[0].top]
    below = [box for box in others if box.lines[0].top <= times[0].top]
    return [*above, *(over + rows if is_head else rows + over), *below]


def _begins(line: Line, left: float) -> bool:
    return abs(line.left - left) <= ALIGNED


def _height(line: Line) -> float:
    return line.top


def _row_of(line: Line, starts: Sequence[float], is_head: bool) -> int:
    """The number of the row, whose times stand at its head or its foot, that a line is in."""
    if is_head:
        return bisect_right(starts, -line.top + ALIGNED) - 1
    return bisect_left(starts, -line.foot - ALIGNED)


def _is_row(name: Sequence[Line], words: Sequence[Line]) -> bool:
    return bool(words) and is_name(_joined(name))


def _joined(lines: Sequence[Line]) -> str:
    return " ".join(line.text for line in lines)


def _as_box(time: Line, name: Sequence[Line], words: Sequence[Line]) -> Box:
    """A row as lines of which the first begins a turn."""
    first, *more = words
    label = f"{time.text} {_joined(name).rstrip(':')}:"
    return Box((replace(first, text=f"{label} {first.text}", bold=0), *more), False)
