"""Turns as tables in JSON: by columns, as rows beside the names of columns, or by their times."""

from __future__ import annotations

import re
from typing import Any

from ingest.readers.structured.json_values import Record, text_of

_FEWEST = 2  # rows
_CLOCK = re.compile(r"\d{1,3}(?::\d{2}){1,2}(?:[.,]\d{1,3})?|\d{1,6}\.\d{1,6}")


def as_records(data: Any) -> list[Record]:
    """The rows of such a table as objects; none where it is no table with a column of text."""
    if not isinstance(data, dict):
        return []
    for found in (_of_rows(data), _of_columns(data), _by_time(data)):
        if len(found) >= _FEWEST and all(text_of(record) for record in found):
            return found
    return []


def _of_rows(data: Record) -> list[Record]:
    """``{"columns": [name, …], "data": [[value, …], …]}``."""
    names, rows = data.get("columns"), data.get("data")
    if not (isinstance(names, list) and isinstance(rows, list)):
        return []
    if not all(isinstance(name, str) for name in names):
        return []
    return [dict(zip(names, row, strict=False)) for row in rows if isinstance(row, list)]


def _of_columns(data: Record) -> list[Record]:
    """``{"speaker": {"0": …, "1": …}, "text": {"0": …, "1": …}}``."""
    columns = {
        key: value
        for key, value in data.items()
        if isinstance(value, dict) and value and all(map(str.isdecimal, value))
    }
    if len(columns) < _FEWEST or len(columns) < len(data):
        return []
    numbers = list(next(iter(columns.values())))
    return [{key: column.get(number) for key, column in columns.items()} for number in numbers]


def _by_time(data: Record) -> list[Record]:
    """``{"0:12": {"speaker": …, "text": …}, …}``."""
    timed = all(_CLOCK.fullmatch(key) and isinstance(v, dict) for key, v in data.items())
    return [{"start": key, **value} for key, value in data.items()] if timed else []
