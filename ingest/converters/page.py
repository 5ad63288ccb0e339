"""A web page made of paragraphs and headings, each on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

# What programs write where nobody gave a title.
_NO_TITLE = re.compile(
    r".*\.\w{2,5}|\(?(?:anonymous|untitled|unknown|unspecified)\b.*|microsoft word - .*|"
    r"(?:word |new )?document ?\d*|transcript|title",
    re.IGNORECASE,
)


def page(blocks: Iterable[str], title: str = "", date: str = "") -> str:
    """A page of blocks that are HTML already."""
    title = " ".join(title.split())
    shown = "" if _NO_TITLE.fullmatch(title) else escape(title)
    published = f'<meta name="date" content="{escape(date)}">' if date else ""
    head = f"<!DOCTYPE html><html><head><title>{shown}</title>{published}</head><body>"
    return "\n".join([head, *blocks, "</body></html>", ""])
