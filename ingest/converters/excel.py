"""Workbooks of Excel (.xlsx): the sheet with most words as comma-separated rows."""

from __future__ import annotations

import csv
import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO, StringIO
from xml.etree import ElementTree as ET

from ingest.converters.archive import xml

_REFERENCE = re.compile(r"(?P<letters>[A-Z]{1,3})\d{1,7}")
_CLOCK_FORMATS = frozenset({18, 19, 20, 21, 45, 46, 47})  # which every workbook has
_CLOCK = re.compile(r"\[?[hm]{1,2}\]?:", re.IGNORECASE)
_TEXT_IN_FORMAT = re.compile(r'"[^"]*"|\\.')
_DAY = 86_400  # seconds
_WIDEST = 200  # columns


def html(file: BytesIO) -> str:
    """Rows as CSV. Raises ValueError for a workbook without words."""
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        strings = _strings(archive) if "xl/sharedStrings.xml" in names else []
        clocks = _clock_styles(archive) if "xl/styles.xml" in names else frozenset()
        sheets = [
            list(_rows(xml(archive, name), strings, clocks))
            for name in sorted(names)
            if posixpath.dirname(name) == "xl/worksheets" and name.endswith(".xml")
        ]
    best = max(sheets, key=_words, default=[])
    if not _words(best):
        raise ValueError("it holds no text")
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows(best)
    return out.getvalue()


def _words(rows: Sequence[Sequence[str]]) -> int:
    return sum(len(cell.split()) for row in rows for cell in row)


def _strings(archive: zipfile.ZipFile) -> list[str]:
    root = xml(archive, "xl/sharedStrings.xml")
    return [_text(entry) for entry in root if _local(entry.tag) == "si"]


def _text(entry: ET.Element) -> str:
    """The text of a cell without the readings that stand above its letters."""
    pieces = []
    for child in entry:
        if _local(child.tag) == "t":
            pieces.append(child.text or "")
        elif _local(child.tag) == "r":
            pieces += [part.text or "" for part in child if _local(part.tag) == "t"]
    return "".join(pieces)


def _clock_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """The numbers of styles that show a share of a day as a time."""
    root = xml(archive, "xl/styles.xml")
    own = {
        number.get("numFmtId"): _CLOCK.search(_TEXT_IN_FORMAT.sub("", number.get("formatCode", "")))
        for number in root.iter()
        if _local(number.tag) == "numFmt"
    }
    cells = next((child for child in root if _local(child.tag) == "cellXfs"), None)
    return frozenset(
        place
        for place, style in enumerate([] if cells is None else cells)
        if own.get(style.get("numFmtId"))
        or (
            style.get("numFmtId", "").isdigit() and int(style.get("numFmtId", "")) in _CLOCK_FORMATS
        )
    )


def _rows(sheet: ET.Element, strings: Sequence[str], clocks: frozenset[int]) -> Iterator[list[str]]:
    for row in sheet.iter():
        if _local(row.tag) != "row":
            continue
        cells: list[str] = []
        for cell in row:
            place = _column(cell.get("r", ""), len(cells))
            cells += [""] * (min(place, _WIDEST) - len(cells))
            cells.append(_value(cell, strings, clocks))
        if any(text.strip() for text in cells):
            yield cells


def _column(reference: str, following: int) -> int:
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return following
    number = 0
    for letter in found["letters"]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _value(cell: ET.Element, strings: Sequence[str], clocks: frozenset[int]) -> str:
    kind = cell.get("t", "n")
    inline = next((child for child in cell if _local(child.tag) == "is"), None)
    if inline is not None:
        return _text(inline)
    value = next((child.text or "" for child in cell if _local(child.tag) == "v"), "")
    if kind == "s":
        return strings[int(value)] if value.isdigit() and int(value) < len(strings) else ""
    style = cell.get("s", "")
    if kind == "n" and value and style.isdigit() and int(style) in clocks:
        return _clock(value)
    return value


def _clock(value: str) -> str:
    """A share of a day as hours, minutes and seconds."""
    try:
        total = round(float(value) * _DAY, 3)
    except ValueError:
        return value
    minutes, seconds = divmod(total, 60)
    return f"{int(minutes // 60):02d}:{int(minutes % 60):02d}:{seconds:06.3f}".removesuffix(".000")


def _local(name: str) -> str:
    return name.rpartition("}")[2]
