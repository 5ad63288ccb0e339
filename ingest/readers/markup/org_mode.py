"""Org-mode: ``#+TITLE:``, ``* Heading``, ``- Name :: text``."""

from __future__ import annotations

import re

from ingest.readers.dates import written_date
from ingest.readers.markup.translated import SNIFFED, come_back, label, read_as_markdown
from ingest.transcript import Reading, SourceFile

FORMAT = "Org-mode"

_KEYWORD = re.compile(r"#\+(?P<key>\w{1,30}):\s{0,20}(?P<value>.{0,500})", re.IGNORECASE)
_KEYWORDS = re.compile(
    r"^[ \t]*#\+(?:title|author|date|options|startup|filetags|begin_\w+)\b",
    re.IGNORECASE | re.MULTILINE,
)
_HEADING = re.compile(r"(?P<stars>\*{1,8})\s+(?P<title>\S.{0,1000})")
_TAGS = re.compile(r"\s+:(?:[\w@#%]{1,40}:){1,8}$")
_STATE = re.compile(r"(?:TODO|DONE|NEXT|WAITING)\s+")
_TERM = re.compile(r"[-+]\s+(?P<term>\S.{0,80}?)\s+::(?:\s+(?P<rest>.*)|)")
_TERMS = re.compile(r"^[ \t]{0,8}[-+] (?P<term>\S.{0,80}?)\s+::(?=\s|$)", re.MULTILINE)
_BLOCK = re.compile(r"#\+(?:begin|end)_\w{1,20}\b.*", re.IGNORECASE)
_DRAWER = re.compile(r":[A-Z_]{3,20}:")
_PLANNING = re.compile(r"(?:CLOSED|SCHEDULED|DEADLINE):\s.*")
_LINK = re.compile(r"\[\[(?:[^\[\]]{1,500}\]\[)([^\[\]]{1,300})\]\]")
_BARE_LINK = re.compile(r"\[\[([^\[\]]{1,500})\]\]")
_BOLD = re.compile(r"(?:(?<=\s)|^)\*(?=\S)([^*\n]{1,200}?)(?<=\S)\*(?=[\s.,:;!?)'\"]|$)")
_ITALIC = re.compile(r"(?:(?<=\s)|^)/(?=[^\s/])([^/\n]{1,200}?)(?<=\S)/(?=[\s.,:;!?)'\"]|$)")
_STAMP = re.compile(r"[<\[](\d{4}-\d{2}-\d{2})[^<>\[\]]{0,30}[>\]]")


def sniff(source: SourceFile) -> bool:
    return _KEYWORDS.search(source.text[:SNIFFED]) is not None


def read(source: SourceFile) -> Reading:
    """Terms of a list and headings that are names are labels."""
    keywords: dict[str, str] = {}
    lines: list[str] = []
    in_drawer = False
    talk = come_back(term["term"].split(" [")[0] for term in _TERMS.finditer(source.text))
    for line in source.text.split("\n"):
        text = line.strip()
        if _DRAWER.fullmatch(text):
            in_drawer = text != ":END:"
            text = ""
        elif in_drawer or _BLOCK.fullmatch(text) or _PLANNING.fullmatch(text):
            text = ""
        elif found := _KEYWORD.fullmatch(text):
            keywords.setdefault(found["key"].casefold(), found["value"].strip())
            text = ""
        elif text.startswith("# "):
            text = ""
        lines.append(_line(text, indented=line[:1].isspace(), talk=talk))
    day = _STAMP.sub(r"\1", keywords.get("date", ""))
    title = keywords.get("title") or None
    return read_as_markdown(source, "\n".join(lines), FORMAT, title=title, date=written_date(day))


def _line(text: str, *, indented: bool, talk: bool) -> str:
    heading = _HEADING.fullmatch(text) if not indented else None
    if heading:
        title = _STATE.sub("", _TAGS.sub("", heading["title"]), count=1)
        return f"{'#' * min(6, len(heading['stars']) + 1)} {_inline(title)}"
    term = _TERM.fullmatch(text) if talk else None
    if term:
        name, _, time = term["term"].partition(" [")
        return label(_inline(name), _inline(term["rest"] or ""), time)
    return _inline(text)


def _inline(text: str) -> str:
    text = _BARE_LINK.sub(r"\1", _LINK.sub(r"\1", text))
    return _ITALIC.sub(r"*\1*", _BOLD.sub(r"**\1**", text))
