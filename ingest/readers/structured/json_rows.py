"""JSON whose turns are no objects with keys: rows of times and text, pairs of name and text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest.names import is_name
from ingest.readers.structured.json_values import Utterance, label
from ingest.readers.timestamps import seconds


def pairs(data: Any) -> Iterator[Utterance]:
    """``[name, text]`` or ``{name: text}``."""
    for item in data:
        name, text = _pair(item) or ("", "")
        yield Utterance(text, label(name), None, None)


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
