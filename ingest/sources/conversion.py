"""Documents of word processors, printers and book makers, as web pages that the readers know.

Their formats are large and their parsers have had holes, so a file is converted in a process of its
own, with limits on its time and memory: one that is hostile is refused, and nothing else happens.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from dataclasses import replace

from ingest.transcript import SourceFile
from kb.errors import UnreadableFile
from kb.settings import PREFIX

LONGEST = 120.0  # seconds
LONGEST_REASON = 200  # characters
MOST_UNPACKED = 256 * 1024 * 1024  # bytes of a zipped document's parts together
_SAVE_AS_TEXT = "Open it and save it as plain text, Markdown or HTML; then ingest that file."
_ZIP = b"PK\x03\x04"
_MAGIC = ((b"%PDF-", "PDF"), (b"{\\rtf", "RTF"))
_ZIPPED = (
    ("word/document.xml", "Word"),
    ("xl/workbook.xml", "Excel"),
    ("META-INF/container.xml", "EPUB"),
    ("content.xml", "OpenDocument"),
)


def document_kind(data: bytes) -> str | None:
    """The format of a document that ``converted`` can read, by its content; else None."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    parts = _parts(data)
    return next((kind for part, kind in _ZIPPED if part in parts), None)


def converted(source: SourceFile) -> SourceFile:
    """The same file with its text as HTML, one paragraph on a line; a workbook as rows.

    Raises UnreadableFile when it is damaged, protected or empty, or takes too much time or memory.
    """
    assert source.document is not None
    if sum(_parts(source.data).values()) > MOST_UNPACKED:
        raise UnreadableFile(f"{source.name}: too large when unpacked", _SAVE_AS_TEXT)
    # -P: nothing is imported from the folder that the user is in, which may hold anybody's files.
    command = [sys.executable, "-P", "-m", "ingest.converters", source.document.lower()]
    variables = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    try:
        done = subprocess.run(
            command,
            check=False,
            input=source.data,
            capture_output=True,
            timeout=LONGEST,
            env=variables,  # without keys and passwords
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(
            f"{source.name}: converting this {source.document} file took over {LONGEST:.0f} s",
            _SAVE_AS_TEXT,
        ) from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        ended = "it takes too much time or memory" if done.returncode < 0 else "it is damaged"
        reason = said.split("\n")[-1][:LONGEST_REASON] or ended
        raise UnreadableFile(
            f"{source.name}: this {source.document} file cannot be read: {reason}", _SAVE_AS_TEXT
        )
    note = f"converted from {source.document}; lines count its paragraphs"
    return replace(source, text=done.stdout.decode("utf-8"), notes=(*source.notes, note))


def _parts(data: bytes) -> dict[str, int]:
    """The parts of a zipped document with their sizes unpacked, in bytes.

    None of one that is damaged: it is then refused like any other zipped file.
    """
    if not data.startswith(_ZIP):
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {part.filename: part.file_size for part in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return {}
