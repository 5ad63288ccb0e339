"""Workbooks of Excel (.xlsx): the sheet with most words as comma-separated rows."""

from __future__ import annotations

import csv
import warnings
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from io import BytesIO, StringIO
from typing import Any

WIDEST = 200  # columns


def html(file: BytesIO) -> str:
    """Rows as CSV, times as hours, minutes and seconds.

    Raises ValueError for a workbook without words, and what openpyxl raises for a damaged one.
    """
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that it does not know
        book = load_workbook(file, read_only=True, data_only=True)
        sheets = [list(_rows(sheet)) for sheet in book.worksheets]
    best = max(sheets, key=_words, default=[])
    if not _words(best):
        raise ValueError("it holds no text")
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows(best)
    return out.getvalue()


def _words(rows: Sequence[Sequence[str]]) -> int:
    return sum(len(cell.split()) for row in rows for cell in row)


def _rows(sheet: Any) -> Iterator[list[str]]:
    sheet.reset_dimensions()  # what a sheet says of its own size may be far too large
    for values in sheet.iter_rows(max_col=WIDEST, values_only=True):
        cells = [_text(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield cells


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case timedelta():
            return _clock(value.total_seconds())
        case time():
            whole = 3600 * value.hour + 60 * value.minute + value.second
            return _clock(whole + value.microsecond / 1_000_000)
        case datetime():
            return value.isoformat(sep=" ").removesuffix(" 00:00:00")
        case _:
            return str(value).strip()


def _clock(total: float) -> str:
    minutes, seconds = divmod(round(total, 3), 60)
    return f"{int(minutes // 60):02d}:{int(minutes % 60):02d}:{seconds:06.3f}".removesuffix(".000")
