"""Names in a column of their own, beside the column of what they say.

A line that goes on has spaces there instead of a name.
"""

from __future__ import annotations

import re
from collections import Counter

from ingest.names import is_name

_ROW = re.compile(r"(?P<name>[^\W\d_][^:\t]{0,40}?[\w.)])(?P<gap> {2,40}|\t+ {0,40})(?P<text>\S.*)")
_SHARE = 0.9  # of the lines fit the columns
_FEWEST = 4  # rows with a name


def with_colons(text: str) -> str:
    """``Name: text`` in place of ``Name    text``; a text that has no such columns stays."""
    if "  " not in text and "\t" not in text:
        return text
    lines = text.split("\n")
    rows = {place: row for place, line in enumerate(lines) if (row := _ROW.fullmatch(line))}
    starts = Counter(_column(row) for row in rows.values())
    if not starts:
        return text
    column, _ = starts.most_common(1)[0]
    named = {p: row for p, row in rows.items() if _column(row) == column and is_name(row["name"])}
    counts = Counter(row["name"] for row in named.values())
    fits = len(named) + sum(1 for line in lines if line.strip() and _goes_on(line, column))
    written = sum(1 for line in lines if line.strip())
    if len(named) < _FEWEST or fits < _SHARE * written:
        return text
    if len(counts) < 2 or len(named) < 2 * len(counts):
        return text
    return "\n".join(
        f"{named[place]['name']}: {named[place]['text']}" if place in named else line
        for place, line in enumerate(lines)
    )


def _column(row: re.Match[str]) -> int:
    return -1 if "\t" in row["gap"] else row.start("text")


def _goes_on(line: str, column: int) -> bool:
    return line[:1] == "\t" if column < 0 else len(line) - len(line.lstrip(" ")) == column
