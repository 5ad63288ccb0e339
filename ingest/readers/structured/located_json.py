"""JSON whose strings know where they stand in the file.

The standard decoder does the work; only its hook for strings is ours.
"""

from __future__ import annotations

import json
import json.scanner
import re
from bisect import bisect_left
from collections import Counter
from typing import Any

from ingest.transcript import SourceFile
from kb.errors import UnreadableFile

UNSTORABLE = re.compile("[\0\ud800-\udfff]")  # valid in JSON, but not in UTF-8 text or SQLite

_BETWEEN = re.compile(r"[ \t]*\n\s*(?=\{)")


class LocatedString(str):
    """A string value and the offset of its closing quotation mark."""

    __slots__ = ("offset",)
    offset: int


def located(text: str, place: str) -> str:
    """``text``, which was made of ``place`` and what follows it, where ``place`` stands."""
    made = LocatedString(text)
    made.offset = place.offset if isinstance(place, LocatedString) else 0
    return made


class _Decoder(json.JSONDecoder):
    def __init__(self) -> None:
        super().__init__(object_pairs_hook=_record, strict=False)
        self.parse_string = _parse_string
        # The C scanner ignores parse_string; the stubs leave out its Python twin.
        self.scan_once = json.scanner.py_make_scanner(self)  # type: ignore[attr-defined]


def _parse_string(text: str, start: int, strict: bool) -> tuple[LocatedString, int]:
    # the stubs leave it out
    value, end = json.decoder.scanstring(text, start, strict)  # type: ignore[attr-defined]
    located = LocatedString(UNSTORABLE.sub("\ufffd", value))
    located.offset = end
    return located, end


def _record(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        counted = Counter(key for key, _ in pairs)
        repeated = counted.most_common(1)[0][0]
        raise ValueError(f"the key {repeated!r} stands twice in one object")
    return record


def load_json(source: SourceFile) -> Any:
    """Decode the file. Raises UnreadableFile for anything that is not plain, unambiguous JSON."""
    try:
        return _decoded(source.text.strip())
    except RecursionError as error:
        raise UnreadableFile(f"{source.name}: JSON nested too deeply") from error
    except ValueError as error:
        raise UnreadableFile(f"{source.name}: not usable JSON: {error}") from error


def _decoded(text: str) -> Any:
    """One value; or the list of those that stand in lines of their own (JSON Lines)."""
    decoder = _Decoder()
    value, end = decoder.raw_decode(text)
    if end == len(text) or not isinstance(value, dict):
        return decoder.decode(text)
    values = [value]
    while end < len(text):
        between = _BETWEEN.match(text, end)
        if between is None:
            return decoder.decode(text)
        value, end = decoder.raw_decode(text, between.end())
        values.append(value)
    return values


class LineNumbers:
    """Lines of the file for located strings."""

    def __init__(self, source: SourceFile) -> None:
        stripped = source.text.strip()
        self._first = source.text.count("\n", 0, source.text.find(stripped)) + 1
        self._breaks = [match.start() for match in re.finditer("\n", stripped)]

    def of(self, value: str) -> int:
        offset = value.offset if isinstance(value, LocatedString) else 0
        return self._first + bisect_left(self._breaks, offset)
