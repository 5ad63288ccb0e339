"""Files and uploads as text: size limit, line ends.

Nothing of what comes in is trusted: neither its extension nor its size nor where a link points.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from ingest.sources.conversion import document_kind
from ingest.sources.encodings import decode
from ingest.transcript import SourceFile
from kb.errors import NotFound, TooLarge, UnreadableFile

SIZE_LIMIT = 64 * 1024 * 1024  # bytes


_SAVE_AS_TEXT = "Open it and save it as plain text, Markdown or HTML; then ingest that file."
_ZIPPED = (".docx", ".odt", ".epub", ".xlsx")  # forms that are read
_DOCUMENTS = (
    (b"PK\x03\x04", "a zipped file", "Unpack it; then ingest the files that it holds."),
    (b"\xd0\xcf\x11\xe0", "an old Word document", _SAVE_AS_TEXT),
    (b"ID3", "a recording", "Transcribe it first, for example with Whisper."),
)


def load_source(path: Path, *, folder: Path | None = None, limit: int = SIZE_LIMIT) -> SourceFile:
    """Read a file of at most ``limit`` bytes.

    With ``folder``, the folder that is being ingested, a symbolic link that leaves it is refused.
    Raises NotFound, TooLarge, or UnreadableFile.
    """
    try:
        if folder is not None and not path.resolve().is_relative_to(folder.resolve()):
            raise UnreadableFile(
                f"{path}: the link leads out of {folder}", "Name the file itself to ingest it."
            )
        data = _read_regular(path, limit)
    except FileNotFoundError as error:
        raise NotFound(f"{path}: no such file", "Check the path.") from error
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of symbolic links
        raise UnreadableFile(f"{path}: {error}", "Check the file's permissions.") from error
    return source_from_bytes(path.name, data, limit=limit)


def _read_regular(path: Path, limit: int) -> bytes:
    """The bytes of a file, which may grow or become something else while it is looked at."""
    _check_regular(path, path.stat())  # before it is opened: opening alone can move a device
    with open(path, "rb", opener=_without_waiting) as file:
        status = os.fstat(file.fileno())
        _check_regular(path, status)
        data = b"" if status.st_size > limit else file.read(limit + 1)
    if status.st_size > limit or len(data) > limit:
        raise _too_large(path.name, limit)
    return data


def _check_regular(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFile(f"{path}: not a regular file", "Name a file.")


def _without_waiting(name: str, flags: int) -> int:
    """Opens a pipe that nobody writes to, too, instead of waiting for a writer."""
    return os.open(name, flags | os.O_NONBLOCK)


def source_from_bytes(name: str, data: bytes, *, limit: int = SIZE_LIMIT) -> SourceFile:
    """Decode an upload; a document that ``detect.read`` will convert has no text yet.

    Raises TooLarge above ``limit`` bytes, UnreadableFile for binary data.
    """
    if len(data) > limit:
        raise _too_large(name, limit)
    if document := document_kind(data):
        return SourceFile(name, data, "", document=document)
    if data.startswith(b"PK") and name.lower().endswith(_ZIPPED):
        raise UnreadableFile(f"{name}: damaged, perhaps cut off", "Copy or export it anew.")
    for magic, what, hint in _DOCUMENTS:
        if data.startswith(magic):
            raise UnreadableFile(f"{name}: binary data ({what}), not text", hint)
    text, notes = decode(name, data)
    if "\0" in text:
        raise UnreadableFile(f"{name}: binary data, not text")
    return SourceFile(name, data, re.sub(r"\r\n?", "\n", text), notes)


def _too_large(name: str, limit: int) -> TooLarge:
    return TooLarge(f"{name}: larger than {limit / 1024**2:g} MiB")
