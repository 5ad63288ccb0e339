"""Word documents (.docx), by mammoth: headings, bold labels and tables as HTML."""

from __future__ import annotations

import re
import zipfile
from contextlib import suppress
from io import BytesIO
from xml.etree import ElementTree as ET

import mammoth

from ingest.converters.archive import xml
from ingest.converters.page import page

_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='Heading 1'] => h2:fresh
p[style-name='Heading 2'] => h3:fresh
p[style-name='Heading 3'] => h4:fresh
"""
_BLOCK_END = re.compile(r"(</(?:h[1-6]|li|tr|table|ul|ol)>|</p>(?!</td>))")
# Words that were made bold piece by piece; paragraphs of a cell with one; notes and their signs.
_PIECES = re.compile(r"</strong>(\s*)<strong>")
_CELL = re.compile(r"<td([^>]*)><p>((?:(?!</?p>|<t[adr]|<[uo]l).)*)</p></td>", re.DOTALL)
_NOTE_SIGN = re.compile(r'<sup><a href="#(?:foot|end)note-[^"]*" id="[^"]*">\[\d+\]</a></sup>')
_NOTES = re.compile(r'<ol>\s*<li id="(?:foot|end)note-.*?</ol>', re.DOTALL)
_PROPERTIES = "docProps/core.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_TAG = re.compile(r"<[^>]*>")


def html(file: BytesIO) -> str:
    """Raises ValueError for a document without text; mammoth's errors for a damaged one."""
    result = mammoth.convert_to_html(file, style_map=_STYLES, convert_image=_no_image)
    text = _NOTES.sub("", _NOTE_SIGN.sub("", result.value))
    text = _CELL.sub(r"<td\1>\2</td>", _PIECES.sub(r"\1", text))
    if not _TAG.sub("", text).strip():
        raise ValueError("it holds no text")
    return page([_BLOCK_END.sub("\\1\n", text)], _title(file))


def _title(file: BytesIO) -> str:
    """What the properties of the document call it; nothing where they are missing or damaged."""
    with zipfile.ZipFile(file) as archive, suppress(KeyError, ET.ParseError):
        return xml(archive, _PROPERTIES).findtext(_TITLE) or ""
    return ""


def _no_image(_: object) -> list[object]:
    return []
