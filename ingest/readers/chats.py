"""Chats: messages whose heads name who writes them and tell the time of day, which is no time in a
recording.

``[Name][11:03]``, ``Name (11:03 AM)``, ``Name — 18/09/2021 11:03``, ``[18/09/2021, 11:03] Name:``,
``<Name>``; as Slack, Discord, WhatsApp, IRC and published chat logs have them. A file has one shape
of heads. Once several people come back in it, whatever has this shape is a head, so that nobody's
words become those of the person above; what has its time and no name is nobody's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.names import bare_name, is_name, is_sound
from ingest.readers.headings import is_possible_heading
from ingest.readers.labels import find_labels, speaker_count
from ingest.readers.lines import Line, numbered_lines
from ingest.transcript import PARAGRAPH, Reading, SourceFile, TranscriptBuilder

FORMAT = "chat"

_SNIFFED = 200_000  # characters
_FEWEST = 3  # heads
_LATEST = 4  # lines that are written above the first head, unless it is among the first fifth
_HEAD = 120  # characters in which a head lies
_MOST_NAME_WORDS = 4  # of a writer who looks like nobody: "+44 7700 900123", "Mum ❤️"

_TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?"
_HALF = r"\s?[AaPp]\.?\s?[Mm]\b\.?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATE = (
    r"(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|Today|Yesterday"
    rf"|{_MONTH}\s\d{{1,2}}(?:,\s\d{{4}})?|\d{{1,2}}\s{_MONTH}(?:\s\d{{4}})?)"
)
_WHEN = (
    rf"(?:{_DATE}(?:,|\sat|T)?\s?{_TIME}(?:{_HALF})?|{_TIME}(?:{_HALF})?,\s{_DATE}|{_TIME}{_HALF})"
)
_FRAMED_WHEN = rf"(?:\[{_WHEN}\]|\({_WHEN}\))"
_REST = r"(?P<rest>\s.*|)"
_NAME = r"(?P<name>[^\s\[<>][^\[\]<>\"“”?!;]{0,60}?)"

_TWO_FRAMES = re.compile(rf"\[(?P<name>[^\[\]]{{1,60}})\]\s?\[{_TIME}(?:{_HALF})?\]:?{_REST}")
_NAME_THEN_WHEN = re.compile(
    rf"(?:\[(?P<framed>[^\[\]]{{1,60}})\]|{_NAME}):?\s{{0,4}}(?:[-–—|,•·]\s{{0,4}})?"
    rf"(?:(?P<marked>{_FRAMED_WHEN}:?|{_WHEN}:)|{_WHEN}){_REST}"
)
_WHEN_THEN_NAME = re.compile(
    rf"(?:{_FRAMED_WHEN}\s?|{_WHEN}\s[-–—]\s)(?:(?P<name>[^:<>\[\]]{{1,60}}):{_REST}|(?P<notice>.*))"
)
_ANGLED = re.compile(
    rf"(?:\[?(?:{_WHEN}|{_TIME})\]?\s)?"
    rf"(?:<[@+%&~ ]?\[?(?P<name>[^\s<>/=!\[\]][^<>=\[\]]{{0,40}})\]?>:?{_REST}"
    r"|(?P<notice>-!-.*|\*\s.*))"
)
_REMARK = re.compile(r"\([^()]{1,60}\)")
_HANDLE = re.compile(r"[\w.@+-]{2,40}")
_EMOJI = re.compile(r":[a-z_]{3,40}:?$")  # as Slack writes it beside a name
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_EMPHASIS = re.compile(r"\*+|__+")
_NOBODY = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june "
    "july august september october november december today yesterday eastern central pacific "
    "info error warning warn debug fatal trace notice "
    "br hr div span center font table body html head code pre ul ol li em strong".split()
)


@dataclass(frozen=True, slots=True)
class _Head:
    """Who writes, and what follows on the line; ``name`` is None for a notice, which is nobody's.

    ``proves`` that this is a chat: the name is one.
    """

    name: str | None
    rest: str
    proves: bool


def sniff(source: SourceFile) -> bool:
    return _shape_of(source) is not None


def read(source: SourceFile) -> Reading:
    """A turn for the messages of a person in a row. What stands above the first is editorial."""
    shape = _shape_of(source)
    assert shape is not None
    builder = TranscriptBuilder(FORMAT)
    writer: str | None = None
    joiner = PARAGRAPH
    for line in _lines(source.text):
        head = _head(shape, line.text)
        if head and head.name is None:
            builder.editorial(head.rest, line=line.number)
        elif head or writer:
            writer, text = (head.name, head.rest) if head else (writer, line.text)
            builder.speech(text, speaker=writer, line=line.number, joiner=joiner)
        elif line.text and builder.title is None and is_possible_heading(line.text):
            builder.title = line.text.lstrip("# ")
            builder.heading(builder.title, level=1, line=line.number, kind="title")
        else:
            builder.editorial(line.text, line=line.number)
        joiner = " " if line.text and not head else PARAGRAPH
    return builder.build()


def _lines(text: str) -> list[Line]:
    return [
        Line(line.number, _INVISIBLE.sub("", line.text[:_HEAD]) + line.text[_HEAD:])
        for line in numbered_lines(text)
    ]


def _shape_of(source: SourceFile) -> re.Pattern[str] | None:
    """The shape that the heads of a chat have; None for what is no chat."""
    lines = [line for line in _lines(source.text[:_SNIFFED]) if line.text]
    return next((shape for shape in _SHAPES if _is_proven(shape, lines)), None)


def _is_proven(shape: re.Pattern[str], lines: Sequence[Line]) -> bool:
    heads = [(place, _head(shape, line.text)) for place, line in enumerate(lines)]
    proofs = [(place, head.name) for place, head in heads if head and head.proves]
    counts = Counter(name for _, name in proofs)
    if len(proofs) < _FEWEST or len(counts) < 2 or len(counts) == len(proofs):
        return False
    if proofs[0][0] > max(_LATEST, len(lines) // 5):  # comments below an article, say
        return False
    if shape is _ANGLED:
        return 2 * sum(1 for _, head in heads if head) > len(lines)
    others = [line for line, (_, head) in zip(lines, heads, strict=True) if not head]
    return len(proofs) >= 2 * speaker_count(find_labels(others))


def _head(shape: re.Pattern[str], text: str) -> _Head | None:
    plain = _EMPHASIS.sub("", text[:_HEAD]) + text[_HEAD:] if _EMPHASIS.match(text) else text
    match = shape.fullmatch(plain)
    if match is None:
        return None
    found = match.groupdict()
    rest = (found.get("rest") or "").strip()
    if found.get("notice"):
        return _Head(None, plain, False)
    name = " ".join(_EMOJI.sub("", found.get("framed") or found["name"]).split())
    if not name or is_sound(name) or name.split()[0].casefold().strip(",.") in _NOBODY:
        return None
    is_writer = is_name(bare_name(_in_order(name))) or _is_handle(name)
    if shape is _NAME_THEN_WHEN and not (is_writer and (found["marked"] or not rest)):
        return None
    if shape is _WHEN_THEN_NAME and len(name.split()) > _MOST_NAME_WORDS:
        return _Head(None, plain, False)
    if shape is _TWO_FRAMES and _REMARK.fullmatch(rest):
        rest = ""
    return _Head(name, rest, is_writer)


def _in_order(name: str) -> str:
    """``Bo Lindqvist`` of ``Lindqvist, Bo``."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma else name


def _is_handle(name: str) -> bool:
    """A name as people give themselves: ``ada_q``, ``bo.l@acme.com``."""
    return _HANDLE.fullmatch(name) is not None and name[0].isalpha()


_SHAPES = (_TWO_FRAMES, _WHEN_THEN_NAME, _NAME_THEN_WHEN, _ANGLED)
