"""The HTML pages: the question page (a static file) and a document's transcript.

Transcripts are untrusted: everything goes through ``html.escape``, and the content security
policy allows no inline script. A link to ``/documents/ID#c=START-END-FINGERPRINT`` highlights the
characters START to END of the canonical text; ``static/transcript.js`` finds them by
``data-start``, the offset at which the text of an element begins, and by their fingerprint
(``kb/links.py``) when the transcript has changed since.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import APIRouter
from fastapi.responses import FileResponse, HTMLResponse

from kb.answers.caveats import SURE
from kb.errors import NotFound
from kb.text.plain_text import clock
from kb.types import Document, Section, Turn
from server.service import ReadyKnowledgeBase

STATIC = Path(__file__).parent / "static"
PARAGRAPH = "\n\n"
COLOURS = 12
OUTLINE_SHOWN = 8  # sections; a longer outline is folded

pages = APIRouter(include_in_schema=False)


@pages.get("/")
@pages.get("/search")
@pages.get("/claims")
@pages.get("/documents")
def app_page() -> FileResponse:
    """The one page that shows questions, searches, claims and documents, by its address."""
    return FileResponse(STATIC / "index.html")


@pages.get("/documents/{document_id}")
def transcript(knowledge_base: ReadyKnowledgeBase, document_id: str) -> HTMLResponse:
    """The transcript of a document; links outlive the documents that they lead to."""
    try:
        return HTMLResponse(transcript_page(knowledge_base.document(document_id)))
    except NotFound:
        return HTMLResponse(missing_page(), status_code=404)


def transcript_page(document: Document) -> str:
    """A whole HTML page; each paragraph carries its offset in the canonical text."""
    title = escape(document.title)
    return _page(
        title,
        f"""<main class="transcript transcript-page">
<h1><bdi>{title}</bdi></h1>
<p class="facts">{_facts(document)}</p>
{_outline(document)}{"".join(_blocks(document))}
</main>""",
        '<script type="module" src="/static/transcript_page.js"></script>\n',
    )


def missing_page() -> str:
    """What a link to a document that is gone leads to."""
    return _page(
        "No such transcript",
        """<main class="transcript">
<h1>This transcript is not here</h1>
<p>It was deleted, or is known under another name. <a href="/documents">All transcripts</a></p>
</main>""",
    )


def _page(title: str, body: str, script: str = "") -> str:
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/style.css">
<script src="/static/theme.js"></script>
{script}</head>
<body>
<header class="page">
<a class="brand" href="/"><img src="/static/icon.svg" alt="" width="22" height="22"> Transcripts</a>
<nav aria-label="Pages"><a href="/">Ask</a> <a href="/search">Search</a>
<a href="/claims">Claims</a> <a href="/documents">Documents</a></nav>
</header>
{body}
</body>
</html>
"""


def _facts(document: Document) -> str:
    names = ", ".join(_name(speaker.name) for speaker in document.speakers)
    facts = [names, *(escape(fact) for fact in (document.date, document.format) if fact)]
    if link := recording(document.link):
        facts.append(f'<a href="{escape(link)}" rel="noopener noreferrer">source</a>')
    return " · ".join(fact for fact in facts if fact)


def _name(speaker: str) -> str:
    return f'<bdi class="speaker {colour(speaker)}">{escape(speaker)}</bdi>'


def colour(name: str) -> str:
    """The colour class of a name, the same here and in ``static/dom.js``."""
    total = 0
    for character in name:
        total = (total * 31 + ord(character)) % 9973
    return f"voice-{total % COLOURS}"


def recording(link: str | None, seconds: float | None = None) -> str | None:
    """The address of a recording, at a time of it; None when it is no web address."""
    try:
        parts = urlsplit(link or "")
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return None
    if seconds is None:
        return parts.geturl()
    if parts.hostname and parts.hostname.removeprefix("www.") in {"youtube.com", "youtu.be"}:
        query = [pair for pair in parse_qsl(parts.query) if pair[0] != "t"]
        return parts._replace(query=urlencode([*query, ("t", f"{int(seconds)}s")])).geturl()
    return parts._replace(fragment=f"t={int(seconds)}").geturl()


def _outline(document: Document) -> str:
    """Links to the sections, when there are several."""
    sections = [section for section in document.sections if section.kind != "title"]
    if len(sections) < 2:
        return ""
    items = "".join(
        f'<li class="level-{section.level}"><a href="#c={section.char_start}-{end}">'
        f"<bdi>{escape(section.title)}</bdi></a></li>\n"
        for section in sections
        for end in [section.char_start + (len(section.title) if _printed(document, section) else 1)]
    )
    open_now = " open" if len(sections) <= OUTLINE_SHOWN else ""
    return (
        f'<details class="outline"{open_now}><summary>{len(sections)} sections</summary>'
        f"<ul>\n{items}</ul></details>\n"
    )


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
    printed = _printed(document, section)
    offset = f' data-start="{section.char_start}"' if printed else ' class="unprinted"'
    level = min(section.level + 1, 6)
    return f"<h{level}{offset}>{escape(section.title)}</h{level}>\n"


def _printed(document: Document, section: Section) -> bool:
    return document.text.startswith(section.title, section.char_start)


def _turn(document: Document, turn: Turn) -> str:
    speaker = _name(turn.speaker) + _doubt(turn) if turn.speaker else ""
    time = "" if turn.start_seconds is None else _time(document, turn.start_seconds)
    label = f'<div class="label">{speaker} {time}</div>\n' if speaker or time else ""
    paragraphs = "".join(
        f'<p data-start="{start}">{escape(text)}</p>\n'
        for start, text in _paragraphs(document, turn)
    )
    return f'<section class="turn {turn.kind}">\n{label}{paragraphs}</section>\n'


def _doubt(turn: Turn) -> str:
    """A mark beside a name that the file does not print, or that its words contradict."""
    if turn.speaker_confidence == 1:
        return ""
    sure = turn.speaker_confidence >= SURE
    return f' <span class="caveat">(speaker {"inferred" if sure else "uncertain"})</span>'


def _time(document: Document, seconds: float) -> str:
    """A time of the recording, as a link to it where one is known."""
    shown = f"<time>{clock(seconds)}</time>"
    if link := recording(document.link, seconds):
        return f'<a href="{escape(link)}" rel="noopener noreferrer">{shown}</a>'
    return shown


def _paragraphs(document: Document, turn: Turn) -> Iterator[tuple[int, str]]:
    start = turn.char_start
    for text in document.text[turn.char_start : turn.char_end].split(PARAGRAPH):
        yield start, text
        start += len(text) + len(PARAGRAPH)
