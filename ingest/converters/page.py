"""A web page made of paragraphs and headings, each on a line of its own."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


def page(blocks: Iterable[str], title: str = "") -> str:
    """A page of blocks that are HTML already."""
    head = f"<!DOCTYPE html><html><head><title>{escape(title)}</title></head><body>"
    return "\n".join([head, *blocks, "</body></html>", ""])
