"""Threads copied from pages where people write to each other: Hacker News, Reddit, X, LessWrong.

A head names who writes, with how long ago or on which day, on one line or on several. Below the
words stand buttons and counts, which are nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.lines import Line, numbered_lines
from ingest.transcript import Reading, SourceFile, TranscriptBuilder

FORMAT = "thread"

_SNIFFED = 200_000  # characters
_FEWEST = 3  # heads
_SHARE = 15  # one of so many lines at least is a head
_NICK = r"[^\W_][\w-]{1,30}"
_AGO = r"\d{1,2}\s?(?:s|m|h|d|w|y|mo|hr|min|second|minute|hour|day|week|month|year)s?\.?(?: ago)?"
_DAY = r"(?:on )?[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?|\d{1,2} [A-Z][a-z]{2}(?: \d{4})?"
_WHEN = re.compile(rf"(?:{_AGO}|{_DAY})(?: ·.{{0,20}})?")
_ONE_LINE = re.compile(
    rf"(?:▲ ?)?(?:\[[–—+-]\] ?)?(?P<name>{_NICK}) (?:\d{{1,5}} points? )?(?:{_AGO}|{_DAY})\*?"
    r"(?:(?: \|[^\[\]]{0,60})? ?\[[–—+-]\]| \(\d{1,3} (?:children|replies)\))(?: \[\d+ more\])?"
    rf"|\[[–—+-]\] ?(?P<old>{_NICK}) (?:\d{{1,5}} points? )?(?:{_AGO}|{_DAY})"
)
_FOLDED = re.compile(rf"\[[–—+-]\](?P<name>{_NICK}(?: {_NICK}){{0,3}})")
_HANDLE = re.compile(r"@[\w.-]{2,40}")
_DOT = re.compile(r"[·•]")
_REDDIT = re.compile(rf"(?:u/)?(?P<name>{_NICK})(?: avatar)?")
_POSTED = re.compile(r"\d{1,2}:\d{2} ?[AP]M · [A-Z][a-z]{2,8} \d{1,2}, \d{4}(?: ·.{0,40})?")
_POINTS = re.compile(r"\d{1,6} points by .{3,200}")
_FURNITURE = re.compile(
    r"[\d.,]{1,7}[KM]?(?: (?:views?|likes?|replies|reposts?|quotes?|bookmarks?|votes?|points?))?|"
    r"[·•▲▼]|(?:up|down)vote|reply|replies|share|save|report|award|like|likes|reposts?|quotes?|"
    r"views?|bookmarks?|follow|following|level \d{1,2}|show (?:more )?replies|show more|"
    r"post|read \d{1,4} replies|permalink|parent|embed|context|full comments.*|"
    r"guidelines \|.*|(?:u/)?[\w-]{2,30} avatar|hacker news new \|.*|op|avatar",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Head:
    """Who writes, and how many lines say so; ``proves`` that this is a thread."""

    name: str
    length: int
    proves: bool = True


_Shape = Callable[[Sequence[str]], _Head | None]


def sniff(source: SourceFile) -> bool:
    """Several heads of one shape, which are a good part of the lines."""
    lines = [line for line in numbered_lines(source.text[:_SNIFFED]) if line.text]
    proofs = max(_proofs(lines, shape) for shape in _SHAPES)
    return proofs >= max(_FEWEST, len(lines) // _SHARE)


def read(source: SourceFile) -> Reading:
    """A turn for what somebody writes in a row; what stands above the first head is editorial."""
    lines = [line for line in numbered_lines(source.text) if line.text]
    shape = max(_SHAPES, key=lambda found: _proofs(lines, found))
    heads = dict(_heads(lines, shape))
    builder = TranscriptBuilder(FORMAT)
    title = _title(lines)
    writer: str | None = None
    place = 0
    while place < len(lines):
        line, head = lines[place], heads.get(place)
        if head:
            writer, place = head.name, place + head.length
            continue
        place += 1
        if line is title:
            builder.title = line.text
            builder.heading(line.text, level=1, line=line.number, kind="title")
        elif _FURNITURE.fullmatch(line.text) or _POSTED.fullmatch(line.text):
            continue
        elif writer:
            builder.speech(line.text, speaker=writer, line=line.number)
        else:
            builder.editorial(line.text, line=line.number)
    return builder.build()


def _title(lines: Sequence[Line]) -> Line | None:
    """What stands above ``142 points by …``."""
    for above, line in pairwise(lines[:10]):
        if _POINTS.fullmatch(line.text):
            return above
    return None


def _heads(lines: Sequence[Line], shape: _Shape) -> Iterator[tuple[int, _Head]]:
    for place in range(len(lines)):
        texts = [line.text for line in lines[place : place + 5]]
        if head := shape(texts):
            yield place, head


def _proofs(lines: Sequence[Line], shape: _Shape) -> int:
    return sum(1 for _, head in _heads(lines, shape) if head.proves)


def _on_one_line(texts: Sequence[str]) -> _Head | None:
    """``name 3 hours ago | next [–]``, ``[–]name 12 points 3 hours ago``."""
    found = _ONE_LINE.fullmatch(texts[0])
    return _Head(found["name"] or found["old"], 1) if found else None


def _folded(texts: Sequence[str]) -> _Head | None:
    """``[-]name`` above ``4mo``, as LessWrong has it."""
    found = _FOLDED.fullmatch(texts[0])
    if found is None or len(texts) < 2 or not _WHEN.fullmatch(texts[1]):
        return None
    return _Head(found["name"], 2)


def _with_handle(texts: Sequence[str]) -> _Head | None:
    """A name above ``@name`` and a day, as X and Bluesky have it; the first post has it below."""
    if len(texts) < 3 or not _HANDLE.fullmatch(texts[1]) or _FURNITURE.fullmatch(texts[0]):
        return None
    length = 3 if _DOT.fullmatch(texts[2]) else 2
    if length < len(texts) and _WHEN.fullmatch(texts[length]):
        return _Head(texts[0], length + 1)
    return _Head(texts[0], 2, proves=False) if length == 2 else None


def _with_dot(texts: Sequence[str]) -> _Head | None:
    """A name, ``•`` and how long ago, each on a line, as Reddit has it."""
    found = _REDDIT.fullmatch(texts[0])
    if found is None or len(texts) < 3 or not _DOT.fullmatch(texts[1]):
        return None
    return _Head(found["name"], 3) if _WHEN.fullmatch(texts[2]) else None


_SHAPES: tuple[_Shape, ...] = (_on_one_line, _folded, _with_handle, _with_dot)
