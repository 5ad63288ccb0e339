"""JSON whose turns are no objects with keys: rows of times and text, names beside or in texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ingest.names import is_name
from ingest.readers.structured.json_values import Utterance, label
from ingest.readers.structured.located_json import located
from ingest.readers.timestamps import seconds

_LABELLED = re.compile(
    r"\s*(?:[\[(]?(?P<time>\d{1,3}(?::[0-5]\d){1,2}(?:\.\d{1,3})?)[\])]?\s{1,3})?"
    r"(?P<name>[^\s:][^:\n]{0,60}):\s{1,3}(?P<text>\S[\s\S]*)"
)


def pairs(data: Any) -> Iterator[Utterance]:
    """``[name, text]``, ``{name: text}`` or ``"name: text"``."""
    for item in data:
        name, text = _pair(item) or ("", "")
        time = _LABELLED.match(item) if isinstance(item, str) else None
        yield Utterance(text, label(name), seconds(time and time["time"]), None)


def pairs_within(data: Any) -> Iterator[Utterance]:
    """Pairs in a list of an object."""
    yield from pairs(_list_of_pairs(data))


def has_pairs(data: Any) -> bool:
    return bool(_list_of_pairs(data))


def _list_of_pairs(data: dict[str, Any]) -> list[Any]:
    lists = (value for value in data.values() if isinstance(value, list))
    return next(filter(are_pairs, lists), [])


def _pair(item: Any) -> tuple[str, str] | None:
    found = next(iter(item.items())) if isinstance(item, dict) and len(item) == 1 else item
    if isinstance(item, str) and (said := _LABELLED.fullmatch(item)):
        found = (said["name"], located(said["text"], item))
    if not isinstance(found, list | tuple) or len(found) != 2:
        return None
    name, text = found
    is_pair = isinstance(name, str) and isinstance(text, str) and is_name(name)
    return (name, text) if is_pair else None


def are_pairs(data: list[Any]) -> bool:
    """Whether names of several people come back beside texts."""
    found = [_pair(item) for item in data]
    names = [pair[0] for pair in found if pair]
    return len(names) == len(data) > len({*names}) > 1


def rows(data: Any) -> Iterator[Utterance]:
    """``[start, end, text]``."""
    for start, end, text in data:
        yield Utterance(text, None, seconds(start), seconds(end))


def are_rows(data: list[Any]) -> bool:
    """Whether each is two times and a text."""
    return bool(data) and all(map(_is_row, data))


def _is_row(item: Any) -> bool:
    if not isinstance(item, list) or len(item) != 3:
        return False
    return isinstance(item[2], str) and all(seconds(time) is not None for time in item[:2])
