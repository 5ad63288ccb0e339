"""Reads ``corpus.toml``: what is known about documents beside what their files say.

[[document]]
file = "interview-*.txt"        # or sha256 = "…"
title = "…"
date = "2023-07-16"
link = "https://…"
author = "…"                    # who wrote the text around the speech
quoted = "…"                    # whose words a collection of quotes holds

[[document.speaker]]
name = "Ada Vale"
role = "guest"
aliases = ["Ada", "AV"]
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from ingest.names import fold
from ingest.sources.source import load_source
from kb.errors import InputError, TooLarge
from kb.text.iso_dates import is_date
from kb.types import Speaker

FILE_NAME = "corpus.toml"
BUILT_IN = Path(__file__).resolve().parents[2] / "corpus" / FILE_NAME
_SIZE_LIMIT = 4 * 1024 * 1024  # bytes
_HINT = "The schema is described in the README; correct the entry or remove it."


class SpeakerEntry(BaseModel):
    """A person of a document and the labels under which the file prints them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1)
    role: Literal["host", "guest", "author", "commenter"] | None = None
    aliases: tuple[str, ...] = ()


class Entry(BaseModel):
    """What a sidecar says about one document."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str | None = None
    sha256: str | None = Field(default=None, pattern=r"^[0-9a-fA-F]{64}$")
    title: str | None = None
    date: str | None = None
    link: str | None = None
    author: str | None = None
    quoted: str | None = None
    speaker: tuple[SpeakerEntry, ...] = ()

    @field_validator("date", mode="before")
    @classmethod
    def _iso_date(cls, value: object) -> object:
        return value.isoformat()[:10] if isinstance(value, dt.date) else value

    @field_validator("date")
    @classmethod
    def _in_the_calendar(cls, value: str | None) -> str | None:
        if value is not None and not is_date(value):
            raise ValueError(f"“{value}” is not a date like 2023, 2023-07 or 2023-07-16")
        return value

    @model_validator(mode="after")
    def _names_a_document(self) -> Entry:
        if not self.file and not self.sha256:
            raise ValueError("needs `file` or `sha256`")
        return self

    @model_validator(mode="after")
    def _aliases_are_one_persons(self) -> Entry:
        """Labels that two people share would put the words of both into one mouth."""
        labels = [(label, s.name) for s in self.speaker for label in (s.name, *s.aliases)]
        owners: dict[str, str] = {}
        for label, name in labels:
            other = owners.setdefault(fold(label), name)
            if other != name:
                raise ValueError(f"“{label}” stands for both {other} and {name}")
        return self

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        """The declared speakers; their roles are not guesses."""
        return tuple(Speaker(s.name, s.role, False, s.aliases) for s in self.speaker)


@dataclass(frozen=True, slots=True)
class Sidecar:
    """One file of entries."""

    path: Path
    entries: tuple[Entry, ...]


def load_sidecar(path: Path) -> Sidecar:
    """Reads and checks a sidecar; raises InputError that names the file and the entry."""
    try:
        data = tomllib.loads(load_source(path, limit=_SIZE_LIMIT).text)
    except TooLarge as error:
        raise InputError(f"{path}: {error}", error.hint) from error
    except (tomllib.TOMLDecodeError, InputError, RecursionError) as error:
        raise InputError(f"{path}: cannot be read: {error}", _HINT) from error
    documents = data.get("document", [])
    if not isinstance(documents, list) or set(data) - {"document"}:
        raise InputError(f"{path}: only [[document]] entries are allowed", _HINT)
    entries = tuple(
        _entry(path, number, fields) for number, fields in enumerate(documents, start=1)
    )
    return Sidecar(path, entries)


def find_sidecars(places: Iterable[Path], corpus_file: Path | None = None) -> list[Sidecar]:
    """All sidecars that apply, most specific first.

    ``corpus_file`` is the one named in the settings; ``places`` are the files and folders being
    ingested, each of which may have a ``corpus.toml`` in it or beside it; the one that comes
    with the program is last.
    """
    candidates = [corpus_file] if corpus_file else []
    candidates += [(p if p.is_dir() else p.parent) / FILE_NAME for p in places]
    found: dict[Path, Sidecar] = {}
    for candidate in [*candidates, BUILT_IN]:
        if not (candidate.is_file() or candidate is corpus_file):
            continue
        path = candidate.resolve()
        if path not in found:
            found[path] = load_sidecar(path)
    return list(found.values())


def find_entry(path_name: str, sha256: str, sidecars: Sequence[Sidecar]) -> Entry | None:
    """The entry of a document: by hash first, then by file name pattern, in sidecar order.

    The sidecar that comes with the program names its samples ("panel.vtt") only for its own
    folder: somebody else's file of that name is not theirs.
    """
    entries = [entry for sidecar in sidecars for entry in sidecar.entries]
    for entry in entries:
        if entry.sha256 and entry.sha256.lower() == sha256.lower():
            return entry
    path = Path(path_name).resolve()
    for sidecar in sidecars:
        elsewhere = sidecar.path == BUILT_IN and not path.is_relative_to(BUILT_IN.parent)
        for entry in sidecar.entries:
            if elsewhere and entry.sha256 is None:
                continue
            if fits(entry, path.name):
                return entry
    return None


def fits(entry: Entry, file_name: str) -> bool:
    """Whether an entry's pattern is one of this file."""
    return bool(entry.file) and fnmatchcase(file_name, entry.file or "")


def _entry(path: Path, number: int, fields: object) -> Entry:
    try:
        return Entry.model_validate(fields)
    except ValidationError as error:
        name = fields.get("file") or fields.get("title") if isinstance(fields, dict) else None
        where = f"document {number}" + (f" ({name})" if name else "")
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        message = first["msg"].removeprefix("Value error, ")
        what = f"{field}: {message}" if field else message
        raise InputError(f"{path}: {where}: {what}", _HINT) from error
