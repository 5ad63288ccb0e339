"""Addresses of places in transcripts, relative to wherever the server runs."""

from __future__ import annotations

from urllib.parse import quote


def place_url(document_id: str, char_start: int, char_end: int) -> str:
    """The page of a transcript, with these characters of its canonical text highlighted."""
    return f"/documents/{quote(document_id, safe='')}#c={char_start}-{char_end}"
