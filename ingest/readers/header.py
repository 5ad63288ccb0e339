"""``Key: value`` lines at the head of a plain transcript: title, date, link, people."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.names import is_name
from ingest.readers.dates import written_date
from ingest.readers.lines import Line
from ingest.transcript import TranscriptBuilder
from kb.types import Speaker

_ROLES = {
    "host": "host",
    "hosts": "host",
    "interviewer": "host",
    "guest": "guest",
    "guests": "guest",
    "interviewee": "guest",
    "author": "author",
    "speakers": None,
    "participants": None,
}
_LINKS = frozenset({"link", "url", "source", "video", "audio"})
_FIELD = re.compile(
    r"(?P<key>title|date|recorded|published|show|podcast|episode|duration|topic|topics|"
    r"link|url|source|video|audio|"
    r"hosts?|interviewer|guests?|interviewee|author|speakers|participants)"
    r"\s{0,3}:\s{0,8}(?P<value>\S.{0,300})",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def header_length(lines: Sequence[Line]) -> int:
    """How many lines at the top are a header of at least two fields; 0 without one."""
    fields = end = 0
    for position, line in enumerate(lines[:30]):
        match = _FIELD.fullmatch(line.text)
        if match and _is_field(match["key"], match["value"]):
            fields += 1
            end = position + 1
        elif line.text:
            break
    return end if fields > 1 else 0


def read_header(lines: Sequence[Line], builder: TranscriptBuilder) -> None:
    """Takes title, date, link and people over; the lines themselves are editorial text."""
    for line in lines:
        if read_field(line.text, builder):
            builder.editorial(line.text, line=line.number)


def read_field(text: str, builder: TranscriptBuilder) -> bool:
    """Takes over what a line says; whether it is a field."""
    match = _FIELD.fullmatch(text)
    if match is None or not _is_field(match["key"], match["value"]):
        return False
    key, value = match["key"].lower(), match["value"]
    if key == "title":
        builder.title = value
    elif key in {"date", "recorded", "published"}:
        builder.date = _date(value) or builder.date
    elif key in _LINKS and "://" in value:
        builder.link = value
    elif key in _ROLES:
        builder.speakers += [Speaker(name, _ROLES[key]) for name in _names(value)]
    return True


def _date(value: str) -> str | None:
    return value[:10] if _DATE.match(value) else written_date(value)


def _is_field(key: str, value: str) -> bool:
    """``Host: Ada Vale`` is a field, ``Host: Welcome.`` somebody who speaks."""
    if key.lower() not in _ROLES:
        return True
    return all(is_name(name) and len(name.split()) > 1 for name in _names(value))


def _names(value: str) -> list[str]:
    parts = re.split(r"\s*(?:,|;|&|\band\b)\s*", value)
    return [part for part in parts if part]
