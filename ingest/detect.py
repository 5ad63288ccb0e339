"""Which reader a file is for, by its content; a wrong extension does no harm."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from ingest.sources.conversion import converted
from ingest.sources.mail import opened
from ingest.transcript import Reading, SourceFile
from kb.errors import UnreadableFile


class Reader(Protocol):
    """A module of ``ingest.readers``."""

    FORMAT: str

    def sniff(self, source: SourceFile) -> bool: ...

    def read(self, source: SourceFile) -> Reading: ...


# The most specific first; each sniffs by content.
MACHINE_FORMATS = (
    "captions.webvtt",
    "captions.subrip",
    "captions.sbv",
    "captions.substation",
    "captions.sami",
    "captions.frames",
    "captions.tiers",
    "captions.chat_files",
    "captions.rttm",
    "captions.stm",
    "structured.json_transcripts",
    "structured.yaml_transcripts",
    "structured.toml_transcripts",
    "pages.evernote",
    "structured.spoken_xml",
    "structured.final_draft",
    "captions.timed_xml",
    "pages.podcast_html",
    "pages.web_page",
    "captions.youtube_captions",
    "markup.markdown_tables",
    "tables.drawn_tables",
    "tables.delimited",
)
TEXT_FORMATS = (
    "markup.latex",
    "markup.org_mode",
    "markup.asciidoc",
    "markup.notebooks",
    "markup.components",
    "tables.records",
    "labels.mails",
    "labels.threads",
    "labels.chats",
    "labels.speaker_lines",
    "captions.timed_lines",
    "labels.screenplay",
    "markup.restructured",
    "markup.forum_markup",
    "markup.wiki_text",
    "labels.signed_turns",
    "prose.article",
    "prose.newsletter",
    "prose.quotes",
    "markup.markdown",
    "labels.labelled",
)
FALLBACK = "prose.paragraphs"

_TABLE_SAMPLE = 20  # lines
_COLUMN_NAME = re.compile(r"[^\W\d][\w/()-]*(?: [\w/()-]+){0,2}")
_XML = re.compile(
    r"\s*(?:<\?xml[^<>]*>\s*)?<(?:rss|feed|opml|urlset|plist|svg)[\s>]", re.IGNORECASE
)
_TOML_START = re.compile(r"\[{1,2}[\w.\"' -]+\]{1,2}\s*(?:#.*)?$|[\w.\"'-]+\s*=\s*\S")


def detect(source: SourceFile) -> Reader:
    """The first reader whose ``sniff`` agrees. Raises UnreadableFile for what is no transcript."""
    if not source.text.strip():
        raise UnreadableFile(f"{source.name}: empty", "Leave it out.")
    machine_format = _first(MACHINE_FORMATS, source)
    if machine_format:
        return machine_format
    for what, is_such in _NOT_TRANSCRIPTS:
        if is_such(source.text):
            raise UnreadableFile(f"{source.name}: {what}, not a transcript")
    return _first(TEXT_FORMATS, source) or _reader(FALLBACK)


def read(source: SourceFile) -> Reading:
    """Detect and read. Raises UnreadableFile with the reason."""
    if mail := opened(source):
        reading = read(mail.source)
        return replace(reading, title=mail.title or reading.title, date=reading.date or mail.date)
    if source.document:
        source = converted(source)
    reading = detect(source).read(source)
    if not reading.turns:
        raise UnreadableFile(f"{source.name}: {reading.format} without any text")
    form = source.document or reading.format
    return replace(reading, format=form, notes=source.notes + reading.notes)


def _first(names: tuple[str, ...], source: SourceFile) -> Reader | None:
    return next((reader for name in names if (reader := _reader(name)).sniff(source)), None)


@cache
def _reader(name: str) -> Reader:
    return cast(Reader, import_module(f"ingest.readers.{name}"))


def _is_table(text: str) -> bool:
    """Several lines with the same three or more columns, below a header without prose."""
    lines = [line for line in text[:100_000].split("\n") if line.strip()][:_TABLE_SAMPLE]
    return any(_has_columns(lines, delimiter) for delimiter in "\t,;|")


def _has_columns(lines: list[str], delimiter: str) -> bool:
    if not lines or f"{delimiter} " in lines[0]:
        return False
    try:
        rows = list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return False
    widths = {len(row) for row in rows}
    is_regular = len(rows) > 1 and len(widths) == 1 and len(rows[0]) >= 3
    return is_regular and all(_COLUMN_NAME.fullmatch(cell.strip()) for cell in rows[0])


def _is_configuration(text: str) -> bool:
    lines = (line.strip() for line in text.split("\n"))
    first = next((line for line in lines if line and not line.startswith("#")), "")
    if not _TOML_START.match(first):
        return False
    try:
        return bool(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError):
        return False


def _is_data_in_xml(text: str) -> bool:
    return _XML.match(text) is not None


_NOT_TRANSCRIPTS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("a table of columns", _is_table),
    ("a feed or other data in XML", _is_data_in_xml),
    ("a configuration file", _is_configuration),
)
