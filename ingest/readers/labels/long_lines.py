"""Transcripts that lost their line breaks: turns are cut where a name that comes back speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.readers.lines import Line
from ingest.speakers.names import is_name

_LONG = 1000  # characters
_WORD = r"(?:(?:Dr|Prof|Mrs?|M[sx]|St|[A-Z])\.|[^\W\d_][\w'’-]{0,30})"
_COLON = r"(?:\s?[\[(]\d{1,3}(?::\d{2}){1,2}[\])])?:\s"
_LABEL = re.compile(
    rf"(?:^|(?<=[.?!…\"”’)\]] ))(?P<name>{_WORD}(?: (?:{_WORD}|\d{{1,2}})){{0,3}}){_COLON}"
)
_MOST_NAMES = 50


def cut_long_lines(lines: Sequence[Line]) -> list[Line]:
    """Lines with several turns become one for each; all of them keep their number."""
    if all(len(line.text) < _LONG for line in lines):
        return list(lines)
    return [piece for line in lines for piece in _cut(line)]


def _cut(line: Line) -> Iterator[Line]:
    """Names are found behind finished sentences; they also speak behind what breaks off."""
    found = list(_LABEL.finditer(line.text)) if len(line.text) >= _LONG else []
    counts = Counter(match["name"] for match in found if is_name(match["name"]))
    names = [re.escape(name) for name, count in counts.most_common(_MOST_NAMES) if count > 1]
    if len(names) < 2:
        yield line
        return
    label = re.compile(rf"(?<!\S)(?:{'|'.join(sorted(names, key=len, reverse=True))}){_COLON}")
    starts = [match.start() for match in label.finditer(line.text) if match.start()]
    for start, end in zip([0, *starts], [*starts, len(line.text)], strict=True):
        yield Line(line.number, line.text[start:end].strip())
