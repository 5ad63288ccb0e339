"""Rich text (.rtf), by striprtf: its paragraphs, without their looks."""

from __future__ import annotations

from html import escape
from io import BytesIO

from striprtf.striprtf import rtf_to_text

from ingest.converters.page import page


def html(file: BytesIO) -> str:
    """Raises ValueError for a document without text."""
    source = file.read().decode("latin-1")
    text = rtf_to_text(source, errors="replace")  # type: ignore[no-untyped-call]  # it has no types
    paragraphs = [line.strip() for line in text.split("\n") if line.strip()]
    if not paragraphs:
        raise ValueError("it holds no text")
    return page(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
