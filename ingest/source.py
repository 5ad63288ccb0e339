"""Files and uploads as text: size limit, encodings, line ends.

Nothing of what comes in is trusted: neither its extension nor its size nor where a link points.
"""

from __future__ import annotations

import codecs
import re
import stat
from pathlib import Path

from ingest.transcript import SourceFile
from kb.errors import NotFound, TooLarge, UnreadableFile

SIZE_LIMIT = 64 * 1024 * 1024  # bytes


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
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableFile(f"{path}: not a regular file", "Name a file.")
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError as error:
        raise NotFound(f"{path}: no such file", "Check the path.") from error
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of symbolic links
        raise UnreadableFile(f"{path}: {error}", "Check the file's permissions.") from error
    return source_from_bytes(path.name, data, limit=limit)


def source_from_bytes(name: str, data: bytes, *, limit: int = SIZE_LIMIT) -> SourceFile:
    """Decode an upload. Raises TooLarge above ``limit`` bytes, UnreadableFile for binary data."""
    if len(data) > limit:
        raise TooLarge(f"{name}: larger than {limit / 1024**2:g} MiB")
    text, notes = _decode(name, data)
    if "\0" in text:
        raise UnreadableFile(f"{name}: binary data, not text")
    return SourceFile(name, data, re.sub(r"\r\n?", "\n", text), notes)


def _decode(name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16"), ()
        if b"\0" in data:
            raise UnreadableFile(f"{name}: binary data, not text")
        try:
            return data.decode("utf-8-sig"), ()
        except UnicodeDecodeError:
            return data.decode("cp1252"), ("decoded as Windows-1252",)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"{name}: its encoding is none of UTF-8, UTF-16 and Windows-1252", "Save it as UTF-8."
        ) from error
