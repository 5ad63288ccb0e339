"""Wiki text: ``'''Name:''' text``, ``== Heading ==``, ``[[Page|words]]``, signed remarks.

Its marks become those of Markdown, line by line, and are read so.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.readers.labels.finding import find_labels, speaker_count
from ingest.readers.lines import numbered_lines
from ingest.readers.markup import markdown
from ingest.transcript import Reading, SourceFile

FORMAT = "wiki text"

_SNIFFED = 200_000  # characters
_BOLD_START = re.compile(r"^[ \t]{0,4}[:*;#]{0,4}[ \t]{0,4}'''[^'\n]", re.MULTILINE)
_FEWEST = 2  # lines that begin in bold
_SIGNED = re.compile(
    r"(?:--|—|–)?\s{0,4}\[\[(?i:user|special:contributions)[:/][^\[\]|]{1,80}"
    r"\|(?P<name>[^\[\]|]{1,60})\]\].{0,120}?\d{1,2}:\d{2}, \d{1,2} \w{3,10} \d{4} \(UTC\)$"
)
_LONGEST_SIGN = 300  # characters at the end of a line
_INDENT = re.compile(r"[:*;#]{1,4}\s{0,4}(?=''')|:{1,6}\s{0,4}")
_HEADING = re.compile(r"(={1,6})\s{0,4}([^=].{0,200}?)\s{0,4}\1")
_OF_PAGE = re.compile(
    r"\{\{[^{}]{0,2000}\}\}|\[\[(?i:category|file|image):[^\[\]]{0,500}\]\]|__[A-Z]{3,20}__"
)
_PAGE = re.compile(r"\[\[(?:[^\[\]|]{1,200}\|)?([^\[\]|]{1,200})\]\]")
_LINK = re.compile(r"\[https?://[^\s\[\]]{1,500}(?:\s+([^\[\]]{1,200}))?\]")
_NOTE = re.compile(r"<ref[^<>]{0,200}/>|<ref[^<>]{0,200}>.{0,2000}?</ref>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s?/?>", re.IGNORECASE)


def sniff(source: SourceFile) -> bool:
    """Several lines that begin in bold as wikis have it are turns."""
    text = source.text[:_SNIFFED]
    signed = sum(1 for line in text.split("\n") if _signature(line.rstrip()))
    if len(_BOLD_START.findall(text)) < _FEWEST and signed < _FEWEST:
        return False
    return speaker_count(find_labels(numbered_lines(_as_markdown(text)))) >= _FEWEST


def read(source: SourceFile) -> Reading:
    """As the same transcript in Markdown is read."""
    inner = replace(source, text=_as_markdown(source.text))
    return replace(markdown.read(inner), format=FORMAT)


def _as_markdown(text: str) -> str:
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(text: str) -> str:
    stripped = _BREAK.sub(" ", _NOTE.sub("", _OF_PAGE.sub("", text))).strip()
    signed = _signature(stripped)
    if signed:
        said = stripped[: signed.start()].lstrip(":*# ")
        return f"**{signed['name'].strip()}:** {_plain(said)}".rstrip()
    heading = _HEADING.fullmatch(stripped)
    if heading:
        return f"{'#' * len(heading[1])} {_plain(heading[2])}"
    return _plain(_INDENT.sub("", stripped, count=1) if _INDENT.match(stripped) else stripped)


def _signature(line: str) -> re.Match[str] | None:
    """``--[[User:Ada|Ada Vale]] (talk) 10:12, 3 May 2023 (UTC)`` that ends a line."""
    if not line.endswith("(UTC)"):
        return None
    return _SIGNED.search(line, max(0, len(line) - _LONGEST_SIGN))


def _plain(text: str) -> str:
    text = _LINK.sub(lambda link: link[1] or "", _PAGE.sub(r"\1", text))
    return text.replace("'''''", "***").replace("'''", "**").replace("''", "*")
