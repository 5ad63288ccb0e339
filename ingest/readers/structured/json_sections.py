"""JSON in pieces: turns below headings that name speakers, as Spotify's players load it, and
tokens, some of which are parts of words, as Soniox writes them.

``{"section": [{"title": {"title": "Ada Vale"}}, {"text": {"sentence": {"text": "…"}}}, …]}``
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest.readers.structured.json_values import Record, Utterance, label, records, string
from ingest.readers.structured.located_json import located
from ingest.readers.timestamps import MILLISECONDS, seconds

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


def tokens(data: Any) -> Iterator[Utterance]:
    """A word begins with a space."""
    word: list[Record] = []
    for token in [*records(data, "tokens"), {"text": " "}]:
        text = string(token.get("text"))
        if word and text[:1].isspace():
            yield _word(word)
            word = []
        if text.strip():
            word.append(token)


def _word(pieces: list[Record]) -> Utterance:
    texts = [string(piece.get("text")) for piece in pieces]
    start = seconds(pieces[0].get("start_ms"), MILLISECONDS)
    end = seconds(pieces[-1].get("end_ms"), MILLISECONDS)
    speaker = str(pieces[0].get("speaker") or "")
    named = label(int(speaker) if speaker.isdecimal() and len(speaker) < 4 else speaker)
    return Utterance(located("".join(texts).strip(), texts[0]), named, start, end)


def are_tokens(data: Record) -> bool:
    """Words and their parts, each with a time."""
    found = [token for token in records(data, "tokens") if string(token.get("text")).strip()]
    spaced = sum(1 for token in found if string(token.get("text"))[:1].isspace())
    return spaced > 0 and all("start_ms" in token for token in found)
