"""Selections as Milvus filter expressions.

Values stand in the expression as quoted literals: templates with parameters, which Milvus 2.5
brought, are unknown to Milvus Lite.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kb.errors import InputError
from kb.storage.rows import fold
from kb.types import Filters, Selection

# Between these two lies every day, so that an undated passage passes no bound.
AFTER_ALL_DAYS = 100_000_000
BEFORE_ALL_DAYS = -1

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)
_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r"})


def expression(selection: Selection) -> str:
    """What a passage must fulfil to be selected; empty when everything is selected."""
    conditions = [condition for filters in selection.filters for condition in _conditions(filters)]
    if selection.without:
        conditions.append(f"document not in {strings(sorted(selection.without))}")
    return " and ".join(conditions)


def strings(values: Iterable[str]) -> str:
    """A list literal."""
    return f"[{', '.join(map(string, values))}]"


def string(value: str) -> str:
    """A literal that stands for exactly this value, whatever characters it has."""
    return f'"{value.translate(_ESCAPES)}"'


def days(date: str | None) -> tuple[int, int]:
    """The first and the last day (yyyymmdd) that a date may mean: months and days may be missing.

    Both bounds are numbers for comparison (July 2023 is 20230700 to 20230799).
    """
    parts = _DATE.fullmatch(date or "")
    if parts is None:
        return AFTER_ALL_DAYS, BEFORE_ALL_DAYS
    year, month, day = parts.groups()
    return int(f"{year}{month or '00'}{day or '00'}"), int(f"{year}{month or '99'}{day or '99'}")


def _conditions(filters: Filters) -> list[str]:
    conditions = []
    if filters.speakers:
        conditions.append(f"speaker in {strings(map(fold, filters.speakers))}")
    if filters.documents:
        conditions.append(f"document in {strings(filters.documents)}")
    if filters.topics:
        conditions.append(f"ARRAY_CONTAINS_ANY(topics, {strings(map(fold, filters.topics))})")
    if filters.date_from:
        conditions.append(f"date_last >= {_bound(filters.date_from)[0]}")
    if filters.date_to:
        conditions.append(f"date_first <= {_bound(filters.date_to)[1]}")
    return conditions


def _bound(date: str) -> tuple[int, int]:
    if not _DATE.fullmatch(date):
        raise InputError(f"“{date}” is not a date like 2023, 2023-07 or 2023-07-16.")
    return days(date)
