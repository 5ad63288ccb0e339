"""Transcripts that lost their line breaks: turns are cut where a name that comes back speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.names import is_name, is_sound
from ingest.readers.lines import Line

_LONG = 1000  # characters
_WORD = r"(?:(?:Dr|Prof|Mrs?|M[sx]|St|[A-Z])\.|[^\W\d_][\w'’-]{0,30})"
_COLON = r"(?:\s?[\[(]\d{1,3}(?::\d{2}){1,2}[\])])?:\s"
_LABEL = re.compile(
    rf"(?:^|(?<=[.?!…\"”’)\]] ))(?P<name>{_WORD}(?: (?:{_WORD}|\d{{1,2}})){{0,3}}){_COLON}"
)
_IN_BRACKETS = re.compile(r"(?<!\S)\[(?P<name>[^\W\d_][^\[\]:]{2,58})\]:?(?=\s)")
_CHANGE = re.compile(r"(?<=[.?!…\"”\]-])\s(?=>>\s)")
_FEWEST = 3  # changes of speakers amid lines
_IN_BOLD = re.compile(r"(?<!\S)\*\*(?P<name>[^\W\d_][^*:\n]{0,58})(?::\*\*|\*\*:)\s")
_MOST_NAMES = 50
_AMID = 25  # characters at the beginning of a line that may be a time or heading
_CHANGES = 0.9  # of the names follow another one


def cut_long_lines(lines: Sequence[Line]) -> list[Line]:
    """Lines with several turns become one for each; all of them keep their number."""
    lines = _cut_at_brackets(_cut_at_changes(lines))
    if all(len(line.text) < _LONG for line in lines):
        return _cut_at_names(lines)
    return [piece for line in lines for piece in _cut(line)]


def cut_at_bold_names(lines: Sequence[Line]) -> list[Line]:
    """``**Ada:** It is. **Bo:** Why?``, where these names come back."""
    found = [list(_IN_BOLD.finditer(line.text)) for line in lines]
    counts = Counter(match["name"] for matches in found for match in matches)
    names = {name for name, count in counts.items() if count > 1 and is_name(name)}
    if len(names) < 2:
        return list(lines)
    return [
        Line(line.number, line.text[start:end].strip())
        for line, matches in zip(lines, found, strict=True)
        for start, end in pairwise(
            [
                0,
                *(m.start() for m in matches if m.start() > _AMID and m["name"] in names),
                len(line.text),
            ]
        )
        if start < end or not line.text
    ]


def _cut_at_changes(lines: Sequence[Line]) -> list[Line]:
    """``>> Ada Vale: It is. >> Why?``, as captions have it."""
    cut = [Line(line.number, piece) for line in lines for piece in _CHANGE.split(line.text)]
    return cut if len(cut) - len(lines) >= _FEWEST else list(lines)


def _cut_at_brackets(lines: Sequence[Line]) -> list[Line]:
    """``[Ada Vale] It is. [Bo Lind] Why?``, where the lines begin so, and full names come back."""
    found = [list(_IN_BRACKETS.finditer(line.text)) for line in lines]
    counts = Counter(match["name"] for matches in found for match in matches)
    names = {name for name, count in counts.items() if count > 1 and _is_full(name)}
    if len(names) < 2:
        return list(lines)
    cut: list[Line] = []
    for line, matches in zip(lines, found, strict=True):
        starts = [match.start() for match in matches if match["name"] in names]
        if len(starts) < 2 or starts[0]:
            cut.append(line)
            continue
        ends = [*starts[1:], len(line.text)]
        cut += [
            Line(line.number, line.text[start:end].strip())
            for start, end in zip(starts, ends, strict=True)
        ]
    return cut


def _cut_at_names(lines: Sequence[Line]) -> list[Line]:
    """``Ada: It is. Bo: Why?``, where most names stand amid lines, come back and take turns."""
    found = [list(_LABEL.finditer(line.text)) for line in lines]
    names = [match["name"] for matches in found for match in matches]
    counts = Counter(name for name in names if is_name(name))
    repeated = {name for name, count in counts.items() if count > 1}
    amid = sum(1 for matches in found for match in matches if match.start() > _AMID)
    changes = sum(1 for a, b in pairwise(names) if a != b)
    if len(repeated) < 2 or 2 * amid < len(names) or changes < _CHANGES * (len(names) - 1):
        return list(lines)
    return [
        Line(line.number, line.text[start:end].strip())
        for line, matches in zip(lines, found, strict=True)
        for start, end in pairwise(_starts(matches, repeated, len(line.text)))
    ]


def _starts(matches: Sequence[re.Match[str]], names: set[str], end: int) -> list[int]:
    inner = (found.start() for found in matches if found.start() > _AMID and found["name"] in names)
    return [0, *inner, end]


def _is_full(name: str) -> bool:
    return " " in name and is_name(name) and not is_sound(name)


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
