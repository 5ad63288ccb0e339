"""JSON whose turns follow headings that name speakers, as Spotify's players load it.

``{"section": [{"title": {"title": "Ada Vale"}}, {"text": {"sentence": {"text": "…"}}}, …]}``
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest.readers.structured.json_values import (
    MILLISECONDS,
    Record,
    Utterance,
    label,
    records,
    seconds,
    string,
)

_KEYS = ("text", "fallback")


def sections(data: Any) -> Iterator[Utterance]:
    speaker: str | None = None
    for part in records(data, "section"):
        title = part.get("title")
        if isinstance(title, dict) and string(title.get("title")):
            speaker = label(string(title["title"]))
        text = _sentence(part)
        if text:
            yield Utterance(text, speaker, seconds(part.get("startMs"), MILLISECONDS), None)


def are_sections(data: Record) -> bool:
    return any(_sentence(part) for part in records(data, "section"))


def _sentence(part: Record) -> str:
    for key in _KEYS:
        outer = part.get(key)
        inner = outer.get("sentence") if isinstance(outer, dict) else None
        if isinstance(inner, dict) and string(inner.get("text")):
            return string(inner["text"])
    return ""
