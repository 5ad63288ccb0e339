"""``Key: value`` lines at the head of a plain transcript: title, date, link, people."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.names import is_name
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
        match = _FIELD.fullmatch(line.text)
        if match is None:
            continue
        key, value = match["key"].lower(), match["value"]
        if key == "title":
            builder.title = value
        elif key in {"date", "recorded", "published"} and _DATE.match(value):
            builder.date = value[:10]
        elif key in _LINKS and "://" in value:
            builder.link = value
        elif key in _ROLES:
            builder.speakers += [Speaker(name, _ROLES[key]) for name in _names(value)]
        builder.editorial(line.text, line=line.number)


def _is_field(key: str, value: str) -> bool:
    """``Host: Ada Vale`` is a field, ``Host: Welcome.`` somebody who speaks."""
    if key.lower() not in _ROLES:
        return True
    return all(is_name(name) and len(name.split()) > 1 for name in _names(value))


def _names(value: str) -> list[str]:
    parts = re.split(r"\s*(?:,|;|&|\band\b)\s*", value)
    return [part for part in parts if part]
