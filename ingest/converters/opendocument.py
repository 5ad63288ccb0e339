"""OpenDocument texts (.odt): headings, bold labels and tables as HTML.

Only what is seen becomes text: neither notes, comments and tables of contents, nor what is hidden
or was deleted. Names of elements and attributes are those of OpenDocument 1.3, part 3.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape
from io import BytesIO
from itertools import groupby
from xml.etree import ElementTree as ET

from ingest.converters.archive import xml
from ingest.converters.page import page
from ingest.superscripts import raised

_NAMESPACE = "{{urn:oasis:names:tc:opendocument:xmlns:{}:1.0}}{}".format
_FORMATTING = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"


def _text(name: str) -> str:
    return _NAMESPACE("text", name)


_BODY = _NAMESPACE("office", "text")
_SHEETS = _NAMESPACE("office", "spreadsheet")
_STYLE = _NAMESPACE("style", "style")
_STYLE_NAME = _NAMESPACE("style", "name")
_FAMILY = _NAMESPACE("style", "family")
_PARENT = _NAMESPACE("style", "parent-style-name")
_TEXT_PROPERTIES = _NAMESPACE("style", "text-properties")
_POSITION = _NAMESPACE("style", "text-position")
_OF_STYLE = _text("style-name")
_TABLE, _ROW, _CELL = (_NAMESPACE("table", name) for name in ("table", "table-row", "table-cell"))
_HEAD_ROWS = _NAMESPACE("table", "table-header-rows")
_DRAWN = _NAMESPACE("drawing", "")  # pictures, shapes, text boxes, with their titles
_UNSPOKEN = {
    *map(_text, ("note", "table-of-content", "tracked-changes", "page-number", "page-count")),
    *map(_text, ("sequence-decls", "hidden-text", "hidden-paragraph", "ruby-text", "number")),
    *map(_text, ("alphabetical-index", "bibliography", "illustration-index", "user-index")),
    *map(_text, ("table-index", "object-index", "script")),
    *(_NAMESPACE("office", name) for name in ("annotation", "forms")),
}
_SPACES = {_text("tab"): "\t", _text("line-break"): "\n"}
_DEEPEST_HEADING = 6
_RAISED = re.compile(r"super|[1-9]")  # by name, or by a share of the size; lowered is negative
_ENCRYPTED = b"encryption-data"
_PARTS = ("styles.xml", "content.xml")  # programs may leave out the first
_WHITE = re.compile(r"[ \t\r\n]+")  # which OpenDocument takes for one space


@dataclass(frozen=True, slots=True)
class Look:
    """What a style says of its text; None where it leaves that to its parent or surroundings."""

    bold: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None

    def over(self, other: Look) -> Look:
        return Look(
            other.bold if self.bold is None else self.bold,
            other.hidden if self.hidden is None else self.hidden,
            other.raised if self.raised is None else self.raised,
        )


Styles = Mapping[tuple[str, str], ET.Element]  # by family and name
Run = tuple[str, bool]  # text, and whether it is bold


def html(file: BytesIO) -> str:
    """Raises ValueError for a document that is protected or has no text, KeyError without parts."""
    with zipfile.ZipFile(file) as archive:
        if _ENCRYPTED in archive.read("META-INF/manifest.xml"):
            raise ValueError("it is protected by a password")
        parts = [xml(archive, part) for part in _PARTS if part in archive.namelist()]
    *_, content = parts
    styles = {
        (style.get(_FAMILY, ""), style.get(_STYLE_NAME, "")): style
        for root in parts
        for style in root.iter(_STYLE)
    }
    body = next(content.iter(_BODY), None)
    body = next(content.iter(_SHEETS), None) if body is None else body
    blocks = [] if body is None else [*_blocks(body, styles)]
    if not blocks:
        raise ValueError("it holds no text")
    return page(blocks)


def _blocks(parent: ET.Element, styles: Styles) -> Iterator[str]:
    """Headings, paragraphs and tables, however deep they lie in sections and lists."""
    for element in parent:
        if _is_unspoken(element):
            continue
        if element.tag == _TABLE:
            yield from _table(element, styles)
        elif element.tag in {_text("p"), _text("h")}:
            if words := _inline(element, styles):
                tag = _block_tag(element, styles)
                yield f"<{tag}>{words}</{tag}>"
        else:
            yield from _blocks(element, styles)


def _is_unspoken(element: ET.Element) -> bool:
    hidden = element.get(_text("display")) == "none"
    return hidden or element.tag in _UNSPOKEN or element.tag.startswith(_DRAWN)


def _block_tag(element: ET.Element, styles: Styles) -> str:
    if element.tag == _text("h"):
        level = int(element.get(_text("outline-level"), "1")) + 1
        return f"h{min(level, _DEEPEST_HEADING)}"
    names = _ancestry("paragraph", element.get(_OF_STYLE, ""), styles)
    return next((tag for tag, name in (("h1", "Title"), ("h2", "Subtitle")) if name in names), "p")


def _table(table: ET.Element, styles: Styles) -> Iterator[str]:
    yield "<table>"
    for row in _rows(table):
        cells = ("<br>".join(_lines(cell, styles)) for cell in row if cell.tag == _CELL)
        yield f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
    yield "</table>"


def _rows(table: ET.Element) -> Iterator[ET.Element]:
    """Those of the table itself, however they are grouped, without the repeated head."""
    for element in table:
        if element.tag == _ROW:
            yield element
        elif element.tag not in {_HEAD_ROWS, _CELL}:
            yield from _rows(element)


def _lines(parent: ET.Element, styles: Styles) -> Iterator[str]:
    """The paragraphs of a cell, those of lists and of tables within it, too."""
    for element in parent:
        if element.tag in {_text("p"), _text("h")}:
            yield from filter(None, [_inline(element, styles)])
        elif not _is_unspoken(element):
            yield from _lines(element, styles)


def _inline(paragraph: ET.Element, styles: Styles) -> str:
    """The words of a paragraph; neighbouring pieces that are bold become one."""
    look = _look("paragraph", paragraph.get(_OF_STYLE, ""), styles)
    if paragraph.tag == _text("h"):
        look = replace(look, bold=False)  # headings are bold by nature
    marked = []
    for bold, pieces in groupby(_as_seen(_runs(paragraph, look, styles)), key=lambda run: run[1]):
        words = escape("".join(text for text, _ in pieces)).replace("\n", "<br>")
        marked.append(f"<strong>{words}</strong>" if bold and words.strip() else words)
    return "".join(marked).strip()


def _runs(element: ET.Element, look: Look, styles: Styles) -> Iterator[Run]:
    """The text within an element as it is seen, what comes after its children included."""
    if look.hidden:
        return
    bold = bool(look.bold)
    yield _words(element.text, look), bold
    for child in element:
        if child.tag == _text("s"):
            yield " " * int(child.get(_text("c"), "1")), bold
        elif child.tag in _SPACES:
            yield _SPACES[child.tag], bold
        elif not _is_unspoken(child):
            own = _look("text", child.get(_OF_STYLE, ""), styles)
            yield from _runs(child, own.over(look), styles)
        yield _words(child.tail, look), bold


def _words(text: str | None, look: Look) -> str:
    words = _WHITE.sub(" ", text or "")
    return raised(words) if look.raised else words


def _as_seen(runs: Iterable[Run]) -> Iterator[Run]:
    """Nobody sees whether a space is bold: it is as what stands before it."""
    bold = False
    for text, is_bold in runs:
        bold = is_bold if text.strip() else bold
        yield text, bold


def _look(family: str, name: str, styles: Styles) -> Look:
    look = Look()
    for style in (styles[family, each] for each in _ancestry(family, name, styles)):
        properties = style.find(_TEXT_PROPERTIES)
        if properties is not None:
            weight = properties.get(f"{_FORMATTING}font-weight")
            display = properties.get(_text("display"))
            position = properties.get(_POSITION)
            look = look.over(
                Look(
                    None if weight is None else weight in {"bold", "600", "700", "800", "900"},
                    None if display is None else display == "none",
                    None if position is None else bool(_RAISED.match(position)),
                )
            )
    return look


def _ancestry(family: str, name: str, styles: Styles) -> list[str]:
    """A style and those that it is derived from, each once."""
    found: list[str] = []
    while (family, name) in styles and name not in found:
        found.append(name)
        name = styles[family, name].get(_PARENT, "")
    return found
