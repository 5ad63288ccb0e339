"""What readers make of a file, as tests compare it."""

from __future__ import annotations

from pathlib import PurePosixPath

from ingest import detect
from ingest.documents import read_document
from ingest.sources.origins import Origin
from ingest.sources.source import source_from_bytes
from ingest.transcript import Reading
from kb.types import Document

Said = list[tuple[str | None, str]]


def read(text: str) -> Reading:
    """As an ingest reads it: the format is found by content."""
    return read_file("talk", text.encode())


def read_file(name: str, data: bytes) -> Reading:
    return detect.read(source_from_bytes(name, data))


def document(text: str) -> Document:
    """With its people, as far as the text tells who they are."""
    source = source_from_bytes("talk.txt", text.encode())
    origin = Origin("talk", str(PurePosixPath("talk.txt")), lambda: source, None, ())
    return read_document(origin, source, None, None)


def said(reading: Reading | Document) -> Said:
    """Who says what, turn after turn."""
    return [(turn.speaker, reading.text[turn.char_start : turn.char_end]) for turn in reading.turns]


def spoken(reading: Reading | Document) -> Said:
    """Who says what, without introductions and other turns that are no speech."""
    turns = zip(reading.turns, said(reading), strict=True)
    return [words for turn, words in turns if turn.kind == "speech"]
