"""What JSON says of a conversation beside its words: title and date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.readers.dates import day_of
from ingest.readers.structured.json_values import Record, string

_TITLES = ("title", "episodetitle", "episodename", "headline")
_NAMES = ("name",)  # of the recording in its outermost object; elsewhere it is anybody's
_DATES = (
    "date", "recorded", "recordedat", "recordingdate", "daterecorded", "published", "publishedat",
    "publisheddate", "publishdate", "publicationdate", "datepublished", "pubdate", "releasedate",
    "airdate", "uploaddate", "datestring", "recordingstarttime", "scheduledstarttime",
    "meetingdate",
)  # fmt: skip
_ABOUT = frozenset(
    "metadata meta info episode podcast video recording meeting data transcript result".split()
)
_DEEPEST = 3  # objects within each other that tell of the whole
_FILE_NAME = re.compile(r"\.\w{2,4}$")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the whole file."""

    title: str | None = None
    date: str | None = None


def facts_of(data: Any) -> Facts:
    """Those of the outermost object go first, then those of objects that tell of the whole."""
    if not isinstance(data, dict):
        return Facts()
    objects = list(_objects(data, _DEEPEST))
    titles = [string(value) for found in objects for value in _values(found, _TITLES)]
    names = [string(value) for found in _named(data) for value in _values(found, _NAMES)]
    titles += [name for name in names if not _FILE_NAME.search(name)]
    dates = (day_of(string(v)) for found in objects for v in _values(found, _DATES))
    return Facts(
        next((title.strip() for title in titles if title.strip()), None),
        next(filter(None, dates), None),
    )


def _objects(data: Record, depth: int) -> Iterator[Record]:
    """An object and those within it that tell of the whole, from the outermost on."""
    level = [data]
    for _ in range(depth):
        yield from level
        level = [
            value
            for found in level
            for key, value in found.items()
            if isinstance(value, dict) and key.casefold() in _ABOUT
        ]


def _named(data: Record) -> Iterator[Record]:
    """The object that holds the words, where its name is that of the recording."""
    yield data
    if isinstance(inner := data.get("transcript"), dict):
        yield inner


def _values(found: Record, keys: tuple[str, ...]) -> Iterator[Any]:
    plain = {key.casefold().replace("_", "").replace("-", ""): v for key, v in found.items()}
    return (plain[key] for key in keys if key in plain)
