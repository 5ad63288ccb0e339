"""Bytes of strangers as text: which encoding they are in, and what had to be assumed."""

from __future__ import annotations

import codecs
import re

from kb.errors import UnreadableFile

_SAMPLE = 4096  # bytes
_FEWEST_PAIRS = 8
_GUESSED_BY = 200_000  # bytes
_FEWEST_TELLING = 8  # bytes beyond ASCII; by fewer the library sees Chinese in "Café"
_LATIN = ("cp1252", "cp1250", "iso8859_2")  # told apart by ourselves: few letters differ
_OTHERS = (
    "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "cp932", "gb18030", "big5", "cp949",
)  # fmt: skip
_NAMES = {
    "iso8859_2": "ISO-8859-2", "koi8_r": "KOI8-R", "cp932": "Shift-JIS", "big5": "Big5",
    "cp949": "EUC-KR",
}  # fmt: skip
_CONTROLS = re.compile(r"[\x80-\x9f]")
_DAMAGE = 4  # characters of several bytes for one that is broken, or it is not UTF-8

# What Polish and Czech letters look like when they are taken for Western European ones.
_SIGNS_AS_LETTERS = re.compile(
    r"(?<=[^\W\d_])[¡-©«-±´¶¸»-¿](?=[^\W\d_])|(?<!\w)[£¥¦¨¯³¹¼¾](?=[^\W\d_])"
)


def decode(name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text and notes on what had to be assumed. Raises UnreadableFile for binary data."""
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
            return _damaged_utf8(data) or _in_older(data)
    except (LookupError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"{name}: its encoding is unknown", "Save it as UTF-8.") from error


def _damaged_utf8(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    """UTF-8 with a few bytes that are not, which a crash or a careless tool leaves."""
    text = data.decode("utf-8-sig", errors="replace")
    broken = text.count("\ufffd")
    whole = sum(not char.isascii() for char in text) - broken
    if whole < _DAMAGE * broken:
        return None
    return text, (f"bytes that are not UTF-8 were replaced: {broken}",)


def _in_older(data: bytes) -> tuple[str, tuple[str, ...]]:
    """An encoding from before UTF-8, as its letters tell; LookupError when none fits."""
    from charset_normalizer import from_bytes

    sample = data[:_GUESSED_BY]
    best = None
    if sum(byte >= 0x80 for byte in sample) >= _FEWEST_TELLING:
        best = from_bytes(sample, cp_isolation=[*_LATIN, *_OTHERS]).best()
    candidates = (best.encoding,) if best and best.encoding in _OTHERS else _LATIN
    texts = {candidate: text for candidate in candidates if (text := _decoded(data, candidate))}
    if not texts:
        raise LookupError(candidates[0])
    chosen = min(texts, key=lambda one: len(_SIGNS_AS_LETTERS.findall(texts[one])))
    return texts[chosen], (f"decoded as {_called(chosen)}",)


def _decoded(data: bytes, encoding: str) -> str | None:
    """The text; None where it cannot be, or would hold control characters that nobody types."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _CONTROLS.search(text) else text


def _called(encoding: str) -> str:
    """The name that people know: Windows-1252, KOI8-R, ISO-8859-2."""
    if encoding in _NAMES:
        return _NAMES[encoding]
    return re.sub(r"^CP(?=125\d$)", "Windows-", encoding.upper())


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
