"""Values in decoded JSON of strangers: what is missing or of the wrong type is nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ingest.readers.structured.located_json import located

Record = dict[str, Any]

_TEXT_KEYS = (
    "text",
    "content",
    "body",
    "transcript",
    "utterance",
    "sentence",
    "line",
    "said",
    "caption",
    "clean",
    "cleaned",
    "clean_text",
    "cleaned_text",
)
_WRITERS = frozenset("speaker from sender author user username name participant".split())
_NAME_KEYS = (
    "name",
    "display_name",
    "displayName",
    "full_name",
    "username",
    "label",
    "id",
    "source",
)

_SHOWN_KEYS = ("real_name", "realName", "nickname", "global_name", "display_name", "displayName")


@dataclass(frozen=True, slots=True)
class Utterance:
    """A stretch of text with its speaker's label; times in seconds."""

    text: str
    speaker: str | None
    start: float | None
    end: float | None


Shape = Callable[[Any], Iterator[Utterance]]


def records(data: Any, key: str) -> list[Record]:
    """The objects in the list ``data[key]``; none when there is no such list."""
    items = data.get(key) if isinstance(data, dict) else None
    if isinstance(items, dict) and items and all(map(str.isdecimal, items)):
        items = list(items.values())
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def text_of(record: Record) -> str:
    """The words of a record; a ``message`` only where somebody wrote it: programs write, too."""
    found = next((text for key in _TEXT_KEYS if (text := _joined(record.get(key)))), "")
    return found or (string(record.get("message")) if _WRITERS & record.keys() else "")


def _joined(value: Any) -> str:
    """A text, also one in pieces, some of which are marked up: ``["It is ", {"text": "so"}]``."""
    if not isinstance(value, list):
        return string(value)
    pieces = [string(p.get("text")) if isinstance(p, dict) else string(p) for p in value]
    if not (pieces and all(pieces) and any(isinstance(piece, str) for piece in value)):
        return ""
    return located("".join(pieces), pieces[0])


def label(value: Any) -> str | None:
    """A speaker as printed; numbers, as Deepgram has them, become ``Speaker 0``."""
    if isinstance(value, list):
        people = [label(person) for person in value if isinstance(person, dict)]
        return " / ".join(filter(None, people)) or None
    if isinstance(value, dict):
        value = _shown(value) or next((value[key] for key in _NAME_KEYS if value.get(key)), None)
    if isinstance(value, int) and not isinstance(value, bool):
        return f"Speaker {value}"
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _shown(person: Record) -> str:
    """What a chat shows of somebody whose ``name`` is one that people log in by."""
    account = string(person.get("name"))
    is_name = " " in account or account[:1].isupper()
    return "" if is_name else next(filter(None, (string(person.get(k)) for k in _SHOWN_KEYS)), "")
