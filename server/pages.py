"""The HTML pages: the question page (a static file) and a document's transcript.

Transcripts are untrusted: everything goes through ``html.escape``, and the content security
policy allows no inline script. A link to ``/documents/ID#c=START-END`` highlights the characters
START to END of the canonical text; ``static/transcript.js`` finds them by ``data-start``, the
offset at which the text of an element begins.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import APIRouter
from fastapi.responses import FileResponse, HTMLResponse

from kb.types import Document, Section, Turn
from server.service import ReadyKnowledgeBase

STATIC = Path(__file__).parent / "static"
PARAGRAPH = "\n\n"

pages = APIRouter(include_in_schema=False)


@pages.get("/")
def index() -> FileResponse:
    """The page with the question box."""
    return FileResponse(STATIC / "index.html")


@pages.get("/documents/{document_id}")
def transcript(knowledge_base: ReadyKnowledgeBase, document_id: str) -> HTMLResponse:
    """The transcript of a document."""
    return HTMLResponse(transcript_page(knowledge_base.document(document_id)))


def transcript_page(document: Document) -> str:
    """A whole HTML page; each paragraph carries its offset in the canonical text."""
    title = escape(document.title)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/style.css">
<script type="module" src="/static/transcript.js"></script>
</head>
<body>
<header class="page"><a href="/">← Ask the transcripts</a></header>
<main class="transcript">
<h1>{title}</h1>
<p class="facts">{_facts(document)}</p>
{"".join(_blocks(document))}
</main>
</body>
</html>
"""


def _facts(document: Document) -> str:
    names = ", ".join(speaker.name for speaker in document.speakers)
    facts = [escape(fact) for fact in (names, document.date, document.format) if fact]
    if document.link and urlsplit(document.link).scheme in ("http", "https"):
        facts.append(f'<a href="{escape(document.link)}" rel="noopener noreferrer">source</a>')
    return " · ".join(facts)


def _blocks(document: Document) -> Iterator[str]:
    """Headings and turns in reading order; a heading stands before the turn it opens."""
    blocks: list[Section | Turn] = [s for s in document.sections if s.kind != "title"]
    blocks.extend(document.turns)
    for block in sorted(blocks, key=lambda block: block.char_start):
        if isinstance(block, Section):
            yield _heading(document, block)
        else:
            yield _turn(document, block)


def _heading(document: Document, section: Section) -> str:
    """A heading; one that is not printed in the text has no offset."""
    printed = document.text.startswith(section.title, section.char_start)
    offset = f' data-start="{section.char_start}"' if printed else ' class="unprinted"'
    level = min(section.level + 1, 6)
    return f"<h{level}{offset}>{escape(section.title)}</h{level}>\n"


def _turn(document: Document, turn: Turn) -> str:
    speaker = f'<span class="speaker">{escape(turn.speaker)}</span>' if turn.speaker else ""
    time = "" if turn.start_seconds is None else f"<time>{clock(turn.start_seconds)}</time>"
    label = f'<div class="label">{speaker} {time}</div>\n' if speaker or time else ""
    paragraphs = "".join(
        f'<p data-start="{start}">{escape(text)}</p>\n'
        for start, text in _paragraphs(document, turn)
    )
    return f'<section class="turn {turn.kind}">\n{label}{paragraphs}</section>\n'


def _paragraphs(document: Document, turn: Turn) -> Iterator[tuple[int, str]]:
    start = turn.char_start
    for text in document.text[turn.char_start : turn.char_end].split(PARAGRAPH):
        yield start, text
        start += len(text) + len(PARAGRAPH)


def clock(seconds: float) -> str:
    """Seconds as ``mm:ss``, or ``h:mm:ss`` from an hour on."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute:02}:{second:02}"
