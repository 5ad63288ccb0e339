"""Chats: messages whose heads name who writes them and tell the time of day, which is no time in a
recording.

``[Name][11:03]``, ``Name  11:03 AM``, ``Name — 18/09/2021 11:03``, ``[18/09/2021, 11:03] Name:``,
``[11:03] <Name>``, ``11:03:07 From Name to Everyone:``; as Slack, Discord, WhatsApp, IRC, Zoom and
published chat logs have them. A file has one shape of heads, and it is a chat only where two people
at least come back in it: agendas and diaries have times, too. Then whatever has this shape is a
head, so that nobody's words become those of the person above; what has its time and no name is a
notice, which is nobody's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.names import bare_name, is_name, is_sound
from ingest.readers.headings import is_possible_heading
from ingest.readers.labels.finding import find_labels, speaker_count
from ingest.readers.lines import Line, numbered_lines
from ingest.transcript import PARAGRAPH, Reading, SourceFile, TranscriptBuilder

FORMAT = "chat"

_SNIFFED = 200_000  # characters
_FEWEST = 4  # heads
_LATEST = 4  # lines that are written above the first head, unless it is among the first fifth
_HEAD = 120  # characters in which a head lies
_MOST_NAME_WORDS = 4  # of a writer who looks like nobody: "+44 7700 900123", "Mum ❤️"

_TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?"
_HALF = r"\s?[AaPp]\.?\s?[Mm]\b\.?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY = r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{4}/\d{1,2}/\d{1,2}"  # not as programs write it
_DATE = (
    rf"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{{0,6}},?\s)?(?:{_DAY}|Today|Yesterday"
    rf"|{_MONTH}\s\d{{1,2}}(?:,?\s\d{{4}})?|\d{{1,2}}\s{_MONTH}(?:\s\d{{4}})?)"
)
_DATED = rf"(?:{_DATE}(?:,|\sat)?\s{_TIME}(?:{_HALF})?|{_TIME}(?:{_HALF})?,\s{_DATE})"
_REST = r"(?P<rest>\s.*|)"
_NAME = r"[^\s\[<>][^\[\]<>\"“”?!;]{0,60}?"

_TWO_FRAMES = re.compile(
    rf"\[(?P<name>[^\[\]:]{{1,60}})\]\[\d{{1,2}}:\d{{2}}(?:{_HALF})?\]:?{_REST}"
)
_NAME_THEN_WHEN = re.compile(
    rf"(?:\[(?P<framed>[^\[\]]{{1,60}})\]|(?P<name>{_NAME})):?"
    rf"(?:\s{{0,4}}(?:[-–—|•·]\s{{0,4}})?"
    rf"(?P<clear>[\[(]{_DATED}[\])]:?|\[{_TIME}{_HALF}\]:?|\({_TIME}{_HALF}\):?|{_DATED}:?(?!\s))"
    rf"|\s{{1,4}}{_TIME}{_HALF}(?!\s)){_REST}"
)
_WHEN_THEN_NAME = re.compile(
    rf"(?:\[{_DATED}\]\s?|{_DATED}\s[-–—]\s)"
    rf"(?:(?P<name>[^:<>\[\]\"“”]{{1,60}}):{_REST}|(?P<notice>.*))"
)
_ANGLED = re.compile(
    rf"\[?(?:{_DATED}|{_TIME})\]?\s"
    rf"(?:<[@+%&~ ]?\[?(?P<name>[^\s<>/=!\[\]][^<>=\[\]]{{0,40}})\]?>:?{_REST}|(?P<notice>.*))"
)
_ABOVE = re.compile(rf"\[{_DATED}\]\s(?P<name>[^:<>\[\]\"“”]{{1,40}}?)(?: \(pinned\))?(?P<rest>)")
_ISO = rf"\d{{4}}-\d{{2}}-\d{{2}}[ T]{_TIME}"
_TABBED = re.compile(
    rf"(?:{_ISO}|{_DATED})\t(?:[@+%&~ ]?(?P<name>[^\s<>=-][^\t<>]{{0,40}})\t(?P<rest>.*)"
    r"|(?P<notice>.*))"
)
_BY = re.compile(
    rf"(?:Post(?:ed)? )?[Bb]y (?P<name>{_NAME}) (?:[»|·•,–—-]|on) "
    rf"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{{0,6}},? )?{_DATED}(?P<rest>)"
)
_CLOCK_ALONE = re.compile(rf"{_TIME}{_HALF}")
_FROM = re.compile(
    rf"{_TIME}\s{{1,4}}From\s{{1,4}}(?P<name>[^\s:][^:\t]{{0,60}}?)\s{{0,4}}"
    rf"(?:\s[Tt]o\s{{1,4}}[^:]{{1,80}})?:{_REST}"
)
_REMARK = re.compile(r"\([^()]{1,60}\)")
_REACTION = re.compile(r"\[[^\[\]:]{1,40}:\s[^\[\]]{1,30}\]")
_NO_WORDS = re.compile(
    r"<Media omitted>|<attached: [^<>]{1,200}>|(?:image|video|audio|sticker|GIF|document|"
    r"Contact card) omitted|(?:This message was deleted|You deleted this message)\.?|"
    r"Missed (?:voice|video) call\b.{0,40}|Messages and calls are end-to-end encrypted\b.{0,200}"
)  # what WhatsApp writes in somebody's name
_NICK = re.compile(r"(?=.*[a-z\d_@])(?:[a-z][\w.@+-]*|[\w.@+-]*[\d_@.][\w.@+-]*)")
_EMOJI = re.compile(r":[a-z_]{3,40}:?$")  # as Slack writes it beside a name
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_FRAME = re.compile(r"={20,200}")  # around what a program says of the chat
_EMPHASIS = re.compile(r"\*+|__+")
_NOBODY = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june "
    "july august september october november december today tomorrow yesterday noon midnight "
    "eastern central pacific breakfast lunch dinner tea coffee break keynote registration opening "
    "closing session panel workshop interview arrival departure update int ext scene doors "
    "info error warning warn debug fatal trace notice server main worker".split()
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


def is_from_zoom(source: SourceFile) -> bool:
    """Whether it is what Zoom saves, whose tab parts no columns of a table."""
    return _shape_of(source) is _FROM


def read(source: SourceFile) -> Reading:
    """A turn for the messages of a person in a row. What stands above the first is editorial."""
    shape = _shape_of(source)
    assert shape is not None
    builder = TranscriptBuilder(FORMAT)
    writer: str | None = None
    joiner = PARAGRAPH
    for line in _lines(source.text):
        head = _head(shape, line.text)
        text = line.text
        if head:
            writer, text = head.name, head.rest
            if _NO_WORDS.fullmatch(text):
                continue
        if not head and _FRAME.fullmatch(text):
            writer = None
        elif writer and not _is_reaction(shape, text):
            builder.speech(text, speaker=writer, line=line.number, joiner=joiner)
        elif text and not head and builder.title is None and is_possible_heading(text):
            builder.title = text.lstrip("# ")
            builder.heading(builder.title, level=1, line=line.number, kind="title")
        else:
            builder.editorial(text, line=line.number)
        joiner = " " if text and not head else PARAGRAPH
    return builder.build()


def _lines(text: str) -> list[Line]:
    """Without invisible signs; a time of day alone below a name stands beside it."""
    lines = [
        Line(line.number, _INVISIBLE.sub("", line.text[:_HEAD]) + line.text[_HEAD:])
        for line in numbered_lines(text)
    ]
    for place in range(len(lines) - 1):
        above, below = lines[place], lines[place + 1]
        if _CLOCK_ALONE.fullmatch(below.text) and _is_writer(above.text):
            lines[place] = Line(above.number, f"{above.text}  {below.text}")
            lines[place + 1] = Line(below.number, "")
    return lines


def _shape_of(source: SourceFile) -> re.Pattern[str] | None:
    """The shape that the heads of a chat have; None for what is no chat."""
    lines = [line for line in _lines(source.text[:_SNIFFED]) if line.text]
    return next((shape for shape in _SHAPES if _is_proven(shape, lines)), None)


def _is_proven(shape: re.Pattern[str], lines: Sequence[Line]) -> bool:
    heads = [(place, _head(shape, line.text)) for place, line in enumerate(lines)]
    proofs = [(place, head.name) for place, head in heads if head and head.proves]
    counts = Counter(name for _, name in proofs)
    if len(proofs) < _FEWEST or sum(1 for count in counts.values() if count > 1) < 2:
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
    name = " ".join(_EMOJI.sub("", found.get("framed") or found["name"] or "").split())
    rest = (found["rest"] or "").strip()
    if shape in {_ABOVE, _BY}:
        return _Head(name, "", True) if _is_writer(name) else None
    if shape is _NAME_THEN_WHEN:
        if found["clear"] is None:
            return _Head(name, rest, True) if _is_writer(name) and not rest else None
        return _Head(name, rest, True) if _is_writer(name) else _Head(None, plain, False)
    if not name or is_sound(name) or len(name.split()) > _MOST_NAME_WORDS:
        return _Head(None, plain, False)
    is_writer = is_name(bare_name(_in_order(name))) or _NICK.fullmatch(name) is not None
    if shape is _TWO_FRAMES and _REMARK.fullmatch(rest):
        rest = ""
    return _Head(name, rest, is_writer and not _is_nobody(name))


def _is_writer(name: str) -> bool:
    """A full name or a nick: one capitalised word beside a time may be anything."""
    if _is_nobody(name):
        return False
    full = bare_name(_in_order(name))
    return (is_name(full) and len(full.split()) > 1) or _NICK.fullmatch(name) is not None


def _is_nobody(name: str) -> bool:
    return bool(_NOBODY & {word.strip(".,:").casefold() for word in name.split()}) or is_sound(name)


def _is_reaction(shape: re.Pattern[str], text: str) -> bool:
    """``[Name: 👍]`` below somebody's message is not theirs."""
    return shape is _TWO_FRAMES and _REACTION.fullmatch(text) is not None


def _in_order(name: str) -> str:
    """``Bo Lindqvist`` of ``Lindqvist, Bo``."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma else name


_SHAPES = (
    _FROM, _TWO_FRAMES, _BY, _WHEN_THEN_NAME, _ABOVE, _TABBED, _NAME_THEN_WHEN, _ANGLED,
)  # fmt: skip
