"""A web page made of paragraphs and headings, each on a line of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from html import escape

from ingest.names import is_name

# What programs write where nobody gave a title.
_NO_TITLE = re.compile(
    r".*\.\w{2,5}|\(?(?:anonymous|untitled|unknown|unspecified)\b.*|microsoft word - .*|"
    r"(?:word |new )?document ?\d*|transcript|title",
    re.IGNORECASE,
)


# A name before a tab, as hanging indents have it.
_TABBED = re.compile(
    r"(?P<before><p\b[^<>]*>(?:<[a-z][^<>]*>)*)(?P<name>[^<>\t:]{2,60}?)\s*"
    r"(?P<behind>(?:</[a-z]+>)*)\t\s*(?P<inside>(?:</[a-z]+>)*)(?=\S)"
)
_SHARE = 4  # one of so many paragraphs at least


def with_colons(text: str) -> str:
    """``Name: text`` in place of ``Name<tab>text`` in paragraphs, where several names come back."""
    found = Counter(match["name"].strip() for match in _TABBED.finditer(text))
    names = {name for name, count in found.items() if is_name(name) and count > 1}
    if len(names) < 2 or _SHARE * sum(found[name] for name in names) < text.count("<p"):
        return text

    def colon(match: re.Match[str]) -> str:
        name = match["name"].strip()
        if not is_name(name):
            return match.group()
        return f"{match['before']}{name}:{match['behind']}{match['inside']} "

    return _TABBED.sub(colon, text)


def page(blocks: Iterable[str], title: str = "", date: str = "") -> str:
    """A page of blocks that are HTML already."""
    title = " ".join(title.split())
    shown = "" if _NO_TITLE.fullmatch(title) else escape(title)
    published = f'<meta name="date" content="{escape(date)}">' if date else ""
    head = f"<!DOCTYPE html><html><head><title>{shown}</title>{published}</head><body>"
    return with_colons("\n".join([head, *blocks, "</body></html>", ""]))
