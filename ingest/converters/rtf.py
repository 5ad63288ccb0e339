"""Rich text (.rtf), by striprtf: its paragraphs, without their looks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from io import BytesIO
from itertools import groupby

from striprtf.striprtf import rtf_to_text

from ingest.converters.page import page
from ingest.superscripts import raised

# Numbers of lists, addresses of links, what was deleted or hidden.
_UNSPOKEN = re.compile(r"\{\\(?:\*\\fldinst|listtext|deleted|v)\b(?:[^{}]|\{[^{}]*\})*\}")
_RAISED = re.compile(
    r"(?<!\\)(?P<looks>\\super(?![a-z0-9])"
    r"(?:\s?\\(?!super)[a-z]{1,20}(?:-?\d{1,6})?(?![a-z\d])){0,12}[\s{]{0,3})"
    r"(?P<sign>[+-]|\\u(?:8722|8211)\s?[?-]?|\\endash ?|\\'96)?(?P<digits>\d{1,4})(?=[\s\\{}.,])"
)
_TITLE = re.compile(r"\{\\title ([^{}]{1,500})\}")
_FEWEST_CELLS = 2


def html(file: BytesIO) -> str:
    """Raises ValueError for a document without text."""
    source = _UNSPOKEN.sub("", file.read().decode("latin-1"))
    title = _TITLE.search(source)
    source = _RAISED.sub(_raised, source)
    text = _plain(source)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if not lines:
        raise ValueError("it holds no text")
    blocks = (
        block
        for is_table, group in groupby(lines, _is_row)
        for block in (_table([*group]) if is_table else map(_paragraph, group))
    )
    return page(blocks, _plain(f"{{\\rtf1\\ansi {title[1]}}}") if title else "")


def _plain(source: str) -> str:
    text = rtf_to_text(source, errors="replace")  # type: ignore[no-untyped-call]  # it has no types
    return str(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def _raised(found: re.Match[str]) -> str:
    """The number in raised characters by their codes, each with a substitute that is skipped."""
    sign = "" if not found["sign"] else "+" if found["sign"] == "+" else "-"
    codes = "".join(f"\\u{ord(character)}?" for character in raised(sign + found["digits"]))
    return f"{found['looks']}{{\\uc1{codes}}}"


def _is_row(line: str) -> bool:
    return line.endswith("|") and line.count("|") >= _FEWEST_CELLS


def _paragraph(line: str) -> str:
    return f"<p>{escape(line)}</p>"


def _table(rows: Sequence[str]) -> Iterator[str]:
    yield "<table>"
    for row in rows:
        cells = "".join(f"<td>{escape(cell.strip())}</td>" for cell in row[:-1].split("|"))
        yield f"<tr>{cells}</tr>"
    yield "</table>"
