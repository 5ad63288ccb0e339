"""A file as a document: read, speakers resolved, with title, date and an id of its own."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import replace
from pathlib import PurePosixPath

from ingest.detect import read
from ingest.readers.captions.rttm import assign, parse_rttm
from ingest.readers.dates import date_in, date_of_recording, stated_date
from ingest.sources.origins import Origin
from ingest.sources.sidecar import Entry
from ingest.speakers.doubtful_labels import doubt_labels
from ingest.speakers.identities import resolve_speakers
from ingest.speakers.turn_finder import find_turns
from ingest.transcript import Reading, SourceFile
from kb.types import Document

LONGEST_TITLE = 300  # characters; it stands beside every passage
_SLUG_LENGTH = 40  # characters
_LONGEST_HEAD = 2_000  # characters


def read_document(
    origin: Origin, source: SourceFile, diarization: SourceFile | None, entry: Entry | None
) -> Document:
    """Read a file into a document. The sidecar's ``entry`` goes before what the file says.

    ``diarization`` assigns speakers when the transcript names none. Raises UnreadableFile.
    """
    reading = read(source)
    if diarization and not any(turn.speaker for turn in reading.turns):
        reading = assign(reading, parse_rttm(diarization))
        note = f"speakers assigned from {diarization.name}"
        reading = replace(reading, notes=(*reading.notes, note))
    known = (*(entry.speakers if entry else ()), *reading.speakers)
    reading = find_turns(reading, source, known)
    reading, speakers = resolve_speakers(reading, entry)
    reading = doubt_labels(reading, speakers)
    return Document(
        id=document_id(origin),
        title=((entry and entry.title) or reading.title or title_from(origin.name))[:LONGEST_TITLE],
        source=origin.source,
        format=reading.format,
        date=(entry and entry.date)
        or reading.date
        or date_in(origin.name)
        or date_of_recording(_head(reading))
        or stated_date(_tail(reading))
        or date_in(reading.title or ""),
        link=(entry and entry.link) or reading.link,
        sha256=source.sha256,
        text=reading.text,
        speakers=speakers,
        turns=reading.turns,
        sections=reading.sections,
        anchors=reading.anchors,
        notes=reading.notes,
    )


def document_id(origin: Origin) -> str:
    """The file's name in plain letters and 8 hexadecimal digits that tell its place."""
    decomposed = unicodedata.normalize("NFKD", PurePosixPath(origin.name).stem)
    plain = decomposed.encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:_SLUG_LENGTH].strip("-") or "document"
    return f"{slug}-{hashlib.sha256(origin.key.encode()).hexdigest()[:8]}"


def title_from(name: str) -> str:
    """A file name as a title."""
    words = re.sub(r"[_\-\s]+", " ", PurePosixPath(name).stem).strip()
    return words[:1].upper() + words[1:] or name


def _tail(reading: Reading) -> str:
    """What stands below the last words of anybody who is named."""
    named = (turn.char_end for turn in reversed(reading.turns) if turn.speaker)
    return reading.text[next(named, len(reading.text)) :][:_LONGEST_HEAD]


def _head(reading: Reading) -> str:
    """What stands above the first words of anybody who is named; of anybody, if nobody is."""
    named = (turn.char_start for turn in reading.turns if turn.speaker and turn.kind == "speech")
    spoken = (turn.char_start for turn in reading.turns if turn.kind == "speech")
    return reading.text[: next(named, next(spoken, 0))][:_LONGEST_HEAD]
