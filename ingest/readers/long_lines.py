"""Transcripts that lost their line breaks: turns are cut where a name that comes back speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.names import is_name
from ingest.readers.lines import Line

_LONG = 1000  # characters
_WORD = r"[^\W\d_][\w.'’-]{0,30}"
_LABEL = re.compile(
    rf"(?:^|(?<=[.?!…\"”’)\]] ))(?P<name>{_WORD}(?: (?:{_WORD}|\d{{1,2}})){{0,3}})"
    r"(?:\s?[\[(]\d{1,3}(?::\d{2}){1,2}[\])])?:\s"
)


def cut_long_lines(lines: Sequence[Line]) -> list[Line]:
    """Lines with several turns become one for each; all of them keep their number."""
    if all(len(line.text) < _LONG for line in lines):
        return list(lines)
    return [piece for line in lines for piece in _cut(line)]


def _cut(line: Line) -> Iterator[Line]:
    found = list(_LABEL.finditer(line.text)) if len(line.text) >= _LONG else []
    counts = Counter(match["name"] for match in found if is_name(match["name"]))
    names = {name for name, count in counts.items() if count > 1}
    starts = [m.start() for m in found if m["name"] in names and m.start()]
    if len(names) < 2:
        yield line
        return
    for start, end in zip([0, *starts], [*starts, len(line.text)], strict=True):
        yield Line(line.number, line.text[start:end].strip())
