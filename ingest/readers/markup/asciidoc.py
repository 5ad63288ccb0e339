"""AsciiDoc: ``= Title``, ``== Heading``, ``Name:: text``, ``*Name:* text``."""

from __future__ import annotations

import re

from ingest.readers.dates import written_date
from ingest.readers.markup.translated import SNIFFED, come_back, label, read_as_markdown
from ingest.transcript import Reading, SourceFile

FORMAT = "AsciiDoc"

_HEADING = re.compile(r"(?P<marks>={1,6})\s+(?P<title>\S.{0,1000})")
_TITLE = re.compile(r"\s{0,200}(?:(?://|:).{0,500}\n\s{0,20}){0,20}= \S")
_SECTION = re.compile(r"^={2,5} \S", re.MULTILINE)
_ATTRIBUTE = re.compile(r":!?[\w-]{1,40}!?:(?:\s.*)?")
_TERM = re.compile(r"[*_]{0,2}(?P<term>[^\W\d_][^:*_]{0,80}?)[*_]{0,2}::(?:\s+(?P<rest>.*)|)")
_TERMS = re.compile(r"^[*_]{0,2}(?P<term>[^\W\d_][^:*_\n]{0,80}?)[*_]{0,2}::(?=\s|$)", re.MULTILINE)
_DATED = re.compile(r"(?:v?\d[\w.]{0,20},\s*)?(?P<date>\d{4}-\d{2}-\d{2})(?::.*)?")
_BLOCK_MARK = re.compile(r"\[[^\[\]]{0,200}\]|[-_=*.+]{4}|\+|--")
_BLOCK_TITLE = re.compile(r"\.(?=[^\W\d_])(.{1,200})")
_COMMENT = re.compile(r"//(?!/).*")
_ROLE = re.compile(r"\[[\w.#-]{1,40}\]#([^#]{1,200})#")
_BOLD = re.compile(r"(?<!\*)\*(?=[^\s*])([^*\n]{1,200}?)(?<=\S)\*(?!\*)")
_LINK = re.compile(r"(?:link:|https?://)[^\s\[\]]{1,500}\[([^\[\]]{0,200})\]")
_RULE = re.compile(r"'{3,}|<{3,}")


def sniff(source: SourceFile) -> bool:
    """A title of AsciiDoc above sections or terms, or terms that are people who come back."""
    text = source.text[:SNIFFED]
    terms = [found["term"] for found in _TERMS.finditer(text)]
    titled = _TITLE.match(text) is not None
    return come_back(terms) or (titled and _SECTION.search(text) is not None)


def read(source: SourceFile) -> Reading:
    """Terms are labels. The lines right below the title tell of the document."""
    lines: list[str] = []
    date: str | None = None
    talk = come_back(found["term"] for found in _TERMS.finditer(source.text))
    above: str | None = None  # the title while the lines below it follow
    for line in source.text.split("\n"):
        text = line.strip()
        if above is not None and text and not _HEADING.fullmatch(text):
            found = _DATED.fullmatch(text)
            date = date or (written_date(found["date"]) if found else None)
            lines.append("")
            continue
        heading = _HEADING.fullmatch(text)
        is_title = heading is not None and len(heading["marks"]) == 1
        above = text if is_title else None
        lines.append(_line(text, talk=talk))
    return read_as_markdown(source, "\n".join(lines), FORMAT, date=date)


def _line(text: str, *, talk: bool) -> str:
    if (
        _ATTRIBUTE.fullmatch(text)
        or _BLOCK_MARK.fullmatch(text)
        or _COMMENT.fullmatch(text)
        or not text
    ):
        return ""
    if _RULE.fullmatch(text):
        return "---"
    heading = _HEADING.fullmatch(text)
    if heading:
        return f"{'#' * len(heading['marks'])} {_inline(heading['title'])}"
    term = _TERM.fullmatch(text) if talk else None
    if term:
        return label(term["term"], _inline(term["rest"] or ""))
    return _inline(_BLOCK_TITLE.sub(r"\1", text) if _BLOCK_TITLE.fullmatch(text) else text)


def _inline(text: str) -> str:
    return _BOLD.sub(r"**\1**", _LINK.sub(r"\1", _ROLE.sub(r"\1", text)))
