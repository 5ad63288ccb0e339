"""Whom an object in JSON names as its speaker."""

from __future__ import annotations

import re
from itertools import chain

from ingest.names import is_name
from ingest.readers.structured.json_values import Record, label

SPEAKER_KEYS = (
    "speaker", "speaker_name", "speakerName", "speaker_label", "speaker_id", "name", "participant",
    "speakerDisplayName", "speakerLabel", "speakerId", "participant_name", "participantName",
    "users",
)  # fmt: skip
_WRITER_KEYS = (
    "user_profile",
    "from",
    "sender",
    "author",
    "user",
    "username",
    "who",
    "creator",
    "sender_name",
    "source",
    "role",
)
_SPEAKER_KEY = re.compile(
    r"speaker_?(?:designation|title|display|text|tag|full_?name)", re.IGNORECASE
)
_DEVICES = frozenset("microphone mic speaker system system_audio".split())  # on one's own computer


def speaker_of(record: Record) -> str | None:
    """Whom a record names."""
    voice = label(record.get("voice"))
    if voice and is_name(voice) and str(record.get("speaker", "")).isdigit():
        return voice
    named = (label(record.get(key)) for key in SPEAKER_KEYS)
    written = (_writer(record, key) for key in _WRITER_KEYS)
    others = (label(record[key]) for key in record if _is_speaker_key(key))
    return next(filter(None, chain(named, written, others)), None)


def _is_speaker_key(key: str) -> bool:
    """``speakerDesignation`` and the like, whatever a program calls it; no numbers of it."""
    return _SPEAKER_KEY.fullmatch(key) is not None


def _writer(record: Record, key: str) -> str | None:
    """Who wrote a message, or by which device somebody was recorded.

    Text must be a name: programs have roles, and languages stand behind ``from``, too.
    """
    value = record.get(key)
    name = label(value) if isinstance(value, str | dict) else None
    if name is None or isinstance(value, dict):
        return name
    return name if (name in _DEVICES if key == "source" else is_name(name)) else None
