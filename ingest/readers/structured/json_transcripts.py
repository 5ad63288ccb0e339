"""JSON transcripts: Podcasting 2.0, what speech recognizers write, QMSum and others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ingest.readers.captions.caption_labels import with_labels
from ingest.readers.captions.cues import Cue, add_cues
from ingest.readers.pages import web_page
from ingest.readers.structured.inner_text import on_one_line, read_text
from ingest.readers.structured.json_facts import facts_of
from ingest.readers.structured.json_shapes import WHOLE_TEXT, shape_of
from ingest.readers.structured.json_values import Record, records, string, text_of
from ingest.readers.structured.located_json import LineNumbers, load_json
from ingest.readers.structured.loose_json import as_json
from ingest.transcript import Reading, SourceFile, TranscriptBuilder
from kb.errors import UnreadableFile

FORMAT = "JSON transcript"

_START = re.compile(r'\s*(?:\{\s*["}]|\[\s*(?:[{\]]|\[\s*[\d"]|"[^"\n]{1,4000}"\s*,\s*"))')

_LONG = 400  # characters of a talk in one string
_PAGES = ("content", "html", "content_html", "transcript_html", "body")
_DEEPEST = 5  # objects within each other in which a text is looked for
_LOOSE = re.compile(r"\s*(?:\[\s*)?\{\s*[A-Za-z_$]\w{0,60}\s*:")
_TAGGED = re.compile(r"</(?:p|div|li|h[1-6])>|<br", re.IGNORECASE)
_SCRIPT = re.compile(
    r"\s*(?:(?://.*|/\*[^*]{0,2000}\*/)\s*){0,9}(?:(?:export\s+)?(?:const|let|var)\s+\w{1,60}\s*=\s*"
    r"|export\s+default\s*|[A-Za-z_][\w.]{0,80}\s*=\s*|[A-Za-z_]\w{0,60}\(\s*)(?=[\[{])"
)


def sniff(source: SourceFile) -> bool:
    """Any JSON object, or list of objects or strings; ``read`` refuses what is no transcript."""
    text = _without_script(source.text)
    return bool(_START.match(text) or (text != source.text and _LOOSE.match(text)))


def read(source: SourceFile) -> Reading:
    """Raises UnreadableFile for malformed or ambiguous JSON and for JSON without a transcript."""
    plain = _without_script(source.text)
    is_script = plain != source.text
    source = replace(source, text=plain)
    try:
        data = load_json(source)
    except UnreadableFile:
        if not is_script:
            raise
        source = replace(source, text=as_json(source.text))
        data = load_json(source)
    if isinstance(data, list) and len(data) == 1 and isinstance(data[0], dict):
        data = data[0] if len(string(data[0].get("content"))) > _LONG else data
    facts = facts_of(data)
    lines = LineNumbers(source)
    found = shape_of(data)
    text = _whole_text(data) if isinstance(data, dict) and found in (None, WHOLE_TEXT) else ""
    labelled = _read_text(source, text, lines.of(text))
    if labelled:
        title, date = facts.title or labelled.title, facts.date or labelled.date
        return replace(labelled, title=title, date=date)
    if found is None:
        raise UnreadableFile(f"{source.name}: {_what_else(data)}")
    name, shape = found
    builder = TranscriptBuilder(name, title=facts.title, date=facts.date)
    cues = (Cue(u.text, lines.of(u.text), u.start, u.end, u.speaker) for u in shape(data))
    add_cues(builder, with_labels(cues))
    return builder.build()


def _whole_text(data: Record) -> str:
    """What stands in one string: the words, or a page of them, as publishers keep it."""
    rendered = (data[key].get("rendered") for key in _PAGES if isinstance(data.get(key), dict))
    pages = (string(data.get(key)) for key in _PAGES)
    known = text_of(data) or next(filter(None, map(string, (*rendered, *pages))), "")
    return known or max(_strings(data, _DEEPEST), key=len, default="")


def _strings(data: Any, depth: int) -> Iterator[str]:
    """All strings of an object and of those within it."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict) and depth:
        for value in data.values():
            yield from _strings(value, depth - 1)


def _read_text(source: SourceFile, text: str, line: int) -> Reading | None:
    inner = replace(source, data=b"", text=text)
    if _TAGGED.search(text) and web_page.sniff(inner):
        return on_one_line(web_page.read(inner), line, FORMAT)
    return read_text(source, text, line, FORMAT)


def _without_script(text: str) -> str:
    """JSON that a script gives a name; what stands around it becomes spaces, so that lines stay."""
    start = _SCRIPT.match(text)
    if start is None:
        return text
    blank = re.sub(r"[^\n]", " ", start.group())
    return blank + text[start.end() :].rstrip("; \n\t").removesuffix(")")


def _what_else(data: Any) -> str:
    if records(data, "chapters"):
        return "chapter marks (Podcasting 2.0), not a transcript"
    return "JSON, but no transcript of a known shape"
