"""Word documents (.docx), by mammoth: headings, bold labels and tables as HTML."""

from __future__ import annotations

import re
from io import BytesIO

import mammoth

from ingest.converters.page import page

_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='Heading 1'] => h2:fresh
p[style-name='Heading 2'] => h3:fresh
p[style-name='Heading 3'] => h4:fresh
"""
_BLOCK_END = re.compile(r"(</(?:h[1-6]|li|tr|table|ul|ol)>|</p>(?!</td>))")
_TAG = re.compile(r"<[^>]*>")


def html(file: BytesIO) -> str:
    """Raises ValueError for a document without text; mammoth's errors for a damaged one."""
    result = mammoth.convert_to_html(file, style_map=_STYLES, convert_image=_no_image)
    if not _TAG.sub("", result.value).strip():
        raise ValueError("it holds no text")
    return page([_BLOCK_END.sub("\\1\n", result.value)])


def _no_image(_: object) -> list[object]:
    return []
