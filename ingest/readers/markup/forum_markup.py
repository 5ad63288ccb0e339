"""Markup of forums and trackers: BBCode (``[b]Name:[/b] text``), and Textile and Jira's notation
(``h2. Heading``, ``*Name:* text``).
"""

from __future__ import annotations

import re

from ingest.readers.labels.finding import find_labels, speaker_count
from ingest.readers.lines import numbered_lines
from ingest.readers.markup.translated import SNIFFED, come_back, label, read_as_markdown
from ingest.transcript import Reading, SourceFile

FORMAT = "markup of a forum"

_BB_TAG = re.compile(
    r"\[/?(?:b|i|u|s|url|size|color|font|center|left|right|quote|code|list|img|spoiler|h[1-6]|hr)"
    r"(?:=[^\[\]]{0,200})?\]",
    re.IGNORECASE,
)
_BB_BOLD = re.compile(r"\[b\]\s{0,9}([^\[\]]{1,200}?)\s{0,9}\[/b\]", re.IGNORECASE)
_BB_ITALIC = re.compile(r"\[i\]\s{0,9}([^\[\]]{1,200}?)\s{0,9}\[/i\]", re.IGNORECASE)
_BB_IMAGE = re.compile(r"\[img(?:=[^\[\]]{0,100})?\][^\[\]]{0,500}\[/img\]", re.IGNORECASE)
_BB_RULE = re.compile(r"\[hr\](?:\[/hr\])?", re.IGNORECASE)
_BB_QUOTES = re.compile(
    r"\[quote=[\"']?(?P<name>[^\[\]\"';=]{1,60})[\"']?[^\[\]]{0,80}\]", re.IGNORECASE
)
_BB_STARTS = re.compile(
    r"^(?:\[[a-z]{1,6}(?:=[^\[\]\n]{0,80})?\]){0,3}\[(?:b|quote=[^\[\]\n]{1,100})\]",
    re.IGNORECASE | re.MULTILINE,
)
_HEADING = re.compile(r"h(?P<level>[1-6])(?:\([^()]{0,60}\))?\.\s+(?P<title>\S.{0,500})")
_HEADINGS = re.compile(r"^h[1-6](?:\([^()]{0,60}\))?\. \S", re.MULTILINE)
_BLOCK = re.compile(
    r"(?:p|bq)(?:\([^()]{0,60}\))?\.\s+(?=\S)|\{(?:panel|quote|noformat)[^{}]{0,200}\}"
)
_BOLD = re.compile(r"(?:(?<=\s)|^)\*{1,2}(?=[^\s*])([^*\n]{1,200}?)(?<=\S)\*{1,2}(?=[\s.,:;!?)]|$)")
_BOLD_START = re.compile(r"^\*(?=[^\s*])[^*\n]{1,80}(?<=\S)\*(?=[\s:])", re.MULTILINE)
_LINK = re.compile(
    r"\"([^\"\n]{1,200})\":https?://\S{1,500}|\[([^\[\]|\n]{1,200})\|https?://[^\[\]]{1,500}\]"
)
_FEWEST = 2  # lines that begin in bold


def sniff(source: SourceFile) -> bool:
    """Several lines that begin in bold, or headings such as ``h2. Title``, around turns."""
    text = source.text[:SNIFFED]
    is_code = len(_BB_STARTS.findall(text)) >= _FEWEST
    is_textile = len(_HEADINGS.findall(text)) + len(_BOLD_START.findall(text)) >= _FEWEST
    is_textile = is_textile and _HEADINGS.search(text) is not None
    if not (is_code or is_textile):
        return False
    return speaker_count(find_labels(numbered_lines(_translated(text)))) >= _FEWEST


def read(source: SourceFile) -> Reading:
    return read_as_markdown(source, _translated(source.text), FORMAT)


def _translated(text: str) -> str:
    if len(_BB_STARTS.findall(text[:SNIFFED])) >= _FEWEST:
        quoted = come_back(found["name"] for found in _BB_QUOTES.finditer(text))
        return "\n".join(_of_code(line, quoted=quoted) for line in text.split("\n"))
    return "\n".join(_of_textile(line.strip()) for line in text.split("\n"))


def _of_code(line: str, *, quoted: bool) -> str:
    line = _BB_RULE.sub("---", _BB_IMAGE.sub("", line.strip()))
    if quoted:
        line = _BB_QUOTES.sub(lambda found: label(found["name"]) + " ", line)
    line = _BB_ITALIC.sub(r"*\1*", _BB_BOLD.sub(r"**\1**", line))
    return _BB_TAG.sub("", line).strip()


def _of_textile(line: str) -> str:
    heading = _HEADING.fullmatch(line)
    if heading:
        return f"{'#' * int(heading['level'])} {heading['title']}"
    line = _LINK.sub(lambda found: found[1] or found[2], _BLOCK.sub("", line, count=1))
    return _BOLD.sub(r"**\1**", line)
