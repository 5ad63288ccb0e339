"""Turns as components of a page's source: ``<Line speaker="Name">``, ``{{< speaker "Name" >}}``,
``{% turn name="Name" %}``, as in MDX, Hugo and Jekyll.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.readers.markup.translated import SNIFFED, come_back, label, read_as_markdown
from ingest.transcript import Reading, SourceFile

FORMAT = "Markdown with components"

_OPEN = re.compile(
    r"<(?P<tag>[A-Z][\w.]{0,40}|[a-z]+-[\w-]{1,40}|[a-z]{1,20}(?=\s[^<>]{0,200}\bspeaker=))\s+(?P<in_tag>[^<>]{1,400}?)\s*/?>"
    r"|\{\{[<%]\s*(?P<in_hugo>[\w-]{1,30}\s[^<>{}]{1,400}?)\s*/?[%>]\}\}"
    r"|\{%-?\s*(?P<in_liquid>[\w-]{1,30}\s[^%{}]{1,400}?)\s*-?%\}"
)
_CLOSE = re.compile(
    r"</(?:[A-Z][\w.]{0,40}|[a-z]+-[\w-]{1,40}|turn|line|u|sp|say|speech|utterance|segment|message)>|\{\{[<%]\s*/\s*[\w-]{1,30}\s*[%>]\}\}"
    r"|\{%-?\s*end\w{1,30}\s*-?%\}"
)
_BARE = re.compile(r"<[A-Z][\w.]{0,40}\s*/?>")
_NAMED = re.compile(
    r"\b(?:speaker|name|who|by|person|author|from|participant)=[{]?[\"'](?P<name>[^\"']{1,80})[\"']",
    re.IGNORECASE,
)
_FIRST = re.compile(r"(?:include\s+\S{1,60}\s+|[\w-]{1,30}\s+)[\"'](?P<name>[^\"'=]{1,80})[\"']")
_TIME = re.compile(
    r"\b(?:time|start|t|at|ts|timestamp|timecode)=[{]?[\"']?(?P<time>\d{1,3}(?::\d{2}){1,2}(?:\.\d{1,3})?)",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"(?:import|export)\s.{1,300}")


def sniff(source: SourceFile) -> bool:
    """Components that name people who come back."""
    text = source.text[:SNIFFED]
    return ("{%" in text or "{{" in text or "<" in text) and come_back(_names(text))


def read(source: SourceFile) -> Reading:
    lines = ["" if _SCRIPT.fullmatch(li) else _line(li) for li in source.text.split("\n")]
    return read_as_markdown(source, "\n".join(lines), FORMAT)


def _names(text: str) -> Iterator[str]:
    return (name for found in _OPEN.finditer(text) if (name := _name_in(found)))


def _name_in(found: re.Match[str]) -> str | None:
    inner = found["in_tag"] or found["in_hugo"] or found["in_liquid"]
    named = _NAMED.search(inner) or (None if found["in_tag"] else _FIRST.match(inner))
    return named["name"].strip() if named else None


def _line(line: str) -> str:
    opening = _OPEN.search(line)
    name = _name_in(opening) if opening else None
    if opening and name:
        inner = opening["in_tag"] or opening["in_hugo"] or opening["in_liquid"]
        time = _TIME.search(inner)
        before = line[: opening.start()].strip()
        rest = f"{before} {line[opening.end() :]}".strip()
        line = label(name, rest, time["time"] if time else "")
    elif opening:
        line = _OPEN.sub("", line)
    return _BARE.sub("", _CLOSE.sub("", line)).rstrip()
