"""reStructuredText: underlined headings, fields such as ``:Date:`` or ``:Name:``, directives."""

from __future__ import annotations

import re

from ingest.readers.dates import written_date
from ingest.readers.markup.translated import SNIFFED, come_back, label, read_as_markdown
from ingest.transcript import Reading, SourceFile

FORMAT = "reStructuredText"

_DIRECTIVE = re.compile(r"\.\. (?:[\w-]{1,40}::|_[^:]{1,80}:|\[\S{1,20}\]|\|)")
_FIELD = re.compile(r":(?P<name>[^\W\d_][^:\n]{0,60}):(?:\s+(?P<rest>.*)|)")
_FIELDS = re.compile(r"^:(?P<name>[^\W\d_][^:\n]{0,60}):(?=\s|$)", re.MULTILINE)
_DIRECTIVES = re.compile(r"^\.\. [\w-]{1,40}::", re.MULTILINE)
_ADORNMENT = re.compile(r"([=\-~^\"'`#*+.:_])\1{2,200}")
_LITERAL = re.compile(r"``([^`]{1,200})``")
_ROLE = re.compile(r":[\w-]{1,30}:`([^`<>]{1,200}?)(?:\s?<[^<>]{1,300}>)?`")
_LINK = re.compile(r"`([^`<>]{1,200}?)\s?<[^<>]{1,500}>`__?")
_LINE = re.compile(r"\|\s+(?=\S)")


def sniff(source: SourceFile) -> bool:
    """A directive, or fields: those of a document, or people who come back."""
    text = source.text[:SNIFFED]
    fields = [found["name"] for found in _FIELDS.finditer(text)]
    known = {"date", "author", "organization", "version", "status", "title", "speaker"}
    return (
        _DIRECTIVES.search(text) is not None
        or come_back(fields)
        or sum(1 for name in fields if name.casefold() in known) > 1
        or (len(fields) > 0 and fields[0].casefold() in known and _underlined(text))
    )


def read(source: SourceFile) -> Reading:
    """Fields of people who come back are labels; others tell of the document."""
    printed = [line.rstrip() for line in source.text.split("\n")]
    names = [found["name"] for line in printed if (found := _FIELD.fullmatch(line))]
    speaking = come_back(names)
    date: str | None = None
    lines: list[str] = []
    in_directive = False
    for line in printed:
        indented = line[:1].isspace()
        in_directive = in_directive and (indented or not line)
        if _DIRECTIVE.match(line):
            in_directive = True
        field = _FIELD.fullmatch(line)
        if in_directive:
            lines.append("")
        elif field and speaking:
            lines.append(label(field["name"], _inline(field["rest"] or "")))
        elif field:
            if field["name"].casefold() in {"date", "recorded", "published"}:
                date = date or written_date((field["rest"] or "").strip())
            lines.append("")
        else:
            lines.append(_inline(_LINE.sub("", line.strip(), count=1)))
    return read_as_markdown(source, "\n".join(_with_headings(lines)), FORMAT, date=date)


def _underlined(text: str) -> bool:
    lines = text[:2_000].split("\n")
    return any(_is_heading(lines, place) for place in range(len(lines)))


def _is_heading(lines: list[str], place: int) -> bool:
    """A line with an adornment below it that is as long as it is."""
    title = lines[place].strip()
    below = lines[place + 1].strip() if place + 1 < len(lines) else ""
    is_adorned = _ADORNMENT.fullmatch(below) and len(below) >= len(title)
    above = lines[place - 1].strip() if place else ""
    is_apart = not above or _ADORNMENT.fullmatch(above)
    is_text = bool(title) and _ADORNMENT.fullmatch(title) is None
    return bool(is_text and is_adorned and is_apart)


def _with_headings(lines: list[str]) -> list[str]:
    """Adorned titles as ``#`` headings; the first adornment is the outermost."""
    marks: list[str] = []
    kept = list(lines)
    for place in range(len(lines)):
        if not _is_heading(lines, place):
            continue
        above = lines[place - 1].strip() if place else ""
        over = _ADORNMENT.fullmatch(above) is not None
        mark = f"{lines[place + 1].strip()[0]}{over}"
        if mark not in marks:
            marks.append(mark)
        kept[place] = f"{'#' * min(6, marks.index(mark) + 1)} {lines[place].strip()}"
        kept[place + 1] = ""
        if over:
            kept[place - 1] = ""
    return kept


def _inline(text: str) -> str:
    return _LINK.sub(r"\1", _ROLE.sub(r"\1", _LITERAL.sub(r"\1", text)))
