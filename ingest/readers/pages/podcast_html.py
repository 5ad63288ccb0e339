"""HTML transcripts of Podcasting 2.0: ``<cite>`` speaker, ``<time>`` start, ``<p>`` text."""

from __future__ import annotations

import re
from collections import Counter

from bs4 import BeautifulSoup
from bs4.element import Tag

from ingest.readers.dates import date_in
from ingest.readers.lines import without_comments
from ingest.readers.pages.html_lines import DOCUMENT
from ingest.readers.pages.page_dates import published_date
from ingest.readers.timestamps import seconds
from ingest.superscripts import with_raised_numbers
from ingest.transcript import Reading, SourceFile, TranscriptBuilder
from kb.errors import UnreadableFile

FORMAT = "Podcasting 2.0 HTML"

# A tag that does not end: the parser of the standard library looks for its end from each anew.
_NO_TAG = re.compile(r"<(?=[^<>]*(?:<|\Z))")
# A paragraph closes the one before, as browsers do, and whatever is left open would grow with it.
_MARK = re.compile(r"<(?=(?:cite|time)\b)", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<(?=p\b)", re.IGNORECASE)
_CITES = re.compile(r"<(?:cite|(?P<paragraph>p))\b", re.IGNORECASE)
_CITE = re.compile(r"<cite\b[^>]*>.*?</cite>.*?<p\b", re.IGNORECASE | re.DOTALL)
_UNSPOKEN = ("script", "style", "template", "noscript", "nav", "head", "del", "s", "strike")
_SNIFFED = 20_000  # characters
_PARAGRAPHS_EACH = 4  # of a speaker at most, on average


def sniff(source: SourceFile) -> bool:
    """A page with a ``<cite>`` for every few paragraphs, or a part of one that begins with it."""
    head = source.text[:_SNIFFED]
    if not DOCUMENT.match(head):
        return head.lstrip().startswith("<") and bool(_CITE.search(head))
    marks = Counter(bool(mark["paragraph"]) for mark in _CITES.finditer(source.text))
    return marks[False] > 0 and _PARAGRAPHS_EACH * marks[False] >= marks[True]


def read(source: SourceFile) -> Reading:
    """Paragraphs, each with the speaker and the time named last. Raises UnreadableFile."""
    text = _NO_TAG.sub("&lt;", with_raised_numbers(without_comments(source.text)))
    closed = _MARK.sub("</cite></time><", _PARAGRAPH.sub("</cite></time></p><", text))
    soup = BeautifulSoup(closed, "html.parser")
    title = soup.title.get_text() if soup.title else ""
    for element in soup(_UNSPOKEN):
        element.decompose()
    builder = TranscriptBuilder(FORMAT, title=" ".join(title.split()) or None)
    builder.date = None if date_in(source.name) else published_date(source.text)
    _add_paragraphs(builder, soup)
    left_out = len(soup.get_text().split())
    if left_out:
        builder.notes.append(f"{left_out} words outside paragraphs were left out")
    reading = builder.build()
    if not reading.turns:
        raise UnreadableFile(f"{source.name}: HTML without paragraphs of text")
    return reading


def _add_paragraphs(builder: TranscriptBuilder, soup: BeautifulSoup) -> None:
    """Add what is understood, and take it out of the soup."""
    speaker: str | None = None
    start: float | None = None
    for element in soup.find_all(["cite", "time", "p"]):
        inner = element.find_all(["cite", "time"]) if element.name == "p" else [element]
        for mark in inner:
            text = mark.get_text()
            if mark.name == "time":
                start = seconds(text)
            else:
                speaker = " ".join(text.split()).rstrip(" :") or None
            mark.decompose()
        if element.name == "p" and not element.decomposed:
            _add_paragraph(builder, element, speaker, start)
            start = None
            element.decompose()


def _add_paragraph(
    builder: TranscriptBuilder, paragraph: Tag, speaker: str | None, start: float | None
) -> None:
    text = paragraph.get_text()
    line = paragraph.sourceline or 1
    first = line + text[: len(text) - len(text.lstrip())].count("\n")
    last = line + text.rstrip().count("\n")
    builder.speech(
        text, speaker=speaker, line=first, line_end=last, seconds=start, new_turn=speaker is None
    )
