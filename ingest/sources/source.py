"""Files and uploads as text: size limit, encodings, line ends.

Nothing of what comes in is trusted: neither its extension nor its size nor where a link points.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
from pathlib import Path

from ingest.sources.conversion import document_kind
from ingest.transcript import SourceFile
from kb.errors import NotFound, TooLarge, UnreadableFile

_SAMPLE = 4096  # bytes
_FEWEST_PAIRS = 8
_LETTERS = 200_000  # bytes by which the alphabet is told
_FEWEST_LETTERS = 40
_GREEK_SHARE = 25  # one of so many letters has an accent in Greek
SIZE_LIMIT = 64 * 1024 * 1024  # bytes


_SAVE_AS_TEXT = "Open it and save it as plain text, Markdown or HTML; then ingest that file."
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
    for magic, what, hint in _DOCUMENTS:
        if data.startswith(magic):
            raise UnreadableFile(f"{name}: binary data ({what}), not text", hint)
    text, notes = _decode(name, data)
    if "\0" in text:
        raise UnreadableFile(f"{name}: binary data, not text")
    return SourceFile(name, data, re.sub(r"\r\n?", "\n", text), notes)


def _too_large(name: str, limit: int) -> TooLarge:
    return TooLarge(f"{name}: larger than {limit / 1024**2:g} MiB")


def _decode(name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16"), ()
        unmarked = _unmarked_utf16(data[:_SAMPLE])
        if unmarked:
            return data.decode(unmarked), ("decoded as UTF-16 without a byte order mark",)
        if b"\0" in data:
            raise UnreadableFile(f"{name}: binary data, not text")
        try:
            return data.decode("utf-8-sig"), ()
        except UnicodeDecodeError:
            code, called = _one_byte_code(data)
            return data.decode(code), (f"decoded as {called}",)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"{name}: its encoding is none of UTF-8, UTF-16 and Windows-1252", "Save it as UTF-8."
        ) from error


def _one_byte_code(data: bytes) -> tuple[str, str]:
    """Which of the codes of one byte: where letters are hardly of the Latin alphabet, that of
    another, by where its capitals and small letters lie.
    """
    data = data[:_LETTERS]
    latin = sum(1 for byte in data if chr(byte).isascii() and chr(byte).isalpha())
    upper = sum(1 for byte in data if 0xC0 <= byte <= 0xDF)
    lower = sum(1 for byte in data if byte >= 0xE0)
    signs = sum(1 for byte in data if 0x80 <= byte < 0xC0)
    letters = upper + lower
    if letters < _FEWEST_LETTERS or 2 * latin > letters or 10 * signs > letters:
        return "cp1252", "Windows-1252"
    if upper > lower:
        return "koi8-r", "KOI8-R"
    accented = sum(1 for byte in data if 0xDC <= byte <= 0xDF)
    if upper and _GREEK_SHARE * accented > letters:
        return "cp1253", "Windows-1253"
    return ("cp1251", "Windows-1251") if upper else ("cp1255", "Windows-1255")


def _unmarked_utf16(sample: bytes) -> str | None:
    """UTF-16 of mostly Western text has a zero in every second byte, and in no other."""
    half = len(sample) // 2
    for encoding, zeros, others in (
        ("utf-16-le", sample[1::2], sample[::2]),
        ("utf-16-be", sample[::2], sample[1::2]),
    ):
        if half > _FEWEST_PAIRS and 10 * zeros.count(0) > 9 * half and 0 not in others:
            return encoding
    return None
