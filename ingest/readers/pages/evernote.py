"""Notes that Evernote exported (.enex): pages within XML."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from ingest.readers.dates import written_date
from ingest.readers.pages import web_page
from ingest.transcript import Reading, SourceFile
from kb.errors import UnreadableFile

FORMAT = "Evernote"

_START = re.compile(r"\s*(?:<[?!][^<>]{0,500}>\s*){0,3}<en-export\b")
_NOTE = re.compile(r"<content>\s*<!\[CDATA\[")
_TITLE = re.compile(r"<title>([^<>]{1,300})</title>")
_CREATED = re.compile(r"<created>(\d{4})(\d{2})(\d{2})T")
_PROLOGUE = re.compile(r"<\?[^<>]{0,300}\?>|<!DOCTYPE[^<>]{0,300}>")


def sniff(source: SourceFile) -> bool:
    return _START.match(source.text) is not None


def read(source: SourceFile) -> Reading:
    """All notes, one after the other; the first one's title and date. Raises UnreadableFile."""
    pages: list[str] = []
    position = 0
    for start in _NOTE.finditer(source.text):
        end = source.text.find("]]>", start.end())
        if end < 0:
            break
        above = source.text[position : start.end()]
        pages.append("\n" * above.count("\n") + _PROLOGUE.sub("", source.text[start.end() : end]))
        position = end
    if not pages:
        raise UnreadableFile(f"{source.name}: notes without words")
    head = source.text[:5_000]
    title, created = _TITLE.search(head), _CREATED.search(head)
    reading = web_page.read(replace(source, data=b"", text=f"<html>{''.join(pages)}</html>"))
    return replace(
        reading,
        format=FORMAT,
        title=html.unescape(title[1]) if title else reading.title,
        date=reading.date or (written_date("-".join(created.groups())) if created else None),
    )
