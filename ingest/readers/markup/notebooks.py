"""Notebooks such as Obsidian: callouts ``> [!quote] Name``, and blocks of its plugins for talks.

```` ```dialogue ```` has ``left: Name`` and ``right: Name``, whose lines begin with ``<`` and
``>``; ```` ```chat ```` has ``< Name | text | remark``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.readers.markup.translated import SNIFFED, come_back, label, read_as_markdown
from ingest.transcript import Reading, SourceFile

FORMAT = "Markdown of a notebook"

_CALLOUT = re.compile(
    r">\s?\[!(?P<kind>[\w-]{1,30})(?:\|[^\[\]]{0,40})?\][+-]?\s{0,9}(?P<head>.{0,200})"
)
_CALLOUTS = re.compile(_CALLOUT.pattern.replace(".{0,200}", r"[^\n]{0,200}"))
_HEAD = re.compile(
    r"(?P<name>[^\d:\[\]()]{1,80}?)[\s:,·|–—-]{0,5}[\[(]?(?P<time>\d{1,3}(?::\d{2}){1,2})?[\])]?:?"
)
_FENCE = re.compile(r"(?:```|~~~)\s{0,4}(?P<kind>dialogue|chat)\b.*", re.IGNORECASE)
_END = re.compile(r"(?:```|~~~)\s{0,9}")
_SIDE = re.compile(r"(?P<side>left|right)(?:-\d)?:\s{0,9}(?P<name>.{1,80})", re.IGNORECASE)
_SETTING = re.compile(
    r"[a-zA-Z]{3,30}(?:-\d)?:\s{0,9}\S.{0,80}|[-#].{0,200}|\[.{1,200}\]|\.\.\.|\{.{0,200}\}"
)
_SAID = re.compile(r"(?P<side>[<>^])\s{0,9}(?P<text>.*)")


def sniff(source: SourceFile) -> bool:
    """A block of a talk, or callouts whose titles are people who come back."""
    text = source.text[:SNIFFED]
    fenced = any(_FENCE.fullmatch(line.strip()) for line in text.split("\n"))
    return fenced or ("[!" in text and come_back(_callers(text)))


def read(source: SourceFile) -> Reading:
    lines = source.text.split("\n")
    called = come_back(_callers(source.text))
    return read_as_markdown(source, "\n".join(_translated(lines, called)), FORMAT)


def _callers(text: str) -> Iterator[str]:
    for found in _CALLOUTS.finditer(text):
        head = _HEAD.fullmatch(found["head"].strip())
        if head:
            yield head["name"]


def _translated(lines: list[str], called: bool) -> Iterator[str]:
    fence = ""
    sides: dict[str, str] = {}
    for line in lines:
        text = line.strip()
        start = _FENCE.fullmatch(text)
        if start and not fence:
            fence, sides = start["kind"].casefold(), {}
            yield ""
        elif fence and _END.fullmatch(text):
            fence = ""
            yield ""
        elif fence:
            yield _said(text, sides, fence)
        else:
            yield _called(line) if called else line


def _called(line: str) -> str:
    callout = _CALLOUT.fullmatch(line.strip())
    head = _HEAD.fullmatch(callout["head"].strip()) if callout else None
    return label(head["name"], "", head["time"] or "") if head else line


def _said(text: str, sides: dict[str, str], fence: str) -> str:
    """A line of a block; what is set there is nobody's words."""
    side = _SIDE.fullmatch(text) if fence == "dialogue" else None
    said = _SAID.fullmatch(text)
    if side:
        sides[side["side"].casefold()] = side["name"].strip()
        return ""
    if said and fence == "chat":
        name, _, rest = said["text"].partition("|")
        return label(name, rest.split("|")[0].strip()) if rest else said["text"]
    if said:
        name = sides.get("left" if said["side"] == "<" else "right", "")
        return label(name, said["text"]) if name else said["text"]
    return "" if _SETTING.fullmatch(text) else text
