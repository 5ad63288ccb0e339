"""The heads of chat messages: a name with the time of day, which is no time in a recording.

``[Name][11:03]``, ``Name (11:03 AM)``, ``Name — 18/09/2021 11:03``, ``[18/09/2021, 11:03] Name:``,
``<Name>``; as Slack, Discord, WhatsApp, IRC and published chat logs have them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.names import is_name, is_sound

_HEAD = 160  # characters of a line in which a head can stand
_NAME = r"(?P<name>[^\W\d_][^:\[\]<>()\"“”?!;*\\,|—–]{0,58}?)"
_TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?"
_HALF = r"[\s\u202f\u00a0]?[AaPp]\.?[Mm]\b\.?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATE = (
    r"(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|Today|Yesterday"
    rf"|{_MONTH}\s\d{{1,2}}(?:,\s\d{{4}})?|\d{{1,2}}\s{_MONTH}(?:\s\d{{4}})?)"
)
# A time of day has a date before it or says which half of the day it is in.
_WHEN = rf"(?:{_DATE}(?:,|\sat|T)?\s?{_TIME}(?:{_HALF})?|{_TIME}{_HALF})"
_NAME_THEN_WHEN = re.compile(
    rf"[*_]{{0,3}}(?:\[{_NAME.replace('name', 'framed')}\]|{_NAME})[*_]{{0,3}}"
    rf"\s{{0,4}}[-–—|,•·]?\s{{0,4}}"
    rf"(?P<open>[\[(])?[*_]?{_WHEN}[*_]?[\])]?(?P<colon>:)?(?=\s|$)"
)
_WHEN_THEN = re.compile(rf"(?:[\[(]{_WHEN}[\])]|{_WHEN})\s{{0,3}}(?:[-–—]\s)?(?=\S)")
_BEFORE_COLON = re.compile(_NAME + r":(?=\s|$)")
_ANGLED = re.compile(r"<[@+%&~ ]?(?P<name>[^\W\d_/][^\[\]<>:/=]{0,58})>:?(?=\s)")
_TWO_FRAMES = re.compile(rf"\[{_NAME}\]\s?\[{_TIME}(?:{_HALF})?\]:?(?=\s|$)")
_REMARK = re.compile(r"\([^()]{1,60}\)$")
_HANDLE = re.compile(r"[\w.-]{2,32}")
_OF_HTML = frozenset("br hr div span center font table body html head code pre".split())


@dataclass(frozen=True, slots=True)
class ChatHead:
    """Who writes. ``weak`` when the notation is more often something else."""

    name: str
    rest: str
    weak: bool = False


def chat_head(text: str) -> ChatHead | None:
    """The head that a line begins with, if it is one of a chat message."""
    start = text[:_HEAD]
    if match := _TWO_FRAMES.match(start):
        rest = text[match.end() :].strip()
        return _head(match["name"], "" if _REMARK.fullmatch(rest) else rest)
    if match := _NAME_THEN_WHEN.match(start):
        rest = text[match.end() :].strip()
        # Without a bracket or colon after the time it must end the line: else this is a sentence.
        if match["open"] or match["colon"] or not rest:
            return _head(match["framed"] or match["name"], rest)
    if match := _WHEN_THEN.match(start):
        return _named(text[match.end() :])
    if match := _ANGLED.match(start):
        return _head(match["name"], text[match.end() :].lstrip(), weak=True)
    return None


def _named(text: str) -> ChatHead | None:
    """A name before a colon or in angle brackets, after the time."""
    match = _BEFORE_COLON.match(text[:_HEAD]) or _ANGLED.match(text[:_HEAD])
    return _head(match["name"], text[match.end() :].lstrip()) if match else None


def _head(name: str, rest: str, *, weak: bool = False) -> ChatHead | None:
    name = name.strip()
    if is_sound(name):
        return None
    is_handle = _HANDLE.fullmatch(name) and is_name(name.title()) and name not in _OF_HTML
    return ChatHead(name, rest, weak) if is_name(name) or is_handle else None
